//! People as the ledger knows them, for decisions and for readers. The read model finds the places where somebody is named; what is
//! said of them is folded from the events of the entries there.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use civil::act::{Act, JudgmentMatter, MaritalStatus, PersonRef, PersonRole};
use civil::effect::Ended;
use civil::entry::RegisterEntry;
use civil::id::EntryId;
use civil::kind::Kind;
use civil::person::{self, Ancestor, Death, GENERATIONS_MAX, Other, PartedBy, PersonView, Relative, Wedding};
use civil::value::PersonalNumber;
use projections::link::{self, Link, Verdict};
use projections::search;

use crate::error::RegistryError;
use crate::lists::Hit;
use crate::{AsOf, Registry, reading};

/// Nobody is named in more entries than this; a chain of wrong links ends here.
const PLACES_MAX: usize = 256;

/// So many ancestors are looked for on the way up: two parents and four grandparents, and room for those whom an adoption or a
/// recognition put in another's place.
const ANCESTORS_MAX: usize = 32;

/// A person, and the entries in which they are named.
#[derive(Debug, Clone)]
pub struct KnownPerson {
    /// What is known of them.
    pub view: PersonView,
    /// The entries at their places.
    pub entries: BTreeMap<EntryId, RegisterEntry>,
}

/// What is known of the people whom an act links, by their pointers in it, and of the spouses of those whom a judgment concerns, at
/// `…/spouse` of the entry that it reaches. A link that leads to nobody is known as a person without places.
pub(crate) async fn facts(
    registry: &Registry,
    act: &Act,
) -> Result<BTreeMap<String, PersonView>, RegistryError> {
    let named = act.people().into_iter().filter_map(|named| {
        let known_as = named.person.known_as.as_deref().copied()?;
        Some((named.pointer(), known_as))
    });
    let mut asked: Vec<(String, PersonRef)> = named.collect();
    if let Act::IdentityDecided(act) = act {
        asked.extend([
            ("/first".to_owned(), act.first),
            ("/second".to_owned(), act.second),
        ]);
    }
    // A birth that is registered in the same visit is no link; what it says of the child's parents bears on the recognition.
    if let Act::ParentChildRecognition(act) = act
        && let Some(birth) = act.birth
    {
        asked.push(("/birth".to_owned(), PersonRef::new(birth, PersonRole::Child, 0)));
    }
    let mut people = BTreeMap::new();
    for (pointer, place) in asked {
        people.insert(pointer, view(registry, place).await?.unwrap_or_default());
    }
    match act {
        Act::Marriage(_) => descent(registry, &mut people).await?,
        Act::JudgmentNoted(noted) if noted.matter == JudgmentMatter::DeathDeclarationRevoked => {
            for (index, reached) in act.reaches().into_iter().enumerate() {
                let deceased = PersonRef::new(reached.entry, PersonRole::Deceased, 0);
                if reached.kind == Kind::Death
                    && let Some(spouse) = spouse(registry, deceased).await?
                {
                    people.insert(format!("{}/spouse", act.reach_at(index)), spouse);
                }
            }
        }
        _ => {}
    }
    Ok(people)
}

/// From whom the two descend who want to marry: without both of them nothing can be found.
async fn descent(
    registry: &Registry,
    people: &mut BTreeMap<String, PersonView>,
) -> Result<(), RegistryError> {
    if people.len() > 1 {
        for view in people.values_mut() {
            view.ancestors = ancestors(registry, &view.parents).await?;
        }
    }
    Ok(())
}

/// Those above a person's parents, up to [`GENERATIONS_MAX`]. Who is named nowhere else has no parents that the ledger knows.
async fn ancestors(registry: &Registry, parents: &[Relative]) -> Result<Vec<Ancestor>, RegistryError> {
    let mut found: Vec<Ancestor> = Vec::new();
    let mut seen = BTreeSet::new();
    let mut below = parents.to_vec();
    for generations in 2..=GENERATIONS_MAX {
        let mut above = Vec::new();
        for place in below
            .iter()
            .filter(|parent| parent.by_blood())
            .filter_map(|parent| parent.known_as)
        {
            if seen.insert(place) && seen.len() <= ANCESTORS_MAX {
                above.extend(view(registry, place).await?.unwrap_or_default().parents);
            }
        }
        let blood = above.iter().filter(|parent| parent.by_blood());
        found.extend(blood.map(|parent| Ancestor {
            generations,
            places: parent.places(),
        }));
        below = above;
    }
    Ok(found)
}

