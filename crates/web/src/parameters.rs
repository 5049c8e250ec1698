//! [`Parameters`]: the parameters of an address, all faults at once.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::str::FromStr;

use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use civil::id::{EntryId, OfficeId};
use civil::unit::UnitId;
use civil::value::{Date, PartialDate, PersonalNumber};
use civil::wire::FieldError;
use registry::{Moment, TokenId};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::problem::{BAD_PARAMETER, FieldProblem, Problem};

/// The parameters behind the question mark. Each is taken out by its reader; what is left over at the end is unknown.
#[derive(Debug, Default)]
pub(crate) struct Parameters {
    left: BTreeMap<String, String>,
    faults: Vec<FieldProblem>,
}

impl<S: Send + Sync> FromRequestParts<S> for Parameters {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let pairs = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri);
        let Query(pairs) = pairs.map_err(|_| Problem::new(&BAD_PARAMETER))?;
        let mut parameters = Self::default();
        for (name, value) in pairs {
            if parameters.left.contains_key(&name) {
                parameters.fault(&name, "twice", "Chỉ được nêu một lần.", "Given twice.");
            }
            parameters.left.insert(name, value);
        }
        Ok(parameters)
    }
}

impl Parameters {
    /// The parameter as text.
    pub(crate) fn text(&mut self, name: &str) -> Option<String> {
        self.left.remove(name)
    }

    /// A day.
    pub(crate) fn day(&mut self, name: &str) -> Option<Date> {
        self.read(
            name,
            |text| Date::parse(text).ok(),
            "Phải là ngày YYYY-MM-DD.",
            "Must be a day, YYYY-MM-DD.",
        )
    }

    /// A day of which parts may be unknown.
    pub(crate) fn partial_day(&mut self, name: &str) -> Option<PartialDate> {
        self.read(
            name,
            |text| PartialDate::parse(text).ok(),
            "Phải là ngày EDTF: YYYY, YYYY-MM hoặc YYYY-MM-DD.",
            "Must be a day (EDTF): YYYY, YYYY-MM or YYYY-MM-DD.",
        )
    }

    /// An entry.
    pub(crate) fn entry(&mut self, name: &str) -> Option<EntryId> {
        self.read(
            name,
            |text| text.parse().ok(),
            "Phải là mã mục đăng ký.",
            "Must be an entry id (UUID).",
        )
    }

    /// An office.
    pub(crate) fn office(&mut self, name: &str) -> Option<OfficeId> {
        self.read(
            name,
            |text| text.parse().ok(),
            "Phải là mã cơ quan.",
            "Must be an office number.",
        )
    }

    /// An administrative unit, by a function that answers nothing for a text that names none.
    pub(crate) fn unit(&mut self, name: &str, read: impl FnOnce(&str) -> Option<UnitId>) -> Option<UnitId> {
        self.read(
            name,
            read,
            "Phải là mã đơn vị hành chính của ngày đó.",
            "Must be an administrative unit of that day.",
        )
    }

    /// A state of an entry.
    pub(crate) fn moment(&mut self, name: &str) -> Option<Moment> {
        self.read(
            name,
            Moment::parse,
            "Phải là original, now, một ngày hoặc một vị trí.",
            "Must be original, now, a day or a position.",
        )
    }

    /// A personal number.
    pub(crate) fn personal_number(&mut self, name: &str) -> Option<PersonalNumber> {
        self.read(
            name,
            |text| PersonalNumber::parse(text).ok(),
            "Phải là số định danh cá nhân gồm 12 chữ số.",
            "Must be a personal number of twelve digits.",
        )
    }

    /// The name of a token.
    pub(crate) fn token(&mut self, name: &str) -> Option<TokenId> {
        self.read(
            name,
            |text| text.parse().ok(),
            "Phải là mã của một thẻ đọc (64 chữ số thập lục phân).",
            "Must be the name of a token (64 hexadecimal digits).",
        )
    }

    /// A truth value; false when left out.
    pub(crate) fn flag(&mut self, name: &str) -> bool {
        self.one_of(name, &[("true", true), ("false", false)])
            .unwrap_or(false)
    }

