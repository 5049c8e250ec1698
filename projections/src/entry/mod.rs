//! What does this entry say now, where does it stand, and what happened to it? See `README.md`.

#[cfg(test)]
mod cases;
mod fold;
mod note;
mod row;
mod state;
mod view;

use civil::id::{EntryId, OfficeId};
use civil::kind::BookType;
use ledger::{Fault, Key, Param, Reader, Statement, TableSpec};

pub(crate) use fold::{Touched, continued, fold, resume, write};
pub use view::{EntryView, Moment, as_of, timeline};

use state::State;
pub(crate) use state::shelf;

pub(crate) const TABLE: TableSpec = TableSpec {
    name: "entry{g}",
    create: &[Statement::pair(
        "entry.table",
        include_str!("table.sqlite.sql"),
        include_str!("table.postgres.sql"),
    )],
    indexes: &[Statement::both(
        "entry.index_number",
        include_str!("index_number.sql"),
    )],
    follows: false,
    key: &[Key::Text("entry")],
};

const OPEN: Statement = Statement::pair(
    "entry.open",
    include_str!("open.sqlite.sql"),
    include_str!("open.postgres.sql"),
);
const WRITE: Statement = Statement::pair(
    "entry.write",
    concat!(include_str!("open.sqlite.sql"), include_str!("replace.sql")),
    concat!(include_str!("open.postgres.sql"), include_str!("replace.sql")),
);
const RESUME: Statement = Statement::pair(
    "entry.resume",
    concat!(include_str!("columns.sql"), include_str!("resume.sqlite.sql")),
    concat!(include_str!("columns.sql"), include_str!("resume.postgres.sql")),
);
const BY_ID: Statement = Statement::both(
    "entry.by_id",
    concat!(include_str!("columns.sql"), include_str!("by_id.sql")),
);
const BY_NUMBER: Statement = Statement::both(
    "entry.by_number",
    concat!(include_str!("columns.sql"), include_str!("by_number.sql")),
);
const OF_BOOK: Statement = Statement::both(
    "entry.of_book",
    concat!(include_str!("columns.sql"), include_str!("of_book.sql")),
);

/// An entry as it stands now.
///
/// # Errors
/// [`Fault`] of the store, or naming the column that makes no sense.
pub async fn by_id(reader: &Reader<'_>, id: EntryId) -> Result<Option<EntryView>, Fault> {
    let row = reader.row(&BY_ID, &[id.to_string().into()]).await?;
    row.as_ref().map(view).transpose()
}

/// Those of these entries that there are, in no order.
///
/// # Errors
/// As [`by_id`].
pub async fn by_ids(
    reader: &Reader<'_>,
    ids: impl IntoIterator<Item = EntryId>,
) -> Result<Vec<EntryView>, Fault> {
    let ids: Vec<String> = ids.into_iter().map(|id| id.to_string()).collect();
    let ids = crate::rows::json("entries by their ids", &ids)?;
    let rows = reader.rows(&RESUME, &[ids.into()]).await?;
    rows.iter().map(view).collect()
}

/// The entries with this number in the book of that office and year, oldest first. More than one where an old book repeats it.
///
/// # Errors
/// As [`by_id`].
pub async fn by_number(
    reader: &Reader<'_>,
    office: OfficeId,
    book: BookType,
    year: u16,
    number: u32,
) -> Result<Vec<EntryView>, Fault> {
    let [office, book, year] = run(office, book, year);
    let rows = reader
        .rows(&BY_NUMBER, &[office, book, year, i64::from(number).into()])
        .await?;
    rows.iter().map(view).collect()
}

/// A page of the book of that office and year: the entries after the last one of the page before, in
/// the order of their numbers.
///
/// # Errors
/// As [`by_id`].
pub async fn of_book(
    reader: &Reader<'_>,
    office: OfficeId,
    book: BookType,
    year: u16,
    after: Option<&EntryView>,
    limit: u16,
) -> Result<Vec<EntryView>, Fault> {
    let [office, book, year] = run(office, book, year);
    let number = after
        .and_then(|entry| entry.current.book())
        .map_or(-1, |(_, book)| i64::from(book.number_or_zero()));
    let position = after.map_or(-1, |entry| {
        i64::try_from(entry.opened_position).unwrap_or(i64::MAX)
    });
    let page = [
        office,
        book,
        year,
        number.into(),
        position.into(),
        i64::from(limit).into(),
    ];
    let rows = reader.rows(&OF_BOOK, &page).await?;
    rows.iter().map(view).collect()
}

fn run(office: OfficeId, book: BookType, year: u16) -> [Param<'static>; 3] {
    [
        i64::from(office.0).into(),
        book.name().into(),
        i64::from(year).into(),
    ]
}

fn view(row: &ledger::Row) -> Result<EntryView, Fault> {
    State::read(row).map(EntryView::from)
}

#[cfg(test)]
pub(crate) const COLUMNS: &[&str] = row::Row::COLUMNS;
