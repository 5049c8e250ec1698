//! The next number of each run, remembered while its stream has not moved on without us.
//!
//! A run of numbers (office, book, year) lies in one stream, so a number that was right for a stream of that length
//! is right for as long as the stream has it. The ledger checks the length again in its transaction.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use civil::id::StreamId;
use civil::kind::BookType;

/// One run of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Run {
    pub(crate) stream: StreamId,
    pub(crate) book: BookType,
    pub(crate) year: u16,
}

/// The next numbers, each with the length of the stream for which it holds.
#[derive(Debug, Default)]
pub(crate) struct Numbers {
    known: Mutex<HashMap<StreamId, Known>>,
}

#[derive(Debug, Default)]
struct Known {
    length: u64,
    next: HashMap<(BookType, u16), u32>,
}

impl Numbers {
    /// The next number of a run, when it is known for a stream of that length.
    pub(crate) fn next(&self, run: Run, length: u64) -> Option<u32> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let known = known.get(&run.stream).filter(|known| known.length == length)?;
        known.next.get(&(run.book, run.year)).copied()
    }

    /// Notes the next number that was read for a stream of that length.
    pub(crate) fn learn(&self, run: Run, length: u64, next: u32) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let known = known.entry(run.stream).or_default();
        if known.length != length {
            *known = Known {
                length,
                next: HashMap::new(),
            };
        }
        known.next.insert((run.book, run.year), next);
    }

    /// Notes that the event at `seq` was recorded, and which number it took.
    pub(crate) fn recorded(&self, stream: StreamId, seq: u64, taken: Option<(BookType, u16, u32)>) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let known = known.entry(stream).or_default();
        if known.length != seq {
            *known = Known::default();
        }
        known.length = seq + 1;
        if let Some((book, year, number)) = taken {
            known.next.insert((book, year), number.saturating_add(1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_forgotten_when_the_stream_moved_on_elsewhere() {
        let run = Run {
            stream: StreamId::ADMINISTRATION,
            book: BookType::Births,
            year: 2026,
        };
        let numbers = Numbers::default();
        numbers.learn(run, 5, 7);
        assert_eq!(numbers.next(run, 5), Some(7));
        numbers.recorded(run.stream, 5, Some((run.book, run.year, 7)));
        assert_eq!(numbers.next(run, 6), Some(8));
        assert_eq!(numbers.next(run, 7), None);
        numbers.recorded(run.stream, 9, Some((BookType::Deaths, 2026, 1)));
        assert_eq!(numbers.next(run, 10), None);
    }
}
