//! `GET /v1/trust-list`, `GET /v1/status-list`: what a verifier without a network goes by.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};

use crate::Web;
use crate::problem::Problem;
use crate::turnstile::Asker;

/// Both lists are signed messages (RFC 9052).
const COSE: &str = "application/cose";

/// Read the trust list
///
/// The roots and seals by which papers are judged, and the log's key, signed by the country's seal (COSE_Sign1, RFC 0004). For `hotich-verify extract --trust`.
#[utoipa::path(
    get,
    path = "/v1/trust-list",
    tag = "papers",
    responses(
        (status = 200, description = "The list", body = Vec<u8>, content_type = "application/cose"),
        (status = 404, description = "This node does not sign lists", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Asked too often: try again after `Retry-After`", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn get_trust_list(State(web): State<Arc<Web>>, _: Asker) -> Result<Response, Problem> {
    Ok(file(web.registry().trust_list().await?, "hotich.trust"))
}

/// Read the status list
///
/// Every paper that was revoked, or that a later act put out of date, by the hash of its code, signed by the country's seal (COSE_Sign1, RFC 0004). It names nobody. It
/// may be a minute old; its size says of how many events it speaks. For `hotich-verify extract --status`.
#[utoipa::path(
    get,
    path = "/v1/status-list",
    tag = "papers",
    responses(
        (status = 200, description = "The list", body = Vec<u8>, content_type = "application/cose"),
        (status = 404, description = "This node does not sign lists", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Asked too often: try again after `Retry-After`", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn get_status_list(State(web): State<Arc<Web>>, _: Asker) -> Result<Response, Problem> {
    let list = web.registry().status_list().await?;
    Ok(file(list.to_vec(), "hotich.status"))
}

fn file(bytes: Vec<u8>, name: &str) -> Response {
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(COSE));
    if let Ok(name) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    response
}
