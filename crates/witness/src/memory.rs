//! [`Memory`]: of each log the last tree that was signed for, or seen.

use std::path::Path;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{Row as _, SqlSafeStr as _};
use tlog::Hash;

/// One row for each log. Nothing else is ever kept here.
const TABLES: [&str; 2] = [
    "create table if not exists seen (origin text primary key, size integer not null, root blob not null, note text not null) strict",
    "create table if not exists seen (origin text primary key, size bigint not null, root bytea not null, note text not null)",
];
const LAST: &str = "select size, root, note from seen where origin = $1";
const FIRST: &str =
    "insert into seen (origin, size, root, note) values ($1, $2, $3, $4) on conflict do nothing";
/// Moves only from the value that was read, and never back, whatever it is told.
const MOVE: &str = "update seen set size = $2, root = $3, note = $4 where origin = $1 and size = $5 and root = $6 and size <= $2";
const BUSY: Duration = Duration::from_secs(5);

/// A tree and the note that stands for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Number of leaves.
    pub size: u64,
    /// Root of the tree.
    pub root: Hash,
    /// The signed note.
    pub note: String,
}

/// Of each log, by its origin, the last tree; moved only from the value that was read. A SQLite file, or a PostgreSQL database for
/// several nodes. It must never be restored from a backup: then it would forget what was signed.
#[derive(Debug, Clone)]
pub struct Memory(Pool);

#[derive(Debug, Clone)]
enum Pool {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

/// The store failed. It never quotes a URL, which may hold a password.
#[derive(Debug, thiserror::Error)]
pub enum MemoryError {
    /// The store could not be reached or written.
    #[error("{doing}: {cause}")]
    Store {
        /// What was being done.
        doing: &'static str,
        /// The store's own words.
        cause: String,
    },
    /// What was read makes no sense.
    #[error("what is remembered of the log cannot be read")]
    Damaged,
    /// Not the URL of a PostgreSQL database.
    #[error("not the URL of a PostgreSQL database")]
    Url,
    /// A size that no store can hold.
    #[error("a tree of that size cannot be remembered")]
    Size,
}

/// Runs a statement on whichever engine it is.
macro_rules! on {
    ($pool:expr, $doing:literal, $run:ident) => {
        match $pool {
            Pool::Sqlite(pool) => $run!(pool, sqlx::Sqlite, $doing),
            Pool::Postgres(pool) => $run!(pool, sqlx::Postgres, $doing),
        }
    };
}

impl Memory {
    /// Opens or makes one: a file, or a `postgres://` URL.
    ///
    /// # Errors
    /// [`MemoryError`].
    pub async fn open(place: &str) -> Result<Self, MemoryError> {
        if place.starts_with("postgres://") || place.starts_with("postgresql://") {
            Self::database(place).await
        } else {
            Self::file(Path::new(place)).await
        }
    }

    /// Opens or makes a file.
    ///
    /// # Errors
    /// [`MemoryError`].
    pub async fn file(file: &Path) -> Result<Self, MemoryError> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(BUSY);
        let failed = |error| store("opening the memory of signed checkpoints", &error);
        let pool = SqlitePoolOptions::new()
            .max_connections(1)
            .connect_with(options)
            .await;
        let pool = pool.map_err(failed)?;
        sqlx::raw_sql(TABLES[0].into_sql_str())
            .execute(&pool)
            .await
            .map_err(failed)?;
        Ok(Self(Pool::Sqlite(pool)))
    }

    async fn database(url: &str) -> Result<Self, MemoryError> {
        let options: PgConnectOptions = url.parse().map_err(|_| MemoryError::Url)?;
        let options = options.options([("synchronous_commit", "on"), ("statement_timeout", "5000")]);
        let failed = |error| store("opening the memory of signed checkpoints", &error);
        let pool = PgPoolOptions::new()
            .max_connections(2)
            .acquire_timeout(BUSY)
            .connect_with(options)
            .await;
        let pool = pool.map_err(failed)?;
        // Of two nodes that make the table at once PostgreSQL may refuse one; then it is there.
        if sqlx::raw_sql(TABLES[1].into_sql_str())
            .execute(&pool)
            .await
            .is_err()
        {
            sqlx::raw_sql(TABLES[1].into_sql_str())
                .execute(&pool)
                .await
                .map_err(failed)?;
        }
        Ok(Self(Pool::Postgres(pool)))
    }

    /// The last tree of a log.
    ///
    /// # Errors
    /// [`MemoryError`].
    pub async fn last(&self, origin: &str) -> Result<Option<Seen>, MemoryError> {
        macro_rules! read {
            ($pool:expr, $db:ty, $doing:literal) => {{
                let row = sqlx::query::<$db>(LAST)
                    .bind(origin)
                    .fetch_optional($pool)
                    .await;
                let row = row.map_err(|error| store($doing, &error))?;
                row.map(|row| -> Option<(i64, Vec<u8>, String)> {
                    Some((
                        row.try_get(0).ok()?,
                        row.try_get(1).ok()?,
                        row.try_get(2).ok()?,
                    ))
                })
            }};
        }
        let row = on!(&self.0, "reading what was signed last", read);
        let seen = |row: Option<(i64, Vec<u8>, String)>| {
            let (size, root, note) = row?;
            let (size, root) = (size.try_into().ok()?, Hash::from_slice(&root).ok()?);
            Some(Seen { size, root, note })
        };
        row.map(|row| seen(row).ok_or(MemoryError::Damaged)).transpose()
    }

    /// Moves a log from the tree that was read to another, durably. False, and nothing is changed, when somebody else was faster or
    /// when the other tree is smaller.
    ///
    /// # Errors
    /// [`MemoryError`]; the outcome is then unknown until [`Memory::last`] is asked.
    pub async fn replace(&self, origin: &str, from: Option<&Seen>, to: &Seen) -> Result<bool, MemoryError> {
        let size = number(to.size)?;
        let from = from.map(|from| Ok((number(from.size)?, from.root))).transpose()?;
        macro_rules! write {
            ($pool:expr, $db:ty, $doing:literal) => {{
                let query = sqlx::query::<$db>(if from.is_some() { MOVE } else { FIRST });
                let mut query = query
                    .bind(origin)
                    .bind(size)
                    .bind(&to.root.0[..])
                    .bind(&to.note);
                if let Some((size, root)) = &from {
                    query = query.bind(*size).bind(&root.0[..]);
                }
                let done = query
                    .execute($pool)
                    .await
                    .map_err(|error| store($doing, &error))?;
                done.rows_affected() == 1
            }};
        }
        Ok(on!(&self.0, "remembering what is signed", write))
    }

    /// Closes the store.
    pub async fn close(&self) {
        match &self.0 {
            Pool::Sqlite(pool) => pool.close().await,
            Pool::Postgres(pool) => pool.close().await,
        }
    }
}

fn number(size: u64) -> Result<i64, MemoryError> {
    size.try_into().map_err(|_| MemoryError::Size)
}

fn store(doing: &'static str, error: &sqlx::Error) -> MemoryError {
    MemoryError::Store {
        doing,
        cause: error.to_string(),
    }
}
