//! Custody: who keeps which books. An office's books go with it to its successor, until a decision entrusts some of them to
//! another: after a split, or to the level above (Law 60/2014, Art. 59).

use super::Directory;
use crate::act::{Act, BooksEntrusted};
use crate::entry::RegisterEntry;
use crate::id::{EventId, OfficeId};
use crate::kind::BookType;
use crate::value::{Date, Text};

/// Books that one office wrote and another keeps by decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entrusted {
    /// The event that says so.
    pub event: EventId,
    /// The office that wrote them.
    pub from: OfficeId,
    /// The office to which they were given.
    pub to: OfficeId,
    /// From when.
    pub on: Date,
    /// Which type; all when none.
    pub book: Option<BookType>,
    /// The first year of them.
    pub first_year: Option<u16>,
    /// The last year of them.
    pub last_year: Option<u16>,
    /// Which volumes; all when empty.
    pub volumes: Vec<Text>,
    /// By which decision.
    pub decision: Text,
}

/// A paper book, as custody asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BookPlace<'a> {
    /// Its type.
    pub book: BookType,
    /// Its year, when it is stated.
    pub year: Option<u16>,
    /// What stands on the volume.
    pub volume: Option<&'a str>,
}

impl<'a> BookPlace<'a> {
    /// The book in which an act took its number.
    pub fn of(act: &'a Act) -> Option<Self> {
        let (book, reference) = act.book()?;
        Some(Self {
            book,
            year: reference.year,
            volume: reference.volume.as_ref().map(Text::as_str),
        })
    }
}

impl Entrusted {
    /// As a decision that was recorded says it.
    pub fn of(event: EventId, act: &BooksEntrusted) -> Self {
        Self {
            event,
            from: act.from,
            to: act.to,
            on: act.on,
            book: act.book_type,
            first_year: act.first_year,
            last_year: act.last_year,
            volumes: act.volumes.clone(),
            decision: act.decision.clone(),
        }
    }

    /// Whether it is about that book. A book of no stated year, or on no stated volume, is in no decision that names years or
    /// volumes.
    fn fits(&self, place: BookPlace<'_>) -> bool {
        let of_years = self.first_year.is_some() || self.last_year.is_some();
        let in_years = |year: u16| {
            self.first_year.is_none_or(|first| first <= year)
                && self.last_year.is_none_or(|last| year <= last)
        };
        self.book.is_none_or(|book| book == place.book)
            && (!of_years || place.year.is_some_and(in_years))
            && (self.volumes.is_empty()
                || place
                    .volume
                    .is_some_and(|volume| self.volumes.iter().any(|known| known.as_str() == volume)))
    }

    /// How narrow it is: what names volumes goes before what names years, that before what names a type.
    fn narrowness(&self) -> (bool, bool, bool) {
        let of_years = self.first_year.is_some() || self.last_year.is_some();
        (!self.volumes.is_empty(), of_years, self.book.is_some())
    }

    /// The decision that counts for a book of an office, of decisions in the order of the log: the narrowest, of those the latest.
    pub fn that_counts<'e>(
        decisions: impl IntoIterator<Item = &'e Self>,
        office: OfficeId,
        place: BookPlace<'_>,
    ) -> Option<&'e Self> {
        decisions
            .into_iter()
            .filter(|decision| decision.from == office && decision.fits(place))
            .max_by_key(|decision| decision.narrowness())
    }
}

impl Directory {
    /// Every decision that entrusted books to another office, in the order of the log.
    pub fn entrusted(&self) -> &[Entrusted] {
        &self.entrusted
    }

    /// The office that keeps a book which `office` wrote.
    pub fn keeper_of(&self, office: OfficeId, place: BookPlace<'_>) -> OfficeId {
        let decided = Entrusted::that_counts(&self.entrusted, office, place);
        self.keeper(decided.map_or(office, |decision| decision.to))
    }

    /// The office that keeps the book in which an entry stands.
    pub fn keeper_of_entry(&self, entry: &RegisterEntry) -> OfficeId {
        match BookPlace::of(&entry.original) {
            Some(place) => self.keeper_of(entry.office, place),
            None => self.keeper(entry.office),
        }
    }

    /// Whether nobody decided yet who keeps a book: its office, or one that took over from it, was split among several. Until then
    /// the first successor keeps it.
    pub fn custody_undecided(&self, office: OfficeId, place: BookPlace<'_>) -> bool {
        let decided = Entrusted::that_counts(&self.entrusted, office, place);
        let from = decided.map_or(office, |decision| decision.to);
        self.passed_through(from).any(|office| !office.also.is_empty())
    }
}
