//! What a key for every body adds to an append and to a read, beside what both cost anyway: the two hashes of a body's commitment, and
//! reading an event whose body lies as it was sent. Read the figures against each other; the machine does not matter then.
//!
//! `cargo bench -p ledger --bench body`

#![allow(
    clippy::expect_used,
    reason = "a benchmark that cannot run has nothing to say"
)]

use std::hint::black_box;
use std::sync::Arc;

use bytes::Bytes;
use criterion::{Criterion, Throughput};
use ledger::{
    Archive, Candidate, Clock, Fault, Ledger, Location, Options, Projector, Recorded, Sealer, Stored,
    TableSpec, Tx,
};
use sha2::{Digest as _, Sha256};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Connection as _, Executor as _};

/// Of a birth, with its salt.
const BODY_BYTES: usize = 900;
/// What 64 clients bring together.
const BATCH: usize = 32;

fn seal_and_open(criterion: &mut Criterion) {
    let bodies = vec![vec![7; BODY_BYTES]; BATCH];
    let keys = Sealer::new([1; 32]);
    let mut group = criterion.benchmark_group("bodies");
    group.throughput(Throughput::Elements(BATCH as u64));
    group.bench_function("seal", |bencher| {
        bencher.iter(|| keys.seal(1_000, black_box(&bodies)).expect("sealed"));
    });
    group.bench_function("commit to, for comparison", |bencher| {
        let hash = |body: &Vec<u8>| (blake3::hash(body), Sha256::digest(body));
        bencher.iter(|| black_box(&bodies).iter().map(hash).collect::<Vec<_>>());
    });
    let kept = keys.seal(1_000, &bodies).expect("sealed");
    group.bench_function("open, each from the root", |bencher| {
        bencher.iter(|| {
            let bodies = (1_000..).zip(black_box(&kept));
            let open = bodies.map(|(position, kept)| keys.open(position, kept).expect("opens"));
            open.collect::<Vec<_>>()
        });
    });
    group.finish();
}

/// Event 1 under a key and event 2 as it was sent, from an embedded ledger.
fn read(criterion: &mut Criterion) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let folder = tempfile::tempdir().expect("a folder");
    let archive = runtime.block_on(filled(&Location::folder(folder.path())));
    let mut group = criterion.benchmark_group("read an event");
    for (what, position) in [("under a key", 1), ("as it was sent", 2)] {
        group.bench_function(what, |bencher| {
            bencher.iter(|| {
                let read = archive.stored(black_box(position));
                runtime
                    .block_on(read)
                    .expect("reads")
                    .expect("there")
                    .sealed_body
                    .expect("its body")
            });
        });
    }
    group.finish();
    runtime.block_on(archive.close());
}

async fn filled(location: &Location) -> Archive {
    let clock = Arc::new(Still);
    let founded = Ledger::init(location, event(0, 0, [0; 32]), Nothing, clock, Options::default()).await;
    let (ledger, receipt) = founded.expect("founded");
    let mut prev = receipt.hash;
    for seq in 0..2 {
        prev = ledger.append(event(4, seq, prev)).await.expect("recorded").hash;
    }
    ledger.close().await.expect("it closes");
    let Location::File(file) = location else {
        unreachable!("a folder has a file");
    };
    let mut conn = sqlx::SqliteConnection::connect_with(&SqliteConnectOptions::new().filename(file))
        .await
        .expect("opens");
    let plain = "drop trigger body_is_never_updated; \
                 update body set cipher = null, sealed = zeroblob(900) where position = 2";
    conn.execute(plain).await.expect("as before there were keys");
    conn.close().await.expect("closes");
    Archive::open(location, &Options::default()).await.expect("opens")
}

fn event(stream: i64, seq: u64, prev: [u8; 32]) -> Candidate<()> {
    let signed = Bytes::from(format!("{stream} {seq}").repeat(120));
    let hash: [u8; 32] = blake3::hash(&signed).into();
    let mut event_id = [0; 16];
    event_id.copy_from_slice(&hash[..16]);
    Candidate {
        event_id,
        stream,
        seq,
        prev,
        kind: 7,
        touches: Vec::new(),
        erases: Vec::new(),
        twin: Sha256::digest(&signed).into(),
        sealed_body: Bytes::from(vec![7; BODY_BYTES]),
        signed,
        hash,
        authority: u64::from(stream != 0),
        event: Box::new(()),
    }
}

/// A clock that stands still.
struct Still;

impl Clock for Still {
    fn now_ms(&self) -> i64 {
        1_000
    }
}

/// No read models.
struct Nothing;

#[async_trait::async_trait]
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

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    seal_and_open(&mut criterion);
    read(&mut criterion);
    criterion.final_summary();
}
