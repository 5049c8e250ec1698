//! PostgreSQL: the role that may not change the log, and a server that must sync to disk.

use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgConnection, PgPoolOptions};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection as _};

use super::connection::{Connection, in_time};
use super::connector::{Application, Connector, PostgresConnector, quoted};
use super::migration;
use super::readers::Readers;
use crate::fault::{Fault, FaultKind};
use crate::options::Options;
use crate::row::Row;
use crate::statement::Statement;

const IS_THERE: Statement = Statement::both(
    "looking for a ledger",
    "select to_regclass('migration')::text as name",
);
const WHERE_AM_I: Statement = Statement::both(
    "looking at the database",
    "select current_database()::text as database, current_schema()::text as schema",
);
const FIND_ROLE: Statement = Statement::both(
    "looking for the role",
    "select 1 as found from pg_roles where rolname = $1",
);
const RECORD_APPLICATION: Statement = Statement::both(
    "application",
    "insert into application (id, role, log_schema, projection_schema) values (0, $1, $2, $3)",
);
const READ_APPLICATION: Statement = Statement::both(
    "application",
    "select role, log_schema, projection_schema from application where id = 0",
);
const SETTINGS: Statement = Statement::both(
    "server settings",
    "select name::text as name from pg_settings \
     where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting = 'off' order by name",
);
/// What the role could do to the log besides inserting and reading.
const TOO_MANY_RIGHTS: Statement = Statement::both(
    "rights of the application's role",
    "select t.name || ' ' || p.name as found \
     from unnest(array['event', 'entry_event', 'body', 'batch', 'tile', 'checkpoint', 'seal', \
                        'body_store', 'erasure', 'access', 'access_entry']) as t (name), \
          unnest(array['UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER']) as p (name) \
     where has_table_privilege($1, quote_ident($2) || '.' || t.name, p.name) limit 1",
);

/// Longest identifier PostgreSQL keeps, in bytes.
const MAX_IDENTIFIER: usize = 63;

/// Makes the tables, the application's role and its schema, in one transaction, unless they are there. Runs as the login of
/// the URL, who becomes the owner of the log and must be allowed to make roles and schemas.
pub(crate) async fn create(options: &PgConnectOptions, settings: &Options, now_ms: i64) -> Result<(), Fault> {
    let mut login = login(options, settings).await?;
    let mut conn = Connection::Postgres(&mut login, settings.statement_timeout);
    let there = conn.rows(&IS_THERE, 0, &[]).await?;
    if there
        .first()
        .map(|row| row.text_opt("name"))
        .transpose()?
        .flatten()
        .is_some()
    {
        return Ok(());
    }
    let place = first(conn.rows(&WHERE_AM_I, 0, &[]).await?, "looking at the database")?;
    let application = Application::for_ledger(&place.text("database")?, &place.text("schema")?);
    conn.raw("creating the ledger", "begin").await?;
    migration::apply(&mut conn, now_ms).await?;
    if conn
        .rows(&FIND_ROLE, 0, &[application.role.as_str().into()])
        .await?
        .is_empty()
    {
        let role = AssertSqlSafe(format!("create role {} nologin", quoted(&application.role)));
        conn.raw("creating the application's role", role).await?;
    }
    conn.raw(
        "granting the application's rights",
        AssertSqlSafe(application.grants()),
    )
    .await?;
    let Application {
        role,
        log_schema,
        projection_schema,
    } = &application;
    let row = [
        role.as_str().into(),
        log_schema.as_str().into(),
        projection_schema.as_str().into(),
    ];
    conn.execute(&RECORD_APPLICATION, 0, &row).await?;
    conn.raw("creating the ledger", "commit").await
}

/// How writers connect. Refuses a server that does not sync to disk, and a role that could change the log.
pub(crate) async fn connector(options: &PgConnectOptions, settings: &Options) -> Result<Connector, Fault> {
    let mut login = login(options, settings).await?;
    let mut conn = Connection::Postgres(&mut login, settings.statement_timeout);
    let application = application(&mut conn).await?;
    if migration::is_behind(&mut conn).await? {
        bring_up(&mut conn, &application).await?;
    }
    let off = conn.rows(&SETTINGS, 0, &[]).await?;
    if let Some(setting) = off.first()
        && !settings.unsafe_postgres
    {
        let cause = format!(
            "the server has {} = off: an acknowledged event could be lost",
            setting.text("name")?
        );
        return Err(Fault::request("opening PostgreSQL", cause));
    }
    let rights = [
        application.role.as_str().into(),
        application.log_schema.as_str().into(),
    ];
    if let Some(right) = conn.rows(&TOO_MANY_RIGHTS, 0, &rights).await?.first() {
        let cause = format!(
            "the role {} has a right it must not have: {}",
            application.role,
            right.text("found")?
        );
        return Err(Fault::request("opening PostgreSQL", cause));
    }
    Ok(Connector::Postgres(Box::new(PostgresConnector {
        options: named(options),
        application,
        connect_timeout: settings.connect_timeout,
        statement_timeout: settings.statement_timeout,
    })))
}

