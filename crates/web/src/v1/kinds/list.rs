//! `GET /v1/kinds`: every kind of event.

use axum::Json;
use civil::kind::Kind;
use serde::Serialize;
use utoipa::ToSchema;

use super::KindAnswer;

/// Every kind of event.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct KindsAnswer {
    /// In the order of their codes.
    kinds: Vec<KindAnswer>,
}

/// List the kinds of event
#[utoipa::path(
    get,
    path = "/v1/kinds",
    tag = "kinds",
    responses((status = 200, description = "Every kind", body = KindsAnswer))
)]
pub(crate) async fn list_kinds() -> Json<KindsAnswer> {
    Json(KindsAnswer {
        kinds: Kind::ALL.iter().copied().map(KindAnswer::from).collect(),
    })
}
