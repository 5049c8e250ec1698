//! One connection to either engine, borrowed for a statement.

use std::future::Future;
use std::time::Duration;

use futures_util::TryStreamExt;
use sqlx::postgres::{PgArguments, PgConnection};
use sqlx::query::Query;
use sqlx::sqlite::{SqliteArguments, SqliteConnection};
use sqlx::{Executor, Postgres, SqlSafeStr, SqlStr, Sqlite};

use crate::fault::{Fault, FaultKind};
use crate::row::Row;
use crate::statement::{Engine, Param, Statement};

/// A connection that lives.
pub(crate) enum Live {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Live {
    pub(crate) fn borrow(&mut self, limit: Duration) -> Connection<'_> {
        match self {
            Live::Sqlite(conn) => Connection::Sqlite(conn),
            Live::Postgres(conn) => Connection::Postgres(conn, limit),
        }
    }
}

/// A connection borrowed for statements. PostgreSQL's carries the time one statement may take: after that the answer is a
/// fault of kind `Unavailable`, and whoever owns the connection must drop it, which closes the socket.
pub(crate) enum Connection<'c> {
    Sqlite(&'c mut SqliteConnection),
    Postgres(&'c mut PgConnection, Duration),
}

impl Connection<'_> {
    pub(crate) fn engine(&self) -> Engine {
        match self {
            Connection::Sqlite(_) => Engine::Sqlite,
            Connection::Postgres(..) => Engine::Postgres,
        }
    }

    /// Runs a statement; answers the number of rows it changed.
    pub(crate) async fn execute(
        &mut self,
        statement: &Statement,
        generation: i64,
        params: &[Param<'_>],
    ) -> Result<u64, Fault> {
        let sql = statement.text(self.engine(), generation);
        self.execute_text(statement.name(), sql, params).await
    }

    /// As [`Connection::execute`], with the text for this engine.
    pub(crate) async fn execute_text(
        &mut self,
        name: &str,
        sql: SqlStr,
        params: &[Param<'_>],
    ) -> Result<u64, Fault> {
        match self {
            Connection::Sqlite(conn) => {
                let done = sqlite_query(sql, params).execute(&mut **conn).await;
                done.map(|done| done.rows_affected())
                    .map_err(|error| Fault::store(name, &error))
            }
            Connection::Postgres(conn, limit) => {
                let done = in_time(*limit, name, postgres_query(sql, params).execute(&mut **conn)).await?;
                Ok(done.rows_affected())
            }
        }
    }

    /// Runs a statement; answers its rows.
    pub(crate) async fn rows(
        &mut self,
        statement: &Statement,
        generation: i64,
        params: &[Param<'_>],
    ) -> Result<Vec<Row>, Fault> {
        let sql = statement.text(self.engine(), generation);
        let name = statement.name();
        match self {
            Connection::Sqlite(conn) => {
                let rows = sqlite_query(sql, params).fetch_all(&mut **conn).await;
                let rows = rows.map_err(|error| Fault::store(name, &error))?;
                Ok(rows.into_iter().map(|row| Row::sqlite(name, row)).collect())
            }
            Connection::Postgres(conn, limit) => {
                let rows = in_time(*limit, name, postgres_query(sql, params).fetch_all(&mut **conn)).await?;
                Ok(rows.into_iter().map(|row| Row::postgres(name, row)).collect())
            }
        }
    }

    /// Runs a statement and hands over its rows one by one, without a limit of time: for digests of whole tables.
    pub(crate) async fn for_each(
        &mut self,
        name: &'static str,
        sql: SqlStr,
        mut take: impl FnMut(Row) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let failed = |error: sqlx::Error| Fault::store(name, &error);
        match self {
            Connection::Sqlite(conn) => {
                let mut rows = sqlx::query::<Sqlite>(sql).fetch(&mut **conn);
                while let Some(row) = rows.try_next().await.map_err(failed)? {
                    take(Row::sqlite(name, row))?;
                }
            }
            Connection::Postgres(conn, _) => {
                let mut rows = sqlx::query::<Postgres>(sql).fetch(&mut **conn);
                while let Some(row) = rows.try_next().await.map_err(failed)? {
                    take(Row::postgres(name, row))?;
                }
            }
        }
        Ok(())
    }

    /// Runs one or several statements without parameters and without preparing them.
    pub(crate) async fn raw(&mut self, name: &str, sql: impl SqlSafeStr) -> Result<(), Fault> {
        match self {
            Connection::Sqlite(_) => self.raw_patiently(name, sql).await,
            Connection::Postgres(_, limit) => {
                let limit = *limit;
                match tokio::time::timeout(limit, self.raw_patiently(name, sql)).await {
                    Ok(done) => done,
                    Err(_) => Err(late(limit, name)),
                }
            }
        }
    }

    /// As [`Connection::raw`], without a limit of time.
    pub(crate) async fn raw_patiently(&mut self, name: &str, sql: impl SqlSafeStr) -> Result<(), Fault> {
        let done = match self {
            Connection::Sqlite(conn) => conn.execute(sqlx::raw_sql(sql)).await.map(drop),
            Connection::Postgres(conn, _) => conn.execute(sqlx::raw_sql(sql)).await.map(drop),
        };
        done.map_err(|error| Fault::store(name, &error))
    }
}

/// Waits for an answer of the store, but not for ever.
pub(crate) async fn in_time<T>(
    limit: Duration,
    doing: &str,
    answer: impl Future<Output = Result<T, sqlx::Error>>,
) -> Result<T, Fault> {
    match tokio::time::timeout(limit, answer).await {
        Ok(answer) => answer.map_err(|error| Fault::store(doing, &error)),
        Err(_) => Err(late(limit, doing)),
    }
}

fn late(limit: Duration, doing: &str) -> Fault {
    let reason = format!("no answer within {} ms", limit.as_millis());
    Fault::new(FaultKind::Unavailable, doing, reason)
}

fn sqlite_query<'q>(sql: SqlStr, params: &[Param<'_>]) -> Query<'q, Sqlite, SqliteArguments> {
    params.iter().fold(sqlx::query(sql), |query, param| match param {
        Param::Text(text) => query.bind(text.as_ref()),
        Param::Int(number) => query.bind(*number),
        Param::Blob(bytes) => query.bind(bytes.as_ref()),
        Param::NoText => query.bind(None::<String>),
        Param::NoInt => query.bind(None::<i64>),
        Param::NoBlob => query.bind(None::<Vec<u8>>),
    })
}

fn postgres_query<'q>(sql: SqlStr, params: &[Param<'_>]) -> Query<'q, Postgres, PgArguments> {
    params.iter().fold(sqlx::query(sql), |query, param| match param {
        Param::Text(text) => query.bind(text.as_ref()),
        Param::Int(number) => query.bind(*number),
        Param::Blob(bytes) => query.bind(bytes.as_ref()),
        Param::NoText => query.bind(None::<String>),
        Param::NoInt => query.bind(None::<i64>),
        Param::NoBlob => query.bind(None::<Vec<u8>>),
    })
}
