//! Checking the tables of the law.

use super::competence::COMPETENCES;
use super::era::ERAS;
use super::marriage_age::MARRIAGE_AGES;
use super::paper::PAPERS;
use super::processing_time::PROCESSING_TIMES;
use super::time_limit::TIME_LIMITS;
use super::{KINDS, working_day};

/// What is wrong with the embedded tables, in English, one sentence each: rows that cannot be read, gaps, overlaps, unknown kinds. Empty when all is well.
/// A test and the program's self-check ask it.
pub fn check() -> Vec<String> {
    let mut findings = ERAS.findings("rule_sets.csv");
    findings.extend(open_ends());
    findings.extend(TIME_LIMITS.findings("time_limits.csv"));
    findings.extend(PROCESSING_TIMES.findings("processing_times.csv"));
    findings.extend(COMPETENCES.findings("competence.csv"));
    findings.extend(MARRIAGE_AGES.findings("marriage_ages.csv"));
    findings.extend(PAPERS.findings("papers.csv"));
    findings.extend(working_day::findings());
    findings.extend(unknown_kinds());
    findings
}

/// The rule sets must reach from the first day to the last.
fn open_ends() -> Option<String> {
    let eras = ERAS.rows();
    let begins = eras.iter().any(|era| era.period.from.is_none());
    let ends = eras.iter().any(|era| era.period.to.is_none());
    (!begins || !ends)
        .then(|| "rule_sets.csv: the rule sets do not reach from the first day to the last".to_owned())
}

fn unknown_kinds() -> impl Iterator<Item = String> {
    let limits = TIME_LIMITS.rows().iter().map(|row| &row.kind);
    let times = PROCESSING_TIMES.rows().iter().map(|row| &row.kind);
    let competences = COMPETENCES.rows().iter().map(|row| &row.kind);
    let unknown = limits
        .chain(times)
        .chain(competences)
        .filter(|kind| !KINDS.contains(&kind.as_str()));
    unknown.map(|kind| format!("unknown kind {kind}"))
}
