//! The log of accesses, for those who may look who looked.

pub(super) mod entry;
pub(super) mod list;

/// Most lines of a page.
const LIMIT_MAX: u64 = 1_000;
const LIMIT_USUAL: u64 = 100;
