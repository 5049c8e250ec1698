//! [`AppendError`]: why an event was not recorded, or why nobody can say yet.

use crate::fault::Fault;

/// The answer to an append that gives no receipt.
#[derive(Debug, Clone, thiserror::Error)]
pub enum AppendError {
    /// The event does not fit what is in the log. Nothing was recorded; the same bytes will not fit later either, except after [`Conflict::AuthorityMoved`].
    #[error(transparent)]
    Conflict(#[from] Conflict),
    /// The queue is full. Nothing was recorded; try again shortly.
    #[error("the queue of the ledger is full")]
    Busy,
    /// The store takes no writes at present. Nothing was recorded; try again later.
    #[error("the ledger is read-only: {0}")]
    ReadOnly(ReadOnlyReason),
    /// The store was lost while the event was being committed. Ask again with the same event id: the answer will be the first
    /// receipt, if it was recorded, or a new one.
    #[error("the outcome is unknown: ask again with the same event id")]
    OutcomeUnknown,
    /// The operation failed and nothing was recorded.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// How an event does not fit the log. The first that applies, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Conflict {
    /// The event id was used for other bytes, recorded at this position.
    #[error("the event id is already used at position {position}")]
    EventIdReused {
        /// Where the other event is.
        position: u64,
    },
    /// The national administration has recorded events since the caller judged; judge again by this length of stream 0.
    #[error("the administration's stream has {length} events by now")]
    AuthorityMoved {
        /// Length of stream 0.
        length: u64,
    },
    /// The stream does not continue with this event.
    #[error("the stream continues with number {next}")]
    Seq {
        /// The next seq of the stream.
        next: u64,
        /// What its `prev` must be.
        head: [u8; 32],
    },
    /// An entry has moved since the signer looked, is not there, or is there although it must be new.
    #[error("an entry has another head")]
    Basis {
        /// The entry.
        entry: [u8; 16],
        /// Hash of its head; none where the entry does not exist.
        head: Option<[u8; 32]>,
    },
}

/// Why the ledger takes no writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum ReadOnlyReason {
    /// The disk is full.
    #[error("the disk is full")]
    DiskFull,
    /// A write or an fsync failed.
    #[error("a write to the disk failed")]
    WriteFailed,
    /// The store cannot be reached.
    #[error("the store cannot be reached")]
    Unreachable,
    /// The store refuses writes: a standby, a read-only file, a role without the right.
    #[error("the store refuses writes")]
    Refused,
    /// What the store holds does not fit its own hashes.
    #[error("the store is damaged")]
    Damaged,
    /// The ledger was closed.
    #[error("the ledger is closed")]
    Closed,
}

/// Whether the ledger takes writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It does.
    Writable,
    /// It does not, until the reason has passed.
    ReadOnly(ReadOnlyReason),
}
