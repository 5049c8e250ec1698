//! Entries as their events leave them: current values, marginal notes word by word, copies.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on stops where it stands"
)]

#[path = "../decide/acts.rs"]
#[allow(dead_code, reason = "shared with the tests of decide")]
mod acts;
#[path = "../decide/verdict.rs"]
#[allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "shared with the tests of decide"
)]
mod verdict;
#[path = "../decide/world.rs"]
#[allow(dead_code, reason = "shared with the tests of decide")]
mod world;

mod copies;
mod effects;
mod folding;
mod notes;
mod papers;
mod persons;
mod reaching;
