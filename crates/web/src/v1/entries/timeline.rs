//! `GET /v1/entries/{id}/timeline`: what happened to an entry, step by step.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use civil::access::Reading;
use civil::id::EntryId;
use registry::TimelineStep;
use serde::Serialize;
use utoipa::ToSchema;

use crate::Web;
use crate::access::{Access, Shown, Shows};
use crate::parameters::in_path;
use crate::problem::Problem;
use crate::text::instant;

/// One step in the life of an entry.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Step {
    /// Its position in the log.
    position: u64,
    /// The event.
    #[schema(format = "uuid")]
    event: String,
    /// What it is about.
    kind: &'static str,
    /// The same in Vietnamese.
    title: &'static str,
    /// Who filed it.
    office: u32,
    /// The name of that office.
    office_name: String,
    /// When the thing itself happened (EDTF: year and month alone where no more is known).
    occurred_on: Option<String>,
    /// When it was registered.
    #[schema(format = "date")]
    registered_on: Option<String>,
    /// When the log recorded it.
    #[schema(format = "date-time")]
    recorded_at: String,
    /// What a judgment or a foreign authority settled; null for every other act.
    matter: Option<Matter>,
    /// The judgment or decision on which it rests, in words.
    judgment: Option<String>,
    /// The note that it left in this entry.
    note: Option<String>,
    /// What it says of where else the people of this entry are named.
    links: Vec<PersonLink>,
}

/// What was settled.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Matter {
    /// Its name.
    code: &'static str,
    /// The same in Vietnamese.
    title: &'static str,
}

/// That somebody named in this entry is named elsewhere too, or is not.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PersonLink {
    /// The place in this entry.
    r#ref: String,
    /// The other place.
    other: String,
    /// `same`, `again` where a registration was made again, `not_same`.
    verdict: &'static str,
}

/// Three times for every step: when it happened, when it was registered, when it was recorded.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TimelineAnswer {
    /// The steps, in the order of the log.
    steps: Vec<Step>,
}

/// Read the life of an entry
///
/// Every event that touched the entry, in the order of the log: what it was, when it counts, and the note it left.
#[utoipa::path(
    get,
    path = "/v1/entries/{id}/timeline",
    tag = "entries",
    params(("id" = String, Path, format = "uuid", description = "The entry")),
    responses((status = 200, description = "Its steps", body = TimelineAnswer)),
    security(("reader" = ["personal_data"]))
)]
pub(crate) async fn get_timeline(
    State(web): State<Arc<Web>>,
    access: Access,
    Path(id): Path<String>,
) -> Result<Shown<Json<TimelineAnswer>>, Problem> {
    let id: EntryId = in_path("id", &id)?;
    let steps = web.registry().timeline(id).await?;
    let shows = Shows::one(Reading::Timeline).entries([id]);
    let steps = steps.into_iter().map(Step::from).collect();
    access.shows(&web, shows, Json(TimelineAnswer { steps })).await
}

impl From<TimelineStep> for Step {
    fn from(step: TimelineStep) -> Self {
        let links = step.links.iter().map(|link| PersonLink {
            r#ref: link.from.to_string(),
            other: link.to.to_string(),
            verdict: link.verdict.name(),
        });
        Self {
            position: step.position,
            event: step.event.to_string(),
            kind: step.kind,
            title: step.title,
            office: step.office,
            office_name: step.office_name,
            occurred_on: step.occurred_on,
            registered_on: step.registered_on,
            recorded_at: instant(step.recorded_at_ms),
            matter: step.matter.map(|(code, title)| Matter { code, title }),
            judgment: step.judgment,
            note: step.note,
            links: links.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{House, birth};

    #[tokio::test]
    async fn a_step_tells_its_three_times() {
        let house = House::founded().await;
        let office = house.open_office(1, "UBND xã Hòa Phú").await;
        house.today_is("2026-03-05");
        let mut request = birth("2026-03-04");
        request["act"]["child"]["born_on"] = "2026-03-01".into();
        let (draft, _) = house.file(&office, request).await;
        let path = format!("/v1/entries/{}/timeline", draft["entry"].as_str().unwrap());
        let step = house.get(&path, &office).await.json()["steps"][0].clone();
        assert_eq!(step["occurred_on"], "2026-03-01");
        assert_eq!(step["registered_on"], "2026-03-04");
        assert_eq!(step["recorded_at"], "2026-03-05T02:00:00Z");
        let answer = house
            .get(
                "/v1/entries/018f0000-0000-7000-8000-000000000000/timeline",
                &office,
            )
            .await;
        assert_eq!((answer.status, answer.problem().as_str()), (404, "not_found"));
    }
}
