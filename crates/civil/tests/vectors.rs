//! The golden vectors: made again byte for byte, read back, and the negative ones refused for the reason they name.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on stops where it stands"
)]

#[path = "../examples/vectors/chain.rs"]
mod chain;
#[path = "../examples/vectors/refused/mod.rs"]
mod refused;
#[path = "../examples/vectors/refused2.rs"]
mod refused2;
#[path = "../examples/vectors/refused3.rs"]
mod refused3;
#[path = "../examples/vectors/story/mod.rs"]
mod story;
#[path = "../examples/vectors/story2/mod.rs"]
mod story2;
#[path = "../examples/vectors/story3/mod.rs"]
mod story3;
#[path = "../examples/vectors/widths.rs"]
mod widths;

use std::collections::BTreeSet;
use std::path::Path;

use ciborium::Value;
use civil::act::{Act, Body};
use civil::effect::{Ended, Mark};
use civil::envelope::Envelope;
use civil::kind::Kind;
use civil::law::PaperForm;
use civil::shape::Shape;
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
        ("acts-2.json", story2::chain().to_json(&story2::ENDORSERS)),
        ("refused-2.json", refused2::to_json()),
        ("acts-3.json", story3::chain().to_json(&[])),
        ("refused-3.json", refused3::to_json()),
    ] {
        assert!(
            text(name) == made,
            "{name}: the bytes have changed; if they may: cargo run -p civil --example vectors -- schemas/vectors"
        );
    }
}

#[test]
fn every_negative_vector_is_refused_for_the_reason_it_names() {
    let refused_in = |name: &str| {
        let document: Json = serde_json::from_str(&text(name)).unwrap();
        document["refused"].as_array().unwrap().clone()
    };
    let all = ["refused.json", "refused-2.json", "refused-3.json"].map(refused_in);
    assert!(all[0].len() > 200 && all[1].len() > 90 && all[2].len() > 60);
    for item in &all.concat() {
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
    let later = [self::cases("acts-2.json"), self::cases("acts-3.json")].concat();
    let cases = cases("ledger.json");
    for kind in Kind::ALL {
        let mut all = cases.iter().chain(&later);
        assert!(all.any(|case| case["kind"] == kind.name()), "{kind:?}");
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
    for case in ["ledger.json", "widths.json", "acts-2.json", "acts-3.json"]
        .into_iter()
        .flat_map(cases)
    {
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

/// Every field of every record below a shape that stands in the CBOR, as `record.field`.
fn fields_in(shape: &Shape, value: &Value, found: &mut BTreeSet<String>) {
    match (shape, value) {
        (Shape::Record(name, fields), Value::Map(pairs)) => {
            for (key, value) in pairs {
                let known = fields
                    .iter()
                    .find(|field| *key == Value::Integer(field.key.into()));
                let field = known.unwrap();
                found.insert(format!("{name}.{}", field.name));
                fields_in(&field.shape, value, found);
            }
        }
        (Shape::List(item), Value::Array(items)) => {
            items.iter().for_each(|value| fields_in(item, value, found))
        }
        (Shape::Stated(item), Value::Map(pairs)) => {
            let value = pairs.iter().find(|(key, _)| *key == Value::Integer(0.into()));
            value
                .into_iter()
                .for_each(|(_, value)| fields_in(item, value, found));
        }
        _ => {}
    }
}

/// Every field of every record below a shape.
fn fields_of(shape: &Shape, found: &mut BTreeSet<String>) {
    match shape {
        Shape::Record(name, fields) => {
            for field in fields {
                found.insert(format!("{name}.{}", field.name));
                fields_of(&field.shape, found);
            }
        }
        Shape::List(item) | Shape::Stated(item) => fields_of(item, found),
        _ => {}
    }
}

#[test]
fn every_field_of_every_record_is_in_a_vector() {
    let (mut wanted, mut found) = (BTreeSet::new(), BTreeSet::new());
    for kind in Kind::ALL {
        fields_of(&Act::shape(*kind), &mut wanted);
    }
    for case in ["ledger.json", "acts-2.json", "acts-3.json"]
        .into_iter()
        .flat_map(cases)
    {
        let kind = Kind::named(case["kind"].as_str().unwrap()).unwrap();
        let act = Body::decode(&bytes(&case, "body")).unwrap().act;
        fields_in(&Act::shape(kind), &act.to_cbor(), &mut found);
    }
    let missing: Vec<&String> = wanted.difference(&found).collect();
    assert!(missing.is_empty(), "in no vector: {missing:?}");
}

#[test]
fn the_entries_of_the_second_story_end_as_it_tells() {
    let chain = story2::chain();
    let birth = chain.entry("a birth to which much will happen");
    let Act::Birth(act) = &birth.current else { panic!() };
    assert_eq!(act.child.name.value.as_ref().unwrap().full(), "Ka Sương Mai");
    assert_eq!(
        act.father.as_ref().unwrap().name.value.as_ref().unwrap().full(),
        "K’ Sim"
    );
    assert_eq!(act.birth_order, Some(1));
    assert_eq!(birth.notes.len(), 7);
    let ended = |name: &str| chain.entry(name).state().ended.and_then(|ending| ending.how);
    assert_eq!(
        ended("a guardianship by an organisation and a man"),
        Some(Ended::Ended)
    );
    assert_eq!(ended("a guardian takes over"), None);
    assert_eq!(ended("a marriage noted from abroad"), Some(Ended::Divorced));
    assert_eq!(ended("a marriage registered again"), Some(Ended::Annulled));
    assert_eq!(
        ended("a death that a court declared"),
        Some(Ended::DeclarationRevoked)
    );
    assert_eq!(ended("an adoption that changes the birth"), Some(Ended::Ended));
    let foundling = chain.entry("a foundling");
    assert!(foundling.state().marks.contains_key(&Mark::Adopted));
    assert!(chain.entry("a birth registered again").state().marks.is_empty());
    assert!(
        chain
            .entry("a confirmation for another purpose")
            .state()
            .revoked
            .is_some()
    );
}

#[test]
fn the_papers_of_the_third_story_end_as_it_tells() {
    let chain = story3::chain();
    let birth = chain.entry("a birth");
    let event = |name: &str| chain.event(name);
    let originals: Vec<_> = birth
        .copies
        .iter()
        .filter(|copy| copy.form == PaperForm::Original)
        .map(|copy| (copy.event, copy.revoked))
        .collect();
    assert_eq!(
        originals,
        [
            (
                event("the original of the birth"),
                Some(event("the original is revoked"))
            ),
            (event("another original"), None),
        ]
    );
    assert!(birth.has_original() && birth.tells_of_adoption());
    let told = |name: &str| {
        let found = chain
            .events
            .iter()
            .find(|found| found.envelope.event == event(name));
        let Act::ExtractIssued(act) = &found.unwrap().body.act else {
            panic!()
        };
        act.discloses_adoption()
    };
    assert!(told("a copy that tells of it") && !told("a copy that does not tell of it"));
    assert_eq!(
        chain
            .directory
            .seals()
            .filter(|seal| seal.revoked.is_some())
            .count(),
        2
    );
}
