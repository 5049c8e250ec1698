//! In which entries is the same person named? See `README.md`.

mod affected;
#[cfg(test)]
mod cases;
mod row;

use civil::act::PersonRef;
use civil::id::EntryId;
use ledger::{Fault, Key, Reader, Statement, TableSpec, Tx};

pub(crate) use affected::affected;
pub use row::{Link, Verdict};
pub(crate) use row::{Row, rows};

pub(crate) const TABLE: TableSpec = TableSpec {
    name: "link{g}",
    create: &[Statement::both("link.table", include_str!("table.sql"))],
    indexes: &[],
    follows: false,
    key: &[
        Key::Text("from_entry"),
        Key::Text("from_person"),
        Key::Text("to_entry"),
        Key::Text("to_person"),
        Key::Int("position"),
    ],
};

const WRITE: Statement = Statement::pair(
    "link.write",
    include_str!("write.sqlite.sql"),
    include_str!("write.postgres.sql"),
);
const OF_PLACE: Statement = Statement::both("link.of_place", include_str!("of_place.sql"));
const AFFECTED: Statement = Statement::pair(
    "link.affected",
    include_str!("affected.sqlite.sql"),
    include_str!("affected.postgres.sql"),
);
const OF_ENTRY: Statement = Statement::both("link.of_entry", include_str!("of_entry.sql"));

/// Writes the rows of a batch.
pub(crate) fn write(tx: &mut Tx<'_>, rows: &[Row]) -> Result<(), Fault> {
    crate::rows::write(tx, &WRITE, rows)
}

/// Everything that was ever said of whether the person of a place is the one of another, in the order of the log.
///
/// # Errors
/// [`Fault`] of the store, or naming the column that makes no sense.
pub async fn of_place(reader: &Reader<'_>, place: PersonRef) -> Result<Vec<Link>, Fault> {
    let params = [place.entry.to_string().into(), row::part(place).into()];
    let rows = reader.rows(&OF_PLACE, &params).await?;
    rows.iter().map(Link::read).collect()
}

/// The same of everybody whom an entry names.
///
/// # Errors
/// As [`of_place`].
pub async fn of_entry(reader: &Reader<'_>, entry: EntryId) -> Result<Vec<Link>, Fault> {
    let rows = reader.rows(&OF_ENTRY, &[entry.to_string().into()]).await?;
    rows.iter().map(Link::read).collect()
}

#[cfg(test)]
pub(crate) const COLUMNS: &[&str] = row::Row::COLUMNS;
