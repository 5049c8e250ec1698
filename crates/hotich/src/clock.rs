//! The clock: the machine's, or one for rehearsals that `HOTICH_CLOCK` starts at another instant.
//!
//! Rules change by the day, so what they will do is tried out before the day comes: with `HOTICH_CLOCK=2027-03-05T08:00` (the
//! time in Vietnam) a program believes that it was started then, and goes on from there. Only a ledger whose origin lies in a
//! domain that nobody can own (`.example`, RFC 2606) takes such a clock; with any other the program does not start.

use std::sync::Arc;

use civil::value::{Date, TimeOfDay};
use registry::{Clock, SystemClock};

use crate::outcome::{Error, Result};

const VARIABLE: &str = "HOTICH_CLOCK";
const VIETNAM_AHEAD_MS: i64 = 7 * 3_600_000;

/// The machine's clock, moved.
#[derive(Debug)]
struct Rehearsal {
    ahead_ms: i64,
}

impl Clock for Rehearsal {
    fn now_ms(&self) -> i64 {
        SystemClock.now_ms().saturating_add(self.ahead_ms)
    }
}

/// The clock that the environment asks for.
///
/// # Errors
/// When it asks for an instant that cannot be read.
pub fn asked_for() -> Result<Arc<dyn Clock>> {
    let Some(asked) = std::env::var_os(VARIABLE) else {
        return Ok(Arc::new(SystemClock));
    };
    let start_ms = asked
        .to_str()
        .and_then(instant_ms)
        .ok_or_else(|| Error::using(format!("{VARIABLE} is not an instant like 2027-03-05T08:00")))?;
    let ahead_ms = start_ms - SystemClock.now_ms();
    Ok(Arc::new(Rehearsal { ahead_ms }))
}

/// Whether the ledger of that origin may have the clock that the environment asks for.
///
/// # Errors
/// When the environment asks for a clock of its own and the origin is not one to rehearse on.
pub fn fits(origin: &str) -> Result<()> {
    let asked = std::env::var_os(VARIABLE).is_some();
    if asked && !is_for_rehearsal(origin) {
        return Err(Error::using(format!(
            "{VARIABLE} is for ledgers whose origin lies in .example"
        )));
    }
    Ok(())
}

fn is_for_rehearsal(origin: &str) -> bool {
    let host = origin.split('/').next().unwrap_or_default();
    host == "example" || host.ends_with(".example")
}

fn instant_ms(text: &str) -> Option<i64> {
    let (day, time) = text.split_once('T')?;
    let (day, time) = (Date::parse(day).ok()?, TimeOfDay::parse(time).ok()?);
    let days = Date::new(1970, 1, 1).ok()?.days_between(day);
    let minutes = i64::from(time.hour()) * 60 + i64::from(time.minute());
    Some(days * 86_400_000 + minutes * 60_000 - VIETNAM_AHEAD_MS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_read_as_the_time_in_vietnam() {
        assert_eq!(instant_ms("1970-01-01T07:00"), Some(0));
        assert_eq!(instant_ms("2026-01-20T10:00"), Some(1_768_878_000_000));
        for wrong in ["", "2026-01-20", "10:00", "2026-01-20 10:00", "2026-02-30T10:00"] {
            assert_eq!(instant_ms(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn only_a_domain_that_nobody_owns_is_for_rehearsal() {
        assert!(is_for_rehearsal("hotich.example/test"));
        for real in [
            "hotich.gov.vn/ho-tich",
            "example.gov.vn/x",
            "hotich.example.vn/x",
            "notexample/x",
        ] {
            assert!(!is_for_rehearsal(real), "{real}");
        }
    }
}
