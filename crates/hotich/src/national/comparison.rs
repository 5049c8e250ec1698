//! What the ledger counts beside the table, cell by cell.

use std::fmt;

use civil::value::Date;
use projections::statistics::{Months, by_province};
use registry::Registry;

use super::calendar::LAST_DAY;
use super::table::{Cells, KINDS, Province};
use crate::outcome::{Error, Result};

/// The table with the ledger's own counts.
#[derive(Debug)]
pub struct Comparison {
    rows: Vec<Row>,
    /// Registrations in provinces that the table does not have.
    elsewhere: u64,
}

#[derive(Debug)]
struct Row {
    name: &'static str,
    /// What the table says.
    table: Cells,
    /// What the ledger counts; `None` where it has nothing.
    ledger: [Option<u64>; KINDS.len()],
}

impl Comparison {
    /// Of the table with the statistics of a ledger, each office counting for the province it lay in on the table's day.
    pub async fn of(registry: &Registry, provinces: Vec<Province>) -> Result<Self> {
        let (year, month, day) = LAST_DAY;
        let on = Date::new(year, month, day).map_err(Error::using)?;
        let mut counted = by_province(
            &registry.ledger().reader_of_all().await?,
            on,
            Months::of_year(year),
        )
        .await?;
        let mut row = |province: Province| {
            let code = |unit: &civil::unit::UnitId| unit.code() == province.code;
            let found = counted
                .iter()
                .position(|row| row.province.as_ref().is_some_and(code));
            let ledger = found.map(|found| counted.swap_remove(found).columns.cells());
            Row {
                name: province.name,
                table: province.cells,
                ledger: ledger.unwrap_or_default(),
            }
        };
        let rows = provinces.into_iter().map(&mut row).collect();
        let elsewhere = counted.iter().map(|row| row.columns.total()).sum();
        Ok(Self { rows, elsewhere })
    }

    /// Whether every cell is the same, and nothing is counted elsewhere.
    pub fn equal(&self) -> bool {
        self.differing() == 0 && self.elsewhere == 0
    }

    fn differing(&self) -> usize {
        let cells = self.rows.iter().flat_map(|row| row.table.iter().zip(&row.ledger));
        cells.filter(|(table, ledger)| !same(**table, **ledger)).count()
    }
}

/// A cell that was rounded to zero and one that nothing was reported for both leave no registration; everything else is
/// compared to the last digit.
fn same(table: Option<u32>, ledger: Option<u64>) -> bool {
    u64::from(table.unwrap_or_default()) == ledger.unwrap_or_default()
}

impl fmt::Display for Comparison {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            out,
            "\nEach cell: what the ledger counts, what the table says; – where nothing was reported."
        )?;
        write!(out, "{:<18}", "")?;
        for title in [
            "birth",
            "marriage",
            "death",
            "marital status",
            "recognition",
            "guardianship",
        ] {
            write!(out, " {title:>17}")?;
        }
        writeln!(out)?;
        for row in &self.rows {
            write!(out, "{:<18}", row.name)?;
            for (table, ledger) in row.table.iter().zip(&row.ledger) {
                write!(out, " {:>17}", cell(*table, *ledger))?;
            }
            writeln!(out)?;
        }
        let total: u64 = self.rows.iter().flat_map(|row| row.ledger).flatten().sum();
        let expected: u64 = self
            .rows
            .iter()
            .flat_map(|row| row.table)
            .flatten()
            .map(u64::from)
            .sum();
        writeln!(
            out,
            "In all: {total} registrations in the ledger, {expected} in the table."
        )?;
        match (self.differing(), self.elsewhere) {
            (0, 0) => writeln!(
                out,
                "Every one of {} cells is equal.",
                self.rows.len() * KINDS.len()
            ),
            (differing, 0) => writeln!(out, "{differing} cells DIFFER."),
            (differing, elsewhere) => {
                writeln!(
                    out,
                    "{differing} cells DIFFER, and {elsewhere} registrations lie in no province of the table."
                )
            }
        }
    }
}

fn cell(table: Option<u32>, ledger: Option<u64>) -> String {
    match (table, ledger) {
        (None, None) => "–".to_owned(),
        (table, ledger) => {
            let sign = if same(table, ledger) { "=" } else { "≠" };
            let table = table.map_or_else(|| "–".to_owned(), |table| table.to_string());
            format!("{} {sign} {table}", ledger.unwrap_or_default())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(table: Option<u32>, ledger: Option<u64>) -> Comparison {
        let row = Row {
            name: "An Giang",
            table: [table; KINDS.len()],
            ledger: [ledger; KINDS.len()],
        };
        Comparison {
            rows: vec![row],
            elsewhere: 0,
        }
    }

    #[test]
    fn a_cell_that_differs_is_shown_and_found() {
        assert!(one(Some(7), Some(7)).equal() && one(None, None).equal() && one(Some(0), None).equal());
        assert!(!one(Some(7), Some(8)).equal() && !one(Some(7), None).equal() && !one(None, Some(1)).equal());
        assert!(one(Some(7), Some(8)).to_string().contains("8 ≠ 7"));
        assert!(one(None, None).to_string().contains('–'));
    }

    #[test]
    fn registrations_outside_the_table_are_found() {
        let mut comparison = one(Some(7), Some(7));
        comparison.elsewhere = 1;
        assert!(!comparison.equal());
    }
}
