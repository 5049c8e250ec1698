//! One office: whether all that it recorded is here, from the log alone (`--office`, `--year`).
//!
//! The chains say that no event of the office is missing between two others, the tree that none was changed, and the last list of
//! stream heads (RFC 0007 §1) how far the office had come when the ledger said so of everybody. What this adds is the office's own
//! order: its books number without a gap, their closings agree, nothing is filed behind a closing, and every change of an entry of
//! its books is written there or listed as open.

use std::collections::BTreeMap;

use civil::act::{Act, Body, BookClosed, StreamHeads};
use civil::book::{BookFacts, BookYear, lane_of};
use civil::directory::{BookPlace, Directory};
use civil::id::{EntryId, EventId, Lane, OfficeId};
use civil::kind::BookType;
use hashbrown::HashMap;

use super::reading::Event;
use super::tally::Tally;
use crate::finding::{Check, FindingKind};
use crate::office::{Asked, BookReport, LaneReport, Listed, OfficeReport, OpenNote};
use crate::record::Record;

/// What is known of the office so far. Grows with its own entries, not with the log.
#[derive(Debug)]
pub(crate) struct OfficeAudit {
    asked: Asked,
    lanes: BTreeMap<Lane, LaneReport>,
    books: BTreeMap<BookYear, Book>,
    /// Where each entry of its books stands.
    entries: HashMap<EntryId, Option<Place>>,
    /// What changed entries of its books, elsewhere: until it is written there.
    notes: BTreeMap<(EntryId, EventId), u64>,
    notes_owed: u64,
    listed: Option<Listed>,
    /// The office's positions behind what the last list speaks of.
    since_listed: Vec<u64>,
}

/// A year's book.
#[derive(Debug, Default)]
struct Book {
    facts: BookFacts,
    report: BookReport,
}

/// In which book an entry stands: what decides who keeps it.
#[derive(Debug)]
struct Place {
    book: BookType,
    year: Option<u16>,
    volume: Option<String>,
}

impl Place {
    fn of(act: &Act) -> Option<Self> {
        let place = BookPlace::of(act)?;
        Some(Self {
            book: place.book,
            year: place.year,
            volume: place.volume.map(str::to_owned),
        })
    }

    fn keeper(&self, office: OfficeId, directory: &Directory) -> OfficeId {
        let place = BookPlace {
            book: self.book,
            year: self.year,
            volume: self.volume.as_deref(),
        };
        directory.keeper_of(office, place)
    }
}

impl OfficeAudit {
    /// Before the first event.
    pub(crate) fn new(asked: Asked) -> Self {
        Self {
            asked,
            lanes: BTreeMap::new(),
            books: BTreeMap::new(),
            entries: HashMap::new(),
            notes: BTreeMap::new(),
            notes_owed: 0,
            listed: None,
            since_listed: Vec::new(),
        }
    }

    /// A list of stream heads that agrees with the log: from here on it speaks of the office too.
    pub(crate) fn listed(&mut self, position: u64, said: &StreamHeads) {
        self.listed = Some(Listed {
            position,
            day: said.day.to_string(),
            size: said.size,
        });
        self.since_listed.retain(|position| said.size <= *position);
    }

    /// Takes in an event, before the directory does.
    pub(crate) fn take(&mut self, record: &Record, event: &Event, directory: &Directory, tally: &mut Tally) {
        let envelope = &event.envelope;
        let own = envelope.stream.office == self.asked.office;
        let touched = self.touched(event);
        if !own && touched.is_empty() {
            return;
        }
        tally.checked(Check::Office, 1);
        let position = record.position;
        let read = match &event.body {
            Some(body) => Some(body.act.clone()),
            None => record
                .sealed
                .as_ref()
                .and_then(|sealed| Body::unseal(sealed).ok())
                .map(|body| body.act),
        };
        if own {
            self.own(position, event);
        }
        let Some(act) = read else {
            tally.skipped(Check::Office, 1);
            return;
        };
        if own {
            self.book(position, event, &act, tally);
            if let Some(entry) = envelope.entry.filter(|_| envelope.kind.opens_entry()) {
                self.entries.insert(entry, Place::of(&act));
            }
        }
        self.notes(position, event, &act, &touched, directory);
    }

    /// The entries of the office's books that an event goes on from.
    fn touched(&self, event: &Event) -> Vec<EntryId> {
        let envelope = &event.envelope;
        let own = envelope.basis.and(envelope.entry);
        let targets = envelope.targets.iter().map(|target| target.entry);
        let touched = own.into_iter().chain(targets);
        touched.filter(|entry| self.entries.contains_key(entry)).collect()
    }

