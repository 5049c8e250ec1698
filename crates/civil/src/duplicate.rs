//! Two entries that may be of one person: how alike they are, and why.

use crate::act::Likeness;
use crate::id::EntryId;

/// An entry that may be of the same person as the one at hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Which.
    pub entry: EntryId,
    /// How alike, 0 to 100.
    pub score: u8,
    /// The fields that agree, by name.
    pub agree: Vec<&'static str>,
    /// The fields that differ, by name.
    pub differ: Vec<&'static str>,
    /// What explains the likeness without being a duplicate.
    pub explained: Option<Likeness>,
}

/// From this score on a candidate that nothing explains is shown to the officer.
pub const THRESHOLD: u8 = 60;
