//! [`Table`]: a form filled in.

use civil::kind::Kind;

use super::cell::{Cell, Figure};
use super::tally::Tally;

/// A form filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its lines, each with a cell for every column.
    pub lines: Vec<Line>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its stable name.
    pub key: String,
    /// As the form words it, in Vietnamese.
    pub label: String,
}

/// A line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its stable name.
    pub key: String,
    /// In Vietnamese.
    pub label: String,
    /// What stands in it; blank is not zero.
    pub cells: Vec<Option<Figure>>,
}

impl Table {
    /// One line with what these columns count.
    pub(super) fn of(columns: &[Cell], key: &str, label: &str, tallies: &[Tally]) -> Self {
        Self {
            columns: columns.iter().map(Column::of).collect(),
            lines: vec![Line {
                key: key.to_owned(),
                label: label.to_owned(),
                cells: columns.iter().map(|column| column.of(tallies)).collect(),
            }],
        }
    }

    /// What stands in a cell.
    pub fn cell(&self, line: &str, column: &str) -> Option<Figure> {
        let column = self.columns.iter().position(|known| known.key == column)?;
        let line = self.lines.iter().find(|known| known.key == line)?;
        *line.cells.get(column)?
    }
}

impl Column {
    fn of(cell: &Cell) -> Self {
        Self {
            key: cell.key.to_owned(),
            label: cell.label.to_owned(),
        }
    }

    /// The column of a kind of event.
    pub(super) fn of_kind(kind: Kind) -> Self {
        Self {
            key: kind.name().to_owned(),
            label: kind.vietnamese().to_owned(),
        }
    }

    /// The column of a year of registration.
    pub(super) fn registered_in(year: u16) -> Self {
        Self {
            key: year.to_string(),
            label: format!("Đăng ký năm {year}"),
        }
    }
}
