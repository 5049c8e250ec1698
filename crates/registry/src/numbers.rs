//! Books as they stand, remembered while their stream has not moved on without us.
//!
//! A run of numbers (office, book, year) lies in one stream, together with what opens and closes its book. So what was right for a
//! stream of that length is right for as long as the stream has it. The ledger checks the length again in its transaction.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use civil::book::{BookFacts, BookYear};
use civil::id::StreamId;

/// Books, each with the length of the stream for which it holds.
#[derive(Debug, Default)]
pub(crate) struct Numbers {
    known: Mutex<HashMap<StreamId, Known>>,
}

#[derive(Debug, Default)]
struct Known {
    length: u64,
    books: HashMap<BookYear, BookFacts>,
}

impl Numbers {
    /// A book, when it is known for a stream of that length.
    pub(crate) fn book(&self, stream: StreamId, of: BookYear, length: u64) -> Option<BookFacts> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let known = known.get(&stream).filter(|known| known.length == length)?;
        known.books.get(&of).copied()
    }

    /// Notes a book that was read for a stream of that length.
    pub(crate) fn learn(&self, stream: StreamId, of: BookYear, length: u64, book: BookFacts) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let known = known.entry(stream).or_default();
        if known.length != length {
            *known = Known {
                length,
                books: HashMap::new(),
            };
        }
        known.books.insert(of, book);
    }

    /// Notes that the event at `seq` was recorded, and how it left the book in which it took its number, or that it opened or
    /// closed.
    pub(crate) fn recorded(&self, stream: StreamId, seq: u64, left: Option<(BookYear, BookFacts)>) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let known = known.entry(stream).or_default();
        if known.length != seq {
            *known = Known::default();
        }
        known.length = seq + 1;
        known.books.extend(left);
    }
}

#[cfg(test)]
mod tests {
    use civil::id::OfficeId;
    use civil::kind::BookType;

    use super::*;

    #[test]
    fn a_book_is_forgotten_when_the_stream_moved_on_elsewhere() {
        let stream = StreamId::ADMINISTRATION;
        let of = |book| BookYear {
            office: OfficeId(1),
            book,
            year: 2026,
        };
        let births = of(BookType::Births);
        let last = |last_number| BookFacts {
            last_number,
            ..BookFacts::default()
        };
        let numbers = Numbers::default();
        numbers.learn(stream, births, 5, last(6));
        assert_eq!(numbers.book(stream, births, 5), Some(last(6)));
        numbers.recorded(stream, 5, Some((births, last(7))));
        assert_eq!(numbers.book(stream, births, 6), Some(last(7)));
        assert_eq!(numbers.book(stream, births, 7), None);
        numbers.recorded(stream, 9, Some((of(BookType::Deaths), last(1))));
        assert_eq!(numbers.book(stream, births, 10), None);
    }
}
