//! Rows of `notice`.

use std::collections::BTreeMap;

use civil::act::Act;
use civil::event::CivilEvent;
use civil::id::{EntryId, EventId, OfficeId};
use civil::kind::Kind;
use civil::notice::{Concerned, Filed, NoticeOwed, NoticeReason, owed};
use civil::value::Date;
use ledger::{Fault, Recorded};
use serde::Serialize;

use super::offices::Known;
use crate::custody::{self, Kept, Shelf};
use crate::entry::Touched;
use crate::record::Record;
use crate::rows::{self, Shown, row};

row! {
    /// A notice that is opened.
    pub(crate) struct OpenRow {
        event: Shown<EventId>,
        entry: Shown<EntryId>,
        reason: &'static str,
        kind: &'static str,
        from_office: u32,
        office: u32,
        book: Option<&'static str>,
        year: Option<u16>,
        volume: Option<String>,
        registered_on: Shown<Date>,
        due_on: Shown<Date>,
        position: u64,
        state: &'static str,
    }
}

row! {
    /// A notice that is closed, if it is open.
    pub(crate) struct ClosedRow {
        event: Shown<EventId>,
        entry: Shown<EntryId>,
        reason: &'static str,
        office: u32,
        closed_by: Shown<EventId>,
        closed_on: Shown<Date>,
        closed_position: u64,
    }
}

impl ClosedRow {
    fn key(&self) -> (EventId, EntryId, &'static str, u32) {
        (self.event.0, self.entry.0, self.reason, self.office)
    }
}

/// What a batch does to notices.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Rows {
    pub(super) opened: Vec<OpenRow>,
    pub(super) closed: Vec<ClosedRow>,
}

/// The notices that the events of a batch owe and discharge. `keepers` says for each touch who kept the entry's book then, `offices`
/// what there is to know of the others.
pub(crate) fn rows(
    events: &[Recorded<CivilEvent>],
    touched: &[Touched],
    keepers: &[OfficeId],
    offices: &Known,
) -> Rows {
    let mut opened = Vec::new();
    let mut closed = BTreeMap::new();
    let mut touches = touched.iter().zip(keepers).peekable();
    let mut concerned: Vec<Concerned> = Vec::new();
    let mut shelves: Vec<(EntryId, Option<&Shelf>)> = Vec::new();
    for (index, recorded) in events.iter().enumerate() {
        concerned.clear();
        shelves.clear();
        while let Some((touched, keeper)) = touches.next_if(|(touched, _)| touched.index == index) {
            concerned.push(Concerned {
                entry: touched.entry,
                office: touched.office,
                keeper: *keeper,
            });
            shelves.push((touched.entry, touched.shelf.as_ref()));
        }
        let filed = Filed::from(&*recorded.event);
        let owed = owed(&filed, &concerned, &offices.at(recorded.position));
        opened.extend(
            owed.into_iter()
                .filter_map(|owed| open(recorded, &owed, &shelves)),
        );
        for row in discharged(recorded, &concerned, offices) {
            // The first one counts, also when a second comes in the same batch.
            closed.entry(row.key()).or_insert(row);
        }
    }
    Rows {
        opened,
        closed: closed.into_values().collect(),
    }
}

/// What an event discharges, if that is open.
fn discharged(recorded: &Recorded<CivilEvent>, concerned: &[Concerned], offices: &Known) -> Vec<ClosedRow> {
    let closed = |event, entry, reason: NoticeReason, office: OfficeId, on| ClosedRow {
        event: Shown(event),
        entry: Shown(entry),
        reason: reason.name(),
        office: office.0,
        closed_by: Shown(recorded.event.envelope.event),
        closed_on: Shown(on),
        closed_position: recorded.position,
    };
    match &recorded.event.body.act {
        Act::MarginalNoteEntered(act) => {
            let note = |known: &Concerned| {
                closed(
                    act.noted,
                    known.entry,
                    NoticeReason::WriteNote,
                    known.office,
                    act.entered_on,
                )
            };
            concerned.iter().map(note).collect()
        }
        Act::NoticeAcknowledged(act) => {
            let family = offices.kept_by(recorded.event.envelope.stream.office, recorded.position);
            let reasons = NoticeReason::ALL
                .into_iter()
                .filter(|reason| !reason.asks_for_a_note());
            let rows = reasons.flat_map(|reason| {
                let of =
                    |office: &OfficeId| closed(act.event, act.entry, reason, *office, act.acknowledged_on);
                family.iter().map(of).collect::<Vec<_>>()
            });
            rows.collect()
        }
        _ => Vec::new(),
    }
}

