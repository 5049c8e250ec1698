//! The product seen from outside, and the house seen from the street.
//!
//! The tests of this crate know the product only as a program: its arguments, its port, its files and its exit
//! status. What they need for that stands here:
//!
//! - [`Server`]: the `hotich` binary as a child process on a free port, which can be killed as a power cut would.
//! - [`PostgresCluster`]: a PostgreSQL of the test's own, to stop and start while others write.
//! - [`Database`]: a fresh database on the cluster that `ops/with-postgres` runs, for tests that leave it in peace.
//! - [`tree`]: the files of the repository, for the tests that read what we promise.
//!
//! **Nothing stays behind.** Every child process and folder is put under a [`Reaper`], a shell that waits at the other
//! end of a pipe. The pipe closes when the owner is dropped, and also when the test is killed, so there is one way of
//! cleaning up and it always runs.
//!
//! Everything listens on 127.0.0.1 only.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot be set up stops where it stands"
)]

mod database;
mod postgres;
mod reaper;
mod server;
pub mod tree;

pub use database::Database;
pub use postgres::{PostgresCluster, psql};
pub use reaper::Reaper;
pub use server::{Server, hotich_binary};
