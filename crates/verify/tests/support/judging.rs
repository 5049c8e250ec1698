//! Auditing the worlds of the tests in every way at once.

use std::ops::ControlFlow;

use bytes::Bytes;
use verify::{Depth, Expected, FindingKind, InMemory, Options, Record, Report, audit};

use super::{World, story};

pub fn audited(records: Vec<Record>, expected: &Expected, options: &Options) -> Report {
    audit(InMemory::new(records), expected, options, &mut |_| {
        ControlFlow::Continue(())
    })
}

/// All ways to audit, which must agree on everything but what only the deeper one looks at.
pub fn ways() -> [Options; 3] {
    let strict = Options {
        strict: true,
        ..Options::default()
    };
    let deep = Options {
        depth: Depth::Records,
        ..Options::default()
    };
    [Options::default(), strict, deep]
}

/// The findings of the fast audit, after checking that the other ways find them too.
pub fn findings(records: &[Record], expected: &Expected) -> Vec<(Option<u64>, FindingKind)> {
    let [fast, strict, deep] = ways().map(|options| {
        let report = audited(records.to_vec(), expected, &options);
        assert_eq!(report.green, report.findings.is_empty());
        let findings = report.findings.into_iter();
        findings
            .map(|finding| (finding.position, finding.kind))
            .collect::<Vec<_>>()
    });
    assert_eq!(fast, strict);
    for finding in &fast {
        assert!(deep.contains(finding), "{finding:?} is not in {deep:?}");
    }
    fast
}

/// What turns red when the records of the story are changed.
pub fn after(change: impl FnOnce(&mut Vec<Record>)) -> Vec<(Option<u64>, FindingKind)> {
    let world = story();
    let mut records = world.records.clone();
    change(&mut records);
    findings(&records, &world.expected())
}

/// What is wrong with a ledger whose keeper recorded it so, and signed its tree.
pub fn of(world: &World) -> Vec<(Option<u64>, FindingKind)> {
    findings(&world.records, &world.expected())
}

pub fn deep(world: &World) -> Vec<(Option<u64>, FindingKind, String)> {
    let [_, _, deep] = ways();
    let report = audited(world.records.clone(), &world.expected(), &deep);
    let findings = report.findings.into_iter();
    findings
        .map(|finding| (finding.position, finding.kind, finding.detail))
        .collect()
}

pub fn flip(bytes: &mut Bytes, at: usize) {
    let mut changed = bytes.to_vec();
    changed[at] ^= 1;
    *bytes = Bytes::from(changed);
}