fn open(
    recorded: &Recorded<CivilEvent>,
    owed: &NoticeOwed,
    shelves: &[(EntryId, Option<&Shelf>)],
) -> Option<OpenRow> {
    let envelope = &recorded.event.envelope;
    let shelf = shelves
        .iter()
        .find(|(entry, _)| owed.reason.asks_for_a_note() && Some(*entry) == owed.entry)
        .and_then(|(_, shelf)| *shelf);
    Some(OpenRow {
        event: Shown(envelope.event),
        entry: Shown(owed.entry?),
        reason: owed.reason.name(),
        kind: envelope.kind.name(),
        from_office: envelope.stream.office.0,
        office: owed.office.0,
        book: shelf.map(|shelf| shelf.book.name()),
        year: shelf.and_then(|shelf| shelf.year),
        volume: shelf.and_then(|shelf| shelf.volume.clone()),
        registered_on: Shown(recorded.event.counted_on()),
        due_on: Shown(owed.due_on),
        position: recorded.position,
        state: "open",
    })
}

/// A notice (thông báo): the duty to tell another office, most often so that it writes a note into its book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Notice {
    /// The act that owes it.
    #[serde(serialize_with = "rows::text")]
    pub event: EventId,
    /// The entry that it is about.
    #[serde(serialize_with = "rows::text")]
    pub entry: EntryId,
    /// Why.
    #[serde(serialize_with = "reason")]
    pub reason: NoticeReason,
    /// What the act is.
    #[serde(serialize_with = "name")]
    pub kind: Kind,
    /// The office that carried the act out.
    #[serde(serialize_with = "number")]
    pub from: OfficeId,
    /// The office to which it is addressed: the one that registered the entry, or that serves the residence.
    #[serde(serialize_with = "number")]
    pub addressed_to: OfficeId,
    /// The office that keeps the book now, to which the notice is owed.
    #[serde(serialize_with = "number")]
    pub owed_to: OfficeId,
    /// The day by which the act is counted.
    #[serde(serialize_with = "rows::text")]
    pub registered_on: Date,
    /// The day by which the notice must have gone out.
    #[serde(serialize_with = "rows::text")]
    pub due_on: Date,
    /// The position of the act.
    pub position: u64,
    /// How it was discharged; nothing while it is open.
    pub closed: Option<Closing>,
}

/// How a notice was discharged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Closing {
    /// The event by which the note was entered, or the notice acknowledged.
    #[serde(serialize_with = "rows::text")]
    pub event: EventId,
    /// The day on which that was.
    #[serde(serialize_with = "rows::text")]
    pub on: Date,
    /// The position of that event.
    pub position: u64,
}

fn name<S: serde::Serializer>(kind: &Kind, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_str(kind.name())
}

fn reason<S: serde::Serializer>(reason: &NoticeReason, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_str(reason.name())
}

fn number<S: serde::Serializer>(office: &OfficeId, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_u32(office.0)
}

impl Notice {
    /// Owed to whoever keeps the book now.
    pub(super) fn read(row: &ledger::Row, decisions: &[Kept]) -> Result<Self, Fault> {
        let record = Record::new(row, "notice", "event");
        let date = |text: &str| Date::parse(text).ok();
        let closing = match record.value_opt("closed_by", |text| text.parse().ok())? {
            None => None,
            Some(event) => Some(Closing {
                event,
                on: record.value("closed_on", date)?,
                position: record.number("closed_position")?,
            }),
        };
        Ok(Self {
            event: record.id("event")?,
            entry: record.id("entry")?,
            reason: record.value("reason", NoticeReason::named)?,
            kind: record.kind("kind")?,
            from: OfficeId(record.number("from_office")?),
            addressed_to: OfficeId(record.number("office")?),
            owed_to: custody::kept_by(&record, decisions)?,
            registered_on: record.value("registered_on", date)?,
            due_on: record.value("due_on", date)?,
            position: record.number("position")?,
            closed: closing,
        })
    }
}

/// What an office is late with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Late {
    /// The office to which the notices are owed now.
    #[serde(serialize_with = "number")]
    pub office: OfficeId,
    /// How many.
    pub notices: u64,
    /// The day by which the oldest was due.
    #[serde(serialize_with = "rows::text")]
    pub oldest: Date,
}

impl Late {
    /// Of one book of one office, owed to whoever keeps it now.
    pub(super) fn read(row: &ledger::Row, decisions: &[Kept]) -> Result<Self, Fault> {
        let record = Record::new(row, "notice", "office");
        Ok(Self {
            office: custody::kept_by(&record, decisions)?,
            notices: record.number("notices")?,
            oldest: record.value("oldest", |text| Date::parse(text).ok())?,
        })
    }

    /// Both together.
    pub(super) fn add(&mut self, other: &Self) {
        self.notices += other.notices;
        self.oldest = self.oldest.min(other.oldest);
    }
}
