//! `GET /metrics`: what is measured, in Prometheus' text.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};

use crate::Web;
use crate::metric::{SIZE, WRITABLE};
use crate::problem::{NO_SUCH_ADDRESS, Problem};

/// Read the metrics
#[utoipa::path(
    get,
    path = "/metrics",
    tag = "operation",
    responses((status = 200, description = "Prometheus text format 0.0.4", body = String, content_type = "text/plain"))
)]
pub(crate) async fn get_metrics(State(web): State<Arc<Web>>) -> Result<Response, Problem> {
    let Some(handle) = web.metrics() else {
        return Err(Problem::new(&NO_SUCH_ADDRESS));
    };
    let state = web.registry().readiness().await.ok();
    metrics::gauge!(SIZE).set(web.registry().head().size as f64);
    metrics::gauge!(WRITABLE).set(f64::from(state.is_some_and(|state| state.read_only.is_none())));
    let media_type = [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
    Ok((media_type, handle.render()).into_response())
}
