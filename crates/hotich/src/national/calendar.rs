//! The working days of 2023 until 2023-10-19, on which the table's registrations are spread.

use civil::law::working_day::is_working_day;
use civil::value::Date;

use crate::outcome::{Error, Result};

/// The day the table was drawn up.
pub const LAST_DAY: (u16, u8, u8) = (2023, 10, 19);

/// Days and weeks of the table's year.
#[derive(Debug)]
pub struct Calendar {
    days: Vec<Date>,
}

/// A moment on a working day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moment {
    /// The day.
    pub day: Date,
    /// Seconds since 1970-01-01T00:00:00Z.
    pub seconds: u64,
}

impl Calendar {
    /// From the first working day of 2023 to [`LAST_DAY`].
    ///
    /// # Errors
    /// Never, as long as 2023 has these days.
    pub fn new() -> Result<Self> {
        let day = |(year, month, day)| Date::new(year, month, day).map_err(Error::using);
        let (first, last) = (day((2023, 1, 1))?, day(LAST_DAY)?);
        let days = (0..=first.days_between(last)).filter_map(|days| first.add_days(days));
        Ok(Self {
            days: days.filter(|day| is_working_day(*day)).collect(),
        })
    }

    /// The moment at that part of the whole time, from 0 up to, and without, 1: a part of the days, and of its day.
    pub fn at(&self, part: f64) -> Option<Moment> {
        let days = part * self.days.len() as f64;
        let day = *self.days.get(days as usize)?;
        // From 07:30 to 16:30 in Vietnam, which is seven hours ahead.
        let in_day = 1_800.0 + days.fract() * 9.0 * 3_600.0;
        let epoch = Date::new(1970, 1, 1).ok()?;
        let midnight = u64::try_from(epoch.days_between(day)).ok()? * 86_400;
        Some(Moment {
            day,
            seconds: midnight + in_day as u64,
        })
    }

    /// The last working day of each week.
    pub fn week_ends(&self) -> Vec<Date> {
        let next_days = self.days.iter().skip(1).map(Some).chain([None]);
        let ends = self.days.iter().zip(next_days);
        ends.filter(|(day, next)| {
            next.is_none_or(|next| next.weekday() <= day.weekday() || day.days_between(*next) > 6)
        })
        .map(|(day, _)| *day)
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acts_are_registered_in_office_hours_of_working_days_in_order() {
        let calendar = Calendar::new().unwrap();
        let moments: Vec<Moment> = (0..1_000)
            .map(|part| calendar.at(f64::from(part) / 1_000.0).unwrap())
            .collect();
        assert!(moments.is_sorted_by_key(|moment| moment.seconds));
        for Moment { day, seconds } in &moments {
            assert_eq!(civil::event::day_in_vietnam(*seconds), Some(*day));
            assert!(is_working_day(*day));
        }
        assert_eq!(calendar.at(0.999_999).unwrap().day.to_string(), "2023-10-19");
        assert_eq!(calendar.at(1.0), None);
    }

    #[test]
    fn every_working_day_lies_in_a_week_that_ends() {
        let calendar = Calendar::new().unwrap();
        let ends = calendar.week_ends();
        assert_eq!(ends.last().unwrap().to_string(), "2023-10-19");
        assert!(ends.is_sorted() && ends.len() > 38, "{}", ends.len());
    }
}
