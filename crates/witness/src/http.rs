//! C2SP tlog-witness over HTTP.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use tlog::{MAX_REQUEST_SIZE, WitnessRefusal};

use crate::witness::{Refused, Witness};

/// How long the body of a request may take to arrive.
const PATIENCE: Duration = Duration::from_secs(10);
const TEXT: &str = "text/plain; charset=utf-8";
/// What comes with 409.
const SIZE: &str = "text/x.tlog.size";

/// `POST /add-checkpoint`, and for monitors `GET /<SHA-256 of the origin>/checkpoint`.
pub fn router(witness: Arc<Witness>) -> Router {
    router_within(witness, PATIENCE)
}

/// The same, with another time for the body of a request to arrive.
pub fn router_within(witness: Arc<Witness>, patience: Duration) -> Router {
    let add = move |State(witness): State<Arc<Witness>>, body: Body| add_checkpoint(witness, body, patience);
    Router::new()
        .route("/add-checkpoint", post(add))
        .route("/{origin}/checkpoint", get(latest))
        .with_state(witness)
}

async fn add_checkpoint(witness: Arc<Witness>, body: Body, patience: Duration) -> Response {
    let Ok(body) = tokio::time::timeout(patience, to_bytes(body, MAX_REQUEST_SIZE)).await else {
        return StatusCode::REQUEST_TIMEOUT.into_response();
    };
    let Ok(body) = body else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    match witness.add_checkpoint(&body).await {
        Ok(lines) => {
            let lines: String = lines.iter().map(|line| format!("{line}\n")).collect();
            ([(header::CONTENT_TYPE, TEXT)], lines).into_response()
        }
        Err(Refused::Judged(WitnessRefusal::Conflict { size })) => (
            StatusCode::CONFLICT,
            [(header::CONTENT_TYPE, SIZE)],
            format!("{size}\n"),
        )
            .into_response(),
        Err(Refused::Judged(refusal)) => {
            let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::BAD_REQUEST);
            tracing::info!(%refusal, "nothing is cosigned: {refusal}");
            (status, [(header::CONTENT_TYPE, TEXT)], format!("{refusal}\n")).into_response()
        }
        Err(fault) => failed(&fault),
    }
}

async fn latest(State(witness): State<Arc<Witness>>, Path(origin): Path<String>) -> Response {
    match witness.latest(&origin).await {
        Ok(Some(note)) => (
            [(header::CONTENT_TYPE, TEXT), (header::CACHE_CONTROL, "no-store")],
            note,
        )
            .into_response(),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(fault) => failed(&fault),
    }
}

fn failed(fault: &dyn std::error::Error) -> Response {
    tracing::error!(%fault, "the witness fails: {fault}");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}
