//! `GET /v1/entries/{id}`: an entry, as it stands or as it stood.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use civil::access::Reading;
use civil::id::EntryId;
use registry::AsOf;
use serde_json::Value;
use utoipa::ToSchema;

use crate::Web;
use crate::access::{Access, Shown, Shows};
use crate::parameters::{Parameters, in_path};
use crate::problem::Problem;

/// An entry (mục đăng ký trong Sổ).
#[derive(ToSchema)]
#[cfg_attr(test, derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(
    not(test),
    expect(
        dead_code,
        reason = "documents what Registry::entry_json writes; a test reads an entry with it"
    )
)]
pub(crate) struct EntryAnswer {
    /// Its id.
    #[schema(format = "uuid")]
    entry: String,
    /// What was registered.
    kind: String,
    /// The same in Vietnamese.
    title: String,
    /// The office that registered it.
    office: NamedOffice,
    /// The office that keeps its book now.
    keeper: NamedOffice,
    /// The event that opened it.
    #[schema(format = "uuid")]
    opened_by: String,
    /// The latest event that changed it: the `basis` of the next (hexadecimal).
    #[schema(pattern = "^[0-9a-f]{64}$")]
    head: String,
    /// The position of that event.
    head_position: u64,
    /// Events that touched it and whose bodies were lawfully erased: what they said is not in it.
    #[schema(value_type = Vec<String>)]
    lost: Vec<String>,
    /// The act as it stands: as its kind's schema says; null where it was lawfully erased.
    #[schema(value_type = Option<Object>)]
    current: Value,
    /// The act as it was registered; null where it was lawfully erased.
    #[schema(value_type = Option<Object>)]
    original: Value,
    /// Its marginal notes (ghi chú), in the order of the log.
    notes: Vec<EntryNote>,
    /// What became of it.
    state: EntryState,
    /// The people whom it names.
    persons: Vec<EntryPerson>,
    /// What was changed of them in other entries and stands otherwise here, and the deaths that end what is registered here. An
    /// officer decides; nothing follows by itself.
    linked: Vec<EntryLinked>,
    /// The entry of the earlier registration, where this is one made again.
    #[schema(format = "uuid")]
    earlier: Option<String>,
    /// The later registrations that name this one as the earlier, unless they fell. Copies of this entry do not change by it.
    registered_again: Vec<EntryAgain>,
    /// The guardianship in whose place it stands.
    #[schema(format = "uuid")]
    replaces: Option<String>,
    /// What the book notes of a child without known parents (Decree 123/2015, Art. 14, 15).
    book_note: Option<String>,
    /// How many copies were issued of it.
    copies_issued: u64,
    /// What a copy says: see the content of a draft; null where it was lawfully erased.
    #[schema(value_type = Option<crate::v1::content::PaperContent>)]
    content: Value,
}

/// What became of an entry.
#[derive(ToSchema)]
#[cfg_attr(test, derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(
    not(test),
    expect(dead_code, reason = "documents what Registry::entry_json writes")
)]
pub(crate) struct EntryState {
    /// Whether it still holds.
    in_force: bool,
    /// That it ended.
    ended: Option<EntryEnding>,
    /// That its registration fell (Law 60/2014, Art. 12(2)).
    revoked: Option<EntryEnding>,
    /// What is true of it until it is lifted.
    marks: Vec<EntryMark>,
}

/// That an entry ended, or its registration fell.
#[derive(ToSchema)]
#[cfg_attr(test, derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(
    not(test),
    expect(dead_code, reason = "documents what Registry::entry_json writes")
)]
pub(crate) struct EntryEnding {
    /// `divorced`, `annulled`, `ended` or `declaration_revoked`; null where the registration fell.
    how: Option<String>,
    /// By which event.
    #[schema(format = "uuid")]
    event: String,
    /// From when, where that is stated.
    #[schema(format = "date")]
    on: Option<String>,
}

