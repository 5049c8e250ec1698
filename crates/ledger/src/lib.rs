//! The log of the ledger: what was recorded, in which order, for ever.
//!
//! Events come in signed and decoded; this crate gives each a position, makes it durable, and lets it be read. It knows the order
//! of things (streams, entries, ids, the tree) and nothing of what is inside an event: no names, no acts, no law, no keys.
//!
//! # What it promises
//!
//! - A [`Receipt`] means: committed, on the disk, visible to every reader, shown by every read model that moves with the log.
//!   Sending the same bytes again gives the same receipt, whatever has happened since.
//! - Positions are contiguous from 0, and position = order of commits = leaf index in the national tree. There are no sequences,
//!   no polling by id, no clock as order. [`Receipt::recorded_at_ms`] informs, and never runs backwards.
//! - An event is recorded only if it fits: its stream goes on with it ([`Candidate::seq`], [`Candidate::prev`]), each entry it
//!   touches has the head its signer saw ([`Touch::basis`]), and the administration has recorded nothing since its signature was
//!   judged ([`Candidate::authority`]). One that does not fit is answered with a [`Conflict`] that holds what it would have to fit,
//!   and does not hinder those beside it.
//! - Many events share a commit (whatever waits when the last commit ends; nobody lingers for company), and whatever goes wrong
//!   around a commit is found out before anyone is answered. When that is impossible the answer says so:
//!   [`AppendError::OutcomeUnknown`], ask again.
//! - The log cannot be changed through this crate, nor by the role it works under on PostgreSQL; on SQLite triggers refuse it.
//! - Read models are written in the transaction of the events they show, can be made anew at any time while the ledger goes on
//!   ([`Ledger::rebuild`]), and have one digest on both engines ([`Archive::digests`], [`recompute`]). Those that nothing rests
//!   on may follow ([`TableSpec::follows`]): whoever reads them through [`Ledger::reader_of_all`] sees every event recorded so far.
//!
//! # How it is built
//!
//! One sequencer, on a thread of its own, numbers and commits; its spine is one function that starts with a numbered list of its
//! steps and what a crash at each leaves behind (`sequencer/mod.rs`). Start-up recovery is the first step of that spine. Two
//! sequencers on one store, by mistake, do not harm it: each commit moves the head from the value it read, or not at all.
//!
//! Two engines stand behind one private contract (`engine/`): SQLite (WAL, `synchronous = full`, one writer) and PostgreSQL. What
//! differs between them is the making of connections, the right to change the log, and a few statements in `sql/`; one suite
//! of tests judges both.
//!
//! Reading is an [`Archive`]: an open [`Ledger`] is one, and a copy of a file or a standby can be opened as one, without a
//! projector and without ever writing.
//!
//! # The tables
//!
//! `event` is the log, `body` what may one day lawfully be erased (ciphertext: its keys lie elsewhere, see `body/mod.rs`, and `erasure`
//! says which of them are to be destroyed), `entry_event` the index of events by entry: one row for each
//! touch, each with the position of the entry's head once it is in, so that the head is one look-up however many copies were
//! issued since. `batch` holds the root after every commit, so that a receipt can be given again as it was. `tile` holds full
//! tiles of the tree; its right edge is computed from what lies below. The head of a stream is its last row in `event`: there
//! is no second place that could disagree. `ledger_head` is the one row that moves. Beside the log lie `reader_token` (who may
//! read), `seal` (what could not be made again of papers that were sealed), and `access` with `access_entry` (a chain of who was shown what,
//! see `access/mod.rs`).
//!
//! # Invariants
//!
//! - Nothing is read back as truth after a failed write or sync until the store has been opened anew and a write has
//!   succeeded (`tests/durability.rs`).
//! - The head's root is the root of the stored events, or nothing is appended and nothing is signed (`tests/checkpoint.rs`).
//! - A transaction in which a statement failed is never committed (`tests/projection.rs`).
//! - No personal data in faults, spans or metrics: ids and positions only.

mod access;
mod append_error;
mod archive;
mod beside;
mod body;
mod candidate;
mod checkpoint;
mod clock;
mod engine;
mod fault;
mod faults;
mod head;
mod ledger;
mod location;
mod options;
mod packed;
mod projection;
mod proof;
mod reader;
mod receipt;
mod row;
mod scan;
mod seal;
mod sequencer;
mod statement;
mod stored;
mod token;
mod tree;
mod tx;

pub use access::{AccessEnd, AccessQuery, KeptAccess, NewAccess};
pub use append_error::{AppendError, Conflict, ReadOnlyReason, Status};
pub use archive::{Archive, Batch};
pub use beside::Touched;
pub use body::{KEYS_FILE_NAME, Sealer};
pub use candidate::{Candidate, Erased, MAX_BODY_BYTES, MAX_SIGNED_BYTES, Touch};
pub use checkpoint::SignedHead;
pub use clock::Clock;
pub use fault::{Fault, FaultKind};
pub use faults::{Failure, Faults, Point};
pub use head::{Head, StreamHead};
pub use ledger::Ledger;
pub use location::{FILE_NAME, Location};
pub use options::Options;
pub use projection::{Digests, Key, Progress, Projector, TableDigest, TableSpec, rebuild, recompute};
pub use reader::Reader;
pub use receipt::Receipt;
pub use row::Row;
pub use seal::KeptSeal;
pub use statement::{Engine, Param, Statement};
pub use stored::{Recorded, Stored, leaf_entry};
pub use token::ReaderToken;
pub use tx::Tx;
