//! Code lists that come with the program: ethnic groups, nationalities, identity papers (`schemas/lists/`).
//!
//! A list helps to write and to find. It is never a reason to refuse: what a list does not have is kept in the words of the book.
//! Each list is read from its embedded CSV when it is first used.

mod ethnic_group;
mod identity_paper;
mod nationality;

pub use ethnic_group::{EthnicGroup, EthnicGroups, ethnic_groups};
pub use identity_paper::{PaperKind, paper_kinds};
pub use nationality::{Country, Nationalities, nationalities};

/// The rows of an embedded CSV, without its header; fields in quotes are allowed. Rows that cannot be read are left out (the tests count them).
fn rows(text: &'static str) -> impl Iterator<Item = csv::StringRecord> {
    csv::Reader::from_reader(text.as_bytes())
        .into_records()
        .filter_map(Result::ok)
}

/// One field of a row, empty if there is none.
fn field(row: &csv::StringRecord, index: usize) -> String {
    row.get(index).unwrap_or_default().to_owned()
}

/// One field of a row, if it holds something.
fn optional(row: &csv::StringRecord, index: usize) -> Option<String> {
    row.get(index).filter(|text| !text.is_empty()).map(str::to_owned)
}
