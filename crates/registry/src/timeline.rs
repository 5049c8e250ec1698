//! What happened to an entry, step by step: the events of its chain, and those that link the people whom it names.

use std::collections::BTreeMap;

use civil::act::Act;
use civil::directory::Directory;
use civil::event::CivilEvent;
use civil::id::{EntryId, EventId};
use civil::note::notes_of;
use projections::link::{self, Link};

use crate::error::RegistryError;
use crate::{Registry, reading};

/// One step in the life of an entry.
#[derive(Debug, Clone)]
pub struct TimelineStep {
    /// Its position in the log.
    pub position: u64,
    /// The event.
    pub event: EventId,
    /// What it is about.
    pub kind: &'static str,
    /// The same in Vietnamese.
    pub title: &'static str,
    /// Who filed it.
    pub office: u32,
    /// The name of that office.
    pub office_name: String,
    /// When the thing itself happened (EDTF).
    pub occurred_on: Option<String>,
    /// When it was registered, as written.
    pub registered_on: Option<String>,
    /// When the log recorded it, milliseconds since 1970-01-01T00:00:00Z.
    pub recorded_at_ms: i64,
    /// What a judgment or a foreign authority settled: its name, and in Vietnamese.
    pub matter: Option<(&'static str, &'static str)>,
    /// The judgment or decision on which it rests, in words.
    pub judgment: Option<String>,
    /// The note that it left in this entry.
    pub note: Option<String>,
    /// What it says of where else the people of this entry are named.
    pub links: Vec<Link>,
}

impl Registry {
    /// What happened to an entry, in the order of the log. A step that only links its people is an event of another entry, or a
    /// decision on two of them.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`].
    pub async fn timeline(&self, id: EntryId) -> Result<Vec<TimelineStep>, RegistryError> {
        let mut events = reading::events_of(&self.ledger, id, None).await?;
        if events.is_empty() {
            return Err(RegistryError::NotFound("entry"));
        }
        let mut links: BTreeMap<EventId, Vec<Link>> = BTreeMap::new();
        for link in link::of_entry(&self.ledger.reader(), id).await? {
            links.entry(link.event).or_default().push(link);
        }
        let own = |event: &EventId| events.iter().any(|known| known.envelope.event == *event);
        let beside: Vec<EventId> = links.keys().filter(|event| !own(event)).copied().collect();
        for event in beside {
            if let Some(stored) = self.ledger.by_event_id(event.as_bytes()).await? {
                events.push(reading::read_event(&stored)?);
            }
        }
        events.sort_by_key(|event| event.position);
        let directory = self.authority.hold();
        let steps = events.iter().map(|event| {
            let links = links.remove(&event.envelope.event).unwrap_or_default();
            step(event, id, links, &directory)
        });
        Ok(steps.collect())
    }
}

fn step(event: &CivilEvent, entry: EntryId, links: Vec<Link>, directory: &Directory) -> TimelineStep {
    let act = &event.body.act;
    let note = notes_of(event).into_iter().find(|(id, _)| *id == entry);
    TimelineStep {
        position: event.position,
        event: event.envelope.event,
        kind: act.kind().name(),
        title: act.kind().vietnamese(),
        office: event.envelope.stream.office.0,
        office_name: directory.name(event.envelope.stream.office),
        occurred_on: act.occurred_on().map(|day| day.to_string()),
        registered_on: act.registered_on().map(|day| day.to_string()),
        recorded_at_ms: event.recorded_at_ms,
        matter: matter(act),
        judgment: act.judgment().map(|judgment| judgment.in_words()),
        note: note.map(|(_, note)| note.text(directory)),
        links,
    }
}

fn matter(act: &Act) -> Option<(&'static str, &'static str)> {
    match act {
        Act::JudgmentNoted(act) => Some((act.matter.name(), act.matter.vietnamese())),
        Act::ForeignDissolution(act) => Some((act.matter.name(), act.matter.vietnamese())),
        _ => None,
    }
}
