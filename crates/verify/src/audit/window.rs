//! Some thousand records on their way through the audit.

use rayon::prelude::*;

use super::Depth;
use super::reading::Facts;
use crate::record::Record;

/// Records with what they say by themselves.
#[derive(Debug)]
pub(crate) struct Window {
    pub(crate) records: Vec<Record>,
    pub(crate) facts: Vec<Facts>,
}

/// How many records one core reads at a time.
const READ: usize = 128;

impl Window {
    /// Reads records on all cores.
    pub(crate) fn read(records: Vec<Record>, depth: Depth) -> Self {
        let facts = records
            .par_iter()
            .with_min_len(READ)
            .map(|record| Facts::of(record, depth))
            .collect();
        Self { records, facts }
    }
}
