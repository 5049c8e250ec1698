//! The auditor.
mod audit;
pub mod export;
mod finding;
mod record;
mod report;

pub use audit::{Depth, Expected, Head, Options, Progress, audit};
pub use finding::{Check, Finding, FindingKind};
pub use record::{Claimed, InMemory, Record, Source, SourceError};
pub use report::{Checked, Language, Report, Totals, Tree};
