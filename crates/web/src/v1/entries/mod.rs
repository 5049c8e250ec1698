//! Register entries: found, read on both axes of time, and told step by step.

pub(in crate::v1) mod duplicates;
pub(super) mod entry;
pub(super) mod search;
pub(super) mod timeline;
