//! Chains: every stream from the founding event, and every entry from the event that opened it.
//!
//! Every event is held against its chain, none is jumped over. After a finding the chain goes on from what
//! was found, so that one fault is reported where it is and not at every event behind it.

use civil::act::StreamHeads;
use civil::envelope::Envelope;
use civil::id::{Digest, EventHash, StreamId};
use civil::kind::Kind;

use super::heads::{StreamHead, StreamsSoFar};
use super::tally::Tally;
use super::touch::{Answered, Must, Touch, Touches};
use crate::finding::{Check, FindingKind};

/// The heads of all streams, and what is to be asked of the entries. Bounded but for what lies in files.
#[derive(Debug, Default)]
pub(crate) struct Chains {
    founding: Option<EventHash>,
    streams: StreamsSoFar,
    touches: Touches,
    /// Of the log of accesses, as the last list told it: how many lines, and the hash of the last.
    accesses: Option<(u64, Digest)>,
}

impl Chains {
    /// How many streams there are.
    pub(crate) fn streams(&self) -> u64 {
        self.streams.len()
    }

    /// Holds the event at a position against its chains, and moves them on.
    pub(crate) fn take(&mut self, position: u64, hash: EventHash, envelope: &Envelope, tally: &mut Tally) {
        self.touches.event(position, envelope.event);
        self.stream(position, hash, envelope, tally);
        self.entry(position, hash, envelope, tally);
    }

    /// Whether a list of stream heads at a position says what the streams had reached. What it says of the log of accesses, which the auditor does
    /// not see, has to go on from the list before.
    pub(crate) fn listed(&mut self, position: u64, said: &StreamHeads, tally: &mut Tally) -> bool {
        tally.checked(Check::StreamHeads, 1);
        let agrees = self.streams.agree(position, said);
        if !agrees {
            tally.at(
                position,
                FindingKind::HeadsDiffer,
                format!("of {} events", said.size),
            );
        }
        let accesses = said.access_size.zip(said.access_head);
        let went_back = self.accesses.is_some_and(|(size, end)| {
            accesses.is_none_or(|(now, head)| now < size || now == size && head != end)
        });
        if went_back {
            tally.at(position, FindingKind::AccessesWentBack, "");
        }
        self.accesses = accesses.or(self.accesses);
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
        let touch = |entry, must, target| Touch {
            position,
            hash,
            entry,
            must,
            target,
            advances: kind.advances_entry(),
        };
        let own = own_entry(envelope);
        if own.is_none() {
            tally.at(position, FindingKind::EntryShape, "");
        }
        if let Some(entry) = envelope.entry {
            self.touches
                .entry(&touch(entry, own.unwrap_or(Must::Nothing), None));
        }
        for (index, target) in envelope.targets.iter().enumerate() {
            let twice = envelope
                .targets
                .iter()
                .take(index)
                .any(|other| other.entry == target.entry);
            let fits = !twice && envelope.entry != Some(target.entry) && kind.reaches_others();
            if !fits {
                tally.at(position, FindingKind::EntryShape, format!("target {index}"));
            }
            let must = if fits {
                Must::GoOnFrom(target.basis)
            } else {
                Must::Nothing
            };
            self.touches.entry(&touch(target.entry, must, Some(index)));
        }
        tally.checked(
            Check::Entries,
            u64::from(envelope.entry.is_some()) + envelope.targets.len() as u64,
        );
    }

    /// Asks what could only be asked when all events are in; answers how many entries there are.
    pub(crate) fn finish(self, tally: &mut Tally) -> u64 {
        let Answered { entries, findings } = self.touches.finish();
        findings.into_iter().for_each(|finding| tally.find(finding));
        entries
    }
}

/// What must be so of the entry that an envelope names as its own; none when it names one otherwise than its kind does.
fn own_entry(envelope: &Envelope) -> Option<Must> {
    let kind = envelope.kind;
    match (envelope.entry, envelope.basis) {
        (None, None) if !kind.has_entry() => Some(Must::Nothing),
        (Some(_), None) if kind.opens_entry() => Some(Must::BeNew),
        (Some(_), Some(basis)) if kind.continues_entry() => Some(Must::GoOnFrom(basis)),
        _ => None,
    }
}
