//! The six columns of the national table by province, at any position.

use civil::id::OfficeId;
use civil::value::Date;
use ledger::{Fault, Row};

use super::cell::Figure;
use super::table::{Column, Line, Table};
use crate::statistics::{self, SixColumns};

/// A line for each province, first that of offices whose unit is not known.
pub(super) fn table(rows: &[Row], offices: Option<&[OfficeId]>, units_on: Date) -> Result<Table, Fault> {
    let provinces = statistics::sum(rows, offices, units_on)?;
    let line = |row: &statistics::ProvinceRow| Line {
        key: row.province.map(|id| id.to_string()).unwrap_or_default(),
        label: row.name.to_owned(),
        cells: row.columns.cells().map(|count| count.map(Figure::Count)).to_vec(),
    };
    Ok(Table {
        columns: SixColumns::KINDS.into_iter().map(Column::of_kind).collect(),
        lines: provinces.iter().map(line).collect(),
    })
}
