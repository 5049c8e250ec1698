//! A ledger of its own for every test, on either engine, gone afterwards.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use civil::event::CivilEvent;
use civil::id::EntryId;
use futures_util::FutureExt as _;
use ledger::{Clock, Engine, Ledger, Location, Options, Projector as _, Reader, Receipt};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, Connection as _};

use super::{Country, Scribe, Written};
use crate::Projections;

/// A clock that goes on by a second whenever it is read.
struct Ticking(AtomicI64);

impl Clock for Ticking {
    fn now_ms(&self) -> i64 {
        self.0.fetch_add(1_000, Ordering::Relaxed)
    }
}

/// A ledger with a founding event.
pub(crate) struct Fixture {
    pub(crate) ledger: Ledger<Projections>,
    folder: tempfile::TempDir,
}

impl Fixture {
    pub(crate) fn reader(&self) -> Reader<'_> {
        self.ledger.reader()
    }

    /// Appends one after the other, each in a batch of its own.
    pub(crate) async fn append(&self, written: &Written) -> Receipt {
        let receipt = self.ledger.append(written.candidate()).await;
        self.settle().await;
        receipt.expect("the event is recorded")
    }

    /// Waits until the tables that follow show everything.
    async fn settle(&self) {
        self.ledger.reader_of_all().await.expect("the tables follow");
    }

    /// Sends all at once, so that they share batches, and waits for all.
    pub(crate) async fn append_all(&self, written: &[Written]) {
        let mut answers = Vec::new();
        for written in written {
            answers.push(
                self.ledger
                    .submit_patiently(written.candidate())
                    .await
                    .expect("the queue takes it"),
            );
        }
        for answer in answers {
            answer.await.expect("the event is recorded");
        }
        self.settle().await;
    }

    /// The events of an entry, from the log.
    pub(crate) async fn events(&self, entry: EntryId) -> Vec<CivilEvent> {
        let stored = self
            .ledger
            .by_entry(entry.as_bytes(), None)
            .await
            .expect("the log can be read");
        stored
            .iter()
            .map(|stored| Projections.decode(stored).expect("it decodes"))
            .collect()
    }

    /// Digests of the live tables.
    pub(crate) async fn digests(&self) -> ledger::Digests {
        self.ledger
            .digests(Projections.schema())
            .await
            .expect("the tables have digests")
    }

    /// Digests of tables computed from the log in a scratch file.
    pub(crate) async fn recomputed(&self) -> ledger::Digests {
        let events = self.ledger.scan(0, self.ledger.head().size);
        ledger::recompute(events, Projections, self.folder.path(), u64::MAX)
            .await
            .expect("the log replays")
    }
}

/// Runs a test on a ledger of a new country whose offices are open and have done nothing yet.
pub(crate) async fn judge_opened(engine: Engine, test: impl AsyncFnOnce(&Fixture, Scribe)) {
    let mut country = Country::new(3, u64::MAX);
    let opening = country.waiting();
    judge(engine, &opening[0], async |fixture| {
        fixture.append_all(&opening[1..]).await;
        test(fixture, country.scribe).await;
    })
    .await;
}

/// Runs a test on a new ledger and cleans up, whatever comes of it.
pub(crate) async fn judge(engine: Engine, founding: &Written, test: impl AsyncFnOnce(&Fixture)) {
    if engine == Engine::Postgres && std::env::var_os("HOTICH_ONLY_SQLITE").is_some_and(|only| only == "1") {
        eprintln!("not judged on PostgreSQL: HOTICH_ONLY_SQLITE=1");
        return;
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let database = match engine {
        Engine::Sqlite => None,
        Engine::Postgres => Some(Database::create().await),
    };
    let location = match &database {
        None => Location::folder(folder.path()),
        Some(database) => Location::Postgres(Box::new(database.options.clone())),
    };
    let clock = Arc::new(Ticking(AtomicI64::new(1_740_000_000_000)));
    let made = Ledger::init(
        &location,
        founding.candidate(),
        Projections,
        clock,
        Options::default(),
    )
    .await;
    let (ledger, _) = made.expect("a new ledger");
    let fixture = Fixture { ledger, folder };
    let verdict = AssertUnwindSafe(test(&fixture)).catch_unwind().await;
    let closed = fixture.ledger.close().await;
    if let Some(database) = database {
        database.drop().await;
    }
    match verdict {
        Ok(()) => closed.expect("the ledger closes in peace"),
        Err(panic) => std::panic::resume_unwind(panic),
    }
}

/// A database of its own on the server of `ops/with-postgres`.
struct Database {
    name: String,
    options: PgConnectOptions,
    superuser: PgConnectOptions,
}

impl Database {
    async fn create() -> Self {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let url = std::env::var("HOTICH_TEST_POSTGRES").expect(
            "HOTICH_TEST_POSTGRES is not set: run the tests under ops/with-postgres, or set HOTICH_ONLY_SQLITE=1",
        );
        let mut superuser: PgConnectOptions = url.parse().expect("HOTICH_TEST_POSTGRES is a postgres:// URL");
        if let Ok(folder) = std::env::var("HOTICH_TEST_POSTGRES_SOCKET") {
            superuser = superuser.socket(folder);
        }
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("projections_test_{}_{number}", std::process::id());
        run(&superuser, format!("create database {name}")).await;
        Self {
            options: superuser.clone().database(&name),
            name,
            superuser,
        }
    }

    async fn drop(self) {
        run(
            &self.superuser,
            format!("drop database {} with (force)", self.name),
        )
        .await;
        run(
            &self.superuser,
            format!("drop role if exists hotich_app_{}_public", self.name),
        )
        .await;
    }
}

async fn run(server: &PgConnectOptions, sql: String) {
    let mut conn = PgConnection::connect_with(server)
        .await
        .expect("the server of ops/with-postgres answers");
    sqlx::query(AssertSqlSafe(sql))
        .execute(&mut conn)
        .await
        .expect("the statement runs");
    conn.close().await.expect("the connection closes");
}

/// Makes a test of each named function on each engine. A function makes its own country and ledger.
macro_rules! both_engines {
    ($($name:ident)*) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                super::$name(ledger::Engine::Sqlite).await;
            })*
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                super::$name(ledger::Engine::Postgres).await;
            })*
        }
    };
}
pub(crate) use both_engines;