/// The spouse of somebody declared dead whose marriage nothing but that death ended; of several the one who is married.
async fn spouse(registry: &Registry, deceased: PersonRef) -> Result<Option<PersonView>, RegistryError> {
    let mut found = None;
    let spouses = view(registry, deceased).await?.unwrap_or_default().spouses;
    let noted = |spouse: &Relative| {
        let ended = spouse.ended.map(|parting| parting.how);
        matches!(ended, Some(PartedBy::Noted(_)))
    };
    for spouse in spouses.into_iter().filter(|spouse| !noted(spouse)) {
        let known = view(registry, spouse.known_as.unwrap_or(spouse.at)).await?;
        let married = |view: &PersonView| view.marital.status == MaritalStatus::Married;
        if known.as_ref().is_some_and(married) || found.is_none() {
            found = known;
        }
    }
    Ok(found)
}

/// The signer's own places, and those of their parents, children, spouses and siblings.
#[derive(Debug, Default)]
pub(crate) struct Near {
    /// The signer's.
    pub(crate) own: Vec<PersonRef>,
    /// Their relatives'.
    pub(crate) relatives: Vec<PersonRef>,
}

/// Who stands near the person of a place; a person who is named nowhere has nobody.
pub(crate) async fn near(registry: &Registry, place: PersonRef) -> Result<Near, RegistryError> {
    let Some(own) = view(registry, place).await? else {
        return Ok(Near::default());
    };
    let relatives = own.parents.iter().chain(&own.children).chain(&own.spouses);
    let mut starts: Vec<PersonRef> = relatives.map(|relative| relative.at).collect();
    for parent in own
        .parents
        .iter()
        .map(|parent| parent.known_as.unwrap_or(parent.at))
    {
        let parent = view(registry, parent).await?;
        let siblings = parent.into_iter().flat_map(|parent| parent.children);
        starts.extend(siblings.map(|sibling| sibling.at));
    }
    let mut found = BTreeSet::new();
    for start in starts {
        found.extend(reached(registry, start, AsOf::default()).await?);
    }
    found.retain(|place| !own.places.contains(place));
    Ok(Near {
        own: own.places,
        relatives: found.into_iter().collect(),
    })
}

/// What is known of the person of a place today.
async fn view(registry: &Registry, place: PersonRef) -> Result<Option<PersonView>, RegistryError> {
    let known = known(registry, place, AsOf::default()).await?;
    Ok(known.map(|known| known.view))
}

impl Registry {
    /// The person named at a place, as they were on a day and as far as the log knew at an instant.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] when the entry names nobody there, or does not exist yet then.
    #[tracing::instrument(name = "registry.person", skip_all, err(level = "debug"))]
    pub async fn person(&self, place: PersonRef, as_of: AsOf) -> Result<KnownPerson, RegistryError> {
        known(self, place, as_of)
            .await?
            .ok_or(RegistryError::NotFound("person"))
    }

    /// The places at which somebody of that number is named, by entry. A number is a hint; it links nobody.
    ///
    /// # Errors
    /// [`RegistryError::Fault`].
    pub async fn numbered(&self, number: &PersonalNumber) -> Result<Vec<Hit>, RegistryError> {
        Ok(search::by_personal_number(&self.ledger.reader_of_all().await?, number).await?)
    }

    /// What is said of whether those whom an entry names are named elsewhere; the latest decision on each pair.
    ///
    /// # Errors
    /// [`RegistryError::Fault`].
    pub async fn links_of(&self, entry: EntryId, as_of: AsOf) -> Result<Vec<Link>, RegistryError> {
        let all = link::of_entry(&self.ledger.reader(), entry).await?;
        Ok(latest(all, as_of))
    }
}

