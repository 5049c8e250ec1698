//! The law of the records: every entry folded, every act decided again by what stood there at its position.

use civil::act::{Act, Body, BookClosed};
use civil::book::{BookFacts, BookYear, lane_of};
use civil::decide::{Draft, Situation, decide_signed, endorses};
use civil::directory::Directory;
use civil::entry::RegisterEntry;
use civil::event::{CivilEvent, check_shape, day_in_vietnam};
use civil::id::{EntryId, EventHash, EventId, OfficeId, StreamId};
use civil::kind::{Group, Kind};
use civil::notice::{Concerned, Filed, NoticeReason, owed};
use hashbrown::{HashMap, HashSet};
use std::collections::BTreeMap;

use super::reading::Event;
use super::tally::Tally;
use crate::finding::{Check, FindingKind};
use crate::record::Record;

/// All entries, each as the events that made it, and the books with the numbers that were given.
///
/// Entries are folded only when something touches them again, which few see; their bytes are a tenth of their values.
#[derive(Debug, Default)]
pub(crate) struct Records {
    entries: HashMap<[u8; 16], Vec<Kept>>,
    books: HashMap<BookYear, Book>,
    /// The position of the last event of each stream.
    streams: HashMap<StreamId, u64>,
    notices: HashMap<(EntryId, EventId), HashSet<(NoticeReason, OfficeId)>>,
    notices_owed: u64,
    /// The confirmations that were given as papers, with their offices.
    confirmations: HashMap<EventId, OfficeId>,
}

/// A year's book, and at which positions other streams than its own wrote of it or read it.
#[derive(Debug, Default)]
struct Book {
    facts: BookFacts,
    /// Of each entry of the paper book that was taken over.
    digitised: Vec<u64>,
    /// Of the closing of the year.
    closed: Option<u64>,
}

impl Book {
    fn take(&mut self, position: u64, stream: StreamId, act: &Act) {
        let before = self.facts;
        self.facts.take(stream.lane, act);
        if self.facts.digitised > before.digitised {
            self.digitised.push(position);
        }
        if self.facts.closed_on != before.closed_on {
            self.closed = Some(position);
        }
    }

    /// As those saw it who closed it and knew every event up to `seen`. Of the entries that were taken over since they counted
    /// some, and nobody knows which: so many as fit what they wrote.
    fn seen_by_closing(&self, closing: &BookClosed, seen: u64) -> BookFacts {
        let count = |positions: usize| u32::try_from(positions).unwrap_or(u32::MAX);
        let most = count(self.digitised.len());
        let least = count(self.digitised.partition_point(|position| *position <= seen));
        let written = closing.events.saturating_sub(self.facts.totals(closing).events);
        BookFacts {
            digitised: written.clamp(least.max(1).min(most), most),
            ..self.facts
        }
    }

    /// As those saw it who took an entry over and knew every event up to `seen`: whether it was closed.
    fn seen_by_entry(&self, seen: u64) -> BookFacts {
        let closed = self.closed.is_some_and(|position| position <= seen);
        BookFacts {
            closed_on: self.facts.closed_on.filter(|_| closed),
            ..BookFacts::default()
        }
    }
}

/// The bytes of one event.
#[derive(Debug)]
struct Kept {
    position: u64,
    recorded_at_ms: i64,
    signed: Box<[u8]>,
    /// None where the body was erased.
    sealed: Option<Box<[u8]>>,
}

impl Kept {
    fn of(record: &Record) -> Self {
        Self {
            position: record.position,
            recorded_at_ms: record.recorded_at_ms,
            signed: record.signed.as_ref().into(),
            sealed: record.sealed.as_ref().map(|sealed| sealed.as_ref().into()),
        }
    }

    fn read(&self) -> Option<CivilEvent> {
        let (position, recorded_at_ms) = (self.position, self.recorded_at_ms);
        let read = match &self.sealed {
            Some(sealed) => CivilEvent::read(position, recorded_at_ms, &self.signed, sealed),
            None => CivilEvent::without_body(position, recorded_at_ms, &self.signed),
        };
        read.ok()
    }
}

