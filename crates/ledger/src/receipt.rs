//! [`Receipt`]: the answer to a recorded event.

/// Says that an event is committed, durable and visible to every reader; given again, unchanged, to whoever sends the same bytes again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receipt {
    /// The event.
    pub event_id: [u8; 16],
    /// Its leaf index in the national tree.
    pub position: u64,
    /// BLAKE3 of its signed bytes.
    pub hash: [u8; 32],
    /// When it was recorded, milliseconds since 1970.
    pub recorded_at_ms: i64,
    /// Size of the tree after the commit that recorded it.
    pub tree_size: u64,
    /// Root of that tree.
    pub root: [u8; 32],
}
