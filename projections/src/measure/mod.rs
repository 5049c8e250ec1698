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

use civil::event::CivilEvent;
use ledger::{Fault, Key, Param, Reader, Recorded, Statement, TableSpec, Tx};

pub use area::Area;
pub use cell::Figure;
pub use question::{Figures, Form, Question};
pub(crate) use row::{Row, rows};
pub use table::{Column, Line, Table};

use crate::record::Record;
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
    key: &[Key::Int("since"), Key::Int("opened"), Key::Int("count")],
};

/// Sums of `measure` over all offices: of each block of the log, by day of registration.
pub(crate) const TALLY_TABLE: TableSpec = TableSpec {
    name: "tally{g}",
    create: &[Statement::both(
        "measure.tally_table",
        include_str!("tally_table.sql"),
    )],
    indexes: &[],
    follows: true,
    key: &[
        Key::Int("counted_on"),
        Key::Int("block"),
        Key::Int("as_registered"),
        Key::Text("kind"),
        Key::Text("counted_as"),
    ],
};

pub(crate) const WRITE: Statement = Statement::pair(
    "measure.write",
    include_str!("write.sqlite.sql"),
    include_str!("write.postgres.sql"),
);
pub(crate) const SUM_UP: Statement = Statement::both("measure.sum_up", include_str!("sum_up.sql"));
const REACHED: Statement = Statement::both("measure.reached", include_str!("reached.sql"));
const OF_COUNTRY: Statement = Statement::both(
    "measure.of_country",
    concat!(include_str!("of_country.sql"), include_str!("tally.sql")),
);
const OF_OFFICES: Statement = Statement::pair(
    "measure.of_offices",
    concat!(include_str!("of_offices.sqlite.sql"), include_str!("tally.sql")),
    concat!(include_str!("of_offices.postgres.sql"), include_str!("tally.sql")),
);
const BY_OFFICE: Statement = Statement::both("measure.by_office", include_str!("by_office.sql"));

/// Positions that are summed up together. No batch is longer, live or replayed.
pub(crate) const BLOCK: u64 = if cfg!(test) { 2_048 } else { 16_384 };

/// Writes the rows of a batch.
pub(crate) fn write(tx: &mut Tx<'_>, rows: &[Row]) -> Result<(), Fault> {
    crate::rows::write_later(tx, &WRITE, rows)
}

/// Sums up each block that ends a block before one that a batch completes. Rows that are sent together do not see each other on PostgreSQL; those of a block
/// so far back were sent before, whatever the batches. So the sums, too, follow from the events alone.
pub(crate) fn sum_up(tx: &mut Tx<'_>, events: &[Recorded<CivilEvent>]) {
    let (Some(first), Some(last)) = (events.first(), events.last()) else {
        return;
    };
    for complete in first.position / BLOCK + 1..=(last.position + 1) / BLOCK {
        if let Some(block) = complete.checked_sub(2) {
            let block = format!("{:020}{:020}", block * BLOCK, (block + 1) * BLOCK);
            tx.write_rows_later(&SUM_UP, block);
        }
    }
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

/// Of the country by the sums of blocks, and row by row what came after them; of offices row by row.
async fn tallies(reader: &Reader<'_>, question: &Question) -> Result<Vec<Tally>, Fault> {
    let mut params: Vec<Param<'static>> = parameters(question).into();
    let rows = match question.area.offices(reader, question.units_on).await? {
        Some(offices) => {
            let offices: Vec<u32> = offices.iter().map(|office| office.0).collect();
            params.push(crate::rows::json("measuring offices", &offices)?.into());
            reader.rows(&OF_OFFICES, &params).await?
        }
        None => {
            let summed = summed_up_to(reader, question.position).await?;
            params.push(i64::try_from(summed).unwrap_or(i64::MAX).into());
            reader.rows(&OF_COUNTRY, &params).await?
        }
    };
    rows.iter().map(Tally::read).collect()
}

/// The position up to which whole blocks are summed up, and none is of later events than is asked for.
async fn summed_up_to(reader: &Reader<'_>, position: u64) -> Result<u64, Fault> {
    let row = reader.row(&REACHED, &[]).await?;
    let reached = row.map(|row| Record::new(&row, "measure", "reached").number("reached"));
    let reached: u64 = reached.transpose()?.unwrap_or_default();
    let summed = (reached / BLOCK).saturating_sub(1);
    Ok(summed.min(position.saturating_add(1) / BLOCK) * BLOCK)
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
