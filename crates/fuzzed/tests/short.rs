//! The short run: some thousand changed inputs for every parser, and every input that was ever found.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on stops where it stands"
)]

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use fuzzed::{ALL, Mutator, Target};

/// From which every change follows; another one, by hand: `FUZZED_SEED=7 cargo test -p fuzzed`.
const SEED: u64 = 2026;

fn fuzz() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz")
}

/// The files of a folder, in the order of their names.
fn inputs(folder: &Path) -> Vec<Vec<u8>> {
    let found = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = found.map(|entry| entry.path()).collect();
    files.sort();
    files.iter().map(|file| fs::read(file).unwrap()).collect()
}

/// Reads, and tells the input where the parser breaks its promise.
fn read(target: &Target, bytes: &[u8], from: &str) {
    if catch_unwind(AssertUnwindSafe(|| (target.read)(bytes))).is_err() {
        let found = std::env::temp_dir().join(format!("fuzzed-{}", target.name));
        fs::write(&found, bytes).unwrap();
        panic!(
            "{} breaks its promise on {from}; the input is kept in {}",
            target.name,
            found.display()
        );
    }
}

/// Makes a test of each parser.
macro_rules! short_runs {
    ($($name:ident)*) => {
        #[test]
        fn every_parser_has_its_short_run() {
            let tested = [$(stringify!($name)),*];
            let all: Vec<&str> = ALL.iter().map(|target| target.name).collect();
            assert_eq!(tested[..], all[..]);
        }
        mod withstands_changed_inputs {
            $(#[test] fn $name() { super::short_run(stringify!($name)); })*
        }
    };
}

short_runs! {
    note checkpoint tile_path bundle proof key edge policy request fork cbor envelope body signed_event act_json code claim list certificate pdf picture export
}

fn short_run(name: &str) {
    let target = fuzzed::named(name);
    let seeds = inputs(&fuzz().join("corpus").join(name));
    assert!(!seeds.is_empty(), "{name} has no corpus");
    (target.read)(b"");
    for seed in seeds.iter().chain(&inputs(&fuzz().join("found").join(name))) {
        read(&target, seed, "a kept input");
    }
    let from = std::env::var("FUZZED_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok())
        .unwrap_or(SEED);
    let mut mutator = Mutator::new(from);
    for run in 0..target.short_run {
        read(
            &target,
            &mutator.input(&seeds),
            &format!("run {run} of seed {from}"),
        );
    }
}

#[test]
fn every_fuzz_target_calls_its_parser_and_every_parser_has_one() {
    let manifest = fs::read_to_string(fuzz().join("Cargo.toml")).unwrap();
    for target in ALL {
        let name = target.name;
        let code = fs::read_to_string(fuzz().join(format!("fuzz_targets/{name}.rs"))).unwrap();
        assert!(code.contains(&format!("fuzzed::named(\"{name}\")")), "{name}");
        assert!(
            manifest.contains(&format!("name = \"{name}\"\npath = \"fuzz_targets/{name}.rs\"\n")),
            "{name}"
        );
    }
    let targets = fs::read_dir(fuzz().join("fuzz_targets")).unwrap().count();
    assert_eq!(targets, ALL.len());
}

#[test]
fn the_same_seed_makes_the_same_inputs() {
    let seeds = [b"one\n\ntwo".to_vec(), vec![0x84, 1, 2]];
    let run = |seed| -> Vec<Vec<u8>> {
        let mut mutator = Mutator::new(seed);
        (0..100).map(|_| mutator.input(&seeds)).collect()
    };
    assert_eq!(run(7), run(7));
    assert_ne!(run(7), run(8));
}
