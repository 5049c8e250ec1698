//! [`Candidate`]: an event that asks to be recorded, with the conditions under which it may be.

use bytes::Bytes;
use sha2::{Digest, Sha256};

use crate::fault::Fault;

/// Most bytes a signed event may have.
pub const MAX_SIGNED_BYTES: usize = 65_535;

/// Most bytes a sealed body may have.
pub const MAX_BODY_BYTES: usize = 1 << 20;

/// A signed event on its way into the log. The caller has verified the signature and decoded the envelope; the ledger checks
/// only the order of things: stream, entries, identity, authority.
#[derive(Debug, Clone)]
pub struct Candidate<E> {
    /// UUIDv7 made by the client: the idempotency key.
    pub event_id: [u8; 16],
    /// The stream, office · 4 + lane; 0 is the national administration.
    pub stream: i64,
    /// Place in the stream, dense from 0.
    pub seq: u64,
    /// Hash of the stream's previous event; of the founding event for seq 0; zeros in the founding event itself.
    pub prev: [u8; 32],
    /// Kind of act, as in the envelope.
    pub kind: u16,
    /// The register entries the event is about.
    pub touches: Vec<Touch>,
    /// The bodies that are lawfully erased by this event: from the commit on nobody is shown them, and
    /// [`crate::Ledger::finish_erasing`] destroys their keys.
    pub erases: Vec<Erased>,
    /// The very bytes that were signed.
    pub signed: Bytes,
    /// Salt and body; the event commits to their hashes.
    pub sealed_body: Bytes,
    /// BLAKE3 of `signed`.
    pub hash: [u8; 32],
    /// SHA-256 of `signed`.
    pub twin: [u8; 32],
    /// Length of stream 0 by which the caller judged keys and offices.
    pub authority: u64,
    /// The event decoded, handed to the projections. In a box: it is passed on from hand to hand.
    pub event: Box<E>,
}

/// A body that is to be erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erased {
    /// Of its event.
    pub position: u64,
    /// The entries about which it says something: until the read models are made anew, their rows are withheld.
    pub entries: Vec<[u8; 16]>,
}

impl<E> Candidate<E> {
    /// The conditions and bytes on one side, the decoded event on the other.
    pub(crate) fn split(self) -> (Candidate<()>, Box<E>) {
        let Candidate {
            event_id,
            stream,
            seq,
            prev,
            kind,
            touches,
            erases,
            signed,
            sealed_body,
            hash,
            twin,
            authority,
            event,
        } = self;
        let event_less = Candidate {
            event_id,
            stream,
            seq,
            prev,
            kind,
            touches,
            erases,
            signed,
            sealed_body,
            hash,
            twin,
            authority,
            event: Box::new(()),
        };
        (event_less, event)
    }

    /// Checks what needs no log: sizes, and that the hashes are those of the bytes. On the caller's task, before the queue.
    pub(crate) fn check(&self) -> Result<(), Fault> {
        let doing = "checking a candidate";
        if self.signed.len() > MAX_SIGNED_BYTES || self.sealed_body.len() > MAX_BODY_BYTES {
            return Err(Fault::request(doing, "the event or its body is too large"));
        }
        if self.stream < 0 || i64::try_from(self.seq).is_err() {
            return Err(Fault::request(doing, "there is no such stream or number"));
        }
        let twin: [u8; 32] = Sha256::digest(&self.signed).into();
        if blake3::hash(&self.signed) != self.hash || twin != self.twin {
            return Err(Fault::request(
                doing,
                "the hashes are not those of the signed bytes",
            ));
        }
        Ok(())
    }
}

/// One entry that an event is about, and what its signer had seen of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Touch {
    /// The register entry, UUIDv7.
    pub entry: [u8; 16],
    /// Hash of the entry's head as the signer saw it; `None`: the entry must not have one yet.
    pub basis: Option<[u8; 32]>,
    /// Whether the event becomes the entry's head. An issued extract reads the head and does not move it.
    pub advances: bool,
}
