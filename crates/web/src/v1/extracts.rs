//! `GET /v1/extracts`: the copies that were issued of an entry, and whether they still say what stands there.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use registry::lists::IssuedExtract;
use serde::Serialize;
use utoipa::ToSchema;

use crate::parameters::Parameters;
use crate::problem::Problem;
use crate::{Caller, Web};

/// A copy that was issued (bản sao trích lục).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExtractAnswer {
    /// The event.
    #[schema(format = "uuid")]
    event: String,
    /// Its position.
    position: u64,
    /// The entry of which it is a copy.
    #[schema(format = "uuid")]
    entry: String,
    /// The office that issued it.
    office: u32,
    /// The name of that office.
    office_name: String,
    /// Its number in that office's book of copies.
    number: u32,
    /// The year of that run of numbers.
    year: u16,
    /// When it was issued.
    #[schema(format = "date")]
    issued_on: String,
    /// The latest event on the entry that it shows (hexadecimal).
    #[schema(pattern = "^[0-9a-f]{64}$")]
    basis: String,
    /// That event's position.
    basis_position: u64,
    /// BLAKE3 of what it says (hexadecimal).
    #[schema(pattern = "^[0-9a-f]{64}$")]
    content_hash: String,
    /// The position of a later act that changed what a copy says; null while it is up to date.
    superseded_at: Option<u64>,
}

/// Copies, in the order of the log.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExtractsAnswer {
    /// The copies.
    extracts: Vec<ExtractAnswer>,
}

/// List the copies of an entry
///
/// Every copy of the entry that was issued, in the order of the log, and whether a later act made it out of date.
#[utoipa::path(
    get,
    path = "/v1/extracts",
    tag = "entries",
    params(("entry" = String, Query, format = "uuid", description = "The entry")),
    responses((status = 200, description = "The copies", body = ExtractsAnswer)),
    security(("reader" = []))
)]
pub(crate) async fn list_extracts(
    State(web): State<Arc<Web>>,
    _: Caller,
    mut parameters: Parameters,
) -> Result<Json<ExtractsAnswer>, Problem> {
    let entry = parameters.entry("entry");
    if entry.is_none() {
        parameters.missing("entry");
    }
    parameters.finish()?;
    let extracts = match entry {
        Some(entry) => web.registry().extracts_of(entry).await?,
        None => Vec::new(),
    };
    let extracts = extracts
        .into_iter()
        .map(|extract| ExtractAnswer::of(extract, &web))
        .collect();
    Ok(Json(ExtractsAnswer { extracts }))
}

impl ExtractAnswer {
    fn of(extract: IssuedExtract, web: &Web) -> Self {
        Self {
            event: extract.event.to_string(),
            position: extract.position,
            entry: extract.entry.to_string(),
            office: extract.office.0,
            office_name: web.registry().with_directory(|known| known.name(extract.office)),
            number: extract.number,
            year: extract.year,
            issued_on: extract.issued_on.to_string(),
            basis: extract.basis.to_string(),
            basis_position: extract.basis_position,
            content_hash: extract.content_hash,
            superseded_at: extract.superseded_at,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::House;

    #[tokio::test]
    async fn copies_are_asked_for_by_entry() {
        let house = House::founded().await;
        let answer = house.get("/v1/extracts", &house.ministry).await;
        assert_eq!((answer.status, answer.problem().as_str()), (400, "bad_parameter"));
        assert_eq!(answer.errors(), [("entry".to_owned(), "missing".to_owned())]);
        let none = house
            .get(
                "/v1/extracts?entry=018f0000-0000-7000-8000-000000000000",
                &house.ministry,
            )
            .await;
        assert_eq!(none.json(), serde_json::json!({ "extracts": [] }));
    }
}
