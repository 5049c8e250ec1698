//! Forms: every faulty field of a document is reported at once, and what is right goes into bytes and back.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on stops where it stands"
)]

mod fields;
mod right;
mod round_trip;
mod wrong;
