//! A date of which only a part may be known.

use super::date::{digits, no_such_day};
use super::{Date, ValueError, words};
use std::fmt;

/// A date with optional year, month and day; at least one of them is known. On the wire EDTF (ISO 8601-2), one text per value:
/// `2019-05-14`, `2019-05`, `2019`, `2019-XX-05`, `XXXX-05-14`, `XXXX-05`, `XXXX-XX-14`.
///
/// Old books give "1950", "05/1962" or a day without a year. What is missing stays missing; [`PartialDate::earliest`] and
/// [`PartialDate::latest`] bound it. A date of which nothing is known is not a date but a missing value with its reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    year: Option<u16>,
    month: Option<u8>,
    day: Option<u8>,
}

/// The answer to a question about dates of which only a part is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Certainty {
    /// True for every date the parts allow.
    Definitely,
    /// True for some of them.
    Possibly,
    /// True for none of them.
    Impossible,
}

impl Certainty {
    /// From "it can be" and "it must be".
    pub fn from_bounds(can: bool, must: bool) -> Self {
        match (must, can) {
            (true, _) => Self::Definitely,
            (false, true) => Self::Possibly,
            (false, false) => Self::Impossible,
        }
    }

    /// Definitely or possibly.
    pub fn can_be(self) -> bool {
        self != Self::Impossible
    }
}

impl PartialDate {
    /// A date from what is known of it.
    ///
    /// Errors: `nothing_known`, `no_such_day` (a month 13, 30 February, 29 February of a common year).
    pub fn new(year: Option<u16>, month: Option<u8>, day: Option<u8>) -> Result<Self, ValueError> {
        if (year, month, day) == (None, None, None) {
            return Err(ValueError::new(
                "nothing_known",
                "Chưa biết ngày, tháng hoặc năm nào.",
                "Neither day, month nor year is known.",
            ));
        }
        // A day without its year or month is possible if some year (2000 is a leap year) or some month (January) has it.
        Date::new(year.unwrap_or(2000), month.unwrap_or(1), day.unwrap_or(1))?;
        Ok(Self { year, month, day })
    }

    /// Only the year is known.
    ///
    /// Errors: `no_such_day`.
    pub fn from_year(year: u16) -> Result<Self, ValueError> {
        Self::new(Some(year), None, None)
    }

