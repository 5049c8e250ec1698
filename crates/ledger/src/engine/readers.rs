//! [`Readers`]: the pool of read-only connections.

use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::{PgPool, Postgres, Sqlite, SqlitePool};

use super::connection::Connection;
use crate::fault::{Fault, FaultKind};
use crate::row::Row;
use crate::statement::{Engine, Param, Statement};

/// Connections that can only read.
#[derive(Clone)]
pub(crate) enum Readers {
    Sqlite(SqlitePool),
    Postgres(PgPool, Duration),
}

/// One of them, for as long as it is held.
pub(crate) enum Lease {
    Sqlite(PoolConnection<Sqlite>),
    Postgres(PoolConnection<Postgres>, Duration),
}

impl Readers {
    pub(crate) fn engine(&self) -> Engine {
        match self {
            Readers::Sqlite(_) => Engine::Sqlite,
            Readers::Postgres(..) => Engine::Postgres,
        }
    }

    pub(crate) async fn lease(&self) -> Result<Lease, Fault> {
        let failed = |error: sqlx::Error| Fault::store("waiting for a reader's connection", &error);
        match self {
            Readers::Sqlite(pool) => pool.acquire().await.map(Lease::Sqlite).map_err(failed),
            Readers::Postgres(pool, limit) => pool
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
        rows
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
        match self {
            Readers::Sqlite(pool) => pool.close().await,
            Readers::Postgres(pool, _) => pool.close().await,
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
