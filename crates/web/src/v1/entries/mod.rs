//! Register entries: found, read on both axes of time, compared, and told step by step.

pub(super) mod diff;
pub(in crate::v1) mod duplicates;
pub(super) mod entry;
pub(super) mod search;
pub(super) mod timeline;
