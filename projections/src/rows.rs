//! Rows on their way into a table: one JSON array for one statement.

use ledger::{Fault, Statement, Tx};
use serde::{Serialize, Serializer};

/// Writes rows with one statement; with none when there is nothing to write.
pub(crate) async fn write<T: Serialize>(
    tx: &mut Tx<'_>,
    statement: &Statement,
    rows: &[T],
) -> Result<(), Fault> {
    if rows.is_empty() {
        return Ok(());
    }
    let json = json(statement.name(), rows)?;
    tx.write_rows(statement, &json).await.map(drop)
}

/// A list as the JSON array that a statement takes.
pub(crate) fn json<T: Serialize>(what: &'static str, rows: &[T]) -> Result<String, Fault> {
    serde_json::to_string(rows).map_err(|_| Fault::projection(what, "a row cannot be written as JSON"))
}

/// Shows a value in JSON as its text: ids hyphenated or hexadecimal, dates as EDTF.
pub(crate) fn text<T: std::fmt::Display, S: Serializer>(value: &T, out: S) -> Result<S::Ok, S::Error> {
    out.collect_str(value)
}

/// As [`text`], for what may be missing.
pub(crate) fn text_opt<T: std::fmt::Display, S: Serializer>(
    value: &Option<T>,
    out: S,
) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => out.collect_str(value),
        None => out.serialize_none(),
    }
}
