//! `GET /metrics`: what is measured, in Prometheus' text.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};

use crate::Web;
use crate::metric::{SIZE, WRITABLE};
use crate::problem::{NO_SUCH_ADDRESS, Problem};

/// Read the metrics
///
/// For Prometheus. No label holds personal data.
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

#[cfg(test)]
mod tests {
    use crate::metric::builder;
    use crate::testing::House;

    #[tokio::test]
    async fn requests_are_counted_by_their_route_and_never_by_their_address() {
        let recorder = builder().unwrap().build_recorder();
        let handle = recorder.handle();
        let _guard = metrics::set_default_local_recorder(&recorder);
        let house = House::founded_with(|web| web.with_metrics(handle)).await;
        house
            .get("/v1/entries?name=b%C3%AD-m%E1%BA%ADt", &house.ministry)
            .await;
        house
            .get_openly("/v1/entries/018f0000-0000-7000-8000-000000000000")
            .await;
        house.get_openly("/bi-mat").await;
        let text = house.get_openly("/metrics").await.text().to_owned();
        for line in [
            "hotich_http_requests_total{method=\"GET\",route=\"/v1/entries\",status=\"200\"} 1",
            "hotich_http_requests_total{method=\"GET\",route=\"/v1/entries/{id}\",status=\"401\"} 1",
            "hotich_http_requests_total{method=\"GET\",route=\"unmatched\",status=\"404\"} 1",
            "hotich_http_request_duration_seconds_count{method=\"GET\",route=\"/v1/entries\"} 1",
            "hotich_http_requests_running 1",
            "hotich_ledger_events 1",
            "hotich_ledger_writable 1",
        ] {
            assert!(text.contains(line), "{line} is not in\n{text}");
        }
        assert!(!text.contains("bi-mat") && !text.contains("018f0000"));
    }

    #[tokio::test]
    async fn without_a_recorder_there_are_no_metrics() {
        let house = House::founded().await;
        assert_eq!(house.get_openly("/metrics").await.problem(), "no_such_address");
    }
}
