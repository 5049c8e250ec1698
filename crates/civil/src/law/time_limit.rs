//! Until when an event has to be declared.

use super::table::{Basis, Row, Rule, Table};
use std::sync::LazyLock;

/// The time limit for declaring an event (thời hạn đi đăng ký). Later is late (quá hạn) and is registered all the same.
#[derive(Debug)]
pub struct TimeLimit {
    /// The kind of event: `birth` or `death`.
    pub kind: &'static str,
    /// Days after the day of the event.
    pub days: u16,
    /// When the limit holds, by the day of reception.
    pub basis: Basis,
}

impl Rule for TimeLimit {
    const FILE: &'static str = "time_limits.csv";
    const TEXT: &'static str = include_str!("../../../../schemas/law/time_limits.csv");

    fn read(row: &Row<'_>) -> Result<Self, String> {
        Ok(Self {
            kind: row.kind()?,
            days: row.required("days")?,
            basis: row.basis()?,
        })
    }

    fn key(&self) -> String {
        self.kind.to_owned()
    }

    fn basis(&self) -> &Basis {
        &self.basis
    }
}

pub(super) static TIME_LIMITS: LazyLock<Table<TimeLimit>> = LazyLock::new(Table::embedded);
