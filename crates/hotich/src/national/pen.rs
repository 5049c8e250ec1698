//! The machine on which an office signs: it holds the key and knows its own chain, so it needs no server to draft.

use civil::act::Body;
use civil::cose::{SecretKey, event_hash, sign};
use civil::envelope::{Commitment, Envelope};
use civil::id::{EntryId, EventHash, EventId, StreamId};
use civil::kind::Group;

use super::dice::Dice;
use crate::client::SignedAct;

/// Signs one chain of events, each upon the one before. What it has signed must be sent in that order, and all of it.
#[derive(Debug)]
pub struct Pen {
    key: SecretKey,
    stream: StreamId,
    /// The place of the next event in the chain.
    next: u64,
    /// The event before it.
    prev: EventHash,
    dice: Dice,
}

impl Pen {
    /// For a chain that goes on with `next` upon `prev`.
    pub fn new(key: SecretKey, stream: StreamId, next: u64, prev: EventHash, dice: Dice) -> Self {
        Self {
            key,
            stream,
            next,
            prev,
            dice,
        }
    }

    /// Seals and signs what opens an entry of its own, or is the administration's.
    pub fn sign(&mut self, body: &Body, signed_at: u64) -> SignedAct {
        let sealed_body = body.seal(self.dice.bytes());
        let kind = body.act.kind();
        let now_ms = signed_at.saturating_mul(1_000);
        let opens = kind.group() != Group::Administration;
        let envelope = Envelope {
            event: EventId::at(now_ms, self.dice.bytes()),
            stream: self.stream,
            seq: self.next,
            prev: self.prev,
            kind,
            entry: opens.then(|| EntryId::at(now_ms, self.dice.bytes())),
            basis: None,
            targets: Vec::new(),
            signed_at,
            commitment: Commitment::to(&sealed_body),
            endorsements: Vec::new(),
        };
        let signed = sign(&envelope.encode(), &self.key);
        self.next += 1;
        self.prev = event_hash(&signed);
        SignedAct { signed, sealed_body }
    }
}
