//! What every file of tests uses. One suite judges both engines: each sentence is a function over a [`fixture::Fixture`], and
//! `both_engines!` makes a test of it on either.
#![allow(
    dead_code,
    reason = "each file of tests is a program of its own and uses a part of this"
)]

pub mod check;
pub mod cluster;
pub mod fixture;
pub mod sample;
