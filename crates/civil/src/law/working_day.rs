//! Working days (ngày làm việc), public holidays and the cut-off of 15:00.
//!
//! Fixed holidays, lunar holidays and exchanged days are data. The lunar ones are there for 2023 to 2027 ([`holidays_are_known`]); for other years only the fixed
//! ones are, and a day computed there may be a few days early. Left out because their announcements were not read: the exchanged days of 2026, the second
//! day of National Day 2027, two possible days around Tết 2027, and any holiday introduced after the Labour Code of 2019.

use super::Period;
use super::table::{Basis, Row, Rule, Table};
use crate::value::{Date, TimeOfDay};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The day on which something that is due "at once" is due, for what was received on this local day and time: the same working day, the next one if
/// it came after the cut-off of 15:00 or on a day off (Law 60/2014, Art. 5(3); Decree 87/2020, Art. 7). At 15:00 sharp it is still the same day.
pub fn notice_due(received_at_local: (Date, TimeOfDay)) -> Date {
    let (day, time) = received_at_local;
    let in_time = CUT_OFFS
        .on(day, |_| true)
        .is_none_or(|cut_off| time <= cut_off.time);
    if in_time && is_working_day(day) {
        day
    } else {
        next_working_day(day)
    }
}

/// The day on which something that is due "at once" is due, for what happened on this day at an hour that is not known: the day, or the next working day.
pub fn due_on(day: Date) -> Date {
    if is_working_day(day) {
        day
    } else {
        next_working_day(day)
    }
}

/// The day `working_days` working days after this one; the day itself is not counted. Zero gives the day itself, also if it is a day off.
pub fn add_working_days(day: Date, working_days: u16) -> Date {
    (0..working_days).fold(day, |day, _| next_working_day(day))
}

/// Monday to Friday without public holidays and their substitutes; Saturdays that were exchanged for another day count.
pub fn is_working_day(day: Date) -> bool {
    match CALENDAR.get(&day) {
        Some(day) => !day.off,
        None => !is_weekend(day) && !is_fixed_holiday(day) && !is_substitute(day),
    }
}

/// Is every public holiday of this year in the data, as far as it was announced? 2023 to 2027.
pub fn holidays_are_known(year: u16) -> bool {
    CALENDAR.keys().any(|day| day.year() == year)
}

fn next_working_day(day: Date) -> Date {
    // The longest row of days off in the data is nine; 366 only bounds the search at the end of the calendar.
    (1..=366)
        .filter_map(|days| day.add_days(days))
        .find(|day| is_working_day(*day))
        .unwrap_or(day)
}

fn is_weekend(day: Date) -> bool {
    day.weekday() >= 6
}

fn is_fixed_holiday(day: Date) -> bool {
    FIXED.rows().iter().any(|holiday| {
        holiday.month == day.month() && holiday.day == day.day() && holiday.basis.period.contains(day)
    })
}

/// Is it a day off in place of a holiday that fell on a weekend (Labour Code 2019, Art. 111(3))? Holidays that follow each other push their substitutes on.
fn is_substitute(day: Date) -> bool {
    let Some(start) = day.add_days(-7) else {
        return false;
    };
    let mut owed = 0_u8;
    for days in 0..7 {
        let Some(earlier) = start.add_days(days) else {
            return false;
        };
        let holiday = is_fixed_holiday(earlier) || CALENDAR.get(&earlier).is_some_and(|day| day.compensated);
        let listed = CALENDAR.contains_key(&earlier);
        if is_weekend(earlier) {
            owed += u8::from(holiday);
        } else if !holiday && !listed {
            owed = owed.saturating_sub(1);
        }
    }
    owed > 0
}

/// One row of `holidays.csv`: a day that is off, or a Saturday that is not.
pub(super) struct CalendarDay {
    date: Date,
    off: bool,
    /// If it falls on a weekend, is the next working day off?
    compensated: bool,
    basis: Basis,
}

impl Rule for CalendarDay {
    const FILE: &'static str = "holidays.csv";
    const TEXT: &'static str = include_str!("../../../../schemas/law/holidays.csv");
    const GAPS: bool = true;

    fn read(row: &Row<'_>) -> Result<Self, String> {
        let date = row.date("date")?.ok_or("date is empty")?;
        let day = Period {
            from: Some(date),
            to: Some(date),
        };
        Ok(Self {
            date,
            off: row.flag("off")?,
            compensated: row.flag("compensated")?,
            basis: row.basis_for(day)?,
        })
    }

    fn key(&self) -> String {
        "the calendar".to_owned()
    }

    fn basis(&self) -> &Basis {
        &self.basis
    }
}

/// One row of `fixed_holidays.csv`.
pub(super) struct FixedHoliday {
    month: u8,
    day: u8,
    basis: Basis,
}

impl Rule for FixedHoliday {
    const FILE: &'static str = "fixed_holidays.csv";
    const TEXT: &'static str = include_str!("../../../../schemas/law/fixed_holidays.csv");

    fn read(row: &Row<'_>) -> Result<Self, String> {
        Ok(Self {
            month: row.required("month")?,
            day: row.required("day")?,
            basis: row.basis()?,
        })
    }

    fn key(&self) -> String {
        format!("holiday {:02}-{:02}", self.month, self.day)
    }

    fn basis(&self) -> &Basis {
        &self.basis
    }
}

/// One row of `cut_offs.csv`.
pub(super) struct CutOff {
    time: TimeOfDay,
    basis: Basis,
}

impl Rule for CutOff {
    const FILE: &'static str = "cut_offs.csv";
    const TEXT: &'static str = include_str!("../../../../schemas/law/cut_offs.csv");

    fn read(row: &Row<'_>) -> Result<Self, String> {
        Ok(Self {
            time: TimeOfDay::parse(row.text("time")).map_err(|error| error.to_string())?,
            basis: row.basis()?,
        })
    }

    fn key(&self) -> String {
        "the cut-off".to_owned()
    }

    fn basis(&self) -> &Basis {
        &self.basis
    }
}

static DAYS: LazyLock<Table<CalendarDay>> = LazyLock::new(Table::embedded);
static CALENDAR: LazyLock<BTreeMap<Date, &'static CalendarDay>> =
    LazyLock::new(|| DAYS.rows().iter().map(|day| (day.date, day)).collect());
static FIXED: LazyLock<Table<FixedHoliday>> = LazyLock::new(Table::embedded);
static CUT_OFFS: LazyLock<Table<CutOff>> = LazyLock::new(Table::embedded);

#[cfg(test)]
#[path = "working_day_tests.rs"]
mod tests;
