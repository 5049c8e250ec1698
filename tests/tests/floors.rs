//! The floors of the house: a crate uses only crates on lower floors, and never what its floor must not know.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on stops where it stands"
)]

use std::process::Command;

use serde_json::Value;

/// A crate, its floor, the packages it must not use, and whether they may come in by a third crate.
struct Floor {
    name: &'static str,
    number: u8,
    never: &'static [&'static str],
    never_by_others: bool,
}

const fn floor(
    number: u8,
    name: &'static str,
    never: &'static [&'static str],
    never_by_others: bool,
) -> Floor {
    Floor {
        name,
        number,
        never,
        never_by_others,
    }
}

/// What needs a network, a database, a runtime, a clock or chance.
const PURE: &[&str] = &[
    "async-trait",
    "axum",
    "chrono",
    "futures-util",
    "getrandom",
    "mio",
    "rand",
    "rusqlite",
    "sqlx",
    "tokio",
    "ureq",
];
/// What reads or writes the inside of an event.
const INSIDE_OF_AN_EVENT: &[&str] = &["axum", "ciborium", "civil", "coset"];
const FLOORS: &[Floor] = &[
    floor(0, "tlog", PURE, false),
    floor(0, "civil", PURE, false),
    floor(
        1,
        "verify",
        &["axum", "cryptoki", "extract", "hyper", "sqlx", "tokio", "typst"],
        true,
    ),
    floor(1, "ledger", INSIDE_OF_AN_EVENT, false),
    floor(1, "witness", &["civil", "ledger", "verify"], false),
    floor(1, "extract", &["axum", "sqlx"], false),
    floor(2, "fuzzed", &["axum", "sqlx", "tokio"], false),
    floor(2, "projections", &["axum", "hyper", "tower-http", "ureq"], false),
    floor(3, "registry", &["axum", "sqlx"], false),
    floor(4, "web", &["ledger", "sqlx"], false),
    floor(4, "simulate", &["axum", "civil", "sqlx"], false),
    floor(5, "hotich", &[], false),
    floor(6, "hotich-tests", &[], false),
];

#[test]
fn a_crate_uses_only_crates_on_lower_floors() {
    let mut wrong = Vec::new();
    for (name, uses) in packages() {
        let Some(floor) = find(&name) else {
            wrong.push(format!("{name} stands on no floor"));
            continue;
        };
        for used in uses.iter().filter_map(|used| find(used)) {
            if used.number >= floor.number {
                wrong.push(format!(
                    "{name} (floor {}) uses {} (floor {})",
                    floor.number, used.name, used.number
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_crate_does_not_use_what_its_floor_must_not_know() {
    let mut wrong = Vec::new();
    for (name, uses) in packages() {
        for never in find(&name).map_or(&[][..], |floor| floor.never) {
            if uses.iter().any(|used| used == never) {
                wrong.push(format!("{name} uses {never}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_verifier_needs_no_server_even_by_way_of_others() {
    for floor in FLOORS.iter().filter(|floor| floor.never_by_others) {
        let tree = cargo(&[
            "tree",
            "--frozen",
            "--package",
            floor.name,
            "--edges=normal",
            "--prefix=none",
        ]);
        let used: Vec<&str> = tree.lines().filter_map(|line| line.split(' ').next()).collect();
        assert!(used.contains(&floor.name), "{tree}");
        for never in floor.never {
            let found = used
                .iter()
                .find(|used| *used == never || used.starts_with(&format!("{never}-")));
            assert_eq!(found, None, "{} comes to use {never}", floor.name);
        }
    }
}

#[test]
fn every_crate_obeys_the_lints_of_the_workspace() {
    for manifest in hotich_tests::tree::files_ending("", &["Cargo.toml"]) {
        let text = hotich_tests::tree::read(&manifest);
        assert!(
            text.contains("[lints]\nworkspace = true") || text.contains("[workspace]"),
            "{manifest} has no lints"
        );
    }
}

fn find(name: &str) -> Option<&'static Floor> {
    FLOORS.iter().find(|floor| floor.name == name)
}

/// Every crate of the workspace with the packages it is built from (not those that only its tests use).
fn packages() -> Vec<(String, Vec<String>)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let metadata = cargo(&["metadata", "--no-deps", "--format-version=1", "--offline"]);
    let metadata: Value = serde_json::from_str(&metadata).unwrap();
    let packages: Vec<_> = metadata["packages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|package| {
            let uses = package["dependencies"].as_array().unwrap();
            let built_from = uses.iter().filter(|used| used["kind"] != "dev");
            (
                text(&package["name"]),
                built_from.map(|used| text(&used["name"])).collect(),
            )
        })
        .collect();
    assert!(packages.len() >= 10, "the workspace has lost crates");
    packages
}

fn cargo(arguments: &[&str]) -> String {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(arguments)
        .current_dir(hotich_tests::tree::root())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}
