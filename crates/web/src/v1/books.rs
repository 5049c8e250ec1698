//! `GET /v1/books/{office}/{book}/{year}`: a year's book of an office.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use civil::id::{Lane, OfficeId};
use civil::kind::BookType;
use registry::lists::EntryView;
use serde::Serialize;
use utoipa::ToSchema;

use crate::parameters::{Parameters, in_path};
use crate::problem::{NOT_FOUND, Problem};
use crate::{Caller, Web};

const LIMIT_MAX: u64 = 1_000;
const LIMIT_USUAL: u64 = 100;

/// A line of a book.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BookLine {
    /// The entry.
    #[schema(format = "uuid")]
    entry: String,
    /// Its number. Numbers of old books may repeat and skip.
    number: Option<u32>,
    /// What was registered.
    kind: &'static str,
    /// When.
    #[schema(format = "date")]
    registered_on: Option<String>,
    /// Whether it was taken over from a paper book.
    digitised: bool,
    /// How many marginal notes stand at it.
    notes: usize,
}

/// A year's book of an office.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BookAnswer {
    /// The office.
    office: u32,
    /// Its name.
    office_name: String,
    /// The type of book.
    book: &'static str,
    /// The year.
    year: u16,
    /// The last number that was given; 0 before the first.
    last_number: u32,
    /// The number that comes next.
    next_number: u64,
    /// How many acts took a number.
    total: u64,
    /// How many entries were taken over from an old book of that year.
    digitised: u64,
    /// Its entries, by number.
    entries: Vec<BookLine>,
    /// `after` for the next page; null at the end.
    #[schema(format = "uuid")]
    next: Option<String>,
}

/// Read a book
///
/// A book in which nothing stands is empty, and its next number is 1.
#[utoipa::path(
    get,
    path = "/v1/books/{office}/{book}/{year}",
    tag = "offices",
    params(
        ("office" = u32, Path, description = "The office"),
        ("book" = String, Path, description = "`births`, `marriages`, `deaths`, `marital_status`, `recognitions`, `guardianships`, `changes` or `copies`"),
        ("year" = u16, Path, description = "The year"),
        ("after" = Option<String>, Query, format = "uuid", description = "The last entry of the page before"),
        ("limit" = Option<u64>, Query, minimum = 1, maximum = 1000, description = "At most so many entries; 100 when left out"),
    ),
    responses((status = 200, description = "The book", body = BookAnswer)),
    security(("reader" = []))
)]
pub(crate) async fn get_book(
    State(web): State<Arc<Web>>,
    _: Caller,
    Path((office, book, year)): Path<(String, String, String)>,
    mut parameters: Parameters,
) -> Result<Json<BookAnswer>, Problem> {
    let office: OfficeId = in_path("office", &office)?;
    let year: u16 = in_path("year", &year)?;
    let book = BookType::ALL.into_iter().find(|known| known.name() == book);
    let book = book.ok_or_else(|| {
        Problem::new(&NOT_FOUND).saying("There is no such type of book.", "Không có loại Sổ này.")
    })?;
    let after = parameters.entry("after");
    let limit = parameters.number("limit", 1..=LIMIT_MAX).unwrap_or(LIMIT_USUAL);
    parameters.finish()?;
    let limit = u16::try_from(limit).unwrap_or(u16::MAX);
    let registry = web.registry();
    let view = registry.book(office, book, year).await?;
    let entries = registry.book_entries(office, book, year, after, limit).await?;
    let last_number = view.map_or(0, |view| view.last_number);
    Ok(Json(BookAnswer {
        office: office.0,
        office_name: registry.with_directory(|known| known.name(office)),
        book: book.name(),
        year,
        last_number,
        next_number: u64::from(last_number) + 1,
        total: view.map_or(0, |view| view.total),
        digitised: view.map_or(0, |view| view.digitised),
        next: entries
            .last()
            .filter(|_| entries.len() == usize::from(limit))
            .map(|last| last.id.to_string()),
        entries: entries.iter().map(BookLine::of).collect(),
    }))
}

impl BookLine {
    fn of(entry: &EntryView) -> Self {
        Self {
            entry: entry.id.to_string(),
            number: entry.current.book().and_then(|(_, book)| book.number),
            kind: entry.kind.name(),
            registered_on: entry.registered_on().map(|day| day.to_string()),
            digitised: entry.lane == Lane::Digitised,
            notes: entry.notes.len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::{House, birth};

    #[tokio::test]
    async fn a_book_is_read_by_number_page_by_page() {
        let house = House::founded().await;
        let office = house.open_office(1, "UBND xã Hòa Phú").await;
        for _ in 0..3 {
            house.file(&office, birth("2026-03-02")).await;
        }
        let book = house.get("/v1/books/1/births/2026?limit=2", &office).await.json();
        assert_eq!(
            (&book["last_number"], &book["next_number"], &book["total"]),
            (&json!(3), &json!(4), &json!(3))
        );
        let numbers: Vec<_> = book["entries"]
            .as_array()
            .unwrap()
            .iter()
            .map(|line| line["number"].clone())
            .collect();
        assert_eq!(numbers, [1, 2]);
        let next = format!(
            "/v1/books/1/births/2026?limit=2&after={}",
            book["next"].as_str().unwrap()
        );
        let book = house.get(&next, &office).await.json();
        assert_eq!(book["entries"][0]["number"], 3);
        assert!(book["next"].is_null());
    }

    #[tokio::test]
    async fn an_empty_book_begins_with_one_and_an_unheard_of_book_is_not_there() {
        let house = House::founded().await;
        let book = house.get("/v1/books/1/deaths/1999", &house.ministry).await.json();
        assert_eq!((&book["next_number"], &book["entries"]), (&json!(1), &json!([])));
        let answer = house.get("/v1/books/1/recipes/1999", &house.ministry).await;
        assert_eq!((answer.status, answer.problem().as_str()), (404, "not_found"));
        let answer = house.get("/v1/books/1/deaths/soon", &house.ministry).await;
        assert_eq!((answer.status, answer.problem().as_str()), (400, "bad_parameter"));
    }
}
