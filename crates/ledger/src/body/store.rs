//! [`KeyStore`]: where the keys of bodies lie. A store of its own, so that it has backups of its own: short ones.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _};

use super::tree::{Cover, DEPTH, Key, Node};
use crate::engine::{Connection, in_time};
use crate::fault::{Fault, FaultKind};
use crate::location::Location;
use crate::options::Options;
use crate::row::Row;
use crate::sequencer::number;
use crate::statement::{Engine, Param, Statement};

/// Name of the embedded key store's file, beside the ledger's.
pub const KEYS_FILE_NAME: &str = "bodies.keys.db";

const TABLES: [&str; 2] = [
    "create table if not exists body_store (id integer primary key check (id = 0), name blob not null) strict; \
     create table if not exists body_span (span integer primary key) strict; \
     create table if not exists body_key (span integer not null, depth integer not null, number integer not null, \
       key blob not null, primary key (span, depth, number)) strict, without rowid;",
    "create table if not exists body_store (id bigint primary key check (id = 0), name bytea not null); \
     create table if not exists body_span (span bigint primary key); \
     create table if not exists body_key (span bigint not null, depth bigint not null, number bigint not null, \
       key bytea not null, primary key (span, depth, number));",
];
const NAME: Statement = Statement::both(
    "name of the key store",
    "select name from body_store where id = 0",
);
const GIVE_NAME: Statement = Statement::both(
    "name of the key store",
    "insert into body_store (id, name) values (0, $1) on conflict (id) do nothing",
);
const MAKE_SPAN: Statement = Statement::both(
    "making a span of keys",
    "insert into body_span (span) values ($1) on conflict (span) do nothing",
);
/// What PostgreSQL deletes stays in its page until a vacuum that no open transaction holds back. So the table, a row or a few for 4,096
/// bodies, goes to a new file; the old one is removed with the commit.
const WRITE_ANEW: &str = "create temporary table body_key_left on commit drop as select * from body_key; \
    truncate body_key; \
    insert into body_key select * from body_key_left";
const PUT_KEY: Statement = Statement::both(
    "writing a key of bodies",
    "insert into body_key (span, depth, number, key) values ($1, $2, $3, $4)",
);
const DESTROY_KEY: Statement = Statement::both(
    "destroying a key of bodies",
    "delete from body_key where span = $1 and depth = $2 and number = $3",
);
const SPANS: Statement = Statement::both(
    "reading the keys of bodies",
    "select s.span, k.depth, k.number, k.key from body_span s left join body_key k on k.span = s.span \
     where s.span >= $1 and s.span <= $2 order by s.span",
);
const SCHEMA: Statement = Statement::both(
    "looking for the keys of bodies",
    "select current_schema()::text as schema",
);
const SCHEMA_IS_THERE: Statement = Statement::both(
    "looking for the keys of bodies",
    "select to_regclass(quote_ident($1) || '.body_key')::text as name",
);

const NOT_THERE: &str = "the key store is not there: --body-keys (HOTICH_BODY_KEYS) says where it is; \
    if it is lost, bring its last backup back, and nothing is recorded or shown until then";

/// Where the keys of a ledger's bodies lie. It holds no connection: one is made for each use, which comes once in 4,096 events.
#[derive(Debug, Clone)]
pub(crate) struct KeyStore {
    place: Place,
    connect_timeout: Duration,
    statement_timeout: Duration,
}

#[derive(Debug, Clone)]
enum Place {
    File(PathBuf),
    Postgres(Box<PgConnectOptions>),
}

enum Live {
    Sqlite(SqliteConnection),
    Postgres(PgConnection, Duration),
}

impl Live {
    fn borrow(&mut self) -> Connection<'_> {
        match self {
            Live::Sqlite(conn) => Connection::Sqlite(conn),
            Live::Postgres(conn, limit) => Connection::Postgres(conn, *limit),
        }
    }

    /// What was committed is committed, however the connection ends.
    async fn end(self) {
        let _ = match self {
            Live::Sqlite(conn) => conn.close().await,
            Live::Postgres(conn, _) => conn.close().await,
        };
    }
}

impl KeyStore {
    /// The key store of a ledger: where the options say, or beside it.
    pub(crate) fn of(ledger: &Location, options: &Options) -> Self {
        let place = match (options.body_keys.as_ref().unwrap_or(ledger), &options.body_keys) {
            (Location::File(file), Some(_)) => Place::File(file.clone()),
            (Location::File(file), None) => Place::File(file.with_file_name(KEYS_FILE_NAME)),
            (Location::Postgres(place), _) => Place::Postgres(place.clone()),
        };
        KeyStore {
            place,
            connect_timeout: options.connect_timeout,
            statement_timeout: options.statement_timeout,
        }
    }

