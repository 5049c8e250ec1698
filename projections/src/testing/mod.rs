//! Signed events for tests and benchmarks: real bytes, the same for the same seed, and nothing but `civil` to make them.
//!
//! [`Scribe`] seals, signs and chains one act after the other, as the clients of many offices would. [`Country`] has a scribe and keeps
//! it busy: a handful of offices whose books change hands, and acts of every kind. Nothing here reads a clock or asks for chance.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on stops where it stands"
)]

pub mod acts;
mod chance;
mod country;
mod scribe;

pub use chance::Chance;
pub use country::{Country, OLD_OFFICE, SUCCESSOR};
pub use scribe::{Scribe, Written};

#[cfg(test)]
pub(crate) mod fixture;
