//! `GET /v1/entries`: entries by the names of the people in them, with or without tone marks.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use civil::access::Reading;
use civil::directory::Directory;
use registry::lists::{Hit, NameQuery};
use serde::Serialize;
use utoipa::ToSchema;

use crate::Web;
use crate::access::{Access, Shown, Shows};
use crate::parameters::Parameters;
use crate::problem::Problem;

const LIMIT_MAX: u64 = 200;
const LIMIT_USUAL: u64 = 20;

/// A person whom an entry names.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Found {
    /// The entry.
    #[schema(format = "uuid")]
    entry: String,
    /// Where it names them: `child`, `mother`, `guardian/1`, …
    person: String,
    /// `child`, `mother`, `wife`, `deceased`, …
    role: String,
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

/// The people whose names fit.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SearchAnswer {
    /// First those whose name begins with what was asked for.
    found: Vec<Found>,
}

/// Search entries
///
/// Any part of a name, with or without tone marks, former names too. The address is not logged here; see that no proxy logs it.
#[utoipa::path(
    get,
    path = "/v1/entries",
    tag = "entries",
    params(
        ("name" = String, Query, description = "A name, or the beginning of it; tone marks may be left out"),
        ("born" = Option<u16>, Query, description = "Only people born in that year"),
        ("limit" = Option<u64>, Query, minimum = 1, maximum = 200, description = "At most so many; 20 when left out"),
    ),
    responses((status = 200, description = "Whom it finds", body = SearchAnswer)),
    security(("reader" = ["personal_data"]))
)]
pub(crate) async fn search_entries(
    State(web): State<Arc<Web>>,
    access: Access,
    mut parameters: Parameters,
) -> Result<Shown<Json<SearchAnswer>>, Problem> {
    let name = parameters.text("name").filter(|name| !name.trim().is_empty());
    let born = parameters
        .number("born", 1..=9999)
        .and_then(|year| u16::try_from(year).ok());
    let limit = parameters.number("limit", 1..=LIMIT_MAX).unwrap_or(LIMIT_USUAL);
    if name.is_none() {
        parameters.missing("name");
    }
    parameters.finish()?;
    let query = NameQuery::new(&name.unwrap_or_default());
    let query = born.into_iter().fold(query, NameQuery::born_in);
    let hits = web
        .registry()
        .search(&query, u16::try_from(limit).unwrap_or(u16::MAX))
        .await?;
    let shows = Shows::many(Reading::EntrySearch, hits.len()).entries(hits.iter().map(|hit| hit.entry));
    let found = web
        .registry()
        .with_directory(|known| hits.into_iter().map(|hit| Found::of(hit, known)).collect());
    access.shows(&web, shows, Json(SearchAnswer { found })).await
}

impl Found {
    fn of(hit: Hit, directory: &Directory) -> Self {
        Self {
            entry: hit.entry.to_string(),
            person: hit.person,
            role: hit.role,
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

#[cfg(test)]
mod tests {
    use crate::testing::{House, birth};

    #[tokio::test]
    async fn a_name_is_found_without_its_tone_marks_and_its_apostrophes() {
        let house = House::founded().await;
        let office = house.open_office(1, "UBND xã Hòa Phú").await;
        let (draft, _) = house.file(&office, birth("2026-03-02")).await;
        for typed in [
            "nguyen%20van%20thanh",
            "Nguy%E1%BB%85n%20V%C4%83n",
            "hlan",
            "ksor%20h%27lan",
            "THANH",
        ] {
            let found = house
                .get(&format!("/v1/entries?name={typed}"), &office)
                .await
                .json();
            assert_eq!(found["found"][0]["entry"], draft["entry"], "{typed}");
        }
        let found = house
            .get("/v1/entries?name=ksor&born=1994&limit=1", &office)
            .await
            .json();
        assert_eq!(found["found"].as_array().map(Vec::len), Some(1));
        assert_eq!(found["found"][0]["role"], "mother");
        let found = house.get("/v1/entries?name=ksor&born=1850", &office).await.json();
        assert_eq!(found["found"].as_array().map(Vec::len), Some(0));
    }

    #[tokio::test]
    async fn a_search_without_a_name_is_no_search() {
        let house = House::founded().await;
        for query in ["", "?name=", "?name=%20&born=1990"] {
            let answer = house.get(&format!("/v1/entries{query}"), &house.ministry).await;
            assert_eq!((answer.status, answer.problem().as_str()), (400, "bad_parameter"));
            assert_eq!(answer.errors(), [("name".to_owned(), "missing".to_owned())]);
        }
    }
}
