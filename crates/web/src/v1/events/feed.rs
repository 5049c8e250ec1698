//! `GET /v1/events`: the log by position, to be read again from anywhere.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use civil::access::Reading;
use serde::Serialize;
use utoipa::ToSchema;

use super::{EventAnswer, touched};
use crate::Web;
use crate::access::{Access, Shown, Shows};
use crate::parameters::Parameters;
use crate::problem::Problem;

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
    security(("reader" = ["personal_data"]))
)]
pub(crate) async fn list_events(
    State(web): State<Arc<Web>>,
    access: Access,
    mut parameters: Parameters,
) -> Result<Shown<Json<FeedAnswer>>, Problem> {
    let from = parameters.number("from", 0..=i64::MAX as u64).unwrap_or(0);
    let limit = parameters.number("limit", 1..=LIMIT_MAX).unwrap_or(LIMIT_USUAL);
    let bodies = parameters.flag("bodies");
    parameters.finish()?;
    let page = web.registry().feed(from, limit).await?;
    let next = page.events.last().map_or(from, |last| last.position + 1);
    let shown = page.events.iter().map(|event| EventAnswer::of(event, bodies));
    let answer = Json(FeedAnswer {
        events: shown.collect(),
        next,
        size: page.size,
    });
    // Whoever waits for what comes next is shown nothing meanwhile.
    if page.events.is_empty() {
        return Ok(access.shows_nothing(answer));
    }
    let reading = if bodies {
        Reading::Bodies
    } else {
        Reading::Envelopes
    };
    let mut shows = Shows::many(reading, page.events.len()).numbers(from, next);
    if bodies {
        shows = shows.entries(page.events.iter().flat_map(|event| touched(&event.signed)));
    }
    access.shows(&web, shows, answer).await
}

#[cfg(test)]
mod tests {
    use crate::testing::{House, birth};

    #[tokio::test]
    async fn the_log_is_read_page_by_page_without_gaps_and_the_same_again() {
        let house = House::founded().await;
        let office = house.open_office(1, "UBND xã Hòa Phú").await;
        house.file(&office, birth("2026-03-02")).await;
        let mut positions = Vec::new();
        let mut next = 0;
        loop {
            let path = format!("/v1/events?from={next}&limit=2");
            let page = house.get(&path, &office).await.json();
            assert_eq!(page, house.get(&path, &office).await.json());
            let events = page["events"].as_array().unwrap().clone();
            if events.is_empty() {
                assert_eq!(page["next"], page["size"]);
                break;
            }
            positions.extend(events.iter().map(|event| event["position"].as_u64().unwrap()));
            assert!(
                events.iter().all(|event| event.get("sealed_body").is_none()),
                "bodies come only when asked for"
            );
            next = page["next"].as_u64().unwrap();
        }
        assert_eq!(positions, [0, 1, 2, 3]);
        let kinds = house.get("/v1/events", &office).await.json();
        let kinds: Vec<_> = kinds["events"]
            .as_array()
            .unwrap()
            .iter()
            .map(|event| event["kind"].clone())
            .collect();
        assert_eq!(kinds, ["ledger_founded", "office_opened", "key_granted", "birth"]);
    }

    #[tokio::test]
    async fn bodies_come_when_they_are_asked_for() {
        let house = House::founded().await;
        let page = house.get("/v1/events?bodies=true", &house.ministry).await.json();
        assert!(page["events"][0]["sealed_body"].is_string());
    }

    #[tokio::test]
    async fn past_the_end_there_is_nothing_yet() {
        let house = House::founded().await;
        let page = house.get("/v1/events?from=1000", &house.ministry).await.json();
        assert_eq!(
            (&page["events"], &page["next"], &page["size"]),
            (&serde_json::json!([]), &1_000.into(), &1.into())
        );
    }

    #[tokio::test]
    async fn limits_have_bounds() {
        let house = House::founded().await;
        let answer = house
            .get("/v1/events?from=-1&limit=1001&bodies=maybe", &house.ministry)
            .await;
        assert_eq!((answer.status, answer.problem().as_str()), (400, "bad_parameter"));
        let names: Vec<String> = answer.errors().into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["from", "limit", "bodies"]);
    }
}
