use super::*;
use crate::value::{Text, has_lost_letters, looks_legacy_encoded, upper_case};

const NAMES: &str = include_str!("../../../../schemas/lists/test_names.csv");

/// Name and note of every row.
fn rows() -> Vec<(String, String)> {
    let mut reader = csv::Reader::from_reader(NAMES.as_bytes());
    reader
        .records()
        .map(|row| row.unwrap())
        .map(|row| (row[0].to_owned(), row[2].to_owned()))
        .collect()
}

#[test]
fn every_test_name_is_found_however_it_is_typed() {
    let rows = rows();
    assert_eq!(rows.len(), 278);
    for (name, _) in &rows {
        let found = fold_for_search(name);
        let typings = [
            name.nfd().collect::<String>(),
            name.nfc().collect(),
            name.to_lowercase(),
            upper_case(name),
            name.nfd().filter(|c| !is_combining_mark(*c)).collect(),
            name.replace(['đ', 'Đ'], "d"),
            name.replace(['\u{2019}', '\u{2BC}', '`', '\''], ""),
            name.replace(['\u{2BC}', '`', '\''], "\u{2019}"),
            name.replace('-', " "),
            format!("  {}  ", name.replace(' ', "   ")),
        ];
        for typed in typings {
            assert_eq!(fold_for_search(&typed), found, "{name}");
        }
        assert_eq!(
            fold_for_search(&found),
            found,
            "folding twice changes nothing: {name}"
        );
    }
}

#[test]
fn folded_names_are_plain_letters_unless_the_script_is_another() {
    for (name, note) in rows() {
        if note.contains("Cyrillic") || note.contains("non-Latin") || name.contains(['@', '?', '(', '¨']) {
            continue;
        }
        let folded = fold_for_search(&name);
        assert!(
            folded
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == ' ' || c == '.'),
            "{name} gives {folded}"
        );
    }
}

#[test]
fn both_tone_positions_are_one_name() {
    assert_eq!(fold_for_search("Nguyễn Hoà"), fold_for_search("Nguyễn Hòa"));
    assert_eq!(
        fold_for_search("Trần Thị Thuý Oanh"),
        fold_for_search("TRẦN THỊ THÚY OANH")
    );
    assert_eq!(fold_for_search("Trần Thị Thuý Oanh"), "tran thi thuy oanh");
}

#[test]
fn letters_of_all_peoples_fold_to_what_a_plain_keyboard_types() {
    for (name, folded) in [
        ("H'Ƀlăn Mlô", "hblan mlo"),
        ("Y Tê̆ Niê Mlô", "y te nie mlo"),
        ("H'Jư̆k Niê", "hjuk nie"),
        ("Nay H'Ƀlưn", "nay hblun"),
        ("H`Đok Niê", "hdok nie"),
        ("Y-Blô Niê", "y blo nie"),
        ("Ðặng Văn", "dang van"),
        ("İlker Işık", "ilker isik"),
        ("Zoë Müller-Groß", "zoe muller gross"),
        ("ZOË MÜLLER-GROSS", "zoe muller gross"),
        ("Øystein Åsgård", "oystein asgard"),
        ("Ólafur Þórsson", "olafur thorsson"),
        ("Xi\u{A0}Lin", "xi lin"),
        ("NGUYỄN  THỊ   HOA", "nguyen thi hoa"),
        ("Ước Ơn", "uoc on"),
        ("", ""),
    ] {
        assert_eq!(fold_for_search(name), folded);
    }
}

#[test]
fn compact_folding_forgives_the_blank_after_an_apostrophe() {
    assert_eq!(fold_compact("H' Mrang Byă"), fold_compact("H'Mrang Byă"));
    assert_eq!(fold_compact("Y-Blô Niê"), fold_compact("Y Blô Niê"));
}

#[test]
fn only_the_rows_in_an_old_font_encoding_are_suspected() {
    for (name, note) in rows() {
        let legacy = note.contains("TCVN3") || note.contains("VNI");
        assert_eq!(looks_legacy_encoded(&name), legacy, "{name}");
        assert_eq!(
            has_lost_letters(&name),
            note.contains("lost as question marks"),
            "{name}"
        );
    }
}

#[test]
fn normalising_never_changes_a_letter_of_an_old_encoding() {
    for (name, note) in rows() {
        if note.contains("TCVN3") || note.contains("VNI") {
            assert_eq!(Text::normalise(&name), name);
        }
    }
}

#[test]
fn every_test_name_but_the_empty_one_is_a_text_once_normalised() {
    for (name, note) in rows() {
        assert_eq!(Text::from_input(&name).is_ok(), !name.is_empty(), "{note}");
        let nfd = note.contains("NFD");
        assert_eq!(
            Text::parse(name.trim()).is_err_and(|e| e.code == "not_nfc"),
            nfd,
            "{note}"
        );
    }
}
