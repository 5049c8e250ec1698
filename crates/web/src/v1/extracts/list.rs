//! `GET /v1/extracts`: the papers that were issued of an entry, and whether they still say what stands there.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use registry::lists::IssuedExtract;
use serde::Serialize;
use utoipa::ToSchema;

use crate::parameters::Parameters;
use crate::problem::Problem;
use crate::{Caller, Web};

/// A paper that was issued: a copy (bản sao trích lục) or the original.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExtractAnswer {
    /// The event.
    #[schema(format = "uuid")]
    event: String,
    /// Its position.
    position: u64,
    /// The entry whose paper it is.
    #[schema(format = "uuid")]
    entry: Option<String>,
    /// The office that issued it.
    office: u32,
    /// The name of that office.
    office_name: String,
    /// Its number in that office's book of copies; 0 for an original.
    number: u32,
    /// The year of that run of numbers; 0 for an original.
    year: u16,
    /// When it was issued.
    #[schema(format = "date")]
    issued_on: String,
    /// The latest event on the entry that it shows (hexadecimal).
    #[schema(pattern = "^[0-9a-f]{64}$")]
    basis: Option<String>,
    /// That event's position.
    basis_position: u64,
    /// BLAKE3 of what it says (hexadecimal).
    #[schema(pattern = "^[0-9a-f]{64}$")]
    content_hash: Option<String>,
    /// By what right it was asked for.
    standing: String,
    /// Which paper; null for copies of the first release, which had no page.
    paper: Option<&'static str>,
    /// `original` or `copy`; null as above.
    form: Option<&'static str>,
    /// From which day it is revoked, or the registration that it proves; null while neither is.
    #[schema(format = "date")]
    revoked_on: Option<String>,
    /// The position of the first later act that changed what a copy says; null while it is up to date.
    superseded_at: Option<u64>,
}

/// Papers, in the order of the log.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExtractsAnswer {
    /// The papers.
    extracts: Vec<ExtractAnswer>,
}

/// List the papers of an entry
///
/// Every paper of the entry that was issued, in the order of the log, and whether it still holds.
#[utoipa::path(
    get,
    path = "/v1/extracts",
    tag = "papers",
    params(("entry" = String, Query, format = "uuid", description = "The entry")),
    responses((status = 200, description = "The papers", body = ExtractsAnswer)),
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
            entry: extract.entry.map(|entry| entry.to_string()),
            office: extract.office.0,
            office_name: web.registry().with_directory(|known| known.name(extract.office)),
            number: extract.number,
            year: extract.year,
            issued_on: extract.issued_on.to_string(),
            basis: extract.basis.map(|basis| basis.to_string()),
            basis_position: extract.basis_position,
            content_hash: extract.content_hash,
            standing: extract.standing,
            paper: extract.sheet.map(|(paper, _)| paper.name()),
            form: extract.sheet.map(|(_, form)| form.name()),
            revoked_on: extract.fate.revoked_on().map(|day| day.to_string()),
            superseded_at: extract.fate.superseded.map(|(_, position)| position),
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
