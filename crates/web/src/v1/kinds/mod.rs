//! The kinds of event, and what an act of each holds. Open to everybody: it is the format, not a record.

pub(super) mod kind;
pub(super) mod list;

use civil::kind::{BookType, Group, Kind};
use serde::Serialize;
use utoipa::ToSchema;

/// A kind of event.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct KindAnswer {
    /// Its name in requests and answers.
    #[schema(example = "correction")]
    kind: &'static str,
    /// Its code in the envelope.
    code: u16,
    /// Its Vietnamese name.
    title: &'static str,
    /// What it does to the ledger.
    group: &'static str,
    /// The type of paper book in which it takes a number.
    book: Option<&'static str>,
    /// Whether it opens an entry of its own.
    opens_entry: bool,
}

impl From<Kind> for KindAnswer {
    fn from(kind: Kind) -> Self {
        Self {
            kind: kind.name(),
            code: kind.code(),
            title: kind.vietnamese(),
            group: group(kind.group()),
            book: kind.book().map(BookType::name),
            opens_entry: kind.opens_entry(),
        }
    }
}

fn group(group: Group) -> &'static str {
    match group {
        Group::Administration => "administration",
        Group::Keeping => "keeping",
        Group::Registration => "registration",
        Group::Amendment => "amendment",
        Group::Notation => "notation",
        Group::Paper => "paper",
        Group::PaperBook => "paper_book",
        Group::Office => "office",
    }
}
