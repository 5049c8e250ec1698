//! Reading the tables of `schemas/law/`.

use super::{Confidence, KINDS, Period};
use crate::kind::Kind;
use crate::value::Date;
use std::collections::BTreeMap;
use std::str::FromStr;

/// What every row says of itself: when it holds, how sure we are, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basis {
    /// When the row holds.
    pub period: Period,
    /// How sure we are.
    pub confidence: Confidence,
    /// Where it stands.
    pub article: String,
}

/// A row of a table: something that holds for a time.
pub(super) trait Rule: Sized {
    /// The file in `schemas/law/`.
    const FILE: &'static str;
    /// Its text, as it was when the program was built.
    const TEXT: &'static str;
    /// May there be days between two rows of one key on which neither holds?
    const GAPS: bool = false;

    /// Reads a row.
    ///
    /// # Errors
    /// What is wrong with it, in English.
    fn read(row: &Row<'_>) -> Result<Self, String>;

    /// What the row is about. Rows with the same key follow each other without overlap, and without gap unless [`Rule::GAPS`].
    fn key(&self) -> String;

    /// When it holds, how sure we are, and where it stands.
    fn basis(&self) -> &Basis;

    /// What is wrong with the rows as a whole, beside gaps and overlaps.
    fn faults_of(_: &[Self]) -> Vec<String> {
        Vec::new()
    }
}

/// The rows of one file, and those that could not be read.
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

    /// The text of a column that must hold one.
    pub fn filled(&self, column: &str) -> Result<String, String> {
        match self.text(column) {
            "" => Err(format!("{column} is empty")),
            text => Ok(text.to_owned()),
        }
    }

    /// One of the words that the column knows.
    pub fn word<W: FromStr<Err = String>>(&self, column: &str) -> Result<W, String> {
        self.text(column).parse()
    }

    /// One of these, by its name.
    pub fn named<T: Copy>(&self, column: &str, all: &[T], name: fn(T) -> &'static str) -> Result<T, String> {
        let text = self.text(column);
        let found = all.iter().copied().find(|known| name(*known) == text);
        found.ok_or_else(|| format!("unknown {column}"))
    }

    /// Some of these, by their names, divided by `|`.
    pub fn several<T: Copy>(
        &self,
        column: &str,
        all: &[T],
        name: fn(T) -> &'static str,
    ) -> Result<Vec<T>, String> {
        let one = |word: &str| all.iter().copied().find(|known| name(*known) == word);
        let found = self.text(column).split('|').map(one).collect::<Option<_>>();
        found.ok_or_else(|| format!("unknown word in {column}"))
    }

    /// The column `kind`: one of [`KINDS`].
    pub fn kind(&self) -> Result<&'static str, String> {
        let text = self.text("kind");
        let known = KINDS.into_iter().find(|known| *known == text);
        known.ok_or_else(|| format!("unknown kind {text}"))
    }

    /// The column `kind`, where `any` stands for all of [`KINDS`].
    pub fn kind_or_any(&self) -> Result<Option<&'static str>, String> {
        match self.text("kind") {
            "any" => Ok(None),
            _ => self.kind().map(Some),
        }
    }

    /// The column `kind`, where it may name a kind that is no file: of the administration, or of an office's own books.
    pub fn kind_of_event(&self) -> Result<Kind, String> {
        let text = self.text("kind");
        Kind::named(text).ok_or_else(|| format!("unknown kind {text}"))
    }

    /// A number, or `None` if the field is empty.
    pub fn number<N: FromStr>(&self, column: &str) -> Result<Option<N>, String> {
        match self.text(column) {
            "" => Ok(None),
            text => text
                .parse()
                .map(Some)
                .map_err(|_| format!("{column} is no number")),
        }
    }

    /// A number that must be there.
    pub fn required<N: FromStr>(&self, column: &str) -> Result<N, String> {
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

    /// The columns `from`, `to`, `confidence` and `article`, which every row has.
    pub fn basis(&self) -> Result<Basis, String> {
        let period = Period {
            from: self.date("from")?,
            to: self.date("to")?,
        };
        self.basis_for(period)
    }

    /// As [`Row::basis`], for rows whose period stands in other columns.
    pub fn basis_for(&self, period: Period) -> Result<Basis, String> {
        Ok(Basis {
            period,
            confidence: self.word("confidence")?,
            article: self.filled("article")?,
        })
    }
}

impl<T: Rule> Table<T> {
    /// The table that comes with the program.
    pub fn embedded() -> Self {
        Self::of(T::TEXT)
    }

