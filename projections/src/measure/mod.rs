//! How many acts of which sort were registered in an area and a period, as registered and as corrected, as the ledger stood at a position? See `README.md`.

pub mod area;
#[cfg(test)]
mod cases;
mod cell;
mod dimensions;
mod form_13a;
mod form_14a;
mod occurrence;
mod question;
mod row;
mod six_columns;
mod table;
mod tally;
mod timeliness;

use ledger::{Fault, Key, Param, Reader, Statement, TableSpec, Tx};

pub use area::Area;
pub use cell::Figure;
pub use question::{Figures, Form, Question};
pub(crate) use row::{Row, rows};
pub use table::{Column, Line, Table};

use civil::id::OfficeId;
use row::day_number;
use tally::Tally;

pub(crate) const TABLE: TableSpec = TableSpec {
    name: "measure{g}",
    create: &[Statement::both("measure.table", include_str!("table.sql"))],
    indexes: &[Statement::both(
        "measure.index_office",
        include_str!("index_office.sql"),
    )],
    follows: true,
    key: &[Key::Int("opened"), Key::Int("since"), Key::Int("sign")],
};

pub(crate) const WRITE: Statement = Statement::pair(
    "measure.write",
    include_str!("write.sqlite.sql"),
    include_str!("write.postgres.sql"),
);
const TALLY: Statement = Statement::both("measure.tally", include_str!("tally.sql"));
const TALLY_OFFICE: Statement = Statement::both("measure.tally_office", include_str!("tally_office.sql"));
const BY_OFFICE: Statement = Statement::both("measure.by_office", include_str!("by_office.sql"));

/// Writes the rows of a batch.
pub(crate) fn write(tx: &mut Tx<'_>, rows: &[Row]) -> Result<(), Fault> {
    crate::rows::write_later(tx, &WRITE, rows)
}

/// The form, filled in.
///
/// # Errors
/// [`Fault`] of the store, or naming the column that makes no sense.
pub async fn table(reader: &Reader<'_>, question: &Question) -> Result<Table, Fault> {
    if question.form == Form::SixColumns {
        let rows = reader.rows(&BY_OFFICE, &parameters(question)).await?;
        let offices = question.area.offices(reader, question.units_on).await?;
        return six_columns::table(&rows, offices.as_deref(), question.units_on);
    }
    let tallies = tallies(reader, question).await?;
    let (key, label) = question.area.named(reader).await?;
    let one_line = |columns| Table::of(columns, &key, &label, &tallies);
    Ok(match question.form {
        Form::Form13a => one_line(&form_13a::COLUMNS),
        Form::Form14a => one_line(&form_14a::COLUMNS),
        Form::Timeliness => one_line(&timeliness::COLUMNS),
        Form::Occurrence | Form::SixColumns => occurrence::table(&tallies),
    })
}

/// One statement for the country, or one for each office of the area: each reads no more than that office's days.
async fn tallies(reader: &Reader<'_>, question: &Question) -> Result<Vec<Tally>, Fault> {
    let mut params: Vec<Param<'static>> = parameters(question).into();
    let Some(offices) = question.area.offices(reader, question.units_on).await? else {
        let rows = reader.rows(&TALLY, &params).await?;
        return rows.iter().map(Tally::read).collect();
    };
    let mut tallies = Vec::new();
    for OfficeId(office) in offices {
        params.truncate(4);
        params.push(i64::from(office).into());
        for row in reader.rows(&TALLY_OFFICE, &params).await? {
            tallies.push(Tally::read(&row)?);
        }
    }
    Ok(tallies)
}

fn parameters(question: &Question) -> [Param<'static>; 4] {
    [
        i64::from(day_number(question.from)).into(),
        i64::from(day_number(question.to)).into(),
        i64::try_from(question.position).unwrap_or(i64::MAX).into(),
        i64::from(question.figures == Figures::AsRegistered).into(),
    ]
}

#[cfg(test)]
pub(crate) const COLUMNS: &[&str] = row::Row::COLUMNS;
