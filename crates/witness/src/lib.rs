//! Witnesses: those who see what a log signs, remember it, and say so.
//!
//! A log could show one history to one office and another to the next. So it does not stand alone: each of its checkpoints is sent to
//! witnesses (a ministry, the audit office, a province), and a witness cosigns only what continues the tree that it saw last (C2SP
//! tlog-witness). A checkpoint that carries the quorum of a policy was seen by all of them as the one history.
//!
//! Three parts, used by both sides:
//!
//! - [`Memory`]: of each log the last tree, moved only from the value that was read. It is what a witness has seen; and it is the
//!   *lock store* of a log, what it has signed for, kept apart from the ledger so that a restored backup cannot take it back.
//! - [`Witness`]: judges a request, remembers, cosigns; [`router`] answers it over HTTP.
//! - [`RemoteWitness`] and [`collect`]: how a log asks its witnesses, all at once, and stops waiting when there are enough.
//!
//! # What it does not know
//!
//! What a leaf says, whether a log may sign, and how a consistency proof is made: a [`Prover`] gives it. The clock is a parameter, and
//! the network too ([`Transport`]): a simulator plays both.
//!
//! # Invariants
//!
//! **What was remembered is never taken back**: check and write are one statement of the store
//! (`of_two_that_read_the_same_only_one_moves_it`, `nothing_moves_back`).
//!
//! **A cosignature is on the disk before it is told** (`a_cosignature_is_remembered_before_it_is_told`).
//!
//! **No race rolls a log back** (`of_requests_at_once_none_rolls_the_log_back`).
//!
//! **A witness can refuse, be slow or lie; it cannot spoil a checkpoint** (`what_a_witness_may_answer_spoils_nothing`).

mod client;
mod collect;
mod http;
mod memory;
mod transport;
mod witness;

pub use client::{Prover, RemoteWitness, Trouble};
pub use collect::{Collected, collect};
pub use http::{router, router_within};
pub use memory::{Memory, MemoryError, Seen};
pub use transport::{Answer, Http, Transport, TransportError};
pub use witness::{Refused, Seconds, Witness};
