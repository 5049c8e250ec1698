//! Ten thousand lives in every test run.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on stops where it stands"
)]

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use simulate::{Story, Template};

/// How many lives; another number by hand: `SIMULATED_SEEDS=1000000 cargo test -p simulate`.
const SEEDS: u64 = 10_000;
/// Of each; the same seeds live longer by hand: `hotich simulate --seeds 10000 --steps 40`.
const STEPS: u32 = 5;

fn seeds() -> u64 {
    let asked = std::env::var("SIMULATED_SEEDS");
    asked.ok().and_then(|seeds| seeds.parse().ok()).unwrap_or(SEEDS)
}

#[test]
fn ten_thousand_lives_lose_no_receipt_and_sign_no_fork() {
    let template = Template::found().unwrap();
    let next = AtomicU64::new(0);
    let live = || -> BTreeMap<String, u64> {
        let mut met = BTreeMap::new();
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= seeds() {
                return met;
            }
            let story = template.live(seed, STEPS);
            whole(&story);
            for kind in story.told.iter().flat_map(|line| kinds(line)) {
                *met.entry(kind).or_insert(0) += 1;
            }
        }
    };
    let mut met: BTreeMap<String, u64> = BTreeMap::new();
    thread::scope(|scope| {
        let threads: Vec<_> = (0..2).map(|_| scope.spawn(live)).collect();
        for thread in threads {
            for (kind, count) in thread.join().unwrap() {
                *met.entry(kind).or_insert(0) += count;
            }
        }
    });
    println!("{met:#?}");
    for kind in MUST_HAPPEN {
        assert!(met.contains_key(*kind), "{kind} does not happen any more");
    }
}

/// What is not a test of anything if it never comes.
const MUST_HAPPEN: &[&str] = &[
    "a crash in that commit",
    "a crash while the log is copied",
    "a bit flips in the file at",
    "a second node comes by mistake",
    "an old backup of events is in place, were signed for",
    "publisher dies in its turn",
    "the ledger is begun anew, and goes another way",
    "the store fails",
    "the clocks jump",
    "witness held",
    "witness lost",
    "witness dies",
    "witness again",
    "witness earlier",
    "witness nobody",
    "signs published",
    "signs wait",
    "signs late",
    "signs closed",
];

/// What a line of a story tells of, without its numbers.
fn kinds(line: &str) -> Vec<String> {
    let bare: String = line.chars().filter(|letter| !letter.is_ascii_digit()).collect();
    let all = |list: &[&str], of: &str| -> Vec<String> {
        let there = list.iter().filter(|word| bare.contains(**word));
        there.map(|word| format!("{of} {word}")).collect()
    };
    if bare.starts_with("witness ") {
        return all(&["held", "lost", "dies", "again", "earlier", "nobody"], "witness");
    }
    if bare.contains(" signs: ") {
        return all(
            &["published", "nothing to sign", "late", "wait", "closed"],
            "signs",
        );
    }
    let start = bare.split(':').next().unwrap_or_default();
    vec![start.split_whitespace().collect::<Vec<_>>().join(" ")]
}

#[track_caller]
fn whole(story: &Story) {
    if let Some(broken) = &story.broken {
        panic!("seed {}: {broken}\n{}", story.seed, story.told.join("\n"));
    }
}

#[test]
fn one_seed_is_one_story() {
    let template = Template::found().unwrap();
    let another = Template::found().unwrap();
    for seed in 0..60 {
        assert_eq!(template.live(seed, STEPS), another.live(seed, STEPS));
    }
}
