use axum::body::Body;
use axum::http::{Request, header};
use registry::TokenId;
use serde_json::{Value as Json, json};

use crate::testing::{Answer, House, Office, birth};

async fn asked(house: &House, path: &str, token: &str) -> Answer {
    let request = Request::get(path).header(header::AUTHORIZATION, format!("Bearer {token}"));
    house.ask(request.body(Body::empty()).unwrap()).await
}

/// An entry that two offices read on two days, and an inspector.
async fn read_twice() -> (House, [Office; 2], Json, String) {
    let house = House::founded().await;
    let hoa_phu = house.open_office(1, "UBND xã Hòa Phú").await;
    let tan_lap = house.open_office(2, "UBND phường Tân Lập").await;
    let (draft, _) = house.file(&hoa_phu, birth("2026-03-02")).await;
    let path = format!("/v1/entries/{}", draft["entry"].as_str().unwrap());
    house.today_is("2026-03-05");
    house.get(&path, &hoa_phu).await;
    house.today_is("2026-03-06");
    let purpose = [(crate::access::PURPOSE, "person; case=12-34")];
    house
        .get_with(&format!("{path}/timeline"), &tan_lap, &purpose)
        .await;
    let inspector = house
        .web
        .registry()
        .make_inspector_token("thanh tra")
        .await
        .unwrap();
    (house, [hoa_phu, tan_lap], draft["entry"].clone(), inspector)
}

fn readings(answer: &Answer) -> Vec<String> {
    assert_eq!(answer.status, 200, "{}", answer.text());
    let lines = answer.json()["accesses"].as_array().unwrap().clone();
    lines
        .iter()
        .map(|line| line["reading"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn an_inspector_sees_who_looked_at_what_and_that_is_written_down_too() {
    let (house, [_, tan_lap], entry, inspector) = read_twice().await;
    let since = "/v1/access?from=2026-03-05";
    let all = asked(&house, since, &inspector).await;
    assert_eq!(readings(&all), ["entry", "timeline"]);
    let line = all.json()["accesses"][1].clone();
    assert_eq!(line["entries"], json!([entry]));
    assert_eq!(
        (&line["office"], &line["purpose"], &line["reader"]),
        (&json!(2), &json!("person; case=12-34"), &json!("office"))
    );
    assert_eq!(line["token"], TokenId::of(&tan_lap.token).to_string());
    assert!(!all.text().contains("Ksor"));
    let ways = [
        ("/v1/access?from=2026-03-05&to=2026-03-05".to_owned(), "entry"),
        ("/v1/access?from=2026-03-06&office=2".to_owned(), "timeline"),
        (
            format!("{since}&reader={}", TokenId::of(&tan_lap.token)),
            "timeline",
        ),
    ];
    for (path, reading) in ways {
        assert_eq!(
            readings(&asked(&house, &path, &inspector).await),
            [reading],
            "{path}"
        );
    }
    let looks = asked(
        &house,
        &format!("{since}&reader={}", TokenId::of(&inspector)),
        &inspector,
    )
    .await;
    assert_eq!(readings(&looks), ["accesses"; 4]);
    // Page by page.
    let first = asked(&house, &format!("{since}&limit=1"), &inspector).await;
    assert_eq!(readings(&first), ["entry"]);
    let next = first.json()["next"].as_u64().unwrap();
    let second = asked(&house, &format!("{since}&limit=1&after={next}"), &inspector).await;
    assert_eq!(readings(&second), ["timeline"]);
}

#[tokio::test]
async fn only_an_inspector_looks_and_an_inspector_reads_nothing_else() {
    let (house, [office, _], entry, inspector) = read_twice().await;
    let auditor = house.web.registry().make_auditor_token("").await.unwrap();
    let renamed = inspector.replace("hotich_inspect_", "hotich_read_");
    let promoted = office.token.replace("hotich_read_", "hotich_inspect_");
    for token in [&office.token, &auditor, &renamed, &promoted] {
        let refused = asked(&house, "/v1/access", token).await;
        assert_eq!(
            (refused.status, refused.problem().as_str()),
            (401, "token_unknown")
        );
    }
    let entry = entry.as_str().unwrap();
    for path in [
        "/v1/offices".to_owned(),
        format!("/v1/entries/{entry}"),
        format!("/v1/access/entries/{entry}"),
        "/restricted/envelopes/000.p/1".to_owned(),
    ] {
        let refused = asked(&house, &path, &inspector).await;
        assert_eq!(refused.problem(), "token_unknown", "{path}");
    }
    assert_eq!(house.get_openly("/v1/access").await.problem(), "token_missing");
    let revoked = house.web.registry().revoke_token(TokenId::of(&inspector)).await;
    assert!(revoked.unwrap());
    assert_eq!(
        asked(&house, "/v1/access", &inspector).await.problem(),
        "token_unknown"
    );
}

#[tokio::test]
async fn faults_of_a_question_are_told_at_once() {
    let (house, _, _, inspector) = read_twice().await;
    let path = "/v1/access?from=gestern&reader=abc&office=x&after=-1&limit=1001";
    let answer = asked(&house, path, &inspector).await;
    let names: Vec<String> = answer.errors().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["from", "limit", "office", "reader", "after"]);
}

#[tokio::test]
async fn a_person_learns_which_office_looked_and_why_but_not_from_where() {
    let (house, [office, _], entry, _) = read_twice().await;
    let path = format!("/v1/access/entries/{}", entry.as_str().unwrap());
    let answer = house.get(&path, &office).await;
    // The draft of the birth was the first to show it.
    assert_eq!(readings(&answer), ["draft", "entry", "timeline"]);
    let last = answer.json()["accesses"][2].clone();
    assert_eq!(
        last,
        json!({
            "on": "2026-03-06", "office": 2, "office_name": "UBND phường Tân Lập",
            "reading": "timeline", "ground": "person",
        })
    );
    assert_eq!(readings(&house.get(&path, &office).await)[3], "entry_accesses");
    let page = house.get(&format!("{path}?limit=2"), &office).await.json();
    let rest = format!("{path}?after={}", page["next"]);
    assert_eq!(readings(&house.get(&rest, &office).await)[0], "timeline");
    let nobody = "/v1/access/entries/018f0000-0000-7000-8000-000000000000";
    assert!(readings(&house.get(nobody, &office).await).is_empty());
}
