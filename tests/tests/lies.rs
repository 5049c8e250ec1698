//! The officer's own program signs what the officer's file says and nothing else, whatever the server answers.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on stops where it stands"
)]

use std::fs;

use civil::envelope::Target;
use civil::id::{EntryId, EventHash, OfficeId};
use civil::kind::Kind;
use hotich_tests::{Api, Country, Engine, Liar, Lie, SIGNED_AT, act, bytes, hotich};
use serde_json::json;

/// Every lie, with a part of the words by which it must be refused.
const LIES: &[(&str, &str, Lie)] = &[
    ("another name", "/act/child/name", |draft| {
        draft.act["child"]["name"] = json!("Nguyễn Thị Ân")
    }),
    ("another day", "/act/child/born_on", |draft| {
        draft.act["child"]["born_on"] = json!("2026-01-06")
    }),
    ("a value that is stated otherwise", "/act/child/sex", |draft| {
        draft.act["child"]["sex"] = json!({ "value": "female", "as_written": "trai" });
    }),
    ("a person left out", "/act/mother", |draft| {
        draft.act.as_object_mut().unwrap().remove("mother");
    }),
    ("a person that nobody asked for", "/act/father", |draft| {
        draft.act["father"] = json!({ "name": "Trần Văn Lạ" });
    }),
    (
        "a detail that nobody asked for",
        "/act/child/personal_number",
        |draft| {
            draft.act["child"]["personal_number"] = json!("001326000123");
        },
    ),
    ("a remark that nobody asked for", "/act/remark", |draft| {
        draft.act["remark"] = json!("Con ngoài giá thú.")
    }),
    ("a page that nobody asked for", "/act/book/page", |draft| {
        draft.act["book"]["page"] = json!(7)
    }),
    (
        "a warning acknowledged in the officer's name",
        "acknowledge",
        |draft| {
            draft
                .acknowledgements
                .push(("late_ticked_on_time".to_owned(), "Đã xem.".to_owned()));
        },
    ),
    ("another office", "office", |draft| {
        draft.envelope.stream.office = OfficeId(2)
    }),
    ("another lane", "lane", |draft| {
        draft.envelope.stream.lane = civil::id::Lane::Digitised
    }),
    ("another kind", "kind", |draft| {
        draft.envelope.kind = Kind::MaritalStatusConfirmation;
        draft.act = json!({ "book": { "number": 1, "year": 2026 } });
        let confirmation = act::marital_status("Nguyễn Thị An");
        draft
            .act
            .as_object_mut()
            .unwrap()
            .extend(confirmation.as_object().unwrap().clone());
    }),
    ("another entry as well", "entr", |draft| {
        let entry = EntryId::at(SIGNED_AT, [7; 10]);
        draft.envelope.targets.push(Target {
            entry,
            basis: EventHash([7; 32]),
        });
    }),
    ("another day of signing", "clock", |draft| {
        draft.envelope.signed_at = SIGNED_AT - 400 * 86_400
    }),
    ("a body that is not the one committed to", "commitment", |draft| {
        draft.act["child"]["name"] = json!("Nguyễn Thị Ân");
        draft.body_behind_the_commitment = true;
    }),
];

#[test]
fn a_server_that_changes_the_draft_gets_no_signature() {
    let (country, server) = Country::settle(Engine::Embedded, 2);
    let folder = country.ledger.folder();
    let key = folder.join("office-1.key");
    hotich(folder.path(), &["keys", "generate", "--out", &key]).with(0);
    let administrator = format!("{}/administrator.key", country.ledger.keys());
    let grant = ["--office", "1", "--key", &key, "--administrator", &administrator];
    country.ledger.run(&["keys", "grant"], &grant).with(0);
    let (token, file) = (country.ledger.token(1), folder.join("act.json"));
    let act = json!({ "kind": "birth", "office": 1, "act": act::birth("Nguyễn Thị An") });
    fs::write(&file, act.to_string()).unwrap();
    let honest = Api::at(&server.url("")).with_token(&token);
    let send = |lie: Lie| {
        let liar = Liar::before(honest.clone(), lie);
        let line = [
            "file",
            &file,
            "--key",
            &key,
            "--server",
            liar.address(),
            "--token",
            &token,
        ];
        (hotich(folder.path(), &line), liar.signatures())
    };

    let (told, signatures) = send(|_| {});
    assert_eq!(
        (told.status, signatures),
        (Some(0), 1),
        "an honest draft is signed: {}",
        told.err
    );
    let mut believed = Vec::new();
    for (name, words, lie) in LIES {
        let (told, signatures) = send(*lie);
        if signatures != 0 || told.status == Some(0) || !told.err.contains(words) {
            believed.push(format!(
                "{name}: {signatures} signatures, exit {:?}, {}",
                told.status,
                told.err.trim()
            ));
        }
    }
    assert!(believed.is_empty(), "{believed:#?}");
}

