//! Checking the tables of the law.

use super::competence::Competence;
use super::era::Era;
use super::fee::FeeWaiver;
use super::four_eyes::FourEyes;
use super::limit::LimitRow;
use super::marriage_age::MarriageAge;
use super::paper::PaperTitle;
use super::processing_time::ProcessingTime;
use super::required_field::RequiredField;
use super::role::Covered;
use super::table::{Rule, Table};
use super::threshold::ThresholdRow;
use super::time_limit::TimeLimit;
use super::working_day::{CalendarDay, CutOff, FixedHoliday};

/// A table: its file, its text as it was when the program was built, and the check of such a text.
pub(super) struct Source {
    pub(super) file: &'static str,
    pub(super) text: &'static str,
    pub(super) findings: fn(&str) -> Vec<String>,
}

const fn source<T: Rule>() -> Source {
    Source {
        file: T::FILE,
        text: T::TEXT,
        findings: findings::<T>,
    }
}

fn findings<T: Rule>(text: &str) -> Vec<String> {
    Table::<T>::of(text).findings()
}

/// Every table. A file of `schemas/law/` that is not here is not the law of this program, and a test says so.
pub(super) const SOURCES: [Source; 15] = [
    source::<Era>(),
    source::<TimeLimit>(),
    source::<ProcessingTime>(),
    source::<Competence>(),
    source::<LimitRow>(),
    source::<ThresholdRow>(),
    source::<MarriageAge>(),
    source::<RequiredField>(),
    source::<FeeWaiver>(),
    source::<FourEyes>(),
    source::<Covered>(),
    source::<PaperTitle>(),
    source::<CalendarDay>(),
    source::<FixedHoliday>(),
    source::<CutOff>(),
];

/// What is wrong with the embedded tables, in English, one sentence each, with the name of the file: rows that cannot be read, gaps, overlaps, unknown kinds and
/// fields. Empty when all is well. A test and the program's self-check ask it.
pub fn check() -> Vec<String> {
    let findings = |source: &Source| {
        let found = (source.findings)(source.text).into_iter();
        let file = source.file;
        found
            .map(move |finding| format!("{file}: {finding}"))
            .collect::<Vec<_>>()
    };
    SOURCES.iter().flat_map(findings).collect()
}