    /// Its name, or a new store under the name that is given. `role`: who may use it besides the login.
    ///
    /// # Errors
    /// [`Fault`] of kind `Unavailable` when there is none and no name for a new one; of the store.
    pub(crate) async fn name(&self, new: Option<[u8; 16]>, role: Option<&str>) -> Result<[u8; 16], Fault> {
        let mut live = self.connect(new.is_some(), role).await?;
        let mut conn = live.borrow();
        if let Some(name) = new {
            conn.execute(&GIVE_NAME, 0, &[(&name).into()]).await?;
        }
        let rows = conn.rows(&NAME, 0, &[]).await?;
        let row = rows
            .first()
            .ok_or_else(|| unavailable("it has no name: it was never finished"));
        let name = row.and_then(|row| row.array("name"));
        live.end().await;
        name
    }

    /// The spans from one to another, both included, as far as they were made.
    pub(crate) async fn read(&self, from: u64, to: u64) -> Result<BTreeMap<u64, Cover>, Fault> {
        let mut live = self.connect(false, None).await?;
        let range = [number(from)?.into(), number(to)?.into()];
        let rows = live.borrow().rows(&SPANS, 0, &range).await;
        live.end().await;
        covers(&rows?)
    }

    /// Makes the roots of spans, ascending, unless there are some, and answers what there is. They are on the disk when this answers.
    pub(crate) async fn make(&self, roots: &[(u64, Key)]) -> Result<BTreeMap<u64, Cover>, Fault> {
        let mut live = self.connect(false, None).await?;
        let made = make(&mut live.borrow(), roots).await;
        live.end().await;
        made
    }

    /// Destroys the keys of places in a span, in one transaction: a crash leaves all of them or none, and never loses another. What
    /// was destroyed before stays so. Answers what is left.
    pub(crate) async fn puncture(&self, span: u64, places: &BTreeSet<u16>) -> Result<Cover, Fault> {
        let mut live = self.connect(false, None).await?;
        let left = puncture(&mut live.borrow(), number(span)?, places).await;
        live.end().await;
        left
    }

    async fn connect(&self, make: bool, role: Option<&str>) -> Result<Live, Fault> {
        match &self.place {
            Place::File(file) => {
                if !make && !file.is_file() {
                    return Err(unavailable(NOT_THERE));
                }
                // Nothing of a destroyed key stays in the file.
                let conn = SqliteConnectOptions::new()
                    .filename(file)
                    .create_if_missing(make)
                    .busy_timeout(Duration::from_secs(5))
                    .journal_mode(SqliteJournalMode::Delete)
                    .synchronous(SqliteSynchronous::Extra)
                    .pragma("secure_delete", "on")
                    .disable_statement_logging()
                    .connect()
                    .await
                    .map_err(|error| unavailable(Fault::store("opening its file", &error)))?;
                let mut live = Live::Sqlite(conn);
                if make {
                    live.borrow()
                        .raw("making the key store", TABLES[Engine::Sqlite as usize])
                        .await?;
                }
                Ok(live)
            }
            Place::Postgres(place) => {
                let options = place
                    .as_ref()
                    .clone()
                    .application_name("hotich keys")
                    .disable_statement_logging();
                let doing = "reaching the keys of bodies";
                let conn = in_time(self.connect_timeout, doing, PgConnection::connect_with(&options));
                let mut live = Live::Postgres(conn.await?, self.statement_timeout);
                enter_schema(&mut live.borrow(), make, role).await?;
                Ok(live)
            }
        }
    }
}

/// A schema of its own, so that a dump of the ledger can leave it out.
async fn enter_schema(conn: &mut Connection<'_>, make: bool, role: Option<&str>) -> Result<(), Fault> {
    let rows = conn.rows(&SCHEMA, 0, &[]).await?;
    let schema = rows.first().map(|row| row.text("schema")).transpose()?;
    let schema = format!("{}_body_keys", schema.unwrap_or_default());
    let there = conn.rows(&SCHEMA_IS_THERE, 0, &[schema.as_str().into()]).await?;
    let there = there
        .first()
        .map(|row| row.text_opt("name"))
        .transpose()?
        .flatten();
    let quoted = format!("\"{}\"", schema.replace('"', "\"\""));
    let enter = format!("set search_path = {quoted}");
    if there.is_some() {
        return conn
            .raw("reaching the keys of bodies", AssertSqlSafe(enter))
            .await;
    }
    if !make {
        return Err(unavailable(NOT_THERE));
    }
    let grants = role.map_or(String::new(), |role| {
        let role = format!("\"{}\"", role.replace('"', "\"\""));
        format!(
            "grant usage on schema {quoted} to {role}; \
             grant select, insert, delete, update, truncate on body_store, body_span, body_key to {role};"
        )
    });
    let tables = TABLES[Engine::Postgres as usize];
    let sql = format!("begin; create schema if not exists {quoted}; {enter}; {tables} {grants} commit;");
    conn.raw("making the key store", AssertSqlSafe(sql)).await
}

