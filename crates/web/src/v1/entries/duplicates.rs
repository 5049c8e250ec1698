//! `GET /v1/entries/{id}/duplicates`: entries that may be about the same as this one, with score and reasons.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use civil::access::Reading;
use civil::duplicate::{Candidate, Feature};
use civil::id::EntryId;
use serde::Serialize;
use utoipa::ToSchema;

use crate::Web;
use crate::access::{Access, Shown, Shows};
use crate::parameters::in_path;
use crate::problem::Problem;

/// An entry that may be about the same as another.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DuplicateCandidate {
    /// The other entry.
    #[schema(format = "uuid")]
    entry: String,
    /// How alike the two are: 40 to 100; from 60 on the officer who registers is warned.
    score: u8,
    /// In what both agree: `name`, `born_on`, `mother`, `personal_number`, …
    agree: Vec<&'static str>,
    /// In what they differ.
    differ: Vec<&'static str>,
    /// Why they look alike for a lawful reason: `twins`, `again_registered`; null when nothing explains it.
    explained: Option<&'static str>,
}

/// The entries that may be about the same.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DuplicatesAnswer {
    /// The most alike first.
    candidates: Vec<DuplicateCandidate>,
}

/// List possible duplicates of an entry
///
/// Hints with their reasons. Whether two entries are of one person an officer decides, by an act `identity_decided`; nothing is merged.
#[utoipa::path(
    get,
    path = "/v1/entries/{id}/duplicates",
    tag = "entries",
    params(("id" = String, Path, format = "uuid", description = "The entry")),
    responses((status = 200, description = "The candidates", body = DuplicatesAnswer)),
    security(("reader" = ["personal_data"]))
)]
pub(crate) async fn list_duplicates(
    State(web): State<Arc<Web>>,
    access: Access,
    Path(id): Path<String>,
) -> Result<Shown<Json<DuplicatesAnswer>>, Problem> {
    let id: EntryId = in_path("id", &id)?;
    let found = web.registry().duplicates_of(id).await?;
    let like = found.iter().map(|candidate| candidate.entry);
    let shows = Shows::many(Reading::Duplicates, found.len()).entries(like.chain([id]));
    let candidates = found.iter().map(DuplicateCandidate::from).collect();
    access
        .shows(&web, shows, Json(DuplicatesAnswer { candidates }))
        .await
}

impl From<&Candidate> for DuplicateCandidate {
    fn from(candidate: &Candidate) -> Self {
        let names = |features: &[Feature]| features.iter().map(|feature| feature.name()).collect();
        Self {
            entry: candidate.entry.to_string(),
            score: candidate.score,
            agree: names(&candidate.agree),
            differ: names(&candidate.differ),
            explained: candidate.explained.map(|why| why.name()),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::{House, birth};

    #[tokio::test]
    async fn a_child_registered_twice_is_found_with_its_reasons_from_either_side() {
        let house = House::founded().await;
        let hoa_phu = house.open_office(1, "UBND xã Hòa Phú").await;
        let tan_lap = house.open_office(2, "UBND phường Tân Lập").await;
        let (first, _) = house.file(&hoa_phu, birth("2026-03-02")).await;
        let draft = house.draft(&tan_lap, birth("2026-03-02")).await.json();
        assert_eq!(draft["duplicates"][0]["entry"], first["entry"]);
        let (second, _) = house.file(&tan_lap, birth("2026-03-02")).await;
        for (one, other) in [(&first, &second), (&second, &first)] {
            let path = format!("/v1/entries/{}/duplicates", one["entry"].as_str().unwrap());
            let found = house.get(&path, &tan_lap).await.json();
            let candidate = &found["candidates"][0];
            assert_eq!(
                (&candidate["entry"], &candidate["explained"]),
                (&other["entry"], &json!(null))
            );
            assert!(candidate["score"].as_u64().unwrap() >= 60, "{found}");
            let agree = candidate["agree"].to_string();
            assert!(agree.contains("name") && agree.contains("mother"), "{found}");
        }
    }

    #[tokio::test]
    async fn an_entry_without_its_like_has_no_candidates_and_an_unknown_one_is_not_found() {
        let house = House::founded().await;
        let office = house.open_office(1, "UBND xã Hòa Phú").await;
        let (draft, _) = house.file(&office, birth("2026-03-02")).await;
        let path = format!("/v1/entries/{}/duplicates", draft["entry"].as_str().unwrap());
        assert_eq!(
            house.get(&path, &office).await.json(),
            json!({ "candidates": [] })
        );
        let path = "/v1/entries/018f0000-0000-7000-8000-000000000000/duplicates";
        let answer = house.get(path, &office).await;
        assert_eq!((answer.status, answer.problem().as_str()), (404, "not_found"));
    }
}
