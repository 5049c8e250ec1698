//! [`Office`]: a machine that keeps its chain and asks until it is answered.

use std::collections::VecDeque;

use bytes::Bytes;
use ledger::{Candidate, Receipt, Touch};
use sha2::{Digest as _, Sha256};

/// The stream of the administration.
pub const ADMINISTRATION: i64 = 0;

/// An office, or the administration.
#[derive(Debug, Clone)]
pub struct Office {
    stream: i64,
    /// What the last receipt says of the chain.
    settled: Link,
    /// Where the events that wait leave it.
    tip: Link,
    /// Signed, and not answered for good; in order.
    pub waiting: VecDeque<Candidate<u64>>,
}

/// A place in a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Link {
    seq: u64,
    prev: [u8; 32],
}

/// What an event says beside its chain.
#[derive(Debug, Clone)]
pub struct Words {
    /// A number that no other event has.
    pub number: u64,
    /// How long it is.
    pub filler: usize,
    /// What it touches.
    pub touches: Vec<Touch>,
    /// The length of stream 0 by which it is judged.
    pub authority: u64,
}

/// The founding event of every simulated ledger.
pub fn founding() -> Candidate<u64> {
    let words = Words {
        number: 0,
        filler: 0,
        touches: Vec::new(),
        authority: 0,
    };
    candidate(
        ADMINISTRATION,
        Link {
            seq: 0,
            prev: [0; 32],
        },
        words,
    )
}

impl Office {
    /// Whose stream is empty but for the founding event.
    pub fn new(stream: i64) -> Self {
        let start = Link {
            seq: u64::from(stream == ADMINISTRATION),
            prev: founding().hash,
        };
        Self {
            stream,
            settled: start,
            tip: start,
            waiting: VecDeque::new(),
        }
    }

    /// Which.
    pub fn stream(&self) -> i64 {
        self.stream
    }

    /// Signs the next event; it waits.
    pub fn sign(&mut self, words: Words) {
        let next = candidate(self.stream, self.tip, words);
        self.tip = Link {
            seq: self.tip.seq + 1,
            prev: next.hash,
        };
        self.waiting.push_back(next);
    }

    /// Signs an event out of its turn, which nobody will wait for.
    pub fn stray(&self, seq: u64, prev: [u8; 32], words: Words) -> Candidate<u64> {
        candidate(self.stream, Link { seq, prev }, words)
    }

    /// The number of the next event that is not settled.
    pub fn next_seq(&self) -> u64 {
        self.settled.seq
    }

    /// The first that waits has its receipt.
    pub fn receive(&mut self, receipt: &Receipt) -> Option<Candidate<u64>> {
        let first = self.waiting.pop_front()?;
        self.settled = Link {
            seq: first.seq + 1,
            prev: receipt.hash,
        };
        Some(first)
    }

    /// The first that waits was refused for good: all that hang on it are torn up.
    pub fn tear_up(&mut self) {
        self.waiting.clear();
        self.tip = self.settled;
    }
}

/// The bytes of an event: stream, seq, prev, number, filler.
fn candidate(stream: i64, link: Link, words: Words) -> Candidate<u64> {
    let mut signed = Vec::with_capacity(56 + words.filler);
    signed.extend(stream.to_be_bytes());
    signed.extend(link.seq.to_be_bytes());
    signed.extend(link.prev);
    signed.extend(words.number.to_be_bytes());
    signed.resize(signed.len() + words.filler, 0x2e);
    let hash: [u8; 32] = blake3::hash(&signed).into();
    let mut event_id = [0; 16];
    event_id[8..].copy_from_slice(&words.number.to_be_bytes());
    Candidate {
        event_id,
        stream,
        seq: link.seq,
        prev: link.prev,
        kind: 7,
        touches: words.touches,
        erases: Vec::new(),
        twin: Sha256::digest(&signed).into(),
        sealed_body: Bytes::from(hash.repeat(2)),
        signed: Bytes::from(signed),
        hash,
        authority: words.authority,
        event: Box::new(words.number),
    }
}

/// The number in an event's bytes.
pub fn number_of(signed: &[u8]) -> Option<u64> {
    Some(u64::from_be_bytes(*signed.get(48..)?.first_chunk()?))
}

/// The `prev` in an event's bytes.
pub fn prev_of(signed: &[u8]) -> Option<[u8; 32]> {
    signed.get(16..)?.first_chunk().copied()
}