/// Makes the tables that a ledger of before lacks, in one transaction. Whoever may not make them is told who may.
async fn bring_up(conn: &mut Connection<'_>, application: &Application) -> Result<(), Fault> {
    const DOING: &str = "bringing the ledger up to date";
    conn.raw(DOING, "begin").await?;
    migration::catch_up(conn).await.map_err(|fault| {
        fault.while_doing("bringing the ledger up to date (run `rebuild` once as the login that founded it)")
    })?;
    conn.raw(DOING, AssertSqlSafe(application.log_grants())).await?;
    conn.raw(DOING, "commit").await
}

/// The pool of readers, whose sessions cannot write.
pub(crate) async fn readers(options: &PgConnectOptions, settings: &Options) -> Result<Readers, Fault> {
    let mut login = login(options, settings).await?;
    let mut conn = Connection::Postgres(&mut login, settings.statement_timeout);
    let application = application(&mut conn).await?;
    let session = application.reader_session(settings.statement_timeout);
    let pool = PgPoolOptions::new()
        .max_connections(settings.readers.get())
        .acquire_timeout(settings.connect_timeout)
        .after_connect(move |conn, _| {
            let session = session.clone();
            Box::pin(async move { sqlx::raw_sql(session).execute(conn).await.map(drop) })
        })
        .connect_lazy_with(named(options));
    Ok(Readers::postgres(pool, settings.statement_timeout))
}

fn named(options: &PgConnectOptions) -> PgConnectOptions {
    options
        .clone()
        .application_name("hotich")
        .disable_statement_logging()
}

async fn login(options: &PgConnectOptions, settings: &Options) -> Result<PgConnection, Fault> {
    let options = named(options);
    let connecting = PgConnection::connect_with(&options);
    in_time(settings.connect_timeout, "connecting to PostgreSQL", connecting).await
}

async fn application(conn: &mut Connection<'_>) -> Result<Application, Fault> {
    let rows = conn
        .rows(&READ_APPLICATION, 0, &[])
        .await
        .map_err(|fault| match fault.kind() {
            FaultKind::MissingTable => Fault::request(
                "opening PostgreSQL",
                "there is no ledger in this database; `init` makes one",
            ),
            _ => fault,
        })?;
    let row = first(rows, "reading application")?;
    Ok(Application {
        role: row.text("role")?,
        log_schema: row.text("log_schema")?,
        projection_schema: row.text("projection_schema")?,
    })
}

fn first(rows: Vec<Row>, doing: &str) -> Result<Row, Fault> {
    rows.into_iter()
        .next()
        .ok_or_else(|| Fault::damaged(doing, "the row is missing"))
}

impl Application {
    /// Roles belong to the whole server, so the name carries database and schema.
    fn for_ledger(database: &str, schema: &str) -> Self {
        Application {
            role: cut(format!("hotich_app_{database}_{schema}")),
            log_schema: schema.to_owned(),
            projection_schema: cut(format!("{schema}_projection")),
        }
    }

    fn grants(&self) -> String {
        let (role, log, projection) = (
            quoted(&self.role),
            quoted(&self.log_schema),
            quoted(&self.projection_schema),
        );
        format!(
            "grant {role} to current_user;
             grant usage on schema {log} to {role};
             {}
             create schema {projection} authorization {role};",
            self.log_grants()
        )
    }

    /// What the role may do to the tables beside its own schema.
    fn log_grants(&self) -> String {
        let role = quoted(&self.role);
        format!(
            "grant select, insert on event, entry_event, body, batch, tile, checkpoint, seal to {role};
             grant select, insert on body_store, erasure, access, access_entry to {role};
             grant select, insert, update on ledger_head, projection, probe to {role};
             grant select, insert, update (revoked_at_ms) on reader_token to {role};
             grant select on migration, application to {role};"
        )
    }
}

/// An identifier that PostgreSQL will not cut: a long one ends in eight digits of its BLAKE3 instead.
fn cut(identifier: String) -> String {
    if identifier.len() <= MAX_IDENTIFIER {
        return identifier;
    }
    let digest = blake3::hash(identifier.as_bytes()).to_hex();
    let mut end = MAX_IDENTIFIER - 9;
    while !identifier.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}_{}", &identifier[..end], &digest[..8])
}

/// Limits the server keeps for us, should this process fall silent: a connection nobody listens to, or a transaction nobody
/// continues, must not hold the head's lock for ever.
pub(crate) fn limits(statement_timeout: Duration) -> String {
    format!(
        "set client_connection_check_interval = 1000; set idle_in_transaction_session_timeout = {}; \
         set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3;",
        statement_timeout.as_millis().saturating_mul(2)
    )
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn long_names_stay_different_when_they_are_cut() {
        let long = |last: char| format!("hotich_app_{}{last}", "ộ".repeat(30));
        assert!(cut(long('a')).len() <= 63);
        assert_ne!(cut(long('a')), cut(long('b')));
        assert_eq!(cut("short".to_owned()), "short");
    }
}
