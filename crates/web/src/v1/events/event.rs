//! `GET /v1/events/{event_id}`: one event, as it was signed.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use civil::access::Reading;
use civil::id::EventId;

use super::{EventAnswer, touched};
use crate::Web;
use crate::access::{Access, Shown, Shows};
use crate::parameters::{Parameters, in_path};
use crate::problem::Problem;

/// Read an event
///
/// The signed bytes as they stand in the log, and with `bodies` what they commit to.
#[utoipa::path(
    get,
    path = "/v1/events/{event_id}",
    tag = "events",
    params(
        ("event_id" = String, Path, format = "uuid", description = "The event"),
        ("bodies" = Option<bool>, Query, description = "Whether the body comes too"),
    ),
    responses((status = 200, description = "The event", body = EventAnswer)),
    security(("reader" = ["personal_data"]))
)]
pub(crate) async fn get_event(
    State(web): State<Arc<Web>>,
    access: Access,
    Path(event_id): Path<String>,
    mut parameters: Parameters,
) -> Result<Shown<Json<EventAnswer>>, Problem> {
    let event: EventId = in_path("event_id", &event_id)?;
    let bodies = parameters.flag("bodies");
    parameters.finish()?;
    let stored = web.registry().event(event).await?;
    let reading = if bodies { Reading::Bodies } else { Reading::Event };
    let shows = Shows::one(reading)
        .entries(touched(&stored.signed))
        .events([event]);
    let answer = Json(EventAnswer::of(&stored, bodies));
    access.shows(&web, shows, answer).await
}

#[cfg(test)]
mod tests {
    use crate::testing::{House, birth};

    #[tokio::test]
    async fn an_event_is_read_back_as_it_was_signed() {
        let house = House::founded().await;
        let office = house.open_office(1, "UBND xã Hòa Phú").await;
        let signed = house.signed(&office, birth("2026-03-02")).await;
        let receipt = house.record(&signed).await.json();
        let path = format!("/v1/events/{}", receipt["event"].as_str().unwrap());
        let event = house.get(&path, &office).await.json();
        assert_eq!(event["signed"], signed["signed"]);
        assert_eq!(event["hash"], receipt["hash"]);
        assert_eq!(event["stream"], "1/acts");
        assert!(
            receipt["entry"].is_string() && event["entry"] == receipt["entry"],
            "{receipt}"
        );
        assert!(event.get("sealed_body").is_none());
        let event = house.get(&format!("{path}?bodies=true"), &office).await.json();
        assert_eq!(event["sealed_body"], signed["sealed_body"]);
        let unknown = house
            .get("/v1/events/018f0000-0000-7000-8000-000000000000", &office)
            .await;
        assert_eq!((unknown.status, unknown.problem().as_str()), (404, "not_found"));
    }
}
