//! [`Row`]: what a statement answered, read by column name; a column that does not fit is a fault that names it.

use std::sync::Arc;

use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{Column, Row as _, TypeInfo, ValueRef};

use crate::body::{Keyring, unavailable};
use crate::fault::Fault;

/// One row of an answer.
pub struct Row {
    raw: Raw,
    statement: &'static str,
    keys: Option<Arc<Keyring>>,
}

enum Raw {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

/// One value, whichever engine it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    Null,
    Int(i64),
    Text(String),
    Blob(Vec<u8>),
}

/// `$row.try_get::<$type, _>($column)` on either engine, as a fault that names statement and column.
macro_rules! get {
    ($self:ident, $column:expr, $type:ty) => {
        match &$self.raw {
            Raw::Sqlite(row) => row.try_get::<$type, _>($column),
            Raw::Postgres(row) => row.try_get::<$type, _>($column),
        }
        .map_err(|error| $self.fault($column, &error))
    };
}

impl Row {
    pub(crate) fn sqlite(statement: &'static str, row: SqliteRow) -> Self {
        Row {
            raw: Raw::Sqlite(row),
            statement,
            keys: None,
        }
    }

    pub(crate) fn postgres(statement: &'static str, row: PgRow) -> Self {
        Row {
            raw: Raw::Postgres(row),
            statement,
            keys: None,
        }
    }

    /// The text in `column`.
    ///
    /// # Errors
    /// [`Fault`] naming statement and column when it is null, of another type, or not there.
    pub fn text(&self, column: &str) -> Result<String, Fault> {
        get!(self, column, String)
    }

    /// The text in `column`, or nothing where it is null.
    ///
    /// # Errors
    /// As [`Row::text`], except null.
    pub fn text_opt(&self, column: &str) -> Result<Option<String>, Fault> {
        get!(self, column, Option<String>)
    }

    /// The integer in `column`.
    ///
    /// # Errors
    /// As [`Row::text`].
    pub fn int(&self, column: &str) -> Result<i64, Fault> {
        self.int_opt(column)?.ok_or_else(|| self.damaged(column, "null"))
    }

    /// The integer in `column`, or nothing where it is null.
    ///
    /// # Errors
    /// As [`Row::text`], except null.
    pub fn int_opt(&self, column: &str) -> Result<Option<i64>, Fault> {
        match &self.raw {
            Raw::Sqlite(row) => row
                .try_get::<Option<i64>, _>(column)
                .map_err(|error| self.fault(column, &error)),
            Raw::Postgres(row) => postgres_int(row, column).map_err(|error| self.fault(column, &error)),
        }
    }

    /// The bytes in `column`.
    ///
    /// # Errors
    /// As [`Row::text`].
    pub fn blob(&self, column: &str) -> Result<Vec<u8>, Fault> {
        get!(self, column, Vec<u8>)
    }

    /// The bytes in `column`, or nothing where it is null.
    ///
    /// # Errors
    /// As [`Row::text`], except null.
    pub fn blob_opt(&self, column: &str) -> Result<Option<Vec<u8>>, Fault> {
        get!(self, column, Option<Vec<u8>>)
    }

    /// Salt and body, of a row with the columns `sealed` (as `body` keeps it) and `cipher_at` (the position of the same row where its
    /// `cipher` is the one of RFC 0008, and -1 where it is another):
    /// nothing where there is no body, or no key for it any more.
    ///
    /// # Errors
    /// [`Fault`] when what is kept does not open with its key, or the keys are out of reach.
    pub fn body(&self) -> Result<Option<Vec<u8>>, Fault> {
        let (Some(kept), at) = (self.blob_opt("sealed")?, self.cipher_position()?) else {
            return Ok(None);
        };
        match (at, &self.keys) {
            (None, _) => Ok(Some(kept)),
            (Some(position), Some(keys)) => keys.open(position, &kept),
            (Some(_), None) => Err(unavailable("nobody said where they are")),
        }
    }

    /// Whether the row has a body.
    pub(crate) fn has_body(&self) -> bool {
        self.has("cipher_at")
    }

    /// Whether the row has such a column.
    pub(crate) fn has(&self, column: &str) -> bool {
        match &self.raw {
            Raw::Sqlite(row) => row.try_column(column).is_ok(),
            Raw::Postgres(row) => row.try_column(column).is_ok(),
        }
    }

    /// Under the key of which position the body lies; nothing where there is none, or it lies as it was sent.
    pub(crate) fn cipher_position(&self) -> Result<Option<u64>, Fault> {
        self.count_opt("cipher_at")
    }

    /// Takes the keys to open its body with.
    pub(crate) fn take_keys(&mut self, keys: Arc<Keyring>) {
        self.keys = Some(keys);
    }

