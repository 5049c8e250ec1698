//! `GET /v1/access`: who was shown what, for inspectors.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use civil::access::Reading;
use civil::directory::Directory;
use civil::value::Date;
use registry::{AccessesAsked, KeptLine};
use serde::Serialize;
use utoipa::ToSchema;

use super::{LIMIT_MAX, LIMIT_USUAL};
use crate::Web;
use crate::access::{InspectorAccess, Shown, Shows};
use crate::parameters::Parameters;
use crate::problem::Problem;
use crate::text::instant;

/// That somebody was shown something.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AccessLine {
    /// Its number in the chain, from 0.
    number: u64,
    /// The hash of the chain behind it (hexadecimal).
    #[schema(pattern = "^[0-9a-f]{64}$")]
    hash: String,
    /// When.
    #[schema(format = "date-time")]
    at: String,
    /// By what kind of token: `office`, `auditor`, `inspector`.
    reader: &'static str,
    /// For which office; 0 for auditors and inspectors.
    office: u32,
    /// Its name.
    office_name: String,
    /// The name of the token (hexadecimal).
    #[schema(pattern = "^[0-9a-f]{64}$")]
    token: String,
    /// What was read: `entry`, `entry_search`, `person`, `paper_file`, …
    reading: &'static str,
    /// The entries that were shown.
    entries: Vec<String>,
    /// The events that were asked for.
    events: Vec<String>,
    /// From which number on, where what was shown is numbered.
    from: Option<u64>,
    /// Before which number.
    before: Option<u64>,
    /// How many things were shown.
    shown: u64,
    /// Why, as far as it was said.
    purpose: Option<String>,
    /// The address that asked, as far as it is known.
    address: Option<String>,
}

/// A page of the log of accesses.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AccessesAnswer {
    /// The lines, by time.
    accesses: Vec<AccessLine>,
    /// `after` for the next page; null at the end.
    next: Option<u64>,
}

/// Look who was shown what
///
/// For inspectors' tokens alone. That an inspector looked is written down, too. Of an office, of a token, of some days, or of all.
#[utoipa::path(
    get,
    path = "/v1/access",
    tag = "log",
    params(
        ("office" = Option<u32>, Query, description = "The office for which it was read"),
        ("reader" = Option<String>, Query, pattern = "^[0-9a-f]{64}$", description = "The name of the token by which it was read"),
        ("from" = Option<String>, Query, format = "date", description = "The first day"),
        ("to" = Option<String>, Query, format = "date", description = "The last day"),
        ("after" = Option<u64>, Query, example = 40, description = "The last line of the page before"),
        ("limit" = Option<u64>, Query, minimum = 1, maximum = 1000, description = "At most so many; 100 when left out"),
    ),
    responses((status = 200, description = "The lines", body = AccessesAnswer)),
    security(("inspector" = ["personal_data"]))
)]
pub(crate) async fn list_accesses(
    State(web): State<Arc<Web>>,
    InspectorAccess(access): InspectorAccess,
    mut parameters: Parameters,
) -> Result<Shown<Json<AccessesAnswer>>, Problem> {
    let asked = asked(&mut parameters);
    parameters.finish()?;
    let lines = web.registry().accesses(asked).await?;
    let full = lines.len() as u64 == u64::from(asked.limit);
    let numbers = || lines.iter().map(|line| line.number);
    let mut shows = Shows::many(Reading::Accesses, lines.len());
    if let (Some(first), Some(last)) = (numbers().min(), numbers().max()) {
        shows = shows.numbers(first, last + 1);
    }
    let next = lines.last().filter(|_| full).map(|last| last.number);
    let accesses = web
        .registry()
        .with_directory(|known| lines.iter().map(|line| AccessLine::of(line, known)).collect());
    access
        .shows(&web, shows, Json(AccessesAnswer { accesses, next }))
        .await
}

fn asked(parameters: &mut Parameters) -> AccessesAsked {
    let (from, to) = (parameters.day("from"), parameters.day("to"));
    let limit = parameters.number("limit", 1..=LIMIT_MAX).unwrap_or(LIMIT_USUAL);
    AccessesAsked {
        from_ms: from.map(begins_ms),
        to_ms: to.map(|day| begins_ms(day).saturating_add(DAY_MS)),
        office: parameters.office("office"),
        reader: parameters.token("reader"),
        after: parameters.number("after", 0..=i64::MAX as u64),
        limit: u32::try_from(limit).unwrap_or(u32::MAX),
    }
}

const DAY_MS: i64 = 24 * 3_600_000;

/// When a day begins in Vietnam, milliseconds since 1970-01-01T00:00:00Z.
fn begins_ms(day: Date) -> i64 {
    const EAST_MS: i64 = 7 * 3_600_000;
    let epoch = Date::new(1970, 1, 1).map_or(0, |epoch| epoch.days_between(day));
    epoch.saturating_mul(DAY_MS).saturating_sub(EAST_MS)
}

impl AccessLine {
    fn of(line: &KeptLine, directory: &Directory) -> Self {
        let access = &line.access;
        Self {
            number: line.number,
            hash: hex::encode(line.hash),
            at: instant(i64::try_from(access.at_ms).unwrap_or(i64::MAX)),
            reader: access.reader.name(),
            office: access.office.0,
            office_name: directory.name(access.office),
            token: hex::encode(access.token),
            reading: access.reading.name(),
            entries: access.entries.iter().map(ToString::to_string).collect(),
            events: access.events.iter().map(ToString::to_string).collect(),
            from: access.numbers.map(|(from, _)| from),
            before: access.numbers.map(|(_, before)| before),
            shown: access.shown,
            purpose: access.purpose.as_ref().map(ToString::to_string),
            address: access.from.map(|address| address.to_string()),
        }
    }
}

#[cfg(test)]
#[path = "list_tests.rs"]
mod tests;
