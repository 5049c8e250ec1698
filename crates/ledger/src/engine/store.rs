//! [`Store`]: one ledger's place on either engine, opened for writing.

use std::path::Path;
use std::sync::Arc;

use sqlx::postgres::PgConnectOptions;
use tokio::sync::Mutex;

use super::connector::Connector;
use super::readers::Readers;
use super::slot::Slot;
use super::{migration, postgres, sqlite};
use crate::fault::{Fault, FaultKind};
use crate::location::Location;
use crate::options::Options;
use crate::statement::{Engine, Statement};

/// A store opened for writing: the sequencer's slot and the readers.
#[derive(Clone)]
pub(crate) struct Store {
    writer: Arc<Mutex<Slot>>,
    connector: Connector,
    readers: Readers,
    options: Options,
}

impl Store {
    /// Opens a store that exists.
    pub(crate) async fn open(location: &Location, options: &Options) -> Result<Self, Fault> {
        match location {
            Location::File(file) if !file.is_file() => Err(Fault::request(
                format!("opening {}", file.display()),
                "there is no ledger here; `init` makes one",
            )),
            Location::File(file) => Store::sqlite(file, sqlite::writer(file, false, options), options).await,
            Location::Postgres(place) => Store::postgres(place, options).await,
        }
    }

    /// Opens a store for reading only.
    pub(crate) async fn open_readers(location: &Location, options: &Options) -> Result<Readers, Fault> {
        match location {
            Location::File(file) => sqlite::archive_readers(file, options).await,
            Location::Postgres(place) => postgres::readers(place, options).await,
        }
    }

    /// Makes an empty store with its tables. A store that exists is left alone.
    pub(crate) async fn create(location: &Location, options: &Options, now_ms: i64) -> Result<Self, Fault> {
        match location {
            Location::File(file) => {
                create_sqlite(file, options, now_ms).await?;
                Store::sqlite(file, sqlite::writer(file, false, options), options).await
            }
            Location::Postgres(place) => {
                postgres::create(place, options, now_ms).await?;
                Store::postgres(place, options).await
            }
        }
    }

    async fn sqlite(file: &Path, connector: Connector, options: &Options) -> Result<Self, Fault> {
        let mut slot = Slot::new(connector.clone(), options.statement_timeout);
        // The writer comes first: it makes the files beside the ledger that readers need.
        bring_up(&mut slot).await?;
        let readers = sqlite::readers(file, options).await?;
        Ok(Store {
            writer: Arc::new(Mutex::new(slot)),
            connector,
            readers,
            options: options.clone(),
        })
    }

    async fn postgres(place: &PgConnectOptions, options: &Options) -> Result<Self, Fault> {
        let connector = postgres::connector(place, options).await?;
        let slot = Slot::new(connector.clone(), options.statement_timeout);
        let readers = postgres::readers(place, options).await?;
        Ok(Store {
            writer: Arc::new(Mutex::new(slot)),
            connector,
            readers,
            options: options.clone(),
        })
    }

    pub(crate) fn engine(&self) -> Engine {
        self.readers.engine()
    }

    /// The sequencer's slot.
    pub(crate) fn writer(&self) -> &Arc<Mutex<Slot>> {
        &self.writer
    }

    /// A slot for writing beside the sequencer: the same one on SQLite, which has one writer; a session of its own on PostgreSQL.
    pub(crate) fn aside(&self) -> Arc<Mutex<Slot>> {
        match self.engine() {
            Engine::Sqlite => Arc::clone(&self.writer),
            Engine::Postgres => Arc::new(Mutex::new(Slot::new(
                self.connector.clone(),
                self.options.statement_timeout,
            ))),
        }
    }

    pub(crate) fn readers(&self) -> &Readers {
        &self.readers
    }

    pub(crate) fn options(&self) -> &Options {
        &self.options
    }

    pub(crate) async fn close(&self) -> Result<(), Fault> {
        self.readers.close().await;
        self.writer.lock().await.close().await
    }
}

/// Makes the tables that a file of before lacks, in one transaction.
async fn bring_up(slot: &mut Slot) -> Result<(), Fault> {
    let mut conn = slot.connection().await?;
    if !migration::is_behind(&mut conn).await? {
        return Ok(());
    }
    conn.raw("bringing the ledger up to date", "begin immediate")
        .await?;
    migration::catch_up(&mut conn).await?;
    conn.raw("bringing the ledger up to date", "commit").await
}

/// Makes the tables in a file that has none, in one transaction. A file with a ledger in it is left as it is.
async fn create_sqlite(file: &Path, options: &Options, now_ms: i64) -> Result<(), Fault> {
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).map_err(|error| {
            Fault::new(
                FaultKind::WriteFailed,
                format!("creating {}", folder.display()),
                error,
            )
        })?;
    }
    let mut slot = Slot::new(sqlite::writer(file, true, options), options.statement_timeout);
    let mut conn = slot.connection().await?;
    conn.raw("creating the ledger", "begin immediate").await?;
    if conn.rows(&TABLES, 0, &[]).await?.is_empty() {
        migration::apply(&mut conn, now_ms).await?;
    }
    conn.raw("creating the ledger", "commit").await?;
    slot.close().await
}

const TABLES: Statement = Statement::both("tables of the file", "select name from sqlite_master limit 1");
