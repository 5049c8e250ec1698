//! Scenarios: the law's cases as text that a lawyer reads and a machine runs, through the API of a real server.
//!
//! A file of `tests/scenarios/` has a title, the article it is about, and sentences:
//!
//! ```text
//! # Row 1: the mother is twelve
//! Law: LAW §6.1 row 1; no law sets a least age of the mother
//!
//! Given office 1
//! When on 2026-01-20 at 09:00 office 1 files a birth as KS
//!   /mother/born_on = 2013-03-01
//! Then it warns mother_very_young at /mother/born_on
//!  And it needs a second person
//! When office 1 acknowledges mother_very_young because "Bệnh viện xác nhận." and B endorses
//! Then it is recorded
//!  And KS says /mother/born_on = 2013-03-01
//! ```
//!
//! - What follows an act, indented by two blanks, fills it in over a lawful act of its kind (`templates/`): a JSON pointer and its
//!   value, JSON where it reads as JSON and text where not; nothing behind the sign leaves the field out. `@KS` is the entry
//!   that was filed as KS, `@KS.child` the person in it, `&KS` the event. `@KS /child/name from X to Y` changes an
//!   entry in an act that may; `@KS as it is` reaches it and changes nothing.
//! - Every office has an officer A, who signs, and a head B. A draft is asked for, signed here with their keys as of the
//!   time that the sentence says, and sent. Numbers of offices are a scenario's own: the ledger knows others.
//! - The sentences are the rows of one table (`sentence`); one that no row knows fails the scenario, and so does one that is
//!   not so, with its file, line, and the last request and answer.

mod act;
mod entries;
mod file;
mod given;
mod names;
mod offices;
mod outcome;
mod papers;
mod pattern;
mod people;
mod play;
mod sentence;
mod stage;
mod values;
mod when;

pub use file::{Scenario, Step};
pub use play::play;
pub use stage::Stage;