/// What is true of an entry until it is lifted.
#[derive(ToSchema)]
#[cfg_attr(test, derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(
    not(test),
    expect(dead_code, reason = "documents what Registry::entry_json writes")
)]
pub(crate) struct EntryMark {
    /// `adopted`, `recognised`, `missing`, `incapacitated`, `limited_capacity` or `impaired_cognition`.
    mark: String,
    /// By which event.
    #[schema(format = "uuid")]
    event: String,
}

/// A person whom an entry names.
#[derive(ToSchema)]
#[cfg_attr(test, derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(
    not(test),
    expect(dead_code, reason = "documents what Registry::entry_json writes")
)]
pub(crate) struct EntryPerson {
    /// Their address: see `GET /v1/persons/{ref}`.
    r#ref: String,
    /// Where the act names them.
    pointer: String,
    /// The name, where it is stated.
    name: Option<String>,
    /// Where the officer found the same person.
    known_as: Option<String>,
}

/// A change of a person in another entry.
#[derive(ToSchema)]
#[cfg_attr(test, derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(
    not(test),
    expect(dead_code, reason = "documents what Registry::entry_json writes")
)]
pub(crate) struct EntryLinked {
    /// The person, as this entry names them.
    r#ref: String,
    /// The person, as the entry that changed names them.
    changed: String,
    /// The act that changed it.
    #[schema(format = "uuid")]
    event: String,
    /// The field here that still says otherwise, or the person who died.
    field: String,
    /// In words.
    text: String,
}

/// That an entry was registered once more (Decree 123/2015, Art. 24–26).
#[derive(ToSchema)]
#[cfg_attr(test, derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(
    not(test),
    expect(dead_code, reason = "documents what Registry::entry_json writes")
)]
pub(crate) struct EntryAgain {
    /// The later entry.
    #[schema(format = "uuid")]
    entry: String,
    /// The event that opened it.
    #[schema(format = "uuid")]
    event: String,
    /// Its number, as printed: `12/2026`; null where none is stated.
    number: Option<String>,
    /// When it was registered, where that is stated.
    #[schema(format = "date")]
    registered_on: Option<String>,
    /// The office that registered it.
    office: NamedOffice,
    /// In words.
    text: String,
}

/// An office by number and name.
#[derive(ToSchema)]
#[cfg_attr(test, derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(
    not(test),
    expect(dead_code, reason = "documents what Registry::entry_json writes")
)]
pub(crate) struct NamedOffice {
    /// Its number.
    office: u32,
    /// Its name.
    name: String,
}

/// A marginal note.
#[derive(ToSchema)]
#[cfg_attr(test, derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(
    not(test),
    expect(dead_code, reason = "documents what Registry::entry_json writes")
)]
pub(crate) struct EntryNote {
    /// The event that it follows from.
    #[schema(format = "uuid")]
    event: String,
    /// That event's position.
    position: u64,
    /// That event's kind.
    kind: String,
    /// The office that filed it.
    office: NamedOffice,
    /// When it was registered there.
    #[schema(format = "date")]
    registered_on: Option<String>,
    /// What the note says.
    text: String,
    /// When it was written into the paper book; null while that is owed.
    entered_in_book: Option<EnteredNote>,
}

/// That a note stands in the paper book.
#[derive(ToSchema)]
#[cfg_attr(test, derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(
    not(test),
    expect(dead_code, reason = "documents what Registry::entry_json writes")
)]
pub(crate) struct EnteredNote {
    /// The event that says so.
    #[schema(format = "uuid")]
    event: String,
    /// The day.
    #[schema(format = "date")]
    on: String,
    /// The office that wrote.
    office: NamedOffice,
}

