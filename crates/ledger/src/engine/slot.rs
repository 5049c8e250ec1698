//! [`Slot`]: the place of a writer's connection, filled when needed and emptied as soon as it is in doubt.

use std::sync::Arc;
use std::time::Duration;

use super::connection::{Connection, Live};
use super::connector::Connector;
use crate::body::Keyring;
use crate::fault::Fault;

/// Holds at most one connection for writing. Whoever has the slot is the only writer through it; on SQLite there is one slot
/// for the whole ledger.
pub(crate) struct Slot {
    connector: Connector,
    live: Option<Live>,
    limit: Duration,
    keys: Option<Arc<Keyring>>,
}

impl Slot {
    pub(crate) fn new(connector: Connector, limit: Duration) -> Self {
        Slot {
            connector,
            live: None,
            limit,
            keys: None,
        }
    }

    /// The same with the keys of the bodies.
    pub(crate) fn with_keys(self, keys: Arc<Keyring>) -> Self {
        Slot {
            keys: Some(keys),
            ..self
        }
    }

    /// The keys of the bodies.
    pub(crate) fn keys(&self) -> Option<&Arc<Keyring>> {
        self.keys.as_ref()
    }

    /// Whether there is a connection, which may have gone without a word.
    pub(crate) fn is_live(&self) -> bool {
        self.live.is_some()
    }

    /// The connection, opened if there is none.
    pub(crate) async fn connection(&mut self) -> Result<Connection<'_>, Fault> {
        if self.live.is_none() {
            self.live = Some(self.connector.connect().await?);
        }
        self.live
            .as_mut()
            .map(|live| live.borrow(self.limit))
            .ok_or_else(|| Fault::internal("connecting", "the connection is gone"))
    }

    /// The connection of the transaction that is open.
    pub(crate) fn open(&mut self) -> Result<Connection<'_>, Fault> {
        self.live
            .as_mut()
            .map(|live| live.borrow(self.limit))
            .ok_or_else(|| Fault::internal("using a transaction", "its connection is gone"))
    }

    /// Drops the connection. What it had not committed is rolled back by the store.
    pub(crate) fn discard(&mut self) {
        self.live = None;
    }

    /// Closes the connection in peace.
    pub(crate) async fn close(&mut self) -> Result<(), Fault> {
        use sqlx::Connection as _;
        let closed = match self.live.take() {
            None => Ok(()),
            Some(Live::Sqlite(conn)) => conn.close().await,
            Some(Live::Postgres(conn)) => conn.close().await,
        };
        closed.map_err(|error| Fault::store("closing the store", &error))
    }
}
