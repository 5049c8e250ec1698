//! What auditors are given: lists of stream heads, the completeness of one office, envelopes without bodies.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on stops where it stands"
)]

use std::fs;

use hotich_tests::{Engine, Folder, Ledger, hotich, on_both_engines};

on_both_engines! {
    the_ledger_lists_how_far_its_streams_have_come
    an_audit_goes_on_with_a_ledger_that_has_grown
}

fn the_ledger_lists_how_far_its_streams_have_come(engine: Engine) {
    let ledger = Ledger::found(engine);
    for (position, streams) in [(2, 1), (3, 2), (4, 2)] {
        let listed = ledger.run(&["heads"], &["--json"]).with(0).json();
        assert_eq!(listed["position"], position, "{listed:#}");
        assert_eq!(listed["listed"]["size"], position, "{listed:#}");
        assert_eq!(listed["listed"]["streams"], streams, "{listed:#}");
    }
    let audit = ledger
        .look("audit", &["--records", "--office", "0", "--json"])
        .with(0)
        .json();
    assert_eq!(audit["log"]["office"]["complete"], true, "{audit:#}");
    // Without its key the ledger says nothing of itself.
    fs::remove_file(format!("{}/keeper.key", ledger.keys())).unwrap();
    ledger.run(&["heads"], &[]).with(2);
    let administrator = format!("{}/administrator.key", ledger.keys());
    ledger
        .run(&["heads"], &["--administrator", &administrator])
        .with(0);
}

fn an_audit_goes_on_with_a_ledger_that_has_grown(engine: Engine) {
    let ledger = Ledger::found(engine);
    let state = format!("{}/audit.state", ledger.keys());
    let audit = || ledger.look("audit", &["--resume", &state, "--json"]);
    audit().with(0);
    ledger.run(&["heads"], &[]).with(0);
    let grown = audit().with(0).json();
    assert_eq!(grown["log"]["totals"]["events"], 3, "{grown:#}");
    let kept = fs::read_to_string(&state).unwrap();
    assert!(kept.contains("\"events\": 3"), "{kept}");
    fs::write(&state, kept.replace("\"events\": 3", "\"events\": 2")).unwrap();
    audit().with(2);
}

#[test]
fn all_of_an_office_is_proved_from_an_export_alone() {
    let folder = Folder::new();
    let (demo, out, page) = (
        folder.join("demo"),
        folder.join("export"),
        folder.join("report.html"),
    );
    hotich(folder.path(), &["demo", "--data", &demo]).with(0);
    hotich(folder.path(), &["export", "--data", &demo, "--out", &out]).with(0);
    fs::remove_dir_all(&demo).unwrap();
    let asked = ["audit", "--data", &out, "--office", "00003", "--year", "2026"];
    let proved = hotich(
        folder.path(),
        &[&asked[..], &["--vi", "--report", &page]].concat(),
    )
    .with(0);
    assert!(
        proved.out.contains("Đây là toàn bộ 2 sự kiện của cơ quan"),
        "{}",
        proved.out
    );
    assert!(
        fs::read_to_string(&page)
            .unwrap()
            .contains("These are all 2 events of the office")
    );
    let nowhere = ["audit", "--data", &out, "--office", "77", "--json"];
    let nowhere = hotich(folder.path(), &nowhere).with(1).json();
    assert_eq!(
        nowhere["log"]["findings"][0]["kind"], "office_never_opened",
        "{nowhere:#}"
    );
}

#[test]
fn an_auditor_gets_envelopes_and_no_bodies() {
    let folder = Folder::new();
    let (demo, out) = (folder.join("demo"), folder.join("restricted"));
    hotich(folder.path(), &["demo", "--data", &demo]).with(0);
    hotich(
        folder.path(),
        &["export", "--restricted", "--data", &demo, "--out", &out],
    )
    .with(0);
    let envelopes = fs::read(format!("{out}/restricted/envelopes/000.p/21")).unwrap();
    let name = "Ksor".as_bytes();
    assert!(!envelopes.windows(name.len()).any(|window| window == name));
    for absent in ["bodies", "events", "manifest.json"] {
        assert!(
            !folder.path().join("restricted").join(absent).exists(),
            "{absent}"
        );
    }
}
