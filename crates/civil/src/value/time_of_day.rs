//! A time of the day.

use super::{ValueError, date};
use std::fmt;

/// Hour and minute of local time, `00:00` to `23:59`: the hour of death (giờ, phút), the hour of reception.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeOfDay {
    hour: u8,
    minute: u8,
}

impl TimeOfDay {
    /// Errors: `no_such_time`.
    pub fn new(hour: u8, minute: u8) -> Result<Self, ValueError> {
        if hour < 24 && minute < 60 {
            Ok(Self { hour, minute })
        } else {
            Err(ValueError::new(
                "no_such_time",
                "Giờ, phút không hợp lệ.",
                "The day has no such time.",
            ))
        }
    }

    /// Reads `HH:MM`, exactly.
    ///
    /// Errors: `not_a_time`, `no_such_time`.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let parts = text.as_bytes().split_at_checked(2).and_then(|(hour, rest)| {
            let minute = rest.strip_prefix(b":")?;
            if minute.len() != 2 {
                return None;
            }
            Some((
                u8::try_from(date::digits(hour)?).ok()?,
                u8::try_from(date::digits(minute)?).ok()?,
            ))
        });
        match parts {
            Some((hour, minute)) => Self::new(hour, minute),
            None => Err(ValueError::new(
                "not_a_time",
                "Giờ phải có dạng giờ:phút, ví dụ 07:30.",
                "A time has the form HH:MM.",
            )),
        }
    }

    /// The hour, 0 to 23.
    pub fn hour(self) -> u8 {
        self.hour
    }

    /// Minutes since midnight.
    pub fn minutes(self) -> i64 {
        i64::from(self.hour) * 60 + i64::from(self.minute)
    }

    /// The minute, 0 to 59.
    pub fn minute(self) -> u8 {
        self.minute
    }

    /// As papers print it: "07 giờ 30 phút".
    pub fn vietnamese(self) -> String {
        format!("{:02} giờ {:02} phút", self.hour, self.minute)
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour, self.minute)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_hours_and_minutes_of_one_day() {
        let time = TimeOfDay::parse("07:30").unwrap();
        assert_eq!((time.hour(), time.minute()), (7, 30));
        assert_eq!(time.to_string(), "07:30");
        assert_eq!(time.vietnamese(), "07 giờ 30 phút");
        assert_eq!(TimeOfDay::parse("24:00").unwrap_err().code, "no_such_time");
        assert_eq!(TimeOfDay::parse("10:60").unwrap_err().code, "no_such_time");
        for text in ["", "7:30", "07.30", "07:3", "07:300", "é7:30", "0é:30"] {
            assert_eq!(TimeOfDay::parse(text).unwrap_err().code, "not_a_time");
        }
    }
}
