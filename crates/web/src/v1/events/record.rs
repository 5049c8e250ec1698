//! `POST /v1/events`: a signed event and its body → a receipt.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use civil::id::{EventHash, EventId};
use civil::wire::{FieldError, Form};
use registry::Receipt;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::Web;
use crate::document::Document;
use crate::problem::{ERRORS_MAX, Problem};
use crate::text::{from_base64, instant};

/// A signed event and its body.
#[derive(ToSchema)]
#[expect(dead_code, reason = "documents what `read` reads")]
pub(crate) struct SignedEventRequest {
    /// The signed event: a COSE_Sign1 over the draft's envelope (base64).
    #[schema(content_encoding = "base64")]
    signed: String,
    /// The draft's sealed body, as it came (base64).
    #[schema(content_encoding = "base64")]
    sealed_body: String,
}

/// Says that an event is committed, durable and visible to every reader.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReceiptAnswer {
    /// The event.
    #[schema(format = "uuid")]
    event: String,
    /// The entry that it opened or continued; null for what is about none.
    #[schema(format = "uuid")]
    entry: Option<String>,
    /// Its place in the log, from 0.
    position: u64,
    /// BLAKE3 of its signed bytes (hexadecimal).
    #[schema(pattern = "^[0-9a-f]{64}$")]
    hash: String,
    /// When it was recorded.
    #[schema(format = "date-time")]
    recorded_at: String,
    /// Size of the national tree after the commit that recorded it.
    tree_size: u64,
    /// Root of that tree (hexadecimal).
    #[schema(pattern = "^[0-9a-f]{64}$")]
    root: String,
}

/// Record a signed event
///
/// The officer's signature is all the authentication there is. The event id is the idempotency key: the same bytes again get
/// the same receipt, with 200; other bytes under the same id are refused. After `outcome_unknown`, `timed_out` or a lost
/// connection, send the same bytes again.
#[utoipa::path(
    post,
    path = "/v1/events",
    tag = "events",
    request_body = SignedEventRequest,
    responses(
        (status = 201, description = "Recorded", body = ReceiptAnswer,
            headers(("Location" = String, description = "The event's address"))),
        (status = 200, description = "Recorded before, with these very bytes", body = ReceiptAnswer,
            headers(("Location" = String, description = "The event's address"))),
        (status = 409, description = "The stream or an entry has moved (`next`, `head`, `entry`): sign again. Or the event id was used",
            body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Refused by law or form; every reason is listed",
            body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn record_event(
    State(web): State<Arc<Web>>,
    document: Document,
) -> Result<Response, Problem> {
    let (signed, sealed_body) = read(&document.json)?;
    // What lies below the head as it was before cannot have been recorded by this request.
    let known = web.registry().head().size;
    let entry = super::entry(&signed);
    let receipt = web.registry().record(signed.into(), sealed_body.into()).await?;
    let status = if receipt.position < known {
        StatusCode::OK
    } else {
        StatusCode::CREATED
    };
    let answer = ReceiptAnswer::of(receipt, entry);
    let location = HeaderValue::from_str(&format!("/v1/events/{}", answer.event));
    let mut response = (status, Json(answer)).into_response();
    if let Ok(location) = location {
        response.headers_mut().insert(header::LOCATION, location);
    }
    Ok(response)
}

/// The two byte strings, or every fault.
fn read(request: &Value) -> Result<(Vec<u8>, Vec<u8>), Vec<FieldError>> {
    let mut form = Form::new();
    let read = read_at(request, &mut form);
    form.finish(read)
}

/// As [`read`], within a form.
pub(crate) fn read_at(request: &Value, form: &mut Form) -> Option<(Vec<u8>, Vec<u8>)> {
    let Some(members) = request.as_object() else {
        return form.fault("not_an_object", "Phải là một nhóm trường.", "Must be an object.");
    };
    let unknown = members
        .keys()
        .filter(|name| !["signed", "sealed_body"].contains(&name.as_str()));
    for name in unknown.take(ERRORS_MAX) {
        let _: Option<()> = form.at(name, |form| {
            form.fault("unknown_field", "Không có trường này.", "There is no such field.")
        });
    }
    let mut bytes = |name: &str| {
        form.at(name, |form| match members.get(name) {
            None => form.fault("missing", "Thiếu trường này.", "Missing."),
            Some(value) => value.as_str().and_then(from_base64).or_else(|| {
                form.fault(
                    "not_base64",
                    "Phải là chuỗi base64.",
                    "Must be base64 with padding.",
                )
            }),
        })
    };
    let (signed, sealed_body) = (bytes("signed"), bytes("sealed_body"));
    signed.zip(sealed_body)
}

impl ReceiptAnswer {
    pub(crate) fn of(receipt: Receipt, entry: Option<String>) -> Self {
        Self {
            event: EventId::from_bytes(receipt.event_id).to_string(),
            entry,
            position: receipt.position,
            hash: EventHash(receipt.hash).to_string(),
            recorded_at: instant(receipt.recorded_at_ms),
            tree_size: receipt.tree_size,
            root: hex::encode(receipt.root),
        }
    }
}

#[cfg(test)]
#[path = "record_tests.rs"]
mod tests;