    /// Reads EDTF, with unknown parts as `XXXX` and `XX`; unknown parts at the end may be written or left out.
    ///
    /// Errors: `not_a_partial_date`, `nothing_known`, `no_such_day`.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let mut parts = text.split('-');
        let year = part(parts.next(), 4)?;
        let month = part(parts.next(), 2)?;
        let day = part(parts.next(), 2)?;
        if parts.next().is_some() {
            return Err(not_a_partial_date());
        }
        Self::new(year, narrow(month)?, narrow(day)?)
    }

    /// Reads a date as books and spreadsheets write it: `14/05/2019`, `14.5.2019`, `05/2019`, `05.2019`, `2019`; separators `/`, `.` or `-`.
    ///
    /// Errors: `not_a_partial_date`, `no_such_day`.
    pub fn parse_written(text: &str) -> Result<Self, ValueError> {
        let parts: Vec<&str> = text.trim().split(['/', '.', '-']).map(str::trim).collect();
        let (day, month, year) = match parts.as_slice() {
            [year] => (None, None, *year),
            [month, year] => (None, Some(*month), *year),
            [day, month, year] => (Some(*day), Some(*month), *year),
            _ => return Err(not_a_partial_date()),
        };
        if year.len() != 4 {
            return Err(not_a_partial_date());
        }
        let year = digits(year.as_bytes()).ok_or_else(not_a_partial_date)?;
        Self::new(Some(year), short(month)?, short(day)?)
    }

    /// The year, if known.
    pub fn year(&self) -> Option<u16> {
        self.year
    }

    /// The month, if known, 1 to 12.
    pub fn month(&self) -> Option<u8> {
        self.month
    }

    /// The day of the month, if known, 1 to 31.
    pub fn day(&self) -> Option<u8> {
        self.day
    }

    /// The full date, if all parts are known.
    pub fn full(&self) -> Option<Date> {
        Date::new(self.year?, self.month?, self.day?).ok()
    }

    /// The first day it can be; `None` when the year is not known.
    pub fn earliest(&self) -> Option<Date> {
        let day = self.day.unwrap_or(1);
        let months = self.month.map_or(1..=12, |month| month..=month);
        self.first_that_exists(months, std::iter::once(day))
    }

    /// The last day it can be; `None` when the year is not known.
    pub fn latest(&self) -> Option<Date> {
        let days = self.day.map_or(28..=31, |day| day..=day);
        let months = self.month.map_or(1..=12, |month| month..=month);
        self.first_that_exists(months.rev(), days.rev())
    }

    fn first_that_exists(
        &self,
        months: impl Iterator<Item = u8>,
        days: impl Iterator<Item = u8> + Clone,
    ) -> Option<Date> {
        let year = self.year?;
        months
            .flat_map(|month| days.clone().map(move |day| (month, day)))
            .find_map(|(month, day)| Date::new(year, month, day).ok())
    }

    /// Is it before `other`?
    pub fn is_before(&self, other: &Self) -> Certainty {
        match (self.earliest(), self.latest(), other.earliest(), other.latest()) {
            (Some(earliest), Some(latest), Some(other_earliest), Some(other_latest)) => {
                Certainty::from_bounds(earliest < other_latest, latest < other_earliest)
            }
            _ => Certainty::Possibly,
        }
    }

    /// Is it after `other`?
    pub fn is_after(&self, other: &Self) -> Certainty {
        other.is_before(self)
    }

    /// Is it the same day as `other`? Definitely only when both are full dates.
    pub fn is_same_day(&self, other: &Self) -> Certainty {
        let differs = |a: Option<u16>, b: Option<u16>| matches!((a, b), (Some(a), Some(b)) if a != b);
        let contradiction = differs(self.year, other.year)
            || differs(self.month.map(u16::from), other.month.map(u16::from))
            || differs(self.day.map(u16::from), other.day.map(u16::from));
        let merged = Self::new(
            self.year.or(other.year),
            self.month.or(other.month),
            self.day.or(other.day),
        );
        let can = !contradiction && merged.is_ok();
        Certainty::from_bounds(can, can && self.full().is_some() && other.full().is_some())
    }

    /// The fewest and the most full years from this date to `other`; `None` when a year is not known.
    pub fn full_years_until(&self, other: &Self) -> Option<(i32, i32)> {
        let fewest = self.latest()?.full_years_until(other.earliest()?);
        let most = self.earliest()?.full_years_until(other.latest()?);
        Some((fewest, most))
    }

    /// As papers print it: `14/05/2019`, `05/2019`, `2019`; a part that is missing before a known one is `…`, as in `05/…/2019` or `14/05/…`.
    pub fn vietnamese(&self) -> String {
        let two = |part: Option<u8>| part.map_or_else(|| "…".to_owned(), |n| format!("{n:02}"));
        let year = self.year.map_or_else(|| "…".to_owned(), |n| format!("{n:04}"));
        match (self.day, self.month) {
            (None, None) => year,
            (None, month) => format!("{}/{year}", two(month)),
            (day, month) => format!("{}/{}/{year}", two(day), two(month)),
        }
    }

    /// As papers write it out, the known parts only: "tháng năm năm hai nghìn không trăm mười chín".
    pub fn in_words(&self) -> String {
        let parts = [
            self.day.map(words::day),
            self.month.map(words::month),
            self.year.map(words::year),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

impl From<Date> for PartialDate {
    fn from(date: Date) -> Self {
        Self {
            year: Some(date.year()),
            month: Some(date.month()),
            day: Some(date.day()),
        }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.year {
            Some(year) => write!(f, "{year:04}")?,
            None => f.write_str("XXXX")?,
        }
        if self.month.is_none() && self.day.is_none() {
            return Ok(());
        }
        match self.month {
            Some(month) => write!(f, "-{month:02}")?,
            None => f.write_str("-XX")?,
        }
        match self.day {
            Some(day) => write!(f, "-{day:02}"),
            None => Ok(()),
        }
    }
}

/// One part of an EDTF text: digits, or as many `X`, or nothing.
fn part(text: Option<&str>, width: usize) -> Result<Option<u16>, ValueError> {
    match text {
        None => Ok(None),
        Some(text) if text.len() == width && text.bytes().all(|b| b == b'X') => Ok(None),
        Some(text) if text.len() == width => digits(text.as_bytes()).map(Some).ok_or_else(not_a_partial_date),
        Some(_) => Err(not_a_partial_date()),
    }
}

/// One or two digits of a written date.
fn short(text: Option<&str>) -> Result<Option<u8>, ValueError> {
    match text {
        None => Ok(None),
        Some(text) if text.len() <= 2 => {
            narrow(Some(digits(text.as_bytes()).ok_or_else(not_a_partial_date)?))
        }
        Some(_) => Err(not_a_partial_date()),
    }
}

fn narrow(number: Option<u16>) -> Result<Option<u8>, ValueError> {
    number
        .map(|n| u8::try_from(n).map_err(|_| no_such_day()))
        .transpose()
}

fn not_a_partial_date() -> ValueError {
    ValueError::new(
        "not_a_partial_date",
        "Ngày phải có dạng 2019-05-14, 2019-05, 2019 hoặc với XX cho phần chưa biết.",
        "A date has the form 2019-05-14, 2019-05 or 2019, with XX for an unknown part.",
    )
}

#[cfg(test)]
#[path = "partial_date_tests.rs"]
mod tests;
