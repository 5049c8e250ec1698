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
    let Some(reachable) = Reachable::by(act) else {
        return Ok(Vec::new());
    };
    let places = |pointer: &str| people.get(pointer).map_or(&[][..], |view| &view.places);
    let places: Vec<PersonRef> = match act {
        // A marriage is the one in which both are named.
        Act::ForeignDissolution(_) => {
            let husband = places("/husband");
            let both = |place: &&PersonRef| husband.iter().any(|other| other.entry == place.entry);
            places("/wife").iter().filter(both).copied().collect()
        }
        _ => reachable
            .found_at
            .iter()
            .flat_map(|at| places(at))
            .copied()
            .collect(),
    };
    let mut proposed: Vec<ProposedReach> = Vec::new();
    for place in places.into_iter().filter(|place| place.role == reachable.role) {
        let entry = reading::entry_of(&registry.ledger, place.entry).await?;
        if let Some(entry) = entry.filter(|entry| entry.kind == reachable.kind && entry.state().in_force()) {
            let reached = reachable.reach(&entry);
            if !proposed.iter().any(|known| known.reached == reached) {
                proposed.push(ProposedReach {
                    member: reachable.member,
                    reached,
                });
            }
        }
    }
    Ok(proposed)
}

/// What an act says that could be written at an entry which it does not name: where in the act that entry belongs, of which kind it is,
/// and who is to stand in which of its fields. It rests on nothing but the act: a client that takes a proposal asks it whether the
/// act says what is proposed.
#[derive(Debug, Clone)]
pub struct Reachable {
    member: &'static str,
    kind: Kind,
    /// Who of the act leads to such an entry, by their pointers.
    found_at: &'static [&'static str],
    /// As what the entry names them.
    role: PersonRole,
    becomes: Vec<(&'static str, Person)>,
}

impl Reachable {
    /// Of an act that reaches nothing yet and could.
    pub fn by(act: &Act) -> Option<Self> {
        if !act.reaches().is_empty() {
            return None;
        }
        let of = |member, kind, found_at, role, becomes| {
            Some(Self {
                member,
                kind,
                found_at,
                role,
                becomes,
            })
        };
        match act {
            Act::ParentChildRecognition(act) => {
                let field = match act.direction.is_of_father() {
                    true => "/father",
                    false => "/mother",
                };
                let becomes = vec![(field, standing(&act.parent, ParentStanding::Recognised))];
                of(
                    "reached",
                    Kind::Birth,
                    &["/child", "/birth"],
                    PersonRole::Child,
                    becomes,
                )
            }
            Act::Adoption(act) => {
                let parents = [("/father", &act.father), ("/mother", &act.mother)].into_iter();
                let becomes = parents.filter_map(|(field, parent)| {
                    Some((field, standing(parent.as_ref()?, ParentStanding::Adoptive)))
                });
                of(
                    "reached",
                    Kind::Birth,
                    &["/child"],
                    PersonRole::Child,
                    becomes.collect(),
                )
            }
            Act::GuardianshipEnd(_) | Act::GuardianshipSupervision(_) => of(
                "of",
                Kind::Guardianship,
                &["/wards/0"],
                PersonRole::Ward,
                Vec::new(),
            ),
            Act::ForeignDissolution(_) => of(
                "marriage",
                Kind::Marriage,
                &["/wife"],
                PersonRole::Wife,
                Vec::new(),
            ),
            _ => None,
        }
    }

    /// Whether a proposal puts at an entry what the act says and nothing else. Which entry it is, and what stands there now, the ledger
    /// says.
    pub fn proposes(&self, member: &str, reached: &Json) -> bool {
        let changes = reached["changes"].as_array().map_or(&[][..], Vec::as_slice);
        let said = |((field, person), change): (&(&str, Person), &Json)| {
            change["field"] == *field && change["to"] == person.to_json()
        };
        member == self.member
            && reached["kind"] == self.kind.name()
            && changes.len() == self.becomes.len()
            && self.becomes.iter().zip(changes).all(said)
    }

    fn reach(&self, entry: &RegisterEntry) -> Json {
        let changes = self.becomes.iter().map(|(field, person)| {
            let stands = civil::act::amendable(entry.kind, field)
                .and_then(|known| (known.to_json)(field_value(&entry.current, field)?).ok());
            json!({ "field": field, "from": stands, "to": person.to_json() })
        });
        json!({
            "entry": entry.id.to_string(),
            "kind": entry.kind.name(),
            "changes": changes.collect::<Vec<_>>(),
        })
    }
}

/// A person of an act, in that standing where the act says none.
fn standing(person: &Person, standing: ParentStanding) -> Person {
    Person {
        standing: person.standing.or(Some(standing)),
        ..person.clone()
    }
}
