//! Volumes and closings: what a batch that opens or closes books does to them.

use std::collections::{BTreeMap, BTreeSet};

use civil::act::{Act, BookClosed, BookOpened};
use civil::book::{BookFacts, BookYear};
use civil::event::CivilEvent;
use civil::value::Date;
use ledger::{Fault, Recorded, Tx};
use serde::Serialize;

use super::row::BookView;
use super::{MARK, RESUME, WRITE_CLOSINGS, WRITE_VOLUMES};
use crate::record::Record;
use crate::rows::{self, Shown, row};

row! {
    /// What an opening or closing says of a run.
    pub(crate) struct MarkRow {
        office: u32,
        book: &'static str,
        year: u16,
        volumes: u16,
        before_volume: u32,
        before_year: u32,
        total_before: u32,
        closed_on: Option<Shown<Date>>,
    }
}

row! {
    /// A volume that is opened.
    pub(crate) struct VolumeRow {
        office: u32,
        book: &'static str,
        year: u16,
        ordinal: u16,
        volume: String,
        opened_on: Shown<Date>,
        continues_from: Option<u32>,
        given_before: u32,
        position: u64,
    }
}

row! {
    /// A closing, with the totals of the paper and of the ledger.
    pub(crate) struct ClosingRow {
        office: u32,
        book: &'static str,
        year: u16,
        position: u64,
        volume: Option<String>,
        closed_on: Shown<Date>,
        closes_year: u8,
        first_number: Option<u32>,
        last_number: Option<u32>,
        events: u32,
        pages: Option<u32>,
        blank_pages: Option<u32>,
        errors: Option<u32>,
        counted_first: Option<u32>,
        counted_last: Option<u32>,
        counted_events: u32,
        digitised: u32,
    }
}

/// What a batch does to volumes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Rows {
    marks: Vec<MarkRow>,
    volumes: Vec<VolumeRow>,
    closings: Vec<ClosingRow>,
}

/// The books that the batch opens or closes.
pub(crate) fn concerned(events: &[Recorded<CivilEvent>]) -> BTreeSet<BookYear> {
    let acts = events.iter().map(|recorded| &recorded.event);
    acts.filter_map(|event| match &event.body.act {
        act @ (Act::BookOpened(_) | Act::BookClosed(_)) => BookYear::of(event.envelope.stream, act),
        _ => None,
    })
    .collect()
}

/// Reads those books as the last batch left them.
pub(crate) async fn resume(
    tx: &mut Tx<'_>,
    concerned: BTreeSet<BookYear>,
) -> Result<BTreeMap<BookYear, BookFacts>, Fault> {
    let mut books: BTreeMap<BookYear, BookFacts> = concerned
        .into_iter()
        .map(|of| (of, BookFacts::default()))
        .collect();
    if books.is_empty() {
        return Ok(books);
    }
    let asked: Vec<_> = books
        .keys()
        .map(|of| (of.office.0, of.book.name(), of.year))
        .collect();
    let asked = rows::json("resuming books", &asked)?;
    for row in tx.rows(&RESUME, &[asked.into()]).await? {
        let view = BookView::read(&row)?;
        books.insert(view.of, view.facts);
    }
    Ok(books)
}

/// Moves the books along with the events.
pub(crate) fn fold(events: &[Recorded<CivilEvent>], mut books: BTreeMap<BookYear, BookFacts>) -> Rows {
    let mut rows = Rows::default();
    if books.is_empty() {
        return rows;
    }
    for recorded in events {
        let (stream, act) = (recorded.event.envelope.stream, &recorded.event.body.act);
        let Some((of, book)) = BookYear::of(stream, act).and_then(|of| Some((of, books.get_mut(&of)?)))
        else {
            continue;
        };
        match act {
            Act::BookOpened(act) => rows.volumes.push(VolumeRow::of(of, book, act, recorded.position)),
            Act::BookClosed(act) => rows
                .closings
                .push(ClosingRow::of(of, book, act, recorded.position)),
            _ => {}
        }
        book.take(stream.lane, act);
    }
    rows.marks = books
        .into_iter()
        .map(|(of, book)| MarkRow::of(of, &book))
        .collect();
    rows
}

/// Writes the rows of a batch, behind the rows of the runs themselves.
pub(crate) async fn write(tx: &mut Tx<'_>, batch: &Rows) -> Result<(), Fault> {
    if batch.marks.is_empty() {
        return Ok(());
    }
    // A book may be opened before its first act: the run's row must be there.
    tx.flush().await?;
    rows::write(tx, &MARK, &batch.marks)?;
    rows::write(tx, &WRITE_VOLUMES, &batch.volumes)?;
    rows::write(tx, &WRITE_CLOSINGS, &batch.closings)
}

