//! An export is what it was made from; everything that can be done to its files turns the audit red.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on stops where it stands"
)]

mod support;

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;
use support::{World, story};
use tempfile::TempDir;
use tlog::{KeyKind, SignerKey};
use verify::{InMemory, Options, Report, audit, export};

fn exported(world: &World) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(world, folder.path());
    folder
}

fn write(world: &World, folder: &Path) {
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

fn audited(folder: &Path) -> Report {
    let (source, expected) = export::open(folder, None).unwrap();
    audit(source, &expected, &Options::default(), &mut |_| {
        ControlFlow::Continue(())
    })
}

/// A ledger of more than two bundles.
fn long() -> World {
    let mut world = story();
    let office = 1;
    while world.records.len() < 600 {
        world.birth(office);
    }
    world
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path))
        } else {
            found.push(path)
        }
    }
    found.sort();
    found
}

#[test]
fn an_export_is_green_and_has_the_files_of_the_rfc() {
    let world = long();
    let folder = exported(&world);
    let report = audited(folder.path());
    assert!(report.green, "{:?}", report.findings);
    assert_eq!(report.totals.events, world.records.len() as u64);
    let names: Vec<String> = files(folder.path())
        .iter()
        .map(|file| file.strip_prefix(folder.path()).unwrap().display().to_string())
        .collect();
    let expected = [
        "bodies/000",
        "bodies/001",
        "bodies/002",
        "checkpoint",
        "events/000",
        "events/001",
        "events/002",
        "manifest.json",
        "times/000",
        "times/001",
        "times/002",
    ];
    assert_eq!(names, expected);
}

#[test]
fn an_export_that_was_interrupted_goes_on_where_it_stopped() {
    let world = long();
    let folder = exported(&world);
    let first = folder.path().join("events/000");
    let before = fs::metadata(&first).unwrap().modified().unwrap();
    fs::remove_file(folder.path().join("events/001")).unwrap();
    fs::remove_file(folder.path().join("checkpoint")).unwrap();
    write(&world, folder.path());
    assert!(audited(folder.path()).green);
    assert_eq!(fs::metadata(&first).unwrap().modified().unwrap(), before);
}

#[test]
fn a_byte_flipped_in_any_file_of_an_export_is_found() {
    let world = story();
    let folder = exported(&world);
    let mut chance = 0x9e37_79b9_7f4a_7c15_u64;
    for file in files(folder.path()) {
        let good = fs::read(&file).unwrap();
        for _ in 0..40 {
            chance = chance
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let place = (chance >> 33) as usize % good.len();
            let mut bad = good.clone();
            bad[place] ^= 1 << (chance >> 61);
            fs::write(&file, &bad).unwrap();
            // The manifest is no evidence: it may still say the same, and nothing depends on it.
            let refused = export::open(folder.path(), None).is_err();
            let times = file.starts_with(folder.path().join("times"));
            if !file.ends_with("manifest.json") && !times && !refused {
                assert!(!audited(folder.path()).green, "{} at {place}", file.display());
            }
        }
        fs::write(&file, &good).unwrap();
    }
    assert!(audited(folder.path()).green);
}

#[test]
fn a_missing_or_short_file_is_named() {
    let world = long();
    let folder = exported(&world);
    let file = folder.path().join("events/001");
    let good = fs::read(&file).unwrap();
    for bad in [
        None,
        Some(good[..good.len() - 1].to_vec()),
        Some([good.as_slice(), b"x"].concat()),
    ] {
        match bad {
            None => fs::remove_file(&file).unwrap(),
            Some(bytes) => fs::write(&file, bytes).unwrap(),
        }
        let report = audited(folder.path());
        let finding = report
            .findings
            .iter()
            .find(|finding| finding.kind.name() == "source_failed")
            .unwrap();
        assert!(finding.position >= Some(256), "{finding:?}");
        assert!(finding.detail.contains("001"), "{finding:?}");
    }
}

#[test]
fn an_export_signed_by_another_log_is_not_opened() {
    let folder = exported(&story());
    let key = SignerKey::new("another.example/log", KeyKind::Ed25519, &[8; 32])
        .unwrap()
        .verifier()
        .to_string();
    assert!(export::open(folder.path(), Some(&key)).is_err());
    assert!(export::open(folder.path(), Some("not a key")).is_err());
    assert!(export::open(Path::new("nowhere"), None).is_err());
}

#[test]
fn bodies_that_the_keeper_does_not_show_are_counted_as_missing() {
    let mut world = story();
    let last = world.records.len() - 1;
    world.records[last].sealed = None;
    let report = audited(exported(&world).path());
    assert!(
        report
            .findings
            .iter()
            .any(|finding| finding.kind.name() == "body_missing"),
        "{:?}",
        report.findings
    );
}
