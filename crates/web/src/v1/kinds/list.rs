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
///
/// Every kind that the ledger records, with its names and what it may continue.
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

#[cfg(test)]
mod tests {
    use civil::kind::Kind;

    use crate::testing::House;

    #[tokio::test]
    async fn every_kind_is_listed_for_everybody_and_has_a_schema() {
        let house = House::founded().await;
        let kinds = house.get_openly("/v1/kinds").await.json();
        let kinds = kinds["kinds"].as_array().unwrap();
        assert_eq!(kinds.len(), Kind::ALL.len());
        for kind in kinds {
            let name = kind["kind"].as_str().unwrap();
            let full = house.get_openly(&format!("/v1/kinds/{name}")).await.json();
            assert_eq!(full["title"], kind["title"]);
            assert!(full["schema"]["properties"].is_object(), "{name}");
        }
        let answer = house.get_openly("/v1/kinds/christening").await;
        assert_eq!((answer.status, answer.problem().as_str()), (404, "not_found"));
    }
}
