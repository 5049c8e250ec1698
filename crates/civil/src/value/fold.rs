//! Folding of names for search.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The text as it is searched: no marks, no apostrophes, hyphens as blanks, lower case, single blanks.
///
/// "Nguyễn Hoà" and "NGUYỄN HÒA" give `nguyen hoa`; "H'Ƀlăn Mlô" gives `hblan mlo`. Folding is for finding only: what was written is kept as written.
/// It is part of what a search index holds, so a change here needs the index to be rebuilt.
pub fn fold_for_search(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut blank_is_due = false;
    // Lower case comes first: İ becomes i with a dot above, and the dot is a mark.
    for c in text.chars().flat_map(char::to_lowercase).nfd() {
        if is_apostrophe(c) || is_combining_mark(c) || is_invisible(c) {
            continue;
        }
        if c.is_whitespace() || is_hyphen(c) {
            blank_is_due = !folded.is_empty();
            continue;
        }
        if std::mem::take(&mut blank_is_due) {
            folded.push(' ');
        }
        match base_letters(c) {
            Some(letters) => folded.push_str(letters),
            None => folded.push(c),
        }
    }
    folded
}

/// [`fold_for_search`] without blanks: "H' Mrang", "H'Mrang" and "H Mrang" all give `hmrang`.
pub fn fold_compact(text: &str) -> String {
    fold_for_search(text).replace(' ', "")
}

/// The signs that people type for the apostrophe of Ê Đê, Cơ Ho, Mạ and Mnông names.
fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '\u{2019}' | '\u{2018}' | '\u{02BC}' | '\u{02BB}' | '\u{02B9}' | '\u{2032}' | '`' | '\u{00B4}'
    )
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// Characters that nobody sees: soft hyphen, zero-width characters, byte order mark.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
}

/// Letters that are no base letter plus mark in Unicode. `ð` is there because it looks like `đ` in capitals and is typed for it.
fn base_letters(c: char) -> Option<&'static str> {
    Some(match c {
        'đ' | 'ð' => "d",
        'ƀ' => "b",
        'ø' => "o",
        'ł' => "l",
        'ħ' => "h",
        'ŧ' => "t",
        'ı' => "i",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        _ => return None,
    })
}

#[cfg(test)]
#[path = "fold_tests.rs"]
mod tests;
