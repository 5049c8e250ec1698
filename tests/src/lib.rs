//! The product seen from outside, and the house seen from the street.
//!
//! The tests of this crate know the product only as a program: its arguments, its port, its files and its exit
//! status. What they need for that stands here:
//!
//! - [`Server`]: the `hotich` binary as a child process on a free port, which can be killed as a power cut would.
//! - [`PostgresCluster`]: a PostgreSQL of the test's own, to stop and start while others write.
//! - [`Database`]: a fresh database on the cluster that `ops/with-postgres` runs, for tests that leave it in peace.
//! - [`Ledger`]: a ledger founded on either [`Engine`]; [`Country`]: one with offices and officers who hold keys.
//! - [`Officer`]: an office's own machine, which composes and signs; [`Crowd`]: many of them at once, over HTTP.
//! - [`Api`]: requests and answers; [`hotich`]: commands and how they end.
//! - [`scenario`]: the law's cases as text, and how they are played.
//! - [`tree`]: the files of the repository, for the tests that read what we promise.
//!
//! Time never decides a test: it waits for an answer or an output ([`eventually`]), and chance follows from a seed
//! ([`Dice`]).
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

pub mod act;
mod api;
mod country;
mod crowd;
mod database;
mod desk;
mod dice;
mod folder;
mod ledger;
mod liar;
mod officer;
mod patience;
mod postgres;
mod program;
mod reaper;
pub mod scenario;
mod server;
mod small_folder;
mod time_authority;
mod token;
pub mod tree;

pub use api::{Answer, Api};
pub use country::{Country, bytes};
pub use crowd::{Crowd, Told, chains};
pub use database::Database;
pub use desk::Desk;
pub use dice::Dice;
pub use folder::Folder;
pub use ledger::{Engine, Ledger, ORIGIN, read_key};
pub use liar::{Draft, Liar, Lie};
pub use officer::{Composed, Officer, SIGNED_AT, Signed, request};
pub use patience::{DEADLINE, eventually};
pub use postgres::{PostgresCluster, psql};
pub use program::{Ended, hotich};
pub use reaper::Reaper;
pub use server::{Server, hotich_binary};
pub use small_folder::in_small_folder;
pub use time_authority::TimeAuthority;
pub use token::{PIN, Token};

/// Makes of each function that takes an [`Engine`] a test on both.
#[macro_export]
macro_rules! on_both_engines {
    ($($name:ident)*) => {
        mod embedded {
            $(#[test] fn $name() { super::$name($crate::Engine::Embedded); })*
        }
        mod postgres {
            $(#[test] fn $name() { super::$name($crate::Engine::Postgres); })*
        }
    };
}
