//! The small binary, as an auditor runs it.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on stops where it stands"
)]

mod support;

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value as Json;
use support::story;
use verify::{InMemory, export};

fn run(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_hotich-verify"))
        .args(args)
        .output()
        .unwrap()
}

fn exported(folder: &Path) {
    let world = story();
    let note = world.checkpoint().to_string();
    export::write(
        folder,
        &note,
        Json::Null,
        InMemory::new(world.records.clone()),
        &mut |_| {},
    )
    .unwrap();
}

#[test]
fn the_exit_status_says_well_finding_or_wrong_use() {
    let folder = tempfile::tempdir().unwrap();
    exported(folder.path());
    let path = folder.path().to_str().unwrap();
    assert_eq!(run(&["export", path]).status.code(), Some(0));
    assert_eq!(
        run(&["export", path, "--records", "--strict", "--vi"])
            .status
            .code(),
        Some(0)
    );
    assert_eq!(
        run(&["export", path, "--log-key", "no key"]).status.code(),
        Some(2)
    );
    assert_eq!(run(&["export"]).status.code(), Some(2));
    assert_eq!(run(&["export", path, "--frobnicate"]).status.code(), Some(2));
    let checkpoint = folder.path().join("checkpoint");
    let note = std::fs::read_to_string(&checkpoint).unwrap();
    std::fs::write(&checkpoint, note.replacen("20", "19", 1)).unwrap();
    assert_eq!(run(&["export", path]).status.code(), Some(1));
    std::fs::write(&checkpoint, note).unwrap();
    let events = folder.path().join("events/000");
    let mut bytes = std::fs::read(&events).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    std::fs::write(&events, bytes).unwrap();
    let red = run(&["export", path, "--json"]);
    assert_eq!(red.status.code(), Some(1));
    let report: Json = serde_json::from_slice(&red.stdout).unwrap();
    assert_eq!(report["green"], false);
    assert_eq!(report["findings"][0]["kind"], "signature_wrong");
}

#[test]
fn bodies_that_are_not_shown_are_a_finding_unless_the_auditor_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut world = story();
    world.records[12].sealed = None;
    let note = world.checkpoint().to_string();
    export::write(
        folder.path(),
        &note,
        Json::Null,
        InMemory::new(world.records.clone()),
        &mut |_| {},
    )
    .unwrap();
    let path = folder.path().to_str().unwrap();
    assert_eq!(run(&["export", path]).status.code(), Some(1));
    let without = run(&["export", path, "--without-bodies"]);
    assert_eq!(without.status.code(), Some(0));
    let text = String::from_utf8(without.stdout).unwrap();
    assert!(
        text.contains("bodies open their commitments: 19, could not be checked: 1"),
        "{text}"
    );
}
