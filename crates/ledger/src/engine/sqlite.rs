//! SQLite: one file, WAL, `synchronous = full`, one writer.

use std::path::Path;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use super::connector::{Connector, sqlite_options};
use super::readers::Readers;
use crate::fault::{Fault, FaultKind};
use crate::options::Options;

/// A commit is on the disk when it is acknowledged: WAL with `synchronous = full` syncs the log at every commit.
pub(crate) fn writer(file: &Path, create: bool, settings: &Options) -> Connector {
    let mut options = sqlite_options(file)
        .create_if_missing(create)
        .page_size(PAGE_BYTES)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .pragma("wal_autocheckpoint", CHECKPOINT_PAGES.to_string())
        .pragma("cache_size", "-65536")
        .pragma("temp_store", "memory");
    if let Some(bytes) = settings.max_file_bytes {
        options = options.pragma(
            "max_page_count",
            (bytes / u64::from(PAGE_BYTES)).max(1).to_string(),
        );
    }
    Connector::Sqlite(Box::new(options))
}

/// Rows of indexes change here and there; each changed page goes through the write-ahead log whole, so pages are small.
const PAGE_BYTES: u32 = 4_096;

/// Pages in the write-ahead log before they are copied into the file: 32 MiB. The copying stands still for everyone.
const CHECKPOINT_PAGES: u32 = 8_192;

/// The pool of readers of a ledger that is being written.
pub(crate) async fn readers(file: &Path, options: &Options) -> Result<Readers, Fault> {
    let connect = sqlite_options(file).read_only(true).create_if_missing(false);
    pool(connect, options).await
}

/// The pool of readers of a file that nobody here writes: a copy, a backup, or the file of another process's ledger.
///
/// A copy without its write-ahead log in a folder where none can be made can only be read as a file that nobody changes.
pub(crate) async fn archive_readers(file: &Path, options: &Options) -> Result<Readers, Fault> {
    if !file.is_file() {
        return Err(Fault::request(
            format!("opening {}", file.display()),
            "there is no such file",
        ));
    }
    match readers(file, options).await {
        Err(fault) if matches!(fault.kind(), FaultKind::Unavailable | FaultKind::WriteRefused) => {
            pool(sqlite_options(file).read_only(true).immutable(true), options).await
        }
        other => other,
    }
}

async fn pool(connect: SqliteConnectOptions, options: &Options) -> Result<Readers, Fault> {
    let doing = format!("opening {}", connect.get_filename().display());
    let pool = SqlitePoolOptions::new()
        .max_connections(options.readers.get())
        .acquire_timeout(options.connect_timeout)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(connect)
        .await
        .map_err(|error| Fault::store(&doing, &error))?;
    Ok(Readers::sqlite(pool))
}

/// A file that nobody will miss.
pub(crate) fn scratch(file: &Path) -> Connector {
    let options = sqlite_options(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Memory)
        .synchronous(SqliteSynchronous::Off)
        .pragma("cache_size", "-65536");
    Connector::Sqlite(Box::new(options))
}
