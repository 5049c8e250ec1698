//! The 278 names of `schemas/lists/test_names.csv` through the product: filed, read back as they were written, found however they
//! are typed, and offered a conversion where an old font encoding has spoilt them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on stops where it stands"
)]

#[path = "../../crates/civil/tests/names/list.rs"]
mod list;

use civil::value::Text;
use hotich_tests::{Api, Country, Engine, act, on_both_engines};
use serde_json::{Value, json};

use list::{rows, typings};

on_both_engines! {
    every_name_comes_back_as_it_was_written_and_is_found_however_it_is_typed
    a_name_in_a_legacy_encoding_is_offered_its_conversion_and_kept_as_it_is
}

/// What an officer says of a name that the machine finds odd.
const SEEN: [(&str, &str); 2] = [
    ("name_looks_broken", "Ghi đúng theo Sổ."),
    ("name_has_digits", "Ghi đúng theo Sổ."),
];

fn every_name_comes_back_as_it_was_written_and_is_found_however_it_is_typed(engine: Engine) {
    let (mut country, server) = Country::settle(engine, 1);
    let api = country.api(&server);
    let officer = country.officer(1);
    let mut filed = Vec::new();
    for (name, _) in rows() {
        let mut birth = act::birth("Nguyễn Thị An");
        birth["child"]["name"] = match name.as_str() {
            "" => json!({ "missing": "unknown" }),
            name => json!(name),
        };
        let mut seen = SEEN.to_vec();
        seen.extend(name.is_empty().then_some(("field_left_out", "Trẻ bị bỏ rơi.")));
        seen.sort_unstable();
        let composed = officer.compose_acknowledging("birth", &birth, &seen);
        let event = officer.file_composed(composed);
        api.post("/v1/events", &event.request()).with(201);
        filed.push((name, event.entry.expect("a birth opens an entry").to_string()));
    }
    assert_eq!(filed.len(), 278);
    for (name, entry) in &filed {
        let read = api.get(&format!("/v1/entries/{entry}")).with(200).json;
        let said = &read["current"]["child"]["name"];
        if name.is_empty() {
            assert_eq!(*said, json!({ "missing": "unknown" }));
            continue;
        }
        let written = Text::normalise(name);
        assert_eq!(
            said.as_str().map(str::as_bytes),
            Some(written.as_bytes()),
            "{written}"
        );
        for typed in typings(&written) {
            assert!(finds(&api, &typed, entry), "{typed} does not find {written}");
        }
    }
    drop(server);
    country.ledger.audit_is_green();
}

fn finds(api: &Api, typed: &str, entry: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric();
    let escape = |byte| {
        if plain(byte) {
            char::from(byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    };
    let typed: String = typed.bytes().map(escape).collect();
    let found = api
        .get(&format!("/v1/entries?name={typed}&limit=200"))
        .with(200)
        .json;
    let found = found["found"].as_array().expect("a list").clone();
    found
        .iter()
        .any(|hit| hit["entry"] == entry && hit["person"] == "child")
}

fn a_name_in_a_legacy_encoding_is_offered_its_conversion_and_kept_as_it_is(engine: Engine) {
    let (mut country, server) = Country::settle(engine, 1);
    let api = Api::at(&server.url("")).with_token(&country.ledger.token(1));
    let key = country.officer(1).key_id();
    let draft = |name: &str| {
        let request = json!({ "kind": "birth", "office": 1, "key": key, "act": act::birth(name) });
        let draft = api.post("/v1/acts", &request).with(200).json;
        let body = civil::act::Body::unseal(&hotich_tests::bytes(&draft, "sealed_body")).unwrap();
        assert_eq!(
            body.act.to_json()["child"]["name"],
            name,
            "a draft changes no name"
        );
        let broken = |warning: &&Value| warning["code"] == "name_looks_broken";
        draft["warnings"]
            .as_array()
            .expect("a list")
            .iter()
            .find(broken)
            .cloned()
    };
    let offer = |text: &str, encoding: &str| json!({ "text": text, "encoding": encoding });
    for (name, note) in rows() {
        let Some(means) = note.split("means ").nth(1) else {
            continue;
        };
        let encoding = if note.starts_with("VNI") { "vni" } else { "tcvn3" };
        let warning = draft(&name).expect("it warns");
        assert_eq!(warning["offer"], offer(means, encoding));
        assert_eq!(warning["pointer"], "/act/child/name");
    }
    let lost = draft("Nguy?n V?n Nam").expect("it warns");
    assert_eq!(lost["offer"], Value::Null, "what is lost cannot be offered");
    assert!(draft("Nguyễn Văn Nam").is_none());
}
