//! The cases of the law, told in `tests/scenarios/` and played through the API of a real server, on both engines.
//!
//! `HOTICH_SCENARIO=6.1` plays only those whose name begins so.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on stops where it stands"
)]

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use hotich_tests::scenario::{Scenario, Stage, play};
use hotich_tests::{Engine, on_both_engines};

on_both_engines! {
    every_scenario_goes_as_it_is_told
}

/// So many are played at a time.
const AT_A_TIME: usize = 4;

fn every_scenario_goes_as_it_is_told(engine: Engine) {
    let chosen = std::env::var("HOTICH_SCENARIO").unwrap_or_default();
    let scenarios: Vec<Scenario> = Scenario::all().into_iter().filter(|scenario| scenario.name.starts_with(&chosen)).collect();
    assert!(!scenarios.is_empty(), "there is no such scenario");
    let stage = Stage::set(engine, &scenarios);
    let (next, failures) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..AT_A_TIME {
            scope.spawn(|| {
                while let Some(scenario) = scenarios.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Err(why) = play(scenario, &stage) {
                        failures.lock().unwrap_or_else(PoisonError::into_inner).push(why);
                    }
                }
            });
        }
    });
    let mut failures = failures.into_inner().unwrap();
    failures.sort();
    assert!(failures.is_empty(), "{} of {} failed:\n\n{}", failures.len(), scenarios.len(), failures.join("\n\n"));
    stage.is_well();
}
