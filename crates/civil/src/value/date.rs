//! A day of the solar calendar.

use super::{ValueError, words};
use std::fmt;
use time::{Duration, Month};

/// A full calendar date, from 0001-01-01 to 9999-12-31. On the wire `YYYY-MM-DD` (ISO 8601).
///
/// A date of which only a part is known is a [`super::PartialDate`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(time::Date);

impl Date {
    /// A date from its parts.
    ///
    /// Errors: `no_such_day` (29 February of a common year, month 13, year 0 …).
    pub fn new(year: u16, month: u8, day: u8) -> Result<Self, ValueError> {
        let found = Month::try_from(month)
            .ok()
            .and_then(|m| time::Date::from_calendar_date(i32::from(year), m, day).ok());
        match found {
            Some(date) if (1..=9999).contains(&year) => Ok(Self(date)),
            _ => Err(no_such_day()),
        }
    }

    /// Reads `YYYY-MM-DD`, exactly.
    ///
    /// Errors: `not_a_date`, `no_such_day`.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        Self::from_ascii(text.as_bytes()).ok_or_else(not_a_date)?
    }

    /// `None`: not of the form `YYYY-MM-DD`.
    fn from_ascii(text: &[u8]) -> Option<Result<Self, ValueError>> {
        let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text else {
            return None;
        };
        let year = digits(&[*y1, *y2, *y3, *y4])?;
        let month = u8::try_from(digits(&[*m1, *m2])?).ok()?;
        let day = u8::try_from(digits(&[*d1, *d2])?).ok()?;
        Some(Self::new(year, month, day))
    }

    /// The year, 1 to 9999.
    pub fn year(self) -> u16 {
        u16::try_from(self.0.year()).unwrap_or_default()
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u8 {
        self.0.month().into()
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> u8 {
        self.0.day()
    }

    /// The day of the week, 1 = Monday (thứ Hai) to 7 = Sunday (Chủ nhật).
    pub fn weekday(self) -> u8 {
        self.0.weekday().number_from_monday()
    }

    /// Days from this date to `later`; negative when `later` is earlier.
    pub fn days_between(self, later: Self) -> i64 {
        i64::from(later.0.to_julian_day()) - i64::from(self.0.to_julian_day())
    }

    /// This date moved by `days`; `None` outside the years 1 to 9999.
    pub fn add_days(self, days: i64) -> Option<Self> {
        let seconds = days.checked_mul(Duration::DAY.whole_seconds())?;
        let moved = self.0.checked_add(Duration::seconds(seconds))?;
        (1..=9999).contains(&moved.year()).then_some(Self(moved))
    }

    /// The same day `years` later. Born on 29 February, the year is complete on 1 March of a common year.
    pub fn add_years(self, years: u16) -> Option<Self> {
        let year = self.year().checked_add(years)?;
        match Self::new(year, self.month(), self.day()) {
            Ok(date) => Some(date),
            Err(_) if self.month() == 2 => Self::new(year, 3, 1).ok(),
            Err(_) => None,
        }
    }

    /// The same day `months` later, the last day of that month if it has no such day (Civil Code 2015, Art. 148(3)).
    pub fn add_months(self, months: u16) -> Option<Self> {
        let months = u32::from(self.year()) * 12 + u32::from(self.month()) - 1 + u32::from(months);
        let (year, month) = (
            u16::try_from(months / 12).ok()?,
            u8::try_from(months % 12 + 1).ok()?,
        );
        let mut days = (28..=self.day()).rev().chain([self.day()]);
        days.find_map(|day| Self::new(year, month, day).ok())
    }

    /// 1 January of its year.
    pub fn first_of_year(self) -> Option<Self> {
        Self::new(self.year(), 1, 1).ok()
    }

    /// Full years (tuổi tròn) from this date to `later`; negative when `later` is earlier.
    pub fn full_years_until(self, later: Self) -> i32 {
        if later < self {
            return -later.full_years_until(self);
        }
        let years = i32::from(later.year()) - i32::from(self.year());
        let complete = (later.month(), later.day()) >= (self.month(), self.day());
        if complete { years } else { years - 1 }
    }

    /// As papers print it: `14/05/2019`.
    pub fn vietnamese(self) -> String {
        format!("{:02}/{:02}/{:04}", self.day(), self.month(), self.year())
    }

    /// As papers write it out: "ngày mười bốn tháng năm năm hai nghìn không trăm mười chín".
    pub fn in_words(self) -> String {
        format!(
            "{} {} {}",
            words::day(self.day()),
            words::month(self.month()),
            words::year(self.year())
        )
    }
}

impl TryFrom<time::Date> for Date {
    type Error = ValueError;

    fn try_from(date: time::Date) -> Result<Self, ValueError> {
        if (1..=9999).contains(&date.year()) {
            Ok(Self(date))
        } else {
            Err(no_such_day())
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

/// The number that these ASCII digits (at most four) write.
pub(super) fn digits(text: &[u8]) -> Option<u16> {
    let all_digits = !text.is_empty() && text.len() <= 4 && text.iter().all(u8::is_ascii_digit);
    all_digits.then(|| text.iter().fold(0, |n, digit| n * 10 + u16::from(digit - b'0')))
}

pub(super) fn no_such_day() -> ValueError {
    ValueError::new(
        "no_such_day",
        "Lịch không có ngày này.",
        "The calendar has no such day.",
    )
}

fn not_a_date() -> ValueError {
    ValueError::new(
        "not_a_date",
        "Ngày phải có dạng năm-tháng-ngày, ví dụ 2019-05-14.",
        "A date has the form YYYY-MM-DD.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn a_date_is_printed_in_figures_and_in_words() {
        let day = date("2019-05-14");
        assert_eq!(day.to_string(), "2019-05-14");
        assert_eq!(day.vietnamese(), "14/05/2019");
        assert_eq!(
            day.in_words(),
            "ngày mười bốn tháng năm năm hai nghìn không trăm mười chín"
        );
        assert_eq!(
            date("1975-04-30").in_words(),
            "ngày ba mươi tháng tư năm một nghìn chín trăm bảy mươi lăm"
        );
    }

    #[test]
    fn six_months_end_on_the_same_day_or_on_the_last_day_of_the_month() {
        let later = |text: &str, months| date(text).add_months(months).unwrap();
        assert_eq!(later("2026-03-15", 6), date("2026-09-15"));
        assert_eq!(later("2026-08-31", 6), date("2027-02-28"));
        assert_eq!(later("2027-08-30", 6), date("2028-02-29"));
        assert_eq!(later("2026-12-01", 1), date("2027-01-01"));
        assert_eq!(later("2026-12-31", 0), date("2026-12-31"));
        assert_eq!(date("9999-12-01").add_months(1), None);
    }

    #[test]
    fn days_that_the_calendar_does_not_have_are_refused() {
        for text in [
            "2019-02-29",
            "2019-13-01",
            "2019-00-10",
            "2019-04-31",
            "0000-01-01",
        ] {
            assert_eq!(Date::parse(text).unwrap_err().code, "no_such_day");
        }
        for text in [
            "",
            "14/05/2019",
            "2019-5-14",
            "2019-05-14 ",
            "+019-05-14",
            "２019-05-14",
        ] {
            assert_eq!(Date::parse(text).unwrap_err().code, "not_a_date");
        }
        assert!(Date::parse("2020-02-29").is_ok());
    }

    #[test]
    fn a_year_of_age_is_complete_on_the_birthday() {
        let born = date("2001-05-14");
        assert_eq!(born.full_years_until(date("2021-05-13")), 19);
        assert_eq!(born.full_years_until(date("2021-05-14")), 20);
        assert_eq!(born.full_years_until(date("2000-05-13")), -1);
        assert_eq!(date("2004-02-29").full_years_until(date("2005-02-28")), 0);
        assert_eq!(date("2004-02-29").add_years(1), Some(date("2005-03-01")));
    }

    #[test]
    fn days_are_counted_across_months_and_leap_years() {
        assert_eq!(date("2024-02-28").days_between(date("2024-03-01")), 2);
        assert_eq!(date("2024-03-01").days_between(date("2024-02-28")), -2);
        assert_eq!(date("2025-12-31").add_days(60), Some(date("2026-03-01")));
        assert_eq!(date("9999-12-31").add_days(1), None);
        assert_eq!(date("1970-01-01").add_days(i64::MAX), None);
        assert_eq!(date("1970-01-01").add_days(i64::MIN / 86_400), None);
        assert_eq!(date("2026-11-22").weekday(), 7);
    }
}
