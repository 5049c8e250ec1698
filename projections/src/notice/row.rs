//! Rows of `notice`.

use std::collections::BTreeMap;

use civil::act::Act;
use civil::event::CivilEvent;
use civil::id::{EntryId, EventId, OfficeId};
use civil::kind::Kind;
use civil::law::working_day::due_on;
use civil::value::Date;
use ledger::{Fault, Recorded};
use serde::Serialize;

use crate::entry::Touched;
use crate::record::Record;
use crate::rows::{self, Shown, row};

row! {
    /// A notice that is opened.
    pub(crate) struct OpenRow {
        event: Shown<EventId>,
        entry: Shown<EntryId>,
        kind: &'static str,
        from_office: u32,
        office: u32,
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
        closed_by: Shown<EventId>,
        closed_on: Shown<Date>,
        closed_position: u64,
    }
}

/// What a batch does to notices.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Rows {
    pub(super) opened: Vec<OpenRow>,
    pub(super) closed: Vec<ClosedRow>,
}

/// The notices that the touches of a batch owe and discharge. `keepers` says for each touch who kept the entry's book then.
pub(crate) fn rows(events: &[Recorded<CivilEvent>], touched: &[Touched], keepers: &[OfficeId]) -> Rows {
    let mut opened = Vec::new();
    let mut closed = BTreeMap::new();
    for (touched, keeper) in touched.iter().zip(keepers) {
        let Some(recorded) = events.get(touched.index) else {
            continue;
        };
        match &recorded.event.body.act {
            Act::MarginalNoteEntered(act) => {
                // The first one counts, also when a second comes in the same batch.
                closed
                    .entry((act.noted, touched.entry))
                    .or_insert_with(|| ClosedRow {
                        event: Shown(act.noted),
                        entry: Shown(touched.entry),
                        closed_by: Shown(recorded.event.envelope.event),
                        closed_on: Shown(act.entered_on),
                        closed_position: recorded.position,
                    });
            }
            act if owes(act.kind()) && *keeper != recorded.event.envelope.stream.office => {
                opened.push(open(recorded, touched));
            }
            _ => {}
        }
    }
    Rows {
        opened,
        closed: closed.into_values().collect(),
    }
}

fn owes(kind: Kind) -> bool {
    kind.changes_entries()
}

fn open(recorded: &Recorded<CivilEvent>, touched: &Touched) -> OpenRow {
    let envelope = &recorded.event.envelope;
    let registered_on = recorded.event.counted_on();
    OpenRow {
        event: Shown(envelope.event),
        entry: Shown(touched.entry),
        kind: envelope.kind.name(),
        from_office: envelope.stream.office.0,
        office: touched.office.0,
        registered_on: Shown(registered_on),
        due_on: Shown(due_on(registered_on)),
        position: recorded.position,
        state: "open",
    }
}

/// A notice (thông báo): the duty to have a note written into another office's book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Notice {
    /// The act that owes it.
    #[serde(serialize_with = "rows::text")]
    pub event: EventId,
    /// The entry whose paper book must be written in.
    #[serde(serialize_with = "rows::text")]
    pub entry: EntryId,
    /// What the act is.
    #[serde(serialize_with = "name")]
    pub kind: Kind,
    /// The office that carried the act out.
    #[serde(serialize_with = "number")]
    pub from: OfficeId,
    /// The office that registered the entry.
    #[serde(serialize_with = "number")]
    pub registered_at: OfficeId,
    /// The office that keeps its books now, to which the notice is owed.
    #[serde(serialize_with = "number")]
    pub owed_to: OfficeId,
    /// The day of the act.
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
    /// The event by which the note was entered in the book.
    #[serde(serialize_with = "rows::text")]
    pub event: EventId,
    /// The day on which it was entered.
    #[serde(serialize_with = "rows::text")]
    pub on: Date,
    /// The position of that event.
    pub position: u64,
}

fn name<S: serde::Serializer>(kind: &Kind, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_str(kind.name())
}

fn number<S: serde::Serializer>(office: &OfficeId, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_u32(office.0)
}

impl Notice {
    pub(super) fn read(row: &ledger::Row) -> Result<Self, Fault> {
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
            kind: record.kind("kind")?,
            from: OfficeId(record.number("from_office")?),
            registered_at: OfficeId(record.number("office")?),
            owed_to: OfficeId(record.number("keeper")?),
            registered_on: record.value("registered_on", date)?,
            due_on: record.value("due_on", date)?,
            position: record.number("position")?,
            closed: closing,
        })
    }
}
