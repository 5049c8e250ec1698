//! Sex (giới tính).

use super::ValueError;
use std::fmt;

/// Sex as the register states it. "Undetermined" stands in old data (code 3 of the 2017 import template).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sex {
    /// Nam.
    Male,
    /// Nữ.
    Female,
    /// Không xác định.
    Undetermined,
}

impl Sex {
    /// All values.
    pub const ALL: [Self; 3] = [Self::Male, Self::Female, Self::Undetermined];

    /// Reads the wire text: `male`, `female`, `undetermined`.
    ///
    /// Errors: `not_a_sex`.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        Self::ALL
            .into_iter()
            .find(|sex| sex.as_str() == text)
            .ok_or_else(|| {
                ValueError::new(
                    "not_a_sex",
                    "Giới tính ghi là male (Nam), female (Nữ) hoặc undetermined (Không xác định).",
                    "Sex is male, female or undetermined.",
                )
            })
    }

    /// The wire text.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Male => "male",
            Self::Female => "female",
            Self::Undetermined => "undetermined",
        }
    }

    /// As papers print it: "Nam", "Nữ", "Không xác định".
    pub fn vietnamese(self) -> &'static str {
        match self {
            Self::Male => "Nam",
            Self::Female => "Nữ",
            Self::Undetermined => "Không xác định",
        }
    }

    /// The code of the 2017 import template of "Phần mềm hộ tịch 158": 1 Nam, 2 Nữ, 3 Không xác định.
    pub fn from_import_2017(code: u8) -> Option<Self> {
        match code {
            1 => Some(Self::Male),
            2 => Some(Self::Female),
            3 => Some(Self::Undetermined),
            _ => None,
        }
    }

    /// The code of QCVN 109:2017/BTTTT: 1 nam, 2 nữ; 0 (no information) and all else give `None`.
    pub fn from_qcvn_109(code: u8) -> Option<Self> {
        match code {
            1 => Some(Self::Male),
            2 => Some(Self::Female),
            _ => None,
        }
    }
}

impl fmt::Display for Sex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_code_lists_are_converted_explicitly() {
        assert_eq!(Sex::from_import_2017(3), Some(Sex::Undetermined));
        assert_eq!(Sex::from_qcvn_109(0), None);
        assert_eq!(Sex::from_qcvn_109(3), None);
        for sex in Sex::ALL {
            assert_eq!(Sex::parse(&sex.to_string()), Ok(sex));
        }
        assert_eq!(Sex::parse("Nam").unwrap_err().code, "not_a_sex");
    }
}
