//! Rows of `extract`.

use std::collections::{BTreeMap, BTreeSet};

use civil::act::{Act, IssuedPaper, Standing};
use civil::event::CivilEvent;
use civil::id::{EntryId, EventHash, EventId, OfficeId};
use civil::law::{Paper, PaperForm};
use civil::value::Date;
use ledger::{Fault, Recorded};

use crate::entry::Touched;
use crate::record::Record;
use crate::rows::{Hexadecimal, Shown, row};

row! {
    /// A row as the statement takes it.
    pub(crate) struct Row {
        event: Shown<EventId>,
        entry: Option<Shown<EntryId>>,
        office: u32,
        year: u16,
        number: u32,
        issued_on: Shown<Date>,
        position: u64,
        basis: Option<Shown<EventHash>>,
        basis_position: u64,
        content_hash: Option<Hexadecimal<[u8; 32]>>,
        standing: &'static str,
        paper: Option<&'static str>,
        form: Option<&'static str>,
        template: Option<Hexadecimal<[u8; 32]>>,
        code: Option<Hexadecimal<[u8; 16]>>,
        superseded_on: Option<Shown<Date>>,
        superseded_position: Option<u64>,
        fell_on: Option<Shown<Date>>,
        fell_position: Option<u64>,
    }
}

row! {
    /// An entry of which papers say what stands there no longer.
    pub(crate) struct SupersededRow {
        entry: Shown<EntryId>,
        superseded_on: Shown<Date>,
        superseded_position: u64,
        fell_on: Option<Shown<Date>>,
        fell_position: Option<u64>,
    }
}

row! {
    /// A paper that is revoked.
    pub(crate) struct RevokedRow {
        event: Shown<EventId>,
        entry: Option<Shown<EntryId>>,
        revoked_on: Shown<Date>,
        revoked_position: u64,
    }
}

/// What a batch does to papers.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    pub(super) issued: Vec<Row>,
    pub(super) revoked: Vec<RevokedRow>,
    pub(super) superseded: Vec<SupersededRow>,
}

/// What a batch changes in one entry: the days and positions of its acts, and whether the registration falls by them.
#[derive(Debug, Default)]
struct Changes(BTreeMap<EntryId, Vec<Change>>);

#[derive(Debug, Clone, Copy)]
struct Change {
    on: Date,
    position: u64,
    falls: bool,
}

impl Changes {
    fn of(events: &[Recorded<CivilEvent>], touched: &[Touched]) -> Self {
        let mut changes: BTreeMap<EntryId, Vec<Change>> = BTreeMap::new();
        for touched in touched {
            let changing = events
                .get(touched.index)
                .filter(|recorded| recorded.event.envelope.kind.changes_entries());
            let Some(recorded) = changing else { continue };
            changes.entry(touched.entry).or_default().push(Change {
                on: recorded.event.counted_on(),
                position: recorded.position,
                falls: matches!(&recorded.event.body.act, Act::PapersRevoked(act) if act.registration),
            });
        }
        Self(changes)
    }

    /// The first act on an entry behind a position, and the first by which its registration falls.
    fn behind(&self, entry: EntryId, position: u64) -> (Option<Change>, Option<Change>) {
        let of_entry = self.0.get(&entry).map_or(&[][..], Vec::as_slice);
        let mut behind = of_entry
            .iter()
            .filter(|change| position < change.position)
            .copied();
        let first = behind.next();
        let falls = first.into_iter().chain(behind).find(|change| change.falls);
        (first, falls)
    }

    fn rows(&self) -> impl Iterator<Item = SupersededRow> + '_ {
        self.0.iter().filter_map(|(entry, changes)| {
            let first = changes.first()?;
            let falls = changes.iter().find(|change| change.falls);
            Some(SupersededRow {
                entry: Shown(*entry),
                superseded_on: Shown(first.on),
                superseded_position: first.position,
                fell_on: falls.map(|change| Shown(change.on)),
                fell_position: falls.map(|change| change.position),
            })
        })
    }
}

