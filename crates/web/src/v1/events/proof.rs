//! `GET /v1/events/{event_id}/proof`: a `.tlog-proof` file (C2SP tlog-proof), to be checked offline.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use civil::id::EventId;

use crate::parameters::in_path;
use crate::problem::{NOT_PROVABLE_YET, Problem};
use crate::{Caller, Web};

/// Prove an event
///
/// The proof leads from the event's leaf (`0x01 ‖ BLAKE3 ‖ SHA-256` of its signed bytes) to a signed checkpoint.
#[utoipa::path(
    get,
    path = "/v1/events/{event_id}/proof",
    tag = "events",
    params(("event_id" = String, Path, format = "uuid", description = "The event")),
    responses((status = 200, description = "A C2SP tlog-proof", body = String, content_type = "text/plain")),
    security(("reader" = []))
)]
pub(crate) async fn get_proof(
    State(web): State<Arc<Web>>,
    _: Caller,
    Path(event_id): Path<String>,
) -> Result<Response, Problem> {
    proof_file(&web, in_path("event_id", &event_id)?).await
}

/// The proof of an event, as a file.
///
/// # Errors
/// [`NOT_PROVABLE_YET`]; when there is no such event.
pub(crate) async fn proof_file(web: &Web, event: EventId) -> Result<Response, Problem> {
    let proof = web.registry().proof_of(event).await?;
    let proof = proof.ok_or_else(|| Problem::new(&NOT_PROVABLE_YET))?;
    let mut response = proof.to_string().into_response();
    let name = HeaderValue::from_str(&format!("attachment; filename=\"{event}.tlog-proof\""));
    if let Ok(name) = name {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(response)
}

#[cfg(test)]
mod tests {
    use axum::http::header::{CONTENT_DISPOSITION, RETRY_AFTER};

    use crate::testing::House;

    #[tokio::test]
    async fn a_proof_is_a_file_and_stays_the_same() {
        let house = House::founded().await;
        let event = house.get("/v1/events", &house.ministry).await.json()["events"][0]["event"].clone();
        let path = format!("/v1/events/{}/proof", event.as_str().unwrap());
        house.publish().await;
        let first = house.get(&path, &house.ministry).await;
        assert!(first.header(CONTENT_DISPOSITION).contains(".tlog-proof"));
        assert!(
            first.text().starts_with("c2sp.org/tlog-proof@v1\nindex 0\n"),
            "{}",
            first.text()
        );
        house.open_office(1, "UBND xã Hòa Phú").await;
        house.publish().await;
        assert_eq!(house.get(&path, &house.ministry).await.text(), first.text());
    }

    #[tokio::test]
    async fn without_a_checkpoint_nothing_can_be_proved_yet() {
        let house = House::founded().await;
        let event = house.get("/v1/events", &house.ministry).await.json()["events"][0]["event"].clone();
        let answer = house
            .get(
                &format!("/v1/events/{}/proof", event.as_str().unwrap()),
                &house.ministry,
            )
            .await;
        assert_eq!(
            (answer.status, answer.problem().as_str()),
            (404, "not_provable_yet")
        );
        assert_eq!(answer.header(RETRY_AFTER), "5");
        let unknown = house
            .get(
                "/v1/events/018f0000-0000-7000-8000-000000000000/proof",
                &house.ministry,
            )
            .await;
        assert_eq!((unknown.status, unknown.problem().as_str()), (404, "not_found"));
    }
}
