//! Which office is owed which notice, why, and by when? See `README.md`.

#[cfg(test)]
mod cases;
mod offices;
mod row;

use civil::id::{EntryId, OfficeId};
use civil::value::Date;
use ledger::{Fault, Key, Reader, Statement, TableSpec, Tx};

pub(crate) use offices::known;
pub use row::{Closing, Late, Notice};
pub(crate) use row::{Rows, rows};

pub(crate) const TABLE: TableSpec = TableSpec {
    name: "notice{g}",
    create: &[Statement::both("notice.table", include_str!("table.sql"))],
    indexes: &[
        Statement::both("notice.index_open", include_str!("index_open.sql")),
        Statement::both("notice.index_closed", include_str!("index_closed.sql")),
        Statement::both("notice.index_entry", include_str!("index_entry.sql")),
    ],
    follows: false,
    key: &[
        Key::Text("event"),
        Key::Text("entry"),
        Key::Text("reason"),
        Key::Int("office"),
    ],
};

const OPEN: Statement = Statement::pair(
    "notice.open",
    include_str!("open.sqlite.sql"),
    include_str!("open.postgres.sql"),
);
const CLOSE: Statement = Statement::pair(
    "notice.close",
    include_str!("close.sqlite.sql"),
    include_str!("close.postgres.sql"),
);
const OPEN_FOR: Statement = Statement::both("notice.open_for", include_str!("open_for.sql"));
const CLOSED_FOR: Statement = Statement::both("notice.closed_for", include_str!("closed_for.sql"));
const OVERDUE: Statement = Statement::both("notice.overdue", include_str!("overdue.sql"));
const OVERDUE_COUNTS: Statement =
    Statement::both("notice.overdue_counts", include_str!("overdue_counts.sql"));
const OFFICES: Statement = Statement::pair(
    "notice.offices",
    include_str!("offices.sqlite.sql"),
    include_str!("offices.postgres.sql"),
);
const OF_ENTRY: Statement = Statement::both("notice.of_entry", include_str!("of_entry.sql"));

/// Writes the rows of a batch. First what is opened: a notice may be opened and discharged in one batch, never the other way
/// round.
pub(crate) async fn write(tx: &mut Tx<'_>, rows: &Rows) -> Result<(), Fault> {
    crate::rows::write(tx, &OPEN, &rows.opened)?;
    if !rows.closed.is_empty() {
        tx.flush().await?;
    }
    crate::rows::write(tx, &CLOSE, &rows.closed)
}

/// The open notices that are owed to an office now, also those about books that it took over; what is due first comes first.
///
/// # Errors
/// [`Fault`] of the store, or naming the column that makes no sense.
pub async fn open_for(reader: &Reader<'_>, office: OfficeId) -> Result<Vec<Notice>, Fault> {
    let rows = reader.rows(&OPEN_FOR, &[i64::from(office.0).into()]).await?;
    rows.iter().map(Notice::read).collect()
}

/// The notices that were owed to an office and are closed, also those about books that it took over, the latest first; at most
/// `limit`.
///
/// # Errors
/// As [`open_for`].
pub async fn closed_for(reader: &Reader<'_>, office: OfficeId, limit: u16) -> Result<Vec<Notice>, Fault> {
    let rows = reader
        .rows(
            &CLOSED_FOR,
            &[i64::from(office.0).into(), i64::from(limit).into()],
        )
        .await?;
    rows.iter().map(Notice::read).collect()
}

/// The open notices that were due before a day, the longest overdue first; at most `limit`.
///
/// # Errors
/// As [`open_for`].
pub async fn overdue(reader: &Reader<'_>, on: Date, limit: u16) -> Result<Vec<Notice>, Fault> {
    let rows = reader
        .rows(&OVERDUE, &[on.to_string().into(), i64::from(limit).into()])
        .await?;
    rows.iter().map(Notice::read).collect()
}

/// How many open notices of each office were due before a day, by the oldest.
///
/// # Errors
/// As [`open_for`].
pub async fn overdue_by_office(reader: &Reader<'_>, on: Date) -> Result<Vec<Late>, Fault> {
    let rows = reader.rows(&OVERDUE_COUNTS, &[on.to_string().into()]).await?;
    rows.iter().map(Late::read).collect()
}

/// The notices about an entry, open and closed, in the order of the log.
///
/// # Errors
/// As [`open_for`].
pub async fn of_entry(reader: &Reader<'_>, entry: EntryId) -> Result<Vec<Notice>, Fault> {
    let rows = reader.rows(&OF_ENTRY, &[entry.to_string().into()]).await?;
    rows.iter().map(Notice::read).collect()
}

#[cfg(test)]
pub(crate) const OPEN_COLUMNS: &[&str] = row::OpenRow::COLUMNS;
#[cfg(test)]
pub(crate) const CLOSED_COLUMNS: &[&str] = row::ClosedRow::COLUMNS;
