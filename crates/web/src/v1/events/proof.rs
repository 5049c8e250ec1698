//! `GET /v1/events/{event_id}/proof`: a `.tlog-proof` file (C2SP tlog-proof), to be checked offline.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use civil::id::EventId;

use crate::parameters::in_path;
use crate::problem::{NOT_PROVABLE_YET, Problem};
use crate::root::checkpoint::renew;
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
    let event: EventId = in_path("event_id", &event_id)?;
    let mut proof = web.registry().proof_of(event).await?;
    if proof.is_none() {
        renew(&web).await?;
        proof = web.registry().proof_of(event).await?;
    }
    let proof = proof.ok_or_else(|| Problem::new(&NOT_PROVABLE_YET))?;
    let mut response = proof.to_string().into_response();
    let name = HeaderValue::from_str(&format!("attachment; filename=\"{event}.tlog-proof\""));
    if let Ok(name) = name {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(response)
}
