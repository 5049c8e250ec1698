//! `GET /v1/events/{event_id}`: one event, as it was signed.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use civil::id::EventId;

use super::EventAnswer;
use crate::parameters::{Parameters, in_path};
use crate::problem::Problem;
use crate::{Caller, Web};

/// Read an event
#[utoipa::path(
    get,
    path = "/v1/events/{event_id}",
    tag = "events",
    params(
        ("event_id" = String, Path, format = "uuid", description = "The event"),
        ("bodies" = Option<bool>, Query, description = "Whether the body comes too"),
    ),
    responses((status = 200, description = "The event", body = EventAnswer)),
    security(("reader" = []))
)]
pub(crate) async fn get_event(
    State(web): State<Arc<Web>>,
    _: Caller,
    Path(event_id): Path<String>,
    mut parameters: Parameters,
) -> Result<Json<EventAnswer>, Problem> {
    let event: EventId = in_path("event_id", &event_id)?;
    let bodies = parameters.flag("bodies");
    parameters.finish()?;
    let stored = web.registry().event(event).await?;
    Ok(Json(EventAnswer::of(&stored, bodies)))
}
