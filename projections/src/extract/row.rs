//! Rows of `extract`.

use std::collections::BTreeSet;

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
    }
}

row! {
    /// A paper that is revoked.
    pub(crate) struct RevokedRow {
        event: Shown<EventId>,
        entry: Shown<EntryId>,
        revoked_on: Shown<Date>,
        revoked_position: u64,
    }
}

/// What a batch does to papers.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    pub(super) issued: Vec<Row>,
    pub(super) revoked: Vec<RevokedRow>,
}

/// The papers that a batch issues and revokes.
pub(crate) fn rows(events: &[Recorded<CivilEvent>], touched: &[Touched]) -> Rows {
    let mut rows = Rows::default();
    for touched in touched {
        let Some(recorded) = events.get(touched.index) else {
            continue;
        };
        match &recorded.event.body.act {
            Act::ExtractIssued(_) => rows.issued.extend(of_entry(recorded, touched)),
            Act::PapersRevoked(act) => {
                let papers = act.papers.iter().filter_map(|paper| paper.event);
                rows.revoked.extend(papers.map(|event| RevokedRow {
                    event: Shown(event),
                    entry: Shown(touched.entry),
                    revoked_on: Shown(act.noted_on),
                    revoked_position: recorded.position,
                }));
            }
            _ => {}
        }
    }
    rows.issued.extend(events.iter().filter_map(of_itself));
    // The first revocation counts; of two rows for one the engines take different ones.
    let mut seen = BTreeSet::new();
    rows.revoked.retain(|row| seen.insert((row.event.0, row.entry.0)));
    rows
}

/// A paper of an entry.
fn of_entry(recorded: &Recorded<CivilEvent>, touched: &Touched) -> Option<Row> {
    let Act::ExtractIssued(act) = &recorded.event.body.act else {
        return None;
    };
    let sheet = act.paper.as_ref();
    Some(Row {
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
    /// From which day it is revoked, and the position of the event that did it; none while it is not.
    pub revoked: Option<(Date, u64)>,
    /// The position of a later act that changed what a copy of the entry says; nothing while it is up to date.
    pub superseded_at: Option<u64>,
}

impl IssuedExtract {
    /// Whether a later act changed what a copy of the entry says.
    pub fn superseded(&self) -> bool {
        self.superseded_at.is_some()
    }

    pub(super) fn read(row: &ledger::Row) -> Result<Self, Fault> {
        let record = Record::new(row, "extract", "event");
        let basis_position = record.number("basis_position")?;
        let changed: Option<u64> = record.number_opt("changed_position")?;
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
            basis_position,
            content_hash: record.text_opt("content_hash")?,
            standing: record.text("standing")?,
            sheet: paper.zip(form),
            template: record.text_opt("template")?,
            revoked: revoked(&record)?,
            superseded_at: changed.filter(|changed| *changed > basis_position),
        })
    }
}

/// A paper that holds no longer, as everybody may know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoLonger {
    /// What is kept of its code, hexadecimal.
    pub code: String,
    /// From which day it is revoked, and the position of the event that did it; none where it is superseded alone.
    pub revoked: Option<(Date, u64)>,
    /// The position of the latest event that changed what a paper of the entry says; none for a confirmation.
    pub changed_at: Option<u64>,
}

impl NoLonger {
    pub(super) fn read(row: &ledger::Row) -> Result<Self, Fault> {
        let record = Record::new(row, "extract", "code");
        Ok(Self {
            code: record.text("code")?,
            revoked: revoked(&record)?,
            changed_at: record.number_opt("changed_position")?,
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

fn revoked(record: &Record<'_>) -> Result<Option<(Date, u64)>, Fault> {
    let on = record.value_opt("revoked_on", day)?;
    Ok(on.zip(record.number_opt("revoked_position")?))
}

fn day(text: &str) -> Option<Date> {
    Date::parse(text).ok()
}
