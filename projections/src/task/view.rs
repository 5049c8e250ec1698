//! What a reader gets to see of tasks.

use civil::act::TaskKind;
use civil::id::{EntryId, EventId, OfficeId};
use civil::value::Date;
use ledger::{Fault, Row};

use crate::custody::{self, Kept};
use crate::record::Record;

/// Something that an office still has to look into, or has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// The entry.
    pub entry: EntryId,
    /// What it is about.
    pub kind: TaskKind,
    /// The warning, or the JSON pointer of what is to be looked into.
    pub code: String,
    /// The event that opened it.
    pub cause: EventId,
    /// The office that registered the entry.
    pub registered_at: OfficeId,
    /// The office that keeps its books now, whose task it is.
    pub keeper: OfficeId,
    /// The day of the event that opened it.
    pub opened_on: Date,
    /// The position of that event.
    pub position: u64,
    /// How it was settled; nothing while it is open.
    pub settled: Option<Settled>,
}

/// How a task was settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// What came of it: `amended`, `left_as_is`, `wrong_alarm`.
    pub verdict: String,
    /// The event that settled it.
    pub event: EventId,
    /// The position of that event.
    pub position: u64,
}

/// How many tasks of one kind, and for flags of one warning, are open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// Whose they are.
    pub keeper: OfficeId,
    /// What they are about.
    pub kind: TaskKind,
    /// The warning, for flags.
    pub warning: Option<String>,
    /// How many.
    pub open: u64,
    /// The day of the oldest.
    pub oldest: Date,
}

fn kind(name: &str) -> Option<TaskKind> {
    TaskKind::ALL.iter().copied().find(|kind| kind.name() == name)
}

fn date(text: &str) -> Option<Date> {
    Date::parse(text).ok()
}

impl Task {
    pub(super) fn read(row: &Row, decisions: &[Kept]) -> Result<Self, Fault> {
        let record = Record::new(row, "task", "entry");
        let settled = match record.value_opt("closed_by", |text| text.parse().ok())? {
            None => None,
            Some(event) => Some(Settled {
                verdict: record.text("verdict")?,
                event,
                position: record.number("closed_position")?,
            }),
        };
        Ok(Self {
            entry: record.id("entry")?,
            kind: record.value("kind", kind)?,
            code: record.text("code")?,
            cause: record.id("cause")?,
            registered_at: OfficeId(record.number("office")?),
            keeper: custody::kept_by(&record, decisions)?,
            opened_on: record.value("opened_on", date)?,
            position: record.number("position")?,
            settled,
        })
    }
}

/// A book of an office, as far as the entry says in which it stands.
pub(super) type Book = (OfficeId, Option<String>, Option<u16>, Option<String>);

impl Count {
    /// Of the tasks about one book of one office.
    pub(super) fn read(row: &Row, decisions: &[Kept]) -> Result<(Book, Self), Fault> {
        let record = Record::new(row, "task", "office");
        let book = (
            OfficeId(record.number("office")?),
            record.text_opt("book")?,
            record.number_opt("year")?,
            record.text_opt("volume")?,
        );
        let count = Self {
            keeper: custody::kept_by(&record, decisions)?,
            kind: record.value("kind", kind)?,
            warning: record.text_opt("code")?,
            open: record.number("open")?,
            oldest: record.value("oldest", date)?,
        };
        Ok((book, count))
    }

    /// Both together.
    pub(super) fn add(&mut self, other: &Self) {
        self.open += other.open;
        self.oldest = self.oldest.min(other.oldest);
    }
}
