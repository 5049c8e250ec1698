//! The whole story once, through the router: an act filed in one place changes what is read everywhere.

use axum::http::header;
use serde_json::json;
use tlog::TlogProof;

use crate::testing::{House, bytes, correction};

fn birth() -> serde_json::Value {
    crate::testing::birth("2026-03-02")
}

#[tokio::test]
async fn a_correction_filed_at_residence_is_read_noted_owed_found_and_proved() {
    let house = House::founded().await;
    let hoa_phu = house.open_office(1, "UBND xã Hòa Phú").await;
    let tan_lap = house.open_office(2, "UBND phường Tân Lập").await;

    let (draft, receipt) = house.file(&hoa_phu, birth()).await;
    assert!(
        draft["summary"]
            .as_str()
            .unwrap()
            .contains("Đăng ký khai sinh tại UBND xã Hòa Phú")
    );
    let entry = &draft["entry"];
    let path = format!("/v1/entries/{}", entry.as_str().unwrap());
    let before = house.get(&path, &tan_lap).await;
    assert_eq!(before.status, 200, "{}", before.text());
    assert_eq!(before.json()["current"]["mother"]["born_on"], "1994");

    house.today_is("2026-03-09");
    let (draft, corrected) = house.file(&tan_lap, correction(entry, "2026-03-09")).await;
    assert_eq!(draft["notices"][0]["to"], 1);
    assert_eq!(draft["notes"][0]["entry"], *entry);
    assert_eq!(
        corrected["position"].as_u64(),
        receipt["position"].as_u64().map(|position| position + 1)
    );

    let now = house.get(&path, &hoa_phu).await.json();
    assert_eq!(now["current"]["mother"]["born_on"], "1995-06-01");
    assert_eq!(now["original"]["mother"]["born_on"], "1994");
    assert_eq!(now["head"], corrected["hash"]);
    assert_eq!(now["notes"][0]["entered_in_book"], json!(null));
    let then = house
        .get(&format!("{path}?as_of=2026-03-08"), &hoa_phu)
        .await
        .json();
    assert_eq!(then["current"], before.json()["current"]);
    let known = house
        .get(&format!("{path}?known_at=2026-03-08T00:00:00%2B07:00"), &hoa_phu)
        .await
        .json();
    assert_eq!(known["current"], before.json()["current"]);

    let steps = house.get(&format!("{path}/timeline"), &hoa_phu).await.json();
    let kinds: Vec<_> = steps["steps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| &step["kind"])
        .collect();
    assert_eq!(kinds, ["birth", "correction"]);

    let owed = house.get("/v1/notices?office=1", &hoa_phu).await.json();
    assert_eq!(owed["notices"][0]["event"], corrected["event"]);
    assert_eq!(owed["notices"][0]["owed_to_name"], "UBND xã Hòa Phú");
    let entered = json!({
        "kind": "marginal_note", "entry": entry,
        "act": {
            "noted": corrected["event"], "entered_on": "2026-03-09",
            "signer": { "name": "Lê Thị Mai", "title": "Phó Chủ tịch" },
        },
    });
    house.file(&hoa_phu, entered).await;
    let owed = house.get("/v1/notices?office=1", &hoa_phu).await.json();
    assert_eq!(owed["notices"], json!([]));
    let closed = house
        .get("/v1/notices?office=1&state=closed", &hoa_phu)
        .await
        .json();
    assert_eq!(closed["notices"][0]["closed_on"], "2026-03-09");

    let found = house
        .get("/v1/entries?name=ksor%20hlan&born=2026", &tan_lap)
        .await
        .json();
    assert_eq!(found["found"][0]["entry"], *entry, "{found}");
    assert_eq!(found["found"][0]["name"], "Ksor H’Lan");

    let event = corrected["event"].as_str().unwrap();
    house.publish().await;
    let proof = house.get(&format!("/v1/events/{event}/proof"), &tan_lap).await;
    assert_eq!(proof.status, 200, "{}", proof.text());
    let stored = house.get(&format!("/v1/events/{event}"), &tan_lap).await.json();
    let signed = bytes(&stored["signed"]);
    assert_eq!(blake3::hash(&signed).to_hex().as_str(), corrected["hash"]);
    let mut leaf = vec![1];
    leaf.extend(blake3::hash(&signed).as_bytes());
    leaf.extend(hex::decode(stored["twin"].as_str().unwrap()).unwrap());
    let proof = TlogProof::parse(&proof.body).unwrap();
    let keys = [house.log_key.verifier().clone()];
    assert_eq!(proof.index(), corrected["position"].as_u64().unwrap());
    proof.verify(tlog::leaf_hash(&leaf), &keys, &[]).unwrap();
    let checkpoint = house.get_openly("/checkpoint").await;
    assert!(checkpoint.header(header::CONTENT_TYPE).starts_with("text/plain"));
    assert_eq!(checkpoint.text(), proof.checkpoint().to_string());
}

#[tokio::test]
async fn a_copy_says_what_stands_there_now_and_is_told_when_it_no_longer_does() {
    let house = House::founded().await;
    let office = house.open_office(1, "UBND xã Hòa Phú").await;
    let desk = civil::cose::SecretKey::ed25519(&[42; 32]);
    house.grant(1, &desk, "desk").await;
    let desk = office.with_key(desk);
    let (draft, _) = house.file(&office, birth()).await;
    let entry = &draft["entry"];
    let copy = json!({
        "kind": "extract", "entry": entry,
        "act": {
            "issued_on": "2026-03-02", "standing": "person",
            "signer": { "name": "Lê Thị Mai", "title": "Phó Chủ tịch" },
        },
    });
    let (draft, issued) = house.file(&desk, copy).await;
    assert_eq!(draft["stream"], "1/desk");
    assert_eq!(draft["content"]["lines"][0]["value"], "KSOR H’LAN");
    let path = format!("/v1/extracts?entry={}", entry.as_str().unwrap());
    let extracts = house.get(&path, &office).await.json();
    assert_eq!(extracts["extracts"][0]["event"], issued["event"]);
    assert_eq!(extracts["extracts"][0]["superseded_at"], json!(null));
    let (_, corrected) = house.file(&office, correction(entry, "2026-03-02")).await;
    let extracts = house.get(&path, &office).await.json();
    assert_eq!(extracts["extracts"][0]["superseded_at"], corrected["position"]);
}
