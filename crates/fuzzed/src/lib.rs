//! Every parser of what comes from outside, as a function that takes any bytes and panics where a promise is broken.
//!
//! What is promised of all of them: nothing panics, and what is read is written back byte for byte, because a second spelling of
//! a signed thing is a second thing. Two drivers call the same functions ([`ALL`]):
//!
//! - the test of this crate, in every test run: some thousand changed inputs each, made from the kept corpus by a [`Mutator`] that follows from
//!   a seed, without nightly;
//! - `fuzz/` beside the crates (cargo-fuzz, nightly, for hours; `fuzz/README.md`), whose findings are kept in `fuzz/found/` and are read again in
//!   every test run.
//!
//! This crate is no part of the product.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a broken promise stops the run: that is what these functions are for"
)]

mod event;
mod export;
mod log;
mod mutator;
mod paper;

pub use mutator::Mutator;

/// A parser.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// Its name: that of its fuzz target and of its folder in the corpus.
    pub name: &'static str,
    /// Reads any bytes. Panics when a promise is broken.
    pub read: fn(&[u8]),
    /// How many inputs the short run gives it: fewer where one takes long.
    pub short_run: u32,
}

/// All of them.
pub const ALL: &[Target] = &[
    target("note", log::note, 4_000),
    target("checkpoint", log::checkpoint, 8_000),
    target("tile_path", log::tile_path, 20_000),
    target("bundle", log::bundle, 8_000),
    target("proof", log::proof, 4_000),
    target("key", log::key, 8_000),
    target("edge", log::edge, 4_000),
    target("policy", log::policy, 4_000),
    target("request", log::request, 4_000),
    target("fork", log::fork, 4_000),
    target("cbor", event::cbor, 8_000),
    target("envelope", event::envelope, 8_000),
    target("body", event::body, 4_000),
    target("signed_event", event::signed_event, 4_000),
    target("act_json", event::act_json, 4_000),
    target("code", paper::code, 2_000),
    target("claim", paper::claim, 4_000),
    target("list", paper::list, 4_000),
    target("certificate", paper::certificate, 4_000),
    target("pdf", paper::pdf, 300),
    target("picture", paper::picture, 40),
    target("export", export::folder, 600),
];

const fn target(name: &'static str, read: fn(&[u8]), short_run: u32) -> Target {
    Target {
        name,
        read,
        short_run,
    }
}

/// The parser of that name.
///
/// # Panics
/// When there is none.
pub fn named(name: &str) -> Target {
    *ALL.iter()
        .find(|target| target.name == name)
        .expect("a target of this list")
}
