//! Whatever is sent, the answer says what is wrong with it, and nothing is stored.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on stops where it stands"
)]

mod scene;
mod table;

use std::collections::BTreeSet;

use hotich_tests::{Answer, Engine, act, on_both_engines};
use serde_json::{Value as Json, json};

use crate::scene::Scene;
use crate::table::{ROWS, Row};

on_both_engines! {
    bad_input_is_answered_with_its_fault_and_stores_nothing
    every_faulty_field_is_reported_at_once
    a_unit_that_no_list_has_or_that_was_not_valid_is_kept_as_text_once_it_was_seen
}

fn bad_input_is_answered_with_its_fault_and_stores_nothing(engine: Engine) {
    let mut scene = Scene::on(engine);
    let mut wrong = Vec::new();
    for Row(name, make, status, code, says) in ROWS {
        let (path, body) = make(&mut scene);
        let answer = scene
            .office_api
            .try_post(path, body)
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        let told = (answer.status, answer.code()) == (*status, *code) && says(&scene, &answer.json);
        if !told || !is_a_problem(&answer) {
            wrong.push(format!("{name}: {} {}", answer.status, answer.text));
        }
        let size = scene.api.log_size();
        if size != scene.size {
            wrong.push(format!(
                "{name}: the log went from {} to {size} events",
                scene.size
            ));
            scene.size = size;
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    // None of it has left anything behind: the office goes on where it was.
    let event = scene.officer().file("birth", &act::birth("Trần Văn Bình"));
    scene.api.post("/v1/events", &event.request()).with(201);
    scene.is_well(1);
}

/// A problem says everything twice over, and nothing of what was sent.
fn is_a_problem(answer: &Answer) -> bool {
    let text = |member: &str| answer.json[member].as_str().is_some_and(|text| !text.is_empty());
    ["type", "title", "detail", "detail_vi", "code", "instance"]
        .into_iter()
        .all(text)
        && answer.json["status"] == answer.status
        && !answer.text.contains("Nguyễn")
}

fn every_faulty_field_is_reported_at_once(engine: Engine) {
    let mut scene = Scene::on(engine);
    let place = json!({ "text": "", "unit": "Hòa Phú", "facility": 7 });
    let person = json!({
        "name": { "full": 1, "family": 2, "middle": 3, "given": 4 }, "sex": "x", "born_on": "2026-13", "birth_place": place,
        "home_place": place, "ethnicity": 1, "nationality": [], "other_nationality": false,
        "personal_number": "12", "residence": place,
        "identity_paper": { "kind": "x", "number": "", "issued_on": "x", "issued_by": 1 }, "age": 3,
    });
    let wrong = json!({
        "book": { "number": -1, "year": "x", "volume": "", "page": 1.5, "shelf": 1 },
        "registered_on": "2026-02-30", "received_on": 20_260_120, "entry": "sometimes",
        "child": person, "mother": person, "father": person,
        "declarant": { "name": "", "relation": 1, "identity_paper": { "kind": 1, "number": 2 } },
        "birth_notice": 112, "signer": { "name": 1, "title": "" }, "officer": {}, "remark": [], "weather": "good",
    });
    let address = json!({
        "kind": "birth", "office": "one", "key": "00", "entry": "none", "lane": "fast",
        "acknowledgements": [{ "warning": 1, "reason": "" }], "act": wrong, "hurry": true,
    });
    // The field itself, or where it is a group as a whole the group: an empty name has no parts to be wrong.
    let whole = [
        "/act/officer",
        "/act/remark",
        "/act/child/nationality",
        "/act/mother/nationality",
        "/act/father/nationality",
    ];
    let mut expected: BTreeSet<String> = leaves(&address, "")
        .into_iter()
        .filter(|pointer| pointer != "/kind")
        .collect();
    expected.extend(whole.map(str::to_owned));
    // What `officer` lacks is told at the part that is missing.
    expected.remove("/act/officer");
    expected.insert("/act/officer/full".to_owned());

    let answer = scene.office_api.post("/v1/acts", &address).with(422);
    assert_eq!(answer.code(), "form");
    let reported = pointers(&answer.json);
    let missed: Vec<_> = expected.difference(&reported).collect();
    let invented: Vec<_> = reported.difference(&expected).collect();
    assert!(
        missed.is_empty() && invented.is_empty(),
        "missed {missed:#?}, invented {invented:#?}"
    );
    for error in answer.json["errors"].as_array().unwrap() {
        for member in ["code", "detail", "detail_vi"] {
            assert!(
                error[member].as_str().is_some_and(|text| !text.is_empty()),
                "{error}"
            );
        }
    }
    // The same when only the act is at fault.
    let mut request = address;
    for member in ["entry", "lane", "acknowledgements", "hurry"] {
        request.as_object_mut().unwrap().remove(member);
    }
    (request["office"], request["key"]) = (json!(1), json!(scene.officer().key_id()));
    let answer = scene.office_api.post("/v1/acts", &request).with(422);
    let expected: BTreeSet<String> = expected
        .into_iter()
        .filter(|pointer| pointer.starts_with("/act/"))
        .collect();
    assert_eq!(pointers(&answer.json), expected);
    scene.is_well(0);
}

fn a_unit_that_no_list_has_or_that_was_not_valid_is_kept_as_text_once_it_was_seen(engine: Engine) {
    let mut scene = Scene::on(engine);
    // No list has the first; the second ended on 2025-07-01, and the child was born in 2026.
    for (unit, warning, recorded) in [
        ("99999@..", "unit_unknown", 1),
        ("22270@..", "unit_not_valid_that_day", 2),
    ] {
        let mut birth = act::birth("Nguyễn Thị An");
        birth["child"]["birth_place"] = json!({ "text": "Xã Hòa Phú", "unit": unit });
        let asked = json!({ "kind": "birth", "office": 1, "key": scene.officer().key_id(), "act": birth });
        let draft = scene.office_api.post("/v1/acts", &asked).with(200).json;
        assert_eq!(draft["warnings"][0]["code"], warning, "{draft:#}");
        assert_eq!(
            draft["warnings"][0]["pointer"], "/act/child/birth_place",
            "{draft:#}"
        );
        assert_eq!(draft["warnings"][0]["acknowledged"], false);
        let unseen = scene.officer().compose("birth", &birth);
        let unseen = scene.officer().sign(unseen);
        let refused = scene.api.post("/v1/events", &unseen.request()).with(422);
        assert_eq!(refused.code(), "warning_not_acknowledged", "{}", refused.text);
        assert_eq!(refused.json["errors"][0]["pointer"], "/act/child/birth_place");
        assert_eq!(scene.api.log_size(), scene.size + recorded - 1);

        let seen =
            scene
                .officer()
                .compose_acknowledging("birth", &birth, &[(warning, "Ghi theo Giấy chứng sinh.")]);
        let seen = scene.officer().file_composed(seen);
        scene.api.post("/v1/events", &seen.request()).with(201);
        let entry = scene
            .api
            .get(&format!("/v1/entries/{}", seen.entry.unwrap()))
            .with(200)
            .json;
        let place = &entry["current"]["child"]["birth_place"];
        assert_eq!(
            (&place["text"], &place["unit"]),
            (&json!("Xã Hòa Phú"), &json!(unit)),
            "{entry:#}"
        );
    }
    scene.is_well(2);
}

/// The pointers of all faulty fields.
pub(crate) fn pointers(problem: &Json) -> BTreeSet<String> {
    let errors = problem["errors"].as_array().map_or(&[][..], Vec::as_slice);
    errors
        .iter()
        .filter_map(|error| error["pointer"].as_str())
        .map(str::to_owned)
        .collect()
}

/// The pointers of all values that are neither a list nor a group.
fn leaves(json: &Json, pointer: &str) -> Vec<String> {
    match json {
        Json::Object(members) => members
            .iter()
            .flat_map(|(name, value)| leaves(value, &format!("{pointer}/{name}")))
            .collect(),
        Json::Array(items) => (0..)
            .zip(items)
            .flat_map(|(index, value): (u32, _)| leaves(value, &format!("{pointer}/{index}")))
            .collect(),
        _ => vec![pointer.to_owned()],
    }
}
