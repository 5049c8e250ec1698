//! The cases of the law, told in `tests/scenarios/` and played through the API of a real server, on both engines.
//!
//! `HOTICH_SCENARIO=6.1` plays only those whose name begins so.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on stops where it stands"
)]

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use civil::act::JudgmentMatter;
use civil::kind::{Group, Kind};
use hotich_tests::scenario::{Scenario, Stage, play};
use hotich_tests::{Engine, on_both_engines};

on_both_engines! {
    every_scenario_goes_as_it_is_told
}

/// So many are played at a time.
const AT_A_TIME: usize = 4;

fn every_scenario_goes_as_it_is_told(engine: Engine) {
    let chosen = std::env::var("HOTICH_SCENARIO").unwrap_or_default();
    let scenarios: Vec<Scenario> = Scenario::all()
        .into_iter()
        .filter(|scenario| scenario.name.starts_with(&chosen))
        .collect();
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
    assert!(
        failures.is_empty(),
        "{} of {} failed:\n\n{}",
        failures.len(),
        scenarios.len(),
        failures.join("\n\n")
    );
    stage.is_well();
}

/// The rows of LAW §6.2.
const ALSO_EXPECTED: [&str; 18] = [
    "future-date",
    "1900-01-01",
    "29-february",
    "lunar-date",
    "death-before-birth",
    "father-of-eleven",
    "born-after-fathers-death",
    "birth-after-own-marriage",
    "one-number-two-people",
    "nine-digit-card",
    "legacy-fonts",
    "capitals-without-marks",
    "sex-against-number",
    "two-births-in-two-communes",
    "wrong-book",
    "number-of-another-year",
    "blank-pages",
    "number-gaps",
];

#[test]
fn every_row_of_the_law_has_its_scenario() {
    let scenarios = Scenario::all();
    for row in 1..=25 {
        let (begins, law) = (format!("6.1-{row:02}-"), format!("LAW §6.1 row {row}"));
        let of_row: Vec<&Scenario> = scenarios
            .iter()
            .filter(|scenario| scenario.name.starts_with(&begins))
            .collect();
        assert_eq!(of_row.len(), 1, "row {row} of LAW §6.1");
        assert!(
            of_row[0].law.starts_with(&law),
            "{}: {}",
            of_row[0].name,
            of_row[0].law
        );
    }
    for row in ALSO_EXPECTED {
        let name = format!("6.2-{row}");
        assert!(
            scenarios.iter().any(|scenario| scenario.name == name),
            "{name} of LAW §6.2"
        );
    }
    let known = |name: &str| {
        ["6.1-", "6.2-", "effect-", "act-", "paper-"]
            .iter()
            .any(|begin| name.starts_with(begin))
    };
    for Scenario { name, steps, .. } in &scenarios {
        assert!(known(name), "{name} says of nothing what it is about");
        assert!(
            steps.iter().any(|step| step.word == "Then"),
            "{name} claims nothing"
        );
    }
}

/// The kinds that scenarios file, each with what it is about.
fn filed() -> BTreeSet<(String, Option<String>)> {
    let mut filed = BTreeSet::new();
    for step in Scenario::all().iter().flat_map(|scenario| &scenario.steps) {
        let kind = match &step.text {
            text if text.contains(" writes the note of ") => "marginal_note",
            text if text.contains(" asks for a copy of ") => "extract",
            text => text
                .split_once(" files ")
                .and_then(|(_, what)| what.split(' ').nth(1))
                .unwrap_or_default(),
        };
        let matter = step.below.iter().find_map(|line| line.strip_prefix("/matter = "));
        filed.insert((kind.to_owned(), matter.map(str::to_owned)));
        filed.insert((kind.to_owned(), None));
    }
    filed
}

#[test]
fn every_act_and_every_matter_of_a_judgment_is_told_in_a_scenario() {
    let filed = filed();
    let told = |kind: Kind, matter: Option<&str>| {
        filed.contains(&(kind.name().to_owned(), matter.map(str::to_owned)))
    };
    // What the administration and the ledger's keeper file is no office's.
    let offices = |kind: &&Kind| !matches!(kind.group(), Group::Administration | Group::Keeping);
    for kind in Kind::ALL.iter().filter(offices) {
        assert!(told(*kind, None), "no scenario files a {}", kind.name());
    }
    for matter in JudgmentMatter::ALL {
        assert!(
            told(Kind::JudgmentNoted, Some(matter.name())),
            "no scenario is about {}",
            matter.name()
        );
    }
}
