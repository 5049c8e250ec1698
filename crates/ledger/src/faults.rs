//! [`Faults`]: failures played on purpose, so that tests can walk every way in which a commit may go wrong.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use crate::fault::{Fault, FaultKind};

/// A place in the sequencer's spine, or in the writer of accesses, where a failure can be played.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Point {
    /// While the head is loaded from the store.
    Load,
    /// Before the transaction is opened.
    Begin,
    /// After the conditions are checked, before anything is written.
    Checked,
    /// After the head is moved and the rows are inserted, before the projections run.
    Recorded,
    /// After the projections, before the commit is sent.
    Projected,
    /// The commit itself.
    Commit,
    /// Before lines of the log of accesses are written.
    Access,
    /// The write that learns whether the disk takes writes again.
    Probe,
}

impl Point {
    /// Every point inside a transaction, in the order in which the spine passes them.
    pub const OF_A_COMMIT: [Point; 5] = [
        Point::Begin,
        Point::Checked,
        Point::Recorded,
        Point::Projected,
        Point::Commit,
    ];
}

/// What happens there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// The connection is lost and nothing was persisted.
    NotPersisted,
    /// The connection is lost after the commit was persisted. Anywhere but at [`Point::Commit`] it is the same as [`Failure::NotPersisted`].
    Persisted,
    /// The disk is full and nothing was persisted.
    DiskFull,
    /// A write or an fsync failed and nobody knows what was persisted (nothing was).
    WriteFailed,
}

/// A script of failures, each played once, in order, when the spine reaches its point. Empty in production.
#[derive(Debug, Clone, Default)]
pub struct Faults {
    script: Arc<Mutex<VecDeque<(Point, Failure)>>>,
}

impl Faults {
    /// Adds a failure to the end of the script.
    pub fn play(&self, point: Point, failure: Failure) {
        self.script
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push_back((point, failure));
    }

    /// How many failures have not been played yet.
    pub fn left(&self) -> usize {
        self.script.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// The failure to be played now, if the script's next one is for this point.
    pub(crate) fn at(&self, point: Point) -> Option<Failure> {
        let mut script = self.script.lock().unwrap_or_else(PoisonError::into_inner);
        script
            .pop_front_if(|next| next.0 == point)
            .map(|(_, failure)| failure)
    }

    /// Fails if the script says so.
    pub(crate) fn pass(&self, point: Point) -> Result<(), Fault> {
        self.at(point).map_or(Ok(()), |failure| Err(failure.fault(point)))
    }
}

impl Failure {
    /// What the spine sees of it.
    pub(crate) fn fault(self, point: Point) -> Fault {
        let kind = match self {
            Failure::NotPersisted | Failure::Persisted => FaultKind::Unavailable,
            Failure::DiskFull => FaultKind::DiskFull,
            Failure::WriteFailed => FaultKind::WriteFailed,
        };
        Fault::new(kind, format!("{point:?}"), "a failure played by a test")
    }
}