/// The papers that a batch issues and revokes.
pub(crate) fn rows(events: &[Recorded<CivilEvent>], touched: &[Touched]) -> Rows {
    let changes = Changes::of(events, touched);
    let mut rows = Rows {
        superseded: changes.rows().collect(),
        ..Rows::default()
    };
    for touched in touched {
        let Some(recorded) = events.get(touched.index) else {
            continue;
        };
        match &recorded.event.body.act {
            Act::ExtractIssued(_) => rows.issued.extend(of_entry(recorded, touched, &changes)),
            Act::PapersRevoked(act) => {
                let papers = act.papers.iter().filter_map(|paper| paper.event);
                rows.revoked.extend(papers.map(|event| RevokedRow {
                    event: Shown(event),
                    entry: Some(Shown(touched.entry)),
                    revoked_on: Shown(act.noted_on),
                    revoked_position: recorded.position,
                }));
            }
            _ => {}
        }
    }
    rows.issued.extend(events.iter().filter_map(of_itself));
    rows.revoked.extend(events.iter().filter_map(revoked_itself));
    // The first revocation counts; of two rows for one the engines take different ones.
    let mut seen = BTreeSet::new();
    rows.revoked
        .retain(|row| seen.insert((row.event.0, row.entry.map(|entry| entry.0))));
    rows
}

/// A paper of an entry.
fn of_entry(recorded: &Recorded<CivilEvent>, touched: &Touched, changes: &Changes) -> Option<Row> {
    let Act::ExtractIssued(act) = &recorded.event.body.act else {
        return None;
    };
    let sheet = act.paper.as_ref();
    let (superseded, fell) = changes.behind(touched.entry, touched.basis_position);
    Some(Row {
        superseded_on: superseded.map(|change| Shown(change.on)),
        superseded_position: superseded.map(|change| change.position),
        fell_on: fell.map(|change| Shown(change.on)),
        fell_position: fell.map(|change| change.position),
        entry: Some(Shown(touched.entry)),
        year: act.book.year_or_zero(),
        number: act.book.number_or_zero(),
        basis: recorded.event.envelope.basis.map(Shown),
        basis_position: touched.basis_position,
        content_hash: Some(Hexadecimal(act.content_hash.0)),
        ..row(recorded, act.issued_on, act.standing, sheet)
    })
}

/// A confirmation, which is its own paper.
fn of_itself(recorded: &Recorded<CivilEvent>) -> Option<Row> {
    let Act::InformationConfirmation(act) = &recorded.event.body.act else {
        return None;
    };
    let sheet = act.paper.as_ref()?;
    Some(Row {
        year: act.book.year_or_zero(),
        number: act.book.number_or_zero(),
        ..row(recorded, act.registered_on, act.standing, Some(sheet))
    })
}

/// A confirmation that is revoked: like itself about no entry.
fn revoked_itself(recorded: &Recorded<CivilEvent>) -> Option<RevokedRow> {
    let Act::ConfirmationRevoked(act) = &recorded.event.body.act else {
        return None;
    };
    Some(RevokedRow {
        event: Shown(act.confirmation),
        entry: None,
        revoked_on: Shown(act.revoked_on),
        revoked_position: recorded.position,
    })
}

fn row(
    recorded: &Recorded<CivilEvent>,
    issued_on: Date,
    standing: Standing,
    sheet: Option<&IssuedPaper>,
) -> Row {
    let envelope = &recorded.event.envelope;
    Row {
        event: Shown(envelope.event),
        entry: None,
        office: envelope.stream.office.0,
        year: 0,
        number: 0,
        issued_on: Shown(issued_on),
        position: recorded.position,
        basis: None,
        basis_position: recorded.position,
        content_hash: None,
        standing: standing.name(),
        paper: sheet.map(|sheet| sheet.paper.word()),
        form: sheet.map(|sheet| sheet.form.word()),
        template: sheet.map(|sheet| Hexadecimal(sheet.template_hash.0)),
        code: sheet.map(|sheet| Hexadecimal(sheet.code.status_id())),
        superseded_on: None,
        superseded_position: None,
        fell_on: None,
        fell_position: None,
    }
}

/// A paper that was issued: a copy (bản sao trích lục), an original, or a confirmation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuedExtract {
    /// The event.
    pub event: EventId,
    /// The entry whose paper it is; none for a confirmation.
    pub entry: Option<EntryId>,
    /// The office that issued it.
    pub office: OfficeId,
    /// Its number in that office's book of copies; 0 for an original.
    pub number: u32,
    /// The year of that run; 0 for an original.
    pub year: u16,
    /// The day.
    pub issued_on: Date,
    /// The position of the event.
    pub position: u64,
    /// The latest event on the entry that it shows; none for a confirmation.
    pub basis: Option<EventHash>,
    /// That event's position; that of the event itself for a confirmation.
    pub basis_position: u64,
    /// BLAKE3 of what it says, hexadecimal; none for a confirmation.
    pub content_hash: Option<String>,
    /// By what right it was asked for: the name of a [`civil::act::Standing`].
    pub standing: String,
    /// Which paper, and whether it is the original; none for copies of the first release, which had no page.
    pub sheet: Option<(Paper, PaperForm)>,
    /// BLAKE3 of the template with all that sets it, hexadecimal; none where there is no page.
    pub template: Option<String>,
    /// What became of it.
    pub fate: Fate,
}

