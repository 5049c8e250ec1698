//! `GET /v1/offices`: the offices, by number.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::OfficeAnswer;
use crate::parameters::Parameters;
use crate::problem::Problem;
use crate::{Caller, Web};

const LIMIT_MAX: u64 = 1_000;
const LIMIT_USUAL: u64 = 200;

/// A page of offices.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OfficesAnswer {
    /// Offices, by number.
    offices: Vec<OfficeAnswer>,
    /// The number from which the next page begins; null at the end.
    next: Option<u32>,
}

/// List offices
///
/// By number, open and closed ones, a page at a time.
#[utoipa::path(
    get,
    path = "/v1/offices",
    tag = "offices",
    params(
        ("from" = Option<u32>, Query, description = "The first number; 0 when left out"),
        ("limit" = Option<u64>, Query, minimum = 1, maximum = 1000, description = "At most so many; 200 when left out"),
    ),
    responses((status = 200, description = "A page of offices", body = OfficesAnswer)),
    security(("reader" = []))
)]
pub(crate) async fn list_offices(
    State(web): State<Arc<Web>>,
    _: Caller,
    mut parameters: Parameters,
) -> Result<Json<OfficesAnswer>, Problem> {
    let from = parameters.number("from", 0..=u64::from(u32::MAX)).unwrap_or(0);
    let limit = parameters.number("limit", 1..=LIMIT_MAX).unwrap_or(LIMIT_USUAL);
    parameters.finish()?;
    let answer = web.registry().with_directory(|known| {
        let mut rest = known.offices().skip_while(|office| u64::from(office.id.0) < from);
        let page = rest.by_ref().take(usize::try_from(limit).unwrap_or(usize::MAX));
        let offices = page.map(|office| OfficeAnswer::of(office, known)).collect();
        OfficesAnswer {
            offices,
            next: rest.next().map(|office| office.id.0),
        }
    });
    Ok(Json(answer))
}

#[cfg(test)]
mod tests {
    use crate::testing::House;

    #[tokio::test]
    async fn offices_come_page_by_page_by_number() {
        let house = House::founded().await;
        for id in [3, 1, 2] {
            house.open_office(id, "UBND xã").await;
        }
        let page = house.get("/v1/offices?limit=2", &house.ministry).await.json();
        let ids: Vec<_> = page["offices"]
            .as_array()
            .unwrap()
            .iter()
            .map(|office| office["office"].clone())
            .collect();
        assert_eq!(ids, [1, 2]);
        assert_eq!(page["next"], 3);
        let page = house
            .get("/v1/offices?limit=2&from=3", &house.ministry)
            .await
            .json();
        assert_eq!(page["offices"][0]["office"], 3);
        assert!(page["next"].is_null());
    }
}
