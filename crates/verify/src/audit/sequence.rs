//! What must be judged in the order of the log: one core does it, so it does as little as it can.

use std::collections::BTreeSet;
use std::time::Duration;

use civil::act::Act;
use civil::id::EventHash;
use tlog::{Edge, Hash};

use super::authority::{Authority, is_administration};
use super::chain::Chains;
use super::office::OfficeAudit;
use super::reading::{Event, Facts};
use super::records::Records;
use super::resume::{Judged, ResumeError, Statement};
use super::signature::{Endorser, Pending, Signer};
use super::tally::Tally;
use super::window::Window;
use super::{Depth, Expected, Options};
use crate::finding::{Check, Finding, FindingKind};
use crate::record::{Claimed, Record};
use crate::report::{Erased, Report, Totals};

/// The audit's state between two events.
#[derive(Debug)]
pub(crate) struct Sequence<'a> {
    expected: &'a Expected,
    bodies_required: bool,
    /// Events without a body, until an event says that it was erased.
    bodiless: BTreeSet<u64>,
    erased: Vec<Erased>,
    strict: bool,
    next_position: u64,
    recorded_at_ms: i64,
    totals: Totals,
    edge: Edge,
    /// The root when the tree had the expected size.
    root_there: Option<Hash>,
    chains: Chains,
    authority: Authority,
    records: Option<Records>,
    office: Option<OfficeAudit>,
    pending: Pending,
    judged: Option<Judged>,
    tally: Tally,
}

impl<'a> Sequence<'a> {
    /// Before the first event.
    pub(crate) fn new(expected: &'a Expected, options: &Options, judged: Option<Judged>) -> Self {
        let mut tally = Tally::new(options.findings_max);
        let before = judged.iter().flat_map(Judged::wrong);
        before.for_each(|finding| tally.find(finding.clone()));
        let edge = Edge::new();
        let empty = expected.head.filter(|head| head.size == 0).map(|_| edge.root());
        Self {
            expected,
            bodies_required: options.bodies_required,
            bodiless: BTreeSet::new(),
            erased: Vec::new(),
            strict: options.strict,
            next_position: 0,
            recorded_at_ms: i64::MIN,
            totals: Totals::default(),
            edge,
            root_there: empty,
            chains: Chains::default(),
            authority: Authority::default(),
            records: (options.depth == Depth::Records).then(Records::default),
            office: options.office.map(OfficeAudit::new),
            pending: Pending::default(),
            judged,
            tally,
        }
    }

    /// How many events were taken.
    pub(crate) const fn events(&self) -> u64 {
        self.totals.events
    }

    /// How many findings there are.
    pub(crate) fn findings(&self) -> u64 {
        self.tally.total()
    }

    /// Notes a finding.
    pub(crate) fn find(&mut self, finding: Finding) {
        self.tally.find(finding);
    }

    /// Takes a window in the order of the log, and finds its keys.
    pub(crate) fn take(&mut self, window: &Window) {
        let Window { records, facts } = window;
        let wrong = self.authority.wrongly_signed(window, self.strict);
        for (record, facts) in records.iter().zip(facts) {
            self.place(record, facts);
            if let Some(claimed) = &record.claimed {
                self.columns(record.position, claimed, facts);
            }
            facts
                .findings
                .iter()
                .for_each(|finding| self.tally.find(finding.clone()));
            if let Some(event) = &facts.event {
                let wrongly_signed = wrong.contains(&record.position);
                self.event(record, facts, event, wrongly_signed);
                self.keys(record, facts, event, wrongly_signed);
            }
            if let Some(judged) = &mut self.judged {
                judged.passed(self.totals.events);
            }
        }
        let count = records.len() as u64;
        for check in [Check::Positions, Check::Bytes, Check::Times, Check::Tree] {
            self.tally.checked(check, count);
        }
    }

