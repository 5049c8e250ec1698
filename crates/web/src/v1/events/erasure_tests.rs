//! A body is erased: nobody is shown it any more, anywhere, and everything else goes on.

use civil::cose::SecretKey;
use serde_json::{Value as Json, json};

use crate::testing::{Answer, House, Office, birth, correction};

const TODAY: &str = "2026-03-02";

async fn erase(house: &House, position: &Json) -> Json {
    let second = SecretKey::ed25519(&[2; 32]);
    house.grant(0, &second, "administrator").await;
    house
        .file_by_two(&house.ministry, &second, erasure(json!([position])))
        .await
}

fn erasure(positions: Json) -> Json {
    json!({ "kind": "erased", "act": {
        "positions": positions, "authority": "Tòa án nhân dân khu vực 3",
        "legal_basis": "Quyết định số 41/2026/QĐST-HC", "ground": "wrong_person",
    }})
}

async fn entry(house: &House, office: &Office, receipt: &Json) -> Answer {
    let event = house
        .get(
            &format!("/v1/events/{}", receipt["event"].as_str().unwrap()),
            office,
        )
        .await;
    let entry = event.json()["entry"].as_str().unwrap().to_owned();
    house.get(&format!("/v1/entries/{entry}"), office).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_erased_is_shown_to_nobody_and_found_by_nobody() {
    let house = House::founded().await;
    let office = house.open_office(102, "Xã Đạ Tẻh").await;
    let (_, receipt) = house.file(&office, birth(TODAY)).await;
    let (_, other) = house.file(&office, birth(TODAY)).await;
    let search = "/v1/entries?name=ksor%20h%E2%80%99lan";
    assert_eq!(
        house
            .get(search, &office)
            .await
            .text()
            .matches("\"entry\"")
            .count(),
        2
    );
    let erased = erase(&house, &receipt["position"]).await;
    let event = house
        .get(
            &format!("/v1/events/{}", receipt["event"].as_str().unwrap()),
            &office,
        )
        .await;
    assert_eq!(event.json()["erased_by"], erased["position"]);
    assert_eq!(event.json()["sealed_body"], Json::Null);
    let shown = entry(&house, &office, &receipt).await;
    assert_eq!(shown.status, 200, "{}", shown.text());
    assert!(!shown.text().contains("Ksor"), "{}", shown.text());
    assert_eq!(shown.json()["lost"], json!([receipt["event"]]));
    assert!(entry(&house, &office, &other).await.text().contains("Ksor"));
    assert_eq!(
        house
            .get(search, &office)
            .await
            .text()
            .matches("\"entry\"")
            .count(),
        1
    );
    house.web.registry().ledger().rebuild(|_| {}).await.unwrap();
    assert_eq!(
        entry(&house, &office, &receipt).await.json(),
        shown.json(),
        "made anew it is the same"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_entry_that_lost_an_amendment_goes_on_and_no_paper_is_issued_of_it() {
    let house = House::founded().await;
    let office = house.open_office(102, "Xã Đạ Tẻh").await;
    let (_, born) = house.file(&office, birth(TODAY)).await;
    let before = entry(&house, &office, &born).await.json();
    let (_, corrected) = house.file(&office, correction(&before["entry"], TODAY)).await;
    erase(&house, &corrected["position"]).await;
    let after = entry(&house, &office, &born).await.json();
    assert_eq!(after["lost"], json!([corrected["event"]]));
    assert_eq!(
        after["current"], before["current"],
        "as if it had not been corrected"
    );
    assert_ne!(
        after["head"], before["head"],
        "and yet somebody signed that it was"
    );
    let key = SecretKey::ed25519(&[42; 32]);
    house.grant(102, &key, "desk").await;
    let copy = json!({ "kind": "extract", "entry": before["entry"], "act": {
        "issued_on": TODAY, "standing": "person", "signer": { "name": "Lê Thị Mai", "title": "Phó Chủ tịch" },
    }});
    let refused = house.draft(&office.with_key(key), copy).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert!(refused.text().contains("content_erased"), "{}", refused.text());
    let (_, again) = house.file(&office, correction(&before["entry"], TODAY)).await;
    let corrected = entry(&house, &office, &born).await.json();
    assert_eq!(corrected["head_position"], again["position"]);
    assert_ne!(corrected["current"], before["current"]);
    house.web.registry().ledger().rebuild(|_| {}).await.unwrap();
    assert_eq!(entry(&house, &office, &born).await.json(), corrected);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_administration_and_what_is_erased_already_are_not_erased() {
    let house = House::founded().await;
    let office = house.open_office(102, "Xã Đạ Tẻh").await;
    let (_, born) = house.file(&office, birth(TODAY)).await;
    for positions in [json!([0]), json!([born["position"], 999])] {
        let refused = house.draft(&house.ministry, erasure(positions)).await;
        assert_eq!(refused.status, 422, "{}", refused.text());
        assert!(refused.text().contains("not_erasable"), "{}", refused.text());
    }
    erase(&house, &born["position"]).await;
    let refused = house
        .draft(&house.ministry, erasure(json!([born["position"]])))
        .await;
    assert!(refused.text().contains("not_erasable"), "{}", refused.text());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_person_alone_erases_nothing() {
    let house = House::founded().await;
    let office = house.open_office(102, "Xã Đạ Tẻh").await;
    let (_, born) = house.file(&office, birth(TODAY)).await;
    let draft = house
        .draft(&house.ministry, erasure(json!([born["position"]])))
        .await
        .json();
    let said = format!(
        "Vị trí: {}. Căn cứ: Quyết định số 41/2026/QĐST-HC",
        born["position"]
    );
    assert!(draft["summary"].as_str().unwrap().contains(&said), "{draft:#}");
    let signed = house
        .signed(&house.ministry, erasure(json!([born["position"]])))
        .await;
    let refused = house.record(&signed).await;
    assert!(
        refused.text().contains("second_person_missing"),
        "{}",
        refused.text()
    );
}
