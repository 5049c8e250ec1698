//! Births and deaths by year of occurrence × year of registration. Of new registrations: what is registered again happened once.

use std::collections::{BTreeMap, BTreeSet};

use civil::kind::Kind;

use super::cell::Figure;
use super::table::{Column, Line, Table};
use super::tally::Tally;

/// A line for each event and year of occurrence, those of which the year is not known last; a column for each year in which something was registered. A pair
/// of years without a registration is blank.
pub(super) fn table(tallies: &[Tally]) -> Table {
    let counted = tallies
        .iter()
        .filter(|tally| tally.is_new() && matches!(tally.kind, Kind::Birth | Kind::Death));
    let mut cells: BTreeMap<(Kind, u16), BTreeMap<u16, u64>> = BTreeMap::new();
    let mut years = BTreeSet::new();
    for tally in counted {
        years.insert(tally.counted_year);
        let occurred = tally.occurred_year.unwrap_or(UNKNOWN);
        let line = cells.entry((tally.kind, occurred)).or_default();
        *line.entry(tally.counted_year).or_default() += tally.count;
    }
    let line = |((kind, occurred), counts): (&(Kind, u16), &BTreeMap<u16, u64>)| {
        let (key, year) = match *occurred {
            UNKNOWN => ("unknown".to_owned(), "không rõ".to_owned()),
            year => (year.to_string(), year.to_string()),
        };
        let event = if *kind == Kind::Birth { "Sinh" } else { "Chết" };
        Line {
            key: format!("{}:{key}", kind.name()),
            label: format!("{event} năm {year}"),
            cells: years
                .iter()
                .map(|year| counts.get(year).copied().map(Figure::Count))
                .collect(),
        }
    };
    Table {
        columns: years.iter().map(|year| Column::registered_in(*year)).collect(),
        lines: cells.iter().map(line).collect(),
    }
}

/// Sorts behind every year.
const UNKNOWN: u16 = u16::MAX;