    /// Position, time and leaf: what every record has, whatever its bytes are.
    fn place(&mut self, record: &Record, facts: &Facts) {
        self.totals.events += 1;
        self.totals.signed_bytes += record.signed.len() as u64;
        self.totals.body_bytes += record.sealed.as_ref().map_or(0, |sealed| sealed.len() as u64);
        if record.position != self.next_position {
            let next = format!("next {}", self.next_position);
            self.tally.at(record.position, FindingKind::PositionNotNext, next);
        }
        self.next_position = record.position.saturating_add(1);
        if record.recorded_at_ms < self.recorded_at_ms {
            self.tally.at(record.position, FindingKind::RecordedBackwards, "");
        }
        self.recorded_at_ms = record.recorded_at_ms;
        // The complete tiles are nobody's need here; a tree of 2^64 leaves is nobody's.
        let _ = self.edge.push(facts.leaf);
        if self
            .expected
            .head
            .is_some_and(|head| head.size == self.edge.size())
        {
            self.root_there = Some(self.edge.root());
        }
    }

    fn columns(&mut self, position: u64, claimed: &Claimed, facts: &Facts) {
        self.tally.checked(Check::Columns, 1);
        if claimed.hash != facts.hash {
            self.tally.at(position, FindingKind::HashColumnDiffers, "");
        }
        if claimed.twin != facts.twin {
            self.tally.at(position, FindingKind::TwinColumnDiffers, "");
        }
        let Some(Event { envelope, .. }) = &facts.event else {
            return;
        };
        for (column, same) in [
            ("event_id", claimed.event_id == *envelope.event.as_bytes()),
            ("stream", claimed.stream == envelope.stream.number()),
            ("seq", claimed.seq == envelope.seq),
            ("kind", claimed.kind == envelope.kind.code()),
        ] {
            if !same {
                self.tally.at(position, FindingKind::ColumnDiffers, column);
            }
        }
    }

    fn event(&mut self, record: &Record, facts: &Facts, event: &Event, wrongly_signed: bool) {
        let (position, hash) = (record.position, EventHash(facts.hash));
        self.tally.checked(Check::EventIds, 1);
        self.tally.checked(Check::Chains, 1);
        if let Some(Act::StreamHeads(said)) = event.body.as_deref().map(|body| &body.act) {
            let agrees = self.chains.listed(position, said, &mut self.tally);
            if let Some(office) = self.office.as_mut().filter(|_| agrees) {
                office.listed(position, said);
            }
        }
        self.chains.take(position, hash, &event.envelope, &mut self.tally);
        if facts.body_checked {
            self.tally.checked(Check::Bodies, 1);
        } else {
            self.tally.skipped(Check::Bodies, 1);
            // Without the administration's bodies nobody can say who might sign.
            if is_administration(event) {
                self.tally.at(position, FindingKind::BodyMissing, "");
            } else if self.bodies_required {
                self.bodiless.insert(position);
            }
        }
        if let Some(Act::BodiesErased(act)) = event.body.as_ref().map(|body| &body.act) {
            act.positions.iter().for_each(|erased| {
                self.bodiless.remove(erased);
            });
            self.erased.push(Erased {
                by: position,
                positions: act.positions.clone(),
            });
        }
        if let Some(records) = &mut self.records {
            records.take(record, hash, event, self.authority.directory(), &mut self.tally);
        }
        if let Some(office) = &mut self.office {
            office.take(record, event, self.authority.directory(), &mut self.tally);
        }
        self.authority
            .judge(position, hash, event, wrongly_signed, &mut self.tally);
    }

    /// Finds the keys by which signature and endorsements are to be judged. A revoked or foreign key that signed
    /// is a finding already; whether it did sign is worth knowing all the same.
    fn keys(&mut self, record: &Record, facts: &Facts, event: &Event, wrongly_signed: bool) {
        let position = record.position;
        let (count, judged) = (self.totals.events, &mut self.judged);
        let mut is_asked = |endorsement, key| match judged {
            Some(judged) => judged.meets(count, &facts.hash, endorsement, key),
            None => true,
        };
        match self.authority.key(event.key) {
            Some(_) if is_administration(event) => {
                self.tally.checked(Check::Signatures, 1);
                if wrongly_signed {
                    self.tally.at(position, FindingKind::SignatureWrong, "");
                }
            }
            Some(key) => {
                if is_asked(None, event.key) {
                    self.pending.signers.push(Signer {
                        position,
                        signed: record.signed.clone(),
                        key: key.clone(),
                    });
                }
                self.tally.checked(Check::Signatures, 1);
            }
            None => self.tally.skipped(Check::Signatures, 1),
        }
        let envelope = &event.envelope;
        for (index, (endorser, bytes)) in event.endorsers.iter().zip(&envelope.endorsements).enumerate() {
            self.tally.checked(Check::Endorsements, 1);
            match endorser.and_then(|id| Some((id, self.authority.key(id)?))) {
                Some((id, key)) => {
                    if is_asked(Some(index), id) {
                        self.pending.endorsers.push(Endorser {
                            position,
                            index,
                            bytes: bytes.clone(),
                            commitment: envelope.commitment,
                            key: key.clone(),
                        });
                    }
                }
                None => {
                    let detail =
                        format!("endorsement {index}: malformed, out of order, or by no granted key");
                    self.tally.at(position, FindingKind::EndorsementWrong, detail);
                }
            }
        }
    }

