//! `decide` as the law has it: what is refused, what is shown, and beside each case one that is neither.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on stops where it stands"
)]

mod acts;
mod administration;
mod amendments;
mod authority;
mod books;
mod files;
mod heads;
mod issued;
mod judgments;
mod old_books;
mod old_law;
mod papers;
mod parties;
mod people;
mod registrations;
mod relations;
mod seals;
mod second_person;
mod signers;
mod verdict;
mod warnings;
mod world;

use civil::decide::{RefusalCode, WarningCode};
use civil::kind::Kind;

#[test]
fn every_refusal_has_a_case_that_raises_it_and_one_beside_it() {
    let covered = [
        administration::COVERED,
        amendments::COVERED,
        books::COVERED,
        heads::COVERED,
        issued::COVERED,
        judgments::COVERED,
        papers::COVERED,
        registrations::COVERED,
        seals::COVERED,
        second_person::COVERED,
        signers::COVERED,
    ]
    .concat();
    let bare: Vec<&str> = RefusalCode::ALL
        .iter()
        .filter(|code| !covered.contains(code))
        .map(|code| code.name())
        .collect();
    assert!(bare.is_empty(), "no case raises {bare:?}");
}

#[test]
fn every_warning_has_a_case_that_raises_it_and_one_beside_it() {
    let covered = [
        books::warned::COVERED,
        files::COVERED,
        issued::warned::COVERED,
        old_books::COVERED,
        parties::COVERED,
        people::COVERED,
        signers::warned::COVERED,
        warnings::COVERED,
    ]
    .concat();
    let bare: Vec<&str> = WarningCode::ALL
        .iter()
        .filter(|code| !covered.contains(code))
        .map(|code| code.name())
        .collect();
    assert!(bare.is_empty(), "no case raises {bare:?}");
}

#[test]
fn every_code_speaks_vietnamese_and_english_and_has_a_name_of_its_own() {
    let refusals = RefusalCode::ALL
        .iter()
        .map(|code| (code.name(), code.vietnamese(), code.english()));
    let warnings = WarningCode::ALL
        .iter()
        .map(|code| (code.name(), code.vietnamese(), code.english()));
    let mut names = std::collections::BTreeSet::new();
    // A refusal shares its name with the warning that takes its place in old books, and with nothing else.
    for code in RefusalCode::ALL {
        if let Some(warning) = code.in_old_books() {
            assert_eq!(code.name(), warning.name());
            assert!(names.insert((1, code.name())));
        }
    }
    let paired = names.clone();
    let all = refusals
        .map(|code| (0, code))
        .chain(warnings.map(|code| (1, code)));
    for (list, (name, vietnamese, english)) in all {
        let new = if paired.contains(&(1, name)) {
            names.insert((list + 2, name))
        } else {
            names.insert((0, name))
        };
        assert!(new, "{name} is there twice");
        assert!(
            name.bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_'),
            "{name}"
        );
        assert!(vietnamese.ends_with('.') && english.ends_with('.'), "{name}");
        assert!(!vietnamese.is_ascii() && english != vietnamese, "{name}");
    }
}

#[test]
fn every_code_is_met_by_acts_of_some_kind() {
    for code in RefusalCode::ALL {
        assert!(Kind::ALL.iter().any(|kind| code.met_by(*kind)), "{}", code.name());
    }
    for code in WarningCode::ALL {
        assert!(Kind::ALL.iter().any(|kind| code.met_by(*kind)), "{}", code.name());
    }
}
