//! How long the office may take.

use super::competence::is_foreign;
use super::table::{Dated, Row, Table};
use super::{Confidence, Period};
use std::sync::LazyLock;

/// What a processing time counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Ngày.
    Day,
    /// Ngày làm việc.
    WorkingDay,
}

/// The time in which the office has to answer (thời hạn giải quyết). Zero is "at once": the same working day, the next if received after the cut-off.
#[derive(Debug)]
pub struct ProcessingTime {
    /// The kind of event.
    pub kind: String,
    /// With a foreign element?
    pub foreign_element: bool,
    /// When it holds, by the day of reception.
    pub period: Period,
    /// What the numbers count.
    pub unit: Unit,
    /// The limit.
    pub limit: u16,
    /// The limit in all if something has to be verified, where the law sets one.
    pub limit_with_verification: Option<u16>,
    /// Days of posting (niêm yết), where the law asks for it; of the same unit.
    pub posting: Option<u16>,
    /// How sure we are.
    pub confidence: Confidence,
    /// Where it stands.
    pub article: String,
}

impl Dated for ProcessingTime {
    fn key(&self) -> String {
        format!("{} (foreign element: {})", self.kind, self.foreign_element)
    }

    fn period(&self) -> Period {
        self.period
    }
}

pub(super) static PROCESSING_TIMES: LazyLock<Table<ProcessingTime>> = LazyLock::new(|| {
    Table::read(
        "processing_times.csv",
        include_str!("../../../../schemas/law/processing_times.csv"),
        parse,
    )
});

fn parse(row: &Row<'_>) -> Result<ProcessingTime, String> {
    Ok(ProcessingTime {
        kind: row.text("kind").to_owned(),
        foreign_element: is_foreign(row)?,
        period: row.period()?,
        unit: match row.text("unit") {
            "day" => Unit::Day,
            "working_day" => Unit::WorkingDay,
            _ => return Err("unknown unit".to_owned()),
        },
        limit: row.required("limit")?,
        limit_with_verification: row.number("limit_with_verification")?,
        posting: row.number("posting")?,
        confidence: row.confidence()?,
        article: row.article()?,
    })
}