/// Read an entry
///
/// Folded from its events, on both axes of time: the legal day, and what the log knew at an instant. The `ETag` begins with
/// the entry's head and changes with every byte of the answer.
#[utoipa::path(
    get,
    path = "/v1/entries/{id}",
    tag = "entries",
    params(
        ("id" = String, Path, format = "uuid", description = "The entry"),
        ("as_of" = Option<String>, Query, format = "date", description = "The legal day; now when left out"),
        ("known_at" = Option<String>, Query, format = "date-time", description = "What the log knew then; now when left out"),
        ("if-none-match" = Option<String>, Header, description = "The `ETag` of an earlier answer"),
    ),
    responses(
        (status = 200, description = "The entry", body = EntryAnswer, headers(("ETag" = String))),
        (status = 304, description = "As it was"),
    ),
    security(("reader" = ["personal_data"]))
)]
pub(crate) async fn get_entry(
    State(web): State<Arc<Web>>,
    access: Access,
    Path(id): Path<String>,
    mut parameters: Parameters,
    headers: HeaderMap,
) -> Result<Shown<Response>, Problem> {
    let id: EntryId = in_path("id", &id)?;
    let as_of = AsOf {
        day: parameters.day("as_of"),
        known_at_ms: parameters.instant_ms("known_at"),
    };
    parameters.finish()?;
    let entry = web.registry().entry(id, as_of).await?;
    let linked = web.registry().linked(&entry, as_of).await?;
    let again = web.registry().registered_again(id, as_of).await?;
    let body = web.registry().entry_json(&entry, &linked, &again).to_string();
    let tag = entity_tag(&entry.head.to_string(), &body);
    let mut response = if matches(&headers, &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(header::CONTENT_TYPE, "application/json")], body).into_response()
    };
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    // A reader may keep the answer, but asks each time whether it still holds.
    response.headers_mut().insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-cache"),
    );
    // Also of an answer that is as it was: it is looked at again.
    let shows = Shows::one(Reading::Entry).entries([id]);
    access.shows(&web, shows, response).await
}

/// The head alone would not do: names of offices, and the count of copies, change without it.
fn entity_tag(head: &str, body: &str) -> String {
    format!("\"{head}-{}\"", &blake3::hash(body.as_bytes()).to_hex()[..16])
}

/// Whether the client has it already (RFC 9110 §13.1.2: compared weakly, in a list, or any).
fn matches(headers: &HeaderMap, tag: &str) -> bool {
    let sent = headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok());
    let mut tags = sent.flat_map(|list| list.split(',')).map(str::trim);
    tags.any(|known| known == "*" || known.trim_start_matches("W/") == tag)
}

