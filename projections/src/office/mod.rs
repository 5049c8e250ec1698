//! Which offices are there, who signs for them, and who keeps whose books? See `README.md`.

#[cfg(test)]
mod cases;
mod fold;
mod row;

use civil::id::OfficeId;
use ledger::{Fault, Key, Param, Reader, Statement, TableSpec};

pub(crate) use fold::{concerned, fold, resume, write};
pub use row::{KeyView, OfficeView};

pub(crate) const TABLE: TableSpec = TableSpec {
    name: "office{g}",
    create: &[
        Statement::both("office.table", include_str!("table.sql")),
        Statement::both("office.index_keeper", include_str!("index_keeper.sql")),
    ],
    indexes: &[],
    follows: false,
    key: &[Key::Int("office")],
};

pub(crate) const KEY_TABLE: TableSpec = TableSpec {
    name: "office_key{g}",
    create: &[
        Statement::both("office_key.table", include_str!("key_table.sql")),
        Statement::both("office_key.index_office", include_str!("key_index_office.sql")),
    ],
    indexes: &[],
    follows: false,
    key: &[Key::Text("key")],
};

const WRITE: Statement = Statement::pair(
    "office.write",
    include_str!("write.sqlite.sql"),
    include_str!("write.postgres.sql"),
);
const WRITE_KEYS: Statement = Statement::pair(
    "office_key.write",
    include_str!("write_keys.sqlite.sql"),
    include_str!("write_keys.postgres.sql"),
);
const REVOKE_KEYS: Statement = Statement::pair(
    "office_key.revoke",
    include_str!("revoke_keys.sqlite.sql"),
    include_str!("revoke_keys.postgres.sql"),
);
const RESUME: Statement = Statement::pair(
    "office.resume",
    include_str!("resume.sqlite.sql"),
    include_str!("resume.postgres.sql"),
);
const BY_ID: Statement = Statement::both("office.by_id", include_str!("by_id.sql"));
const ALL: Statement = Statement::both("office.all", include_str!("all.sql"));
const KEPT_BY: Statement = Statement::both("office.kept_by", include_str!("kept_by.sql"));
const KEYS_OF: Statement = Statement::both("office_key.of_office", include_str!("keys_of.sql"));

/// An office.
///
/// # Errors
/// [`Fault`] of the store, or naming the column that makes no sense.
pub async fn by_id(reader: &Reader<'_>, office: OfficeId) -> Result<Option<OfficeView>, Fault> {
    let row = reader.row(&BY_ID, &[number(office)]).await?;
    row.as_ref().map(OfficeView::read).transpose()
}

/// Every office that was ever opened, by number.
///
/// # Errors
/// As [`by_id`].
pub async fn all(reader: &Reader<'_>) -> Result<Vec<OfficeView>, Fault> {
    let rows = reader.rows(&ALL, &[]).await?;
    rows.iter().map(OfficeView::read).collect()
}

/// The offices whose books this office keeps now, itself among them while it is open.
///
/// # Errors
/// As [`by_id`].
pub async fn kept_by(reader: &Reader<'_>, keeper: OfficeId) -> Result<Vec<OfficeView>, Fault> {
    let rows = reader.rows(&KEPT_BY, &[number(keeper)]).await?;
    rows.iter().map(OfficeView::read).collect()
}

/// Every key that was granted to an office, in the order of the log.
///
/// # Errors
/// As [`by_id`].
pub async fn keys_of(reader: &Reader<'_>, office: OfficeId) -> Result<Vec<KeyView>, Fault> {
    let rows = reader.rows(&KEYS_OF, &[number(office)]).await?;
    rows.iter().map(KeyView::read).collect()
}

fn number(office: OfficeId) -> Param<'static> {
    i64::from(office.0).into()
}

#[cfg(test)]
pub(crate) const COLUMNS: &[&str] = row::OfficeRow::COLUMNS;
#[cfg(test)]
pub(crate) const KEY_COLUMNS: &[&str] = row::KeyRow::COLUMNS;
#[cfg(test)]
pub(crate) const REVOKED_COLUMNS: &[&str] = row::RevokedRow::COLUMNS;