impl MarkRow {
    fn of(of: BookYear, book: &BookFacts) -> Self {
        Self {
            office: of.office.0,
            book: of.book.name(),
            year: of.year,
            volumes: book.volumes,
            before_volume: book.before,
            before_year: book.before_year,
            total_before: book.in_volumes_before,
            closed_on: book.closed_on.map(Shown),
        }
    }
}

impl VolumeRow {
    fn of(of: BookYear, before: &BookFacts, act: &BookOpened, position: u64) -> Self {
        Self {
            office: of.office.0,
            book: of.book.name(),
            year: of.year,
            ordinal: act.ordinal,
            volume: act.volume.to_string(),
            opened_on: Shown(act.opened_on),
            continues_from: act.continues_from,
            given_before: before.last_number,
            position,
        }
    }
}

impl ClosingRow {
    fn of(of: BookYear, book: &BookFacts, act: &BookClosed, position: u64) -> Self {
        let counted = book.totals(act);
        Self {
            office: of.office.0,
            book: of.book.name(),
            year: of.year,
            position,
            volume: act.volume.as_ref().map(ToString::to_string),
            closed_on: Shown(act.closed_on),
            closes_year: act.closes_year.into(),
            first_number: act.first_number,
            last_number: act.last_number,
            events: act.events,
            pages: act.pages,
            blank_pages: act.blank_pages,
            errors: act.errors,
            counted_first: counted.first_number,
            counted_last: counted.last_number,
            counted_events: counted.events,
            digitised: book.digitised,
        }
    }
}

/// A volume that was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VolumeView {
    /// 1 for the first of the year.
    pub ordinal: u16,
    /// What is written on it.
    pub volume: String,
    /// When.
    #[serde(serialize_with = "rows::text")]
    pub opened_on: Date,
    /// The last number of the paper book or volume before it, as the opening says.
    pub continues_from: Option<u32>,
    /// The last number that the ledger knew of before it.
    pub given_before: u32,
    /// The event that opened it.
    pub position: u64,
}

impl VolumeView {
    pub(super) fn read(row: &ledger::Row) -> Result<Self, Fault> {
        let record = Record::new(row, "book_volume", "office");
        Ok(Self {
            ordinal: record.number("ordinal")?,
            volume: record.text("volume")?,
            opened_on: record.value("opened_on", |text| Date::parse(text).ok())?,
            continues_from: record.number_opt("continues_from")?,
            given_before: record.number("given_before")?,
            position: record.number("position")?,
        })
    }

    /// The numbers that the ledger does not hold because the paper book gave them, from the first to the last.
    pub fn left_to_paper(&self) -> Option<(u32, u32)> {
        let last = self.continues_from.filter(|last| *last > self.given_before)?;
        Some((self.given_before.saturating_add(1), last))
    }
}

/// What a closing counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// How many acts.
    pub events: u32,
    /// The first number.
    pub first_number: Option<u32>,
    /// The last number.
    pub last_number: Option<u32>,
}

/// A volume or year that was closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClosingView {
    /// Which volume; none for the year.
    pub volume: Option<String>,
    /// When.
    #[serde(serialize_with = "rows::text")]
    pub closed_on: Date,
    /// Whether only notes are written from then on.
    pub closes_year: bool,
    /// As the officer counted on paper.
    pub paper: Totals,
    /// As the ledger counted.
    pub ledger: Totals,
    /// How many entries of the year were taken over from paper.
    pub digitised: u32,
    /// How many pages are written.
    pub pages: Option<u32>,
    /// How many are blank.
    pub blank_pages: Option<u32>,
    /// How many entries were struck out and corrected.
    pub errors: Option<u32>,
    /// The event that closed it.
    pub position: u64,
}

impl ClosingView {
    pub(super) fn read(row: &ledger::Row) -> Result<Self, Fault> {
        let record = Record::new(row, "book_closing", "office");
        Ok(Self {
            volume: record.text_opt("volume")?,
            closed_on: record.value("closed_on", |text| Date::parse(text).ok())?,
            closes_year: record.number::<u8>("closes_year")? == 1,
            paper: Totals {
                events: record.number("events")?,
                first_number: record.number_opt("first_number")?,
                last_number: record.number_opt("last_number")?,
            },
            ledger: Totals {
                events: record.number("counted_events")?,
                first_number: record.number_opt("counted_first")?,
                last_number: record.number_opt("counted_last")?,
            },
            digitised: record.number("digitised")?,
            pages: record.number_opt("pages")?,
            blank_pages: record.number_opt("blank_pages")?,
            errors: record.number_opt("errors")?,
            position: record.number("position")?,
        })
    }
}
