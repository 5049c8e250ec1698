//! Rows of `book`.

use std::collections::BTreeMap;

use civil::act::Act;
use civil::book::{BookFacts, BookYear};
use civil::event::CivilEvent;
use civil::id::{Lane, OfficeId};
use civil::value::Date;
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
        total: u32,
        digitised: u32,
    }
}

/// The runs that a batch moves, each once.
pub(crate) fn rows(events: &[Recorded<CivilEvent>]) -> Vec<Row> {
    let mut rows: BTreeMap<BookYear, Row> = BTreeMap::new();
    for event in events.iter().map(|recorded| &recorded.event) {
        let (stream, act) = (event.envelope.stream, &event.body.act);
        let Some(of) = BookYear::of(stream, act) else {
            continue;
        };
        let row = rows.entry(of).or_insert_with(|| Row {
            office: of.office.0,
            book: of.book.name(),
            year: of.year,
            last_number: 0,
            total: 0,
            digitised: 0,
        });
        match act {
            Act::BookOpened(act) => {
                row.last_number = row.last_number.max(act.continues_from.unwrap_or_default());
            }
            Act::BookClosed(_) => {}
            _ if stream.lane == Lane::Digitised => row.digitised += 1,
            act => {
                let number = act.book().map_or(0, |(_, book)| book.number_or_zero());
                row.total += 1;
                row.last_number = row.last_number.max(number);
            }
        }
    }
    rows.into_values().collect()
}

/// A year's book of an office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BookView {
    /// The office, the type of book, the year.
    pub of: BookYear,
    /// What the ledger knows of it.
    pub facts: BookFacts,
}

impl BookView {
    pub(super) fn read(row: &ledger::Row) -> Result<Self, Fault> {
        let record = Record::new(row, "book", "office");
        Ok(Self {
            of: BookYear {
                office: OfficeId(record.number("office")?),
                book: record.book("book")?,
                year: record.number("year")?,
            },
            facts: BookFacts {
                has_number: false,
                last_number: record.number("last_number")?,
                in_year: record.number("total")?,
                digitised: record.number("digitised")?,
                volumes: record.number("volumes")?,
                before: record.number("before_volume")?,
                before_year: record.number("before_year")?,
                in_volumes_before: record.number("total_before")?,
                closed_on: record.value_opt("closed_on", |text| Date::parse(text).ok())?,
            },
        })
    }
}
