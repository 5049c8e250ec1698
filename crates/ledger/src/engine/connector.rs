//! [`Connector`]: how a connection of either engine is made, and with what settings.

use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection as _, SqlSafeStr, SqlStr};

use super::connection::{Live, in_time};
use super::postgres::limits;
use crate::fault::Fault;

/// Makes connections for writing.
#[derive(Clone)]
pub(crate) enum Connector {
    Sqlite(Box<SqliteConnectOptions>),
    Postgres(Box<PostgresConnector>),
}

/// Makes sessions of the application's role: whatever the login may do, the session may only do what the role may.
#[derive(Clone)]
pub(crate) struct PostgresConnector {
    pub(crate) options: PgConnectOptions,
    pub(crate) application: Application,
    pub(crate) connect_timeout: Duration,
    pub(crate) statement_timeout: Duration,
}

/// What `init` made for the application: its role and the schemas it works in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Application {
    pub(crate) role: String,
    pub(crate) log_schema: String,
    pub(crate) projection_schema: String,
}

impl Connector {
    /// The application's role, on PostgreSQL.
    pub(crate) fn role(&self) -> Option<&str> {
        match self {
            Connector::Sqlite(_) => None,
            Connector::Postgres(connector) => Some(&connector.application.role),
        }
    }

    pub(crate) async fn connect(&self) -> Result<Live, Fault> {
        match self {
            Connector::Sqlite(options) => {
                let conn = SqliteConnection::connect_with(options).await;
                conn.map(Live::Sqlite)
                    .map_err(|error| Fault::store("opening the ledger's file", &error))
            }
            Connector::Postgres(connector) => {
                let mut conn = in_time(
                    connector.connect_timeout,
                    "connecting to PostgreSQL",
                    PgConnection::connect_with(&connector.options),
                )
                .await?;
                let settle = sqlx::raw_sql(connector.application.writer_session(connector.statement_timeout))
                    .execute(&mut conn);
                in_time(connector.connect_timeout, "taking the application's role", settle).await?;
                Ok(Live::Postgres(conn))
            }
        }
    }
}

impl Application {
    /// The sequencer's statements look up small sets of keys in tables of any size. Planned while a table was still small, a
    /// scan of it would stay in the prepared statement; so scans and hash joins are ruled out for the session, and then there is
    /// one plan for each, which need not be made again for every batch.
    fn writer_session(&self, statement_timeout: Duration) -> SqlStr {
        AssertSqlSafe(format!(
            "{} set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off; \
             set plan_cache_mode = force_generic_plan; set jit = off;",
            self.session(statement_timeout)
        ))
        .into_sql_str()
    }

    /// A reader cannot write even by mistake.
    pub(crate) fn reader_session(&self, statement_timeout: Duration) -> SqlStr {
        AssertSqlSafe(format!(
            "{} set default_transaction_read_only = on; set jit = off;",
            self.session(statement_timeout)
        ))
        .into_sql_str()
    }

    /// Unqualified names are looked up among the projections first, and new tables are made there; the log cannot be shadowed,
    /// because every projection table ends in its generation.
    fn session(&self, statement_timeout: Duration) -> String {
        format!(
            "set role {}; set search_path = {}, {}; {}",
            quoted(&self.role),
            quoted(&self.projection_schema),
            quoted(&self.log_schema),
            limits(statement_timeout)
        )
    }
}

/// An identifier in quotes.
pub(crate) fn quoted(identifier: &str) -> String {
    format!("\"{}\"", identifier.replace('"', "\"\""))
}

/// Settings of every SQLite connection.
pub(crate) fn sqlite_options(file: &std::path::Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(file)
        .busy_timeout(Duration::from_secs(5))
        .foreign_keys(false)
        .row_buffer_size(1_024)
        .statement_cache_capacity(512)
        // Without this a REPLACE would delete rows without asking the triggers.
        .pragma("recursive_triggers", "on")
        .disable_statement_logging()
}
