//! How events are cut into batches is nobody's business: the same events in the same order get the same answers.
#![allow(clippy::expect_used, reason = "a test fails by panicking")]

mod suite;

use std::sync::Arc;
use std::sync::atomic::AtomicI64;

use ledger::{AppendError, Candidate, Conflict, Ledger, Location, Options, Touch};
use proptest::prelude::*;
use suite::check;
use suite::fixture::Hands;
use suite::sample::{Heard, Office, POISON, Said, founding};

/// One event to try: which stream, how wrong its seq, which entry, by which earlier event it was judged, whether it is a repetition.
#[derive(Debug, Clone)]
struct Attempt {
    stream: i64,
    off_by: u64,
    entry: u8,
    seen: usize,
    advances: bool,
    repeats: bool,
    poisoned: bool,
}

fn attempt() -> impl Strategy<Value = Attempt> {
    let chance = |of: u32| proptest::bool::weighted(1.0 / f64::from(of));
    (
        0..4_i64,
        chance(8),
        0..5_u8,
        0..3_usize,
        chance(2),
        chance(6),
        chance(12),
    )
        .prop_map(
            |(stream, off, entry, seen, advances, repeats, poisoned)| Attempt {
                stream: stream * 4,
                off_by: u64::from(off),
                entry,
                seen,
                advances,
                repeats,
                poisoned,
            },
        )
}

/// The events of the attempts, each made by someone who believes that all their own earlier events were recorded.
fn candidates(attempts: &[Attempt]) -> Vec<Candidate<Said>> {
    let mut offices: Vec<Office> = (0..4).map(|office| Office::new(office * 4)).collect();
    let mut made: Vec<Candidate<Said>> = Vec::new();
    for (number, attempt) in attempts.iter().enumerate() {
        if attempt.repeats && !made.is_empty() {
            let again = made[number % made.len()].clone();
            made.push(again);
            continue;
        }
        let office = &mut offices[(attempt.stream / 4) as usize];
        let on_entry = |made: &&Candidate<Said>| {
            made.touches
                .iter()
                .any(|touch| touch.entry == [attempt.entry; 16])
        };
        let basis = made
            .iter()
            .rev()
            .filter(on_entry)
            .nth(attempt.seen)
            .map(|seen| seen.hash);
        let touches: Vec<Touch> = match attempt.entry {
            0 => Vec::new(),
            entry => vec![Touch {
                entry: [entry; 16],
                basis,
                advances: attempt.advances,
            }],
        };
        office.authority = 1 + made.iter().filter(|made| made.stream == 0).count() as u64;
        office.seq += attempt.off_by;
        let words = if attempt.poisoned {
            POISON.to_owned()
        } else {
            format!("attempt {number}")
        };
        made.push(office.next(&words, &touches));
        office.seq -= attempt.off_by;
    }
    made
}

/// What each was told, without what depends on the cut: size and root of the commit.
#[derive(Debug, PartialEq)]
enum Told {
    Recorded(u64),
    Refused(Conflict),
    Failed,
}

async fn told(candidates: &[Candidate<Said>], batch_events: usize) -> (Vec<Told>, [u8; 32]) {
    let folder = tempfile::tempdir().expect("a folder");
    let clock = Arc::new(Hands(AtomicI64::new(1)));
    let options = Options {
        batch_events,
        ..Options::default()
    };
    let location = Location::folder(folder.path());
    let (ledger, _) = Ledger::init(&location, founding(), Heard, clock, options)
        .await
        .expect("a new ledger");
    let answers: Vec<_> = candidates
        .iter()
        .map(|candidate| ledger.submit(candidate.clone()).expect("room"))
        .collect();
    let mut told = Vec::new();
    for answer in answers {
        told.push(match answer.await {
            Ok(receipt) => Told::Recorded(receipt.position),
            Err(AppendError::Conflict(conflict)) => Told::Refused(conflict),
            Err(AppendError::Fault(_)) => Told::Failed,
            Err(other) => panic!("{other}"),
        });
    }
    check::whole(&ledger).await;
    let root = ledger.head().root;
    ledger.close().await.expect("it closes");
    (told, root)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_answers_do_not_depend_on_how_events_are_cut_into_batches(attempts in proptest::collection::vec(attempt(), 1..60)) {
        let candidates = candidates(&attempts);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let (alone, root_alone) = runtime.block_on(told(&candidates, 1));
        let (together, root_together) = runtime.block_on(told(&candidates, 1_000));
        prop_assert_eq!(&alone, &together);
        prop_assert_eq!(root_alone, root_together);
    }
}