impl Records {
    /// Notices that acts caused, and how many of them no paper book has answered.
    pub(crate) fn notices(&self) -> (u64, u64) {
        let open: usize = self.notices.values().map(HashSet::len).sum();
        (self.notices_owed, open as u64)
    }

    /// Judges an event by the records before it, and takes it into them.
    pub(crate) fn take(
        &mut self,
        record: &Record,
        hash: EventHash,
        event: &Event,
        directory: &Directory,
        tally: &mut Tally,
    ) {
        if event.envelope.kind.group() == Group::Administration {
            return;
        }
        let Some(body) = &event.body else {
            // What nobody can read any more may have been handed out.
            if event.envelope.kind == Kind::InformationConfirmation {
                let office = event.envelope.stream.office;
                self.confirmations.insert(event.envelope.event, office);
            }
            tally.skipped(Check::Records, 1);
            // Later acts go on from it all the same.
            if let Some(read) = Kept::of(record).read().filter(|_| record.sealed.is_none()) {
                self.keep(record, &read);
            }
            return;
        };
        let position = record.position;
        if let Err(why) = check_shape(&event.envelope, body) {
            tally.at(position, FindingKind::ShapeDiffers, why);
        }
        let read = CivilEvent {
            position,
            recorded_at_ms: record.recorded_at_ms,
            hash,
            key: event.key,
            signed_on: event.signed_on,
            envelope: event.envelope.clone(),
            body: Body::clone(body),
        };
        if self.rests_on_erased(&read) {
            tally.skipped(Check::Records, 1);
        } else {
            tally.checked(Check::Records, 1);
            self.decide(&read, event, directory, tally);
        }
        if !self.fold(&read) {
            tally.at(position, FindingKind::DoesNotFold, "");
        }
        self.keep(record, &read);
    }

    /// Whether it goes on from what nobody can read any more: what was decided then cannot be decided again.
    fn rests_on_erased(&self, read: &CivilEvent) -> bool {
        let lost = |id: &EntryId| {
            let events = self.entries.get(id.as_bytes());
            events.is_some_and(|events| events.iter().any(|kept| kept.sealed.is_none()))
        };
        read.continued().iter().any(lost)
    }

    fn decide(&mut self, read: &CivilEvent, event: &Event, directory: &Directory, tally: &mut Tally) {
        let envelope = &read.envelope;
        let book = self.book(read);
        let own = envelope
            .basis
            .and(envelope.entry)
            .and_then(|entry| self.entry(entry));
        let targets: BTreeMap<EntryId, RegisterEntry> = envelope
            .targets
            .iter()
            .filter_map(|target| Some((target.entry, self.entry(target.entry)?)))
            .collect();
        let recorded_at = u64::try_from(read.recorded_at_ms).unwrap_or_default() / 1_000;
        let today = day_in_vietnam(recorded_at).unwrap_or(read.signed_on);
        let situation = Situation {
            signed_on: read.signed_on,
            book,
            signer: directory.appointment_of(event.key),
            role: directory.key(event.key).map(|grant| grant.role),
            entry: own.as_ref(),
            targets: &targets,
            open: self.is_there(&read.body.act, envelope.stream.office, directory),
            ..Situation::bare(directory, envelope.stream, today)
        };
        match decide_signed(&situation, &read.body) {
            Err(refusals) => tally.at(read.position, FindingKind::ActRefused, super::codes(&refusals)),
            Ok(draft) => {
                if draft.needs_second_person() && !endorsed(event, directory, &draft) {
                    tally.at(read.position, FindingKind::SecondPersonMissing, "");
                }
                self.notice(read, own.as_ref(), &targets, directory);
            }
        }
    }

    /// Whether the confirmation is there that an act of that office revokes.
    fn is_there(&self, act: &Act, office: OfficeId, directory: &Directory) -> Option<bool> {
        let Act::ConfirmationRevoked(act) = act else {
            return None;
        };
        let issuer = self.confirmations.get(&act.confirmation);
        Some(issuer.map(|issuer| directory.keeper(*issuer)) == Some(office))
    }