    fn read<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&str) -> Option<T>,
        vi: &'static str,
        en: &'static str,
    ) -> Option<T> {
        let text = self.left.remove(name)?;
        let value = read(&text);
        if value.is_none() {
            self.fault(name, "not_readable", vi, en);
        }
        value
    }

    /// A number within bounds.
    pub(crate) fn number(&mut self, name: &str, bounds: RangeInclusive<u64>) -> Option<u64> {
        let text = self.left.remove(name)?;
        let number = text.parse().ok().filter(|number| bounds.contains(number));
        if number.is_none() {
            let (first, last) = (bounds.start(), bounds.end());
            let vi = format!("Phải là số nguyên từ {first} đến {last}.");
            let en = format!("Must be a whole number from {first} to {last}.");
            self.faults.push(FieldProblem::of_parameter(
                name,
                FieldError {
                    pointer: String::new(),
                    code: "not_a_number",
                    vi,
                    en,
                },
            ));
        }
        number
    }

    /// One of a few words.
    pub(crate) fn one_of<T: Copy>(&mut self, name: &str, words: &[(&'static str, T)]) -> Option<T> {
        let text = self.left.remove(name)?;
        let found = words
            .iter()
            .find(|(word, _)| *word == text)
            .map(|(_, value)| *value);
        if found.is_none() {
            let list: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let list = list.join(", ");
            self.faults.push(FieldProblem::of_parameter(
                name,
                FieldError {
                    pointer: String::new(),
                    code: "not_in_list",
                    vi: format!("Phải là một trong: {list}."),
                    en: format!("Must be one of: {list}."),
                },
            ));
        }
        found
    }

    /// An instant (RFC 3339), in milliseconds since 1970-01-01T00:00:00Z.
    pub(crate) fn instant_ms(&mut self, name: &str) -> Option<i64> {
        let text = self.left.remove(name)?;
        // In an address a plus sign is a space unless it is escaped; no instant has a space of its own before its zone.
        let instant = OffsetDateTime::parse(&text.replace(' ', "+"), &Rfc3339).ok();
        let ms = instant.and_then(|instant| i64::try_from(instant.unix_timestamp_nanos() / 1_000_000).ok());
        if ms.is_none() {
            self.fault(
                name,
                "not_an_instant",
                "Phải là thời điểm theo RFC 3339.",
                "Must be an instant (RFC 3339).",
            );
        }
        ms
    }

    /// Notes that a parameter must be there.
    pub(crate) fn missing(&mut self, name: &str) {
        if !self
            .faults
            .iter()
            .any(|fault| fault.parameter.as_deref() == Some(name))
        {
            self.fault(name, "missing", "Thiếu tham số.", "Missing.");
        }
    }

    /// Notes that two parameters exclude each other.
    pub(crate) fn clashes(&mut self, name: &str, other: &'static str) {
        let vi = format!("Không dùng cùng với {other}.");
        let en = format!("Cannot be given together with {other}.");
        self.faults.push(FieldProblem::of_parameter(
            name,
            FieldError {
                pointer: String::new(),
                code: "clashes",
                vi,
                en,
            },
        ));
    }

    /// Notes that a period ends before it begins.
    pub(crate) fn reversed(&mut self, name: &str) {
        self.faults.push(FieldProblem::of_parameter(
            name,
            FieldError {
                pointer: String::new(),
                code: "reversed",
                vi: "Ngày cuối trước ngày đầu.".to_owned(),
                en: "The last day is before the first.".to_owned(),
            },
        ));
    }

    /// All faults at once, the unknown parameters with them.
    ///
    /// # Errors
    /// [`BAD_PARAMETER`].
    pub(crate) fn finish(mut self) -> Result<(), Problem> {
        for name in std::mem::take(&mut self.left).into_keys() {
            // The name of an unknown parameter is the client's own text; it is cut so that it cannot be a record.
            let name: String = name.chars().take(32).collect();
            self.fault(
                &name,
                "unknown_parameter",
                "Không có tham số này.",
                "There is no such parameter.",
            );
        }
        if self.faults.is_empty() {
            Ok(())
        } else {
            Err(Problem::new(&BAD_PARAMETER).with_errors(self.faults))
        }
    }

    fn fault(&mut self, name: &str, code: &'static str, vi: &'static str, en: &'static str) {
        let error = FieldError {
            pointer: String::new(),
            code,
            vi: vi.into(),
            en: en.into(),
        };
        self.faults.push(FieldProblem::of_parameter(name, error));
    }
}

/// A part of the path.
///
/// # Errors
/// [`BAD_PARAMETER`] when it cannot be read.
pub(crate) fn in_path<T: FromStr>(name: &'static str, text: &str) -> Result<T, Problem> {
    text.parse().map_err(|_| {
        let error = FieldError {
            pointer: String::new(),
            code: "not_readable",
            vi: "Không đọc được.".into(),
            en: "Cannot be read.".into(),
        };
        Problem::new(&BAD_PARAMETER).with_errors(vec![FieldProblem::of_parameter(name, error)])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(query: &str) -> Parameters {
        let uri = format!("/x?{query}").parse().unwrap();
        let Query(pairs) = Query::<Vec<(String, String)>>::try_from_uri(&uri).unwrap();
        Parameters {
            left: pairs.into_iter().collect(),
            faults: Vec::new(),
        }
    }

    #[test]
    fn every_faulty_parameter_is_reported_at_once() {
        let mut parameters = of("from=x&limit=0&known_at=yesterday&year=2026");
        assert_eq!(parameters.number("from", 0..=9), None);
        assert_eq!(parameters.number("limit", 1..=9), None);
        assert_eq!(parameters.instant_ms("known_at"), None);
        let problem = serde_json::to_value(parameters.finish().unwrap_err()).unwrap();
        let names: Vec<_> = problem["errors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|error| &error["parameter"])
            .collect();
        assert_eq!(names, ["from", "limit", "known_at", "year"]);
    }

    #[test]
    fn an_instant_keeps_its_milliseconds_and_its_zone() {
        let mut parameters = of("a=2026-03-01T07:00:00.25+07:00&b=2026-03-01T00:00:00Z");
        assert_eq!(parameters.instant_ms("a"), Some(1_772_323_200_250));
        assert_eq!(parameters.instant_ms("b"), Some(1_772_323_200_000));
    }
}
