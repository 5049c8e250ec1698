//! A span of days.

use crate::value::Date;

/// The days on which a rule holds, both ends included; `None` is an open end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub to: Option<Date>,
}

impl Period {
    /// Does the rule hold on this day?
    pub fn contains(&self, date: Date) -> bool {
        self.from.is_none_or(|from| from <= date) && self.to.is_none_or(|to| date <= to)
    }

    /// The days of both this period and the days from `first` to `last`; `None` if they share none.
    pub(super) fn clip(&self, first: Date, last: Date) -> Option<(Date, Date)> {
        let from = self.from.map_or(first, |from| from.max(first));
        let to = self.to.map_or(last, |to| to.min(last));
        (from <= to).then_some((from, to))
    }

    /// Is `next` the period that begins the day after this one ends?
    pub(super) fn is_followed_by(&self, next: &Self) -> bool {
        let day_after = self.to.and_then(|to| to.add_days(1));
        day_after.is_some() && day_after == next.from
    }

    /// Does this period end before `next` begins?
    pub(super) fn ends_before(&self, next: &Self) -> bool {
        matches!((self.to, next.from), (Some(to), Some(from)) if to < from)
    }

    /// Do the two share a day?
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        !self.ends_before(other) && !other.ends_before(self)
    }
}
