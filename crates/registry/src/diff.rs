//! What differs between two states of an entry, and by which acts.

use std::collections::BTreeMap;

use civil::act::amendable;
use civil::entry::{Fields, FoldError, RegisterEntry, State};
use civil::event::CivilEvent;
use civil::id::{EntryId, EventId};
use civil::kind::Kind;
use civil::note::MarginalNote;
use civil::value::Date;
use serde_json::Value as Json;

use crate::error::RegistryError;
use crate::{Registry, reading};

/// A state of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// As it was registered.
    Original,
    /// As it stands.
    Now,
    /// As it stood on a legal day.
    On(Date),
    /// As it stood after the event at that position of the log.
    After(u64),
}

impl Moment {
    /// `original`, `now`, a day or a position.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "original" => Some(Self::Original),
            "now" => Some(Self::Now),
            _ => match Date::parse(text) {
                Ok(day) => Some(Self::On(day)),
                Err(_) => text.parse().ok().map(Self::After),
            },
        }
    }

    fn of(self, events: &[CivilEvent]) -> Result<Option<RegisterEntry>, FoldError> {
        match self {
            Self::Original => RegisterEntry::fold(events.iter().take(1)),
            Self::Now => RegisterEntry::fold(events),
            Self::On(day) => RegisterEntry::fold_as_of(events, Some(day), None),
            Self::After(position) => {
                RegisterEntry::fold(events.iter().filter(|event| event.position <= position))
            }
        }
    }
}

/// One field that differs.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldDiff {
    /// Its JSON pointer.
    pub pointer: String,
    /// Its name on the forms.
    pub label: String,
    /// What stands there first; null when the field is left out.
    pub from: Json,
    /// What stands there then.
    pub to: Json,
    /// The latest act that changed it in between.
    pub event: EventId,
}

/// What differs between two states.
#[derive(Debug, Clone, PartialEq)]
pub struct Diff {
    /// Field by field, in the order of the pointers.
    pub fields: Vec<FieldDiff>,
    /// The notes that one state has and the other does not, in the order of the log.
    pub notes: Vec<(EventId, String)>,
    /// What became of the entry in either.
    pub states: (State, State),
}

impl Registry {
    /// What differs between two states of an entry.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] when there is no such entry, or none yet at one of the moments.
    pub async fn diff(&self, id: EntryId, from: Moment, to: Moment) -> Result<Diff, RegistryError> {
        let events = reading::events_of(&self.ledger, id, None).await?;
        let at = |moment: Moment| {
            let entry = reading::whole(id, moment.of(&events))?;
            entry.ok_or(RegistryError::NotFound("entry"))
        };
        let (from, to) = (at(from)?, at(to)?);
        let has = |entry: &RegisterEntry, note: &MarginalNote| {
            entry.notes.iter().any(|known| known.event == note.event)
        };
        let gone = from.notes.iter().filter(|note| !has(&to, note));
        let come = to.notes.iter().filter(|note| !has(&from, note));
        let mut between: Vec<&MarginalNote> = gone.chain(come).collect();
        between.sort_by_key(|note| note.position);
        let mut changed: BTreeMap<&str, (&str, EventId)> = BTreeMap::new();
        for note in &between {
            for change in note.content.changes() {
                changed.insert(&change.field, (&change.label, note.event));
            }
        }
        let (before, after) = (Fields::of(&from.current), Fields::of(&to.current));
        let fields = changed.into_iter().map(|(pointer, (label, event))| FieldDiff {
            pointer: pointer.to_owned(),
            label: label.to_owned(),
            from: stands(&before, from.kind, pointer),
            to: stands(&after, to.kind, pointer),
            event,
        });
        let fields = fields.filter(|field| field.from != field.to).collect();
        let directory = self.authority.hold();
        let notes = between.iter().map(|note| (note.event, note.text(&directory)));
        Ok(Diff {
            fields,
            notes: notes.collect(),
            states: (from.state(), to.state()),
        })
    }
}

fn stands(fields: &Fields, kind: Kind, pointer: &str) -> Json {
    let known = amendable(kind, pointer).zip(fields.value(pointer));
    let shown = known.and_then(|(known, value)| (known.to_json)(value.clone()).ok());
    shown.unwrap_or(Json::Null)
}
