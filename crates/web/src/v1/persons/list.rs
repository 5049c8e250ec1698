//! `GET /v1/persons`: the places at which somebody of a name or a number is named. Never merged.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use civil::access::Reading;
use civil::directory::Directory;
use civil::value::PersonalNumber;
use registry::lists::{Hit, NameQuery};
use serde::Serialize;
use utoipa::ToSchema;

use crate::Web;
use crate::access::{Access, Shown, Shows};
use crate::parameters::Parameters;
use crate::problem::Problem;

const LIMIT_MAX: u64 = 200;
const LIMIT_USUAL: u64 = 20;

/// A place of the ledger at which a person is named.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FoundPlace {
    /// The address of the person: `ENTRY.child`, `ENTRY.guardian.1`; what `known_as` takes.
    r#ref: String,
    /// What was registered.
    kind: &'static str,
    /// The same in Vietnamese.
    title: &'static str,
    /// The office that registered it.
    office: u32,
    /// The name of that office.
    office_name: String,
    /// The name as written.
    name: String,
    /// The year of birth, where stated.
    birth_year: Option<u16>,
    /// The personal number, where stated.
    personal_number: Option<String>,
    /// The position of the act after which the entry no longer says so; null while it does.
    former_since: Option<u64>,
}

/// Places that may be of the person who is looked for.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PersonsAnswer {
    /// Each place by itself: whether two are of one person is for an officer to say.
    found: Vec<FoundPlace>,
}

/// Find people
///
/// By personal number, or by name and year of birth. A number is a hint: it finds places and links none.
#[utoipa::path(
    get,
    path = "/v1/persons",
    tag = "persons",
    params(
        ("personal_number" = Option<String>, Query, description = "Twelve digits"),
        ("name" = Option<String>, Query, description = "A name, or the beginning of it; tone marks may be left out"),
        ("born" = Option<u16>, Query, description = "With a name: only people born in that year"),
        ("limit" = Option<u64>, Query, minimum = 1, maximum = 200, description = "At most so many; 20 when left out"),
    ),
    responses((status = 200, description = "The places", body = PersonsAnswer)),
    security(("reader" = ["personal_data"]))
)]
pub(crate) async fn list_persons(
    State(web): State<Arc<Web>>,
    access: Access,
    mut parameters: Parameters,
) -> Result<Shown<Json<PersonsAnswer>>, Problem> {
    let number = parameters.personal_number("personal_number");
    let name = parameters.text("name").filter(|name| !name.trim().is_empty());
    let born = parameters
        .number("born", 1..=9999)
        .and_then(|year| u16::try_from(year).ok());
    let limit = parameters.number("limit", 1..=LIMIT_MAX).unwrap_or(LIMIT_USUAL);
    if number.is_none() && name.is_none() {
        parameters.missing("name");
    }
    for (other, given) in [("name", name.is_some()), ("born", born.is_some())] {
        if number.is_some() && given {
            parameters.clashes(other, "personal_number");
        }
    }
    parameters.finish()?;
    let mut hits = found(&web, number.as_ref(), name.as_deref(), born, limit).await?;
    hits.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let shows = Shows::many(Reading::PersonSearch, hits.len()).entries(hits.iter().map(|hit| hit.entry));
    let found = web
        .registry()
        .with_directory(|known| hits.into_iter().map(|hit| FoundPlace::of(hit, known)).collect());
    access.shows(&web, shows, Json(PersonsAnswer { found })).await
}

async fn found(
    web: &Web,
    number: Option<&PersonalNumber>,
    name: Option<&str>,
    born: Option<u16>,
    limit: u64,
) -> Result<Vec<Hit>, Problem> {
    let registry = web.registry();
    if let Some(number) = number {
        return Ok(registry.numbered(number).await?);
    }
    let query = NameQuery::new(name.unwrap_or_default());
    let query = born.into_iter().fold(query, NameQuery::born_in);
    Ok(registry
        .search(&query, u16::try_from(limit).unwrap_or(u16::MAX))
        .await?)
}

impl FoundPlace {
    fn of(hit: Hit, directory: &Directory) -> Self {
        Self {
            r#ref: format!("{}.{}", hit.entry, hit.person.replace('/', ".")),
            kind: hit.kind.name(),
            title: hit.kind.vietnamese(),
            office: hit.office.0,
            office_name: directory.name(hit.office),
            name: hit.name,
            birth_year: hit.birth_year,
            personal_number: hit.personal_number,
            former_since: hit.former_since,
        }
    }
}
