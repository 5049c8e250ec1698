//! [`Options`]: what an operator or a test may set.

use std::num::NonZeroU32;
use std::time::Duration;

use crate::faults::Faults;
use crate::location::Location;

/// How a ledger is opened. [`Options::default`] is right for production.
#[derive(Debug, Clone)]
pub struct Options {
    /// Events that may wait in the queue; one more is answered [`crate::AppendError::Busy`].
    pub queue_events: usize,
    /// Bytes of signed events and bodies that may wait in the queue.
    pub queue_bytes: usize,
    /// Most events of one commit.
    pub batch_events: usize,
    /// Most bytes of one commit (a single larger event goes alone).
    pub batch_bytes: usize,
    /// Connections for reading.
    pub readers: NonZeroU32,
    /// How long PostgreSQL may take to answer one statement before its connection is closed. SQLite is not limited.
    pub statement_timeout: Duration,
    /// How long connecting may take, or waiting for a reader's connection.
    pub connect_timeout: Duration,
    /// Streams and entries whose heads are remembered, each.
    pub remembered_heads: usize,
    /// Accept a PostgreSQL server that does not sync to disk (`fsync`, `full_page_writes` or `synchronous_commit` off). For
    /// throwaway servers only: a receipt means nothing there.
    pub unsafe_postgres: bool,
    /// How large the file of an embedded ledger may grow, in bytes. Past it the ledger is read-only, as on a full disk.
    pub max_file_bytes: Option<u64>,
    /// Where the keys of the bodies lie: a file, or a PostgreSQL database with backups of its own. Without it they lie beside the
    /// ledger: in a file [`crate::KEYS_FILE_NAME`], or in a schema of its own in the same database.
    pub body_keys: Option<Location>,
    /// Whether the sequencer has a thread and a runtime of its own. `false` is for the simulator: on the caller's runtime, if that has one
    /// thread, nothing but the caller decides what shares a commit.
    pub own_thread: bool,
    /// Failures to be played; for tests.
    pub faults: Faults,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            queue_events: 4_096,
            queue_bytes: 64 << 20,
            batch_events: 1_024,
            batch_bytes: 4 << 20,
            readers: NonZeroU32::MIN.saturating_add(7),
            statement_timeout: Duration::from_secs(30),
            connect_timeout: Duration::from_secs(5),
            remembered_heads: 32_768,
            unsafe_postgres: false,
            max_file_bytes: None,
            body_keys: None,
            own_thread: true,
            faults: Faults::default(),
        }
    }
}
