//! Judging: does each event of a batch fit the log as it will stand when the events before it are in? Pure; no store, no clock.

use std::collections::BTreeMap;

use super::known::{Known, KnownEvent};
use crate::append_error::Conflict;
use crate::candidate::Candidate;
use crate::head::StreamHead;
use crate::receipt::Receipt;

/// What becomes of one candidate, once the batch is committed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It is recorded at this position.
    Record(u64),
    /// It is in the log: the first receipt again.
    Again(Receipt),
    /// The same bytes are recorded by this very batch, at this position.
    Twice(u64),
    /// It does not fit.
    Refuse(Conflict),
}

/// A row of `entry_event`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct EntryRow {
    pub(crate) entry: [u8; 16],
    pub(crate) rev: u64,
    pub(crate) position: u64,
    pub(crate) advances: bool,
    pub(crate) head: Option<u64>,
}

/// Judges events one after the other.
pub(crate) struct Judge<'k> {
    known: &'k mut Known,
    /// The next position.
    pub(crate) position: u64,
    /// Length of stream 0.
    pub(crate) authority: u64,
    /// What the accepted events add to the index by entry.
    pub(crate) entry_rows: Vec<EntryRow>,
}

impl<'k> Judge<'k> {
    pub(crate) fn new(known: &'k mut Known, position: u64, authority: u64) -> Self {
        Judge {
            known,
            position,
            authority,
            entry_rows: Vec::new(),
        }
    }

    /// Judges a candidate by the log and by the candidates accepted before it. The order is that of [`Conflict`]: who sends the
    /// same bytes again gets the first receipt even if everything has moved since.
    pub(crate) fn judge(&mut self, candidate: &Candidate<()>) -> Verdict {
        if let Some(known) = self.known.events.get(&candidate.event_id) {
            return same_id(known, &candidate.hash);
        }
        match self.conflict(candidate) {
            Some(conflict) => Verdict::Refuse(conflict),
            None => Verdict::Record(self.accept(candidate)),
        }
    }

    fn conflict(&self, candidate: &Candidate<()>) -> Option<Conflict> {
        if candidate.stream != ADMINISTRATION && candidate.authority != self.authority {
            return Some(Conflict::AuthorityMoved {
                length: self.authority,
            });
        }
        // What was not looked up fits nothing: better a conflict too many than an event that was not judged.
        let stream = self
            .known
            .streams
            .get(&candidate.stream)
            .copied()
            .unwrap_or(NOWHERE);
        if candidate.seq != stream.next || candidate.prev != stream.hash {
            return Some(Conflict::Seq {
                next: stream.next,
                head: stream.hash,
            });
        }
        candidate.touches.iter().find_map(|touch| {
            let known = self.known.entries.get(&touch.entry);
            let head = known.and_then(|known| known.head).map(|(_, hash)| hash);
            (known.is_none() || head != touch.basis).then_some(Conflict::Basis {
                entry: touch.entry,
                head,
            })
        })
    }

    fn accept(&mut self, candidate: &Candidate<()>) -> u64 {
        let position = self.position;
        self.position += 1;
        self.authority += u64::from(candidate.stream == ADMINISTRATION);
        if let Some(stream) = self.known.streams.get_mut(&candidate.stream) {
            stream.next += 1;
            stream.hash = candidate.hash;
        }
        // An event may name an entry twice; it is one touch, and it advances the entry if either naming does.
        let mut touched = BTreeMap::new();
        for touch in &candidate.touches {
            *touched.entry(touch.entry).or_insert(false) |= touch.advances;
        }
        for (entry, advances) in touched {
            let Some(known) = self.known.entries.get_mut(&entry) else {
                continue;
            };
            if advances {
                known.head = Some((position, candidate.hash));
            }
            let head = known.head.map(|(position, _)| position);
            self.entry_rows.push(EntryRow {
                entry,
                rev: known.next_rev,
                position,
                advances,
                head,
            });
            known.next_rev += 1;
        }
        self.known.events.insert(
            candidate.event_id,
            KnownEvent::InBatch {
                position,
                hash: candidate.hash,
            },
        );
        position
    }
}

/// The stream of the national administration.
const ADMINISTRATION: i64 = 0;

/// The head of a stream that was not looked up.
const NOWHERE: StreamHead = StreamHead {
    next: u64::MAX,
    hash: [0; 32],
};

fn same_id(known: &KnownEvent, hash: &[u8; 32]) -> Verdict {
    match known {
        KnownEvent::Stored(receipt) if receipt.hash == *hash => Verdict::Again(*receipt),
        KnownEvent::Stored(receipt) => Verdict::Refuse(Conflict::EventIdReused {
            position: receipt.position,
        }),
        KnownEvent::InBatch {
            position,
            hash: first,
        } if first == hash => Verdict::Twice(*position),
        KnownEvent::InBatch { position, .. } => {
            Verdict::Refuse(Conflict::EventIdReused { position: *position })
        }
    }
}
