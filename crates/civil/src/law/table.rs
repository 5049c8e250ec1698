//! Reading the tables of `schemas/law/`.

use super::{Confidence, Period};
use crate::value::Date;
use std::collections::BTreeMap;

/// A row that holds for a time.
pub(super) trait Dated {
    /// What the row is about. Rows with the same key must follow each other without gap or overlap.
    fn key(&self) -> String;

    /// When it holds.
    fn period(&self) -> Period;
}

/// The rows of one file, and what is wrong with it.
pub(super) struct Table<T> {
    rows: Vec<T>,
    faults: Vec<String>,
}

/// One row, by the names of its columns.
pub(super) struct Row<'a> {
    columns: &'a csv::StringRecord,
    fields: &'a csv::StringRecord,
}

impl Row<'_> {
    /// The text of a column; empty if there is none.
    pub fn text(&self, column: &str) -> &str {
        let index = self.columns.iter().position(|name| name == column);
        index.and_then(|index| self.fields.get(index)).unwrap_or_default()
    }

    /// A number, or `None` if the field is empty.
    pub fn number<N: std::str::FromStr>(&self, column: &str) -> Result<Option<N>, String> {
        match self.text(column) {
            "" => Ok(None),
            text => text
                .parse()
                .map(Some)
                .map_err(|_| format!("{column} is no number")),
        }
    }

    /// A number that must be there.
    pub fn required<N: std::str::FromStr>(&self, column: &str) -> Result<N, String> {
        self.number(column)?.ok_or_else(|| format!("{column} is empty"))
    }

    /// `1` or `0`.
    pub fn flag(&self, column: &str) -> Result<bool, String> {
        match self.text(column) {
            "1" => Ok(true),
            "0" => Ok(false),
            _ => Err(format!("{column} is neither 0 nor 1")),
        }
    }

    /// A date, or `None` if the field is empty.
    pub fn date(&self, column: &str) -> Result<Option<Date>, String> {
        match self.text(column) {
            "" => Ok(None),
            text => Date::parse(text)
                .map(Some)
                .map_err(|error| format!("{column}: {error}")),
        }
    }

    /// The columns `from` and `to`.
    pub fn period(&self) -> Result<Period, String> {
        Ok(Period {
            from: self.date("from")?,
            to: self.date("to")?,
        })
    }

    /// The column `confidence`.
    pub fn confidence(&self) -> Result<Confidence, String> {
        self.text("confidence").parse()
    }

    /// The column `article`, which every row has.
    pub fn article(&self) -> Result<String, String> {
        match self.text("article") {
            "" => Err("article is empty".to_owned()),
            text => Ok(text.to_owned()),
        }
    }
}

impl<T> Table<T> {
    /// Reads a file; a row that cannot be read becomes a fault that names file and line.
    pub fn read(file: &str, text: &str, parse: impl Fn(&Row<'_>) -> Result<T, String>) -> Self {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let mut table = Self {
            rows: Vec::new(),
            faults: Vec::new(),
        };
        let columns = match reader.headers() {
            Ok(columns) => columns.clone(),
            Err(error) => {
                table.faults.push(format!("{file}: {error}"));
                return table;
            }
        };
        for (index, record) in reader.records().enumerate() {
            let row = record.map_err(|error| error.to_string());
            match row.and_then(|fields| {
                parse(&Row {
                    columns: &columns,
                    fields: &fields,
                })
            }) {
                Ok(row) => table.rows.push(row),
                Err(fault) => table.faults.push(format!("{file}, line {}: {fault}", index + 2)),
            }
        }
        table
    }

    /// All rows, in the order of the file.
    pub fn rows(&self) -> &[T] {
        &self.rows
    }

    /// Rows that could not be read.
    pub fn faults(&self) -> &[String] {
        &self.faults
    }
}

impl<T: Dated> Table<T> {
    /// The row that holds on this day, of those that are wanted.
    pub fn on(&self, date: Date, wanted: impl Fn(&T) -> bool) -> Option<&T> {
        self.rows
            .iter()
            .find(|row| row.period().contains(date) && wanted(row))
    }

    /// All rows that hold on this day, of those that are wanted.
    pub fn all_on(&self, date: Date, wanted: impl Fn(&T) -> bool) -> impl Iterator<Item = &T> {
        self.rows
            .iter()
            .filter(move |row| row.period().contains(date) && wanted(row))
    }

    /// Rows that cannot be read, and per key periods that are empty, leave a gap or overlap.
    pub fn findings(&self, file: &str) -> Vec<String> {
        let mut by_key: BTreeMap<String, Vec<Period>> = BTreeMap::new();
        for row in &self.rows {
            by_key.entry(row.key()).or_default().push(row.period());
        }
        let mut findings = self.faults.clone();
        for (key, mut periods) in by_key {
            periods.sort_by_key(|period| period.from);
            let ends_before_it_begins =
                |period: &Period| matches!((period.from, period.to), (Some(from), Some(to)) if to < from);
            if periods.iter().any(ends_before_it_begins) {
                findings.push(format!("{file}: a period of {key} ends before it begins"));
            }
            if !periods
                .windows(2)
                .all(|pair| matches!(pair, [a, b] if a.is_followed_by(b)))
            {
                findings.push(format!("{file}: the periods of {key} leave a gap or overlap"));
            }
        }
        findings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Rule(String, Period);

    impl Dated for Rule {
        fn key(&self) -> String {
            self.0.clone()
        }

        fn period(&self) -> Period {
            self.1
        }
    }

    fn findings(rows: &str) -> Vec<String> {
        let text = format!("kind,from,to,confidence,article\n{rows}");
        let table = Table::read("rules.csv", &text, |row| {
            Ok(Rule(row.text("kind").to_owned(), row.period()?))
        });
        table.findings("rules.csv")
    }

    #[test]
    fn periods_that_follow_each_other_have_no_finding() {
        assert!(findings("a,,2015-12-31,high,x\na,2016-01-01,,high,x\nb,2016-01-01,,high,x\n").is_empty());
    }

    #[test]
    fn a_gap_an_overlap_a_reversed_period_and_an_unreadable_row_are_found() {
        assert_eq!(
            findings("a,,2015-12-30,high,x\na,2016-01-01,,high,x\n"),
            ["rules.csv: the periods of a leave a gap or overlap"]
        );
        assert_eq!(
            findings("a,,2016-01-01,high,x\na,2016-01-01,,high,x\n"),
            ["rules.csv: the periods of a leave a gap or overlap"]
        );
        assert_eq!(
            findings("a,,,high,x\na,2016-01-01,,high,x\n"),
            ["rules.csv: the periods of a leave a gap or overlap"]
        );
        assert_eq!(
            findings("a,2016-01-01,2015-01-01,high,x\n"),
            ["rules.csv: a period of a ends before it begins"]
        );
        assert_eq!(findings("a,2016-13-01,,high,x\n").len(), 1);
        assert_eq!(findings("a,2016-01-01\n").len(), 1);
    }
}
