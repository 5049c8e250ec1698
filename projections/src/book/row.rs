//! Rows of `book`.

use std::collections::BTreeMap;

use civil::event::CivilEvent;
use civil::id::{Lane, OfficeId};
use civil::kind::BookType;
use ledger::{Fault, Recorded};

use crate::record::Record;
use crate::rows::row;

row! {
    /// What a batch adds to a run of numbers.
    pub(crate) struct Row {
        office: u32,
        book: &'static str,
        year: u16,
        last_number: u32,
        total: u64,
        digitised: u64,
    }
}

/// The runs that a batch moves, each once.
pub(crate) fn rows(events: &[Recorded<CivilEvent>]) -> Vec<Row> {
    let mut rows: BTreeMap<(u32, BookType, u16), Row> = BTreeMap::new();
    for event in events.iter().map(|recorded| &recorded.event) {
        let Some((book, reference)) = event.body.act.book() else {
            continue;
        };
        let stream = event.envelope.stream;
        let year = reference.year_or_zero();
        let row = rows.entry((stream.office.0, book, year)).or_insert_with(|| Row {
            office: stream.office.0,
            book: book.name(),
            year,
            last_number: 0,
            total: 0,
            digitised: 0,
        });
        if stream.lane == Lane::Digitised {
            row.digitised += 1;
        } else {
            row.total += 1;
            row.last_number = row.last_number.max(reference.number_or_zero());
        }
    }
    rows.into_values().collect()
}

/// A year's book of an office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BookView {
    /// The office.
    pub office: OfficeId,
    /// The type of book.
    pub book: BookType,
    /// The year.
    pub year: u16,
    /// The highest number of the office's own run; 0 before the first.
    pub last_number: u32,
    /// How many acts took a number in that run.
    pub total: u64,
    /// How many entries were taken over from an old book.
    pub digitised: u64,
}

impl BookView {
    pub(super) fn read(row: &ledger::Row) -> Result<Self, Fault> {
        let record = Record::new(row, "book", "office");
        Ok(Self {
            office: OfficeId(record.number("office")?),
            book: record.book("book")?,
            year: record.number("year")?,
            last_number: record.number("last_number")?,
            total: record.number("total")?,
            digitised: record.number("digitised")?,
        })
    }
}
