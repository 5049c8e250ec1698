//! The personal identification number.

use super::{Sex, ValueError};
use std::fmt;

/// Số định danh cá nhân: twelve digits (Law 26/2023, Art. 12). That is the only hard rule.
///
/// `PPP G YY NNNNNN`: place of registration, century and sex, year of birth, six more. A number never changes when provinces merge,
/// and after a correction of sex or date the old number may stay, so disagreement is a finding ([`PersonalNumber::consistency`]).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonalNumber([u8; 12]);

/// Something about a number that does not agree with the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NumberFinding {
    /// The century–sex digit is of the other sex.
    SexDiffers,
    /// The century–sex digit is of another century.
    CenturyDiffers,
    /// The two year digits are of another year.
    YearDiffers,
    /// The first three digits are none of the 63 province codes (Circular 07/2016/TT-BCA, Appendix 1). Country codes of births abroad and prefixes
    /// given after 2025-06-30 are not published where we could read them, so this says little.
    UnknownPrefix,
}

impl PersonalNumber {
    /// Reads twelve ASCII digits, exactly.
    ///
    /// Errors: `not_twelve_digits`.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let digits: Option<[u8; 12]> = text.as_bytes().try_into().ok();
        match digits {
            Some(digits) if digits.iter().all(u8::is_ascii_digit) => Ok(Self(digits)),
            _ => Err(ValueError::new(
                "not_twelve_digits",
                "Số định danh cá nhân gồm đúng 12 chữ số.",
                "A personal number is exactly twelve digits.",
            )),
        }
    }

    /// The twelve digits.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Where the number does not agree with the sex and the year of birth of the record; what is not given is not compared.
    pub fn consistency(&self, sex: Option<Sex>, year: Option<u16>) -> Vec<NumberFinding> {
        let [p1, p2, p3, g, y1, y2, ..] = self.0.map(|digit| u16::from(digit - b'0'));
        let sex_differs = match sex {
            Some(Sex::Male) => g % 2 != 0,
            Some(Sex::Female) => g % 2 != 1,
            Some(Sex::Undetermined) | None => false,
        };
        let checks = [
            (NumberFinding::SexDiffers, sex_differs),
            (
                NumberFinding::CenturyDiffers,
                year.is_some_and(|year| year / 100 != 19 + g / 2),
            ),
            (
                NumberFinding::YearDiffers,
                year.is_some_and(|year| year % 100 != y1 * 10 + y2),
            ),
            (
                NumberFinding::UnknownPrefix,
                PROVINCES.binary_search(&(p1 * 100 + p2 * 10 + p3)).is_err(),
            ),
        ];
        checks
            .into_iter()
            .filter_map(|(finding, found)| found.then_some(finding))
            .collect()
    }
}

impl fmt::Display for PersonalNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Shows no digit: debug output ends in logs.
impl fmt::Debug for PersonalNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonalNumber(…)")
    }
}

/// Circular 07/2016/TT-BCA, Appendix 1: "0" and the province code of the time.
const PROVINCES: [u16; 63] = [
    1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35, 36, 37, 38, 40,
    42, 44, 45, 46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74, 75, 77, 79, 80, 82, 83,
    84, 86, 87, 89, 91, 92, 93, 94, 95, 96,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twelve_digits_is_the_only_hard_rule() {
        assert_eq!(
            PersonalNumber::parse("999999999999").unwrap().to_string(),
            "999999999999"
        );
        for text in [
            "",
            "12345678901",
            "1234567890123",
            "12345678901a",
            "１２３４",
            " 01199000001",
        ] {
            assert_eq!(PersonalNumber::parse(text).unwrap_err().code, "not_twelve_digits");
        }
    }

    #[test]
    fn disagreement_is_a_finding() {
        use NumberFinding::{CenturyDiffers, SexDiffers, UnknownPrefix, YearDiffers};
        let number = PersonalNumber::parse("001319000001").unwrap();
        assert_eq!(number.consistency(Some(Sex::Female), Some(2019)), []);
        assert_eq!(number.consistency(Some(Sex::Male), Some(2019)), [SexDiffers]);
        assert_eq!(
            number.consistency(Some(Sex::Female), Some(1919)),
            [CenturyDiffers]
        );
        assert_eq!(number.consistency(None, Some(2018)), [YearDiffers]);
        assert_eq!(number.consistency(Some(Sex::Undetermined), None), []);
        assert_eq!(
            PersonalNumber::parse("900052000001")
                .unwrap()
                .consistency(Some(Sex::Male), Some(1952)),
            [UnknownPrefix]
        );
    }

    #[test]
    fn debug_output_hides_the_number() {
        assert!(!format!("{:?}", PersonalNumber::parse("001319000001").unwrap()).contains('1'));
    }

    #[test]
    fn the_prefixes_are_those_of_the_provinces_of_2024() {
        let codes: Vec<u16> = crate::unit::catalogue()
            .units()
            .iter()
            .filter(|unit| unit.level == crate::unit::Level::Province && unit.id.valid_from().is_none())
            .filter_map(|unit| unit.id.code().parse().ok())
            .collect();
        assert_eq!(codes, PROVINCES);
    }
}
