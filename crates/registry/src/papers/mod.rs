//! Papers, from what an office asks for to the file that is handed over (RFC 0004).
//!
//! - **Proposing** (`propose`): a draft of an extract that asks for a sheet (`paper` is there, if only as `{}`) is filled in with what
//!   the ledger knows better: which paper proves the entry, the template in force and its hash, the lines at the top, a code by
//!   chance. The officer signs all of it.
//! - **Fetching** (`fetch`): the event commits to the content, so a file is never kept: it is set again, and the same event gives the
//!   same bytes. What cannot be made again is the seal ([`ledger::KeptSeal`]); the first one stays.
//! - **Saying whether it holds** (`status`): by the code alone, to anybody; what everybody may know of all of them is a signed list.
//!
//! A paper shows the entry as it was at the basis of its event. An entry that changed since gives the same paper again, which then says
//! what it said, and whose status says that it is out of date.

mod fetch;
mod lists;
mod press;
mod propose;
mod sealing;
mod statistics;
mod status;

pub(crate) use propose::page;

pub use fetch::{IssuedFile, IssuedPage, IssuedPicture};
pub use press::Press;
pub use projections::extract::PaperCount;
pub use status::{PaperState, PaperStatus};