    fn own(&mut self, position: u64, event: &Event) {
        let lane = event.envelope.stream.lane;
        let counted = self.lanes.entry(lane).or_insert_with(|| LaneReport::of(lane));
        counted.events += 1;
        counted.last_seq = event.envelope.seq;
        counted.last_position = Some(position);
        self.since_listed.push(position);
    }

    /// Numbers, openings and closings, in the order of the office's own streams.
    fn book(&mut self, position: u64, event: &Event, act: &Act, tally: &mut Tally) {
        let stream = event.envelope.stream;
        let Some(of) = BookYear::of(stream, act).filter(|of| self.asked.covers(of.year)) else {
            return;
        };
        let in_lane = lane_of(of.book) == stream.lane;
        let book = self.books.entry(of).or_insert_with(|| Book {
            facts: BookFacts::default(),
            report: BookReport::of(of),
        });
        let place = || format!("{} {}", of.book.name(), of.year);
        match act {
            Act::BookClosed(act) => {
                let agrees = in_lane && agrees(&book.facts, act);
                book.report.closings += 1;
                if !agrees {
                    tally.at(position, FindingKind::ClosingDiffers, place());
                }
            }
            Act::BookOpened(_) => book.report.volumes += 1,
            act => {
                let number = act.book().and_then(|(_, book)| book.number);
                if in_lane {
                    let next = book.facts.next_number();
                    if number != Some(next) {
                        let found = number.unwrap_or_default();
                        tally.at(
                            position,
                            FindingKind::NumberNotNext,
                            format!("{}: {found}, next {next}", place()),
                        );
                    }
                    book.report.take(number);
                    if book.facts.closed_on.is_some() {
                        tally.at(position, FindingKind::FiledAfterClosing, place());
                    }
                }
            }
        }
        book.facts.take(stream.lane, act);
    }

    /// What is owed to the office's books, and what they have got.
    fn notes(&mut self, position: u64, event: &Event, act: &Act, touched: &[EntryId], directory: &Directory) {
        let envelope = &event.envelope;
        if let Act::MarginalNoteEntered(act) = act {
            for entry in touched {
                self.notes.remove(&(*entry, act.noted));
            }
            return;
        }
        if !envelope.kind.changes_entries() {
            return;
        }
        for entry in touched {
            let place = self.entries.get(entry).and_then(Option::as_ref);
            let office = self.asked.office;
            let keeper = place.map_or_else(
                || directory.keeper(office),
                |place| place.keeper(office, directory),
            );
            if keeper != envelope.stream.office {
                self.notes_owed += 1;
                self.notes.insert((*entry, envelope.event), position);
            }
        }
    }

    /// What is to be said of the office. `size` is that of the whole log.
    pub(crate) fn finish(mut self, size: u64, directory: &Directory, tally: &mut Tally) -> OfficeReport {
        let known =
            self.asked.office == OfficeId::ADMINISTRATION || directory.office(self.asked.office).is_some();
        if !known {
            tally.find(crate::Finding::of_all(FindingKind::OfficeNeverOpened).with(self.asked.office));
        }
        if self.listed.is_none() {
            tally.find(crate::Finding::of_all(FindingKind::NeverListed));
        }
        let books = std::mem::take(&mut self.books).into_values();
        let books = books.map(|book| book.report.with(&book.facts)).collect();
        let open = |(key, position): (&(EntryId, EventId), &u64)| OpenNote {
            entry: key.0.to_string(),
            event: key.1.to_string(),
            position: *position,
        };
        OfficeReport {
            office: self.asked.office.0,
            year: self.asked.year,
            name: directory.name(self.asked.office),
            events: self.lanes.values().map(|lane| lane.events).sum(),
            lanes: self.lanes.into_values().collect(),
            size,
            listed: self.listed,
            since_listed: self.since_listed.len() as u64,
            books,
            notes_owed: self.notes_owed,
            notes_open: self.notes.iter().map(open).collect(),
            complete: false,
        }
    }
}

/// Whether the totals of a closing are those of the ledger, by any reading that the law leaves. What an office counts of entries
/// that were taken over nobody else can count.
fn agrees(book: &BookFacts, act: &BookClosed) -> bool {
    let readings = book.readings(act);
    let fits = |found: &civil::book::BookTotals| {
        let first = act.first_number.is_none()
            || found.first_number.is_none()
            || act.first_number == found.first_number;
        let last = act.last_number.is_none()
            || act.last_number.unwrap_or_default() == found.last_number.unwrap_or_default();
        found.events == act.events && first && last
    };
    book.digitised > 0 || readings.iter().any(fits)
}
