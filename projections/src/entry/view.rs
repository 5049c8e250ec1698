//! What a reader gets to see of an entry, from its row or from its events.

use civil::act::Act;
use civil::effect::{Ended, StateChange};
use civil::entry::{FoldError, RegisterEntry};
use civil::event::CivilEvent;
use civil::id::{EntryId, EventHash, EventId, Lane, OfficeId};
use civil::kind::Kind;
use civil::note::{MarginalNote, notes_of};
use civil::value::{Date, PartialDate};

use super::state::State;

/// A register entry as it stands (mục đăng ký trong Sổ).
#[derive(Debug, Clone, PartialEq)]
pub struct EntryView {
    /// Its id.
    pub id: EntryId,
    /// What was registered.
    pub kind: Kind,
    /// The office that registered it.
    pub office: OfficeId,
    /// Whether it was registered as it happened or taken over from a paper book.
    pub lane: Lane,
    /// When the log recorded the registration, milliseconds since 1970-01-01T00:00:00Z.
    pub recorded_at_ms: i64,
    /// The event that opened it.
    pub opened_by: EventId,
    /// That event's position.
    pub opened_position: u64,
    /// The act as it stands.
    pub current: Act,
    /// Its marginal notes, in the order of the log.
    pub notes: Vec<MarginalNote>,
    /// The latest event that touched it: the basis of the next.
    pub head: EventHash,
    /// That event's position.
    pub head_position: u64,
    /// The position of the latest event that changed what a copy says.
    pub changed_position: u64,
}

impl EntryView {
    /// When it was registered, as written.
    pub fn registered_on(&self) -> Option<Date> {
        self.current.registered_on()
    }

    /// When the thing itself happened, as it stands now, when stated.
    pub fn occurred_on(&self) -> Option<PartialDate> {
        self.current.occurred_on()
    }

    /// The day from which the divorce holds that is noted at it: by a Vietnamese judgment its date.
    pub fn divorced_on(&self) -> Option<Date> {
        self.notes.iter().rev().find_map(|note| match note.state() {
            Some((StateChange::Ends(Ended::Divorced), on)) => on,
            _ => None,
        })
    }

    /// The entry that these events, all of one entry and in the order of the log, leave; `None` without events. What a row must
    /// show, from evidence.
    ///
    /// # Errors
    /// [`FoldError`] at the first event that does not follow from those before it.
    pub fn of_events(events: &[CivilEvent]) -> Result<Option<Self>, FoldError> {
        as_of(events, None, None)
    }
}

/// The entry as it stood on both axes of time: as of a legal day, as far as the log knew it at an instant (milliseconds since
/// 1970-01-01T00:00:00Z). `None` on an axis means now. The events are those of one entry, in the order of the log.
///
/// # Errors
/// [`FoldError`] at the first event that does not follow from those before it.
pub fn as_of(
    events: &[CivilEvent],
    legal_day: Option<Date>,
    known_at_ms: Option<i64>,
) -> Result<Option<EntryView>, FoldError> {
    let entry = RegisterEntry::fold_as_of(events, legal_day, known_at_ms)?;
    let view = entry.zip(events.first()).map(|(entry, first)| {
        let changed = events.iter().rev().find(|event| {
            let note = entry.notes.iter().any(|note| note.position == event.position);
            note || event.position == first.position
        });
        EntryView {
            lane: first.envelope.stream.lane,
            recorded_at_ms: first.recorded_at_ms,
            opened_position: first.position,
            changed_position: changed.map_or(first.position, |event| event.position),
            ..of(entry)
        }
    });
    Ok(view)
}

fn of(entry: RegisterEntry) -> EntryView {
    EntryView {
        id: entry.id,
        kind: entry.kind,
        office: entry.office,
        lane: Lane::Acts,
        recorded_at_ms: 0,
        opened_by: entry.opened_by,
        opened_position: 0,
        current: entry.current,
        notes: entry.notes,
        head: entry.head,
        head_position: entry.head_position,
        changed_position: 0,
    }
}

impl From<State> for EntryView {
    fn from(state: State) -> Self {
        Self {
            lane: state.lane,
            recorded_at_ms: state.recorded_at_ms,
            opened_position: state.opened_position,
            changed_position: state.changed_position,
            ..of(state.register)
        }
    }
}

/// One event in the life of an entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Moment {
    /// Its position in the log.
    pub position: u64,
    /// Its id.
    pub event: EventId,
    /// What it is about.
    pub kind: Kind,
    /// The office that filed it.
    pub office: OfficeId,
    /// The day on which the office carried it out, as written.
    pub registered_on: Option<Date>,
    /// When the log recorded it, milliseconds since 1970-01-01T00:00:00Z.
    pub recorded_at_ms: i64,
    /// Whether it changed what a copy says.
    pub changes: bool,
    /// The note that it left in this entry.
    pub note: Option<MarginalNote>,
}

/// What happened to an entry, in the order of the log. The events are those of that entry.
pub fn timeline(entry: EntryId, events: &[CivilEvent]) -> Vec<Moment> {
    events.iter().map(|event| moment(entry, event)).collect()
}

fn moment(entry: EntryId, event: &CivilEvent) -> Moment {
    let kind = event.envelope.kind;
    let note = notes_of(event).into_iter().find(|(id, _)| *id == entry);
    let opens = kind.opens_entry() && event.envelope.entry == Some(entry);
    Moment {
        position: event.position,
        event: event.envelope.event,
        kind,
        office: event.envelope.stream.office,
        registered_on: event.body.act.registered_on(),
        recorded_at_ms: event.recorded_at_ms,
        changes: opens || kind.changes_entries(),
        note: note.map(|(_, note)| note),
    }
}
