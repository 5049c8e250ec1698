//! Until when an event has to be declared.

use super::table::{Dated, Row, Table};
use super::{Confidence, Period};
use std::sync::LazyLock;

/// The time limit for declaring an event (thời hạn đi đăng ký). Later is late (quá hạn) and is registered all the same.
#[derive(Debug)]
pub struct TimeLimit {
    /// The kind of event: `birth` or `death`.
    pub kind: String,
    /// When the limit holds, by the day of reception.
    pub period: Period,
    /// Days after the day of the event.
    pub days: u16,
    /// How sure we are.
    pub confidence: Confidence,
    /// Where it stands.
    pub article: String,
}

impl Dated for TimeLimit {
    fn key(&self) -> String {
        self.kind.clone()
    }

    fn period(&self) -> Period {
        self.period
    }
}

pub(super) static TIME_LIMITS: LazyLock<Table<TimeLimit>> = LazyLock::new(|| {
    Table::read(
        "time_limits.csv",
        include_str!("../../../../schemas/law/time_limits.csv"),
        parse,
    )
});

fn parse(row: &Row<'_>) -> Result<TimeLimit, String> {
    Ok(TimeLimit {
        kind: row.text("kind").to_owned(),
        period: row.period()?,
        days: row.required("days")?,
        confidence: row.confidence()?,
        article: row.article()?,
    })
}
