//! `GET /v1/extracts`: the papers that were issued of an entry or by an office, and whether they still hold.

use std::ops::RangeInclusive;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use civil::access::Reading;
use civil::id::{EntryId, OfficeId};
use registry::lists::IssuedExtract;
use serde::Serialize;
use utoipa::ToSchema;

use crate::Web;
use crate::access::{Access, Shown, Shows};
use crate::parameters::Parameters;
use crate::problem::Problem;

/// A paper that was issued: a copy (bản sao trích lục) or the original.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExtractAnswer {
    /// The event.
    #[schema(format = "uuid")]
    event: String,
    /// Its position.
    position: u64,
    /// The entry whose paper it is.
    #[schema(format = "uuid")]
    entry: Option<String>,
    /// The office that issued it.
    office: u32,
    /// The name of that office.
    office_name: String,
    /// Its number in that office's book of copies; 0 for an original.
    number: u32,
    /// The year of that run of numbers; 0 for an original.
    year: u16,
    /// When it was issued.
    #[schema(format = "date")]
    issued_on: String,
    /// The latest event on the entry that it shows (hexadecimal).
    #[schema(pattern = "^[0-9a-f]{64}$")]
    basis: Option<String>,
    /// That event's position.
    basis_position: u64,
    /// BLAKE3 of what it says (hexadecimal).
    #[schema(pattern = "^[0-9a-f]{64}$")]
    content_hash: Option<String>,
    /// By what right it was asked for.
    standing: String,
    /// Which paper; null for copies of the first release, which had no page.
    paper: Option<&'static str>,
    /// `original` or `copy`; null as above.
    form: Option<&'static str>,
    /// From which day it is revoked, or the registration that it proves; null while neither is.
    #[schema(format = "date")]
    revoked_on: Option<String>,
    /// The position of the first later act that changed what a copy says; null while it is up to date.
    superseded_at: Option<u64>,
}

/// Papers.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExtractsAnswer {
    /// The papers.
    extracts: Vec<ExtractAnswer>,
    /// `after` for the next page of a book; null at its end, and for the papers of an entry.
    next: Option<u32>,
}

/// Most papers of one page of a book of copies.
const LIMIT_MAX: u64 = 1_000;
const LIMIT_USUAL: u64 = 100;

/// What is asked for.
enum Asked {
    Entry(EntryId),
    Book {
        office: OfficeId,
        year: u16,
        after: u32,
        limit: u16,
    },
}

/// List papers
///
/// With `entry`, every paper of the entry that was issued, in the order of the log. With `office` and `year`, the office's book of copies
/// (Sổ cấp bản sao trích lục hộ tịch) by number. Each with whether it still holds.
#[utoipa::path(
    get,
    path = "/v1/extracts",
    tag = "papers",
    params(
        ("entry" = Option<String>, Query, format = "uuid", description = "The entry"),
        ("office" = Option<u32>, Query, description = "The office that issued; with `year`, in the place of `entry`"),
        ("year" = Option<u16>, Query, minimum = 1900, maximum = 9999, description = "The year of the run of numbers"),
        ("after" = Option<u32>, Query, example = 40, description = "The last number of the page before"),
        ("limit" = Option<u64>, Query, minimum = 1, maximum = 1000, description = "At most so many papers; 100 when left out"),
    ),
    responses((status = 200, description = "The papers", body = ExtractsAnswer)),
    security(("reader" = ["personal_data"]))
)]
pub(crate) async fn list_extracts(
    State(web): State<Arc<Web>>,
    access: Access,
    mut parameters: Parameters,
) -> Result<Shown<Json<ExtractsAnswer>>, Problem> {
    let asked = asked(&mut parameters);
    parameters.finish()?;
    let (extracts, limit) = match asked {
        Some(Asked::Entry(entry)) => (web.registry().extracts_of(entry).await?, None),
        Some(Asked::Book {
            office,
            year,
            after,
            limit,
        }) => {
            let page = web.registry().extracts_by(office, year, after, limit).await?;
            (page, Some(usize::from(limit)))
        }
        None => (Vec::new(), None),
    };
    let next = extracts.last().filter(|_| limit == Some(extracts.len()));
    let entries = extracts.iter().filter_map(|extract| extract.entry);
    let shows = Shows::many(Reading::Papers, extracts.len()).entries(entries);
    let answer = ExtractsAnswer {
        next: next.map(|last| last.number),
        extracts: extracts
            .into_iter()
            .map(|extract| ExtractAnswer::of(extract, &web))
            .collect(),
    };
    access.shows(&web, shows, Json(answer)).await
}

