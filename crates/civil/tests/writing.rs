//! Bodies are written without building a tree first. The tree must say the same.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on stops where it stands"
)]

use civil::act::{Act, Body};
use civil::kind::Kind;
use civil::wire::Form;
use serde_json::{Value as Json, json};

fn act(kind: Kind, json: &Json) -> Act {
    let mut form = Form::new();
    let act = Act::from_json(kind, json, &mut form);
    form.finish(act).unwrap()
}

fn acts() -> Vec<Act> {
    let signer = json!({ "name": "Lê Thị Mai", "title": "Chủ tịch" });
    let book = json!({ "number": 24, "year": 2023, "volume": "01", "page": 300 });
    let days = |mut act: Json| {
        for (name, value) in [
            ("registered_on", json!("2023-05-04")),
            ("received_on", json!("2023-05-04")),
        ] {
            act[name] = value;
        }
        act["book"] = book.clone();
        act["signer"] = signer.clone();
        act
    };
    let person = json!({
        "name": { "full": "Ksor H’Lan", "family": "Ksor", "given": "H’Lan" },
        "sex": "female",
        "born_on": { "value": "1975", "as_written": "48 tuổi", "computed": true },
        "birth_place": { "text": "Xã Hòa Phú", "unit": "22270@..", "facility": "Trạm y tế" },
        "ethnicity": "10",
        "personal_number": { "missing": "not_in_book" },
        "identity_paper": { "kind": "passport", "number": "B1234567", "issued_on": "2015-XX-05" },
    });
    let entry = "0190c1b2-7d5e-7abc-8def-0123456789ab";
    vec![
        act(
            Kind::OfficeOpened,
            &json!({ "office": 70_000, "name": "UBND", "level": "commune", "opened_on": "2016-01-01" }),
        ),
        act(
            Kind::KeyGranted,
            &json!({ "office": 7, "key": "00ff", "role": "officer", "valid_from": "2023-01-01" }),
        ),
        act(
            Kind::Birth,
            &days(json!({ "entry": "foundling", "child": person })),
        ),
        act(
            Kind::Marriage,
            &days(json!({
                "entry": "new", "wife": person, "husband": { "name": { "missing": "unreadable" } },
                "established_on": "2023-05", "both_present": false,
            })),
        ),
        act(
            Kind::Guardianship,
            &days(
                json!({ "guardians": [person, person], "wards": [{ "name": "Y" }], "reason": "Cha, mẹ đều đã chết." }),
            ),
        ),
        act(
            Kind::Correction,
            &days(json!({
                "reason": "Ghi nhầm",
                "amended": [{
                    "entry": entry, "kind": "birth",
                    "changes": [{ "field": "/child/born_on", "from": "2019-03-08", "to": "2019-03-18" }],
                }],
            })),
        ),
    ]
}

#[test]
fn what_is_written_is_what_the_tree_says() {
    for act in acts() {
        let body = Body {
            act,
            acknowledgements: Vec::new(),
        };
        let written = civil::cbor::decode(&body.encode()).unwrap();
        assert_eq!(
            written.into_array().unwrap()[2],
            body.act.to_cbor(),
            "{}",
            body.act.kind().name()
        );
        assert_eq!(Body::decode(&body.encode()).unwrap(), body);
    }
}
