//! The list of names, and how people type them. The tests of the product from outside read this file too.

use civil::value::upper_case;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

const NAMES: &str = include_str!("../../../../schemas/lists/test_names.csv");

/// Name and note of every row.
pub fn rows() -> Vec<(String, String)> {
    let mut reader = csv::Reader::from_reader(NAMES.as_bytes());
    let rows = reader.records().map(|row| row.unwrap());
    rows.map(|row| (row[0].to_owned(), row[2].to_owned())).collect()
}

/// A name as people type it who have no time, no marks, or another keyboard: as it is, in capitals, without marks, without
/// apostrophes, with the tone on the other vowel.
pub fn typings(name: &str) -> [String; 5] {
    let without_marks: String = name.nfd().filter(|c| !is_combining_mark(*c)).collect();
    [
        name.to_owned(),
        upper_case(name),
        without_marks.replace('đ', "d").replace('Đ', "D"),
        name.replace(['\'', '\u{2019}', '\u{2BC}', '`'], ""),
        other_tone_position(name),
    ]
}

/// The tone mark on the other vowel of `oa`, `oe` and `uy`, as the old and the new way of writing have it.
pub fn other_tone_position(name: &str) -> String {
    const PAIRS: [&str; 3] = ["oa", "oe", "uy"];
    let tone = |c: char| matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
    let pair = |one: char, two: char| PAIRS.contains(&format!("{one}{two}").to_lowercase().as_str());
    let mut letters: Vec<char> = name.nfd().collect();
    let mut place = 0;
    while place + 2 < letters.len() {
        let [first, second, third] = [letters[place], letters[place + 1], letters[place + 2]];
        let after_second = pair(first, second) && tone(third);
        let after_first = pair(first, third) && tone(second);
        if after_second || after_first {
            letters.swap(place + 1, place + 2);
            place += 2;
        }
        place += 1;
    }
    letters.into_iter().nfc().collect()
}
