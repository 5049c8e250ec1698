//! The last look at an answer: failures leave as problems that name their request, faults are logged once, and every
//! answer carries the security headers.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::RequestId;
use crate::problem::{self, Problem};

/// Nothing here is a page: no script, no frame, no sniffing, no caching of people's records by strangers.
const SECURITY: [(HeaderName, &str); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; frame-ancestors 'none'",
    ),
    (header::REFERRER_POLICY, "no-referrer"),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
    (header::CACHE_CONTROL, "no-store"),
];

pub(super) async fn finish(request: Request, next: Next) -> Response {
    let id = request.extensions().get::<RequestId>().cloned();
    let mut response = next.run(request).await;
    if response.status().is_client_error() || response.status().is_server_error() {
        response = failed(response, id.as_ref());
    }
    for (name, value) in SECURITY {
        response
            .headers_mut()
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    response
}

/// The failure as a problem of this request. What did not begin as a problem (a refusal by the framework itself) becomes
/// the one of its status; its text, which may quote the request, is dropped.
fn failed(mut response: Response, id: Option<&RequestId>) -> Response {
    let problem = response.extensions_mut().remove::<Problem>();
    let problem = problem.unwrap_or_else(|| of_status(response.status()));
    let id = id.map(RequestId::as_str).unwrap_or_default();
    log(&problem, id);
    let mut renewed = problem.of_request(id).into_response();
    keep(response.headers(), renewed.headers_mut());
    renewed
}

/// What the first answer said beside its body, as the methods an address takes.
fn keep(from: &HeaderMap, to: &mut HeaderMap) {
    for name in [header::ALLOW, header::CONNECTION] {
        if let Some(value) = from.get(&name) {
            to.insert(name, value.clone());
        }
    }
}

fn of_status(status: StatusCode) -> Problem {
    Problem::new(match status {
        StatusCode::NOT_FOUND => &problem::NO_SUCH_ADDRESS,
        StatusCode::METHOD_NOT_ALLOWED => &problem::METHOD_NOT_ALLOWED,
        StatusCode::PAYLOAD_TOO_LARGE => &problem::TOO_LARGE,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => &problem::NOT_JSON,
        StatusCode::REQUEST_TIMEOUT => &problem::REQUEST_TIMED_OUT,
        status if status.is_client_error() => &problem::BAD_REQUEST,
        _ => &problem::INTERNAL,
    })
}

fn log(problem: &Problem, id: &str) {
    let (code, cause) = (problem.code(), problem.cause().unwrap_or("not said"));
    match problem.status() {
        StatusCode::SERVICE_UNAVAILABLE => tracing::warn!(request = id, code, cause, "request {id}: {code}"),
        status if status.is_server_error() => {
            tracing::error!(request = id, code, cause, "request {id}: {code}")
        }
        _ => {}
    }
}
