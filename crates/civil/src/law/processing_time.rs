//! How long the office may take.

use super::Occasion;
use super::table::{Basis, Row, Rule, Table};
use super::words::words;
use std::sync::LazyLock;

words! {
    /// What a time of the law counts.
    pub enum Unit "unit" {
        /// Giờ.
        Hour = "hour",
        /// Ngày.
        Day = "day",
        /// Ngày làm việc.
        WorkingDay = "working_day",
        /// Tháng.
        Month = "month",
        /// A day of January of the year that follows.
        DayOfJanuary = "day_of_january",
        /// A calendar year: before its first day.
        Year = "year",
    }
}

/// The time in which the office has to answer (thời hạn giải quyết). Zero is "at once": the same working day, the next if received after the cut-off.
#[derive(Debug)]
pub struct ProcessingTime {
    /// The kind of event.
    pub kind: &'static str,
    /// The sort of case.
    pub occasion: Occasion,
    /// What the numbers count: days or working days.
    pub unit: Unit,
    /// The limit.
    pub limit: u16,
    /// The limit in all if something has to be verified, where the law sets one.
    pub limit_with_verification: Option<u16>,
    /// When it holds, by the day of reception.
    pub basis: Basis,
}

impl Rule for ProcessingTime {
    const FILE: &'static str = "processing_times.csv";
    const TEXT: &'static str = include_str!("../../../../schemas/law/processing_times.csv");

    fn read(row: &Row<'_>) -> Result<Self, String> {
        Ok(Self {
            kind: row.kind()?,
            occasion: row.word("case")?,
            unit: match row.word("unit")? {
                unit @ (Unit::Day | Unit::WorkingDay) => unit,
                _ => return Err("a processing time counts days or working days".to_owned()),
            },
            limit: row.required("limit")?,
            limit_with_verification: row.number("limit_with_verification")?,
            basis: row.basis()?,
        })
    }

    fn key(&self) -> String {
        format!("{}, {}", self.kind, self.occasion.word())
    }

    fn basis(&self) -> &Basis {
        &self.basis
    }
}

pub(super) static PROCESSING_TIMES: LazyLock<Table<ProcessingTime>> = LazyLock::new(Table::embedded);
