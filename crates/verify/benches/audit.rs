//! How fast the auditor is, against the raw rate of `ed25519_dalek::verify_batch` over the same signatures on all cores in the same
//! run. The machine does not matter then: read the ratio.
//!
//! ```text
//! cargo bench -p verify --bench audit -- [EVENTS [OFFICES]]
//! ```
//!
//! The ledgers differ in how many offices sign: what an import looks like (few keys, each often), a region (a thousand), the
//! country (as many as it has communes since 2025-07-01). Each office costs two events of the administration besides.
//! On a busy machine the processor time says more than the clock; it is printed where the system tells it.

#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "a benchmark that cannot go on stops where it stands"
)]

#[path = "../tests/support/mod.rs"]
mod support;

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use civil::cose::{PublicKey, SignedEvent};
use ed25519_dalek::{Signature, VerifyingKey, verify_batch};
use rayon::prelude::*;
use support::World;
use verify::{Depth, Expected, InMemory, Options, Record, audit};

/// How many times each figure is taken; the best counts, for both sides.
const ROUNDS: usize = 5;

fn main() {
    // Cargo adds `--bench`.
    let mut numbers = std::env::args().filter_map(|argument| argument.parse::<u32>().ok());
    let events = numbers.next().unwrap_or(100_000) as usize;
    let offices = numbers
        .next()
        .map_or(vec![64, 1_000, 3_321], |offices| vec![offices]);
    println!("cores: {}", rayon::current_num_threads());
    for offices in offices {
        let world = ledger(offices, events);
        measure(offices, &world);
    }
}

fn ledger(offices: u32, events: usize) -> World {
    let mut world = World::new(offices);
    let mut chance = 1_u64;
    while world.records.len() < events {
        // Offices file in no order, as in life.
        chance = chance
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        world.birth(1 + u32::try_from((chance >> 33) % u64::from(offices)).unwrap());
    }
    world
}

fn measure(offices: u32, world: &World) {
    let expected = world.expected();
    let count = world.records.len() as f64;
    let bytes = |record: &Record| record.signed.len() + record.sealed.as_ref().map_or(0, bytes::Bytes::len);
    println!(
        "\n{} events, {offices} offices, {} bytes each",
        world.records.len(),
        world.records.iter().map(bytes).sum::<usize>() / world.records.len()
    );
    let signatures: Vec<_> = world
        .records
        .iter()
        .map(|record| signature(world, record))
        .collect();
    let ways = [
        ("audit", Options::default()),
        (
            "audit, strict",
            Options {
                strict: true,
                ..Options::default()
            },
        ),
        (
            "audit with records",
            Options {
                depth: Depth::Records,
                ..Options::default()
            },
        ),
    ];
    let groups = [1024, 2048, 4096, 8192];
    let mut raw_best = [Time::MAX; 4];
    let mut best = [Time::MAX; 3];
    // In turn, so that what else the machine does falls on both sides alike.
    for _ in 0..ROUNDS {
        for (best, group) in raw_best.iter_mut().zip(groups) {
            *best = best.min(timed(|| raw(&signatures, group)));
        }
        for (best, (_, options)) in best.iter_mut().zip(&ways) {
            let source = InMemory::new(world.records.clone());
            *best = best.min(timed(|| audited(source, &expected, options)));
        }
    }
    let raw = raw_best.into_iter().reduce(Time::min).unwrap_or(Time::MAX);
    println!("{:>20}: {}", "verify_batch", raw.show(count, raw));
    for (time, (name, _)) in best.into_iter().zip(ways) {
        println!("{name:>20}: {}", time.show(count, raw));
    }
}

/// What something took: by the clock, and of all processors.
#[derive(Clone, Copy)]
struct Time {
    clock: Duration,
    processors: Option<Duration>,
}

impl Time {
    const MAX: Self = Self {
        clock: Duration::MAX,
        processors: None,
    };

    fn min(self, other: Self) -> Self {
        Self {
            clock: self.clock.min(other.clock),
            processors: self.processors.into_iter().chain(other.processors).min(),
        }
    }

    fn show(self, count: f64, raw: Self) -> String {
        let clock = self.clock.as_secs_f64();
        let mut text = format!(
            "{:>9.0}/s = {:.2} x raw",
            count / clock,
            raw.clock.as_secs_f64() / clock
        );
        if let (Some(own), Some(raw)) = (self.processors, raw.processors) {
            let (own, raw) = (own.as_secs_f64(), raw.as_secs_f64());
            text += &format!(
                "; by processor time {:.2} x raw ({:.1} µs each)",
                raw / own,
                own / count * 1e6
            );
        }
        text
    }
}

fn timed(run: impl FnOnce()) -> Time {
    let (clock, processors) = (Instant::now(), processor_time());
    run();
    Time {
        clock: clock.elapsed(),
        processors: processor_time()
            .zip(processors)
            .map(|(end, start)| end.saturating_sub(start)),
    }
}

/// The processor time of this process and of all threads that it had, as Linux tells it: in hundredths of a second.
fn processor_time() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/self/stat").ok()?;
    let (_, behind_name) = text.rsplit_once(") ")?;
    let mut fields = behind_name
        .split(' ')
        .skip(11)
        .map(|ticks| ticks.parse::<u64>().ok());
    Some(Duration::from_millis(10 * (fields.next()?? + fields.next()??)))
}

fn audited(source: InMemory, expected: &Expected, options: &Options) {
    let report = audit(source, expected, options, &mut |_| ControlFlow::Continue(()));
    assert!(report.green, "{}", report.to_text(verify::Language::English));
}

type Signed = (Vec<u8>, Signature, VerifyingKey);

fn signature(world: &World, record: &Record) -> Signed {
    let parts = SignedEvent::parse(&record.signed).unwrap();
    match &world.directory.key(parts.key).unwrap().key {
        PublicKey::Ed25519(key) => (
            parts.signed_bytes(),
            Signature::from_bytes(&parts.signature),
            *key,
        ),
        PublicKey::P256(_) => unreachable!("the ledger of this benchmark has Ed25519 keys only"),
    }
}

fn raw(signatures: &[Signed], group: usize) {
    let good = signatures.par_chunks(group).all(|group| {
        let messages: Vec<&[u8]> = group.iter().map(|(message, ..)| message.as_slice()).collect();
        let signatures: Vec<Signature> = group.iter().map(|(_, signature, _)| *signature).collect();
        let keys: Vec<VerifyingKey> = group.iter().map(|(.., key)| *key).collect();
        verify_batch(&messages, &signatures, &keys).is_ok()
    });
    assert!(good);
}
