//! Leaf values: what a single field of a civil-status record may hold.
//!
//! Each value is a newtype with a fallible constructor, so that no raw string travels past the edge.
//! A value refuses only what has no meaning (an hour 25, eleven digits for a personal number). What is merely improbable
//! or unlawful for a *new* registration is a finding, never an error: old books hold all of it.
//!
//! **Invariant**: an error text never repeats the input, because the input is personal data.

mod date;
mod ethnicity;
mod fold;
mod identity_paper;
mod legacy;
mod nationality;
mod partial_date;
mod person_name;
mod personal_number;
mod sex;
mod text;
mod time_of_day;
mod words;

pub use date::Date;
pub use ethnicity::Ethnicity;
pub use fold::{fold_compact, fold_for_search};
pub use identity_paper::IdentityPaper;
pub use legacy::{Conversion, LegacyEncoding, convert_legacy, has_lost_letters, looks_legacy_encoded};
pub use nationality::Nationality;
pub use partial_date::{Certainty, PartialDate};
pub use person_name::{NameFinding, PersonName, upper_case};
pub use personal_number::{NumberFinding, PersonalNumber};
pub use sex::Sex;
pub use text::Text;
pub use time_of_day::TimeOfDay;

use std::fmt;

/// Why a text cannot be this value.
///
/// The texts name the rule that was broken and never the input. `code` is stable and may be shown by programs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueError {
    /// Stable snake_case code, for example `not_nfc`.
    pub code: &'static str,
    /// What is wrong, in Vietnamese, for the officer.
    pub vi: String,
    /// What is wrong, in English.
    pub en: String,
}

impl ValueError {
    /// A new error. Callers must not put any part of the refused input into the texts.
    pub fn new(code: &'static str, vi: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            code,
            vi: vi.into(),
            en: en.into(),
        }
    }
}

impl fmt::Display for ValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.en)
    }
}

impl std::error::Error for ValueError {}

#[cfg(test)]
mod property_tests;
