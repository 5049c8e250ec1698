//! A lawful ledger is green; everything that can be done to it turns the audit red, at its position.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on stops where it stands"
)]

mod support;

use std::ops::ControlFlow;

use support::{World, story};
use verify::{Depth, Expected, FindingKind, InMemory, Options, Record, Report, audit};

fn audited(records: Vec<Record>, expected: &Expected, options: &Options) -> Report {
    audit(InMemory::new(records), expected, options, &mut |_| {
        ControlFlow::Continue(())
    })
}

fn both(world: &World) -> [Report; 2] {
    [Depth::Log, Depth::Records].map(|depth| {
        let options = Options {
            depth,
            ..Options::default()
        };
        audited(world.records.clone(), &world.expected(), &options)
    })
}

#[test]
fn a_lawful_ledger_is_green() {
    for report in both(&story()) {
        assert!(report.green, "{}", report.to_text(verify::Language::English));
    }
}
