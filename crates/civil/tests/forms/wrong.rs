//! For each kind, documents made from its shape in which every field is wrong.

use std::collections::BTreeSet;

use civil::act::Act;
use civil::kind::Kind;
use civil::shape::{FieldShape, Shape};
use civil::wire::{FieldError, Form};
use serde_json::{Map, Value as Json, json};

/// Stands in every wrong text: no message may repeat it.
const SECRET: &str = "Bí Mật";

fn errors(kind: Kind, document: &Json) -> Vec<FieldError> {
    let mut form = Form::new();
    let act = Act::from_json(kind, document, &mut form);
    form.finish(act).unwrap_err()
}

/// A wrong document of a shape; the pointers that must be reported are added to `expected`.
fn wrong(shape: &Shape, at: &str, long: bool, expected: &mut BTreeSet<String>) -> Json {
    let mut leaf = |value: Json| {
        expected.insert(at.to_owned());
        value
    };
    match shape {
        Shape::Text("text" | "ethnicity" | "nationality" | "name_part") => leaf(json!(5)),
        Shape::Text(_) | Shape::Codes(..) | Shape::Bytes(_) => leaf(json!(SECRET)),
        Shape::Ordinal(_) => leaf(json!(0)),
        Shape::Uint(max) => leaf(max.checked_add(1).map_or(json!(-1), |over| json!(over))),
        Shape::Bool => leaf(json!(SECRET)),
        Shape::Path | Shape::Any => leaf(json!(SECRET)),
        Shape::List(item) | Shape::Several(item) => json!([
            wrong(item, &format!("{at}/0"), long, expected),
            wrong(item, &format!("{at}/1"), long, expected),
        ]),
        Shape::Stated(value) if long => json!({
            "value": wrong(value, &format!("{at}/value"), long, expected),
            "as_written": wrong(&Shape::Text("text"), &format!("{at}/as_written"), long, expected),
            "missing": wrong(&Shape::Codes("missing", Vec::new()), &format!("{at}/missing"), long, expected),
            "computed": wrong(&Shape::Bool, &format!("{at}/computed"), long, expected),
        }),
        Shape::Stated(value) => wrong(value, at, long, expected),
        Shape::Tuple("amended" | "reached", _) => amended(at, expected),
        Shape::Record(_, fields) | Shape::Tuple(_, fields) => record(fields, at, long, expected),
    }
}

fn record(fields: &[FieldShape], at: &str, long: bool, expected: &mut BTreeSet<String>) -> Json {
    let mut members = Map::new();
    for field in fields {
        let value = wrong(&field.shape, &format!("{at}/{}", field.name), long, expected);
        members.insert(field.name.to_owned(), value);
    }
    members.insert("extra".to_owned(), json!(SECRET));
    expected.insert(format!("{at}/extra"));
    Json::Object(members)
}

/// What is amended is read by the kind that it names, so that one has to be right for the rest to be judged.
fn amended(at: &str, expected: &mut BTreeSet<String>) -> Json {
    for wrong in [
        "entry",
        "extra",
        "changes/0/field",
        "changes/1/from",
        "changes/1/to",
        "changes/1/extra",
    ] {
        expected.insert(format!("{at}/{wrong}"));
    }
    json!({
        "entry": SECRET,
        "kind": "birth",
        "extra": 1,
        "changes": [
            { "field": "/secret", "from": SECRET, "to": SECRET },
            { "field": "/child/born_on", "from": SECRET, "to": SECRET, "extra": 1 },
        ],
    })
}

#[test]
fn a_document_with_every_field_wrong_reports_every_field_at_once() {
    for kind in Kind::ALL {
        for long in [false, true] {
            let mut expected = BTreeSet::new();
            let document = wrong(&Act::shape(*kind), "", long, &mut expected);
            let errors = errors(*kind, &document);
            let reported: BTreeSet<String> = errors.iter().map(|error| error.pointer.clone()).collect();
            assert_eq!(reported, expected, "{kind:?}");
            assert_eq!(
                errors.len(),
                expected.len(),
                "{kind:?}: something is reported twice"
            );
            for error in errors {
                let text = format!("{} {}", error.vi, error.en);
                assert!(
                    !text.contains(SECRET),
                    "{kind:?} {}: repeats the value",
                    error.pointer
                );
                assert!(!error.vi.is_ascii(), "{kind:?} {}: {}", error.pointer, error.vi);
            }
        }
    }
}

#[test]
fn an_empty_document_reports_every_required_field() {
    for kind in Kind::ALL {
        let Shape::Record(_, fields) = Act::shape(*kind) else {
            panic!()
        };
        let required: BTreeSet<String> = fields
            .iter()
            .filter(|field| field.required)
            .map(|field| format!("/{}", field.name))
            .collect();
        let errors = errors(*kind, &json!({}));
        assert!(errors.iter().all(|error| error.code == "missing"), "{kind:?}");
        let reported: BTreeSet<String> = errors.into_iter().map(|error| error.pointer).collect();
        assert_eq!(reported, required, "{kind:?}");
    }
}

#[test]
fn what_is_no_object_is_reported_at_its_root() {
    for kind in Kind::ALL {
        for document in [json!(null), json!([]), json!("x"), json!(1)] {
            let errors = errors(*kind, &document);
            assert_eq!(errors.len(), 1, "{kind:?}");
            assert_eq!(
                (errors[0].pointer.as_str(), errors[0].code),
                ("", "not_an_object")
            );
        }
    }
}

#[test]
fn a_pointer_escapes_what_rfc_6901_escapes() {
    let errors = errors(Kind::KeyRevoked, &json!({ "a/b~c": 1 }));
    assert!(errors.iter().any(|error| error.pointer == "/a~1b~0c"));
}

#[test]
fn a_stated_value_is_the_value_or_the_reason_why_there_is_none() {
    let act = |signer: Json| json!({ "noted": "0190b7c0-0000-7000-8000-000000000000", "entered_on": "2026-05-05", "signer": signer });
    let signer = json!({ "name": "K’ Brếp", "title": "Chủ tịch" });
    for (signer, pointer, code) in [
        (
            json!({ "value": signer, "missing": "unreadable" }),
            "/signer",
            "value_or_reason",
        ),
        (json!({ "as_written": "K’" }), "/signer", "value_or_reason"),
        (
            json!({ "missing": "unreadable", "computed": true }),
            "/signer/computed",
            "nothing_computed",
        ),
    ] {
        let errors = errors(Kind::MarginalNoteEntered, &act(signer));
        assert_eq!((errors[0].pointer.as_str(), errors[0].code), (pointer, code));
    }
    let mut form = Form::new();
    let plain = Act::from_json(Kind::MarginalNoteEntered, &act(signer.clone()), &mut form);
    let long = Act::from_json(
        Kind::MarginalNoteEntered,
        &act(json!({ "value": signer })),
        &mut form,
    );
    assert_eq!(plain, long);
}

#[test]
fn typed_text_is_normalised_at_the_edge() {
    let mut form = Form::new();
    let act =
        json!({ "key": "00".repeat(32), "on": "2026-05-05", "reason": "  Nguye\u{302}\u{303}n\r\nThị " });
    let act = Act::from_json(Kind::KeyRevoked, &act, &mut form);
    let Act::KeyRevoked(act) = form.finish(act).unwrap() else {
        panic!()
    };
    assert_eq!(act.reason.as_str(), "Nguyễn\nThị");
}
