//! How often each check looked, and what it found.

use std::collections::BTreeMap;

use crate::finding::{Check, Finding, FindingKind};

/// Counts and findings of one audit.
#[derive(Debug)]
pub(crate) struct Tally {
    checked: BTreeMap<Check, u64>,
    found: BTreeMap<Check, u64>,
    skipped: BTreeMap<Check, u64>,
    findings: Vec<Finding>,
    findings_max: usize,
}

impl Tally {
    /// Keeps the first `findings_max` findings and counts all.
    pub(crate) fn new(findings_max: usize) -> Self {
        Self {
            checked: BTreeMap::new(),
            found: BTreeMap::new(),
            skipped: BTreeMap::new(),
            findings: Vec::new(),
            findings_max,
        }
    }

    /// So many were looked at.
    pub(crate) fn checked(&mut self, check: Check, count: u64) {
        *self.checked.entry(check).or_default() += count;
    }

    /// So many could not be looked at.
    pub(crate) fn skipped(&mut self, check: Check, count: u64) {
        *self.skipped.entry(check).or_default() += count;
    }

    /// Something is wrong.
    pub(crate) fn find(&mut self, finding: Finding) {
        *self.found.entry(finding.kind.check()).or_default() += 1;
        if self.findings.len() < self.findings_max {
            self.findings.push(finding);
        }
    }

    /// Something is wrong at a position.
    pub(crate) fn at(&mut self, position: u64, kind: FindingKind, detail: impl ToString) {
        self.find(Finding::at(position, kind).with(detail));
    }

    /// How many findings there are, kept or not.
    pub(crate) fn total(&self) -> u64 {
        self.found.values().sum()
    }

    /// Looked at, found, and not looked at.
    pub(crate) fn of(&self, check: Check) -> (u64, u64, u64) {
        let count = |counts: &BTreeMap<Check, u64>| counts.get(&check).copied().unwrap_or_default();
        (count(&self.checked), count(&self.found), count(&self.skipped))
    }

    /// The findings, by position; what concerns the log as a whole comes last.
    pub(crate) fn into_findings(self) -> Vec<Finding> {
        let mut findings = self.findings;
        findings.sort_by_key(|finding| (finding.position.unwrap_or(u64::MAX), finding.kind));
        findings
    }
}
