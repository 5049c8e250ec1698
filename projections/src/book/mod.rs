//! Which number comes next in this book of this year? See `README.md`.

#[cfg(test)]
mod cases;
mod row;

use civil::id::OfficeId;
use civil::kind::BookType;
use ledger::{Fault, Key, Reader, Statement, TableSpec, Tx};

pub use row::BookView;
pub(crate) use row::{Row, rows};

use crate::record::Record;

pub(crate) const TABLE: TableSpec = TableSpec {
    name: "book{g}",
    create: &[Statement::both("book.table", include_str!("table.sql"))],
    indexes: &[],
    follows: false,
    key: &[Key::Int("office"), Key::Text("book"), Key::Int("year")],
};

const WRITE: Statement = Statement::pair(
    "book.write",
    include_str!("write.sqlite.sql"),
    include_str!("write.postgres.sql"),
);
const LAST_NUMBER: Statement = Statement::both("book.last_number", include_str!("last_number.sql"));
const OF_OFFICE: Statement = Statement::both("book.of_office", include_str!("of_office.sql"));

/// Writes the rows of a batch.
pub(crate) fn write(tx: &mut Tx<'_>, rows: &[Row]) -> Result<(), Fault> {
    crate::rows::write(tx, &WRITE, rows)
}

/// The next number of the office's own run in a book and year; 1 before the first act.
///
/// # Errors
/// [`Fault`] of the store, or naming the column that makes no sense.
pub async fn next_number(
    reader: &Reader<'_>,
    office: OfficeId,
    book: BookType,
    year: u16,
) -> Result<u32, Fault> {
    let params = [
        i64::from(office.0).into(),
        book.name().into(),
        i64::from(year).into(),
    ];
    match reader.row(&LAST_NUMBER, &params).await? {
        None => Ok(1),
        Some(row) => {
            let record = Record::new(&row, "book", "office");
            let last: u32 = record.number("last_number")?;
            last.checked_add(1)
                .ok_or_else(|| record.damaged("last_number", "no number follows it"))
        }
    }
}

/// The books of an office in a year, by type.
///
/// # Errors
/// As [`next_number`].
pub async fn of_office(reader: &Reader<'_>, office: OfficeId, year: u16) -> Result<Vec<BookView>, Fault> {
    let rows = reader
        .rows(&OF_OFFICE, &[i64::from(office.0).into(), i64::from(year).into()])
        .await?;
    rows.iter().map(BookView::read).collect()
}

#[cfg(test)]
pub(crate) const COLUMNS: &[&str] = row::Row::COLUMNS;
