//! The log under everything that can go wrong, as a function of a seed.
//!
//! One seed is one short life of a ledger: offices append, also twice, out of turn and from another ledger; the clock jumps; the store is lost,
//! full or fails at a point of the sequencer's spine; the process dies while a commit is being written or the write-ahead log copied back, and the
//! disk keeps some sectors of it and not others; a second sequencer is opened by mistake; an old backup is put in place; a bit of the file flips; and in
//! between it is signed for. It is the real sequencer and the real SQL, the real publisher ([`registry::publisher`]) with the real lock store
//! ([`witness::Memory`]), on real files in memory where there is such a folder.
//!
//! Every other life has three witnesses, of whom two are enough: real ones with files of their own, of whom one may lie. The network to them loses
//! requests and answers, holds them back, doubles them and brings earlier ones again; a witness dies while it judges, before or after its disk has
//! it. Two publishers sign at once, and the seed decides whose next step comes first and where one dies. In the end everybody is well again, and
//! everything must be published; and in some lives the operator then begins the ledger anew, goes another way and throws the lock store away.
//!
//! # What is under the seed's control
//!
//! - *chance*: every choice follows from the seed ([`Chance`]).
//! - *order*: the sequencer runs on the caller's runtime, which has one thread ([`ledger::Options::own_thread`]), and nothing is asked before the last
//!   answer is there; so what shares a commit is decided here and not by the machine's scheduler. A publisher stands still before each thing that
//!   it asks of its ledger ([`gate`]); the ways to the witnesses have a chance each.
//! - *time*: [`Hands`] is the only clock; the sequencer's pauses end when it is moved ([`ledger::Clock::pause`]). A publisher's patience ends when
//!   nothing is under way any more ([`pulse`], [`witness::Transport::pause`]).
//! - *the store's faults*: [`ledger::Faults`], point by point.
//! - *what the disk has after a crash* ([`disk`]): files are copied before and after the commit, and a write that was not synced is there in part:
//!   not at all, cut at any byte, with any sectors missing, or wholly.
//!
//! Two runs of one seed tell the same story, line by line (`one_seed_is_one_story`).
//!
//! # What must hold, after every step
//!
//! - No receipt is lost: its event is at its position with its time and its bytes, and asking again gives the same receipt.
//! - No two checkpoints that were signed are inconsistent, whether they were published, remembered or only shown to a witness: the log at each of
//!   their sizes has their root.
//! - What is published has the quorum of the policy, and never goes back; neither does the lock store, nor an honest witness.
//! - Nothing is signed for an old backup that is behind, nor for another history; and without a lock store nothing of it is published.
//! - There are no false alarms, and nobody waits for witnesses to be recorded.
//! - No event is half-visible: what is in the log is whole (event, body, batch, chain, read models) or not there.
//! - Positions are contiguous, nobody's event is there twice, and nothing is there that nobody asked for.
//! - Recorded time never runs backwards.
//!
//! # What it does not reach
//!
//! PostgreSQL, whose files and threads are its own affair (`crates/ledger/tests/restart.rs` stops and starts a server, and
//! `crates/ledger/tests/durability.rs` crashes at every write on both engines); the read models that follow; a lying witness together with a lying
//! operator, against whom two of three are not enough.

mod bystander;
mod chance;
mod check;
mod clock;
mod damage;
mod disk;
mod gate;
mod network;
mod office;
mod operator;
mod projector;
mod pulse;
mod signing;
mod story;
mod world;

pub use chance::Chance;
pub use clock::Hands;
pub use story::{Broken, Story, Template};
