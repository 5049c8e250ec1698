//! An export is what it was made from; everything that can be done to its files turns the audit red.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on stops where it stands"
)]

mod support;

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::Value as Json;
use support::{World, story};
use tempfile::TempDir;
use tlog::{KeyKind, SignerKey};
use verify::{Expected, InMemory, Options, Report, audit, export};

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
fn an_export_grows_with_its_log_and_finished_files_stay() {
    let mut world = long();
    let folder = exported(&world);
    let first = folder.path().join("events/001");
    let before = fs::metadata(&first).unwrap().modified().unwrap();
    while world.records.len() < 800 {
        world.birth(2);
    }
    write(&world, folder.path());
    let report = audited(folder.path());
    assert!(report.green, "{:?}", report.findings);
    assert_eq!(report.totals.events, 800);
    assert_eq!(fs::metadata(&first).unwrap().modified().unwrap(), before);
}

#[test]
fn a_file_of_the_right_length_and_the_wrong_content_is_written_again() {
    let world = long();
    let folder = exported(&world);
    let file = folder.path().join("bodies/000");
    let length = fs::metadata(&file).unwrap().len();
    fs::write(&file, vec![0; usize::try_from(length).unwrap()]).unwrap();
    write(&world, folder.path());
    assert!(audited(folder.path()).green);
}

#[test]
fn an_export_is_not_finished_with_the_checkpoint_of_other_events() {
    let (world, mut other) = (story(), story());
    other.birth(1);
    let folder = tempfile::tempdir().unwrap();
    let source = InMemory::new(world.records.clone());
    let note = other.checkpoint().to_string();
    let refused = export::write(folder.path(), &note, Json::Null, source, &mut |_| {}).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "checkpoint: of 21 events; here are 20, or other ones"
    );
    assert!(!folder.path().join("checkpoint").exists());
    assert!(export::open(folder.path(), None).is_err());
}

/// Whether an export is found to be wrong.
fn is_found(folder: &Path, log_key: &str) -> bool {
    match export::open(folder, Some(log_key)) {
        Ok((source, expected)) => {
            let report = audit(source, &expected, &Options::default(), &mut |_| {
                ControlFlow::Continue(())
            });
            !report.green
        }
        Err(_) => true,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]
    #[test]
    fn any_byte_changed_in_any_file_of_an_export_is_found(flips: [(Index, Index, u8); 8]) {
        let world = story();
        let folder = exported(&world);
        let key = world.log.verifier().to_string();
        let files = files(folder.path());
        for (file, place, change) in flips {
            let file = file.get(&files);
            let good = fs::read(file).unwrap();
            let mut bad = good.clone();
            let place = place.index(good.len());
            bad[place] ^= change.max(1);
            fs::write(file, &bad).unwrap();
            prop_assert!(is_found(folder.path(), &key), "{} at {place}", file.display());
            // Without a key from outside too, unless somebody signs it all anew.
            prop_assert!(export::open(folder.path(), None).is_err() || !audited(folder.path()).green);
            fs::write(file, &good).unwrap();
        }
        prop_assert!(!is_found(folder.path(), &key));
    }

    #[test]
    fn files_of_any_content_are_read_or_refused(contents in vec(vec(any::<u8>(), 0..400), 5)) {
        let world = story();
        let folder = exported(&world);
        let key = world.log.verifier().to_string();
        for (file, content) in files(folder.path()).iter().zip(contents) {
            fs::write(file, content).unwrap();
            prop_assert!(is_found(folder.path(), &key));
        }
    }
}

#[test]
fn every_byte_of_checkpoint_manifest_and_times_counts() {
    let world = story();
    let folder = exported(&world);
    let key = world.log.verifier().to_string();
    for file in ["checkpoint", "manifest.json", "times/000"] {
        let file = folder.path().join(file);
        let good = fs::read(&file).unwrap();
        for place in 0..good.len() {
            let mut bad = good.clone();
            bad[place] ^= 1;
            fs::write(&file, &bad).unwrap();
            assert!(is_found(folder.path(), &key), "{} at {place}", file.display());
        }
        fs::write(&file, &good).unwrap();
    }
}

#[test]
fn what_ails_one_file_does_not_hide_the_others() {
    let world = long();
    let folder = exported(&world);
    fs::remove_file(folder.path().join("times/001")).unwrap();
    let report = audited(folder.path());
    let kinds: Vec<_> = report
        .findings
        .iter()
        .map(|finding| (finding.position, finding.kind.name()))
        .collect();
    assert_eq!(kinds, [(Some(256), "source_failed")]);
    fs::remove_file(folder.path().join("bodies/001")).unwrap();
    let report = audited(folder.path());
    assert_eq!(report.totals.events, 600);
    assert_eq!(report.findings_total, 2 + 256);
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
fn a_checkpoint_that_the_trusted_key_has_not_signed_is_found() {
    let folder = exported(&story());
    let key = SignerKey::new("another.example/log", KeyKind::Ed25519, &[8; 32])
        .unwrap()
        .verifier()
        .to_string();
    let (source, expected) = export::open(folder.path(), Some(&key)).unwrap();
    assert_eq!(expected, Expected::default());
    let report = audit(source, &expected, &Options::default(), &mut |_| {
        ControlFlow::Continue(())
    });
    assert!(!report.green && report.checkpoint.is_none());
    assert_eq!(
        report.findings[0].detail,
        "checkpoint: no trusted key has signed the note"
    );
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
