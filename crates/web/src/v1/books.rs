//! `GET /v1/books/{office}/{book}/{year}`: a year's book of an office.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use civil::access::Reading;
use civil::book::BookYear;
use civil::directory::BookPlace;
use civil::id::{Lane, OfficeId};
use civil::kind::BookType;
use registry::lists::{ClosingView, EntryView, Totals, VolumeView};
use serde::Serialize;
use utoipa::ToSchema;

use crate::Web;
use crate::access::{Access, Shown, Shows};
use crate::parameters::{Parameters, in_path};
use crate::problem::{NOT_FOUND, Problem};

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

/// A volume of a book.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BookVolume {
    /// 1 for the first of the year.
    ordinal: u16,
    /// What is written on it.
    volume: String,
    /// When it was opened.
    #[schema(format = "date")]
    opened_on: String,
    /// The last number of the paper book or volume before it, as the opening says.
    continues_from: Option<u32>,
}

/// A closing of a volume or of the year.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BookClosing {
    /// Which volume; null for the year.
    volume: Option<String>,
    /// When.
    #[schema(format = "date")]
    closed_on: String,
    /// Whether only notes are written from then on.
    closes_year: bool,
    /// As the officer counted.
    paper: BookTotals,
    /// As the ledger counted at that position.
    ledger: BookTotals,
    /// How many entries of the year were taken over from paper by then.
    digitised: u32,
    /// How many pages are written.
    pages: Option<u32>,
    /// How many are blank.
    blank_pages: Option<u32>,
    /// How many entries were struck out and corrected.
    errors: Option<u32>,
}

/// What a closing counts.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BookTotals {
    /// How many acts.
    events: u32,
    /// The first number.
    first_number: Option<u32>,
    /// The last number.
    last_number: Option<u32>,
}

/// Numbers from the first to the last.
#[derive(Debug, Serialize, ToSchema, PartialEq, Eq)]
pub(crate) struct NumberRange {
    /// The first.
    from: u32,
    /// The last.
    to: u32,
}

/// A number that several entries bear.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RepeatedNumber {
    /// Which.
    number: u32,
    /// How many entries bear it.
    entries: u32,
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
    total: u32,
    /// How many entries were taken over from an old book of that year.
    digitised: u32,
    /// The office that keeps the book now.
    keeper: u32,
    /// The day on which the year was closed: after that only notes are written.
    #[schema(format = "date")]
    closed_on: Option<String>,
    /// The volumes that were opened.
    volumes: Vec<BookVolume>,
    /// What was closed, with the totals of the paper and of the ledger.
    closings: Vec<BookClosing>,
    /// Numbers that the paper book gave before the ledger went on from it: no gaps, and counted in the totals of a closing.
    on_paper: Vec<NumberRange>,
    /// Numbers that were skipped in an old book.
    gaps: Vec<NumberRange>,
    /// Numbers that several entries of an old book bear.
    repeats: Vec<RepeatedNumber>,
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
        ("book" = String, Path, description = "`births`, `marriages`, `deaths`, `marital_status`, `recognitions`, `guardianships`, `changes`, `copies`, `guardianship_ends`, `guardianship_supervisions`, `adoptions`, `foreign_dissolutions` or `confirmations`"),
        ("year" = u16, Path, description = "The year"),
        ("after" = Option<String>, Query, format = "uuid", description = "The last entry of the page before"),
        ("limit" = Option<u64>, Query, minimum = 1, maximum = 1000, description = "At most so many entries; 100 when left out"),
    ),
    responses((status = 200, description = "The book", body = BookAnswer)),
    security(("reader" = ["personal_data"]))
)]
pub(crate) async fn get_book(
    State(web): State<Arc<Web>>,
    access: Access,
    Path((office, book, year)): Path<(String, String, String)>,
    mut parameters: Parameters,
) -> Result<Shown<Json<BookAnswer>>, Problem> {
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
    let of = BookYear { office, book, year };
    let facts = registry.book(of).await?;
    let (volumes, closings) = registry.volumes(of).await?;
    let old_numbers = registry.old_numbers(of).await?;
    let entries = registry.book_entries(office, book, year, after, limit).await?;
    let place = BookPlace {
        book,
        year: Some(year),
        volume: None,
    };
    let paper = volumes.iter().filter_map(VolumeView::left_to_paper);
    let paper = paper.map(|(from, to)| NumberRange { from, to });
    let shown = entries.iter().map(|entry| entry.id);
    let shows = Shows::many(Reading::Book, entries.len()).entries(shown);
    let answer = BookAnswer {
        office: office.0,
        office_name: registry.with_directory(|known| known.name(office)),
        book: book.name(),
        year,
        last_number: facts.last_number,
        next_number: u64::from(facts.last_number) + 1,
        total: facts.in_year,
        digitised: facts.digitised,
        keeper: registry.with_directory(|known| known.keeper_of(office, place)).0,
        closed_on: facts.closed_on.map(|day| day.to_string()),
        on_paper: paper.collect(),
        gaps: gaps(&old_numbers).collect(),
        repeats: repeats(&old_numbers),
        volumes: volumes.into_iter().map(BookVolume::of).collect(),
        closings: closings.into_iter().map(BookClosing::of).collect(),
        next: entries
            .last()
            .filter(|_| entries.len() == usize::from(limit))
            .map(|last| last.id.to_string()),
        entries: entries.iter().map(BookLine::of).collect(),
    };
    access.shows(&web, shows, Json(answer)).await
}

