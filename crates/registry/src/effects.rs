//! What a draft will do to other entries, and which entries it could reach and does not: proposed, never added.

use civil::act::{Act, PersonRef, PersonRole, RecognitionDirection};
use civil::effect;
use civil::entry::{RegisterEntry, field_value};
use civil::id::EntryId;
use civil::kind::Kind;
use civil::person::PersonView;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

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
    /// Entry, kind and changes, with what stands there now as `from`.
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
    let (member, kind, role, places, fields): (_, _, _, Vec<PersonRef>, Vec<&str>) = match act {
        Act::ParentChildRecognition(act) => {
            use RecognitionDirection::{ChildRecognisesFather, FatherRecognisesChild};
            let father = matches!(act.direction, FatherRecognisesChild | ChildRecognisesFather);
            let field = if father { "/father" } else { "/mother" };
            (
                "reached",
                Kind::Birth,
                PersonRole::Child,
                places("/child").to_vec(),
                vec![field],
            )
        }
        Act::Adoption(_) => {
            let fields = vec!["/father", "/mother"];
            (
                "reached",
                Kind::Birth,
                PersonRole::Child,
                places("/child").to_vec(),
                fields,
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
    let mut proposed = Vec::new();
    for place in places.into_iter().filter(|place| place.role == role) {
        let entry = reading::entry_of(&registry.ledger, place.entry).await?;
        if let Some(entry) = entry.filter(|entry| entry.kind == kind && entry.state().in_force()) {
            proposed.push(ProposedReach {
                member,
                reached: reach(&entry, &fields),
            });
        }
    }
    Ok(proposed)
}

fn reach(entry: &RegisterEntry, fields: &[&str]) -> Json {
    let changes = fields.iter().map(|field| {
        let stands = civil::act::amendable(entry.kind, field)
            .and_then(|known| (known.to_json)(field_value(&entry.current, field)?).ok());
        json!({ "field": field, "from": stands })
    });
    json!({
        "entry": entry.id.to_string(),
        "kind": entry.kind.name(),
        "changes": changes.collect::<Vec<_>>(),
    })
}
