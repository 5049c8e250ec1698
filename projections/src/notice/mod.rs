//! Which office is owed which notice, why, and by when? See `README.md`.

#[cfg(test)]
mod cases;
mod offices;
mod row;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use civil::id::{EntryId, OfficeId};
use civil::value::Date;
use ledger::{Fault, Key, Reader, Statement, TableSpec, Tx};

use crate::custody::{self, Kept, Listing, sources};
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

/// The open notices that are owed to an office now, also those about books that it took over or was entrusted with; what is due
/// first comes first.
///
/// # Errors
/// [`Fault`] of the store, or naming the column that makes no sense.
pub async fn open_for(reader: &Reader<'_>, office: OfficeId) -> Result<Vec<Notice>, Fault> {
    let decisions = custody::all(reader).await?;
    let mut notices = Vec::new();
    for source in sources(&decisions, office) {
        let rows = reader.rows(&OPEN_FOR, &[i64::from(source.0).into()]).await?;
        notices.extend(read(&rows, &decisions)?);
    }
    notices.retain(|notice| notice.owed_to == office);
    notices.sort_by_key(|notice| {
        (
            notice.due_on,
            notice.position,
            notice.entry,
            notice.reason,
            notice.addressed_to,
        )
    });
    notices.dedup();
    Ok(notices)
}

/// The notices that were owed to an office and are closed, also those about books that it took over or was entrusted with, the
/// latest first; at most `limit`.
///
/// # Errors
/// As [`open_for`].
pub async fn closed_for(reader: &Reader<'_>, office: OfficeId, limit: u16) -> Result<Vec<Notice>, Fault> {
    let listing = Listing {
        statement: &CLOSED_FOR,
        params: Vec::new(),
        read: Notice::read,
        keeper: |notice| notice.owed_to,
    };
    let mut notices = listing.of(reader, office, limit).await?;
    let closed = |notice: &Notice| notice.closed.map(|closing| closing.position);
    notices.sort_by_key(|notice| {
        (
            Reverse(closed(notice)),
            notice.position,
            notice.entry,
            notice.reason,
            notice.addressed_to,
        )
    });
    notices.dedup();
    notices.truncate(usize::from(limit));
    Ok(notices)
}

/// The open notices that were due before a day, the longest overdue first; at most `limit`.
///
/// # Errors
/// As [`open_for`].
pub async fn overdue(reader: &Reader<'_>, on: Date, limit: u16) -> Result<Vec<Notice>, Fault> {
    let decisions = custody::all(reader).await?;
    let rows = reader
        .rows(&OVERDUE, &[on.to_string().into(), i64::from(limit).into()])
        .await?;
    read(&rows, &decisions)
}

/// How many open notices of each office were due before a day, by the oldest.
///
/// # Errors
/// As [`open_for`].
pub async fn overdue_by_office(reader: &Reader<'_>, on: Date) -> Result<Vec<Late>, Fault> {
    let decisions = custody::all(reader).await?;
    let mut late: BTreeMap<OfficeId, Late> = BTreeMap::new();
    for row in reader.rows(&OVERDUE_COUNTS, &[on.to_string().into()]).await? {
        let of_shelf = Late::read(&row, &decisions)?;
        late.entry(of_shelf.office)
            .and_modify(|late| late.add(&of_shelf))
            .or_insert(of_shelf);
    }
    let mut late: Vec<Late> = late.into_values().collect();
    late.sort_by_key(|late| (late.oldest, late.office));
    Ok(late)
}

/// The notices about an entry, open and closed, in the order of the log.
///
/// # Errors
/// As [`open_for`].
pub async fn of_entry(reader: &Reader<'_>, entry: EntryId) -> Result<Vec<Notice>, Fault> {
    let decisions = custody::all(reader).await?;
    let rows = reader.rows(&OF_ENTRY, &[entry.to_string().into()]).await?;
    read(&rows, &decisions)
}

/// Rows as notices, each owed to whoever keeps the book now.
fn read(rows: &[ledger::Row], decisions: &[Kept]) -> Result<Vec<Notice>, Fault> {
    rows.iter().map(|row| Notice::read(row, decisions)).collect()
}

#[cfg(test)]
pub(crate) const OPEN_COLUMNS: &[&str] = row::OpenRow::COLUMNS;
#[cfg(test)]
pub(crate) const CLOSED_COLUMNS: &[&str] = row::ClosedRow::COLUMNS;
