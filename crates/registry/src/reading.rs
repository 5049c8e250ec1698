//! From stored bytes to events and entries. What is read here is evidence: the log itself, never a projection.

use civil::cose::SignedEvent;
use civil::entry::{FoldError, RegisterEntry};
use civil::envelope::Envelope;
use civil::event::CivilEvent;
use civil::id::EntryId;
use ledger::{Fault, Ledger, Stored};
use projections::Projections;

use crate::AsOf;

/// Reads a stored event; of one whose body was lawfully erased what is left. A body that is missing is damage.
pub(crate) fn read_event(stored: &Stored) -> Result<CivilEvent, Fault> {
    let place = || format!("reading the event at position {}", stored.position);
    let (position, recorded_at_ms) = (stored.position, stored.recorded_at_ms);
    let read = match (&stored.sealed_body, stored.erased_by) {
        (Some(sealed), _) => CivilEvent::read(position, recorded_at_ms, &stored.signed, sealed),
        (None, Some(_)) => CivilEvent::without_body(position, recorded_at_ms, &stored.signed),
        (None, None) => return Err(Fault::damaged(place(), "its body is missing")),
    };
    read.map_err(|error| Fault::damaged(place(), error.to_string()))
}

/// The envelope of a stored event, whether its body is there or not.
pub(crate) fn envelope_of(stored: &Stored) -> Result<Envelope, Fault> {
    let read = SignedEvent::parse(&stored.signed).and_then(|parts| Envelope::decode(parts.envelope));
    read.map_err(|error| {
        Fault::damaged(
            format!("reading the event at position {}", stored.position),
            error,
        )
    })
}

/// The events of an entry, in the order of the log, up to a position.
pub(crate) async fn events_of(
    ledger: &Ledger<Projections>,
    entry: EntryId,
    up_to: Option<u64>,
) -> Result<Vec<CivilEvent>, Fault> {
    ledger
        .by_entry(entry.as_bytes(), up_to)
        .await?
        .iter()
        .map(read_event)
        .collect()
}

/// The entry that its events leave; `None` when there is no such entry.
pub(crate) async fn entry_of(
    ledger: &Ledger<Projections>,
    entry: EntryId,
) -> Result<Option<RegisterEntry>, Fault> {
    entry_as_of(ledger, entry, AsOf::default()).await
}

/// The entry as it stood on both axes of time; `None` when there is no such entry, or none yet.
pub(crate) async fn entry_as_of(
    ledger: &Ledger<Projections>,
    entry: EntryId,
    as_of: AsOf,
) -> Result<Option<RegisterEntry>, Fault> {
    let events = events_of(ledger, entry, None).await?;
    whole(
        entry,
        RegisterEntry::fold_as_of(&events, as_of.day, as_of.known_at_ms),
    )
}

/// What the fold of an entry answered; recorded events that do not fold are damage.
pub(crate) fn whole(
    entry: EntryId,
    folded: Result<Option<RegisterEntry>, FoldError>,
) -> Result<Option<RegisterEntry>, Fault> {
    folded.map_err(|error| Fault::damaged(format!("folding the entry {entry}"), error.to_string()))
}