    /// A non-negative integer.
    pub(crate) fn count(&self, column: &str) -> Result<u64, Fault> {
        u64::try_from(self.int(column)?).map_err(|_| self.damaged(column, "negative"))
    }

    /// A non-negative integer, or nothing.
    pub(crate) fn count_opt(&self, column: &str) -> Result<Option<u64>, Fault> {
        self.int_opt(column)?
            .map(|number| u64::try_from(number).map_err(|_| self.damaged(column, "negative")))
            .transpose()
    }

    /// Exactly `N` bytes.
    pub(crate) fn array<const N: usize>(&self, column: &str) -> Result<[u8; N], Fault> {
        self.array_opt(column)?
            .ok_or_else(|| self.damaged(column, "null"))
    }

    /// Exactly `N` bytes, or nothing.
    pub(crate) fn array_opt<const N: usize>(&self, column: &str) -> Result<Option<[u8; N]>, Fault> {
        let bytes = match &self.raw {
            Raw::Sqlite(row) => row.try_get::<Option<&[u8]>, _>(column),
            Raw::Postgres(row) => row.try_get::<Option<&[u8]>, _>(column),
        }
        .map_err(|error| self.fault(column, &error))?;
        bytes
            .map(|bytes| {
                bytes
                    .try_into()
                    .map_err(|_| self.damaged(column, &format!("{} bytes instead of {N}", bytes.len())))
            })
            .transpose()
    }

    /// Every value of the row in the order of the table's columns; a type that a projection may not use is a fault.
    pub(crate) fn values(&self) -> Result<Vec<Value>, Fault> {
        match &self.raw {
            Raw::Sqlite(row) => (0..row.len())
                .map(|index| self.sqlite_value(row, index))
                .collect(),
            Raw::Postgres(row) => (0..row.len())
                .map(|index| self.postgres_value(row, index))
                .collect(),
        }
    }

    fn sqlite_value(&self, row: &SqliteRow, index: usize) -> Result<Value, Fault> {
        let name = row.column(index).name();
        let raw = row.try_get_raw(index).map_err(|error| self.fault(name, &error))?;
        if raw.is_null() {
            return Ok(Value::Null);
        }
        let kind = raw.type_info().name().to_owned();
        let value = match kind.as_str() {
            "INTEGER" => row.try_get(index).map(Value::Int),
            "TEXT" => row.try_get(index).map(Value::Text),
            "BLOB" => row.try_get(index).map(Value::Blob),
            other => return Err(self.damaged(name, &format!("type {other} has no digest"))),
        };
        value.map_err(|error| self.fault(name, &error))
    }

    fn postgres_value(&self, row: &PgRow, index: usize) -> Result<Value, Fault> {
        let column = row.column(index);
        let name = column.name();
        let value = match column.type_info().name() {
            "INT8" | "INT4" | "INT2" => {
                postgres_int(row, index).map(|value| value.map_or(Value::Null, Value::Int))
            }
            "TEXT" | "VARCHAR" => row
                .try_get::<Option<String>, _>(index)
                .map(|value| value.map_or(Value::Null, Value::Text)),
            "BYTEA" => row
                .try_get::<Option<Vec<u8>>, _>(index)
                .map(|value| value.map_or(Value::Null, Value::Blob)),
            other => return Err(self.damaged(name, &format!("type {other} has no digest"))),
        };
        value.map_err(|error| self.fault(name, &error))
    }

    fn fault(&self, column: &str, error: &sqlx::Error) -> Fault {
        match error {
            sqlx::Error::ColumnNotFound(_) => Fault::internal(self.place(column), "there is no such column"),
            _ => self.damaged(column, "not of the expected type, or null"),
        }
    }

    fn damaged(&self, column: &str, what: &str) -> Fault {
        Fault::damaged(self.place(column), what)
    }

    fn place(&self, column: &str) -> String {
        format!("reading {}.{column}", self.statement)
    }
}

/// PostgreSQL has three widths of integer; a statement may answer any of them.
fn postgres_int<I: sqlx::ColumnIndex<PgRow> + Copy>(
    row: &PgRow,
    index: I,
) -> Result<Option<i64>, sqlx::Error> {
    let width = row.try_get_raw(index)?.type_info().name().to_owned();
    match width.as_str() {
        "INT4" => Ok(row.try_get::<Option<i32>, _>(index)?.map(i64::from)),
        "INT2" => Ok(row.try_get::<Option<i16>, _>(index)?.map(i64::from)),
        "BOOL" => Ok(row.try_get::<Option<bool>, _>(index)?.map(i64::from)),
        _ => row.try_get::<Option<i64>, _>(index),
    }
}
