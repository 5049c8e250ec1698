//! People: found by name or number, and what the ledger knows of one over all their entries.

pub(super) mod list;
pub(super) mod person;
