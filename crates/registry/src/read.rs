//! Reading: entries on both axes of time, events and proofs. Evidence comes from the log; only lists
//! and counts come from projections.

use civil::act::Act;
use civil::content::Content;
use civil::directory::Directory;
use civil::effect::StateChange;
use civil::entry::{Ending, RegisterEntry, State};
use civil::id::{EntryId, EventId, OfficeId};
use civil::value::{Date, PersonName};
use ledger::{Head, Reader, Stored};
use serde_json::{Value as Json, json};

use crate::error::RegistryError;
use crate::{LinkedChange, RegisteredAgain, Registry, reading};

/// Which state of an entry is asked for. The default is: now, on both axes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AsOf {
    /// The legal day: registrations and notes up to it.
    pub day: Option<Date>,
    /// What the log knew, milliseconds since 1970-01-01T00:00:00Z.
    pub known_at_ms: Option<i64>,
}

impl Registry {
    /// An entry.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] when there is none, or none yet at that time.
    #[tracing::instrument(name = "registry.entry", skip_all, fields(entry = %id), err(level = "debug"))]
    pub async fn entry(&self, id: EntryId, as_of: AsOf) -> Result<RegisterEntry, RegistryError> {
        let entry = reading::entry_as_of(&self.ledger, id, as_of).await?;
        entry.ok_or(RegistryError::NotFound("entry"))
    }

    /// An event, by its id.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`].
    pub async fn event(&self, id: EventId) -> Result<Stored, RegistryError> {
        self.ledger
            .by_event_id(id.as_bytes())
            .await?
            .ok_or(RegistryError::NotFound("event"))
    }

    /// How far the log reaches.
    pub fn head(&self) -> Head {
        self.ledger.head()
    }

    /// The read models.
    pub fn reader(&self) -> Reader<'_> {
        self.ledger.reader()
    }

    /// Looks something up in the directory: offices, keys, who keeps whose books.
    pub fn with_directory<T>(&self, look: impl FnOnce(&Directory) -> T) -> T {
        look(&self.authority.hold())
    }

    /// An entry as JSON: what it says now, its notes, what was changed of its people elsewhere, where it
    /// was registered again, its content as a copy would show it.
    pub fn entry_json(
        &self,
        entry: &RegisterEntry,
        linked: &[LinkedChange],
        again: &[RegisteredAgain],
    ) -> Json {
        let directory = self.authority.hold();
        let keeper = directory.keeper_of_entry(entry);
        let notes: Vec<Json> = entry
            .notes
            .iter()
            .map(|note| {
                json!({
                    "event": note.event.to_string(),
                    "position": note.position,
                    "kind": note.kind.name(),
                    "office": office(&directory, note.office),
                    "registered_on": note.on.map(|day| day.to_string()),
                    "text": note.text(&directory),
                    "entered_in_book": note.entered.map(|entered| json!({
                        "event": entered.event.to_string(),
                        "on": entered.on.to_string(),
                        "office": office(&directory, entered.office),
                    })),
                })
            })
            .collect();
        json!({
            "entry": entry.id.to_string(),
            "kind": entry.kind.name(),
            "title": entry.kind.vietnamese(),
            "office": office(&directory, entry.office),
            "keeper": office(&directory, keeper),
            "opened_by": entry.opened_by.to_string(),
            "head": entry.head.to_string(),
            "head_position": entry.head_position,
            "lost": entry.lost.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "current": entry.current.to_json(),
            "original": entry.original.to_json(),
            "notes": notes,
            "state": state_json(&entry.state()),
            "persons": persons_json(entry),
            "linked": linked.iter().map(linked_json).collect::<Vec<_>>(),
            "earlier": entry.current.earlier().and_then(|earlier| earlier.entry).map(|id| id.to_string()),
            "registered_again": again.iter().map(|again| again.to_json(&directory)).collect::<Vec<_>>(),
            "replaces": replaces(&entry.current).map(|id| id.to_string()),
            "book_note": book_note(&entry.current),
            "copies_issued": entry.copies.len(),
            "content": (!entry.current.is_lost()).then(|| Content::of(entry, &directory)),
        })
    }
}

/// What became of an entry.
fn state_json(state: &State) -> Json {
    let ending = |ending: Option<Ending>| {
        ending.map(|ending| {
            json!({
                "how": ending.how.map(|how| StateChange::Ends(how).name()),
                "event": ending.event.to_string(),
                "on": ending.on.map(|day| day.to_string()),
            })
        })
    };
    let marks = state
        .marks
        .iter()
        .map(|(mark, event)| json!({ "mark": StateChange::Sets(*mark).name(), "event": event.to_string() }));
    json!({
        "in_force": state.in_force(),
        "ended": ending(state.ended),
        "revoked": ending(state.revoked),
        "marks": marks.collect::<Vec<_>>(),
    })
}

/// The people whom an entry names, each with the address by which they are known.
fn persons_json(entry: &RegisterEntry) -> Vec<Json> {
    let people = entry.current.people().into_iter().filter_map(|named| {
        Some(json!({
            "ref": named.of(entry.id)?.to_string(),
            "pointer": named.pointer(),
            "name": named.person.name.value.as_ref().map(PersonName::full),
            "known_as": named.person.known_as.as_ref().map(|known| known.to_string()),
        }))
    });
    people.collect()
}

/// A change of a person in another entry.
fn linked_json(linked: &LinkedChange) -> Json {
    json!({
        "ref": linked.place.to_string(),
        "changed": linked.changed.to_string(),
        "event": linked.event.to_string(),
        "field": linked.field,
        "text": linked.text,
    })
}

/// What the book notes of a child without known parents.
const fn book_note(act: &Act) -> Option<&'static str> {
    match act {
        Act::Birth(birth) => birth.book_note(),
        _ => None,
    }
}

/// The guardianship in whose place it stands.
fn replaces(act: &Act) -> Option<EntryId> {
    match act {
        Act::Guardianship(act) => act.replaces,
        _ => None,
    }
}

pub(crate) fn office(directory: &Directory, id: OfficeId) -> Json {
    json!({ "office": id.0, "name": directory.name(id) })
}
