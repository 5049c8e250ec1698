//! [`Stored`]: an event as it lies in the log; [`Recorded`]: an event as the projections get it.

use bytes::Bytes;

/// An event read back from the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Leaf index in the national tree.
    pub position: u64,
    /// UUIDv7 made by the client.
    pub event_id: [u8; 16],
    /// The stream, office · 4 + lane.
    pub stream: i64,
    /// Place in the stream.
    pub seq: u64,
    /// Kind of act.
    pub kind: u16,
    /// When it was recorded, milliseconds since 1970.
    pub recorded_at_ms: i64,
    /// BLAKE3 of `signed` as it was stored; an auditor computes it again.
    pub hash: [u8; 32],
    /// SHA-256 of `signed` as it was stored.
    pub twin: [u8; 32],
    /// The bytes that were signed.
    pub signed: Bytes,
    /// Salt and body; nothing where it was lawfully erased, or is missing.
    pub sealed_body: Option<Bytes>,
    /// The position of the event by which the body was lawfully erased. Without body and without this it is missing, which is an alarm.
    pub erased_by: Option<u64>,
}

impl Stored {
    /// The leaf entry of the event in the national tree: `0x01 ‖ BLAKE3 ‖ SHA-256`, 65 bytes, from the hashes as stored.
    pub fn leaf_entry(&self) -> [u8; 65] {
        leaf_entry(&self.hash, &self.twin)
    }
}

/// A leaf entry: `0x01 ‖ BLAKE3 ‖ SHA-256` of the signed event.
pub fn leaf_entry(hash: &[u8; 32], twin: &[u8; 32]) -> [u8; 65] {
    let mut entry = [1; 65];
    entry[1..33].copy_from_slice(hash);
    entry[33..].copy_from_slice(twin);
    entry
}

/// An event as projections get it: decoded, with its place and time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded<E> {
    /// Leaf index in the national tree.
    pub position: u64,
    /// When it was recorded, milliseconds since 1970.
    pub recorded_at_ms: i64,
    /// BLAKE3 of the signed bytes.
    pub hash: [u8; 32],
    /// UUIDv7 made by the client.
    pub event_id: [u8; 16],
    /// The stream, office · 4 + lane.
    pub stream: i64,
    /// Place in the stream.
    pub seq: u64,
    /// Kind of act.
    pub kind: u16,
    /// Salt and body, as the log keeps them; empty where they were lawfully erased.
    pub sealed_body: Bytes,
    /// The event decoded.
    pub event: Box<E>,
}