/// At most so many gaps are listed: a number misread by a digit leaves one as long as the book.
const GAPS_MAX: usize = 1_000;

/// The numbers between the first and the last that no entry of an old book bears.
fn gaps(numbers: &[(u32, u32)]) -> impl Iterator<Item = NumberRange> {
    let borne = numbers
        .iter()
        .map(|(number, _)| *number)
        .filter(|number| *number > 0);
    let next = borne.clone().skip(1);
    let apart = borne.zip(next).filter(|(one, next)| next - one > 1);
    apart
        .map(|(one, next)| NumberRange {
            from: one + 1,
            to: next - 1,
        })
        .take(GAPS_MAX)
}

fn repeats(numbers: &[(u32, u32)]) -> Vec<RepeatedNumber> {
    let repeated = numbers
        .iter()
        .filter(|(number, entries)| *number > 0 && *entries > 1);
    repeated
        .map(|&(number, entries)| RepeatedNumber { number, entries })
        .collect()
}

impl BookVolume {
    fn of(view: VolumeView) -> Self {
        Self {
            ordinal: view.ordinal,
            volume: view.volume,
            opened_on: view.opened_on.to_string(),
            continues_from: view.continues_from,
        }
    }
}

impl BookClosing {
    fn of(view: ClosingView) -> Self {
        Self {
            volume: view.volume,
            closed_on: view.closed_on.to_string(),
            closes_year: view.closes_year,
            paper: BookTotals::of(view.paper),
            ledger: BookTotals::of(view.ledger),
            digitised: view.digitised,
            pages: view.pages,
            blank_pages: view.blank_pages,
            errors: view.errors,
        }
    }
}

impl BookTotals {
    const fn of(totals: Totals) -> Self {
        Self {
            events: totals.events,
            first_number: totals.first_number,
            last_number: totals.last_number,
        }
    }
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
    async fn a_book_goes_on_from_the_paper_book_until_the_head_closes_it() {
        let house = House::founded().await;
        let office = house.open_office(1, "UBND xã Hòa Phú").await;
        let head = civil::cose::SecretKey::ed25519(&[55; 32]);
        house.grant(1, &head, "head").await;
        let signer = json!({ "name": "Lê Thị Mai", "title": "Chủ tịch" });
        let opened = json!({
            "book_type": "births", "year": 2026, "volume": "02", "opened_on": "2026-03-02", "continues_from": 57,
            "ordinal": 1, "signer": signer,
        });
        house
            .file(&office, json!({ "kind": "book_opened", "act": opened }))
            .await;
        let (draft, _) = house.file(&office, birth("2026-03-02")).await;
        assert!(draft["summary"].as_str().unwrap().contains("58/2026"), "{draft}");

        let closed = |events: u32| {
            let act = json!({
                "book_type": "births", "year": 2026, "closed_on": "2026-03-02", "events": events, "last_number": 58,
                "closes_year": true, "signer": signer,
            });
            json!({ "kind": "book_closed", "act": act })
        };
        let wrong = house.draft(&office, closed(57)).await.json();
        assert_eq!(wrong["code"], "book_totals_differ", "{wrong}");
        assert_eq!(wrong["errors"][0]["expected"], 58, "{wrong}");
        let alone = house.signed(&office, closed(58)).await;
        let refused = house.record(&alone).await;
        assert_eq!(refused.status, 422, "{}", refused.text());
        house.file_by_two(&office, &head, closed(58)).await;

        let late = house.draft(&office, birth("2026-03-02")).await.json();
        assert_eq!(late["code"], "book_is_closed", "{late}");
        let book = house.get("/v1/books/1/births/2026", &office).await.json();
        assert_eq!(book["closed_on"], "2026-03-02");
        let on_paper = json!([{ "from": 1, "to": 57 }]);
        assert_eq!((&book["on_paper"], &book["gaps"]), (&on_paper, &json!([])));
        assert_eq!(book["volumes"][0]["volume"], "02");
        let counted = json!({ "events": 58, "first_number": 1, "last_number": 58 });
        assert_eq!(book["closings"][0]["ledger"], counted);
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
