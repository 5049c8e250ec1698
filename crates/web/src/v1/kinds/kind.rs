//! `GET /v1/kinds/{kind}`: one kind, with the JSON Schema of its acts.

use axum::Json;
use axum::extract::Path;
use civil::json_schema::schema_of;
use civil::kind::Kind;
use registry::RegistryError;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::KindAnswer;
use crate::problem::Problem;

/// A kind of event and what an act of it holds.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct KindInFull {
    #[serde(flatten)]
    kind: KindAnswer,
    /// JSON Schema (2020-12) of `act` in a draft's request, labels included.
    #[schema(value_type = Object)]
    schema: Value,
}

/// Read a kind of event
///
/// With the JSON Schema of its acts, from which a form can be made.
#[utoipa::path(
    get,
    path = "/v1/kinds/{kind}",
    tag = "kinds",
    params(("kind" = String, Path, description = "Its name")),
    responses((status = 200, description = "The kind", body = KindInFull))
)]
pub(crate) async fn get_kind(Path(kind): Path<String>) -> Result<Json<KindInFull>, Problem> {
    let kind = Kind::named(&kind).ok_or(RegistryError::NotFound("kind"))?;
    Ok(Json(KindInFull {
        kind: kind.into(),
        schema: schema_of(kind),
    }))
}
