//! A ledger of its own for every test, on either engine, gone afterwards.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use futures_util::FutureExt as _;
use ledger::{Clock, Engine, Faults, Ledger, Location, Options};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _};

use super::sample::{Heard, founding};

/// A clock that stands where it is put.
pub struct Hands(pub AtomicI64);

impl Clock for Hands {
    fn now_ms(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// What a test gets.
pub struct Fixture {
    pub engine: Engine,
    pub location: Location,
    pub clock: Arc<Hands>,
    pub faults: Faults,
    /// Options of the next opening.
    pub options: Options,
    pub ledger: Ledger<Heard>,
    pub folder: tempfile::TempDir,
    pub database: Option<Database>,
}

/// A database of the throwaway server.
pub struct Database {
    pub name: String,
    pub options: PgConnectOptions,
    superuser: PgConnectOptions,
}

impl Fixture {
    async fn new(engine: Engine) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (location, database) = match engine {
            Engine::Sqlite => (Location::folder(folder.path()), None),
            Engine::Postgres => {
                let database = Database::create().await;
                (
                    Location::Postgres(Box::new(database.options.clone())),
                    Some(database),
                )
            }
        };
        let clock = Arc::new(Hands(AtomicI64::new(1_000)));
        let faults = Faults::default();
        let options = Options {
            faults: faults.clone(),
            ..Options::default()
        };
        let (ledger, receipt) = Ledger::init(&location, founding(), Heard, clock.clone(), options.clone())
            .await
            .expect("a new ledger");
        assert_eq!((receipt.position, receipt.tree_size), (0, 1));
        Fixture {
            engine,
            location,
            clock,
            faults,
            options,
            ledger,
            folder,
            database,
        }
    }

    /// Opens the ledger once more, beside the one that is open.
    pub async fn another(&self) -> Ledger<Heard> {
        Ledger::open(&self.location, Heard, self.clock.clone(), self.options.clone())
            .await
            .expect("it opens")
    }

    /// Closes the ledger and opens it again.
    pub async fn reopen(&mut self) {
        self.ledger.close().await.expect("it closes");
        self.ledger = self.another().await;
    }

    /// Runs SQL past the ledger: as the owner of the file, or as the superuser of the database.
    pub async fn owner_sql(&self, sql: &str) -> Result<(), sqlx::Error> {
        match &self.database {
            None => {
                let mut conn = sqlx::SqliteConnection::connect_with(
                    &sqlx::sqlite::SqliteConnectOptions::new().filename(self.file()),
                )
                .await?;
                conn.execute(sqlx::raw_sql(AssertSqlSafe(sql))).await?;
                conn.close().await
            }
            Some(database) => {
                let mut conn = PgConnection::connect_with(&database.options).await?;
                conn.execute(sqlx::raw_sql(AssertSqlSafe(sql))).await?;
                conn.close().await
            }
        }
    }
}

/// Holds the lock that every commit needs, from outside, until it is let go.
pub enum Stall {
    Sqlite(sqlx::SqliteConnection),
    Postgres(PgConnection),
}

impl Fixture {
    /// Takes the lock.
    pub async fn stall(&self) -> Stall {
        match &self.database {
            None => {
                let file = sqlx::sqlite::SqliteConnectOptions::new().filename(self.file());
                let mut conn = sqlx::SqliteConnection::connect_with(&file)
                    .await
                    .expect("the file opens");
                conn.execute("begin immediate").await.expect("the lock");
                Stall::Sqlite(conn)
            }
            Some(database) => {
                let mut conn = PgConnection::connect_with(&database.options)
                    .await
                    .expect("the server answers");
                conn.execute("begin").await.expect("a transaction");
                conn.execute("select size from ledger_head for update")
                    .await
                    .expect("the lock");
                Stall::Postgres(conn)
            }
        }
    }

    /// The file of an embedded ledger.
    pub fn file(&self) -> std::path::PathBuf {
        self.folder.path().join(ledger::FILE_NAME)
    }

    /// Waits until the ledger takes writes.
    pub async fn writable(&self) {
        let mut status = self.ledger.follow_status();
        status
            .wait_for(|status| *status == ledger::Status::Writable)
            .await
            .expect("the sequencer lives");
    }
}

impl Stall {
    /// Lets the lock go.
    pub async fn end(self) {
        match self {
            Stall::Sqlite(conn) => conn.close().await.expect("it closes"),
            Stall::Postgres(conn) => conn.close().await.expect("it closes"),
        }
    }
}

impl Database {
    /// A database of its own on the server of `ops/with-postgres`.
    pub async fn create() -> Self {
        let superuser = server();
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let name = format!(
            "ledger_test_{}_{}",
            std::process::id(),
            COUNT.fetch_add(1, Ordering::Relaxed)
        );
        let mut conn = PgConnection::connect_with(&superuser)
            .await
            .expect("the server of ops/with-postgres answers");
        conn.execute(AssertSqlSafe(format!("create database {name}")))
            .await
            .expect("a database of its own");
        conn.close().await.expect("the connection closes");
        let options = superuser.clone().database(&name);
        Database {
            name,
            options,
            superuser,
        }
    }

    async fn drop(self) {
        let mut conn = PgConnection::connect_with(&self.superuser)
            .await
            .expect("the server answers");
        for sql in [
            format!("drop database {} with (force)", self.name),
            format!("drop role if exists hotich_app_{}_public", self.name),
            format!("drop role if exists {}_login", self.name),
        ] {
            conn.execute(AssertSqlSafe(sql)).await.expect("it is dropped");
        }
    }
}

/// The server's superuser. Over the Unix socket where `ops/with-postgres` names it.
fn server() -> PgConnectOptions {
    let url = std::env::var("HOTICH_TEST_POSTGRES").expect(
        "HOTICH_TEST_POSTGRES is not set: run the tests under ops/with-postgres, or set HOTICH_ONLY_SQLITE=1",
    );
    let options: PgConnectOptions = url.parse().expect("HOTICH_TEST_POSTGRES is a postgres:// URL");
    match std::env::var("HOTICH_TEST_POSTGRES_SOCKET") {
        Ok(folder) => options.socket(folder),
        Err(_) => options,
    }
}

/// Runs a test on an engine and cleans up, whatever comes of it.
pub async fn judge(engine: Engine, test: impl AsyncFnOnce(&mut Fixture)) {
    if engine == Engine::Postgres && std::env::var_os("HOTICH_ONLY_SQLITE").is_some_and(|only| only == "1") {
        eprintln!("not judged on PostgreSQL: HOTICH_ONLY_SQLITE=1");
        return;
    }
    let mut fixture = Fixture::new(engine).await;
    let verdict = AssertUnwindSafe(test(&mut fixture)).catch_unwind().await;
    let closed = fixture.ledger.close().await;
    if let Some(database) = fixture.database {
        database.drop().await;
    }
    match verdict {
        Ok(()) => closed.expect("the ledger closes in peace"),
        Err(panic) => std::panic::resume_unwind(panic),
    }
}

/// Makes a test of each named function on each engine.
#[macro_export]
macro_rules! both_engines {
    ($($name:ident)*) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                $crate::suite::fixture::judge(ledger::Engine::Sqlite, super::$name).await;
            })*
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                $crate::suite::fixture::judge(ledger::Engine::Postgres, super::$name).await;
            })*
        }
    };
}
