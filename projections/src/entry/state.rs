//! The state of one entry between two batches.

use civil::act::{Act, Body, Lost};
use civil::cbor;
use civil::entry::RegisterEntry;
use civil::event::CivilEvent;
use civil::id::{EntryId, EventHash, Lane, OfficeId};
use civil::kind::Kind;
use ledger::{Fault, Recorded};

use super::note;
use crate::custody::Shelf;
use crate::record::Record;

/// An entry as the row holds it, ready to be folded on.
///
/// `register.original` is the current act here, and `register.copies` is empty: the log has the original, [`crate::extract`]
/// the copies, and the fold asks for neither.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct State {
    /// The folded entry.
    pub(crate) register: RegisterEntry,
    /// Of the event that opened it.
    pub(crate) lane: Lane,
    /// Of the event that opened it.
    pub(crate) opened_position: u64,
    /// Of the event that opened it.
    pub(crate) recorded_at_ms: i64,
    /// Of the latest event that changed what a copy says.
    pub(crate) changed_position: u64,
    /// Whether an event has changed the act since: until then the body of the one that opened it says what it is.
    pub(crate) amended: bool,
}

impl State {
    /// Of an entry that an event opens.
    pub(crate) fn open(recorded: &Recorded<CivilEvent>) -> Result<Self, Fault> {
        let event = placed(recorded);
        let register = RegisterEntry::open(&event).map_err(|error| refused(recorded, error))?;
        Ok(Self {
            register,
            lane: event.envelope.stream.lane,
            opened_position: recorded.position,
            recorded_at_ms: recorded.recorded_at_ms,
            changed_position: recorded.position,
            amended: false,
        })
    }

    /// Takes in an event that touches the entry.
    pub(crate) fn apply(&mut self, recorded: &Recorded<CivilEvent>) -> Result<(), Fault> {
        let before = self.register.current.clone();
        self.register
            .apply(&placed(recorded))
            .map_err(|error| refused(recorded, error))?;
        self.register.copies.clear();
        self.amended |= self.register.current != before;
        if recorded.event.envelope.kind.changes_entries() {
            self.changed_position = recorded.position;
        }
        Ok(())
    }

    /// From a row of `resume` or of a query. Of what is lost a row says how much, not which.
    pub(super) fn read(row: &ledger::Row) -> Result<Self, Fault> {
        let record = Record::new(row, "entry", "entry");
        let kind = record.kind("kind")?;
        let (current, amended) = current(&record, kind)?;
        let opened_by = record.id("opened_by")?;
        Ok(Self {
            register: RegisterEntry {
                id: record.id::<EntryId>("entry")?,
                kind,
                office: OfficeId(record.number("office")?),
                opened_by,
                original: current.clone(),
                current,
                notes: record.value("notes", note::from_text)?,
                copies: Vec::new(),
                lost: vec![opened_by; record.number::<u16>("lost")?.into()],
                head: record.id::<EventHash>("head")?,
                head_position: record.number("head_position")?,
            },
            lane: Lane::of(record.number("lane")?).ok_or_else(|| record.damaged("lane", "no such lane"))?,
            opened_position: record.number("opened_position")?,
            recorded_at_ms: record.number("recorded_at_ms")?,
            changed_position: record.number("changed_position")?,
            amended,
        })
    }
}

/// The book in which an entry stands, of a row with its `kind`, `current` and `sealed`.
pub(crate) fn shelf(record: &Record<'_>) -> Result<Option<Shelf>, Fault> {
    let (current, _) = current(record, record.kind("kind")?)?;
    Ok(Shelf::of(&current))
}

/// The act as it stands now, and whether an event has changed it.
fn current(record: &Record<'_>, kind: Kind) -> Result<(Act, bool), Fault> {
    let amended = record.bytes_opt("current")?;
    let current = match &amended {
        Some(bytes) => act(kind, bytes).ok_or_else(|| record.damaged("current", "not an act of its kind"))?,
        None => {
            // Nobody's row is without a body, unless that was erased: `fsck` says when it is missing.
            match record.body()? {
                None => Act::Lost(Lost(kind)),
                Some(sealed) => Body::unseal(&sealed)
                    .map(|body| body.act)
                    .map_err(|_| record.damaged("sealed", "not a body"))?,
            }
        }
    };
    Ok((current, amended.is_some()))
}

fn act(kind: Kind, bytes: &[u8]) -> Option<Act> {
    Act::from_cbor(kind, cbor::decode(bytes).ok()?).ok()
}

/// The event at its place: on its way into the log it was decoded before it had one.
fn placed(recorded: &Recorded<CivilEvent>) -> CivilEvent {
    CivilEvent {
        position: recorded.position,
        recorded_at_ms: recorded.recorded_at_ms,
        ..(*recorded.event).clone()
    }
}

fn refused(recorded: &Recorded<CivilEvent>, why: impl std::fmt::Display) -> Fault {
    Fault::projection(
        format!("projecting the event at position {}", recorded.position),
        why,
    )
}