/// The person named at a place; nobody when no entry names one there then.
pub(crate) async fn known(
    registry: &Registry,
    place: PersonRef,
    as_of: AsOf,
) -> Result<Option<KnownPerson>, RegistryError> {
    let places = reached(registry, place, as_of).await?;
    let mut entries = BTreeMap::new();
    for place in &places {
        if !entries.contains_key(&place.entry)
            && let Some(entry) = reading::entry_as_of(&registry.ledger, place.entry, as_of).await?
        {
            entries.insert(place.entry, entry);
        }
    }
    let named = |place: &PersonRef| {
        let entry: Option<&RegisterEntry> = entries.get(&place.entry);
        entry.is_some_and(|entry| person::at(&entry.current, *place).is_some())
    };
    if !named(&place) {
        return Ok(None);
    }
    let places: Vec<PersonRef> = places.into_iter().filter(named).collect();
    let alone = PersonView::of(&places, &entries, &BTreeMap::new(), as_of.day);
    let mut others = BTreeMap::new();
    for at in alone.relatives().map(|relative| relative.at) {
        let other = other(registry, at, as_of).await?;
        others.insert(at, other);
    }
    let view = PersonView::of(&places, &entries, &others, as_of.day);
    Ok(Some(KnownPerson { view, entries }))
}

/// What is known of somebody who stands beside a person.
async fn other(registry: &Registry, at: PersonRef, as_of: AsOf) -> Result<Other, RegistryError> {
    let places = reached(registry, at, as_of).await?;
    let mut found = Other {
        known_as: anchor(&places).filter(|anchor| *anchor != at),
        ..Other::default()
    };
    if !matches!(at.role, PersonRole::Wife | PersonRole::Husband) {
        return Ok(found);
    }
    use PersonRole::{Deceased, Husband, Wife};
    let tells =
        |place: &&PersonRef| matches!(place.role, Deceased | Wife | Husband) && place.entry != at.entry;
    for place in places.iter().filter(tells) {
        let Some(entry) = reading::entry_as_of(&registry.ledger, place.entry, as_of).await? else {
            continue;
        };
        let state = entry.state();
        let ended = state.ended.and_then(|ending| ending.how);
        match &entry.current {
            Act::Death(act) if state.in_force() => {
                found.died = Some(Death {
                    entry: entry.id,
                    event: entry.opened_by,
                    on: act.died_on.value,
                });
            }
            Act::Death(_) => found.came_back |= ended == Some(Ended::DeclarationRevoked),
            Act::Marriage(act) if state.revoked.is_none() => found.weddings.push(Wedding {
                entry: entry.id,
                event: entry.opened_by,
                on: act.registered_on,
            }),
            _ => {}
        }
    }
    Ok(found)
}

/// Of the places of one person, the one by which everybody who is linked to them is known.
pub(crate) fn anchor(places: &[PersonRef]) -> Option<PersonRef> {
    let by_birth = |place: &&PersonRef| (place.role != PersonRole::Child, **place);
    places.iter().min_by_key(by_birth).copied()
}

/// Every place that can be reached over links, the one asked about first, the nearest before the farther.
pub(crate) async fn reached(
    registry: &Registry,
    start: PersonRef,
    as_of: AsOf,
) -> Result<Vec<PersonRef>, RegistryError> {
    let reader = registry.ledger.reader();
    let mut places = vec![start];
    let mut waiting = VecDeque::from([start]);
    while let Some(place) = waiting.pop_front() {
        for link in latest(link::of_place(&reader, place).await?, as_of) {
            if link.verdict != Verdict::NotSame && !places.contains(&link.to) && places.len() < PLACES_MAX {
                places.push(link.to);
                waiting.push_back(link.to);
            }
        }
    }
    Ok(places)
}

/// Of what was said of each pair up to then, the latest.
fn latest(links: Vec<Link>, as_of: AsOf) -> Vec<Link> {
    let mut said: BTreeMap<(PersonRef, PersonRef), Link> = BTreeMap::new();
    for link in links {
        let late = as_of.day.is_some_and(|day| day < link.registered_on);
        let unknown = as_of
            .known_at_ms
            .is_some_and(|instant| instant < link.recorded_at_ms);
        if !late && !unknown {
            said.insert((link.from, link.to), link);
        }
    }
    said.into_values().collect()
}
