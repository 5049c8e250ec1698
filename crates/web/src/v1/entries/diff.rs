//! `GET /v1/entries/{id}/diff`: what differs between two states of an entry.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use civil::access::Reading;
use civil::id::EntryId;
use registry::{Diff, Moment};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::Web;
use crate::access::{Access, Shown, Shows};
use crate::parameters::{Parameters, in_path};
use crate::problem::Problem;

/// What differs.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DiffAnswer {
    /// Field by field.
    fields: Vec<DiffField>,
    /// The notes that came, or went, in between, in the order of the log.
    notes: Vec<DiffNote>,
    /// Whether the entry held first.
    in_force_from: bool,
    /// Whether it held then.
    in_force_to: bool,
}

/// A field that differs.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DiffField {
    /// Its JSON pointer.
    pointer: String,
    /// Its name on the forms.
    label: String,
    /// What stands there first; null when it is left out.
    #[schema(value_type = Option<Object>)]
    from: Value,
    /// What stands there then.
    #[schema(value_type = Option<Object>)]
    to: Value,
    /// The latest act that changed it in between.
    #[schema(format = "uuid")]
    event: String,
}

/// A note that one of the two states has.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DiffNote {
    /// The event that it follows from.
    #[schema(format = "uuid")]
    event: String,
    /// What it says.
    text: String,
}

/// Compare two states of an entry
///
/// Each state is `original`, `now`, a legal day or a position of the log.
#[utoipa::path(
    get,
    path = "/v1/entries/{id}/diff",
    tag = "entries",
    params(
        ("id" = String, Path, format = "uuid", description = "The entry"),
        ("from" = Option<String>, Query, description = "The first state; `original` when left out"),
        ("to" = Option<String>, Query, description = "The second; `now` when left out"),
    ),
    responses((status = 200, description = "What differs", body = DiffAnswer)),
    security(("reader" = ["personal_data"]))
)]
pub(crate) async fn get_diff(
    State(web): State<Arc<Web>>,
    access: Access,
    Path(id): Path<String>,
    mut parameters: Parameters,
) -> Result<Shown<Json<DiffAnswer>>, Problem> {
    let id: EntryId = in_path("id", &id)?;
    let from = parameters.moment("from").unwrap_or(Moment::Original);
    let to = parameters.moment("to").unwrap_or(Moment::Now);
    parameters.finish()?;
    let diff = web.registry().diff(id, from, to).await?;
    let shows = Shows::one(Reading::Diff).entries([id]);
    access.shows(&web, shows, Json(diff.into())).await
}

impl From<Diff> for DiffAnswer {
    fn from(diff: Diff) -> Self {
        let fields = diff.fields.into_iter().map(|field| DiffField {
            pointer: field.pointer,
            label: field.label,
            from: field.from,
            to: field.to,
            event: field.event.to_string(),
        });
        let notes = diff.notes.into_iter().map(|(event, text)| DiffNote {
            event: event.to_string(),
            text,
        });
        Self {
            fields: fields.collect(),
            notes: notes.collect(),
            in_force_from: diff.states.0.in_force(),
            in_force_to: diff.states.1.in_force(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::{House, birth, correction};

    #[tokio::test]
    async fn two_states_are_compared_field_by_field() {
        let house = House::founded().await;
        let office = house.open_office(1, "UBND xã Hòa Phú").await;
        let (draft, receipt) = house.file(&office, birth("2026-03-02")).await;
        house.today_is("2026-03-10");
        let (amended, _) = house
            .file(&office, correction(&draft["entry"], "2026-03-10"))
            .await;
        let path = format!("/v1/entries/{}/diff", draft["entry"].as_str().unwrap());
        let fields = async |query: &str| {
            let answer = house.get(&format!("{path}{query}"), &office).await;
            assert_eq!(answer.status, 200, "{}", answer.text());
            answer.json()["fields"].clone()
        };
        let whole = json!([{
            "pointer": "/mother/born_on", "label": "Mẹ – Ngày, tháng, năm sinh", "from": "1994", "to": "1995-06-01",
            "event": amended["event"],
        }]);
        assert_eq!(fields("").await, whole);
        assert_eq!(fields("?from=2026-03-09&to=2026-03-10").await, whole);
        assert_eq!(fields(&format!("?from={}", receipt["position"])).await, whole);
        assert_eq!(fields("?from=now&to=original").await[0]["to"], "1994");
        assert_eq!(fields("?from=2026-03-05&to=2026-03-09").await, json!([]));
        let unreadable = house.get(&format!("{path}?from=then"), &office).await;
        assert_eq!(unreadable.problem(), "bad_parameter");
        let before = house.get(&format!("{path}?from=2026-03-01"), &office).await;
        assert_eq!(before.status, 404);
    }
}
