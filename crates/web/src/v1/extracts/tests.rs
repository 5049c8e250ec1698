//! Papers over HTTP: asked for in one office, fetched by it, asked after by everybody.

use axum::http::header;
use civil::cose::{event_hash, sign};
use civil::envelope::Envelope;
use serde_json::{Value as Json, json};

use crate::testing::{House, Office, base64, birth, bytes, correction, sign_draft};

const DAY: &str = "2026-03-02";

async fn born(house: &House) -> (Office, Json) {
    let office = house.open_office(1, "UBND xã Hòa Phú").await;
    let (draft, _) = house.file(&office, birth(DAY)).await;
    let entry = draft["entry"].clone();
    (office, entry)
}

/// What the person's representative asks for.
pub(crate) fn asked(entry: &Json) -> Json {
    json!({
        "entry": entry,
        "act": {
            "standing": "representative", "requester": "Ksor H’Bia",
            "entitlement": { "ground": "parent" },
            "signer": { "name": "Lê Thị Mai", "title": "Phó Chủ tịch" },
        },
    })
}

/// Asks, signs and records; answers the draft and the receipt.
pub(crate) async fn issued(house: &House, office: &Office, request: Json) -> (Json, Json) {
    let draft = house
        .post("/v1/extracts", Some(office), &office.signing(request))
        .await;
    assert_eq!(draft.status, 200, "{}", draft.text());
    let draft = draft.json();
    let receipt = house.record(&sign_draft(&draft, &office.key)).await;
    assert_eq!(receipt.status, 201, "{}", receipt.text());
    (draft, receipt.json())
}

