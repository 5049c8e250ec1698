//! Rows on their way into a table: one JSON array for one statement, each row in it an array of its columns.
//!
//! Arrays, not objects: SQLite then reads a column by its place instead of comparing names, which halves what a row costs.

use std::fmt::{self, Display};

use ledger::{Fault, Statement, Tx};
use serde::{Serialize, Serializer};

/// Declares a row. It is written as an array of its columns in the order of the fields, which is the order of the statement's
/// (a test compares them).
macro_rules! row {
    (
        $(#[$meta:meta])*
        $vis:vis struct $name:ident$(<$life:lifetime>)? {
            $($field_vis:vis $field:ident: $type:ty,)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        $vis struct $name$(<$life>)? {
            $($field_vis $field: $type,)*
        }

        impl$(<$life>)? serde::Serialize for $name$(<$life>)? {
            fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeTuple as _;
                const COLUMNS: usize = [$(stringify!($field)),*].len();
                let mut columns = out.serialize_tuple(COLUMNS)?;
                $(columns.serialize_element(&self.$field)?;)*
                columns.end()
            }
        }

        #[cfg(test)]
        impl$(<$life>)? $name$(<$life>)? {
            /// The columns in their order.
            pub(crate) const COLUMNS: &'static [&'static str] = &[$(stringify!($field)),*];
        }
    };
}
pub(crate) use row;

/// A value that is written as its text: ids hyphenated or hexadecimal, dates as EDTF.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shown<T>(pub(crate) T);

impl<T: Display> Serialize for Shown<T> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(&self.0)
    }
}

/// Bytes that are written in hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hexadecimal<T>(pub(crate) T);

impl<T: AsRef<[u8]>> Display for Hexadecimal<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut digits = [0; 512];
        for part in self.0.as_ref().chunks(digits.len() / 2) {
            let digits = digits.get_mut(..part.len() * 2).ok_or(fmt::Error)?;
            hex::encode_to_slice(part, digits).map_err(|_| fmt::Error)?;
            out.write_str(std::str::from_utf8(digits).map_err(|_| fmt::Error)?)?;
        }
        Ok(())
    }
}

impl<T: AsRef<[u8]>> Serialize for Hexadecimal<T> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

/// Writes rows with one statement; with none when there is nothing to write.
pub(crate) fn write<T: Serialize>(tx: &mut Tx<'_>, statement: &Statement, rows: &[T]) -> Result<(), Fault> {
    if !rows.is_empty() {
        tx.write_rows(statement, json(statement.name(), rows)?);
    }
    Ok(())
}

/// As [`write`], for a table that follows.
pub(crate) fn write_later<T: Serialize>(
    tx: &mut Tx<'_>,
    statement: &Statement,
    rows: &[T],
) -> Result<(), Fault> {
    if !rows.is_empty() {
        tx.write_rows_later(statement, json(statement.name(), rows)?);
    }
    Ok(())
}

/// About what a row takes, so that the text of a batch does not grow step by step.
const ROW_BYTES: usize = 512;

/// A list as the JSON array that a statement takes.
pub(crate) fn json<T: Serialize>(what: &'static str, rows: &[T]) -> Result<String, Fault> {
    let failed = || Fault::projection(what, "a row cannot be written as JSON");
    let mut json = Vec::with_capacity(rows.len() * ROW_BYTES);
    serde_json::to_writer(&mut json, rows).map_err(|_| failed())?;
    String::from_utf8(json).map_err(|_| failed())
}

/// Shows a value in JSON as its text, for what readers get.
pub(crate) fn text<T: Display, S: Serializer>(value: &T, out: S) -> Result<S::Ok, S::Error> {
    out.collect_str(value)
}

/// As [`text`], for what may be missing.
pub(crate) fn text_opt<T: Display, S: Serializer>(value: &Option<T>, out: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => out.collect_str(value),
        None => out.serialize_none(),
    }
}
