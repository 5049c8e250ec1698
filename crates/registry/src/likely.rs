//! Whom the people of a draft may be known as: places of the ledger that bear the same number, or the same name and the same full
//! day of birth. Offered with reasons; an officer takes one by writing it into the act, and nobody else ever does.

use std::cmp::Reverse;

use civil::act::{Act, Named, Person, PersonRef, PersonRole};
use civil::duplicate::Feature;
use civil::kind::Kind;
use civil::person::Traits;
use civil::value::{PartialDate, PersonName, PersonalNumber};
use ledger::Reader;
use projections::search::{self, Hit};

use crate::error::RegistryError;
use crate::{AsOf, Registry, persons};

/// So many places are looked at for each person.
const LOOKED_AT_MAX: u16 = 50;
/// So many are offered for each person.
const OFFERED_MAX: usize = 5;

/// A place of the ledger as which a person of a draft may be known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LikelyPerson {
    /// The person in the act: a JSON pointer.
    pub pointer: String,
    /// What their `known_as` would say.
    pub place: PersonRef,
    /// What is said there.
    pub hit: Hit,
    /// How alike they are, from 0 to 100.
    pub score: u8,
    /// In what they agree.
    pub agree: Vec<Feature>,
    /// In what they differ.
    pub differ: Vec<Feature>,
}

/// Those of everybody in an act whom no officer has linked yet, as far as the search has come, the most alike first.
pub(crate) async fn people(registry: &Registry, act: &Act) -> Result<Vec<LikelyPerson>, RegistryError> {
    let open = act.people().into_iter();
    let open: Vec<Named<'_>> = open.filter(|named| named.person.known_as.is_none()).collect();
    if !open.iter().any(|named| can_be_found(named.person)) {
        return Ok(Vec::new());
    }
    let reader = registry.ledger.reader();
    let mut offered = Vec::new();
    for named in open {
        let mut likely = alike(&reader, act, &named).await?;
        likely.sort_by_key(|likely| (Reverse(likely.score), likely.place));
        offered.extend(each_once(registry, likely).await?);
    }
    Ok(offered)
}

/// Whether a person states enough to be looked for.
fn can_be_found(person: &Person) -> bool {
    let (number, day) = (number(person), person.birth().and_then(PartialDate::full));
    number.is_some() || (day.is_some() && person.name.value.is_some())
}

fn number(person: &Person) -> Option<PersonalNumber> {
    person.personal_number.as_ref()?.value
}

async fn alike(
    reader: &Reader<'_>,
    act: &Act,
    named: &Named<'_>,
) -> Result<Vec<LikelyPerson>, RegistryError> {
    let mut hits = Vec::new();
    if let Some(number) = number(named.person) {
        hits = search::by_personal_number(reader, &number).await?;
        hits.retain(|hit| hit.former_since.is_none());
    }
    let name = named.person.name.value.as_ref().map(PersonName::full);
    if let Some((name, day)) = name.zip(named.person.birth().and_then(PartialDate::full)) {
        for hit in search::namesakes(reader, name, day, LOOKED_AT_MAX).await? {
            if !hits
                .iter()
                .any(|known| known.entry == hit.entry && known.person == hit.person)
            {
                hits.push(hit);
            }
        }
    }
    // A second birth of a child is a duplicate, and shown as one.
    let own_birth = act.kind() == Kind::Birth && named.role == PersonRole::Child;
    hits.retain(|hit| !(own_birth && hit.kind == Kind::Birth && hit.role == PersonRole::Child.name()));
    let own = Traits::of(named.person);
    let likely = hits.into_iter().filter_map(|hit| {
        let other = traits(&hit);
        let compared = own.compared(&other).into_iter();
        let (agree, differ): (Vec<_>, Vec<_>) = compared.partition(|(_, agrees)| *agrees);
        let features = |list: Vec<(Feature, bool)>| list.into_iter().map(|(feature, _)| feature).collect();
        Some(LikelyPerson {
            pointer: named.pointer(),
            place: hit.place()?,
            score: own.score(&other),
            agree: features(agree),
            differ: features(differ),
            hit,
        })
    });
    Ok(likely.collect())
}

/// What a place says of its person.
fn traits(hit: &Hit) -> Traits {
    let year = hit.birth_year.and_then(|year| PartialDate::from_year(year).ok());
    let day = hit.born_on.as_ref().and_then(|day| PartialDate::parse(day).ok());
    let number = hit.personal_number.as_ref();
    Traits::new(
        Some(&hit.name),
        day.or(year),
        number.and_then(|number| PersonalNumber::parse(number).ok()),
    )
}

/// Places of one person, of which a link to one is a link to all, are offered once: by the birth where there is one.
async fn each_once(
    registry: &Registry,
    likely: Vec<LikelyPerson>,
) -> Result<Vec<LikelyPerson>, RegistryError> {
    let mut offered: Vec<LikelyPerson> = Vec::new();
    let mut known: Vec<PersonRef> = Vec::new();
    for one in likely {
        if known.contains(&one.place) || offered.len() == OFFERED_MAX {
            continue;
        }
        let places = persons::reached(registry, one.place, AsOf::default()).await?;
        let anchor = persons::anchor(&places).unwrap_or(one.place);
        known.extend(places);
        offered.push(LikelyPerson { place: anchor, ..one });
    }
    Ok(offered)
}