    /// The signatures that wait, when there are enough of them or no more will come.
    pub(crate) fn pending(&mut self, all: bool) -> Option<Pending> {
        let ready = self.pending.is_full() || all;
        ready.then(|| std::mem::take(&mut self.pending))
    }

    /// Notes what signatures said.
    pub(crate) fn signatures(&mut self, wrong: Vec<Finding>) {
        if let Some(judged) = &mut self.judged {
            judged.found(&wrong);
        }
        wrong.into_iter().for_each(|finding| self.tally.find(finding));
    }

    /// What can be kept of the audit once all signatures that wait now are judged, when it is time to.
    pub(crate) fn due(&mut self) -> Option<Statement> {
        let count = self.totals.events;
        self.judged.as_mut()?.due(count)
    }

    /// Keeps it.
    pub(crate) fn keep(&self, statement: Option<Statement>) {
        if let (Some(judged), Some(statement)) = (&self.judged, statement) {
            judged.keep(statement);
        }
    }

    /// Whether the log is not the one of which an audit was to go on.
    pub(crate) fn cannot_go_on(&self) -> bool {
        self.judged.as_ref().is_some_and(|judged| judged.failed.is_some())
    }

    /// All is judged: keeps that. Answers why the audit did not go on, when it did not.
    pub(crate) fn ended(&mut self, interrupted: bool) -> Option<ResumeError> {
        let judged = self.judged.as_mut()?;
        if !interrupted {
            judged.ended(self.totals.events);
        }
        if let Some(statement) = judged.statement(self.totals.events) {
            judged.keep(statement);
        }
        judged.failed.take()
    }

    /// Holds the whole against the checkpoint and reports.
    pub(crate) fn finish(mut self, options: &Options, interrupted: bool, elapsed: Duration) -> Report {
        let directory = self.authority.directory();
        let origin = directory.founding().map(|_| directory.origin().to_owned());
        let size = self.edge.size();
        if let Some(head) = self.expected.head.filter(|_| !interrupted) {
            if head.size != size {
                let detail = format!("{size} here, {} in the checkpoint", head.size);
                self.tally
                    .find(Finding::of_all(FindingKind::SizeDiffers).with(detail));
            }
            if self.root_there.is_some_and(|root| root != head.root) {
                self.tally.find(Finding::of_all(FindingKind::RootDiffers));
            }
        }
        if self.expected.origin.is_some() && !interrupted && self.expected.origin != origin {
            self.tally.find(Finding::of_all(FindingKind::OriginDiffers));
        }
        // Neither there nor erased by anybody. Whoever was interrupted has not seen who may have.
        for position in self.bodiless.iter().filter(|_| !interrupted) {
            self.tally.at(*position, FindingKind::BodyMissing, "");
        }
        self.totals.streams = self.chains.streams();
        self.totals.entries = std::mem::take(&mut self.chains).finish(&mut self.tally);
        let (notices_owed, notices_open) = self.records.as_ref().map_or((0, 0), Records::notices);
        self.totals.notices_owed = notices_owed;
        self.totals.notices_open = notices_open;
        let office = self
            .office
            .take()
            .map(|office| office.finish(size, self.authority.directory(), &mut self.tally));
        let erased = std::mem::take(&mut self.erased);
        let report = Report::new(
            self.totals,
            office,
            origin,
            self.expected.head,
            super::Head {
                size,
                root: self.edge.root(),
            },
            options,
            self.tally,
            interrupted,
            elapsed,
        );
        Report { erased, ..report }
    }
}
