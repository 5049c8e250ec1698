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
use ledger::{Fault, Key, Param, Reader, Recorded, Statement, TableSpec, Tx};

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

/// Who keeps the book in which something stands now: by decision, or else by succession. Reads the columns `office`, `keeper`,
/// `book`, `year` and `volume`; without a `book` only succession counts.
pub(crate) fn kept_by(record: &Record<'_>, decisions: &[Kept]) -> Result<OfficeId, Fault> {
    let by_succession = OfficeId(record.number("keeper")?);
    if decisions.is_empty() || record.text_opt("book")?.is_none() {
        return Ok(by_succession);
    }
    let shelf = Shelf {
        book: record.book("book")?,
        year: record.number_opt("year")?,
        volume: record.text_opt("volume")?,
    };
    let office = OfficeId(record.number("office")?);
    Ok(keeper_of(decisions, office, shelf.place()).unwrap_or(by_succession))
}

/// The offices whose matters an office may have to look after: itself, and those of whose books it got some.
pub(crate) fn sources(decisions: &[Kept], office: OfficeId) -> BTreeSet<OfficeId> {
    let got = decisions.iter().filter(|decision| decision.keeper == office);
    got.map(|decision| decision.entrusted.from)
        .chain([office])
        .collect()
}

/// What one statement lists for each source of an office.
pub(crate) struct Listing<'l, T> {
    /// Its first parameter is the source, its last two are a limit and how many rows to pass over.
    pub(crate) statement: &'l Statement,
    /// The parameters in between.
    pub(crate) params: Vec<Param<'static>>,
    /// What a row says.
    pub(crate) read: fn(&ledger::Row, &[Kept]) -> Result<T, Fault>,
    /// Who looks after that now.
    pub(crate) keeper: fn(&T) -> OfficeId,
}

impl<T> Listing<'_, T> {
    /// Of each source the first `limit` that the office looks after. What another keeps by decision does not count, so it reads on
    /// until there are enough, or no more.
    pub(crate) async fn of(
        &self,
        reader: &Reader<'_>,
        office: OfficeId,
        limit: u16,
    ) -> Result<Vec<T>, Fault> {
        let decisions = all(reader).await?;
        let mut listed = Vec::new();
        for source in sources(&decisions, office) {
            let enough = listed.len() + usize::from(limit);
            let mut passed: i64 = 0;
            loop {
                let mut params = vec![Param::from(i64::from(source.0))];
                params.extend(self.params.iter().cloned());
                params.extend([i64::from(limit), passed].map(Param::from));
                let page = reader.rows(self.statement, &params).await?;
                for row in &page {
                    let item = (self.read)(row, &decisions)?;
                    if (self.keeper)(&item) == office && listed.len() < enough {
                        listed.push(item);
                    }
                }
                if page.len() < usize::from(limit) || listed.len() >= enough {
                    break;
                }
                passed += i64::from(limit);
            }
        }
        Ok(listed)
    }
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
