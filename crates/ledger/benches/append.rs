//! How many durable appends a second, against what plain single-row commits of the same bytes reach in the same run.
//!
//! `ops/with-postgres cargo bench -p ledger --bench append [-- SECONDS SAMPLES]` (`HOTICH_ONLY_SQLITE=1` without PostgreSQL).
//!
//! 64 tasks, each on its own stream, append one opaque event at a time (300 signed bytes, 300 of body) and wait for the receipt.
//! The reference inserts the same bytes into one table with the same keys, one row and one commit at a time: on PostgreSQL over
//! 64 connections, on SQLite (which has one writer) over one connection that 64 tasks share, both with the same durability.
//! Samples of both are taken in turn; the table shows medians, and the ratio of the medians. Afterwards the whole log is scanned,
//! and a read model of one row for each event is rebuilt from it.
#![allow(clippy::expect_used, reason = "a benchmark fails by panicking")]

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use bytes::Bytes;
use futures_util::TryStreamExt as _;
use ledger::{
    Candidate, Clock, Fault, Key, Ledger, Location, Options, Projector, Recorded, Statement, Stored,
    TableSpec, Tx,
};
use sha2::{Digest, Sha256};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _};
use tokio::sync::Mutex;

const CLIENTS: i64 = 64;
const SIGNED_BYTES: usize = 300;
const BODY_BYTES: usize = 300;

struct Nothing;

#[async_trait]
impl Projector for Nothing {
    type Event = ();
    fn decode(&self, _: &Stored) -> Result<(), Fault> {
        Ok(())
    }
    fn schema(&self) -> &'static [TableSpec] {
        &[]
    }
    async fn apply(&self, _: &mut Tx<'_>, _: &[Recorded<()>]) -> Result<(), Fault> {
        Ok(())
    }
}

/// One row for each event: the least a read model can be.
struct Seen;

#[async_trait]
impl Projector for Seen {
    type Event = ();
    fn decode(&self, _: &Stored) -> Result<(), Fault> {
        Ok(())
    }
    fn schema(&self) -> &'static [TableSpec] {
        const CREATE: Statement = Statement::both(
            "create seen",
            "create table seen{g} (event_id text primary key, position bigint not null, hash text not null)",
        );
        &[TableSpec {
            name: "seen{g}",
            create: &[CREATE],
            indexes: &[],
            follows: false,
            key: &[Key::Text("event_id")],
        }]
    }
    async fn apply(&self, tx: &mut Tx<'_>, events: &[Recorded<()>]) -> Result<(), Fault> {
        const INSERT: Statement = Statement::pair(
            "seen",
            "insert into seen{g} select value ->> 'event_id', value ->> 'position', value ->> 'hash' from json_each($1)",
            "insert into seen{g} select * from json_to_recordset($1::json) as r (event_id text, position bigint, hash text)",
        );
        let rows: Vec<_> = events
            .iter()
            .map(|event| {
                serde_json::json!({
                    "event_id": hex::encode(event.event_id),
                    "position": event.position,
                    "hash": hex::encode(event.hash),
                })
            })
            .collect();
        tx.write_rows(&INSERT, serde_json::Value::from(rows).to_string());
        Ok(())
    }
}

struct Still;

impl Clock for Still {
    fn now_ms(&self) -> i64 {
        1
    }
}

/// One client's stream of opaque events: every byte different, as signatures are.
struct Client {
    stream: i64,
    seq: u64,
    prev: [u8; 32],
}

