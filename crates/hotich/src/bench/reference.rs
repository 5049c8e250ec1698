//! The plainest durable append there is: one row, one commit, the same bytes. No chain, no tree, no signature looked at,
//! nothing projected.

use std::path::Path;
use std::sync::Arc;

use ledger::Location;
use sqlx::postgres::PgConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, Executor};
use tokio::sync::Mutex;

use super::client::Letter;
use crate::outcome::{Error, Result};

/// A table beside the ledger, on the same server or disk, with the same durability.
#[derive(Debug, Clone)]
pub enum Reference {
    /// One connection, taken in turns: SQLite has one writer, and connections of their own lose time waiting for each
    /// other's lock.
    Sqlite(Arc<Mutex<SqliteConnection>>),
    /// A connection for each client.
    Postgres(Arc<Vec<Mutex<PgConnection>>>),
}

const SQLITE_TABLE: &str = "create table bench_reference (position integer primary key, signed blob not null, sealed blob not null) strict";
const POSTGRES_TABLE: &str = "create table bench_reference (position bigint primary key, signed bytea not null, sealed bytea not null)";
const INSERT: &str = "insert into bench_reference (position, signed, sealed) values ($1, $2, $3)";
const DROP: &str = "drop table if exists bench_reference";

impl Reference {
    /// Beside a ledger; `folder` is on the embedded ledger's disk.
    pub async fn make(location: &Location, folder: &Path, clients: usize) -> Result<Self> {
        match location {
            Location::File(_) => {
                let options = SqliteConnectOptions::new()
                    .filename(folder.join("reference.db"))
                    .create_if_missing(true)
                    .journal_mode(SqliteJournalMode::Wal)
                    .synchronous(SqliteSynchronous::Full)
                    .disable_statement_logging();
                let mut connection = SqliteConnection::connect_with(&options)
                    .await
                    .map_err(Error::using)?;
                connection.execute(DROP).await.map_err(Error::using)?;
                connection.execute(SQLITE_TABLE).await.map_err(Error::using)?;
                Ok(Self::Sqlite(Arc::new(Mutex::new(connection))))
            }
            Location::Postgres(options) => {
                let options = options.as_ref().clone().disable_statement_logging();
                let mut connections = Vec::new();
                for _ in 0..clients {
                    let connection = PgConnection::connect_with(&options).await.map_err(Error::using)?;
                    connections.push(Mutex::new(connection));
                }
                if let Some(first) = connections.first_mut() {
                    first.get_mut().execute(DROP).await.map_err(Error::using)?;
                    first
                        .get_mut()
                        .execute(POSTGRES_TABLE)
                        .await
                        .map_err(Error::using)?;
                }
                Ok(Self::Postgres(Arc::new(connections)))
            }
        }
    }

    /// Inserts one event and waits until it is durable.
    pub async fn insert(&self, client: usize, position: i64, letter: &Letter) -> Result<()> {
        macro_rules! insert {
            ($connection:expr) => {
                sqlx::query(INSERT)
                    .bind(position)
                    .bind(&letter.signed[..])
                    .bind(&letter.sealed[..])
                    .execute(&mut *$connection)
                    .await
                    .map(drop)
                    .map_err(Error::using)
            };
        }
        match self {
            Self::Sqlite(connection) => insert!(connection.lock().await),
            Self::Postgres(connections) => match connections.get(client) {
                Some(connection) => insert!(connection.lock().await),
                None => Err(Error::using("a client without a connection")),
            },
        }
    }

    /// Takes the table away.
    pub async fn remove(self) -> Result<()> {
        if let Self::Postgres(connections) = self
            && let Some(first) = connections.first()
        {
            first.lock().await.execute(DROP).await.map_err(Error::using)?;
        }
        Ok(())
    }
}