    /// The book in which an act took its number, or that it opened or closed. Its own stream says in which order; of what other
    /// streams recorded the signer knew at least what lies before their own last event.
    fn book(&self, read: &CivilEvent) -> Option<BookFacts> {
        let stream = read.envelope.stream;
        let of = BookYear::of(stream, &read.body.act)?;
        let empty = Book::default();
        let book = self.books.get(&of).unwrap_or(&empty);
        let seen = self.streams.get(&stream).copied().unwrap_or_default();
        let own = lane_of(of.book) == stream.lane;
        match &read.body.act {
            Act::BookClosed(act) if own => Some(book.seen_by_closing(act, seen)),
            _ if own => Some(book.facts),
            // A book is opened and closed in its own lane; that this is another is found without knowing the book.
            Act::BookOpened(_) | Act::BookClosed(_) => None,
            _ => Some(book.seen_by_entry(seen)),
        }
    }

    /// What the event owes, by the one function that everybody asks, and what it discharges.
    fn notice(
        &mut self,
        read: &CivilEvent,
        own: Option<&RegisterEntry>,
        targets: &BTreeMap<EntryId, RegisterEntry>,
        directory: &Directory,
    ) {
        let touched = own.into_iter().chain(targets.values());
        let concerned: Vec<Concerned> = touched
            .map(|entry| Concerned {
                entry: entry.id,
                office: entry.office,
                keeper: directory.keeper_of_entry(entry),
            })
            .collect();
        for owed in owed(&Filed::from(read), &concerned, directory) {
            self.notices_owed += 1;
            if let Some(entry) = owed.entry {
                let open = self.notices.entry((entry, read.envelope.event)).or_default();
                open.insert((owed.reason, owed.office));
            }
        }
        match &read.body.act {
            Act::InformationConfirmation(act) if act.paper.is_some() => {
                self.confirmations
                    .insert(read.envelope.event, read.envelope.stream.office);
            }
            Act::MarginalNoteEntered(act) => {
                for known in concerned {
                    if let Some(open) = self.notices.get_mut(&(known.entry, act.noted)) {
                        open.remove(&(NoticeReason::WriteNote, known.office));
                    }
                }
            }
            Act::NoticeAcknowledged(act) => {
                let office = read.envelope.stream.office;
                if let Some(open) = self.notices.get_mut(&(act.entry, act.event)) {
                    open.retain(|(reason, to)| reason.asks_for_a_note() || directory.keeper(*to) != office);
                }
            }
            _ => {}
        }
    }

    /// Whether the event continues all entries that it touches.
    fn fold(&self, read: &CivilEvent) -> bool {
        let envelope = &read.envelope;
        let own = envelope.entry.is_none_or(|id| match self.entry(id) {
            None => RegisterEntry::open(read).is_ok(),
            Some(mut entry) => entry.apply(read).is_ok(),
        });
        own && envelope.targets.iter().all(|target| {
            self.entry(target.entry)
                .is_some_and(|mut entry| entry.apply(read).is_ok())
        })
    }

    fn keep(&mut self, record: &Record, read: &CivilEvent) {
        let envelope = &read.envelope;
        let targets = envelope.targets.iter().map(|target| target.entry);
        for entry in envelope.entry.into_iter().chain(targets) {
            let events = self.entries.entry(*entry.as_bytes()).or_default();
            events.push(Kept::of(record));
        }
        if let Some(of) = BookYear::of(envelope.stream, &read.body.act) {
            let book = self.books.entry(of).or_default();
            book.take(record.position, envelope.stream, &read.body.act);
        }
        self.streams.insert(envelope.stream, record.position);
    }

    /// An entry as the events so far leave it; what does not fold was found when it came.
    fn entry(&self, id: EntryId) -> Option<RegisterEntry> {
        let mut events = self.entries.get(id.as_bytes())?.iter().filter_map(Kept::read);
        let mut entry = RegisterEntry::open(&events.next()?).ok()?;
        for event in events {
            // A fault was reported at its own position; the entry goes on without it.
            let _ = entry.apply(&event);
        }
        Some(entry)
    }
}

/// Four eyes: whether a second person is among the endorsers.
fn endorsed(event: &Event, directory: &Directory, draft: &Draft) -> bool {
    let second = |id| {
        endorses(
            directory,
            &event.envelope,
            (event.key, id),
            event.signed_on,
            draft,
        )
    };
    event.endorsers.iter().flatten().any(|id| second(*id))
}