    /// Reads a text; a row that cannot be read becomes a fault that names its line.
    pub fn of(text: &str) -> Self {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let mut table = Self {
            rows: Vec::new(),
            faults: Vec::new(),
        };
        let columns = match reader.headers() {
            Ok(columns) => columns.clone(),
            Err(error) => {
                table.faults.push(error.to_string());
                return table;
            }
        };
        for (index, record) in reader.records().enumerate() {
            let row = record.map_err(|error| error.to_string());
            match row.and_then(|fields| {
                T::read(&Row {
                    columns: &columns,
                    fields: &fields,
                })
            }) {
                Ok(row) => table.rows.push(row),
                Err(fault) => table.faults.push(format!("line {}: {fault}", index + 2)),
            }
        }
        table
    }

    /// All rows, in the order of the file.
    pub fn rows(&self) -> &[T] {
        &self.rows
    }

    /// The row that holds on this day, of those that are wanted.
    pub fn on(&self, date: Date, wanted: impl Fn(&T) -> bool) -> Option<&T> {
        self.all_on(date, wanted).next()
    }

    /// All rows that hold on this day, of those that are wanted.
    pub fn all_on(&self, date: Date, wanted: impl Fn(&T) -> bool) -> impl Iterator<Item = &T> {
        self.rows
            .iter()
            .filter(move |row| row.basis().period.contains(date) && wanted(row))
    }

    /// Rows that cannot be read; per key, periods that are empty, leave a gap or overlap; and what the rule itself finds.
    pub fn findings(&self) -> Vec<String> {
        let mut by_key: BTreeMap<String, Vec<Period>> = BTreeMap::new();
        for row in &self.rows {
            by_key.entry(row.key()).or_default().push(row.basis().period);
        }
        let mut findings = self.faults.clone();
        if self.rows.is_empty() {
            findings.push("it has no row".to_owned());
        }
        for (key, mut periods) in by_key {
            periods.sort_by_key(|period| period.from);
            let ends_before_it_begins =
                |period: &Period| matches!((period.from, period.to), (Some(from), Some(to)) if to < from);
            if periods.iter().any(ends_before_it_begins) {
                findings.push(format!("a period of {key} ends before it begins"));
            }
            let follows = |a: &Period, b: &Period| a.is_followed_by(b) || T::GAPS && a.ends_before(b);
            if !periods
                .windows(2)
                .all(|pair| matches!(pair, [a, b] if follows(a, b)))
            {
                findings.push(format!("the periods of {key} leave a gap or overlap"));
            }
        }
        findings.extend(T::faults_of(&self.rows));
        findings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Plain(String, Basis);

    impl Rule for Plain {
        const FILE: &'static str = "rules.csv";
        const TEXT: &'static str = "";

        fn read(row: &Row<'_>) -> Result<Self, String> {
            Ok(Self(row.filled("kind")?, row.basis()?))
        }

        fn key(&self) -> String {
            self.0.clone()
        }

        fn basis(&self) -> &Basis {
            &self.1
        }
    }

    fn findings(rows: &str) -> Vec<String> {
        let text = format!("kind,from,to,confidence,article\n{rows}");
        Table::<Plain>::of(&text).findings()
    }

    #[test]
    fn periods_that_follow_each_other_have_no_finding() {
        assert!(findings("a,,2015-12-31,high,x\na,2016-01-01,,high,x\nb,2016-01-01,,high,x\n").is_empty());
    }

    #[test]
    fn a_gap_an_overlap_a_reversed_period_and_an_unreadable_row_are_found() {
        let gap_or_overlap = ["the periods of a leave a gap or overlap"];
        assert_eq!(
            findings("a,,2015-12-30,high,x\na,2016-01-01,,high,x\n"),
            gap_or_overlap
        );
        assert_eq!(
            findings("a,,2016-01-01,high,x\na,2016-01-01,,high,x\n"),
            gap_or_overlap
        );
        assert_eq!(findings("a,,,high,x\na,2016-01-01,,high,x\n"), gap_or_overlap);
        assert_eq!(
            findings("a,2016-01-01,2015-01-01,high,x\n"),
            ["a period of a ends before it begins"]
        );
        let unreadable = |row: &str, why: &str| {
            assert_eq!(
                findings(&format!("b,,,high,x\n{row}\n")),
                [format!("line 3: {why}")]
            );
        };
        unreadable("a,,,sure,x", "unknown confidence");
        unreadable("a,,,high,", "article is empty");
        unreadable(",,,high,x", "kind is empty");
        assert_eq!(findings("b,,,high,x\na,2016-13-01,,high,x\n").len(), 1);
        assert_eq!(findings("b,,,high,x\na,2016-01-01\n").len(), 1);
        assert_eq!(findings(""), ["it has no row"]);
    }
}