impl Client {
    fn next(&mut self) -> Candidate<()> {
        let mut bytes = vec![0; SIGNED_BYTES + BODY_BYTES];
        let seed = [self.stream.to_be_bytes(), self.seq.to_be_bytes()].concat();
        blake3::Hasher::new()
            .update(&seed)
            .finalize_xof()
            .fill(&mut bytes);
        let signed = Bytes::copy_from_slice(&bytes[..SIGNED_BYTES]);
        let hash: [u8; 32] = blake3::hash(&signed).into();
        let mut event_id = [0; 16];
        // As UUIDv7: growing with time.
        event_id[..8].copy_from_slice(&(self.seq << 8).to_be_bytes());
        event_id[8..].copy_from_slice(&self.stream.to_be_bytes());
        let candidate = Candidate {
            event_id,
            stream: self.stream,
            seq: self.seq,
            prev: self.prev,
            kind: 1,
            touches: Vec::new(),
            erases: Vec::new(),
            twin: Sha256::digest(&signed).into(),
            signed,
            sealed_body: Bytes::copy_from_slice(&bytes[SIGNED_BYTES..]),
            hash,
            authority: 1,
            event: Box::new(()),
        };
        self.seq += 1;
        self.prev = candidate.hash;
        candidate
    }
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let numbers: Vec<u64> = std::env::args()
        .filter_map(|argument| argument.parse().ok())
        .collect();
    let length = Duration::from_secs(numbers.first().copied().unwrap_or(3));
    let samples = numbers.get(1).copied().unwrap_or(5);
    println!(
        "{CLIENTS} clients, {SIGNED_BYTES} + {BODY_BYTES} bytes, {samples} samples of {} s each",
        length.as_secs()
    );
    println!(
        "| engine | ledger /s | plain inserts /s | ratio | events a commit | p50 / p99 ms | scan /s | rebuild /s |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    let folder = tempfile::tempdir().expect("a folder");
    let plain = Plain::Sqlite(Arc::new(Mutex::new(plain_sqlite(folder.path()).await)));
    compare("SQLite", &Location::folder(folder.path()), plain, length, samples).await;
    if std::env::var_os("HOTICH_ONLY_SQLITE").is_none() {
        let superuser = server();
        let database = "ledger_bench";
        let mut conn = PgConnection::connect_with(&superuser)
            .await
            .expect("the server answers");
        conn.execute(AssertSqlSafe(format!("create database {database}")))
            .await
            .expect("a database");
        let options = superuser.clone().database(database);
        let plain = plain_postgres(&options).await;
        compare(
            "PostgreSQL",
            &Location::Postgres(Box::new(options)),
            plain,
            length,
            samples,
        )
        .await;
        let drop = format!("drop database {database} with (force)");
        conn.execute(AssertSqlSafe(drop)).await.expect("dropped");
        conn.execute(AssertSqlSafe(format!("drop role hotich_app_{database}_public")))
            .await
            .expect("dropped");
    }
}

fn server() -> PgConnectOptions {
    let url = std::env::var("HOTICH_TEST_POSTGRES")
        .expect("run under ops/with-postgres, or set HOTICH_ONLY_SQLITE=1");
    let options: PgConnectOptions = url.parse().expect("a postgres:// URL");
    match std::env::var("HOTICH_TEST_POSTGRES_SOCKET") {
        Ok(folder) => options.socket(folder),
        Err(_) => options,
    }
}

async fn compare(name: &str, location: &Location, plain: Plain, length: Duration, samples: u64) {
    let mut founder = Client {
        stream: 0,
        seq: 0,
        prev: [0; 32],
    };
    let founding = founder.next();
    let prev = founding.hash;
    let (ledger, _) = Ledger::init(location, founding, Nothing, Arc::new(Still), Options::default())
        .await
        .expect("a new ledger");
    let mut clients: Vec<Client> = (1..=CLIENTS)
        .map(|client| Client {
            stream: client * 4,
            seq: 0,
            prev,
        })
        .collect();
    let mut others: Vec<Client> = (1..=CLIENTS)
        .map(|client| Client {
            stream: client * 4,
            seq: 0,
            prev,
        })
        .collect();
    let (mut ours, mut theirs, mut waits) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..samples {
        let plain = plain.clone();
        let insert = move |candidate: Candidate<()>, client| {
            let plain = plain.clone();
            async move { plain.insert(client, &candidate).await }
        };
        others = run(others, length, &mut theirs, &mut Vec::new(), insert).await;
        let writer = ledger.clone();
        let append = move |candidate, _| {
            let ledger = writer.clone();
            async move {
                ledger.append(candidate).await.expect("recorded");
            }
        };
        clients = run(clients, length, &mut ours, &mut waits, append).await;
    }
    let size = ledger.head().size;
    let commits = ledger.batches(0, u32::MAX).await.expect("reads").len() as u64;
    let started = Instant::now();
    let read: usize = ledger
        .scan(0, size)
        .try_fold(0, async |sum, page| Ok(sum + page.len()))
        .await
        .expect("reads");
    let scanned = read as f64 / started.elapsed().as_secs_f64();
    ledger.close().await.expect("it closes");
    let started = Instant::now();
    let replayed = ledger::rebuild(location, Seen, &Options::default(), |_| {})
        .await
        .expect("rebuilt");
    let rebuilt = replayed as f64 / started.elapsed().as_secs_f64();
    waits.sort_unstable();
    let percentile = |percent: usize| waits[waits.len() * percent / 100].as_secs_f64() * 1_000.0;
    let (ours, theirs) = (median(ours), median(theirs));
    println!(
        "| {name} | {ours:.0} | {theirs:.0} | {:.2} | {:.0} | {:.1} / {:.1} | {scanned:.0} | {rebuilt:.0} |",
        ours / theirs,
        size as f64 / commits as f64,
        percentile(50),
        percentile(99),
    );
}

/// Lets every client work for a while; adds the rate to `rates`, and how long each event took to `waits`.
async fn run<F>(
    clients: Vec<Client>,
    length: Duration,
    rates: &mut Vec<f64>,
    waits: &mut Vec<Duration>,
    work: impl Fn(Candidate<()>, usize) -> F + Clone + Send + 'static,
) -> Vec<Client>
where
    F: Future<Output = ()> + Send,
{
    let done = Arc::new(AtomicU64::new(0));
    let started = Instant::now();
    let tasks: Vec<_> = clients
        .into_iter()
        .enumerate()
        .map(|(number, mut client)| {
            let (work, done) = (work.clone(), Arc::clone(&done));
            tokio::spawn(async move {
                let mut waits = Vec::new();
                while started.elapsed() < length {
                    let candidate = client.next();
                    let asked = Instant::now();
                    work(candidate, number).await;
                    waits.push(asked.elapsed());
                    done.fetch_add(1, Ordering::Relaxed);
                }
                (client, waits)
            })
        })
        .collect();
    let mut clients = Vec::new();
    for task in tasks {
        let (client, waited) = task.await.expect("a client");
        clients.push(client);
        waits.extend(waited);
    }
    rates.push(done.load(Ordering::Relaxed) as f64 / started.elapsed().as_secs_f64());
    clients
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values[values.len() / 2]
}

/// The reference: one row, one commit.
#[derive(Clone)]
enum Plain {
    Sqlite(Arc<Mutex<SqliteConnection>>),
    Postgres(Arc<Vec<Mutex<PgConnection>>>),
}

const INSERT: &str = "insert into plain (event_id, stream, seq, hash, twin, signed, sealed) values ($1, $2, $3, $4, $5, $6, $7)";

impl Plain {
    async fn insert(&self, client: usize, candidate: &Candidate<()>) {
        macro_rules! insert {
            ($conn:expr) => {
                sqlx::query(INSERT)
                    .bind(&candidate.event_id[..])
                    .bind(candidate.stream)
                    .bind(candidate.seq as i64)
                    .bind(&candidate.hash[..])
                    .bind(&candidate.twin[..])
                    .bind(&candidate.signed[..])
                    .bind(&candidate.sealed_body[..])
                    .execute(&mut *$conn)
                    .await
                    .map(drop)
                    .expect("inserted")
            };
        }
        match self {
            Plain::Sqlite(conn) => insert!(conn.lock().await),
            Plain::Postgres(conns) => insert!(conns[client].lock().await),
        }
    }
}

async fn plain_sqlite(folder: &std::path::Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new()
        .filename(folder.join("plain.db"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .disable_statement_logging();
    let mut conn = SqliteConnection::connect_with(&options).await.expect("a file");
    conn.execute(
        "create table plain (position integer primary key, event_id blob not null unique, stream integer not null, \
         seq integer not null, hash blob not null, twin blob not null, signed blob not null, sealed blob not null, \
         unique (stream, seq)) strict",
    )
    .await
    .expect("a table");
    conn
}

async fn plain_postgres(options: &PgConnectOptions) -> Plain {
    let options = options.clone().disable_statement_logging();
    let mut conns = Vec::new();
    for _ in 0..CLIENTS {
        conns.push(Mutex::new(
            PgConnection::connect_with(&options)
                .await
                .expect("the server answers"),
        ));
    }
    conns[0]
        .lock()
        .await
        .execute(
            "create table plain (position bigint generated always as identity primary key, event_id bytea not null unique, \
             stream bigint not null, seq bigint not null, hash bytea not null, twin bytea not null, signed bytea not null, \
             sealed bytea not null, unique (stream, seq))",
        )
        .await
        .expect("a table");
    Plain::Postgres(Arc::new(conns))
}
