//! Times that the law sets beside the time to declare an event and the time of the office.

use super::processing_time::Unit;
use super::table::{Basis, Row, Rule, Table};
use super::words::words;
use super::working_day::add_working_days;
use crate::value::Date;
use std::sync::LazyLock;

words! {
    /// A time that the law sets.
    pub enum Limit "limit" {
        /// Until when a court or authority tells the office of its judgment or decision, after it has effect (Law 60/2014, Art. 30).
        JudgmentNotice = "judgment_notice",
        /// How long another office may take to answer a verification, before the declarant's undertaking does (Circular 04/2020, Art. 4).
        Verification = "verification",
        /// How long a foundling is posted (Decree 123/2015, Art. 14).
        PostingFoundling = "posting_foundling",
        /// How long a recognition with a foreign element is posted (Law 60/2014, Art. 44).
        PostingRecognitionForeign = "posting_recognition_foreign",
        /// How long a confirmation of marital status is good (Decree 123/2015, Art. 23).
        ConfirmationValid = "confirmation_valid",
        /// Until when the books of a year are closed (Decree 123/2015, Art. 11).
        BookClose = "book_close",
        /// How long a child must have lived to be registered without its parents asking (Civil Code 2015, Art. 30).
        Lived = "lived",
        /// Before which year a registration was made that may be made again (Decree 123/2015, Art. 24).
        RegisteredBefore = "registered_before",
    }
}

/// A row of `limits.csv`.
#[derive(Debug)]
pub struct LimitRow {
    /// Which.
    pub limit: Limit,
    /// How much.
    pub value: u16,
    /// Of what.
    pub unit: Unit,
    /// When it holds, by the day of reception.
    pub basis: Basis,
}

impl Limit {
    /// The limit as it is for what was received on this day; `None` where it is not known.
    pub fn on(self, received_on: Date) -> Option<&'static LimitRow> {
        LIMITS.on(received_on, |row| row.limit == self)
    }
}

impl LimitRow {
    /// The last day of a time that begins with this day, the day itself not counted; `None` for hours and calendar years, and at the end of the calendar.
    pub fn last_day_after(&self, start: Date) -> Option<Date> {
        match self.unit {
            Unit::Day => start.add_days(self.value.into()),
            Unit::WorkingDay => Some(add_working_days(start, self.value)),
            Unit::Month => start.add_months(self.value),
            Unit::DayOfJanuary => {
                Date::new(start.year().checked_add(1)?, 1, u8::try_from(self.value).ok()?).ok()
            }
            Unit::Hour | Unit::Year => None,
        }
    }

    /// How many hours it is, when it is counted in hours.
    pub fn hours(&self) -> Option<i64> {
        (self.unit == Unit::Hour).then_some(self.value.into())
    }
}

impl Rule for LimitRow {
    const FILE: &'static str = "limits.csv";
    const TEXT: &'static str = include_str!("../../../../schemas/law/limits.csv");

    fn read(row: &Row<'_>) -> Result<Self, String> {
        Ok(Self {
            limit: row.word("name")?,
            value: row.required("value")?,
            unit: row.word("unit")?,
            basis: row.basis()?,
        })
    }

    fn key(&self) -> String {
        self.limit.word().to_owned()
    }

    fn basis(&self) -> &Basis {
        &self.basis
    }

    fn faults_of(rows: &[Self]) -> Vec<String> {
        let missing = Limit::ALL
            .iter()
            .filter(|limit| !rows.iter().any(|row| row.limit == **limit));
        missing
            .map(|limit| format!("{} has no row", limit.word()))
            .collect()
    }
}

static LIMITS: LazyLock<Table<LimitRow>> = LazyLock::new(Table::embedded);
