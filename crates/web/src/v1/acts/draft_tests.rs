//! What a draft answers.

use serde_json::{Value, json};

use crate::testing::{House, birth, correction};

const DAY: &str = "2026-03-02";

#[tokio::test]
async fn a_draft_records_nothing_and_takes_the_next_number() {
    let house = House::founded().await;
    let office = house.open_office(1, "UBND xã Hòa Phú").await;
    let size = house.web.registry().head().size;
    for _ in 0..2 {
        let draft = house.draft(&office, birth(DAY)).await;
        assert!(
            draft.json()["summary"].as_str().unwrap().contains("số 1/2026"),
            "{}",
            draft.text()
        );
    }
    assert_eq!(house.web.registry().head().size, size);
}

#[tokio::test]
async fn a_draft_needs_a_token_of_its_own_office() {
    let house = House::founded().await;
    let office = house.open_office(1, "UBND xã Hòa Phú").await;
    let other = house.open_office(2, "UBND phường Tân Lập").await;
    let request = office.signing(birth(DAY));
    let answer = house.post("/v1/acts", None, &request).await;
    assert_eq!((answer.status, answer.problem().as_str()), (401, "token_missing"));
    let answer = house.post("/v1/acts", Some(&other), &request).await;
    assert_eq!(
        (answer.status, answer.problem().as_str()),
        (403, "token_of_another_office")
    );
}

#[tokio::test]
async fn an_act_with_every_field_wrong_is_told_all_of_it_at_once() {
    let house = House::founded().await;
    let office = house.open_office(1, "UBND xã Hòa Phú").await;
    let mut request = json!({
        "kind": "birth",
        "act": {
            "book": { "number": "một", "year": -1, "volume": 7, "page": "x" },
            "registered_on": "2026-02-30", "received_on": 7, "entry": "sometimes",
            "child": {
                "name": "", "sex": "unknown", "born_on": "2026-13", "ethnicity": 999, "nationality": [],
                "birth_place": { "text": 1, "unit": "x" }, "personal_number": "123", "colour": "blue",
            },
            "mother": "Ksor H’Bia",
            "declarant": { "relation": 1 },
            "signer": { "name": "Lê Thị Mai" },
            "remark": [],
            "unheard_of": true,
        },
        "acknowledgements": [{ "warning": 1 }],
        "colour": "blue",
    });
    let answer = house
        .post("/v1/acts", Some(&office), &office.signing(request.clone()))
        .await;
    assert_eq!(
        (answer.status, answer.problem().as_str()),
        (422, "form"),
        "{}",
        answer.text()
    );
    let pointers: Vec<String> = answer.errors().into_iter().map(|(pointer, _)| pointer).collect();
    for pointer in [
        "/colour",
        "/act/unheard_of",
        "/act/book/number",
        "/act/book/year",
        "/act/book/volume",
        "/act/book/page",
        "/act/registered_on",
        "/act/received_on",
        "/act/entry",
        "/act/child/colour",
        "/act/child/name",
        "/act/child/sex",
        "/act/child/born_on",
        "/act/child/ethnicity",
        "/act/child/nationality",
        "/act/child/birth_place/text",
        "/act/child/birth_place/unit",
        "/act/child/personal_number",
        "/act/mother",
        "/act/declarant/name",
        "/act/declarant/relation",
        "/act/signer/title",
        "/act/remark",
        "/acknowledgements/0/warning",
        "/acknowledgements/0/reason",
    ] {
        assert!(
            pointers.iter().any(|found| found == pointer),
            "{pointer} is not among {pointers:#?}"
        );
        let there = request.pointer(pointer).is_some();
        let parent = pointer.rsplit_once('/').unwrap().0;
        assert!(
            there || request.pointer(parent).is_some(),
            "{pointer} does not point into the request"
        );
    }
    assert!(!answer.text().contains("H’Bia"), "a problem repeats a name");

    request["kind"] = json!("christening");
    request["office"] = json!("one");
    request["key"] = json!("x");
    request["lane"] = json!("fast");
    let answer = house.post("/v1/acts", Some(&office), &request).await;
    let pointers: Vec<String> = answer.errors().into_iter().map(|(pointer, _)| pointer).collect();
    for pointer in ["/kind", "/office", "/key", "/lane"] {
        assert!(
            pointers.iter().any(|found| found == pointer),
            "{pointer} is not among {pointers:#?}"
        );
    }
}

#[tokio::test]
async fn a_refused_act_points_into_the_request() {
    let house = House::founded().await;
    let office = house.open_office(1, "UBND xã Hòa Phú").await;
    let (draft, _) = house.file(&office, birth(DAY)).await;
    let mut request = correction(&draft["entry"], DAY);
    request["act"]["amended"][0]["changes"][0]["from"] = json!("1993");
    let answer = house.draft(&office, request.clone()).await;
    assert_eq!((answer.status, answer.problem().as_str()), (422, "from_differs"));
    let pointer = answer.errors()[0].0.clone();
    assert_eq!(request.pointer(&pointer), Some(&json!("1993")), "{pointer}");
}

#[tokio::test]
async fn a_number_that_was_given_already_is_refused_in_the_draft() {
    let house = House::founded().await;
    let office = house.open_office(1, "UBND xã Hòa Phú").await;
    house.file(&office, birth(DAY)).await;
    let mut request = birth(DAY);
    request["act"]["book"] = json!({ "number": 1, "year": 2026 });
    let answer = house.draft(&office, request.clone()).await;
    assert_eq!((answer.status, answer.problem().as_str()), (422, "number_taken"));
    assert_eq!(answer.json()["errors"][0]["expected"], 2);
    request["act"]["book"]["number"] = json!(3);
    assert_eq!(house.draft(&office, request).await.problem(), "number_skips");
}