async fn make(conn: &mut Connection<'_>, roots: &[(u64, Key)]) -> Result<BTreeMap<u64, Cover>, Fault> {
    let mut there = BTreeMap::new();
    begin(conn).await?;
    for (span, root) in roots {
        let number = number(*span)?;
        if conn.execute(&MAKE_SPAN, 0, &[number.into()]).await? == 1 {
            put(conn, number, &Cover::whole(root.clone()).0).await?;
        }
        let cover = cover(conn, number).await?;
        let cover = cover.ok_or_else(|| Fault::damaged("making a span of keys", "it is not there"))?;
        there.insert(*span, cover);
    }
    conn.raw("making a span of keys", "commit").await?;
    Ok(there)
}

async fn puncture(conn: &mut Connection<'_>, span: i64, places: &BTreeSet<u16>) -> Result<Cover, Fault> {
    begin(conn).await?;
    if conn.engine() == Engine::Postgres {
        // Whoever comes second waits for the first.
        conn.raw(
            "puncturing a span of keys",
            "lock table body_key in access exclusive mode",
        )
        .await?;
    }
    let before = cover(conn, span).await?.unwrap_or_default();
    let after = before.without(places);
    for node in before.0.iter().filter(|node| !after.0.contains(node)) {
        let row = [
            span.into(),
            i64::from(node.depth).into(),
            i64::from(node.number).into(),
        ];
        conn.execute(&DESTROY_KEY, 0, &row).await?;
    }
    if conn.engine() == Engine::Postgres {
        conn.raw("puncturing a span of keys", WRITE_ANEW).await?;
    }
    let new: Vec<Node> = after
        .0
        .iter()
        .filter(|node| !before.0.contains(node))
        .cloned()
        .collect();
    put(conn, span, &new).await?;
    conn.raw("puncturing a span of keys", "commit").await?;
    Ok(after)
}

async fn begin(conn: &mut Connection<'_>) -> Result<(), Fault> {
    let begin = match conn.engine() {
        Engine::Sqlite => "begin immediate",
        Engine::Postgres => "begin",
    };
    conn.raw("writing keys of bodies", begin).await
}

async fn put(conn: &mut Connection<'_>, span: i64, nodes: &[Node]) -> Result<(), Fault> {
    for node in nodes {
        let row: [Param<'_>; 4] = [
            span.into(),
            i64::from(node.depth).into(),
            i64::from(node.number).into(),
            (&*node.key).into(),
        ];
        conn.execute(&PUT_KEY, 0, &row).await?;
    }
    Ok(())
}

async fn cover(conn: &mut Connection<'_>, span: i64) -> Result<Option<Cover>, Fault> {
    let rows = conn.rows(&SPANS, 0, &[span.into(), span.into()]).await?;
    Ok(covers(&rows)?.into_values().next())
}

fn covers(rows: &[Row]) -> Result<BTreeMap<u64, Cover>, Fault> {
    let mut covers: BTreeMap<u64, Cover> = BTreeMap::new();
    for row in rows {
        let cover = covers.entry(row.count("span")?).or_default();
        // A span all of whose bodies were erased has no key.
        let Some(depth) = row.int_opt("depth")? else {
            continue;
        };
        let strange = || Fault::damaged("reading the keys of bodies", "a key has no place in the tree");
        let depth = u8::try_from(depth).ok().filter(|depth| *depth <= DEPTH);
        let depth = depth.ok_or_else(strange)?;
        let found = u16::try_from(row.int("number")?).ok();
        let number = found
            .filter(|number| u32::from(*number) < 1 << depth)
            .ok_or_else(strange)?;
        let key = row.array("key")?.into();
        cover.0.push(Node { depth, number, key });
    }
    for cover in covers.values_mut() {
        cover
            .0
            .sort_unstable_by_key(|node| u32::from(node.number) << (DEPTH - node.depth));
    }
    Ok(covers)
}

/// The key store cannot be used now: nothing is said about the bodies.
pub(crate) fn unavailable(why: impl std::fmt::Display) -> Fault {
    Fault::new(FaultKind::Unavailable, "reaching the keys of bodies", why)
}
