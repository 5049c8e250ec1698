//! A clock for rehearsals: only a ledger on a domain that nobody owns takes one.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on stops where it stands"
)]

use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::ffi::OsStringExt as _;
use std::process::{Command, Output};

use hotich_tests::{Folder, hotich_binary};

const CLOCK: &str = "2027-03-05T08:00";
const REAL: &str = "hotich.gov.vn/ho-tich";

/// Runs a verb on the ledger of that folder, by that clock.
fn run(folder: &Folder, arguments: &[&str], clock: Option<&OsStr>) -> Output {
    let (data, keys) = (folder.join("ledger"), folder.join("keys"));
    let mut command = Command::new(hotich_binary());
    command.args(arguments).args(["--data", &data, "--keys", &keys]);
    if let Some(clock) = clock {
        command.env("HOTICH_CLOCK", clock);
    }
    command.output().unwrap()
}

fn refused(folder: &Folder, arguments: &[&str], clock: &OsStr) {
    let output = run(folder, arguments, Some(clock));
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {told}");
    assert!(told.contains("HOTICH_CLOCK"), "{arguments:?}: {told}");
}

#[test]
fn a_real_ledger_is_not_founded_by_another_clock_and_no_key_is_made_for_it() {
    let folder = Folder::new();
    refused(&folder, &["init", "--origin", REAL], CLOCK.as_ref());
    let left = fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(left, 0, "something was left behind");
}

#[test]
fn a_clock_that_nobody_can_read_makes_no_key_either() {
    let not_unicode = OsString::from_vec(b"2027-03-05T08:0\xff".to_vec());
    for clock in [OsStr::new("tomorrow"), &not_unicode] {
        let folder = Folder::new();
        refused(&folder, &["init", "--origin", "hotich.example/test"], clock);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}

#[test]
fn a_real_ledger_is_neither_served_nor_counted_by_another_clock_and_stays_as_it_is() {
    let folder = Folder::new();
    let founded = run(&folder, &["init", "--origin", REAL], None);
    assert_eq!(founded.status.code(), Some(0));
    refused(&folder, &["serve", "--listen", "127.0.0.1:0"], CLOCK.as_ref());
    refused(&folder, STATISTICS, CLOCK.as_ref());
    let counted = run(&folder, STATISTICS, None);
    assert_eq!(
        counted.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&counted.stderr)
    );
}

const STATISTICS: &[&str] = &[
    "statistics",
    "six_columns",
    "--from",
    "2026-01-01",
    "--to",
    "2026-12-31",
];
