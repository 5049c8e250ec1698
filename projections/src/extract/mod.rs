//! Which papers were issued, and do they still hold? See `README.md`.

#[cfg(test)]
mod cases;
mod row;

use civil::id::{EntryId, EventId, OfficeId};
use civil::value::Date;
use ledger::{Fault, Key, Reader, Statement, TableSpec, Tx};

pub use row::{Fate, IssuedExtract, NoLonger, PaperCount};
pub(crate) use row::{Rows, rows};

pub(crate) const TABLE: TableSpec = TableSpec {
    name: "extract{g}",
    create: &[Statement::both("extract.table", include_str!("table.sql"))],
    indexes: &[
        Statement::both("extract.index_entry", include_str!("index_entry.sql")),
        Statement::both("extract.index_number", include_str!("index_number.sql")),
        Statement::both("extract.index_code", include_str!("index_code.sql")),
        Statement::both("extract.index_no_longer", include_str!("index_no_longer.sql")),
    ],
    follows: false,
    key: &[Key::Text("event")],
};

const WRITE: Statement = Statement::pair(
    "extract.write",
    include_str!("write.sqlite.sql"),
    include_str!("write.postgres.sql"),
);
const REVOKE: Statement = Statement::pair(
    "extract.revoke",
    include_str!("revoke.sqlite.sql"),
    include_str!("revoke.postgres.sql"),
);
const SUPERSEDE: Statement = Statement::pair(
    "extract.supersede",
    include_str!("supersede.sqlite.sql"),
    include_str!("supersede.postgres.sql"),
);
const BY_EVENT: Statement = Statement::both(
    "extract.by_event",
    concat!(include_str!("view.sql"), include_str!("by_event.sql")),
);
const BY_NUMBER: Statement = Statement::both(
    "extract.by_number",
    concat!(include_str!("view.sql"), include_str!("by_number.sql")),
);
const OF_OFFICE: Statement = Statement::both(
    "extract.of_office",
    concat!(include_str!("view.sql"), include_str!("of_office.sql")),
);
const BY_CODE: Statement = Statement::both(
    "extract.by_code",
    concat!(include_str!("view.sql"), include_str!("by_code.sql")),
);
const OF_ENTRY: Statement = Statement::both(
    "extract.of_entry",
    concat!(include_str!("view.sql"), include_str!("of_entry.sql")),
);
const NO_LONGER: Statement = Statement::both("extract.no_longer", include_str!("no_longer.sql"));
const CODED: Statement = Statement::both("extract.coded", include_str!("coded.sql"));
const COUNTS: Statement = Statement::both("extract.counts", include_str!("counts.sql"));

/// Writes the rows of a batch. First what is issued: a paper may be issued and revoked in one batch, never the other way round.
pub(crate) async fn write(tx: &mut Tx<'_>, rows: &Rows) -> Result<(), Fault> {
    crate::rows::write(tx, &WRITE, &rows.issued)?;
    crate::rows::write(tx, &SUPERSEDE, &rows.superseded)?;
    if !rows.revoked.is_empty() {
        tx.flush().await?;
    }
    crate::rows::write(tx, &REVOKE, &rows.revoked)
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

/// A page of an office's book of copies of a year, by number, behind the number `after`; at most so many. Originals have no number there.
///
/// # Errors
/// As [`by_event`].
pub async fn of_office(
    reader: &Reader<'_>,
    office: OfficeId,
    year: u16,
    after: u32,
    limit: u16,
) -> Result<Vec<IssuedExtract>, Fault> {
    let params = [
        i64::from(office.0).into(),
        i64::from(year).into(),
        i64::from(after).into(),
        i64::from(limit).into(),
    ];
    let rows = reader.rows(&OF_OFFICE, &params).await?;
    rows.iter().map(IssuedExtract::read).collect()
}

/// The paper of that code, by what is kept of it.
///
/// # Errors
/// As [`by_event`].
pub async fn by_code(reader: &Reader<'_>, status_id: [u8; 16]) -> Result<Option<IssuedExtract>, Fault> {
    let row = reader.row(&BY_CODE, &[hex::encode(status_id).into()]).await?;
    row.as_ref().map(IssuedExtract::read).transpose()
}

/// Every paper with a code that was revoked, or its registration, or that a later act put out of date, in no order.
///
/// # Errors
/// As [`by_event`].
pub async fn no_longer(reader: &Reader<'_>) -> Result<Vec<NoLonger>, Fault> {
    let rows = reader.rows(&NO_LONGER, &[]).await?;
    rows.iter().map(NoLonger::read).collect()
}

/// Every paper with a code that was issued of an entry, whatever became of it.
///
/// # Errors
/// As [`by_event`].
pub async fn coded(reader: &Reader<'_>, entry: EntryId) -> Result<Vec<NoLonger>, Fault> {
    let rows = reader.rows(&CODED, &[entry.to_string().into()]).await?;
    rows.iter().map(NoLonger::read).collect()
}

/// How many papers were issued from one day to another, both counted, by an office or, without one, by each.
///
/// # Errors
/// As [`by_event`].
pub async fn counts(
    reader: &Reader<'_>,
    from: Date,
    to: Date,
    office: Option<OfficeId>,
) -> Result<Vec<PaperCount>, Fault> {
    let office = office.map_or(-1, |office| i64::from(office.0));
    let params = [from.to_string().into(), to.to_string().into(), office.into()];
    let rows = reader.rows(&COUNTS, &params).await?;
    rows.iter().map(PaperCount::read).collect()
}

/// Every paper issued of an entry, in the order of the log.
///
/// # Errors
/// As [`by_event`].
pub async fn of_entry(reader: &Reader<'_>, entry: EntryId) -> Result<Vec<IssuedExtract>, Fault> {
    let rows = reader.rows(&OF_ENTRY, &[entry.to_string().into()]).await?;
    rows.iter().map(IssuedExtract::read).collect()
}

#[cfg(test)]
pub(crate) const COLUMNS: &[&str] = row::Row::COLUMNS;
#[cfg(test)]
pub(crate) const REVOKED_COLUMNS: &[&str] = row::RevokedRow::COLUMNS;
#[cfg(test)]
pub(crate) const SUPERSEDED_COLUMNS: &[&str] = row::SupersededRow::COLUMNS;
