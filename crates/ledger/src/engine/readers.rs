//! [`Readers`]: the pool of read-only connections.

use std::sync::Arc;
use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::{PgPool, Postgres, Sqlite, SqlitePool};

use super::connection::Connection;
use crate::body::Keyring;
use crate::fault::{Fault, FaultKind};
use crate::row::Row;
use crate::statement::{Engine, Param, Statement};

/// Connections that can only read, and what opens the bodies they read.
#[derive(Clone)]
pub(crate) struct Readers {
    pool: Pool,
    keys: Option<Arc<Keyring>>,
}

#[derive(Clone)]
enum Pool {
    Sqlite(SqlitePool),
    Postgres(PgPool, Duration),
}

/// One of them, for as long as it is held.
pub(crate) enum Lease {
    Sqlite(PoolConnection<Sqlite>),
    Postgres(PoolConnection<Postgres>, Duration),
}

impl Readers {
    pub(crate) fn sqlite(pool: SqlitePool) -> Self {
        Readers {
            pool: Pool::Sqlite(pool),
            keys: None,
        }
    }

    pub(crate) fn postgres(pool: PgPool, statement_timeout: Duration) -> Self {
        Readers {
            pool: Pool::Postgres(pool, statement_timeout),
            keys: None,
        }
    }

    /// The same with the keys of the bodies.
    pub(crate) fn with_keys(self, keys: Arc<Keyring>) -> Self {
        Readers {
            keys: Some(keys),
            ..self
        }
    }

    /// The keys of the bodies.
    pub(crate) fn keys(&self) -> Option<&Arc<Keyring>> {
        self.keys.as_ref()
    }

    pub(crate) fn engine(&self) -> Engine {
        match &self.pool {
            Pool::Sqlite(_) => Engine::Sqlite,
            Pool::Postgres(..) => Engine::Postgres,
        }
    }

    pub(crate) async fn lease(&self) -> Result<Lease, Fault> {
        let failed = |error: sqlx::Error| Fault::store("waiting for a reader's connection", &error);
        match &self.pool {
            Pool::Sqlite(pool) => pool.acquire().await.map(Lease::Sqlite).map_err(failed),
            Pool::Postgres(pool, limit) => pool
                .acquire()
                .await
                .map(|conn| Lease::Postgres(conn, *limit))
                .map_err(failed),
        }
    }

    /// Runs a statement on any connection of the pool.
    pub(crate) async fn rows(
        &self,
        statement: &Statement,
        generation: i64,
        params: &[Param<'_>],
    ) -> Result<Vec<Row>, Fault> {
        let mut lease = self.lease().await?;
        let rows = lease.borrow().rows(statement, generation, params).await;
        lease.give_back(rows.as_ref().err());
        let mut rows = rows?;
        if let Some(keys) = &self.keys {
            keys.hand_to(&mut rows).await?;
        }
        Ok(rows)
    }

    /// The only row of an answer, if there is one.
    pub(crate) async fn row(
        &self,
        statement: &Statement,
        params: &[Param<'_>],
    ) -> Result<Option<Row>, Fault> {
        Ok(self.rows(statement, 0, params).await?.into_iter().next())
    }

    pub(crate) async fn close(&self) {
        match &self.pool {
            Pool::Sqlite(pool) => pool.close().await,
            Pool::Postgres(pool, _) => pool.close().await,
        }
    }
}

impl Lease {
    pub(crate) fn borrow(&mut self) -> Connection<'_> {
        match self {
            Lease::Sqlite(conn) => Connection::Sqlite(conn),
            Lease::Postgres(conn, limit) => Connection::Postgres(conn, *limit),
        }
    }

    /// Ends the lease. After a lost or late answer the connection is not given back but closed: its next answer might be the
    /// late one.
    pub(crate) fn give_back(self, fault: Option<&Fault>) {
        if fault.is_some_and(|fault| fault.kind() == FaultKind::Unavailable) {
            self.close();
        }
    }

    /// Ends the lease and closes the connection, with whatever transaction is open on it.
    pub(crate) fn close(self) {
        match self {
            Lease::Sqlite(conn) => drop(conn.detach()),
            Lease::Postgres(conn, _) => drop(conn.detach()),
        }
    }
}