#[tokio::test]
async fn a_place_that_no_list_has_is_kept_as_text_and_flagged() {
    let house = House::founded().await;
    let office = house.open_office(1, "UBND xã Hòa Phú").await;
    let warned = async |unit: &str| -> Vec<Value> {
        let mut request = birth(DAY);
        request["act"]["child"]["birth_place"] = json!({ "text": "Xã Hòa Phú", "unit": unit });
        let draft = house
            .post("/v1/acts", Some(&office), &office.signing(request))
            .await;
        assert_eq!(draft.status, 200, "{}", draft.text());
        draft.json()["warnings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|warning| warning["code"].clone())
            .collect()
    };
    assert_eq!(warned("99999@..").await, [json!("unit_unknown")]);
    // Hòa Phú of Tây Hòa was merged in 2025.
    assert_eq!(warned("22270@..").await, [json!("unit_not_valid_that_day")]);
}

#[tokio::test]
async fn a_draft_fills_in_what_stands_and_what_follows() {
    let house = House::founded().await;
    let office = house.open_office(1, "UBND xã Hòa Phú").await;
    let (born, _) = house.file(&office, birth(DAY)).await;
    let mut request = correction(&born["entry"], DAY);
    request["act"]["amended"][0]["changes"] = json!([{ "field": "/mother/born_on", "to": "1995-06-01" }]);
    let draft = house.draft(&office, request).await;
    assert_eq!(draft.status, 200, "{}", draft.text());
    let effect = &draft.json()["effects"][0];
    assert!(
        effect["note"]
            .as_str()
            .unwrap()
            .contains("từ “1994” thành “01/06/1995”"),
        "{effect}"
    );
    assert_eq!(effect["entry"], born["entry"]);

    let confirmation = json!({
        "kind": "marital_status_confirmation",
        "act": {
            "registered_on": DAY, "received_on": DAY, "purpose": "Bổ túc hồ sơ", "purpose_kind": "other",
            "subject": {
                "name": "Ksor H’Lan", "born_on": DAY,
                "known_as": { "entry": born["entry"], "role": "child" },
            },
            "signer": { "name": "Lê Thị Mai", "title": "Phó Chủ tịch" },
        },
    });
    let (drafted, _) = house.file(&office, confirmation).await;
    let path = format!("/v1/entries/{}", drafted["entry"].as_str().unwrap());
    let entry = house.get(&path, &office).await.json();
    assert_eq!(entry["current"]["marital_status"], "never_married");
    assert_eq!(entry["current"]["status"], "Chưa đăng ký kết hôn với ai");
    assert_eq!(entry["current"]["follows_from"], json!([born["entry"]]));
}

#[tokio::test]
async fn a_recognition_of_a_linked_child_is_offered_its_birth_entry() {
    let house = House::founded().await;
    let office = house.open_office(1, "UBND xã Hòa Phú").await;
    let mut request = birth(DAY);
    request["act"].as_object_mut().unwrap().remove("father");
    let (born, _) = house.file(&office, request).await;
    let recognition = json!({
        "kind": "parent_child_recognition",
        "act": {
            "registered_on": DAY, "received_on": DAY, "direction": "father_recognises_child",
            "parent": { "name": "Nguyễn Văn Thành", "born_on": "1991", "sex": "male" },
            "child": {
                "name": "Ksor H’Lan", "born_on": DAY, "known_as": { "entry": born["entry"], "role": "child" },
            },
            "signer": { "name": "Lê Thị Mai", "title": "Phó Chủ tịch" },
        },
    });
    let draft = house.draft(&office, recognition.clone()).await.json();
    assert_eq!(
        draft["proposed"],
        json!([{ "member": "reached", "reached": {
            "entry": born["entry"], "kind": "birth", "changes": [{ "field": "/father", "from": null, "to": {
                "name": "Nguyễn Văn Thành", "born_on": "1991", "sex": "male", "standing": "recognised",
            } }],
        } }])
    );
    let mut agreed = recognition;
    agreed["act"]["reached"] = json!([draft["proposed"][0]["reached"]]);
    house.file(&office, agreed).await;
    let path = format!("/v1/persons/{}.child", born["entry"].as_str().unwrap());
    let child = house.get(&path, &office).await.json();
    assert_eq!(
        child["parents"].as_array().unwrap().len(),
        2,
        "{}",
        child["parents"]
    );
}

#[tokio::test]
async fn a_notice_names_the_entry_that_the_act_will_open() {
    let house = House::founded().await;
    let day = "2026-11-23";
    house.today_is(day);
    let opened = json!({
        "office": 7, "name": "UBND xã Hòa Phú", "level": "commune", "unit": "22270@..", "opened_on": "2019-01-01",
    });
    house
        .file(&house.ministry, json!({ "kind": "office_opened", "act": opened }))
        .await;
    let office = house.open_office(1, "UBND phường Tân Lập").await;
    let mut request = birth(day);
    request["act"]["child"]["residence"] = json!({ "text": "xã Hòa Phú", "unit": "22270@.." });
    let draft = house.draft(&office, request).await.json();
    let notice = &draft["notices"][0];
    assert_eq!(
        (&notice["to"], &notice["reason"], &notice["entry"]),
        (&json!(7), &json!("residence"), &draft["entry"]),
        "{draft}"
    );
}
