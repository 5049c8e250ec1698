//! The law of the records: every entry folded, every act decided again by what stood there at its position.

use civil::act::Body;
use civil::decide::{Draft, Situation, decide_signed};
use civil::directory::Directory;
use civil::entry::RegisterEntry;
use civil::event::{CivilEvent, check_shape, day_in_vietnam};
use civil::id::{EntryId, EventHash, EventId, Lane};
use civil::kind::{BookType, Group};
use hashbrown::{HashMap, HashSet};
use std::collections::BTreeMap;

use super::reading::Event;
use super::tally::Tally;
use crate::finding::{Check, FindingKind};
use crate::record::Record;

/// All entries, each as the events that made it, and the numbers that were given.
///
/// Entries are folded only when something touches them again, which few see; their bytes are a tenth of their values.
#[derive(Debug, Default)]
pub(crate) struct Records {
    entries: HashMap<[u8; 16], Vec<Kept>>,
    numbers: HashMap<(u32, BookType, u16), u32>,
    notices: HashSet<(EntryId, EventId)>,
    notices_owed: u64,
}

/// The bytes of one event.
#[derive(Debug)]
struct Kept {
    position: u64,
    recorded_at_ms: i64,
    signed: Box<[u8]>,
    sealed: Box<[u8]>,
}

impl Kept {
    fn of(record: &Record) -> Option<Self> {
        Some(Self {
            position: record.position,
            recorded_at_ms: record.recorded_at_ms,
            signed: record.signed.as_ref().into(),
            sealed: record.sealed.as_ref()?.as_ref().into(),
        })
    }

    fn read(&self) -> Option<CivilEvent> {
        CivilEvent::read(self.position, self.recorded_at_ms, &self.signed, &self.sealed).ok()
    }
}

impl Records {
    /// Notices that acts caused, and how many of them no paper book has answered.
    pub(crate) fn notices(&self) -> (u64, u64) {
        (self.notices_owed, self.notices.len() as u64)
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
            tally.skipped(Check::Records, 1);
            return;
        };
        tally.checked(Check::Records, 1);
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
        self.decide(&read, event, directory, tally);
        if !self.fold(&read) {
            tally.at(position, FindingKind::DoesNotFold, "");
        }
        self.keep(record, &read);
    }

    fn decide(&mut self, read: &CivilEvent, event: &Event, directory: &Directory, tally: &mut Tally) {
        let envelope = &read.envelope;
        let run = read
            .body
            .act
            .book()
            .map(|(book, reference)| (envelope.stream.office.0, book, reference.year_or_zero()));
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
            next_number: run.and_then(|run| self.numbers.get(&run).copied()).unwrap_or(1),
            entry: own.as_ref(),
            targets: &targets,
            ..Situation::bare(directory, envelope.stream, today)
        };
        match decide_signed(&situation, &read.body) {
            Err(refusals) => tally.at(read.position, FindingKind::ActRefused, super::codes(&refusals)),
            Ok(draft) => {
                if draft.needs_second_person() && !endorsed(event, directory) {
                    tally.at(read.position, FindingKind::SecondPersonMissing, "");
                }
                self.notice(read, &draft);
            }
        }
    }

    fn notice(&mut self, read: &CivilEvent, draft: &Draft) {
        for notice in &draft.notices {
            self.notices_owed += 1;
            self.notices.insert((notice.entry, read.envelope.event));
        }
        if let (civil::act::Act::MarginalNoteEntered(act), Some(entry)) =
            (&read.body.act, read.envelope.entry)
        {
            self.notices.remove(&(entry, act.noted));
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
            events.extend(Kept::of(record));
        }
        if let Some((book, reference)) = read.body.act.book()
            && envelope.stream.lane != Lane::Digitised
        {
            let run = (envelope.stream.office.0, book, reference.year_or_zero());
            let next = self.numbers.entry(run).or_insert(1);
            *next = reference.number_or_zero().saturating_add(1).max(*next);
        }
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

/// Four eyes: among the endorsers is another key that could have signed the event itself.
fn endorsed(event: &Event, directory: &Directory) -> bool {
    let envelope = &event.envelope;
    event.endorsers.iter().flatten().any(|id| {
        let could_sign = directory.authorise(*id, envelope.stream, envelope.kind, event.signed_on);
        *id != event.key && could_sign.is_ok()
    })
}
