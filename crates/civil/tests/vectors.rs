//! The golden vectors: made again byte for byte, read back, and the negative ones refused for the reason they name.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on stops where it stands"
)]

#[path = "../examples/vectors/chain.rs"]
mod chain;
#[path = "../examples/vectors/refused/mod.rs"]
mod refused;
#[path = "../examples/vectors/story/mod.rs"]
mod story;
#[path = "../examples/vectors/widths.rs"]
mod widths;

use std::path::Path;

use civil::act::{Act, Body};
use civil::envelope::Envelope;
use civil::kind::Kind;
use civil::wire::Form;
use serde_json::Value as Json;

fn text(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas/vectors");
    std::fs::read_to_string(folder.join(name)).unwrap()
}

fn cases(name: &str) -> Vec<Json> {
    let document: Json = serde_json::from_str(&text(name)).unwrap();
    document["cases"].as_array().unwrap().clone()
}

fn bytes(case: &Json, field: &str) -> Vec<u8> {
    hex::decode(case[field].as_str().unwrap()).unwrap()
}

#[test]
fn the_vectors_are_made_again_byte_for_byte() {
    for (name, made) in [
        ("ledger.json", story::chain().to_json(&story::ENDORSERS)),
        ("widths.json", widths::chain().to_json(&widths::ENDORSERS)),
        ("refused.json", refused::to_json()),
    ] {
        assert!(
            text(name) == made,
            "{name}: the bytes have changed; if they may: cargo run -p civil --example vectors -- schemas/vectors"
        );
    }
}

#[test]
fn every_negative_vector_is_refused_for_the_reason_it_names() {
    let document: Json = serde_json::from_str(&text("refused.json")).unwrap();
    let all = document["refused"].as_array().unwrap();
    assert!(all.len() > 200);
    for item in all {
        let with = item["with"].as_str().map(|with| hex::decode(with).unwrap());
        let refusal = refused::refusal(
            item["item"].as_str().unwrap(),
            &bytes(item, "bytes"),
            with.as_deref(),
        );
        assert_eq!(refusal.as_deref(), item["refusal"].as_str(), "{}", item["name"]);
    }
}

#[test]
fn every_kind_has_a_vector_and_every_part_of_the_format_is_in_one() {
    let cases = cases("ledger.json");
    for kind in Kind::ALL {
        assert!(cases.iter().any(|case| case["kind"] == kind.name()), "{kind:?}");
    }
    for alg in [-7, -19] {
        assert!(cases.iter().any(|case| case["alg"] == alg));
    }
    let bodies: Vec<Body> = cases
        .iter()
        .map(|case| Body::decode(&bytes(case, "body")).unwrap())
        .collect();
    let envelopes: Vec<Envelope> = cases
        .iter()
        .map(|case| Envelope::decode(&bytes(case, "envelope")).unwrap())
        .collect();
    assert!(bodies.iter().any(|body| body.acknowledgements.len() == 2));
    assert!(envelopes.iter().any(|envelope| envelope.endorsements.len() == 2));
    assert!(envelopes.iter().any(|envelope| envelope.targets.len() == 2));
    assert!(envelopes.iter().any(|envelope| envelope.basis.is_some()));
    let text = text("ledger.json");
    for part in [
        "not_in_book",
        "unreadable",
        "not_transferred",
        "unknown",
        "computed",
        "as_written",
        "XXXX-05-14",
        "ơ̆",
        "Ê̆",
        "Ƀ",
    ] {
        assert!(text.contains(part), "{part}");
    }
}

#[test]
fn the_json_of_a_vector_reads_into_its_body_and_back() {
    for case in cases("ledger.json").into_iter().chain(cases("widths.json")) {
        let body = Body::decode(&bytes(&case, "body")).unwrap();
        assert_eq!(body.act.to_json(), case["act"], "{}", case["name"]);
        let mut form = Form::new();
        let act = Act::from_json(
            Kind::named(case["kind"].as_str().unwrap()).unwrap(),
            &case["act"],
            &mut form,
        );
        assert_eq!(form.finish(act), Ok(body.act.clone()), "{}", case["name"]);
        assert_eq!(body.encode(), bytes(&case, "body"));
        let envelope = Envelope::decode(&bytes(&case, "envelope")).unwrap();
        assert_eq!(envelope.encode(), bytes(&case, "envelope"));
    }
}

#[test]
fn the_entries_of_the_vectors_end_as_the_story_tells() {
    let chain = story::chain();
    let birth = chain.entry("a birth, with letters that have no single code point");
    let Act::Birth(act) = &birth.current else { panic!() };
    assert_eq!(act.child.birth().unwrap().to_string(), "2019-05-04");
    assert_eq!(
        act.father.as_ref().unwrap().name.value.as_ref().unwrap().full(),
        "Y Ñuê Buôn Krông"
    );
    assert_eq!(birth.notes.len(), 3);
    assert!(birth.notes[0].entered.is_some());
    assert_eq!(birth.copies.len(), 1);
    assert!(
        chain
            .entry("a marriage under age, acknowledged and endorsed by two")
            .divorced()
    );
}
