//! Which copies were issued, and does a later act make them out of date? See `README.md`.

#[cfg(test)]
mod cases;
mod row;

use civil::id::{EntryId, EventId, OfficeId};
use ledger::{Fault, Key, Reader, Statement, TableSpec, Tx};

pub use row::IssuedExtract;
pub(crate) use row::{Row, rows};

pub(crate) const TABLE: TableSpec = TableSpec {
    name: "extract{g}",
    create: &[Statement::both("extract.table", include_str!("table.sql"))],
    indexes: &[
        Statement::both("extract.index_entry", include_str!("index_entry.sql")),
        Statement::both("extract.index_number", include_str!("index_number.sql")),
    ],
    follows: false,
    key: &[Key::Text("event")],
};

const WRITE: Statement = Statement::pair(
    "extract.write",
    include_str!("write.sqlite.sql"),
    include_str!("write.postgres.sql"),
);
const BY_EVENT: Statement = Statement::both("extract.by_event", include_str!("by_event.sql"));
const BY_NUMBER: Statement = Statement::both("extract.by_number", include_str!("by_number.sql"));
const OF_ENTRY: Statement = Statement::both("extract.of_entry", include_str!("of_entry.sql"));

/// Writes the rows of a batch.
pub(crate) fn write(tx: &mut Tx<'_>, rows: &[Row]) -> Result<(), Fault> {
    crate::rows::write(tx, &WRITE, rows)
}

/// The copy that an event issued.
///
/// # Errors
/// [`Fault`] of the store, or naming the column that makes no sense.
pub async fn by_event(reader: &Reader<'_>, event: EventId) -> Result<Option<IssuedExtract>, Fault> {
    let row = reader.row(&BY_EVENT, &[event.to_string().into()]).await?;
    row.as_ref().map(IssuedExtract::read).transpose()
}

/// The copies with this number in an office's book of copies of a year; one, where the book is in order.
///
/// # Errors
/// As [`by_event`].
pub async fn by_number(
    reader: &Reader<'_>,
    office: OfficeId,
    year: u16,
    number: u32,
) -> Result<Vec<IssuedExtract>, Fault> {
    let params = [
        i64::from(office.0).into(),
        i64::from(year).into(),
        i64::from(number).into(),
    ];
    let rows = reader.rows(&BY_NUMBER, &params).await?;
    rows.iter().map(IssuedExtract::read).collect()
}

/// Every copy issued of an entry, in the order of the log.
///
/// # Errors
/// As [`by_event`].
pub async fn of_entry(reader: &Reader<'_>, entry: EntryId) -> Result<Vec<IssuedExtract>, Fault> {
    let rows = reader.rows(&OF_ENTRY, &[entry.to_string().into()]).await?;
    rows.iter().map(IssuedExtract::read).collect()
}

#[cfg(test)]
pub(crate) const COLUMNS: &[&str] = row::Row::COLUMNS;
