//! The 278 names of `schemas/lists/test_names.csv`: each comes back as it was written, and is found however it is typed.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on stops where it stands"
)]

use civil::act::Person;
use civil::stated::{Missing, Stated};
use civil::value::{
    LegacyEncoding, NameFinding, PersonName, Text, convert_legacy, fold_compact, fold_for_search,
    looks_legacy_encoded,
};
use civil::wire::{Form, Wire};
use civil::{cbor, value};
use unicode_normalization::UnicodeNormalization;

mod list;

use list::{other_tone_position, rows, typings};

/// The names that are written at all, as the edge takes them.
fn names() -> Vec<(PersonName, String)> {
    let written = rows().into_iter().filter(|(name, _)| !name.is_empty());
    written
        .map(|(name, note)| (PersonName::parse(&Text::normalise(&name)).unwrap(), note))
        .collect()
}

#[test]
fn there_are_278_rows_and_one_of_them_is_no_name() {
    assert_eq!((rows().len(), names().len()), (278, 277));
}

#[test]
fn every_name_comes_back_byte_for_byte_from_cbor_and_json() {
    for (name, _) in names() {
        let written = name.full().to_owned();
        assert!(written.nfc().eq(written.chars()), "{written} is not NFC");
        let person = Person::named(name);
        let bytes = cbor::encode(&person.to_cbor());
        let read = Person::from_cbor(cbor::decode(&bytes).unwrap()).unwrap();
        assert_eq!(read, person);
        assert_eq!(cbor::encode(&read.to_cbor()), bytes, "{written}");
        let mut form = Form::new();
        let read = Person::from_json(&read.to_json(), &mut form);
        let read = form.finish(read).unwrap();
        assert_eq!(read.name.value.unwrap().full(), written);
    }
}

#[test]
fn the_edge_changes_nothing_but_the_form_of_unicode_and_blanks_around() {
    for (name, _) in rows() {
        let composed: String = name.nfc().collect();
        assert_eq!(Text::normalise(&name), composed.trim(), "{name}");
    }
    let decomposed = rows()
        .into_iter()
        .filter(|(name, _)| !name.nfc().eq(name.chars()))
        .count();
    assert_eq!(decomposed, 1, "one row is decomposed on purpose");
}

#[test]
fn every_name_folds_to_one_text_however_it_is_typed() {
    for (name, _) in names() {
        let found = fold_for_search(name.full());
        for typed in typings(name.full()) {
            assert_eq!(fold_for_search(&typed), found, "{typed} for {name}");
        }
        assert_eq!(fold_compact(name.full()), found.replace(' ', ""));
    }
}

#[test]
fn the_tone_moves_to_the_other_vowel_and_back() {
    for (old, new) in [
        ("Nguyễn Hoà", "Nguyễn Hòa"),
        ("Trần Thị Thuý Oanh", "Trần Thị Thúy Oanh"),
        ("Loè", "Lòe"),
    ] {
        assert_eq!(other_tone_position(old), new);
        assert_eq!(other_tone_position(new), old);
    }
    assert_eq!(other_tone_position("Lê Ý"), "Lê Ý");
}

#[test]
fn a_name_in_a_legacy_encoding_is_recognised_offered_and_left_as_it_is() {
    let mut offered = Vec::new();
    for (name, note) in names() {
        let means = note.split("means ").nth(1);
        assert_eq!(means.is_some(), convert_legacy(name.full()).is_some(), "{name}");
        let Some(means) = means else { continue };
        let offer = convert_legacy(name.full()).unwrap();
        assert!(looks_legacy_encoded(name.full()));
        assert!(name.findings().contains(&NameFinding::LegacyEncoding));
        assert_eq!(offer.text, means);
        offered.push(offer.encoding);
        // The name itself says what it said.
        assert_ne!(name.full(), means);
        assert_eq!(Text::normalise(name.full()), name.full());
    }
    assert_eq!(offered, [LegacyEncoding::Tcvn3, LegacyEncoding::Vni]);
}

#[test]
fn a_name_that_nobody_wrote_is_missing_for_a_reason() {
    let (empty, note) = rows().into_iter().find(|(name, _)| name.is_empty()).unwrap();
    assert!(note.contains("with a reason"));
    assert_eq!(value::Text::parse(&empty).unwrap_err().code, "empty");
    let nameless: Stated<PersonName> = Stated::missing(Missing::Unknown);
    let bytes = cbor::encode(&nameless.to_cbor());
    assert_eq!(Stated::from_cbor(cbor::decode(&bytes).unwrap()), Ok(nameless));
}
