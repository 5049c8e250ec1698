//! The name of a person.

use super::{Text, ValueError, has_lost_letters, looks_legacy_encoded};
use std::fmt;
use unicode_normalization::UnicodeNormalization;

/// A person's name (họ, chữ đệm, tên): the full name as written, and beside it, if the declarant states them, family, middle and given name.
///
/// None is derived from another: Ê Đê names have the clan last, Ba Na and Xơ Đăng names may have no surname, and "Y" alone is a name.
/// Any letters are accepted. What Civil Code 2015, Art. 26(3) does not allow in a *new* name is a finding ([`PersonName::findings`]), never an error.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonName {
    full: Text,
    family: Option<Text>,
    middle: Option<Text>,
    given: Option<Text>,
}

/// Something about a name that an officer should look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameFinding {
    /// A digit: Civil Code 2015, Art. 26(3).
    Digit,
    /// A sign that is neither letter, mark, blank, apostrophe, hyphen nor full stop: Civil Code 2015, Art. 26(3).
    Sign,
    /// Letters outside the Latin script: the paper needs the Latin form (Circular 04/2020, Art. 31).
    NotLatin,
    /// Looks like TCVN3 or VNI bytes.
    LegacyEncoding,
    /// Letters were lost as question marks.
    LostLetters,
}

impl PersonName {
    /// The longest name or part of a name, in bytes of UTF-8.
    pub const MAX_BYTES: usize = 500;

    /// A full name as written, without parts.
    ///
    /// Errors: those of [`Text::parse`]; `line_break`, `too_long`.
    pub fn parse(full: &str) -> Result<Self, ValueError> {
        Ok(Self {
            full: line(full)?,
            family: None,
            middle: None,
            given: None,
        })
    }

    /// The same name with its parts as the declarant states them; nothing is compared with the full name.
    ///
    /// Errors: as [`PersonName::parse`].
    pub fn with_parts(
        self,
        family: Option<&str>,
        middle: Option<&str>,
        given: Option<&str>,
    ) -> Result<Self, ValueError> {
        let part = |text: Option<&str>| text.map(line).transpose();
        Ok(Self {
            full: self.full,
            family: part(family)?,
            middle: part(middle)?,
            given: part(given)?,
        })
    }

    /// The full name as written.
    pub fn full(&self) -> &str {
        self.full.as_str()
    }

    /// Họ, if stated.
    pub fn family(&self) -> Option<&str> {
        self.family.as_ref().map(Text::as_str)
    }

    /// Chữ đệm, if stated.
    pub fn middle(&self) -> Option<&str> {
        self.middle.as_ref().map(Text::as_str)
    }

    /// Tên, if stated.
    pub fn given(&self) -> Option<&str> {
        self.given.as_ref().map(Text::as_str)
    }

    /// In capitals, as papers print names (Circular 04/2020, Art. 31).
    pub fn upper_case(&self) -> String {
        upper_case(self.full())
    }

    /// What an officer should look at, each finding once, in the order of the enum.
    pub fn findings(&self) -> Vec<NameFinding> {
        let name = self.full();
        let checks = [
            (NameFinding::Digit, name.chars().any(char::is_numeric)),
            (NameFinding::Sign, name.chars().any(is_sign)),
            (NameFinding::NotLatin, name.chars().any(is_not_latin)),
            (NameFinding::LegacyEncoding, looks_legacy_encoded(name)),
            (NameFinding::LostLetters, has_lost_letters(name)),
        ];
        checks
            .into_iter()
            .filter_map(|(finding, found)| found.then_some(finding))
            .collect()
    }
}

impl fmt::Display for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.full())
    }
}

/// Shows no letter: debug output ends in logs.
impl fmt::Debug for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonName(…)")
    }
}

/// Capitals by Unicode rules without a locale: `ƀ` gives `Ƀ`, `ơ̆` keeps its U+0306, `ß` gives `SS`. The result is in NFC.
pub fn upper_case(text: &str) -> String {
    text.chars().flat_map(char::to_uppercase).nfc().collect()
}

