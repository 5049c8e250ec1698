//! Which number comes next in this book of this year, which volumes has it, and is it closed? See `README.md`.

#[cfg(test)]
mod cases;
mod row;
mod volume;

use civil::book::{BookFacts, BookYear};
use civil::event::CivilEvent;
use civil::id::{Lane, OfficeId};
use ledger::{Fault, Key, Param, Reader, Recorded, Statement, TableSpec, Tx};

pub use row::BookView;
pub use volume::{ClosingView, Totals, VolumeView};

use crate::record::Record;

pub(crate) const TABLE: TableSpec = TableSpec {
    name: "book{g}",
    create: &[Statement::both("book.table", include_str!("table.sql"))],
    indexes: &[],
    follows: false,
    key: &[Key::Int("office"), Key::Text("book"), Key::Int("year")],
};

pub(crate) const VOLUME_TABLE: TableSpec = TableSpec {
    name: "book_volume{g}",
    create: &[Statement::both(
        "book_volume.table",
        include_str!("volume_table.sql"),
    )],
    indexes: &[],
    follows: false,
    key: &[
        Key::Int("office"),
        Key::Text("book"),
        Key::Int("year"),
        Key::Int("ordinal"),
    ],
};

pub(crate) const CLOSING_TABLE: TableSpec = TableSpec {
    name: "book_closing{g}",
    create: &[Statement::both(
        "book_closing.table",
        include_str!("closing_table.sql"),
    )],
    indexes: &[],
    follows: false,
    key: &[
        Key::Int("office"),
        Key::Text("book"),
        Key::Int("year"),
        Key::Int("position"),
    ],
};

const WRITE: Statement = Statement::pair(
    "book.write",
    include_str!("write.sqlite.sql"),
    include_str!("write.postgres.sql"),
);
const MARK: Statement = Statement::pair(
    "book.mark",
    include_str!("mark.sqlite.sql"),
    include_str!("mark.postgres.sql"),
);
const WRITE_VOLUMES: Statement = Statement::pair(
    "book_volume.write",
    include_str!("write_volumes.sqlite.sql"),
    include_str!("write_volumes.postgres.sql"),
);
const WRITE_CLOSINGS: Statement = Statement::pair(
    "book_closing.write",
    include_str!("write_closings.sqlite.sql"),
    include_str!("write_closings.postgres.sql"),
);
const RESUME: Statement = Statement::pair(
    "book.resume",
    include_str!("resume.sqlite.sql"),
    include_str!("resume.postgres.sql"),
);
const OF_YEAR: Statement = Statement::both("book.of_year", include_str!("of_year.sql"));
const OF_OFFICE: Statement = Statement::both("book.of_office", include_str!("of_office.sql"));
const VOLUMES: Statement = Statement::both("book_volume.of_year", include_str!("volumes.sql"));
const CLOSINGS: Statement = Statement::both("book_closing.of_year", include_str!("closings.sql"));
const OLD_NUMBERS: Statement = Statement::both("book.old_numbers", include_str!("old_numbers.sql"));

/// Writes what a batch does to books. Only a batch that opens or closes one reads anything.
pub(crate) async fn write(tx: &mut Tx<'_>, events: &[Recorded<CivilEvent>]) -> Result<(), Fault> {
    let books = volume::resume(tx, volume::concerned(events)).await?;
    crate::rows::write(tx, &WRITE, &row::rows(events))?;
    volume::write(tx, &volume::fold(events, books)).await
}

/// What the ledger knows of a year's book; nothing was given yet when it has no row.
///
/// # Errors
/// [`Fault`] of the store, or naming the column that makes no sense.
pub async fn facts(reader: &Reader<'_>, of: BookYear) -> Result<BookFacts, Fault> {
    let row = reader.row(&OF_YEAR, &key(of)).await?;
    let view = row.as_ref().map(BookView::read).transpose()?;
    Ok(view.map(|view| view.facts).unwrap_or_default())
}

/// The books of an office in a year, by type.
///
/// # Errors
/// As [`facts`].
pub async fn of_office(reader: &Reader<'_>, office: OfficeId, year: u16) -> Result<Vec<BookView>, Fault> {
    let rows = reader
        .rows(&OF_OFFICE, &[i64::from(office.0).into(), i64::from(year).into()])
        .await?;
    rows.iter().map(BookView::read).collect()
}

/// The volumes of a year's book that were opened by an event, the first one first.
///
/// # Errors
/// As [`facts`].
pub async fn volumes(reader: &Reader<'_>, of: BookYear) -> Result<Vec<VolumeView>, Fault> {
    let rows = reader.rows(&VOLUMES, &key(of)).await?;
    rows.iter().map(VolumeView::read).collect()
}

/// The closings of a year's book and its volumes, in the order of the log.
///
/// # Errors
/// As [`facts`].
pub async fn closings(reader: &Reader<'_>, of: BookYear) -> Result<Vec<ClosingView>, Fault> {
    let rows = reader.rows(&CLOSINGS, &key(of)).await?;
    rows.iter().map(ClosingView::read).collect()
}

/// The numbers that entries taken over from the old book of a year bear, each with how many bear it; 0 for those without one.
///
/// # Errors
/// As [`facts`].
pub async fn old_numbers(reader: &Reader<'_>, of: BookYear) -> Result<Vec<(u32, u32)>, Fault> {
    let [office, book, year] = key(of);
    let lane = i64::from(Lane::Digitised as u8);
    let rows = reader
        .rows(&OLD_NUMBERS, &[office, book, year, lane.into()])
        .await?;
    let read = |row: &ledger::Row| {
        let record = Record::new(row, "entry", "number");
        Ok((record.number("number")?, record.number("entries")?))
    };
    rows.iter().map(read).collect()
}

fn key(of: BookYear) -> [Param<'static>; 3] {
    [
        i64::from(of.office.0).into(),
        of.book.name().into(),
        i64::from(of.year).into(),
    ]
}

#[cfg(test)]
pub(crate) const COLUMNS: &[&str] = row::Row::COLUMNS;
#[cfg(test)]
pub(crate) const MARK_COLUMNS: &[&str] = volume::MarkRow::COLUMNS;
#[cfg(test)]
pub(crate) const VOLUME_COLUMNS: &[&str] = volume::VolumeRow::COLUMNS;
#[cfg(test)]
pub(crate) const CLOSING_COLUMNS: &[&str] = volume::ClosingRow::COLUMNS;
