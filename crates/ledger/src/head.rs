//! [`Head`]: how far the log reaches.

/// The last commit of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Number of events, which is also the next position.
    pub size: u64,
    /// RFC 6962 root of the tree over them.
    pub root: [u8; 32],
    /// Time given to the last event, milliseconds since 1970.
    pub recorded_at_ms: i64,
    /// Number of events in stream 0, the national administration: what [`crate::Candidate::authority`] must equal.
    pub authority: u64,
    /// Generation of the projection tables that is live.
    pub generation: i64,
}

/// The last event of a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StreamHead {
    /// Number of events in the stream, which is also the next seq.
    pub next: u64,
    /// Hash of the last one: the `prev` of the next. For an empty stream the founding event's.
    pub hash: [u8; 32],
}
