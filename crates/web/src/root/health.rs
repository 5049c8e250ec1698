//! `GET /health`: the program runs.

/// Ask whether the program runs
#[utoipa::path(
    get,
    path = "/health",
    tag = "operation",
    responses((status = 200, description = "`ok`", body = String, content_type = "text/plain"))
)]
pub(crate) async fn get_health() -> &'static str {
    "ok\n"
}