/// What became of a paper: each with its day, and the position of the event that did it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Fate {
    /// The paper was revoked.
    pub revoked: Option<(Date, u64)>,
    /// The registration that it proves was revoked.
    pub fell: Option<(Date, u64)>,
    /// An act changed what a paper of the entry says: the first behind what it shows.
    pub superseded: Option<(Date, u64)>,
}

impl Fate {
    /// From which day the paper or its registration is revoked: by whichever came first.
    pub fn revoked_on(&self) -> Option<Date> {
        let both = self.revoked.into_iter().chain(self.fell);
        both.min_by_key(|(_, position)| *position).map(|(day, _)| day)
    }

    /// From which day it no longer says what stands there.
    pub fn superseded_on(&self) -> Option<Date> {
        self.superseded.map(|(day, _)| day)
    }

    fn read(record: &Record<'_>) -> Result<Self, Fault> {
        let one = |on, position| -> Result<_, Fault> {
            let on = record.value_opt(on, day)?;
            Ok(on.zip(record.number_opt(position)?))
        };
        Ok(Self {
            revoked: one("revoked_on", "revoked_position")?,
            fell: one("fell_on", "fell_position")?,
            superseded: one("superseded_on", "superseded_position")?,
        })
    }
}

impl IssuedExtract {
    /// Whether a later act changed what a copy of the entry says.
    pub fn superseded(&self) -> bool {
        self.fate.superseded.is_some()
    }

    pub(super) fn read(row: &ledger::Row) -> Result<Self, Fault> {
        let record = Record::new(row, "extract", "event");
        let paper = record.value_opt("paper", |word| {
            Paper::ALL.iter().copied().find(|paper| paper.word() == word)
        })?;
        let form = record.value_opt("form", |word| {
            PaperForm::ALL.iter().copied().find(|form| form.word() == word)
        })?;
        Ok(Self {
            event: record.id("event")?,
            entry: record.value_opt("entry", |text| text.parse().ok())?,
            office: OfficeId(record.number("office")?),
            number: record.number("number")?,
            year: record.number("year")?,
            issued_on: record.value("issued_on", day)?,
            position: record.number("position")?,
            basis: record.value_opt("basis", |text| text.parse().ok())?,
            basis_position: record.number("basis_position")?,
            content_hash: record.text_opt("content_hash")?,
            standing: record.text("standing")?,
            sheet: paper.zip(form),
            template: record.text_opt("template")?,
            fate: Fate::read(&record)?,
        })
    }
}

/// A paper that holds no longer, as everybody may know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoLonger {
    /// What is kept of its code, hexadecimal.
    pub code: String,
    /// What became of it.
    pub fate: Fate,
}

impl NoLonger {
    pub(super) fn read(row: &ledger::Row) -> Result<Self, Fault> {
        let record = Record::new(row, "extract", "code");
        Ok(Self {
            code: record.text("code")?,
            fate: Fate::read(&record)?,
        })
    }
}

/// How many papers of one sort an office issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperCount {
    /// The office.
    pub office: OfficeId,
    /// Which paper, by its word in the tables of the law; empty for copies of the first release, which had no page.
    pub paper: String,
    /// Original or copy, likewise.
    pub form: String,
    /// By what right they were asked for.
    pub standing: String,
    /// How many.
    pub issued: u64,
    /// How many of them are revoked.
    pub revoked: u64,
}

impl PaperCount {
    pub(super) fn read(row: &ledger::Row) -> Result<Self, Fault> {
        let record = Record::new(row, "extract", "office");
        Ok(Self {
            office: OfficeId(record.number("office")?),
            paper: record.text("paper")?,
            form: record.text("form")?,
            standing: record.text("standing")?,
            issued: record.number("issued")?,
            revoked: record.number("revoked")?,
        })
    }
}

fn day(text: &str) -> Option<Date> {
    Date::parse(text).ok()
}
