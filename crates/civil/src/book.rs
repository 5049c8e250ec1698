//! A year's book of an office (Sổ hộ tịch) as the acts leave it: its run of numbers, its volumes, its closing.
//!
//! One fold for all who ask: the registry that gives numbers, the read model, the auditor.

use crate::act::{Act, BookClosed, BookOpened};
use crate::id::{Lane, OfficeId, StreamId};
use crate::kind::BookType;
use crate::value::Date;

/// A book of an office: its type and year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BookYear {
    /// The office.
    pub office: OfficeId,
    /// The type.
    pub book: BookType,
    /// The year of its run of numbers.
    pub year: u16,
}

impl BookYear {
    /// The book in which an act of that stream takes its number, or which it opens or closes.
    pub fn of(stream: StreamId, act: &Act) -> Option<Self> {
        let (book, year) = match act {
            Act::BookOpened(act) => (act.book_type, act.year),
            Act::BookClosed(act) => (act.book_type, act.year),
            act => act
                .book()
                .map(|(book, reference)| (book, reference.year_or_zero()))?,
        };
        Some(Self {
            office: stream.office,
            book,
            year,
        })
    }
}

/// The lane in which the run of numbers of a book lies, and in which the book is opened and closed: so that whoever signs the next
/// number or the totals signs the state they hold for.
pub const fn lane_of(book: BookType) -> Lane {
    match book {
        BookType::Copies => Lane::Desk,
        _ => Lane::Acts,
    }
}

/// What the ledger knows of a year's book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BookFacts {
    /// Whether an entry of the year has the number that the act names; for entries taken over, where somebody looked.
    pub has_number: bool,
    /// The last number that was given, in the ledger or in the paper book that it goes on from; 0 before the first.
    pub last_number: u32,
    /// How many acts took a number.
    pub in_year: u32,
    /// How many entries were taken over from an old book of the year; their numbers repeat and skip.
    pub digitised: u32,
    /// How many volumes were opened by an event.
    pub volumes: u16,
    /// The last number before the present volume.
    pub before: u32,
    /// The last number before the first volume: that of the paper book which it goes on from.
    pub before_year: u32,
    /// How many acts of the year stand in volumes before the present one.
    pub in_volumes_before: u32,
    /// The day on which the year was closed.
    pub closed_on: Option<Date>,
}

/// What stands in a volume or a year, as the ledger counts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BookTotals {
    /// How many acts took a number.
    pub events: u32,
    /// The first number; none while there are no acts.
    pub first_number: Option<u32>,
    /// The last number; none while there are no acts.
    pub last_number: Option<u32>,
}

impl BookFacts {
    /// The number that comes next.
    pub const fn next_number(&self) -> u32 {
        self.last_number.saturating_add(1)
    }

    /// How many acts took a number in the present volume.
    pub const fn in_volume(&self) -> u32 {
        self.in_year.saturating_sub(self.in_volumes_before)
    }

    /// What a closing counts: the acts of the present volume when it names one or does not close the year, else those of the year.
    ///
    /// A year's run has no gaps, so its last number tells how many acts it holds, with those that stand in the paper book from
    /// which the ledger went on.
    pub fn totals(&self, closing: &BookClosed) -> BookTotals {
        match closing.volume.is_some() || !closing.closes_year {
            true => self.counted(self.in_volume(), self.before),
            false => self.counted(self.last_number, 0),
        }
    }

    /// The totals that a closing may give: those of [`BookFacts::totals`], and, where the ledger went on from a paper book, with or
    /// without what stands in that. A first volume may be that very book.
    pub fn readings(&self, closing: &BookClosed) -> [BookTotals; 2] {
        let found = self.totals(closing);
        let other = match closing.volume.is_some() || !closing.closes_year {
            true if self.volumes < 2 => self.counted(self.last_number, 0),
            true => found,
            false => self.counted(self.in_year, self.before_year),
        };
        [found, other]
    }

    fn counted(&self, events: u32, before: u32) -> BookTotals {
        BookTotals {
            events,
            first_number: (events > 0).then(|| before.saturating_add(1)),
            last_number: (events > 0).then_some(self.last_number),
        }
    }

    /// Goes on behind an act of that lane which [`BookYear::of`] says is about this book.
    pub fn take(&mut self, lane: Lane, act: &Act) {
        match act {
            Act::BookOpened(act) => self.opened(act),
            Act::BookClosed(act) if act.closes_year => self.closed_on = Some(act.closed_on),
            Act::BookClosed(_) => {}
            _ if lane == Lane::Digitised => self.digitised = self.digitised.saturating_add(1),
            act => {
                let number = act.book().map_or(0, |(_, book)| book.number_or_zero());
                self.last_number = self.last_number.max(number);
                self.in_year = self.in_year.saturating_add(1);
            }
        }
    }

    /// The first volume begins with the year, whatever was registered before somebody opened it in the ledger.
    fn opened(&mut self, act: &BookOpened) {
        let last = act.continues_from.unwrap_or_default().max(self.last_number);
        if self.volumes == 0 {
            let paper = if self.in_year == 0 { last } else { 0 };
            (self.before, self.before_year) = (paper, paper);
        } else {
            self.before = last;
            self.in_volumes_before = self.in_year;
        }
        self.last_number = last;
        self.volumes = act.ordinal;
    }
}