/// The hash of a copy's content was signed as the server gave it.
#[test]
fn a_copy_is_signed_only_for_what_the_events_of_its_entry_say() {
    let (country, server) = Country::settle(Engine::Embedded, 2);
    let folder = country.ledger.folder();
    let key = folder.join("office-1.key");
    hotich(folder.path(), &["keys", "generate", "--out", &key]).with(0);
    let administrator = format!("{}/administrator.key", country.ledger.keys());
    let grant = ["--office", "1", "--key", &key, "--administrator", &administrator];
    country.ledger.run(&["keys", "grant"], &grant).with(0);
    let (token, file) = (country.ledger.token(1), folder.join("act.json"));
    let honest = Api::at(&server.url("")).with_token(&token);
    let line = |address: &str, more: &[&str]| {
        let line = [
            "file", &file, "--key", &key, "--server", address, "--token", &token,
        ];
        hotich(folder.path(), &[&line[..], more].concat())
    };
    let act = json!({ "kind": "birth", "office": 1, "act": act::birth("Nguyễn Thị An") });
    fs::write(&file, act.to_string()).unwrap();
    let recorded = line(&server.url(""), &["--json"]).with(0);
    let receipt: serde_json::Value = serde_json::from_str(&recorded.out).unwrap();
    let event = honest
        .get(&format!("/v1/events/{}", receipt["event"].as_str().unwrap()))
        .with(200);
    let signed = civil::cose::SignedEvent::parse(&bytes(&event.json, "signed"))
        .map(|signed| civil::envelope::Envelope::decode(signed.envelope).unwrap())
        .unwrap();
    let mut copy = json!({
        "kind": "extract", "office": 1, "entry": signed.entry.unwrap().to_string(), "act": act::copy(),
    });
    let lies: [(&str, Lie, Option<&str>); 3] = [
        ("nothing", |_| {}, None),
        (
            "another content",
            |draft| draft.act["content_hash"] = json!("7".repeat(64)),
            Some("hash of its content"),
        ),
        (
            "another state of the entry",
            |draft| draft.envelope.basis = Some(EventHash([7; 32])),
            Some("as its events leave it"),
        ),
    ];
    // A copy of the first release, and a sheet.
    for sheet in [json!({}), json!({ "paper": {}, "entitlement": { "ground": "parent" } })] {
        let members = copy["act"].as_object_mut().unwrap();
        members.extend(sheet.as_object().unwrap().clone());
        fs::write(&file, copy.to_string()).unwrap();
        for (name, lie, refused) in lies {
            let liar = Liar::before(honest.clone(), lie);
            let told = line(liar.address(), &[]);
            let expected = (refused.map_or(Some(0), |_| Some(1)), u64::from(refused.is_none()));
            assert_eq!((told.status, liar.signatures()), expected, "{name}: {}", told.err);
            assert!(
                told.err.contains(refused.unwrap_or_default()),
                "{name}: {}",
                told.err
            );
        }
    }
    // What is left open of a sheet the server may fill in; what is asked for it may not change.
    copy["act"]["paper"] = json!({ "header": ["ỦY BAN NHÂN DÂN", "XÃ HÒA PHÚ"] });
    fs::write(&file, copy.to_string()).unwrap();
    let liar = Liar::before(honest.clone(), |draft| draft.act["paper"]["header"] = json!(["XÃ KHÁC"]));
    let told = line(liar.address(), &[]);
    assert_eq!((told.status, liar.signatures()), (Some(1), 0), "{}", told.err);
}
