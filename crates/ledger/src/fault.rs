//! [`Fault`]: the operation failed. Not a lawful *no*; those are [`crate::Conflict`]s here and refusals above.

use std::fmt;

/// An operation that could not be done: what was being done, what kind of failure, and the store's own words where they
/// carry no stored values.
///
/// A fault never contains a parameter or a column's content: messages of the store that quote values are cut to their code.
#[derive(Debug, Clone)]
pub struct Fault {
    kind: FaultKind,
    doing: String,
    cause: String,
}

/// What a [`Fault`] means for the one who has to act on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FaultKind {
    /// The store could not be reached, or did not answer in time. Try again later.
    Unavailable,
    /// Another writer holds the store. Try again.
    Contention,
    /// Another writer moved the head. Load it and try again.
    Moved,
    /// The disk is full.
    DiskFull,
    /// A write or an fsync failed: what was being written must not be trusted.
    WriteFailed,
    /// The store refuses writes: a standby, a read-only file, a role without the right.
    WriteRefused,
    /// What was read does not make sense: a damaged file, an edited row, a missing position.
    Damaged,
    /// A table does not exist: not a ledger, or a projection generation that has been swapped away.
    MissingTable,
    /// A rule of the store was broken: a duplicate key, a row on an insert-only table.
    Constraint,
    /// The caller asked for something that does not exist or makes no sense: a position past the end, a second founding.
    Request,
    /// A projection could not take an event.
    Projection,
    /// A mistake in a statement, or anything else: it will not pass by waiting.
    Internal,
}

impl Fault {
    /// A fault of `kind`, met while `doing` something ("reading event 17"), because of `cause`.
    pub fn new(kind: FaultKind, doing: impl Into<String>, cause: impl fmt::Display) -> Self {
        Fault {
            kind,
            doing: doing.into(),
            cause: cause.to_string(),
        }
    }

    /// A projection could not take an event. `doing` names the projection and the position, `cause` says why; neither may hold
    /// personal data.
    pub fn projection(doing: impl Into<String>, cause: impl fmt::Display) -> Self {
        Fault::new(FaultKind::Projection, doing, cause)
    }

    /// What was read does not make sense.
    pub fn damaged(doing: impl Into<String>, cause: impl fmt::Display) -> Self {
        Fault::new(FaultKind::Damaged, doing, cause)
    }

    pub(crate) fn internal(doing: impl Into<String>, cause: impl fmt::Display) -> Self {
        Fault::new(FaultKind::Internal, doing, cause)
    }

    pub(crate) fn request(doing: impl Into<String>, cause: impl fmt::Display) -> Self {
        Fault::new(FaultKind::Request, doing, cause)
    }

    /// What the failure means.
    pub fn kind(&self) -> FaultKind {
        self.kind
    }

    /// The same fault, seen from further up: `doing` is put before what was being done.
    #[must_use]
    pub fn while_doing(mut self, doing: &str) -> Self {
        self.doing = format!("{doing}: {}", self.doing);
        self
    }

    /// A failure that sqlx reported while `doing` something.
    pub(crate) fn store(doing: &str, error: &sqlx::Error) -> Self {
        let (kind, cause) = match error {
            sqlx::Error::Database(database) => judge_database(database.as_ref()),
            sqlx::Error::Io(io) if io.kind() == std::io::ErrorKind::StorageFull => {
                (FaultKind::DiskFull, io.to_string())
            }
            sqlx::Error::Io(io) => (FaultKind::Unavailable, io.to_string()),
            sqlx::Error::Tls(_) | sqlx::Error::Protocol(_) => (FaultKind::Unavailable, error.to_string()),
            sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => {
                (FaultKind::Unavailable, error.to_string())
            }
            sqlx::Error::ColumnDecode { index, .. } => {
                (FaultKind::Damaged, format!("column {index} cannot be decoded"))
            }
            sqlx::Error::Decode(_) => (FaultKind::Damaged, "a column cannot be decoded".to_owned()),
            sqlx::Error::RowNotFound => (FaultKind::Damaged, "the row is missing".to_owned()),
            other => (FaultKind::Internal, other.to_string()),
        };
        Fault {
            kind,
            doing: doing.to_owned(),
            cause,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.doing, self.cause)
    }
}

impl std::error::Error for Fault {}

fn judge_database(error: &dyn sqlx::error::DatabaseError) -> (FaultKind, String) {
    let code = error.code().map(|code| code.into_owned()).unwrap_or_default();
    if let Some(sqlite) = error.try_downcast_ref::<sqlx::sqlite::SqliteError>() {
        let primary = code.parse::<i64>().unwrap_or(1) & 0xff;
        return (
            judge_sqlite(primary, sqlx::error::DatabaseError::message(sqlite)),
            format!("SQLite {code}: {}", error.message()),
        );
    }
    let kind = judge_postgres(&code);
    // Class 22 (data exceptions) quotes the value that was refused; class 23 names only constraints in its message.
    let words = if code.starts_with("22") {
        "a value was refused"
    } else {
        error.message()
    };
    (kind, format!("PostgreSQL {code}: {words}"))
}

/// Primary result codes of <https://www.sqlite.org/rescode.html>.
fn judge_sqlite(primary: i64, message: &str) -> FaultKind {
    match primary {
        5 | 6 => FaultKind::Contention,
        8 => FaultKind::WriteRefused,
        10 => FaultKind::WriteFailed,
        11 | 26 => FaultKind::Damaged,
        13 => FaultKind::DiskFull,
        14 => FaultKind::Unavailable,
        19 => FaultKind::Constraint,
        1 if message.starts_with("no such table") => FaultKind::MissingTable,
        _ => FaultKind::Internal,
    }
}

/// SQLSTATEs of the PostgreSQL manual, appendix A.
fn judge_postgres(code: &str) -> FaultKind {
    match code {
        "53100" => FaultKind::DiskFull,
        "58030" => FaultKind::WriteFailed,
        "25006" | "42501" => FaultKind::WriteRefused,
        "42P01" => FaultKind::MissingTable,
        // Divided by zero: so the one statement that divides, `record.sql`, objects to a head that is not there any more.
        "22012" => FaultKind::Moved,
        "40001" | "40P01" | "55P03" => FaultKind::Contention,
        "XX001" | "XX002" => FaultKind::Damaged,
        _ if code.starts_with("08") || code.starts_with("57") || code.starts_with("53") => {
            FaultKind::Unavailable
        }
        _ if code.starts_with("23") => FaultKind::Constraint,
        _ => FaultKind::Internal,
    }
}
