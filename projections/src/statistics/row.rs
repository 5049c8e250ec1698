//! Rows of `statistics`.

use std::collections::BTreeMap;

use civil::event::CivilEvent;
use civil::id::{Lane, OfficeId};
use civil::kind::{Group, Kind};
use ledger::{Fault, Recorded};

use crate::record::Record;
use crate::rows::row;

row! {
    /// What a batch adds to a count.
    pub(crate) struct Row {
        office: u32,
        kind: &'static str,
        lane: u8,
        year: u16,
        month: u8,
        count: u64,
    }
}

/// The counts that a batch adds to, each once.
pub(crate) fn rows(events: &[Recorded<CivilEvent>]) -> Vec<Row> {
    let mut counts: BTreeMap<(u32, Kind, u8, u16, u8), u64> = BTreeMap::new();
    for event in events.iter().map(|recorded| &recorded.event) {
        let envelope = &event.envelope;
        if matches!(envelope.kind.group(), Group::Administration | Group::Keeping) {
            continue;
        }
        let day = event.counted_on();
        let cell = (
            envelope.stream.office.0,
            envelope.kind,
            envelope.stream.lane as u8,
            day.year(),
            day.month(),
        );
        *counts.entry(cell).or_default() += 1;
    }
    let row = |((office, kind, lane, year, month), count): ((u32, Kind, u8, u16, u8), u64)| Row {
        office,
        kind: kind.name(),
        lane,
        year,
        month,
        count,
    };
    counts.into_iter().map(row).collect()
}

/// How many acts of a kind an office registered in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// The office.
    pub office: OfficeId,
    /// The kind.
    pub kind: Kind,
    /// As it happened, taken over from a paper book, or issued at the desk.
    pub lane: Lane,
    /// Of the day of registration.
    pub year: u16,
    /// Of the day of registration, 1 to 12.
    pub month: u8,
    /// Acts.
    pub count: u64,
}

impl Count {
    pub(super) fn read(row: &ledger::Row) -> Result<Self, Fault> {
        let record = Record::new(row, "statistics", "office");
        Ok(Self {
            office: OfficeId(record.number("office")?),
            kind: record.kind("kind")?,
            lane: Lane::of(record.number("lane")?).ok_or_else(|| record.damaged("lane", "no such lane"))?,
            year: record.number("year")?,
            month: record.number("month")?,
            count: record.number("count")?,
        })
    }
}
