//! One row of `entry`.

use std::borrow::Cow;

use civil::act::Act;
use civil::cbor::Writer;
use civil::event::CivilEvent;
use civil::id::{EntryId, EventId};
use ledger::{Fault, Recorded};

use super::note;
use super::state::State;
use crate::rows::{Hexadecimal, Shown, row};

row! {
    /// A row as the statement takes it.
    pub(crate) struct Row {
        entry: Shown<EntryId>,
        kind: &'static str,
        office: u32,
        lane: u8,
        book: &'static str,
        year: u16,
        number: u32,
        recorded_at_ms: i64,
        opened_by: Shown<EventId>,
        opened_position: u64,
        current: Option<Hexadecimal<Vec<u8>>>,
        notes: Cow<'static, str>,
        head: Hexadecimal<[u8; 32]>,
        head_position: u64,
        changed_position: u64,
        lost: usize,
    }
}

impl Row {
    /// Of an entry that an event opens and no later one of the batch touches: straight from the event, nothing cloned.
    pub(crate) fn opened(recorded: &Recorded<CivilEvent>) -> Option<Self> {
        let envelope = &recorded.event.envelope;
        let act = &recorded.event.body.act;
        let lost = act.is_lost();
        let (book, year, number) = numbered(act)?;
        Some(Self {
            entry: Shown(envelope.entry?),
            kind: envelope.kind.name(),
            office: envelope.stream.office.0,
            lane: envelope.stream.lane as u8,
            book,
            year,
            number,
            recorded_at_ms: recorded.recorded_at_ms,
            opened_by: Shown(envelope.event),
            opened_position: recorded.position,
            current: None,
            notes: note::NONE.into(),
            head: Hexadecimal(recorded.hash),
            head_position: recorded.position,
            changed_position: recorded.position,
            lost: usize::from(lost),
        })
    }

    /// Of an entry that the batch changed.
    pub(crate) fn of(state: &State) -> Result<Self, Fault> {
        let entry = &state.register;
        let doing = || format!("projecting the entry {}", entry.id);
        let notes =
            note::to_text(&entry.notes).map_err(|_| Fault::projection(doing(), "its notes have no JSON"))?;
        let book = numbered(&entry.current)
            .ok_or_else(|| Fault::projection(doing(), "it has no number in a book"))?;
        Ok(Self {
            entry: Shown(entry.id),
            kind: entry.kind.name(),
            office: entry.office.0,
            lane: state.lane as u8,
            book: book.0,
            year: book.1,
            number: book.2,
            recorded_at_ms: state.recorded_at_ms,
            opened_by: Shown(entry.opened_by),
            opened_position: state.opened_position,
            current: state.amended.then(|| encoded(&entry.current)),
            notes: notes.into(),
            head: Hexadecimal(entry.head.0),
            head_position: entry.head_position,
            changed_position: state.changed_position,
            lost: entry.lost.len(),
        })
    }
}

fn encoded(act: &Act) -> Hexadecimal<Vec<u8>> {
    let mut out = Writer::with_capacity(1_024);
    act.write(&mut out);
    Hexadecimal(out.finish())
}

fn numbered(act: &Act) -> Option<(&'static str, u16, u32)> {
    if act.is_lost() {
        // In which book it stood its kind says; under which number nobody knows any more.
        return Some((act.kind().book()?.name(), 0, 0));
    }
    act.book()
        .map(|(book, reference)| (book.name(), reference.year_or_zero(), reference.number_or_zero()))
}