fn line(text: &str) -> Result<Text, ValueError> {
    let text = Text::parse(text)?;
    if text.as_str().contains('\n') {
        return Err(ValueError::new(
            "line_break",
            "Tên không được xuống dòng.",
            "A name is one line.",
        ));
    }
    if text.as_str().len() > PersonName::MAX_BYTES {
        return Err(ValueError::new(
            "too_long",
            "Tên quá dài (tối đa 500 byte).",
            "The name is longer than 500 bytes.",
        ));
    }
    Ok(text)
}

fn is_sign(c: char) -> bool {
    let allowed =
        c.is_alphanumeric() || c.is_whitespace() || unicode_normalization::char::is_combining_mark(c);
    !allowed && !matches!(c, '\'' | '\u{2019}' | '\u{02BC}' | '`' | '-' | '.')
}

/// A letter beyond Latin Extended; Latin Extended Additional (U+1E00 to U+1EFF) holds most Vietnamese letters.
fn is_not_latin(c: char) -> bool {
    c.is_alphabetic() && !matches!(c, '\0'..='\u{024F}' | '\u{02B0}'..='\u{02FF}' | '\u{1E00}'..='\u{1EFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(full: &str) -> PersonName {
        PersonName::parse(full).unwrap()
    }

    #[test]
    fn capitals_keep_the_letters_of_every_people() {
        for (written, capitals) in [
            ("Nay H'Ƀlưn", "NAY H'ɃLƯN"),
            ("Siu H'ƀŭn", "SIU H'ɃŬN"),
            ("Kpuih H'Lơ̆", "KPUIH H'LƠ̆"),
            ("Y Tê̆ Niê Mlô", "Y TÊ̆ NIÊ MLÔ"),
            ("Đỗ Thị Ỷ", "ĐỖ THỊ Ỷ"),
            ("İlker Işık", "İLKER IŞIK"),
        ] {
            assert_eq!(name(written).upper_case(), capitals);
        }
    }

    #[test]
    fn parts_are_stated_and_never_derived() {
        let plain = name("Y Ñuê Buôn Krông");
        assert_eq!(
            (plain.family(), plain.middle(), plain.given()),
            (None, None, None)
        );
        let stated = plain.with_parts(Some("Buôn Krông"), None, Some("Y Ñuê")).unwrap();
        assert_eq!(stated.full(), "Y Ñuê Buôn Krông");
        assert_eq!(
            (stated.family(), stated.middle(), stated.given()),
            (Some("Buôn Krông"), None, Some("Y Ñuê"))
        );
    }

    #[test]
    fn odd_names_are_findings_and_not_errors() {
        assert_eq!(name("Nguyễn Văn 2").findings(), [NameFinding::Digit]);
        assert_eq!(name("Trần Thị @nh").findings(), [NameFinding::Sign]);
        assert_eq!(name("Иван Петров").findings(), [NameFinding::NotLatin]);
        assert_eq!(
            name("NguyÔn V¨n Nam").findings(),
            [NameFinding::Sign, NameFinding::LegacyEncoding]
        );
        assert_eq!(
            name("Nguy?n V?n Nam").findings(),
            [NameFinding::Sign, NameFinding::LostLetters]
        );
        for fine in [
            "H'Hen Niê",
            "H`Đok Niê",
            "HʼNê Mlô",
            "Y-Blô Niê",
            "D'Angelo St. John",
            "Kpuih H'Lơ̆",
            "Y",
            "Ngozi Chukwuemeka-Ọláníyan",
        ] {
            assert_eq!(name(fine).findings(), [], "{fine}");
        }
    }

    #[test]
    fn a_name_is_one_line_and_debug_output_hides_it() {
        assert_eq!(PersonName::parse("Lê\nÝ").unwrap_err().code, "line_break");
        assert_eq!(PersonName::parse(&"a".repeat(501)).unwrap_err().code, "too_long");
        assert!(!format!("{:?}", name("Lê Ý")).contains("Lê"));
    }
}
