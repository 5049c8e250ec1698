//! `GET /v1/access/entries/{entry}`: who was shown an entry, for an office that the person asks.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use civil::access::Reading;
use civil::directory::Directory;
use civil::event::day_in_vietnam;
use civil::id::EntryId;
use registry::KeptLine;
use serde::Serialize;
use utoipa::ToSchema;

use super::{LIMIT_MAX, LIMIT_USUAL};
use crate::Web;
use crate::access::{Access, Shown, Shows};
use crate::parameters::{Parameters, in_path};
use crate::problem::Problem;

/// That the entry was shown to somebody.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EntryAccess {
    /// On which day, in Vietnam.
    #[schema(format = "date")]
    on: Option<String>,
    /// For which office.
    office: u32,
    /// Its name.
    office_name: String,
    /// What was read: `entry`, `entry_search`, `person`, `paper_file`, …
    reading: &'static str,
    /// Why, as far as it was said: `registration`, `paper`, `person`, …
    ground: Option<&'static str>,
}

/// Who was shown an entry.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EntryAccessesAnswer {
    /// In the order in which they were written down.
    accesses: Vec<EntryAccess>,
    /// `after` for the next page; null at the end.
    next: Option<u64>,
}

/// Look who was shown an entry
///
/// For the person whom it is about, by an office to which they turn: which office, on which day, what, and why. Not by whose token, nor
/// from which address: that is for inspectors. This answer is written down as well.
#[utoipa::path(
    get,
    path = "/v1/access/entries/{entry}",
    tag = "log",
    params(
        ("entry" = String, Path, format = "uuid", description = "The entry"),
        ("after" = Option<u64>, Query, example = 40, description = "`next` of the page before"),
        ("limit" = Option<u64>, Query, minimum = 1, maximum = 1000, description = "At most so many; 100 when left out"),
    ),
    responses((status = 200, description = "Who was shown it", body = EntryAccessesAnswer)),
    security(("reader" = ["personal_data"]))
)]
pub(crate) async fn list_entry_accesses(
    State(web): State<Arc<Web>>,
    access: Access,
    Path(entry): Path<String>,
    mut parameters: Parameters,
) -> Result<Shown<Json<EntryAccessesAnswer>>, Problem> {
    let entry: EntryId = in_path("entry", &entry)?;
    let after = parameters.number("after", 0..=i64::MAX as u64);
    let limit = parameters.number("limit", 1..=LIMIT_MAX).unwrap_or(LIMIT_USUAL);
    parameters.finish()?;
    let limit = u32::try_from(limit).unwrap_or(u32::MAX);
    let lines = web.registry().accesses_of(entry, after, limit).await?;
    let full = u32::try_from(lines.len()) == Ok(limit);
    let shows = Shows::many(Reading::EntryAccesses, lines.len()).entries([entry]);
    let next = lines.last().filter(|_| full).map(|last| last.number);
    let accesses = web
        .registry()
        .with_directory(|known| lines.iter().map(|line| EntryAccess::of(line, known)).collect());
    let answer = EntryAccessesAnswer { accesses, next };
    access.shows(&web, shows, Json(answer)).await
}

impl EntryAccess {
    fn of(line: &KeptLine, directory: &Directory) -> Self {
        let access = &line.access;
        Self {
            on: day_in_vietnam(access.at_ms / 1_000).map(|day| day.to_string()),
            office: access.office.0,
            office_name: directory.name(access.office),
            reading: access.reading.name(),
            ground: access.purpose.as_ref().map(|purpose| purpose.ground.name()),
        }
    }
}
