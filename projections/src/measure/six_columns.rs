//! The six columns of the national table by province, at any position.

use civil::id::OfficeId;
use civil::value::Date;
use ledger::{Fault, Row};

use super::cell::Figure;
use super::table::{Column, Line, Table};
use crate::statistics::{self, SixColumns};

/// How the line of offices is called of which no unit is known.
const NO_UNIT: &str = "Cơ quan chưa gắn đơn vị hành chính";

/// A line for each province, first that of offices whose unit is not known; last the sum, where there is anything to add.
pub(super) fn table(rows: &[Row], offices: Option<&[OfficeId]>, units_on: Date) -> Result<Table, Fault> {
    let provinces = statistics::sum(rows, offices, units_on)?;
    let line = |row: &statistics::ProvinceRow| Line {
        key: row.province.map(|id| id.to_string()).unwrap_or_default(),
        label: if row.province.is_some() { row.name } else { NO_UNIT }.to_owned(),
        cells: row.columns.cells().map(|count| count.map(Figure::Count)).to_vec(),
    };
    let mut lines: Vec<Line> = provinces.iter().map(line).collect();
    if lines.len() > 1 {
        lines.push(total(&provinces));
    }
    Ok(Table {
        columns: SixColumns::KINDS.into_iter().map(Column::of_kind).collect(),
        lines,
    })
}

/// The sum of each column; blank where all of it is blank.
fn total(provinces: &[statistics::ProvinceRow]) -> Line {
    let sum = |column: usize| {
        let counts = provinces.iter().filter_map(|row| row.columns.cells()[column]);
        counts.reduce(|one, other| one + other).map(Figure::Count)
    };
    Line {
        key: "total".to_owned(),
        label: "Tổng cộng".to_owned(),
        cells: (0..SixColumns::KINDS.len()).map(sum).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::ProvinceRow;

    #[test]
    fn the_last_line_is_the_sum_and_blank_where_every_line_is() {
        let row = |birth, marriage| ProvinceRow {
            province: None,
            name: "",
            columns: SixColumns {
                birth,
                marriage,
                ..SixColumns::default()
            },
        };
        let sum = total(&[row(Some(2), Some(0)), row(Some(3), None)]);
        let counts = [
            Some(Figure::Count(5)),
            Some(Figure::Count(0)),
            None,
            None,
            None,
            None,
        ];
        assert_eq!(sum.cells, counts);
    }
}
