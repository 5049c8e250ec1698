//! An audit that was stopped goes on, and its verdict is that of one that was never stopped.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on stops where it stands"
)]

mod support;

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value as Json;
use support::judging::{audited, flip, ways};
use support::{World, story};
use tlog::Edge;
use verify::{
    Expected, FindingKind, Head, InMemory, Options, Record, Report, Resume, ResumeError, audit_on, export,
};

fn every(file: &Path, every: u64) -> Resume {
    Resume {
        every,
        ..Resume::in_file(file)
    }
}

/// Goes on, as long as `on` says so after each window.
fn going_on(
    records: &[Record],
    expected: &Expected,
    options: &Options,
    file: &Path,
    mut on: impl FnMut(u64) -> bool + Send,
) -> Result<Report, ResumeError> {
    let source = InMemory::new(records.to_vec());
    audit_on(source, expected, options, &every(file, 1), &mut |progress| {
        if on(progress.events) {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    })
}

/// All that a report says but how long it took.
fn said(report: &Report) -> Json {
    let mut json: Json = serde_json::from_str(&report.to_json()).unwrap();
    for member in ["elapsed_ms", "events_per_second"] {
        json.as_object_mut().unwrap().remove(member).unwrap();
    }
    json
}

/// The checkpoint of the first so many.
fn head(world: &World, records: &[Record]) -> Expected {
    let mut edge = Edge::new();
    for record in records {
        let hash = civil::cose::event_hash(&record.signed);
        let leaf = civil::cose::leaf_entry(&hash, &civil::cose::event_twin(&record.signed));
        edge.push(tlog::leaf_hash(&leaf)).unwrap();
    }
    Expected {
        head: Some(Head {
            size: edge.size(),
            root: edge.root(),
        }),
        ..world.expected()
    }
}

fn judged(file: &Path) -> u64 {
    let kept: Json = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
    kept["events"].as_u64().unwrap()
}

#[test]
fn an_audit_goes_on_from_any_event_with_the_same_verdict() {
    let folder = tempfile::tempdir().unwrap();
    let (sound, mut ill) = (story(), story());
    ill.records[7].sealed = None;
    for position in [12, 15, 19] {
        let last = ill.records[position].signed.len() - 1;
        flip(&mut ill.records[position].signed, last);
    }
    for (name, world) in [("sound", sound), ("ill", ill)] {
        let all = &world.records;
        let expected = head(&world, all);
        for (way, options) in ways().into_iter().enumerate() {
            let at_once = audited(all.clone(), &expected, &options);
            assert_eq!(at_once.green, name == "sound");
            for stop in 0..=all.len() {
                let file = folder.path().join(format!("{name}-{way}-{stop}"));
                let first = &all[..stop];
                going_on(first, &head(&world, first), &options, &file, |_| true).unwrap();
                assert_eq!(judged(&file), stop as u64);
                let later = going_on(all, &expected, &options, &file, |_| true).unwrap();
                assert_eq!(said(&later), said(&at_once), "{name}, {way}, {stop}");
                assert_eq!(judged(&file), all.len() as u64);
            }
        }
    }
}

#[test]
fn an_audit_that_is_stopped_again_and_again_comes_to_the_same_end() {
    let mut world = story();
    while world.records.len() < 9_000 {
        world.birth(1);
    }
    for position in [3_000, 8_500] {
        let last = world.records[position].signed.len() - 1;
        flip(&mut world.records[position].signed, last);
    }
    let expected = head(&world, &world.records);
    let options = Options {
        threads: 1,
        ..Options::default()
    };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state");
    let mut stops = Vec::new();
    let last = loop {
        // Each time one window further than the time before.
        let before = stops.last().copied().unwrap_or_default();
        let report = going_on(&world.records, &expected, &options, &file, |events| {
            events <= before || events == 0
        })
        .unwrap();
        if !report.interrupted {
            break report;
        }
        stops.push(judged(&file));
        assert!(stops.len() < 10, "{stops:?}");
    };
    assert!(stops.len() > 1 && stops.is_sorted(), "{stops:?}");
    let at_once = audited(world.records.clone(), &expected, &options);
    let wrong = at_once.findings.iter();
    let wrong = wrong.filter(|finding| finding.kind == FindingKind::SignatureWrong);
    let wrong: Vec<_> = wrong.filter_map(|finding| finding.position).collect();
    assert_eq!(wrong, [3_000, 8_500]);
    assert_eq!(said(&last), said(&at_once));
}

/// What an audit kept of the story.
fn kept(folder: &Path) -> (World, PathBuf) {
    let (world, file) = (story(), folder.join("state"));
    let expected = world.expected();
    going_on(&world.records, &expected, &Options::default(), &file, |_| true).unwrap();
    (world, file)
}

#[test]
fn a_log_that_was_changed_behind_a_stopped_audit_is_no_log_to_go_on_with() {
    let folder = tempfile::tempdir().unwrap();
    let (world, file) = kept(folder.path());
    let go_on = |records: &[Record]| {
        let expected = head(&world, records);
        going_on(records, &expected, &Options::default(), &file, |_| true)
    };
    let mut changed = world.records.clone();
    let last = changed[12].signed.len() - 1;
    flip(&mut changed[12].signed, last);
    assert!(matches!(go_on(&changed), Err(ResumeError::Changed(20))));
    assert!(matches!(
        go_on(&world.records[..19]),
        Err(ResumeError::Changed(20))
    ));
    // Without the body that granted it nobody had the key: what it signed was judged then, and cannot be now.
    let mut without = world.records.clone();
    without.iter_mut().for_each(|record| record.sealed = None);
    assert!(matches!(go_on(&without), Err(ResumeError::Changed(20))));
    // What is not a signature is judged again: it is simply found.
    let mut torn = world.records.clone();
    torn[12].sealed = None;
    let found = go_on(&torn).unwrap();
    assert_eq!(found.findings[0].kind, FindingKind::BodyMissing);
    assert!(go_on(&world.records).unwrap().green);
}

#[test]
fn signatures_that_no_key_was_known_for_are_judged_once_there_is_one() {
    let folder = tempfile::tempdir().unwrap();
    let world = story();
    let file = folder.path().join("state");
    let mut without = world.records.clone();
    without[0].sealed = None;
    let expected = world.expected();
    let options = Options::default();
    let report = going_on(&without, &expected, &options, &file, |_| true).unwrap();
    assert!(!report.green);
    let with = going_on(&world.records, &expected, &options, &file, |_| true);
    assert!(matches!(with, Err(ResumeError::Changed(20))));
}

#[test]
fn what_another_audit_kept_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (world, file) = kept(folder.path());
    let (expected, options) = (world.expected(), Options::default());
    let go_on = |expected: &Expected, options: &Options| {
        going_on(&world.records, expected, options, &file, |_| true).map(|report| report.green)
    };
    let elsewhere = Expected {
        origin: Some("another.example/log".to_owned()),
        ..expected.clone()
    };
    assert!(matches!(
        go_on(&elsewhere, &options),
        Err(ResumeError::AnotherLog { .. })
    ));
    let strict = Options {
        strict: true,
        ..options.clone()
    };
    assert!(matches!(go_on(&expected, &strict), Err(ResumeError::AnotherRule)));
    let sound = fs::read(&file).unwrap();
    for at in 0..sound.len() {
        let mut damaged = sound.clone();
        damaged[at] ^= 1;
        fs::write(&file, &damaged).unwrap();
        assert!(
            matches!(go_on(&expected, &options), Err(ResumeError::Damaged(_))),
            "byte {at}"
        );
    }
    fs::write(&file, &sound[..sound.len() / 2]).unwrap();
    assert!(matches!(go_on(&expected, &options), Err(ResumeError::Damaged(_))));
    fs::write(&file, &sound).unwrap();
    assert!(go_on(&expected, &options).unwrap());
}

#[test]
fn the_program_goes_on_from_its_file_and_refuses_another() {
    let folder = tempfile::tempdir().unwrap();
    let world = story();
    let (export, state) = (folder.path().join("export"), folder.path().join("state"));
    let note = world.checkpoint().to_string();
    let source = InMemory::new(world.records.clone());
    export::write(&export, &note, Json::Null, source, &mut |_| {}).unwrap();
    let run = |state: &Path| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_hotich-verify"));
        let program = program.args([
            "export",
            export.to_str().unwrap(),
            "--resume",
            state.to_str().unwrap(),
        ]);
        program.output().unwrap()
    };
    assert_eq!(run(&state).status.code(), Some(0));
    assert_eq!(run(&state).status.code(), Some(0));
    fs::write(&state, "{}").unwrap();
    let refused = run(&state);
    assert_eq!(refused.status.code(), Some(2));
    let why = String::from_utf8(refused.stderr).unwrap();
    assert!(why.contains("not what an audit kept, or damaged since"), "{why}");
    // Where nothing can be kept it says so before the work.
    assert_eq!(run(&folder.path().join("nowhere/state")).status.code(), Some(2));
}