#[cfg(test)]
mod tests {
    use axum::http::header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH};
    use serde_json::json;

    use super::EntryAnswer;
    use crate::testing::{House, birth, correction};

    const DAY: &str = "2026-03-02";

    #[tokio::test]
    async fn an_entry_is_as_it_is_documented() {
        let house = House::founded().await;
        let office = house.open_office(1, "UBND xã Hòa Phú").await;
        let (draft, _) = house.file(&office, birth(DAY)).await;
        house.file(&office, correction(&draft["entry"], DAY)).await;
        let answer = house
            .get(
                &format!("/v1/entries/{}", draft["entry"].as_str().unwrap()),
                &office,
            )
            .await;
        let documented: EntryAnswer = serde_json::from_value(answer.json()).unwrap();
        assert_eq!(serde_json::to_value(documented).unwrap(), answer.json());
    }

    #[tokio::test]
    async fn an_entry_shows_what_was_changed_of_its_people_elsewhere() {
        let house = House::founded().await;
        let office = house.open_office(1, "UBND xã Hòa Phú").await;
        let (mother, _) = house.file(&office, birth(DAY)).await;
        let mut request = birth(DAY);
        request["act"]["mother"]["known_as"] = json!({ "entry": mother["entry"], "role": "child" });
        request["act"]["mother"]["name"] = json!("Ksor H’Lan");
        let (child, _) = house.file(&office, request).await;
        let path = format!("/v1/entries/{}", child["entry"].as_str().unwrap());
        let before = house.get(&path, &office).await.json();
        let reference = format!("{}.child", mother["entry"].as_str().unwrap());
        assert_eq!(before["linked"], json!([]));
        assert_eq!(before["persons"][1]["known_as"], json!(reference));
        let mut correction = correction(&mother["entry"], DAY);
        correction["act"]["amended"][0]["changes"] = json!([{
            "field": "/child/name",
            "from": { "full": "Ksor H’Lan", "family": "Ksor", "given": "H’Lan" }, "to": "Ksor H’Lanh",
        }]);
        house.file(&office, correction).await;
        let after = house.get(&path, &office).await;
        let linked = &after.json()["linked"];
        assert_eq!(
            (&linked[0]["field"], &linked[0]["changed"]),
            (&json!("/mother/name"), &json!(reference))
        );
        assert!(
            linked[0]["text"].as_str().unwrap().contains("Ksor H’Lanh"),
            "{linked}"
        );
        let documented: EntryAnswer = serde_json::from_value(after.json()).unwrap();
        assert_eq!(serde_json::to_value(documented).unwrap(), after.json());
    }

    #[tokio::test]
    async fn an_entity_tag_holds_until_any_byte_of_the_answer_changes() {
        let house = House::founded().await;
        let office = house.open_office(1, "UBND xã Hòa Phú").await;
        let (draft, receipt) = house.file(&office, birth(DAY)).await;
        let path = format!("/v1/entries/{}", draft["entry"].as_str().unwrap());
        let first = house.get(&path, &office).await;
        let tag = first.header(ETAG).to_owned();
        assert!(
            tag.starts_with(&format!("\"{}-", receipt["hash"].as_str().unwrap())),
            "{tag}"
        );
        for sent in [
            tag.as_str(),
            "*",
            &format!("W/{tag}"),
            &format!("\"other\", {tag}"),
        ] {
            let again = house.get_with(&path, &office, &[(IF_NONE_MATCH, sent)]).await;
            assert_eq!(
                (again.status, again.body.len(), again.header(ETAG)),
                (304, 0, tag.as_str())
            );
        }
        assert_eq!(first.header(CACHE_CONTROL), "private, no-cache");
        let then = house
            .get_with(
                &format!("{path}?as_of={DAY}"),
                &office,
                &[(IF_NONE_MATCH, "\"other\"")],
            )
            .await;
        assert_eq!(then.status, 200);

        house.file(&office, correction(&draft["entry"], DAY)).await;
        let changed = house.get_with(&path, &office, &[(IF_NONE_MATCH, &tag)]).await;
        assert_eq!(changed.status, 200);
        assert_ne!(changed.header(ETAG), tag);
    }

    #[tokio::test]
    async fn an_entry_is_not_there_before_its_day_nor_to_strangers() {
        let house = House::founded().await;
        let office = house.open_office(1, "UBND xã Hòa Phú").await;
        let (draft, _) = house.file(&office, birth(DAY)).await;
        let path = format!("/v1/entries/{}", draft["entry"].as_str().unwrap());
        let before = house.get(&format!("{path}?as_of=2026-03-01"), &office).await;
        assert_eq!((before.status, before.problem().as_str()), (404, "not_found"));
        let unknown = house
            .get("/v1/entries/018f0000-0000-7000-8000-000000000000", &office)
            .await;
        assert_eq!((unknown.status, unknown.problem().as_str()), (404, "not_found"));
        let openly = house.get_openly(&path).await;
        assert_eq!((openly.status, openly.problem().as_str()), (401, "token_missing"));
    }

    #[tokio::test]
    async fn what_cannot_be_read_in_the_address_is_told() {
        let house = House::founded().await;
        let answer = house.get("/v1/entries/nobody", &house.ministry).await;
        assert_eq!((answer.status, answer.problem().as_str()), (400, "bad_parameter"));
        let path = "/v1/entries/018f0000-0000-7000-8000-000000000000?as_of=today&known_at=now&x=1";
        let answer = house.get(path, &house.ministry).await;
        let names: Vec<String> = answer.errors().into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["as_of", "known_at", "x"]);
    }
}
