//! The read models: what the log says, laid out as the questions that are asked of it.
//!
//! A projection is disposable by definition. Every row here follows from the events of the log and from nothing else: no clock, no
//! chance, no state that outlives a batch. So the same events leave the same rows, in whatever batches they come and on either
//! engine, and a rebuild into a shadow must end with the digest of what is live. A projection is never evidence: whoever
//! signs, issues or audits reads the events.
//!
//! [`Projections`] is the [`ledger::Projector`] of them all. It runs inside the transaction that records the events, so a
//! receipt means that every table which a rule or a paper rests on already shows the event. Those for finding and counting
//! ([`search`], [`statistics`], [`measure`]) follow within a quiet moment, and before anybody reads them. Each folder is one read model with its `README.md`
//! (the question, and who may read it), its SQL, the pure functions from events to rows, and its queries:
//!
//! | model | question |
//! |---|---|
//! | [`entry`] | What does this entry say now, and what happened to it? |
//! | [`office`] | Which offices are there, who signs for them, who keeps whose books? |
//! | [`custody`] | Which books of an office does another keep by decision? |
//! | [`notice`] | Which office is owed which notice, why, and by when? |
//! | [`link`] | In which entries is the same person named? |
//! | [`book`] | Which number comes next in this book of this year, and is it closed? |
//! | [`search`] | Under which entries is somebody of this name registered? |
//! | [`extract`] | Which papers were issued, and do they still hold? |
//! | [`task`] | What does an office still have to look into? |
//! | [`statistics`] | How many acts of which kind, where and when? |
//! | [`measure`] | The same divided as the forms of the ministry divide it, as registered and as corrected, at any position. |
//!
//! How a batch becomes rows, in this order and with at most one statement for each read or write:
//!
//! 1. The entries that the batch continues or changes are read, as their last batch left them ([`entry`]), the decisions about
//!    the books in which they stand, and the offices that keep them.
//! 2. The events are folded over them in the order of the log by `civil::entry`, the same fold that auditors use. The
//!    directory is moved along, so that each event sees the keepers of its own position.
//! 3. Where more than a note is owed, the offices to be told are read; where a person changed, the entries that name them
//!    ([`link`]). A registration reads an office only for its notice to the residence.
//! 4. Every model writes its rows as one JSON array, all models in one go. Rows of models that follow are put aside; where nothing
//!    was touched that had been there, they are left to be made from the log.
//!
//! All writes go by primary key (`insert … on conflict`), never by a join with a growing table: no statement has a plan
//! that could become slow while a table grows under it.

#[cfg(test)]
mod agreement;
pub mod book;
#[cfg(test)]
mod columns;
pub mod custody;
pub mod entry;
pub mod extract;
pub mod link;
pub mod measure;
pub mod notice;
pub mod office;
mod projections;
mod record;
mod rows;
pub mod search;
pub mod statistics;
pub mod task;
#[cfg(any(test, feature = "testing"))]
pub mod testing;

pub use projections::Projections;
