//! `GET /v1/offices/{id}`: an office, its keys, and whose books it keeps.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use civil::cose::Algorithm;
use civil::directory::{Directory, Grant};
use civil::id::{KeyId, OfficeId};
use registry::RegistryError;
use serde::Serialize;
use utoipa::ToSchema;

use super::OfficeAnswer;
use crate::parameters::in_path;
use crate::problem::Problem;
use crate::text::base64;
use crate::{Caller, Web};

/// An office with what belongs to it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OfficeInFull {
    #[serde(flatten)]
    office: OfficeAnswer,
    /// The closed offices whose books it keeps now.
    keeps_books_of: Vec<u32>,
    /// Every key that was granted for it.
    keys: Vec<OfficeKey>,
}

/// A key that may sign for an office, or once could.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OfficeKey {
    /// Its id: the SHA-256 COSE Key Thumbprint (RFC 9679, hexadecimal).
    #[schema(pattern = "^[0-9a-f]{64}$")]
    key: String,
    /// The public key, a COSE_Key (base64).
    #[schema(content_encoding = "base64")]
    public: String,
    /// `Ed25519` or `ES256`.
    algorithm: &'static str,
    /// What its holder may do.
    role: &'static str,
    /// First day.
    #[schema(format = "date")]
    valid_from: String,
    /// Last day.
    #[schema(format = "date")]
    valid_until: Option<String>,
    /// Whether it was revoked.
    revoked: bool,
}

/// Read an office
///
/// With every key that may sign for it or once could, and the closed offices whose books it keeps.
#[utoipa::path(
    get,
    path = "/v1/offices/{id}",
    tag = "offices",
    params(("id" = u32, Path, description = "Its number")),
    responses((status = 200, description = "The office", body = OfficeInFull)),
    security(("reader" = []))
)]
pub(crate) async fn get_office(
    State(web): State<Arc<Web>>,
    _: Caller,
    Path(id): Path<String>,
) -> Result<Json<OfficeInFull>, Problem> {
    let id: OfficeId = in_path("id", &id)?;
    let office = web.registry().with_directory(|known| in_full(id, known));
    Ok(Json(office.ok_or(RegistryError::NotFound("office"))?))
}

fn in_full(id: OfficeId, directory: &Directory) -> Option<OfficeInFull> {
    let office = OfficeAnswer::of(directory.office(id)?, directory);
    let closed = directory.offices().filter(|other| other.succeeded.is_some());
    let mut keys: Vec<OfficeKey> = directory
        .keys()
        .filter(|(_, grant)| grant.office == id)
        .map(|(key, grant)| OfficeKey::of(*key, grant))
        .collect();
    keys.sort_by(|one, other| (&one.valid_from, &one.key).cmp(&(&other.valid_from, &other.key)));
    Some(OfficeInFull {
        office,
        keeps_books_of: closed
            .filter(|other| directory.keeper(other.id) == id)
            .map(|other| other.id.0)
            .collect(),
        keys,
    })
}

impl OfficeKey {
    fn of(key: KeyId, grant: &Grant) -> Self {
        Self {
            key: key.to_string(),
            public: base64(&grant.key.to_cose_key()),
            algorithm: match grant.key.algorithm() {
                Algorithm::Ed25519 => "Ed25519",
                Algorithm::Es256 => "ES256",
            },
            role: grant.role.name(),
            valid_from: grant.valid_from.to_string(),
            valid_until: grant.valid_until.map(|day| day.to_string()),
            revoked: grant.revoked,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::House;

    #[tokio::test]
    async fn an_office_tells_its_unit_its_keys_and_whose_books_it_keeps() {
        let house = House::founded().await;
        let opened = json!({
            "office": 1, "name": "UBND xã Hòa Phú", "level": "commune", "unit": "22270@..", "opened_on": "2019-01-01",
        });
        house
            .file(&house.ministry, json!({ "kind": "office_opened", "act": opened }))
            .await;
        let successor = house.open_office(2, "UBND xã Tây Hòa").await;
        let succeeded = json!({ "office": 1, "successor": 2, "on": "2025-07-01" });
        house
            .file(
                &house.ministry,
                json!({ "kind": "office_succeeded", "act": succeeded }),
            )
            .await;

        let closed = house.get("/v1/offices/1", &successor).await.json();
        assert_eq!(closed["unit"], "22270@..");
        assert!(
            closed["unit_name"].as_str().unwrap().contains("Phú Yên"),
            "{closed}"
        );
        assert_eq!(
            (&closed["closed_on"], &closed["successor"]),
            (&json!("2025-07-01"), &json!(2))
        );
        assert_eq!(
            (&closed["keeper"], &closed["keeper_name"]),
            (&json!(2), &json!("UBND xã Tây Hòa"))
        );
        let keeper = house.get("/v1/offices/2", &successor).await.json();
        assert_eq!(keeper["keeps_books_of"], json!([1]));
        assert_eq!(keeper["keys"][0]["key"], successor.key.public().id().to_string());
        assert_eq!(
            (&keeper["keys"][0]["role"], &keeper["keys"][0]["algorithm"]),
            (&json!("officer"), &json!("Ed25519"))
        );
        let unknown = house.get("/v1/offices/9", &successor).await;
        assert_eq!((unknown.status, unknown.problem().as_str()), (404, "not_found"));
    }
}
