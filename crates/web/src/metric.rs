//! What is measured, and in which buckets.

use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};

/// Requests answered, by method, route and status.
pub const REQUESTS: &str = "hotich_http_requests_total";
/// How long answers took, in seconds, by method and route.
pub const DURATION: &str = "hotich_http_request_duration_seconds";
/// Requests being answered now.
pub const RUNNING: &str = "hotich_http_requests_running";
/// Events in the log.
pub(crate) const SIZE: &str = "hotich_ledger_events";
/// 1 while the ledger takes writes.
pub(crate) const WRITABLE: &str = "hotich_ledger_writable";

/// Upper ends of the buckets of durations, in seconds.
const SECONDS: [f64; 13] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0,
];

/// Installs the recorder of the whole program (ledger and registry are measured too) and answers its handle, for
/// [`crate::Web::with_metrics`]. Once per program.
///
/// # Errors
/// When there is a recorder already.
pub fn prometheus() -> Result<PrometheusHandle, BuildError> {
    builder()?.install_recorder()
}

/// A recorder that keeps durations in buckets.
pub(crate) fn builder() -> Result<PrometheusBuilder, BuildError> {
    PrometheusBuilder::new().set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &SECONDS)
}