async fn page(house: &House, office: &Office, event: &Json) -> Json {
    let path = format!("/v1/extracts/{}", event.as_str().unwrap());
    let answer = house.get(&path, office).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

#[tokio::test]
async fn a_paper_is_asked_for_signed_and_fetched_and_its_bytes_stay_the_same() {
    let house = House::founded().await;
    let (_, entry) = born(&house).await;
    let elsewhere = house.open_office(2, "UBND phường Hải Châu").await;
    let (draft, receipt) = issued(&house, &elsewhere, asked(&entry)).await;
    assert_eq!(
        draft["content"],
        json!(null),
        "it is no copy of the first release"
    );
    let shown = &draft["page"];
    assert_eq!(
        (&shown["paper"], &shown["form"]),
        (&json!("birth"), &json!("copy"))
    );
    assert_eq!(shown["issued_on"], DAY);
    assert_eq!(shown["signed"]["on_behalf"], "KT. CHỦ TỊCH");
    let named = shown["fields"].as_array().unwrap();
    assert!(
        named.iter().any(|field| field["value"] == "KSOR H’LAN"),
        "{shown:#}"
    );

    let paper = page(&house, &elsewhere, &receipt["event"]).await;
    assert_eq!(&paper["page"], shown, "what was signed is what is printed");
    let path = format!("/v1/extracts/{}/pdf", receipt["event"].as_str().unwrap());
    let file = house.get(&path, &elsewhere).await;
    assert_eq!(
        (file.status, file.header(header::CONTENT_TYPE)),
        (200, "application/pdf")
    );
    assert!(file.body.starts_with(b"%PDF-1.7"));
    let by_code = format!("/v1/extracts/{}/pdf", paper["code"].as_str().unwrap());
    assert!(house.get(&by_code, &elsewhere).await.body == file.body);
}

#[tokio::test]
async fn a_paper_says_what_stood_there_when_it_was_issued_and_its_status_what_came_later() {
    let house = House::founded().await;
    let (office, entry) = born(&house).await;
    let (draft, receipt) = issued(&house, &office, asked(&entry)).await;
    let code = page(&house, &office, &receipt["event"]).await["code"].clone();
    let code = code.as_str().unwrap().to_lowercase();
    let status = format!("/v1/extracts/{code}/status");
    let current = house.get_openly(&status).await;
    assert_eq!(current.json()["state"], "current", "{}", current.text());

    house.today_is("2026-03-05");
    house.file(&office, correction(&entry, "2026-03-05")).await;
    let later = house.get_openly(&status).await.json();
    assert_eq!(
        (&later["state"], &later["since"]),
        (&json!("superseded"), &json!("2026-03-05"))
    );
    let paper = page(&house, &office, &receipt["event"]).await;
    assert_eq!(paper["page"], draft["page"]);
    let (anew, _) = issued(&house, &office, asked(&entry)).await;
    assert_ne!(anew["page"]["fields"], draft["page"]["fields"]);
    assert_eq!(anew["page"]["notes"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn the_page_behind_a_code_shows_no_name() {
    let house = House::founded().await;
    let (office, entry) = born(&house).await;
    let (_, receipt) = issued(&house, &office, asked(&entry)).await;
    let code = page(&house, &office, &receipt["event"]).await["code"].clone();
    let shown = house.get_openly(&format!("/v/{}", code.as_str().unwrap())).await;
    assert!(shown.header(header::CONTENT_TYPE).starts_with("text/html"));
    let text = shown.text();
    assert!(
        text.contains("Giấy tờ còn giá trị") && text.contains("UBND xã Hòa Phú"),
        "{text}"
    );
    for secret in ["Ksor", "KSOR", "1994", "Nguyễn", "Lê Thị Mai"] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
    let unknown = house.get_openly("/v/00000-00000-00000-00000").await;
    assert!(unknown.status == 200 && unknown.text().contains("Không có giấy tờ nào"));
}

/// Codes are not guessed, but nobody shall try.
#[tokio::test]
async fn whoever_asks_after_papers_too_often_waits() {
    let house = House::founded().await;
    let mut answer = house.get_openly("/v1/extracts/00000000000000000000/status").await;
    assert_eq!((answer.status, answer.problem().as_str()), (404, "not_found"));
    for _ in 0..40 {
        answer = house.get_openly("/v1/extracts/00000000000000000000/status").await;
    }
    assert_eq!((answer.status, answer.problem().as_str()), (429, "too_many"));
    assert_eq!(answer.header(header::RETRY_AFTER), "1");
    let page = house.get_openly("/v/00000000000000000000").await;
    assert_eq!(page.status, 429, "it is one allowance for all questions");
}

#[tokio::test]
async fn a_paper_is_for_the_office_that_issued_it() {
    let house = House::founded().await;
    let (office, entry) = born(&house).await;
    let other = house.open_office(2, "UBND phường Hải Châu").await;
    let (_, receipt) = issued(&house, &office, asked(&entry)).await;
    for path in ["", "/pdf", "/png"] {
        let path = format!("/v1/extracts/{}{path}", receipt["event"].as_str().unwrap());
        let answer = house.get(&path, &other).await;
        assert_eq!(
            (answer.status, answer.problem().as_str()),
            (403, "token_of_another_office")
        );
    }
    let asked = house
        .post("/v1/extracts", Some(&other), &office.signing(asked(&entry)))
        .await;
    assert_eq!(
        (asked.status, asked.problem().as_str()),
        (403, "token_of_another_office")
    );
}

#[tokio::test]
async fn there_is_one_original_with_the_number_of_its_registration() {
    let house = House::founded().await;
    let (office, entry) = born(&house).await;
    let mut original = asked(&entry);
    original["act"]["paper"] = json!({ "form": "original" });
    let (draft, receipt) = issued(&house, &office, original.clone()).await;
    assert_eq!(draft["page"]["form"], "original");
    assert_eq!(draft["page"]["number"], "1/2026");
    let second = house
        .post("/v1/extracts", Some(&office), &office.signing(original))
        .await;
    assert_eq!(
        (second.status, second.problem().as_str()),
        (422, "original_issued")
    );
    // It took no number among the copies.
    let (draft, _) = issued(&house, &office, asked(&entry)).await;
    assert!(
        draft["page"]["number"].as_str().unwrap().starts_with("1/2026"),
        "{draft:#}"
    );
    let path = format!("/v1/extracts?entry={}", entry.as_str().unwrap());
    let listed = house.get(&path, &office).await.json();
    assert_eq!(listed["extracts"][0]["event"], receipt["event"]);
    assert_eq!(listed["extracts"][0]["form"], "original");
    assert_eq!(listed["extracts"][1]["form"], "copy");
    let book = house
        .get("/v1/extracts?office=1&year=2026&limit=1", &office)
        .await;
    let book = book.json();
    assert_eq!(book["extracts"][0]["number"], 1);
    assert_eq!(book["next"], 1);
    let rest = house
        .get("/v1/extracts?office=1&year=2026&after=1", &office)
        .await;
    assert_eq!(rest.json(), json!({ "extracts": [], "next": null }));
}

#[tokio::test]
async fn papers_are_counted_by_their_sort() {
    let house = House::founded().await;
    let (office, entry) = born(&house).await;
    for _ in 0..2 {
        issued(&house, &office, asked(&entry)).await;
    }
    let path = format!("/v1/extracts/statistics?from={DAY}&to={DAY}");
    let counts = house.get(&path, &office).await.json();
    assert_eq!(counts["issued"], 2);
    assert_eq!(
        counts["counts"],
        json!([{
            "office": 1, "office_name": "UBND xã Hòa Phú", "paper": "birth", "form": "copy",
            "standing": "representative", "issued": 2, "revoked": 0,
        }])
    );
    let wrong = house
        .get("/v1/extracts/statistics?from=2026-03-02&to=2026-03-01", &office)
        .await;
    assert_eq!((wrong.status, wrong.problem().as_str()), (400, "bad_parameter"));
}

#[tokio::test]
async fn a_batch_is_recorded_up_to_the_first_paper_that_does_not_fit() {
    let house = House::founded().await;
    let (office, entry) = born(&house).await;
    let draft = house
        .post("/v1/extracts", Some(&office), &office.signing(asked(&entry)))
        .await
        .json();
    let first = sign_draft(&draft, &office.key);
    let twin = house
        .post("/v1/extracts", Some(&office), &office.signing(asked(&entry)))
        .await
        .json();
    let twin = sign_draft(&twin, &office.key);
    let batch = json!({ "papers": [first, twin, first] });
    let answer = house.post("/v1/extracts/batch", None, &batch).await.json();
    assert_eq!(answer["receipts"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&answer["failed"], &answer["problem"]["code"]),
        (&json!(1), &json!("stream_moved"))
    );
    let faulty = house
        .post(
            "/v1/extracts/batch",
            None,
            &json!({ "papers": [{ "signed": "?" }] }),
        )
        .await;
    assert_eq!(faulty.status, 422);
    let pointers: Vec<_> = faulty.errors().into_iter().map(|(pointer, _)| pointer).collect();
    assert_eq!(pointers, ["/papers/0/signed", "/papers/0/sealed_body"]);
    let none = house
        .post("/v1/extracts/batch", None, &json!({ "papers": [] }))
        .await;
    assert_eq!(none.status, 422);
}

/// Papers do not move an entry, so each would have been judged without the other.
#[tokio::test]
async fn two_originals_signed_behind_each_other_and_sent_at_once_are_not_both_recorded() {
    let house = House::founded().await;
    let (office, entry) = born(&house).await;
    let mut original = asked(&entry);
    original["act"]["paper"] = json!({ "form": "original" });
    let mut drafts = Vec::new();
    for _ in 0..2 {
        let request = office.signing(original.clone());
        let draft = house.post("/v1/extracts", Some(&office), &request).await;
        assert_eq!(draft.status, 200, "{}", draft.text());
        drafts.push(draft.json());
    }
    let first = sign_draft(&drafts[0], &office.key);
    let mut envelope = Envelope::decode(&bytes(&drafts[1]["envelope"])).unwrap();
    envelope.seq += 1;
    envelope.prev = event_hash(&bytes(&first["signed"]));
    let second = base64(&sign(&envelope.encode(), &office.key));
    let second = json!({ "signed": second, "sealed_body": drafts[1]["sealed_body"] });
    let (early, recorded) = tokio::join!(house.record(&second), house.record(&first));
    assert_eq!(recorded.status, 201, "{}", recorded.text());
    assert_eq!((early.status, early.problem().as_str()), (409, "stream_moved"));
    let late = house.record(&second).await;
    assert_eq!((late.status, late.problem().as_str()), (422, "original_issued"));
    let again = house.record(&first).await;
    assert_eq!(again.status, 200, "the first receipt again: {}", again.text());
}

#[tokio::test]
async fn a_page_is_fetched_as_a_picture_that_says_it_bears_no_seal_of_its_own() {
    let house = House::founded().await;
    let (office, entry) = born(&house).await;
    let (_, receipt) = issued(&house, &office, asked(&entry)).await;
    let path = format!("/v1/extracts/{}/png", receipt["event"].as_str().unwrap());
    let picture = house.get(&format!("{path}?dpi=100"), &office).await;
    assert_eq!(
        (picture.status, picture.header(header::CONTENT_TYPE)),
        (200, "image/png")
    );
    let said = |name: &str| picture.header(header::HeaderName::from_bytes(name.as_bytes()).unwrap());
    assert_eq!(
        (said("hotich-sealed"), said("hotich-pages")),
        ("false", "1"),
        "this house has no seal"
    );
    // The size of a page stands in the first block of a PNG: A4 at 100 pixels an inch.
    let side = |at: usize| u32::from_be_bytes(picture.body[at..at + 4].try_into().unwrap());
    assert_eq!((side(16), side(20)), (826, 1169));
    for (asked, status) in [
        ("?dpi=99", 400),
        ("?dpi=301", 400),
        ("?page=0", 400),
        ("?page=2", 404),
    ] {
        let answer = house.get(&format!("{path}{asked}"), &office).await;
        assert_eq!(answer.status, status, "{asked}: {}", answer.text());
    }
}
