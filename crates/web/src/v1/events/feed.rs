//! `GET /v1/events`: the log by position, to be read again from anywhere.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::EventAnswer;
use crate::parameters::Parameters;
use crate::problem::Problem;
use crate::{Caller, Web};

const LIMIT_MAX: u64 = 1_000;
const LIMIT_USUAL: u64 = 100;

/// A page of the log.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FeedAnswer {
    /// Events in the order of their positions, without gaps.
    events: Vec<EventAnswer>,
    /// Where the next page begins. At the end of the log it is `size`: ask again from there later.
    next: u64,
    /// How many events the log had.
    size: u64,
}

/// Read the log
///
/// Positions are contiguous and final: a page that was read never changes. A page ends early where its events are large.
#[utoipa::path(
    get,
    path = "/v1/events",
    tag = "events",
    params(
        ("from" = Option<u64>, Query, description = "The first position; 0 when left out"),
        ("limit" = Option<u64>, Query, minimum = 1, maximum = 1000, description = "At most so many; 100 when left out"),
        ("bodies" = Option<bool>, Query, description = "Whether the bodies come too"),
    ),
    responses((status = 200, description = "A page of the log", body = FeedAnswer)),
    security(("reader" = []))
)]
pub(crate) async fn list_events(
    State(web): State<Arc<Web>>,
    _: Caller,
    mut parameters: Parameters,
) -> Result<Json<FeedAnswer>, Problem> {
    let from = parameters.number("from", 0..=i64::MAX as u64).unwrap_or(0);
    let limit = parameters.number("limit", 1..=LIMIT_MAX).unwrap_or(LIMIT_USUAL);
    let bodies = parameters.flag("bodies");
    parameters.finish()?;
    let stored = web.registry().feed(from, limit).await?;
    let next = stored.last().map_or(from, |last| last.position + 1);
    let events = stored
        .iter()
        .map(|event| EventAnswer::of(event, bodies))
        .collect();
    Ok(Json(FeedAnswer {
        events,
        next,
        size: web.registry().head().size,
    }))
}
