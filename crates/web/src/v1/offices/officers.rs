//! `GET /v1/offices/{id}/officers`: who was appointed to an office, and until when.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use civil::directory::{Appointment, Directory};
use civil::id::OfficeId;
use registry::RegistryError;
use serde::Serialize;
use utoipa::ToSchema;

use crate::parameters::{Parameters, in_path};
use crate::problem::Problem;
use crate::{Caller, Web};

/// The officers of an office.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OfficersAnswer {
    /// The office.
    office: u32,
    /// Its name.
    office_name: String,
    /// The appointments, by their first day.
    officers: Vec<Officer>,
}

/// An appointment (Law 60/2014, Art. 72).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Officer {
    /// The event that appointed them.
    #[schema(format = "uuid")]
    appointment: String,
    /// Who; null when the name is not stated.
    name: Option<String>,
    /// What they may do.
    role: &'static str,
    /// Their title.
    title: String,
    /// First day.
    #[schema(format = "date")]
    from: String,
    /// Last day, as appointed.
    #[schema(format = "date")]
    until: Option<String>,
    /// The first day without it, when they were relieved.
    #[schema(format = "date")]
    relieved_on: Option<String>,
    /// The units for which they act; all of the office when empty.
    jurisdiction: Vec<String>,
    /// By which decision.
    decision: Option<String>,
    /// The keys that were granted on it.
    keys: Vec<String>,
}

/// List the officers of an office
///
/// Who was appointed, as what and until when, with the keys that sign on that appointment.
#[utoipa::path(
    get,
    path = "/v1/offices/{id}/officers",
    tag = "offices",
    params(
        ("id" = u32, Path, description = "The office"),
        ("on" = Option<String>, Query, format = "date", description = "Only those who hold office on that day; all when left out"),
    ),
    responses((status = 200, description = "Its officers", body = OfficersAnswer)),
    security(("reader" = []))
)]
pub(crate) async fn list_officers(
    State(web): State<Arc<Web>>,
    _: Caller,
    Path(id): Path<String>,
    mut parameters: Parameters,
) -> Result<Json<OfficersAnswer>, Problem> {
    let id: OfficeId = in_path("id", &id)?;
    let on = parameters.day("on");
    parameters.finish()?;
    let answer = web.registry().with_directory(|known| {
        let office = known.office(id)?;
        let mut appointments: Vec<_> = known
            .appointments_to(id)
            .filter(|appointment| on.is_none_or(|day| appointment.holds_on(day)))
            .collect();
        appointments.sort_by_key(|appointment| (appointment.from, appointment.event));
        Some(OfficersAnswer {
            office: id.0,
            office_name: office.name.clone(),
            officers: appointments
                .into_iter()
                .map(|appointment| Officer::of(appointment, known))
                .collect(),
        })
    });
    Ok(Json(answer.ok_or(RegistryError::NotFound("office"))?))
}

impl Officer {
    fn of(appointment: &Appointment, directory: &Directory) -> Self {
        let granted = directory
            .keys()
            .filter(|(_, grant)| grant.appointment == Some(appointment.event));
        let mut keys: Vec<String> = granted.map(|(key, _)| key.to_string()).collect();
        keys.sort();
        Self {
            appointment: appointment.event.to_string(),
            name: appointment
                .person
                .name
                .value
                .as_ref()
                .map(|name| name.full().to_owned()),
            role: appointment.role.name(),
            title: appointment.title.to_string(),
            from: appointment.from.to_string(),
            until: appointment.until.map(|day| day.to_string()),
            relieved_on: appointment.relieved_on.map(|day| day.to_string()),
            jurisdiction: appointment.jurisdiction.iter().map(ToString::to_string).collect(),
            decision: appointment.decision.as_ref().map(ToString::to_string),
            keys,
        }
    }
}

#[cfg(test)]
mod tests {
    use civil::cose::SecretKey;
    use serde_json::json;

    use crate::testing::{House, birth};

    #[tokio::test]
    async fn an_officer_signs_while_appointed_and_never_their_own_case() {
        let house = House::founded().await;
        let office = house.open_office(1, "UBND xã Hòa Phú").await;
        let appointed = json!({
            "office": 1, "role": "officer", "title": "Công chức tư pháp – hộ tịch", "from": "2020-01-01",
            "person": { "name": "Ksor H’Bia", "born_on": "1994-05-06", "personal_number": "066194001234" },
        });
        let appointed = json!({ "kind": "officer_appointed", "act": appointed });
        let (draft, _) = house.file(&house.ministry, appointed).await;
        let appointment = draft["event"].clone();
        let key = SecretKey::ed25519(&[66; 32]);
        let granted = json!({
            "office": 1, "key": hex::encode(key.public().to_cose_key()), "role": "officer", "valid_from": "2020-01-01",
            "appointment": appointment,
        });
        house
            .file(&house.ministry, json!({ "kind": "key_granted", "act": granted }))
            .await;
        let officer = office.with_key(key);

        let list = house.get("/v1/offices/1/officers", &officer).await.json();
        assert_eq!(list["officers"][0]["appointment"], appointment);
        assert_eq!(
            list["officers"][0]["keys"],
            json!([officer.key.public().id().to_string()])
        );
        let before = house
            .get("/v1/offices/1/officers?on=2019-12-31", &officer)
            .await
            .json();
        assert_eq!(before["officers"], json!([]));

        let mut own = birth("2026-03-02");
        own["act"]["mother"]["personal_number"] = json!("066194001234");
        let refused = house.draft(&officer, own.clone()).await;
        assert_eq!(refused.json()["code"], "own_case", "{}", refused.text());
        // Another officer of the office may.
        house.file(&office, own).await;

        let relieved = json!({ "appointment": appointment, "on": "2026-03-02" });
        house
            .file(
                &house.ministry,
                json!({ "kind": "officer_relieved", "act": relieved }),
            )
            .await;
        let refused = house.draft(&officer, birth("2026-03-02")).await;
        assert_eq!(
            refused.json()["code"],
            "jurisdiction_of_another",
            "{}",
            refused.text()
        );
    }
}
