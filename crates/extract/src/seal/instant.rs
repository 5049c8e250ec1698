//! Seconds as certificates and PDF write them.

use civil::value::Date;

use super::asn1::{self, GENERALIZED_TIME, UTC_TIME};

const DAY_SECONDS: u64 = 86_400;

/// `20261122134200` in UTC; past the year 9999 its last second.
pub(super) fn digits(seconds: u64) -> String {
    let day = Date::new(1970, 1, 1)
        .ok()
        .and_then(|epoch| epoch.add_days(i64::try_from(seconds / DAY_SECONDS).ok()?));
    let Some(day) = day else {
        return "99991231235959".to_owned();
    };
    let of_day = seconds % DAY_SECONDS;
    format!(
        "{:04}{:02}{:02}{:02}{:02}{:02}",
        day.year(),
        day.month(),
        day.day(),
        of_day / 3_600,
        of_day / 60 % 60,
        of_day % 60
    )
}

/// As PDF dates are written: `D:20261122134200Z`.
pub(super) fn in_pdf(seconds: u64) -> String {
    format!("D:{}Z", digits(seconds))
}

/// As certificates want it: UTCTime until 2049, GeneralizedTime from then on (RFC 5280 §4.1.2.5).
pub(super) fn in_certificate(seconds: u64) -> Vec<u8> {
    let digits = digits(seconds);
    match digits.split_at(2) {
        (century, rest) if century == "19" || (century == "20" && rest < "50") => {
            asn1::item(UTC_TIME, &[rest.as_bytes(), b"Z"])
        }
        _ => generalized(seconds),
    }
}

/// GeneralizedTime.
pub(super) fn generalized(seconds: u64) -> Vec<u8> {
    asn1::item(GENERALIZED_TIME, &[digits(seconds).as_bytes(), b"Z"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_written_as_certificates_and_pdf_write_them() {
        assert_eq!(in_pdf(1_795_354_920), "D:20261122134200Z");
        assert_eq!(in_certificate(1_795_354_920)[2..], *b"261122134200Z");
        assert_eq!(in_certificate(2_524_608_000)[2..], *b"20500101000000Z");
        assert_eq!(digits(u64::MAX), "99991231235959");
    }
}
