//! Which books of an office does another keep by decision? See `README.md`.

#[cfg(test)]
mod cases;

use std::collections::BTreeSet;

use civil::act::Act;
use civil::directory::{BookPlace, Entrusted};
use civil::event::CivilEvent;
use civil::id::{EventId, OfficeId};
use civil::kind::BookType;
use civil::value::{Date, Text};
use ledger::{Fault, Key, Reader, Recorded, Statement, TableSpec, Tx};

use crate::entry::Touched;
use crate::record::Record;
use crate::rows::{self, Shown, row};

pub(crate) const TABLE: TableSpec = TableSpec {
    name: "custody{g}",
    create: &[
        Statement::both("custody.table", include_str!("table.sql")),
        Statement::both("custody.index_from", include_str!("index_from.sql")),
    ],
    indexes: &[],
    follows: false,
    key: &[Key::Int("position")],
};

const WRITE: Statement = Statement::pair(
    "custody.write",
    include_str!("write.sqlite.sql"),
    include_str!("write.postgres.sql"),
);
const RESUME: Statement = Statement::pair(
    "custody.resume",
    include_str!("resume.sqlite.sql"),
    include_str!("resume.postgres.sql"),
);
const ALL: Statement = Statement::both("custody.all", include_str!("all.sql"));
const OF_OFFICE: Statement = Statement::both("custody.of_office", include_str!("of_office.sql"));

row! {
    /// A decision as the statement takes it.
    pub(crate) struct Row {
        position: u64,
        event: Shown<EventId>,
        from_office: u32,
        to_office: u32,
        on_day: Shown<Date>,
        book: Option<&'static str>,
        first_year: Option<u16>,
        last_year: Option<u16>,
        volumes: String,
        decision: String,
    }
}

/// The book in which a touched entry stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shelf {
    /// Its type.
    pub(crate) book: BookType,
    /// Its year, when it is stated.
    pub(crate) year: Option<u16>,
    /// What stands on the volume.
    pub(crate) volume: Option<String>,
}

impl Shelf {
    /// Of the entry that an act opened.
    pub(crate) fn of(act: &Act) -> Option<Self> {
        BookPlace::of(act).map(|place| Self {
            book: place.book,
            year: place.year,
            volume: place.volume.map(str::to_owned),
        })
    }

    /// As the directory asks for it.
    pub(crate) fn place(&self) -> BookPlace<'_> {
        BookPlace {
            book: self.book,
            year: self.year,
            volume: self.volume.as_deref(),
        }
    }
}

/// Reads the decisions about the books of the offices whose entries a batch touches, in the order of the log.
pub(crate) async fn resume(tx: &mut Tx<'_>, touched: &[Touched]) -> Result<Vec<Entrusted>, Fault> {
    let offices: BTreeSet<u32> = touched.iter().map(|touched| touched.office.0).collect();
    if offices.is_empty() {
        return Ok(Vec::new());
    }
    let offices: Vec<u32> = offices.into_iter().collect();
    let rows = tx
        .rows(&RESUME, &[rows::json("resuming custody", &offices)?.into()])
        .await?;
    rows.iter().map(read).collect()
}

/// Writes the decisions of a batch.
pub(crate) fn write(tx: &mut Tx<'_>, events: &[Recorded<CivilEvent>]) -> Result<(), Fault> {
    let decisions = events.iter().filter_map(|recorded| {
        entrusted(&recorded.event).map(|decision| Row::of(recorded.position, &decision))
    });
    let decisions = decisions.collect::<Result<Vec<_>, _>>()?;
    rows::write(tx, &WRITE, &decisions)
}

/// The decision that an event is, if it is one.
pub(crate) fn entrusted(event: &CivilEvent) -> Option<Entrusted> {
    match &event.body.act {
        Act::BooksEntrusted(act) => Some(Entrusted::of(event.envelope.event, act)),
        _ => None,
    }
}

/// A decision, and the office that keeps those books now: the one that got them, or the last of its successors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kept {
    /// The decision.
    pub(crate) entrusted: Entrusted,
    /// Who keeps the books.
    pub(crate) keeper: OfficeId,
}

/// Every decision, in the order of the log.
pub(crate) async fn all(reader: &Reader<'_>) -> Result<Vec<Kept>, Fault> {
    let rows = reader.rows(&ALL, &[]).await?;
    let kept = rows.iter().map(|row| {
        Ok(Kept {
            entrusted: read(row)?,
            keeper: OfficeId(Record::new(row, "custody", "position").number("keeper")?),
        })
    });
    kept.collect()
}

/// Who keeps a book of an office because it was entrusted to them; none when nobody decided that.
pub(crate) fn keeper_of(decisions: &[Kept], office: OfficeId, place: BookPlace<'_>) -> Option<OfficeId> {
    let entrusted = decisions.iter().map(|kept| &kept.entrusted);
    let counts = Entrusted::that_counts(entrusted, office, place)?.event;
    let kept = decisions.iter().find(|kept| kept.entrusted.event == counts)?;
    Some(kept.keeper)
}

/// The decisions about the books of an office, in the order of the log.
///
/// # Errors
/// [`Fault`] of the store, or naming the column that makes no sense.
pub async fn of_office(reader: &Reader<'_>, office: OfficeId) -> Result<Vec<Entrusted>, Fault> {
    let rows = reader.rows(&OF_OFFICE, &[i64::from(office.0).into()]).await?;
    rows.iter().map(read).collect()
}

impl Row {
    fn of(position: u64, decision: &Entrusted) -> Result<Self, Fault> {
        let volumes: Vec<&str> = decision.volumes.iter().map(Text::as_str).collect();
        Ok(Self {
            position,
            event: Shown(decision.event),
            from_office: decision.from.0,
            to_office: decision.to.0,
            on_day: Shown(decision.on),
            book: decision.book.map(BookType::name),
            first_year: decision.first_year,
            last_year: decision.last_year,
            volumes: rows::json("writing custody", &volumes)?,
            decision: decision.decision.to_string(),
        })
    }
}

fn read(row: &ledger::Row) -> Result<Entrusted, Fault> {
    let record = Record::new(row, "custody", "position");
    let book = |name: &str| BookType::ALL.into_iter().find(|book| book.name() == name);
    let volumes = |text: &str| {
        let volumes: Vec<String> = serde_json::from_str(text).ok()?;
        volumes.iter().map(|volume| Text::parse(volume).ok()).collect()
    };
    Ok(Entrusted {
        event: record.id("event")?,
        from: OfficeId(record.number("from_office")?),
        to: OfficeId(record.number("to_office")?),
        on: record.value("on_day", |text| Date::parse(text).ok())?,
        book: record.value_opt("book", book)?,
        first_year: record.number_opt("first_year")?,
        last_year: record.number_opt("last_year")?,
        volumes: record.value("volumes", volumes)?,
        decision: record.value("decision", |text| Text::parse(text).ok())?,
    })
}

#[cfg(test)]
pub(crate) const COLUMNS: &[&str] = Row::COLUMNS;
