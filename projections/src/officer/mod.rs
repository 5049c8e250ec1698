//! Who was appointed to an office, as what, and until when? See `README.md`.

#[cfg(test)]
mod cases;

use civil::act::{Act, OfficerAppointed};
use civil::event::CivilEvent;
use civil::id::{EventId, OfficeId};
use civil::value::Date;
use ledger::{Fault, Key, Reader, Recorded, Statement, TableSpec, Tx};
use serde::Serialize;

use crate::record::Record;
use crate::rows::{self, Shown, row};

pub(crate) const TABLE: TableSpec = TableSpec {
    name: "officer{g}",
    create: &[
        Statement::both("officer.table", include_str!("table.sql")),
        Statement::both("officer.index_office", include_str!("index_office.sql")),
    ],
    indexes: &[],
    follows: false,
    key: &[Key::Text("event")],
};

const WRITE: Statement = Statement::pair(
    "officer.write",
    include_str!("write.sqlite.sql"),
    include_str!("write.postgres.sql"),
);
const RELIEVE: Statement = Statement::pair(
    "officer.relieve",
    include_str!("relieve.sqlite.sql"),
    include_str!("relieve.postgres.sql"),
);
const OF_OFFICE: Statement = Statement::both("officer.of_office", include_str!("of_office.sql"));

row! {
    /// An appointment as the statement takes it.
    pub(crate) struct Row {
        event: Shown<EventId>,
        office: u32,
        name: Option<String>,
        role: &'static str,
        title: String,
        from_day: Shown<Date>,
        until_day: Option<Shown<Date>>,
        decision: Option<String>,
        appointed_position: u64,
        relieved_on: Option<Shown<Date>>,
        relieved_position: Option<u64>,
    }
}

row! {
    /// The end of an appointment.
    pub(crate) struct RelievedRow {
        event: Shown<EventId>,
        relieved_on: Shown<Date>,
        relieved_position: u64,
    }
}

/// Writes the rows of a batch. First who is appointed: somebody may be appointed and relieved in one batch.
pub(crate) async fn write(tx: &mut Tx<'_>, events: &[Recorded<CivilEvent>]) -> Result<(), Fault> {
    let (mut appointed, mut relieved) = (Vec::new(), Vec::new());
    for recorded in events {
        match &recorded.event.body.act {
            Act::OfficerAppointed(act) => {
                appointed.push(Row::of(recorded.event.envelope.event, act, recorded.position));
            }
            Act::OfficerRelieved(act) => relieved.push(RelievedRow {
                event: Shown(act.appointment),
                relieved_on: Shown(act.on),
                relieved_position: recorded.position,
            }),
            _ => {}
        }
    }
    rows::write(tx, &WRITE, &appointed)?;
    if !relieved.is_empty() {
        tx.flush().await?;
    }
    rows::write(tx, &RELIEVE, &relieved)
}

impl Row {
    fn of(event: EventId, act: &OfficerAppointed, position: u64) -> Self {
        Self {
            event: Shown(event),
            office: act.office.0,
            name: act.person.name.value.as_ref().map(|name| name.full().to_owned()),
            role: act.role.name(),
            title: act.title.to_string(),
            from_day: Shown(act.from),
            until_day: act.until.map(Shown),
            decision: act.decision.as_ref().map(ToString::to_string),
            appointed_position: position,
            relieved_on: None,
            relieved_position: None,
        }
    }
}

/// An appointment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OfficerView {
    /// The event that appointed them.
    #[serde(serialize_with = "rows::text")]
    pub event: EventId,
    /// Who; none when the name is not stated.
    pub name: Option<String>,
    /// What they may do.
    pub role: String,
    /// Their title.
    pub title: String,
    /// First day.
    #[serde(serialize_with = "rows::text")]
    pub from: Date,
    /// Last day, as appointed.
    #[serde(serialize_with = "rows::text_opt")]
    pub until: Option<Date>,
    /// By which decision.
    pub decision: Option<String>,
    /// The event that appointed them, by its place in the log.
    pub appointed_position: u64,
    /// The first day without it, when they were relieved.
    #[serde(serialize_with = "rows::text_opt")]
    pub relieved_on: Option<Date>,
    /// The event that says so.
    pub relieved_position: Option<u64>,
}

/// The appointments to an office, past and present, by their first day.
///
/// # Errors
/// [`Fault`] of the store, or naming the column that makes no sense.
pub async fn of_office(reader: &Reader<'_>, office: OfficeId) -> Result<Vec<OfficerView>, Fault> {
    let rows = reader.rows(&OF_OFFICE, &[i64::from(office.0).into()]).await?;
    rows.iter().map(read).collect()
}

fn read(row: &ledger::Row) -> Result<OfficerView, Fault> {
    let record = Record::new(row, "officer", "event");
    let day = |text: &str| Date::parse(text).ok();
    Ok(OfficerView {
        event: record.id("event")?,
        name: record.text_opt("name")?,
        role: record.text("role")?,
        title: record.text("title")?,
        from: record.value("from_day", day)?,
        until: record.value_opt("until_day", day)?,
        decision: record.text_opt("decision")?,
        appointed_position: record.number("appointed_position")?,
        relieved_on: record.value_opt("relieved_on", day)?,
        relieved_position: record.number_opt("relieved_position")?,
    })
}

#[cfg(test)]
pub(crate) const COLUMNS: &[&str] = Row::COLUMNS;
#[cfg(test)]
pub(crate) const RELIEVED_COLUMNS: &[&str] = RelievedRow::COLUMNS;
