//! [`Store`]: one ledger's place on either engine, opened for writing.

use std::path::Path;
use std::sync::Arc;

use sqlx::postgres::PgConnectOptions;
use tokio::sync::Mutex;

use super::connector::Connector;
use super::readers::Readers;
use super::slot::Slot;
use super::{migration, postgres, sqlite};
use crate::body::{KeyStore, Keyring, fresh};
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
    keys: Arc<Keyring>,
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
            Location::File(file) => Store::sqlite(file, options).await,
            Location::Postgres(place) => Store::postgres(place, options).await,
        }
    }

    /// Opens a store for reading only.
    pub(crate) async fn open_readers(location: &Location, options: &Options) -> Result<Readers, Fault> {
        match location {
            Location::File(file) => sqlite::archive_readers(file, options).await,
            Location::Postgres(place) => postgres::readers(place, options).await,
        }
        .map(|readers| readers.with_keys(Keyring::of(KeyStore::of(location, options), None)))
    }

    /// Makes an empty store with its tables. A store that exists is left alone.
    pub(crate) async fn create(location: &Location, options: &Options, now_ms: i64) -> Result<Self, Fault> {
        match location {
            Location::File(file) => {
                create_sqlite(file, options, now_ms).await?;
                Store::sqlite(file, options).await
            }
            Location::Postgres(place) => {
                postgres::create(place, options, now_ms).await?;
                Store::postgres(place, options).await
            }
        }
    }

    async fn sqlite(file: &Path, options: &Options) -> Result<Self, Fault> {
        let connector = sqlite::writer(file, false, options);
        let mut slot = Slot::new(connector.clone(), options.statement_timeout);
        // The writer comes first: it makes the files beside the ledger that readers need.
        bring_up(&mut slot).await?;
        let readers = sqlite::readers(file, options).await?;
        let keys = KeyStore::of(&Location::file(file), options);
        Store::with_keys(keys, (slot, connector, readers), options).await
    }

    async fn postgres(place: &PgConnectOptions, options: &Options) -> Result<Self, Fault> {
        let connector = postgres::connector(place, options).await?;
        let slot = Slot::new(connector.clone(), options.statement_timeout);
        let readers = postgres::readers(place, options).await?;
        let keys = KeyStore::of(&Location::Postgres(Box::new(place.clone())), options);
        Store::with_keys(keys, (slot, connector, readers), options).await
    }

    async fn with_keys(
        store: KeyStore,
        (mut slot, connector, readers): (Slot, Connector, Readers),
        options: &Options,
    ) -> Result<Self, Fault> {
        let role = connector.role().filter(|_| options.body_keys.is_none());
        let name = name_of_keys(&mut slot, &store, role).await?;
        let keys = Keyring::of(store, Some(name));
        Ok(Store {
            writer: Arc::new(Mutex::new(slot.with_keys(Arc::clone(&keys)))),
            connector,
            readers: readers.with_keys(Arc::clone(&keys)),
            keys,
            options: options.clone(),
        })
    }

    /// The keys of the bodies.
    pub(crate) fn keys(&self) -> &Arc<Keyring> {
        &self.keys
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
            Engine::Postgres => {
                let slot = Slot::new(self.connector.clone(), self.options.statement_timeout);
                Arc::new(Mutex::new(slot.with_keys(Arc::clone(&self.keys))))
            }
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

const NAME_OF_KEYS: Statement = Statement::both(
    "name of the key store",
    "select name from body_store where id = 0",
);
/// SQLite asks its triggers before it looks for a conflict.
const KNOW_KEYS: Statement = Statement::pair(
    "name of the key store",
    "insert into body_store (id, name) select 0, $1 where not exists (select 1 from body_store)",
    "insert into body_store (id, name) values (0, $1) on conflict (id) do nothing",
);

/// Under which name the ledger knows the store of its keys. One that knows none yet makes one, or takes the one that is there.
async fn name_of_keys(slot: &mut Slot, store: &KeyStore, role: Option<&str>) -> Result<[u8; 16], Fault> {
    let mut conn = slot.connection().await?;
    loop {
        if let Some(row) = conn.rows(&NAME_OF_KEYS, 0, &[]).await?.first() {
            return row.array("name");
        }
        let name = store.name(Some(fresh()?), role).await?;
        conn.execute(&KNOW_KEYS, 0, &[(&name).into()]).await?;
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
