//! A text of one field.

use super::ValueError;
use crate::cbor::is_nfc;
use std::fmt;
use unicode_normalization::UnicodeNormalization;

/// A text that says something: trimmed, not empty, Unicode NFC, at most 4,000 bytes, without control characters except the line break.
///
/// Letters of any language are accepted and kept as written. Stored and hashed bytes must not depend on the keyboard,
/// so a text that is not in NFC is refused here; the edge calls [`Text::normalise`] first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(String);

impl Text {
    /// The longest text, in bytes of UTF-8.
    pub const MAX_BYTES: usize = 4_000;

    /// Takes the text as it is.
    ///
    /// Errors: `empty`, `not_trimmed`, `too_long`, `control_character`, `not_nfc`.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        check(text)?;
        Ok(Self(text.to_owned()))
    }

    /// What the edge does to typed input before [`Text::parse`]: NFC, line ends as `\n`, no blanks around.
    ///
    /// It changes no letter: a text in an old font encoding stays what it is (see [`super::looks_legacy_encoded`]).
    pub fn normalise(text: &str) -> String {
        let composed: String = text.nfc().collect();
        composed
            .replace("\r\n", "\n")
            .replace('\r', "\n")
            .trim()
            .to_owned()
    }

    /// [`Text::normalise`], then [`Text::parse`].
    pub fn from_input(text: &str) -> Result<Self, ValueError> {
        Self::parse(&Self::normalise(text))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

fn check(text: &str) -> Result<(), ValueError> {
    if text.trim().is_empty() {
        return Err(ValueError::new(
            "empty",
            "Chưa có nội dung.",
            "The text is empty.",
        ));
    }
    if text.trim() != text {
        return Err(ValueError::new(
            "not_trimmed",
            "Có khoảng trắng ở đầu hoặc cuối.",
            "There are blanks before or after the text.",
        ));
    }
    if text.len() > Text::MAX_BYTES {
        return Err(ValueError::new(
            "too_long",
            "Nội dung quá dài (tối đa 4.000 byte).",
            "The text is longer than 4,000 bytes.",
        ));
    }
    if text.chars().any(is_forbidden) {
        return Err(ValueError::new(
            "control_character",
            "Có ký tự điều khiển.",
            "The text holds a control character.",
        ));
    }
    if !is_nfc(text) {
        return Err(ValueError::new(
            "not_nfc",
            "Nội dung chưa ở dạng Unicode dựng sẵn (NFC).",
            "The text is not in Unicode NFC.",
        ));
    }
    Ok(())
}

/// Control characters, and the marks that turn the direction of writing: with those a paper could show another text than the one signed.
fn is_forbidden(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> &'static str {
        Text::parse(text).unwrap_err().code
    }

    #[test]
    fn a_text_keeps_every_letter_it_was_given() {
        for text in [
            "H'Hen Niê",
            "Y Tê̆ Niê Mlô",
            "山田 太郎",
            "Иван Петров",
            "dòng một\ndòng hai",
            "Nguyễn Văn 2",
        ] {
            assert_eq!(Text::parse(text).unwrap().as_str(), text);
        }
    }

    #[test]
    fn a_text_that_says_nothing_or_hides_something_is_refused_by_name() {
        assert_eq!(code(""), "empty");
        assert_eq!(code(" \u{00A0}\n"), "empty");
        assert_eq!(code(" Trần Văn Tư "), "not_trimmed");
        assert_eq!(code("a\tb"), "control_character");
        assert_eq!(code("a\u{202E}b"), "control_character");
        assert_eq!(code("Nguyê\u{303}n"), "not_nfc");
        assert_eq!(code(&"a".repeat(4_001)), "too_long");
        assert!(Text::parse(&"a".repeat(4_000)).is_ok());
    }

    #[test]
    fn the_edge_normalises_before_it_parses() {
        let text = Text::from_input(" Nguye\u{302}\u{303}n\r\nThị ").unwrap();
        assert_eq!(text.as_str(), "Nguyễn\nThị");
    }

    #[test]
    fn an_error_never_repeats_the_input() {
        let error = Text::parse(" Bí Mật ").unwrap_err();
        assert!(!error.to_string().contains("Mật") && !error.vi.contains("Mật"));
    }
}
