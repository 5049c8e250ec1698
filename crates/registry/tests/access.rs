//! The log of accesses under the hands of whoever owns the store: every change is found, on both engines.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};

use civil::access::{Access, Reader, Reading};
use civil::cose::{SecretKey, sign};
use civil::id::{EntryId, OfficeId};
use civil::value::Text;
use civil::wire::Wire as _;
use ledger::AccessEnd;
use registry::{
    AccessFinding, Clock, Founding, LogSigner, Options, Registry, RegistryError, SeededChance, check_accesses,
};
use serde_json::{Value as Json, json};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _};
use tempfile::TempDir;
use tlog::KeyKind;

const ORIGIN: &str = "log.example/civil-status";

#[derive(Debug)]
struct Standing(AtomicI64);

impl Clock for Standing {
    fn now_ms(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

/// What a finding has to be.
type Expected = Box<dyn Fn(&AccessFinding) -> bool>;

/// A ledger with a keeper, seventeen lines and two lists that anchor ten and fifteen of them.
struct Scene {
    registry: Registry,
    keeper: SecretKey,
    folder: TempDir,
    database: Option<PgConnectOptions>,
}

fn line(number: u8) -> Access {
    Access {
        at_ms: 1_790_000_000_000 + u64::from(number),
        reader: Reader::Office,
        office: OfficeId(7),
        token: [number; 32],
        reading: Reading::Entry,
        entries: vec![EntryId::from_bytes([number; 16])],
        events: Vec::new(),
        numbers: None,
        shown: 1,
        purpose: None,
        from: None,
    }
}

impl Scene {
    async fn set(postgres: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = match postgres {
            true => Some(database().await),
            false => None,
        };
        let location = match &database {
            Some(options) => ledger::Location::Postgres(Box::new(options.clone())),
            None => ledger::Location::folder(folder.path()),
        };
        let administrator = SecretKey::ed25519(&[7; 32]);
        let log_key = LogSigner::new(ORIGIN, KeyKind::Ed25519, &[1; 32]).unwrap();
        let founding = Founding {
            origin: Text::from_input(ORIGIN).unwrap(),
            log_key: Text::from_input(&log_key.verifier().to_string()).unwrap(),
            administrator: &administrator,
        };
        let clock = Arc::new(Standing(AtomicI64::new(1_790_000_000_000)));
        let chance = Arc::new(SeededChance::new(7));
        let registry = Registry::found(location, founding, clock as _, chance, Options::default());
        let scene = Self {
            registry: registry.await.unwrap(),
            keeper: SecretKey::ed25519(&[8; 32]),
            folder,
            database,
        };
        let key = hex::encode(scene.keeper.public().to_cose_key());
        let grant = json!({ "office": 0, "key": key, "role": "keeper", "valid_from": "2020-01-01" });
        let grant = json!({ "kind": "key_granted", "act": grant });
        scene.file(&administrator, grant).await.unwrap();
        for (from, to) in [(0, 10), (10, 15)] {
            for number in from..to {
                let written = scene.registry.write_down(&line(number)).await;
                assert_eq!(written.unwrap(), u64::from(number));
            }
            scene.list(|_| {}).await.unwrap();
        }
        for number in 15..17 {
            scene.registry.write_down(&line(number)).await.unwrap();
        }
        scene
    }

    async fn file(&self, key: &SecretKey, mut request: Json) -> Result<(), RegistryError> {
        request["office"] = 0.into();
        request["key"] = key.public().id().to_string().into();
        let draft = self.registry.draft(&request).await?;
        let signed = sign(&draft.envelope_bytes, key);
        self.registry
            .record(signed.into(), draft.sealed_body.into())
            .await
            .map(drop)
    }

    /// Lists the heads of the streams, after somebody changed what the list says.
    async fn list(&self, change: impl FnOnce(&mut Json)) -> Result<(), RegistryError> {
        let mut act = self.registry.propose_heads().await?.to_json();
        change(&mut act);
        let request = json!({ "kind": "stream_heads", "lane": "desk", "act": act });
        self.file(&self.keeper, request).await
    }

    async fn sql(&self, sql: &str) {
        match &self.database {
            None => {
                let file = SqliteConnectOptions::new().filename(self.folder.path().join("ledger.db"));
                let mut conn = SqliteConnection::connect_with(&file).await.unwrap();
                conn.execute(sqlx::raw_sql(AssertSqlSafe(sql))).await.expect(sql);
                conn.close().await.unwrap();
            }
            Some(options) => {
                let mut conn = PgConnection::connect_with(options).await.unwrap();
                conn.execute(sqlx::raw_sql(AssertSqlSafe(sql))).await.expect(sql);
                conn.close().await.unwrap();
            }
        }
    }

    /// An owner does not ask triggers.
    async fn open_up(&self) {
        if self.database.is_none() {
            for table in ["access", "access_entry"] {
                for when in ["updated", "deleted", "replaced"] {
                    self.sql(&format!("drop trigger {table}_is_never_{when}")).await;
                }
            }
        }
        for table in ["access", "access_entry"] {
            self.sql(&format!("create table {table}_was as select * from {table}"))
                .await;
        }
    }

    async fn restore(&self) {
        for table in ["access", "access_entry"] {
            self.sql(&format!(
                "delete from {table}; insert into {table} select * from {table}_was"
            ))
            .await;
        }
    }

    async fn findings(&self) -> Vec<AccessFinding> {
        check_accesses(self.registry.ledger()).await.unwrap().findings
    }

    fn blob(&self, bytes: &[u8]) -> String {
        match self.database {
            None => format!("x'{}'", hex::encode(bytes)),
            Some(_) => format!("'\\x{}'", hex::encode(bytes)),
        }
    }

    /// Computes the chain anew from a line on, which says something else now.
    async fn rewrite(&self, from: u64, with: &[u8]) {
        let lines = self.registry.ledger().access_lines(0, 1_000).await.unwrap();
        let mut end = AccessEnd::NONE;
        for kept in lines {
            let line = if kept.n == from {
                with
            } else {
                kept.line.as_slice()
            };
            end = end.then(line);
            let (line, hash) = (self.blob(line), self.blob(&end.hash));
            self.sql(&format!(
                "update access set line = {line}, hash = {hash} where n = {}",
                kept.n
            ))
            .await;
        }
    }

    async fn end(self) {
        self.registry.ledger().close().await.unwrap();
        if let Some(options) = self.database {
            let name = options.get_database().unwrap().to_owned();
            let mut conn = PgConnection::connect_with(&server()).await.unwrap();
            for sql in [
                format!("drop database {name} with (force)"),
                format!("drop role if exists hotich_app_{name}_public"),
            ] {
                conn.execute(AssertSqlSafe(sql)).await.unwrap();
            }
        }
    }
}

fn server() -> PgConnectOptions {
    let url = std::env::var("HOTICH_TEST_POSTGRES").expect(
        "HOTICH_TEST_POSTGRES is not set: run the tests under ops/with-postgres, or set HOTICH_ONLY_SQLITE=1",
    );
    url.parse().expect("a postgres:// URL")
}

async fn database() -> PgConnectOptions {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let name = format!(
        "access_test_{}_{}",
        std::process::id(),
        COUNT.fetch_add(1, Ordering::Relaxed)
    );
    let mut conn = PgConnection::connect_with(&server()).await.unwrap();
    conn.execute(AssertSqlSafe(format!("create database {name}")))
        .await
        .unwrap();
    conn.close().await.unwrap();
    server().database(&name)
}

macro_rules! on_both_engines {
    ($($name:ident)*) => {
        mod sqlite {
            $(#[tokio::test] async fn $name() { super::$name(false).await; })*
        }
        mod postgres {
            $(#[tokio::test] async fn $name() {
                if std::env::var_os("HOTICH_ONLY_SQLITE").is_some_and(|only| only == "1") {
                    eprintln!("not judged on PostgreSQL: HOTICH_ONLY_SQLITE=1");
                } else {
                    super::$name(true).await;
                }
            })*
        }
    };
}

on_both_engines! {
    whatever_is_changed_in_the_log_of_accesses_is_found
    a_list_with_another_end_of_the_log_of_accesses_is_refused
}

async fn whatever_is_changed_in_the_log_of_accesses_is_found(postgres: bool) {
    let scene = Scene::set(postgres).await;
    let report = check_accesses(scene.registry.ledger()).await.unwrap();
    assert_eq!((report.lines, report.anchors), (17, 2));
    assert_eq!(report.findings, []);
    scene.open_up().await;
    let anchor = |size| {
        let found = move |finding: &AccessFinding| matches!(finding, AccessFinding::Anchor { size: of, .. } if *of == size);
        Box::new(found) as Expected
    };
    let is = |finding: AccessFinding| Box::new(move |found: &AccessFinding| *found == finding) as _;
    let index = |found, said| is(AccessFinding::Index { found, said });
    let copy = "update access set line = (select line from access where n = 4) where n = 3";
    let swap = "update access set n = -1 where n = 4; update access set n = 4 where n = 5; update access set n = 5 where n = -1";
    let changes: [(&str, Vec<Expected>); 12] = [
        // An edited line, a dropped one, two in each other's place.
        (
            copy,
            vec![is(AccessFinding::Changed(3)), is(AccessFinding::Misplaced(3))],
        ),
        (
            "delete from access where n = 6",
            vec![is(AccessFinding::Missing(6, 7))],
        ),
        (
            "delete from access where n = 0",
            vec![is(AccessFinding::Missing(0, 1))],
        ),
        (
            swap,
            vec![is(AccessFinding::Changed(4)), is(AccessFinding::Changed(5))],
        ),
        // A tail that an anchor speaks of.
        (
            "delete from access where n >= 14; delete from access_entry where n >= 14",
            vec![anchor(15)],
        ),
        (
            "delete from access; delete from access_entry",
            vec![anchor(10), anchor(15)],
        ),
        // What lines are found by.
        (
            "update access set office = 9 where n = 2",
            vec![is(AccessFinding::Misplaced(2))],
        ),
        (
            "update access set token = hash where n = 2",
            vec![is(AccessFinding::Misplaced(2))],
        ),
        (
            "update access set hash = token where n = 2",
            vec![is(AccessFinding::Changed(2)), is(AccessFinding::Changed(3))],
        ),
        (
            "update access set at_ms = 9 where n = 2",
            vec![is(AccessFinding::Misplaced(2))],
        ),
        ("delete from access_entry where n = 2", vec![index(16, 17)]),
        (
            "insert into access_entry (entry, n) select entry, 9 from access_entry where n = 2",
            vec![index(18, 17)],
        ),
    ];
    for (change, expected) in changes {
        scene.sql(change).await;
        let findings = scene.findings().await;
        for expected in expected {
            assert!(findings.iter().any(expected), "{change}: {findings:?}");
        }
        scene.restore().await;
        assert_eq!(scene.findings().await, [], "{change}");
    }
    // Whoever computes the chain anew meets the anchors.
    let mut other = line(9);
    other.entries.clear();
    scene.rewrite(9, &other.encode()).await;
    scene.sql("delete from access_entry where n = 9").await;
    let findings = scene.findings().await;
    assert!(
        findings.iter().any(anchor(10)) && findings.iter().any(anchor(15)),
        "{findings:?}"
    );
    assert!(!findings.contains(&AccessFinding::Changed(9)), "{findings:?}");
    scene.restore().await;
    scene.rewrite(16, b"no line").await;
    assert!(scene.findings().await.contains(&AccessFinding::Unreadable(16)));
    scene.restore().await;
    // What no anchor speaks of yet can be cut off: the next list bounds it.
    scene
        .sql("delete from access where n >= 15; delete from access_entry where n >= 15")
        .await;
    assert_eq!(scene.findings().await, []);
    scene.end().await;
}

async fn a_list_with_another_end_of_the_log_of_accesses_is_refused(postgres: bool) {
    let scene = Scene::set(postgres).await;
    let changes: [fn(&mut Json); 4] = [
        |act| act["access_size"] = 16.into(),
        |act| act["access_size"] = 18.into(),
        |act| act["access_size"] = 0.into(),
        |act| act["access_head"] = "33".repeat(32).into(),
    ];
    for (number, change) in changes.into_iter().enumerate() {
        let refused = scene.list(change).await.unwrap_err();
        assert!(
            matches!(refused, RegistryError::Refused(_) | RegistryError::Form(_)),
            "{number}: {refused}"
        );
    }
    scene.list(|_| {}).await.unwrap();
    let report = check_accesses(scene.registry.ledger()).await.unwrap();
    assert_eq!((report.lines, report.anchors, report.findings), (17, 3, vec![]));
    scene.end().await;
}
