//! What is released never changes: RFCs, CDDL, golden vectors and migrations.
//!
//! `schemas/released.sha256` lists them as `sha256sum` does. `ops/release` adds the new ones; a line that is there is
//! never changed by a program. Whoever finds a mistake in a released file writes a new one beside it. `schemas/drafts` names
//! those that may still change, until somebody takes their line out.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on stops where it stands"
)]

use std::collections::{BTreeMap, BTreeSet};

use hotich_tests::tree;
use sha2::{Digest as _, Sha256};

const LIST: &str = "schemas/released.sha256";
const FORMS: &str = "schemas/law/papers.csv";
const FORMS_RELEASED: &str = "schemas/law/papers.released";
const DRAFTS: &str = "schemas/drafts";

#[test]
fn no_released_file_has_changed() {
    let now = released();
    for (path, hash) in listed() {
        let found = now.get(&path).map(String::as_str);
        assert_eq!(
            found,
            Some(hash.as_str()),
            "{path} was released with this SHA-256 and may not change"
        );
    }
}

#[test]
fn every_file_to_be_released_is_listed() {
    let listed = listed();
    let drafts = drafts();
    let missing: Vec<_> = released()
        .into_keys()
        .filter(|path| !listed.contains_key(path) && !drafts.contains(path))
        .collect();
    if missing.is_empty() {
        return;
    }
    // Set by ops/release alone. Only lines are added, and only for files that have none.
    assert!(
        std::env::var_os("HOTICH_RELEASE").is_some(),
        "not in {LIST}: {missing:#?}\nrun ops/release"
    );
    let mut all = listed;
    all.extend(released().into_iter().filter(|(path, _)| missing.contains(path)));
    let text: String = all
        .iter()
        .map(|(path, hash)| format!("{hash}  {path}\n"))
        .collect();
    std::fs::write(tree::root().join(LIST), text).unwrap();
    println!("released: {missing:#?}");
}

#[test]
fn a_draft_is_there_is_not_released_and_says_so() {
    let (there, listed) = (released(), listed());
    for path in drafts() {
        assert!(
            there.contains_key(&path),
            "{path} is in {DRAFTS} and is no file to be released"
        );
        assert!(!listed.contains_key(&path), "{path} is released and no draft");
    }
    for path in there.keys().filter(|path| path.ends_with(".md")) {
        let says = tree::read(path).contains("\nStatus: draft");
        assert_eq!(says, drafts().contains(path), "the status of {path}");
    }
}

/// A paper is set again from its event for ever, by the form of its day: whatever a row said when a paper was issued by it, it says. A form that changes gets a row
/// from that day on; a row without an end may get one.
#[test]
fn no_form_changes_by_which_papers_were_issued() {
    let listed = tree::read(FORMS_RELEASED);
    let mut listed = listed.lines();
    let by = listed
        .next()
        .and_then(|head| head.strip_suffix('.')?.rsplit(' ').next())
        .unwrap();
    let forms = tree::read(FORMS);
    let mut in_force = 0;
    for row in forms.lines().skip(1) {
        let key: Vec<&str> = row.splitn(5, ',').take(4).collect();
        in_force += usize::from(key[2] <= by);
    }
    for line in listed {
        let (hash, key) = line.split_once("  ").unwrap();
        let (begins, until) = key.rsplit_once(',').unwrap();
        let row = forms.lines().find(|row| row.starts_with(&format!("{begins},")));
        let row = row.unwrap_or_else(|| panic!("{FORMS} has lost {begins}"));
        let ends = row[begins.len() + 1..].find(',').unwrap();
        let as_released = match until {
            "" => format!("{begins},{}", &row[begins.len() + 1 + ends..]),
            _ => row.to_owned(),
        };
        let found = hex::encode(Sha256::digest(as_released.as_bytes()));
        assert_eq!(found, hash, "papers were issued by this row of {FORMS}: {row}");
        in_force -= 1;
    }
    assert_eq!(
        in_force, 0,
        "a row of {FORMS} begins on a day that is past by {by}: papers were issued by another"
    );
}

#[test]
fn there_is_something_to_release() {
    assert!(!released().is_empty());
}

/// The files whose bytes others rely on, with their SHA-256.
fn released() -> BTreeMap<String, String> {
    let numbered = |path: &str| {
        let name = path.rsplit('/').next().unwrap();
        name.len() > 5 && name[..4].bytes().all(|byte| byte.is_ascii_digit())
    };
    let rfcs = tree::files_ending("schemas/rfc", &[".md"])
        .into_iter()
        .filter(|path| numbered(path));
    let migrations = tree::files_ending("crates/ledger/src/sql", &[".sql"])
        .into_iter()
        .filter(|path| numbered(path));
    rfcs.chain(migrations)
        .chain(tree::files_ending("schemas", &[".cddl"]))
        .chain(tree::files_ending("schemas/vectors", &[".json"]))
        .chain(tree::files_ending("schemas/log", &[""]))
        .chain(["schemas/access.json", "schemas/bodies.json"].map(str::to_owned))
        .map(|path| {
            let hash = hex::encode(Sha256::digest(tree::read(&path)));
            (path, hash)
        })
        .collect()
}

fn drafts() -> BTreeSet<String> {
    let text = std::fs::read_to_string(tree::root().join(DRAFTS)).unwrap_or_default();
    text.lines().map(str::to_owned).collect()
}

fn listed() -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(tree::root().join(LIST)).unwrap_or_default();
    text.lines()
        .map(|line| {
            let (hash, path) = line.split_once("  ").expect("HASH, two spaces, PATH");
            (path.to_owned(), hash.to_owned())
        })
        .collect()
}
