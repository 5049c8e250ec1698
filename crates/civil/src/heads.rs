//! The heads of all streams at one size of the log, as a tree of their own. RFC 0007 §1.
//!
//! A log proves that nothing was taken out of it. That nothing of an office was *kept back* it proves only together with how far
//! each stream had come: the list of the day says it of all of them at once, and whoever asks for one office needs one leaf.

use crate::id::EventHash;

/// How many positions a list may lie behind the size that it speaks of: those who judge it keep no longer memory.
pub const BEHIND_MAX: u64 = 65_536;

/// What a list says, as somebody else computes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heads {
    /// How many streams have events.
    pub streams: u64,
    /// RFC 6962 root over [`leaf`] of each, ascending by the number of the stream.
    pub root: [u8; 32],
}

/// The leaf of a stream: its number (office · 4 + lane), the seq of its last event, the hash of that.
pub fn leaf(stream: i64, last: u64, hash: EventHash) -> [u8; 48] {
    let mut leaf = [0; 48];
    let (number, rest) = leaf.split_at_mut(8);
    let (seq, digest) = rest.split_at_mut(8);
    number.copy_from_slice(&stream.to_be_bytes());
    seq.copy_from_slice(&last.to_be_bytes());
    digest.copy_from_slice(&hash.0);
    leaf
}
