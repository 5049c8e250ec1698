//! Rows of `extract`.

use civil::act::Act;
use civil::event::CivilEvent;
use civil::id::{EntryId, EventHash, EventId, OfficeId};
use civil::value::Date;
use ledger::{Fault, Recorded};

use crate::entry::Touched;
use crate::record::Record;
use crate::rows::{Hexadecimal, Shown, row};

row! {
    /// A row as the statement takes it.
    pub(crate) struct Row {
        event: Shown<EventId>,
        entry: Shown<EntryId>,
        office: u32,
        year: u16,
        number: u32,
        issued_on: Shown<Date>,
        position: u64,
        basis: Option<Shown<EventHash>>,
        basis_position: u64,
        content_hash: Hexadecimal<[u8; 32]>,
    }
}

/// The copies that a batch issues.
pub(crate) fn rows(events: &[Recorded<CivilEvent>], touched: &[Touched]) -> Vec<Row> {
    touched
        .iter()
        .filter_map(|touched| row(events.get(touched.index)?, touched))
        .collect()
}

fn row(recorded: &Recorded<CivilEvent>, touched: &Touched) -> Option<Row> {
    let Act::ExtractIssued(act) = &recorded.event.body.act else {
        return None;
    };
    let envelope = &recorded.event.envelope;
    Some(Row {
        event: Shown(envelope.event),
        entry: Shown(touched.entry),
        office: envelope.stream.office.0,
        year: act.book.year_or_zero(),
        number: act.book.number_or_zero(),
        issued_on: Shown(act.issued_on),
        position: recorded.position,
        basis: envelope.basis.map(Shown),
        basis_position: touched.basis_position,
        content_hash: Hexadecimal(act.content_hash.0),
    })
}

/// A copy that was issued (bản sao trích lục).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuedExtract {
    /// The event.
    pub event: EventId,
    /// The entry of which it is a copy.
    pub entry: EntryId,
    /// The office that issued it.
    pub office: OfficeId,
    /// Its number in that office's book of copies.
    pub number: u32,
    /// The year of that run.
    pub year: u16,
    /// The day.
    pub issued_on: Date,
    /// The position of the event.
    pub position: u64,
    /// The latest event on the entry that it shows.
    pub basis: EventHash,
    /// That event's position.
    pub basis_position: u64,
    /// BLAKE3 of what it says, hexadecimal.
    pub content_hash: String,
    /// The position of a later act that changed what a copy of the entry says; nothing while it is up to date.
    pub superseded_at: Option<u64>,
}

impl IssuedExtract {
    /// Whether a later act changed what a copy of the entry says.
    pub fn superseded(&self) -> bool {
        self.superseded_at.is_some()
    }

    pub(super) fn read(row: &ledger::Row) -> Result<Self, Fault> {
        let record = Record::new(row, "extract", "event");
        let basis_position = record.number("basis_position")?;
        let changed: u64 = record.number("changed_position")?;
        Ok(Self {
            event: record.id("event")?,
            entry: record.id("entry")?,
            office: OfficeId(record.number("office")?),
            number: record.number("number")?,
            year: record.number("year")?,
            issued_on: record.value("issued_on", |text| Date::parse(text).ok())?,
            position: record.number("position")?,
            basis: record.id("basis")?,
            basis_position,
            content_hash: record.text("content_hash")?,
            superseded_at: (changed > basis_position).then_some(changed),
        })
    }
}
