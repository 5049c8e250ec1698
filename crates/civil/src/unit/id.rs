//! The key of an administrative unit.

use super::Level;
use crate::value::{Date, ValueError};
use std::fmt;

/// The key of an administrative unit: its code and the day it began.
///
/// As text `10429@2025-07-01`, or `10429@..` when the start is not known, as for the lists of 2024. The code has two digits for a province,
/// three for a district and five for a commune. An id is well formed or not; whether the catalogue has it is another question.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitId {
    code: Code,
    valid_from: Option<Date>,
}

impl UnitId {
    /// Errors: `not_a_unit_code`.
    pub fn new(code: &str, valid_from: Option<Date>) -> Result<Self, ValueError> {
        Ok(Self {
            code: Code::parse(code).ok_or_else(not_a_unit_code)?,
            valid_from,
        })
    }

    /// Reads `10429@2025-07-01` or `10429@..`, exactly.
    ///
    /// Errors: `not_a_unit_id`, `not_a_unit_code`, those of [`Date::parse`].
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        match text.split_once('@') {
            Some((code, "..")) => Self::new(code, None),
            Some((code, date)) => Self::new(code, Some(Date::parse(date)?)),
            None => Err(ValueError::new(
                "not_a_unit_id",
                "Mã đơn vị hành chính phải có dạng 10429@2025-07-01 hoặc 10429@..",
                "A unit id has the form 10429@2025-07-01 or 10429@..",
            )),
        }
    }

    /// The code, two, three or five digits.
    pub fn code(&self) -> &str {
        self.code.as_str()
    }

    /// The first day of the unit, if known.
    pub fn valid_from(&self) -> Option<Date> {
        self.valid_from
    }

    /// The level, which the length of the code tells.
    pub fn level(&self) -> Level {
        self.code.level()
    }

    pub(super) fn from_code(code: Code, valid_from: Option<Date>) -> Self {
        Self { code, valid_from }
    }

    pub(super) fn code_key(&self) -> Code {
        self.code
    }
}

impl fmt::Display for UnitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.valid_from {
            Some(date) => write!(f, "{}@{date}", self.code()),
            None => write!(f, "{}@..", self.code()),
        }
    }
}

impl fmt::Debug for UnitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UnitId({self})")
    }
}

/// A code of two, three or five digits. Ordered by level, then by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Code {
    /// Length and number in one, so that codes compare as one number.
    key: u32,
    digits: [u8; 5],
}

impl Code {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        if !matches!(bytes.len(), 2 | 3 | 5) || !bytes.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let mut digits = [0; 5];
        digits.get_mut(..bytes.len())?.copy_from_slice(bytes);
        let number = bytes
            .iter()
            .fold(0, |number, digit| number * 10 + u32::from(digit - b'0'));
        Some(Self {
            key: (u32::try_from(bytes.len()).ok()? << 24) | number,
            digits,
        })
    }

    pub(super) fn key(self) -> u32 {
        self.key
    }

    pub(super) fn as_str(&self) -> &str {
        self.digits
            .get(..self.length())
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .unwrap_or_default()
    }

    fn length(self) -> usize {
        (self.key >> 24) as usize
    }

    fn level(self) -> Level {
        match self.length() {
            2 => Level::Province,
            3 => Level::District,
            _ => Level::Commune,
        }
    }
}

impl Ord for Code {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key.cmp(&other.key)
    }
}

impl PartialOrd for Code {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

fn not_a_unit_code() -> ValueError {
    ValueError::new(
        "not_a_unit_code",
        "Mã đơn vị hành chính gồm 2, 3 hoặc 5 chữ số.",
        "A unit code has two, three or five digits.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_one_text() {
        for text in ["10429@2025-07-01", "10429@..", "75@2026-04-30", "318@.."] {
            assert_eq!(UnitId::parse(text).unwrap().to_string(), text);
        }
        for (text, code) in [
            ("10429", "not_a_unit_id"),
            ("1042@..", "not_a_unit_code"),
            ("1042a@..", "not_a_unit_code"),
            ("@..", "not_a_unit_code"),
            ("10429@", "not_a_date"),
            ("10429@2025-02-30", "no_such_day"),
            ("10429@..@..", "not_a_date"),
        ] {
            assert_eq!(UnitId::parse(text).unwrap_err().code, code, "{text}");
        }
    }

    #[test]
    fn the_length_of_the_code_tells_the_level() {
        assert_eq!(UnitId::parse("01@..").unwrap().level(), Level::Province);
        assert_eq!(UnitId::parse("001@..").unwrap().level(), Level::District);
        assert_eq!(UnitId::parse("00001@..").unwrap().level(), Level::Commune);
    }
}
