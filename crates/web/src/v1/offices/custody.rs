//! `GET /v1/offices/{id}/custody`: who keeps the books that an office wrote, and which books it keeps for others.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use civil::directory::{BookPlace, Directory, Entrusted};
use civil::id::OfficeId;
use civil::kind::BookType;
use registry::RegistryError;
use serde::Serialize;
use utoipa::ToSchema;

use crate::parameters::in_path;
use crate::problem::Problem;
use crate::{Caller, Web};

/// The custody of an office's books.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CustodyAnswer {
    /// The office.
    office: u32,
    /// Its name.
    office_name: String,
    /// Who keeps what no decision is about: the office itself, or the last of its successors.
    keeper: u32,
    /// The name of that office.
    keeper_name: String,
    /// The offices that took over parts of it beside its successor.
    split_among: Vec<u32>,
    /// The types of book of which nobody decided yet who keeps them after a split. Until then it is `keeper`, which is a default
    /// and no rule of law.
    undecided: Vec<&'static str>,
    /// Decisions about the books that it wrote, in the order of the log. The narrowest counts, of those the latest.
    given: Vec<EntrustedBooks>,
    /// Decisions about books of others that it keeps now.
    received: Vec<EntrustedBooks>,
}

/// Books that were entrusted by decision.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EntrustedBooks {
    /// The event that says so.
    #[schema(format = "uuid")]
    event: String,
    /// The office that wrote them.
    from: u32,
    /// The name of that office.
    from_name: String,
    /// The office to which they were given.
    to: u32,
    /// Who keeps them now: that office, or the last of its successors.
    keeper: u32,
    /// The name of the keeper.
    keeper_name: String,
    /// From when.
    #[schema(format = "date")]
    on: String,
    /// Which type; all when null.
    book: Option<&'static str>,
    /// The first year of them; null when it is open.
    first_year: Option<u16>,
    /// The last year of them; null when it is open.
    last_year: Option<u16>,
    /// Which volumes; all when empty.
    volumes: Vec<String>,
    /// By which decision.
    decision: String,
}

/// Read who keeps an office's books
///
/// By decision, book by book; where nobody decided, its successor, if it has one.
#[utoipa::path(
    get,
    path = "/v1/offices/{id}/custody",
    tag = "offices",
    params(("id" = u32, Path, description = "The office")),
    responses((status = 200, description = "Who keeps its books", body = CustodyAnswer)),
    security(("reader" = []))
)]
pub(crate) async fn get_custody(
    State(web): State<Arc<Web>>,
    _: Caller,
    Path(id): Path<String>,
) -> Result<Json<CustodyAnswer>, Problem> {
    let id: OfficeId = in_path("id", &id)?;
    let answer = web.registry().with_directory(|known| custody(id, known));
    Ok(Json(answer.ok_or(RegistryError::NotFound("office"))?))
}

fn custody(id: OfficeId, directory: &Directory) -> Option<CustodyAnswer> {
    let office = directory.office(id)?;
    let keeper = directory.keeper(id);
    let of_type = |book| BookPlace {
        book,
        year: None,
        volume: None,
    };
    let undecided = BookType::ALL
        .into_iter()
        .filter(|book| directory.custody_undecided(id, of_type(*book)));
    let decisions = |wanted: &dyn Fn(&Entrusted) -> bool| {
        let found = directory.entrusted().iter().filter(|decision| wanted(decision));
        found
            .map(|decision| EntrustedBooks::of(decision, directory))
            .collect()
    };
    Some(CustodyAnswer {
        office: id.0,
        office_name: office.name.clone(),
        keeper: keeper.0,
        keeper_name: directory.name(keeper),
        split_among: office.also.iter().map(|also| also.0).collect(),
        undecided: undecided.map(BookType::name).collect(),
        given: decisions(&|decision| decision.from == id),
        received: decisions(&|decision| decision.from != id && directory.keeper(decision.to) == id),
    })
}

impl EntrustedBooks {
    fn of(decision: &Entrusted, directory: &Directory) -> Self {
        let keeper = directory.keeper(decision.to);
        Self {
            event: decision.event.to_string(),
            from: decision.from.0,
            from_name: directory.name(decision.from),
            to: decision.to.0,
            keeper: keeper.0,
            keeper_name: directory.name(keeper),
            on: decision.on.to_string(),
            book: decision.book.map(BookType::name),
            first_year: decision.first_year,
            last_year: decision.last_year,
            volumes: decision.volumes.iter().map(ToString::to_string).collect(),
            decision: decision.decision.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::House;

    #[tokio::test]
    async fn after_a_split_somebody_decides_book_by_book() {
        let house = House::founded().await;
        for id in 1..=3 {
            house.open_office(id, "UBND xã Hòa Phú").await;
        }
        let split = json!({ "office": 1, "successor": 2, "on": "2025-07-01", "also": [3] });
        house
            .file(
                &house.ministry,
                json!({ "kind": "office_succeeded", "act": split }),
            )
            .await;
        let custody = house.get("/v1/offices/1/custody", &house.ministry).await.json();
        assert_eq!(
            (&custody["keeper"], &custody["split_among"]),
            (&json!(2), &json!([3]))
        );
        assert_eq!(custody["undecided"].as_array().unwrap().len(), 13);

        let entrusted = json!({
            "from": 1, "to": 3, "on": "2025-08-01", "book_type": "births", "decision": "Quyết định số 12/QĐ-UBND",
        });
        house
            .file(
                &house.ministry,
                json!({ "kind": "books_entrusted", "act": entrusted }),
            )
            .await;
        let custody = house.get("/v1/offices/1/custody", &house.ministry).await.json();
        assert_eq!(custody["undecided"].as_array().unwrap().len(), 12);
        assert_eq!(custody["given"][0]["keeper"], 3);
        let received = house.get("/v1/offices/3/custody", &house.ministry).await.json();
        assert_eq!(received["received"][0]["book"], "births");
        let births = house.get("/v1/books/1/births/2024", &house.ministry).await.json();
        let deaths = house.get("/v1/books/1/deaths/2024", &house.ministry).await.json();
        assert_eq!((&births["keeper"], &deaths["keeper"]), (&json!(3), &json!(2)));
    }
}
