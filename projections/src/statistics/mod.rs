//! How many acts of which kind, where and when? See `README.md`.

#[cfg(test)]
mod cases;
mod province;
mod row;

use civil::id::OfficeId;
use civil::value::Date;
use ledger::{Fault, Key, Reader, Statement, TableSpec, Tx};

pub(crate) use province::sum;
pub use province::{ProvinceRow, SixColumns};
pub use row::Count;
pub(crate) use row::{Row, rows};

pub(crate) const TABLE: TableSpec = TableSpec {
    name: "statistics{g}",
    create: &[Statement::both("statistics.table", include_str!("table.sql"))],
    indexes: &[],
    follows: true,
    key: &[
        Key::Int("office"),
        Key::Text("kind"),
        Key::Int("lane"),
        Key::Int("year"),
        Key::Int("month"),
    ],
};

pub(crate) const WRITE: Statement = Statement::pair(
    "statistics.write",
    include_str!("write.sqlite.sql"),
    include_str!("write.postgres.sql"),
);
const BY_OFFICE: Statement = Statement::both("statistics.by_office", include_str!("by_office.sql"));
const OF_OFFICE: Statement = Statement::both("statistics.of_office", include_str!("of_office.sql"));

/// Months of registration, both ends counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Months {
    first: i64,
    last: i64,
}

impl Months {
    /// Every month.
    pub const ALL: Self = Self {
        first: 0,
        last: i64::MAX,
    };

    /// The months of a year.
    pub fn of_year(year: u16) -> Self {
        let january = i64::from(year) * 12 + 1;
        Self {
            first: january,
            last: january + 11,
        }
    }

    /// From the month of one day to that of another.
    pub fn between(first: Date, last: Date) -> Self {
        let month = |day: Date| i64::from(day.year()) * 12 + i64::from(day.month());
        Self {
            first: month(first),
            last: month(last),
        }
    }
}

/// Writes the rows of a batch.
pub(crate) fn write(tx: &mut Tx<'_>, rows: &[Row]) -> Result<(), Fault> {
    crate::rows::write_later(tx, &WRITE, rows)
}

/// The six columns by province, each office counting for the province in which its unit lay on a day. By the provinces' keys; first,
/// if there is one, the row of offices whose unit is not known.
///
/// # Errors
/// [`Fault`] of the store, or naming the column that makes no sense.
pub async fn by_province(reader: &Reader<'_>, on: Date, months: Months) -> Result<Vec<ProvinceRow>, Fault> {
    let rows = reader
        .rows(&BY_OFFICE, &[months.first.into(), months.last.into()])
        .await?;
    sum(&rows, None, on)
}

/// What an office registered, by month, kind and lane.
///
/// # Errors
/// As [`by_province`].
pub async fn of_office(reader: &Reader<'_>, office: OfficeId, months: Months) -> Result<Vec<Count>, Fault> {
    let params = [
        i64::from(office.0).into(),
        months.first.into(),
        months.last.into(),
    ];
    let rows = reader.rows(&OF_OFFICE, &params).await?;
    rows.iter().map(Count::read).collect()
}

#[cfg(test)]
pub(crate) const COLUMNS: &[&str] = row::Row::COLUMNS;