fn asked(parameters: &mut Parameters) -> Option<Asked> {
    const NUMBERS: RangeInclusive<u64> = 0..=u32::MAX as u64;
    let (entry, office) = (parameters.entry("entry"), parameters.office("office"));
    let year = parameters.number("year", 1_900..=9_999);
    if let Some(entry) = entry {
        for (name, given) in [("office", office.is_some()), ("year", year.is_some())] {
            if given {
                parameters.clashes(name, "entry");
            }
        }
        return Some(Asked::Entry(entry));
    }
    let after = parameters.number("after", NUMBERS).unwrap_or(0);
    let limit = parameters.number("limit", 1..=LIMIT_MAX).unwrap_or(LIMIT_USUAL);
    let (Some(office), Some(year)) = (office, year) else {
        match (office, year) {
            (None, None) => parameters.missing("entry"),
            (None, _) => parameters.missing("office"),
            (_, _) => parameters.missing("year"),
        }
        return None;
    };
    Some(Asked::Book {
        office,
        year: u16::try_from(year).ok()?,
        after: u32::try_from(after).ok()?,
        limit: u16::try_from(limit).ok()?,
    })
}

impl ExtractAnswer {
    fn of(extract: IssuedExtract, web: &Web) -> Self {
        Self {
            event: extract.event.to_string(),
            position: extract.position,
            entry: extract.entry.map(|entry| entry.to_string()),
            office: extract.office.0,
            office_name: web.registry().with_directory(|known| known.name(extract.office)),
            number: extract.number,
            year: extract.year,
            issued_on: extract.issued_on.to_string(),
            basis: extract.basis.map(|basis| basis.to_string()),
            basis_position: extract.basis_position,
            content_hash: extract.content_hash,
            standing: extract.standing,
            paper: extract.sheet.map(|(paper, _)| paper.name()),
            form: extract.sheet.map(|(_, form)| form.name()),
            revoked_on: extract.fate.revoked_on().map(|day| day.to_string()),
            superseded_at: extract.fate.superseded.map(|(_, position)| position),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::House;

    #[tokio::test]
    async fn copies_are_asked_for_by_entry() {
        let house = House::founded().await;
        let answer = house.get("/v1/extracts", &house.ministry).await;
        assert_eq!((answer.status, answer.problem().as_str()), (400, "bad_parameter"));
        assert_eq!(answer.errors(), [("entry".to_owned(), "missing".to_owned())]);
        let none = house
            .get(
                "/v1/extracts?entry=018f0000-0000-7000-8000-000000000000",
                &house.ministry,
            )
            .await;
        assert_eq!(none.json(), serde_json::json!({ "extracts": [], "next": null }));
    }

    #[tokio::test]
    async fn whose_papers_are_asked_for_is_said_once() {
        let house = House::founded().await;
        let entry = "entry=018f0000-0000-7000-8000-000000000000";
        for (asked, wrong) in [
            ("office=1".to_owned(), vec![("year", "missing")]),
            ("year=2026".to_owned(), vec![("office", "missing")]),
            (
                format!("{entry}&office=1&year=2026"),
                vec![("office", "clashes"), ("year", "clashes")],
            ),
            (format!("{entry}&after=1"), vec![("after", "unknown_parameter")]),
            (
                "office=1&year=26&limit=0".to_owned(),
                vec![("year", "not_a_number"), ("limit", "not_a_number")],
            ),
        ] {
            let answer = house.get(&format!("/v1/extracts?{asked}"), &house.ministry).await;
            let wrong: Vec<_> = wrong
                .into_iter()
                .map(|(name, code)| (name.to_owned(), code.to_owned()))
                .collect();
            assert_eq!(answer.errors(), wrong, "{asked}");
        }
    }
}
