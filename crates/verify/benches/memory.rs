//! What an audit holds in memory, of a log as long as asked: made while it is audited, so that no disk has to hold it.
//!
//! ```text
//! cargo bench -p verify --bench memory -- [EVENTS [OFFICES]]
//! ```
//!
//! Tells what the process held at most after each million of events and at its end. A few megabytes are the log's maker's own.

#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "a benchmark that cannot go on stops where it stands"
)]

#[path = "../tests/support/mod.rs"]
mod support;

use std::ops::ControlFlow;

use bytes::Bytes;
use civil::act::Body;
use civil::cose::{self, SecretKey};
use civil::envelope::{Commitment, Envelope};
use civil::id::{EntryId, EventHash, EventId, Lane, OfficeId, StreamId};
use civil::kind::Kind;
use rayon::prelude::*;
use support::{World, officer};
use verify::{Expected, Language, Options, Record, Source, SourceError, audit};

/// How many events an office signs at a time.
const AT_A_TIME: u64 = 64;

fn main() {
    // Cargo adds `--bench`.
    let mut numbers = std::env::args().filter_map(|argument| argument.parse::<u64>().ok());
    let events = numbers.next().unwrap_or(1_000_000);
    let offices = u32::try_from(numbers.next().unwrap_or(64)).unwrap();
    let expected = Expected {
        origin: Some(support::ORIGIN.to_owned()),
        head: None,
    };
    println!("before: {} MB", at_most());
    let (options, mut told) = (Options::default(), 0);
    let report = audit(Maker::new(offices, events), &expected, &options, &mut |so_far| {
        if so_far.events / 1_000_000 > told {
            told = so_far.events / 1_000_000;
            println!("{} events: at most {} MB", so_far.events, at_most());
        }
        ControlFlow::Continue(())
    });
    assert_eq!(report.findings_total, 0, "{}", report.to_text(Language::English));
    println!(
        "{} events, audited: at most {} MB, {} events/s with their making",
        report.totals.events,
        at_most(),
        report.events_per_second
    );
}

/// What this process held at most, in megabytes, as Linux tells it.
fn at_most() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().strip_suffix(" kB"))
        .and_then(|kilobytes| kilobytes.parse::<u64>().ok())
        .unwrap_or_default()
        / 1024
}

/// Offices that sign births without end.
struct Maker {
    begun: Vec<Record>,
    offices: Vec<Office>,
    position: u64,
    left: u64,
    recorded_at_ms: i64,
}

/// An office, and where its stream stands.
struct Office {
    key: SecretKey,
    stream: StreamId,
    seq: u64,
    prev: EventHash,
    signed_at: u64,
    body: Body,
}

impl Maker {
    fn new(offices: u32, events: u64) -> Self {
        let mut world = World::new(offices);
        let founding = world.directory.founding().unwrap();
        let begun = std::mem::take(&mut world.records);
        let recorded_at_ms = begun.last().unwrap().recorded_at_ms;
        let signed_at = u64::try_from(recorded_at_ms / 1000).unwrap();
        let offices = (1..=offices).map(|office| Office {
            key: officer(office),
            stream: StreamId {
                office: OfficeId(office),
                lane: Lane::Acts,
            },
            seq: 0,
            prev: founding,
            signed_at,
            body: Body {
                act: world.birth_act(office),
                acknowledgements: Vec::new(),
            },
        });
        Self {
            offices: offices.collect(),
            position: begun.len() as u64,
            begun,
            left: events,
            recorded_at_ms,
        }
    }
}

impl Office {
    fn sign(&mut self) -> (Bytes, Bytes) {
        let mut chance = [0; 10];
        chance[2..].copy_from_slice(&(u64::from(self.stream.office.0) << 40 | self.seq).to_be_bytes());
        let id = EventId::at(self.signed_at * 1000, chance);
        let mut salt = [0; 32];
        salt[..16].copy_from_slice(id.as_bytes());
        let sealed = self.body.seal(salt);
        let envelope = Envelope {
            event: id,
            stream: self.stream,
            seq: self.seq,
            prev: self.prev,
            kind: Kind::Birth,
            entry: Some(EntryId::from_bytes(*id.as_bytes())),
            basis: None,
            targets: Vec::new(),
            signed_at: self.signed_at,
            commitment: Commitment::to(&sealed),
            endorsements: Vec::new(),
        };
        let signed = cose::sign(&envelope.encode(), &self.key);
        self.prev = cose::event_hash(&signed);
        self.seq += 1;
        (signed.into(), sealed.into())
    }
}

impl Source for Maker {
    fn next(&mut self) -> Result<Option<Vec<Record>>, SourceError> {
        if !self.begun.is_empty() {
            return Ok(Some(std::mem::take(&mut self.begun)));
        }
        if self.left == 0 {
            return Ok(None);
        }
        let each = AT_A_TIME.min(self.left.div_ceil(self.offices.len() as u64));
        let signed: Vec<(Bytes, Bytes)> = self
            .offices
            .par_iter_mut()
            .flat_map_iter(|office| (0..each).map(|_| office.sign()).collect::<Vec<_>>())
            .collect();
        self.left = self.left.saturating_sub(signed.len() as u64);
        let records = signed.into_iter().map(|(signed, sealed)| {
            let position = self.position;
            self.position += 1;
            Record {
                position,
                recorded_at_ms: self.recorded_at_ms,
                signed,
                sealed: Some(sealed),
                claimed: None,
            }
        });
        Ok(Some(records.collect()))
    }
}
