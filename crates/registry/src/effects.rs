//! What a draft will do to other entries, and which entries it could reach and does not: proposed, never added.

use std::collections::BTreeMap;

use civil::act::{Act, ParentStanding, Person, PersonRef, PersonRole};
use civil::effect;
use civil::entry::{RegisterEntry, field_value};
use civil::id::EntryId;
use civil::kind::Kind;
use civil::person::PersonView;
use civil::wire::Wire as _;
use serde_json::{Value as Json, json};

use crate::error::RegistryError;
use crate::{Registry, reading};

/// What an act will do to one entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftedEffect {
    /// Which.
    pub entry: EntryId,
    /// What it is.
    pub kind: Kind,
    /// What the note will say.
    pub note: String,
    /// What becomes of it, by name.
    pub state: Option<&'static str>,
    /// The article.
    pub article: &'static str,
}

/// An entry that an act could reach: the client may copy it into the act.
#[derive(Debug, Clone, PartialEq)]
pub struct ProposedReach {
    /// Where in the act it belongs: `reached`, `of` or `marriage`.
    pub member: &'static str,
    /// Entry, kind and changes: what stands there now, and what the act says is to stand there.
    pub reached: Json,
}

/// What an act does to the entries of its notes.
pub(crate) fn effects<'n>(
    act: &Act,
    notes: impl IntoIterator<Item = &'n (EntryId, String)>,
    kind_of: impl Fn(EntryId) -> Option<Kind>,
) -> Vec<DraftedEffect> {
    let drafted = notes.into_iter().filter_map(|(entry, note)| {
        let kind = kind_of(*entry)?;
        let effect = effect::of(act, kind)?;
        Some(DraftedEffect {
            entry: *entry,
            kind,
            note: note.clone(),
            state: effect.state.map(effect::StateChange::name),
            article: effect.article,
        })
    });
    drafted.collect()
}

/// The entries that an act names nowhere, and that the people whom it links lead to.
pub(crate) async fn proposed(
    registry: &Registry,
    act: &Act,
    people: &BTreeMap<String, PersonView>,
) -> Result<Vec<ProposedReach>, RegistryError> {
    if !act.reaches().is_empty() {
        return Ok(Vec::new());
    }
    let places = |pointer: &str| people.get(pointer).map_or(&[][..], |view| &view.places);
    let child = |at: [&str; 2]| at.into_iter().flat_map(places).copied().collect::<Vec<_>>();
    let (member, kind, role, places, fields): (_, _, _, Vec<PersonRef>, Vec<Becomes<'_>>) = match act {
        Act::ParentChildRecognition(act) => {
            let field = if act.direction.is_of_father() {
                "/father"
            } else {
                "/mother"
            };
            let becomes = (field, &act.parent, ParentStanding::Recognised);
            (
                "reached",
                Kind::Birth,
                PersonRole::Child,
                child(["/child", "/birth"]),
                vec![becomes],
            )
        }
        Act::Adoption(act) => {
            let parents = [("/father", &act.father), ("/mother", &act.mother)].into_iter();
            let becomes = parents
                .filter_map(|(field, parent)| Some((field, parent.as_ref()?, ParentStanding::Adoptive)));
            (
                "reached",
                Kind::Birth,
                PersonRole::Child,
                places("/child").to_vec(),
                becomes.collect(),
            )
        }
        Act::GuardianshipEnd(_) | Act::GuardianshipSupervision(_) => {
            let wards = places("/wards/0").to_vec();
            ("of", Kind::Guardianship, PersonRole::Ward, wards, Vec::new())
        }
        Act::ForeignDissolution(_) => {
            let husband = places("/husband");
            let both = |place: &&PersonRef| husband.iter().any(|other| other.entry == place.entry);
            let shared = places("/wife").iter().filter(both).copied().collect();
            ("marriage", Kind::Marriage, PersonRole::Wife, shared, Vec::new())
        }
        _ => return Ok(Vec::new()),
    };
    let mut proposed: Vec<ProposedReach> = Vec::new();
    for place in places.into_iter().filter(|place| place.role == role) {
        let entry = reading::entry_of(&registry.ledger, place.entry).await?;
        if let Some(entry) = entry.filter(|entry| entry.kind == kind && entry.state().in_force()) {
            let reached = reach(&entry, &fields);
            if !proposed.iter().any(|known| known.reached == reached) {
                proposed.push(ProposedReach { member, reached });
            }
        }
    }
    Ok(proposed)
}

/// A field of the reached entry, and who is to stand there in which standing.
type Becomes<'a> = (&'static str, &'a Person, ParentStanding);

fn reach(entry: &RegisterEntry, fields: &[Becomes<'_>]) -> Json {
    let changes = fields.iter().map(|(field, person, standing)| {
        let stands = civil::act::amendable(entry.kind, field)
            .and_then(|known| (known.to_json)(field_value(&entry.current, field)?).ok());
        let to = Person {
            standing: person.standing.or(Some(*standing)),
            ..(*person).clone()
        };
        json!({ "field": field, "from": stands, "to": to.to_json() })
    });
    json!({
        "entry": entry.id.to_string(),
        "kind": entry.kind.name(),
        "changes": changes.collect::<Vec<_>>(),
    })
}
