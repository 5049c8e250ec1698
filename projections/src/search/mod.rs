//! Under which entries is somebody of this name registered? See `README.md`.

#[cfg(test)]
mod cases;
mod query;
mod row;

use civil::kind::Kind;
use civil::value::{Date, PersonalNumber, fold_compact};
use ledger::{Fault, Key, Reader, Statement, TableSpec, Tx};

pub use query::{Hit, NameQuery};
pub(crate) use row::{Row, rows};

pub(crate) const TABLE: TableSpec = TableSpec {
    name: "search{g}",
    create: &[Statement::pair(
        "search.table",
        include_str!("table.sqlite.sql"),
        include_str!("table.postgres.sql"),
    )],
    indexes: &[
        Statement::both("search.index_given", include_str!("index_given.sql")),
        Statement::both(
            "search.index_personal_number",
            include_str!("index_personal_number.sql"),
        ),
    ],
    follows: true,
    key: &[Key::Text("compact"), Key::Text("entry"), Key::Text("person")],
};

pub(crate) const WRITE: Statement = Statement::pair(
    "search.write",
    include_str!("write.sqlite.sql"),
    include_str!("write.postgres.sql"),
);
const BY_PREFIX: Statement = Statement::both("search.by_prefix", include_str!("by_prefix.sql"));
const BY_GIVEN: Statement = Statement::both("search.by_given", include_str!("by_given.sql"));
const SAME_NAME: Statement = Statement::both("search.same_name", include_str!("same_name.sql"));
const NAMESAKES: Statement = Statement::both("search.namesakes", include_str!("namesakes.sql"));
const BY_PERSONAL_NUMBER: Statement = Statement::both(
    "search.by_personal_number",
    include_str!("by_personal_number.sql"),
);

/// Writes the rows of a batch.
pub(crate) fn write(tx: &mut Tx<'_>, rows: &[Row<'_>]) -> Result<(), Fault> {
    crate::rows::write_later(tx, &WRITE, rows)
}

/// The people whose name fits, at most `limit`: first those whose name begins with what was typed, then those whose given name
/// does and who bear the other words (up to three) too.
///
/// # Errors
/// [`Fault`] of the store, or naming the column that makes no sense. It never repeats the query.
pub async fn by_name(reader: &Reader<'_>, query: &NameQuery, limit: u16) -> Result<Vec<Hit>, Fault> {
    let mut hits: Vec<Hit> = Vec::new();
    if query.is_empty() {
        return Ok(hits);
    }
    let found = reader.rows(&BY_PREFIX, &query.by_prefix(limit)).await?;
    take(&mut hits, &found)?;
    for reading in query.by_given(limit) {
        if hits.len() < usize::from(limit) {
            let found = reader.rows(&BY_GIVEN, &reading).await?;
            take(&mut hits, &found)?;
        }
    }
    hits.truncate(usize::from(limit));
    Ok(hits)
}

fn take(hits: &mut Vec<Hit>, found: &[ledger::Row]) -> Result<(), Fault> {
    for row in found {
        let hit = Hit::read(row)?;
        if !hits.contains(&hit) {
            hits.push(hit);
        }
    }
    Ok(())
}

/// The people with this personal number, by entry.
///
/// # Errors
/// As [`by_name`].
pub async fn by_personal_number(reader: &Reader<'_>, number: &PersonalNumber) -> Result<Vec<Hit>, Fault> {
    let rows = reader
        .rows(&BY_PERSONAL_NUMBER, &[number.as_str().into()])
        .await?;
    rows.iter().map(Hit::read).collect()
}

/// The entries of a kind that name somebody of just this name in that role, at most `limit`, the latest registered
/// first: born in that year, or in one that is not stated.
///
/// # Errors
/// As [`by_name`].
pub async fn same_name(
    reader: &Reader<'_>,
    name: &str,
    kind: Kind,
    role: &'static str,
    birth_year: Option<u16>,
    limit: u16,
) -> Result<Vec<Hit>, Fault> {
    let asked = [
        fold_compact(name).into(),
        kind.name().into(),
        role.into(),
        birth_year.map(i64::from).into(),
        i64::from(limit).into(),
    ];
    let rows = reader.rows(&SAME_NAME, &asked).await?;
    rows.iter().map(Hit::read).collect()
}

/// Those of just this name who were born on that day, in whatever part, at most `limit`.
///
/// # Errors
/// As [`by_name`].
pub async fn namesakes(
    reader: &Reader<'_>,
    name: &str,
    born_on: Date,
    limit: u16,
) -> Result<Vec<Hit>, Fault> {
    let asked = [
        fold_compact(name).into(),
        born_on.to_string().into(),
        i64::from(limit).into(),
    ];
    let rows = reader.rows(&NAMESAKES, &asked).await?;
    rows.iter().map(Hit::read).collect()
}

#[cfg(test)]
pub(crate) const COLUMNS: &[&str] = row::Row::COLUMNS;
