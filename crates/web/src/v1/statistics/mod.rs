//! Counts.

pub(crate) mod form;
pub(crate) mod six_columns;
