//! Chains: every stream from the founding event, and every entry from the event that opened it.
//!
//! Every event is held against its chain, none is jumped over. After a finding the chain goes on from what
//! was found, so that one fault is reported where it is and not at every event behind it.

use civil::act::StreamHeads;
use civil::envelope::Envelope;
use civil::id::{EntryId, EventHash, StreamId};
use civil::kind::Kind;
use hashbrown::{HashMap, HashSet};

use super::heads::{StreamHead, StreamsSoFar};
use super::tally::Tally;
use crate::finding::{Check, FindingKind};

/// The heads of all chains, about 100 bytes for each event.
#[derive(Debug, Default)]
pub(crate) struct Chains {
    founding: Option<EventHash>,
    streams: StreamsSoFar,
    events: HashSet<[u8; 16]>,
    entries: HashMap<[u8; 16], EventHash>,
}

impl Chains {
    /// How many streams there are.
    pub(crate) fn streams(&self) -> u64 {
        self.streams.len()
    }

    /// How many entries there are.
    pub(crate) fn entries(&self) -> u64 {
        self.entries.len() as u64
    }

    /// Holds the event at a position against its chains, and moves them on.
    pub(crate) fn take(&mut self, position: u64, hash: EventHash, envelope: &Envelope, tally: &mut Tally) {
        if !self.events.insert(*envelope.event.as_bytes()) {
            tally.at(position, FindingKind::EventIdReused, "");
        }
        self.stream(position, hash, envelope, tally);
        self.entry(position, hash, envelope, tally);
    }

    /// Whether a list of stream heads at a position says what the streams had reached.
    pub(crate) fn listed(&self, position: u64, said: &StreamHeads, tally: &mut Tally) -> bool {
        tally.checked(Check::StreamHeads, 1);
        let agrees = self.streams.agree(position, said);
        if !agrees {
            tally.at(position, FindingKind::HeadsDiffer, format!("of {} events", said.size));
        }
        agrees
    }

    fn stream(&mut self, position: u64, hash: EventHash, envelope: &Envelope, tally: &mut Tally) {
        let (seq, prev) = (envelope.seq, envelope.prev);
        if position == 0 {
            let founds = envelope.kind == Kind::LedgerFounded && envelope.stream == StreamId::ADMINISTRATION;
            if !founds || seq != 0 {
                tally.at(0, FindingKind::NotFounded, "");
            } else if prev != EventHash([0; 32]) {
                tally.at(0, FindingKind::PrevDiffers, "");
            }
            self.founding = Some(hash);
        } else {
            let wrong = match self.streams.get(envelope.stream.number()) {
                Some(head) if head.next != seq => Some((FindingKind::SeqNotNext, head.next)),
                Some(head) if head.hash != prev => Some((FindingKind::PrevDiffers, seq)),
                None if seq != 0 => Some((FindingKind::SeqNotNext, 0)),
                None if self.founding.is_some_and(|founding| founding != prev) => {
                    Some((FindingKind::AnotherLedger, seq))
                }
                _ => None,
            };
            if let Some((kind, next)) = wrong {
                let stream = envelope.stream;
                tally.at(position, kind, format!("stream {stream}, seq {seq}, next {next}"));
            }
        }
        let next = seq.saturating_add(1);
        let head = StreamHead { next, hash };
        self.streams.move_to(position, envelope.stream.number(), head);
    }

    fn entry(&mut self, position: u64, hash: EventHash, envelope: &Envelope, tally: &mut Tally) {
        let kind = envelope.kind;
        if let Some(wrong) = self.own_entry(envelope) {
            tally.at(position, wrong, "");
        }
        for (index, target) in envelope.targets.iter().enumerate() {
            let twice = envelope
                .targets
                .iter()
                .take(index)
                .any(|other| other.entry == target.entry);
            let wrong = if twice || envelope.entry == Some(target.entry) || !kind.reaches_others() {
                Some(FindingKind::EntryShape)
            } else {
                self.continues(target.entry, target.basis)
            };
            if let Some(wrong) = wrong {
                tally.at(position, wrong, format!("target {index}"));
            }
        }
        if kind.advances_entry() {
            let targets = envelope.targets.iter().map(|target| target.entry);
            for entry in envelope.entry.into_iter().chain(targets) {
                self.entries.insert(*entry.as_bytes(), hash);
            }
        }
        tally.checked(
            Check::Entries,
            u64::from(envelope.entry.is_some()) + envelope.targets.len() as u64,
        );
    }

    fn own_entry(&self, envelope: &Envelope) -> Option<FindingKind> {
        let kind = envelope.kind;
        match (envelope.entry, envelope.basis) {
            (None, None) if !kind.has_entry() => None,
            (Some(entry), None) if kind.opens_entry() => self
                .entries
                .contains_key(entry.as_bytes())
                .then_some(FindingKind::EntryReopened),
            (Some(entry), Some(basis)) if kind.continues_entry() => self.continues(entry, basis),
            _ => Some(FindingKind::EntryShape),
        }
    }

    fn continues(&self, entry: EntryId, basis: EventHash) -> Option<FindingKind> {
        match self.entries.get(entry.as_bytes()) {
            None => Some(FindingKind::EntryUnknown),
            Some(head) if *head != basis => Some(FindingKind::BasisStale),
            Some(_) => None,
        }
    }
}
