//! Accounting for a request: its span, its count, its duration. The route's template stands for the address, which may
//! hold names.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument as _;

use super::RequestId;
use crate::metric::{DURATION, REQUESTS, RUNNING};

/// Counts one request as running for as long as it lives, also when the client hangs up.
struct Running;

impl Running {
    fn begin() -> Self {
        metrics::gauge!(RUNNING).increment(1.0);
        Self
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        metrics::gauge!(RUNNING).decrement(1.0);
    }
}

pub(super) async fn account(request: Request, next: Next) -> Response {
    let method = method_label(&request);
    let route = match request.extensions().get::<MatchedPath>() {
        Some(path) => path.as_str().to_owned(),
        None => "unmatched".to_owned(),
    };
    let id = request
        .extensions()
        .get::<RequestId>()
        .map(RequestId::to_string)
        .unwrap_or_default();
    let span = tracing::info_span!("http", request = %id, method, route, status = tracing::field::Empty);
    let (started, _running) = (Instant::now(), Running::begin());
    let response = next.run(request).instrument(span.clone()).await;
    let status = response.status().as_u16();
    span.record("status", status);
    let elapsed = started.elapsed();
    span.in_scope(|| {
        tracing::debug!(
            elapsed_us = elapsed.as_micros(),
            "answered request {id} with {status}"
        )
    });
    metrics::histogram!(DURATION, "method" => method, "route" => route.clone()).record(elapsed.as_secs_f64());
    metrics::counter!(REQUESTS, "method" => method, "route" => route, "status" => status.to_string())
        .increment(1);
    response
}

/// A method of HTTP, or one word for all that strangers make up: labels must stay few.
fn method_label(request: &Request) -> &'static str {
    match request.method().as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PUT" => "PUT",
        "DELETE" => "DELETE",
        "PATCH" => "PATCH",
        "OPTIONS" => "OPTIONS",
        _ => "other",
    }
}
