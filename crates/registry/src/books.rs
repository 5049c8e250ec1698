//! Books as acts and events leave them.

use civil::act::Act;
use civil::book::{BookFacts, BookYear, lane_of};
use civil::id::{EventHash, Lane, StreamId};
use projections::{book, entry};

use crate::Registry;
use crate::error::RegistryError;

/// What is known of the book in which an act takes its number, or that it opens or closes, for a stream of that length.
pub(crate) async fn facts(
    registry: &Registry,
    act: &Act,
    stream: StreamId,
    length: u64,
) -> Result<Option<BookFacts>, RegistryError> {
    let Some(of) = BookYear::of(stream, act) else {
        return Ok(None);
    };
    let mut facts = registry.book_facts(stream, of, length).await?;
    if stream.lane == Lane::Digitised {
        facts.has_number = registry.has_number(of, act).await?;
    }
    // What is remembered of a run of numbers does not follow the entries that another stream takes over.
    if matches!(act, Act::BookClosed(_)) {
        facts.digitised = book::facts(&registry.ledger.reader(), of).await?.digitised;
    }
    Ok(Some(facts))
}

/// The act of that stream that is judged by these facts: how it leaves the book.
pub(crate) fn left_by(
    act: &Act,
    stream: StreamId,
    facts: Option<BookFacts>,
) -> Option<(BookYear, BookFacts)> {
    let of = BookYear::of(stream, act).filter(|of| lane_of(of.book) == stream.lane)?;
    let mut facts = facts?;
    facts.take(stream.lane, act);
    Some((of, facts))
}

impl Registry {
    /// Whether an entry of the book has the number that the act names.
    async fn has_number(&self, of: BookYear, act: &Act) -> Result<bool, RegistryError> {
        let Some(number) = act.book().and_then(|(_, book)| book.number) else {
            return Ok(false);
        };
        let there = entry::by_number(&self.ledger.reader(), of.office, of.book, of.year, number).await?;
        Ok(!there.is_empty())
    }

    /// A year's book, for a stream of that length. For an entry of an old book it is that of another stream, as it happens to be.
    pub(crate) async fn book_facts(
        &self,
        stream: StreamId,
        of: BookYear,
        length: u64,
    ) -> Result<BookFacts, RegistryError> {
        if stream.lane == Lane::Digitised || stream.lane != lane_of(of.book) {
            return Ok(book::facts(&self.ledger.reader(), of).await?);
        }
        if let Some(known) = self.numbers.book(stream, of, length) {
            return Ok(known);
        }
        let head = self.ledger.stream_head(stream.number()).await?;
        if head.next != length {
            return Err(RegistryError::StreamMoved {
                next: head.next,
                head: EventHash(head.hash),
            });
        }
        // Should the stream move on before the next line reads, this length never comes again and nothing is
        // wrongly remembered.
        let facts = book::facts(&self.ledger.reader(), of).await?;
        self.numbers.learn(stream, of, length, facts);
        Ok(facts)
    }
}
