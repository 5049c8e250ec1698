//! What the read models cost for each event: a whole rebuild (reading the log, decoding, applying, committing), and what of it is
//! spent in `Projections::apply` itself.
//!
//! `cargo bench -p projections --features testing`; PostgreSQL too under `ops/with-postgres`. `HOTICH_BENCH_EVENTS` sets the size of the
//! log (20,000).
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    missing_docs,
    reason = "a benchmark that cannot go on stops where it stands"
)]

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use civil::event::CivilEvent;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use ledger::{Clock, Fault, Ledger, Location, Options, Projector, Recorded, Stored, TableSpec, Tx};
use projections::Projections;
use projections::testing::{Country, Written};
use sqlx::Connection as _;
use tokio::runtime::Runtime;

/// The projector, with a stop-watch.
#[derive(Default)]
struct Timed {
    decoding_ns: AtomicU64,
    applying_ns: AtomicU64,
}

impl Timed {
    fn reset(&self) {
        self.decoding_ns.store(0, Ordering::Relaxed);
        self.applying_ns.store(0, Ordering::Relaxed);
    }
}

#[async_trait]
impl Projector for Timed {
    type Event = CivilEvent;

    fn decode(&self, stored: &Stored) -> Result<CivilEvent, Fault> {
        let began = Instant::now();
        let event = Projections.decode(stored);
        self.decoding_ns
            .fetch_add(began.elapsed().as_nanos() as u64, Ordering::Relaxed);
        event
    }

    fn schema(&self) -> &'static [TableSpec] {
        Projections.schema()
    }

    async fn apply(&self, tx: &mut Tx<'_>, events: &[Recorded<CivilEvent>]) -> Result<(), Fault> {
        let began = Instant::now();
        let done = Projections.apply(tx, events).await;
        self.applying_ns
            .fetch_add(began.elapsed().as_nanos() as u64, Ordering::Relaxed);
        done
    }
}

struct Still;

impl Clock for Still {
    fn now_ms(&self) -> i64 {
        1_740_000_000_000
    }
}

async fn fill(location: &Location, events: &[Written]) -> Ledger<Timed> {
    let (founding, rest) = events.split_first().unwrap();
    let made = Ledger::init(
        location,
        founding.candidate(),
        Timed::default(),
        Arc::new(Still),
        Options::default(),
    );
    let (ledger, _) = made.await.unwrap();
    ledger.projector().reset();
    let mut answers = Vec::new();
    for written in rest {
        answers.push(ledger.submit_patiently(written.candidate()).await.unwrap());
    }
    for answer in answers {
        answer.await.unwrap();
    }
    let spent = ledger.projector().applying_ns.load(Ordering::Relaxed);
    println!(
        "live: {:.1} µs in apply for each event",
        spent as f64 / 1e3 / events.len() as f64
    );
    ledger
}

fn measure(criterion: &mut Criterion, runtime: &Runtime, name: &str, ledger: &Ledger<Timed>, events: usize) {
    let mut group = criterion.benchmark_group(name);
    group
        .sample_size(10)
        .throughput(Throughput::Elements(events as u64));
    let timed = ledger.projector();
    timed.reset();
    let (mut rebuilds, cpu) = (0, cpu());
    group.bench_function("rebuild", |bencher| {
        bencher.iter(|| {
            rebuilds += 1;
            runtime.block_on(ledger.rebuild(|_| ())).unwrap();
        });
    });
    group.finish();
    let each = |spent: Duration| spent.as_secs_f64() * 1e6 / (rebuilds * events) as f64;
    let ns = |counter: &AtomicU64| each(Duration::from_nanos(counter.load(Ordering::Relaxed)));
    println!(
        "{name}: for each event {:.1} µs in apply, {:.1} µs in decode; the process used {:.1} µs of CPU for all of it",
        ns(&timed.applying_ns),
        ns(&timed.decoding_ns),
        cpu.zip(self::cpu())
            .map_or(f64::NAN, |(before, after)| each(after - before)),
    );
}

/// CPU time of this process, all threads: on a busy machine the clock on the wall says little. Linux only.
fn cpu() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = stat.rsplit(')').next()?.split_whitespace().collect();
    let ticks: u64 = fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?;
    Some(Duration::from_millis(ticks * 10))
}

fn events() -> Vec<Written> {
    let count = std::env::var("HOTICH_BENCH_EVENTS")
        .ok()
        .and_then(|count| count.parse().ok())
        .unwrap_or(20_000);
    let mut country = Country::new(5, count as u64 / 2);
    country.take_many(count)
}

fn bench(criterion: &mut Criterion) {
    let runtime = Runtime::new().unwrap();
    let events = events();
    let folder = tempfile::tempdir().unwrap();
    let ledger = runtime.block_on(fill(&Location::folder(folder.path()), &events));
    measure(criterion, &runtime, "sqlite", &ledger, events.len());
    runtime.block_on(ledger.close()).unwrap();
    let Ok(server) = std::env::var("HOTICH_TEST_POSTGRES") else {
        println!("not measured on PostgreSQL: run under ops/with-postgres");
        return;
    };
    let name = format!("projections_bench_{}", std::process::id());
    runtime.block_on(statement(&server, format!("create database {name}")));
    let location = Location::parse(&format!("{server}/{name}")).unwrap();
    let ledger = runtime.block_on(fill(&location, &events));
    measure(criterion, &runtime, "postgres", &ledger, events.len());
    runtime.block_on(ledger.close()).unwrap();
    runtime.block_on(statement(&server, format!("drop database {name} with (force)")));
    runtime.block_on(statement(
        &server,
        format!("drop role if exists hotich_app_{name}_public"),
    ));
}

async fn statement(server: &str, sql: String) {
    let mut conn = sqlx::PgConnection::connect(server).await.unwrap();
    sqlx::query(sqlx::AssertSqlSafe(sql))
        .execute(&mut conn)
        .await
        .unwrap();
    conn.close().await.unwrap();
}

criterion_group!(benches, bench);
criterion_main!(benches);
