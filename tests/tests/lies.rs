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
use hotich_tests::{Api, Country, Ended, Engine, Liar, Lie, SIGNED_AT, Server, act, hotich};
use serde_json::{Value, json};

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

/// An officer at office 1 with a program of their own, and a server that does not lie.
struct Desk {
    country: Country,
    server: Server,
    key: String,
    token: String,
    file: String,
}

impl Desk {
    fn open() -> Self {
        let (country, server) = Country::settle(Engine::Embedded, 2);
        let folder = country.ledger.folder();
        let (key, file) = (folder.join("office-1.key"), folder.join("act.json"));
        hotich(folder.path(), &["keys", "generate", "--out", &key]).with(0);
        let administrator = format!("{}/administrator.key", country.ledger.keys());
        let grant = ["--office", "1", "--key", &key, "--administrator", &administrator];
        country.ledger.run(&["keys", "grant"], &grant).with(0);
        let token = country.ledger.token(1);
        Self {
            country,
            server,
            key,
            token,
            file,
        }
    }

    fn honest(&self) -> Api {
        Api::at(&self.server.url("")).with_token(&self.token)
    }

    /// What the program answers when the officer files that through a server.
    fn files(&self, request: &Value, address: &str, more: &[&str]) -> Ended {
        fs::write(&self.file, request.to_string()).unwrap();
        let line = [
            "file",
            &self.file,
            "--key",
            &self.key,
            "--server",
            address,
            "--token",
            &self.token,
        ];
        hotich(self.country.ledger.folder().path(), &[&line[..], more].concat())
    }

    /// The same through a server that lies, with how many signatures it got.
    fn files_before_a_liar(&self, request: &Value, lie: Lie, more: &[&str]) -> (Ended, u64) {
        let liar = Liar::before(self.honest(), lie);
        (self.files(request, liar.address(), more), liar.signatures())
    }

    /// The entry that an act opens.
    fn records(&self, kind: &str, act: &Value) -> String {
        let request = json!({ "kind": kind, "office": 1, "act": act });
        let receipt = self
            .files(&request, &self.server.url(""), &["--json"])
            .with(0)
            .json();
        receipt["entry"].as_str().unwrap().to_owned()
    }
}

#[test]
fn a_server_that_changes_the_draft_gets_no_signature() {
    let desk = Desk::open();
    let request = json!({ "kind": "birth", "office": 1, "act": act::birth("Nguyễn Thị An") });
    let (told, signatures) = desk.files_before_a_liar(&request, |_| {}, &[]);
    assert_eq!(
        (told.status, signatures),
        (Some(0), 1),
        "an honest draft is signed: {}",
        told.err
    );
    let mut believed = Vec::new();
    for (name, words, lie) in LIES {
        let (told, signatures) = desk.files_before_a_liar(&request, *lie, &[]);
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
    let desk = Desk::open();
    let entry = desk.records("birth", &act::birth("Nguyễn Thị An"));
    let copy = json!({ "kind": "extract", "office": 1, "entry": entry, "act": act::copy() });
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
    for (name, lie, refused) in lies {
        let (told, signatures) = desk.files_before_a_liar(&copy, lie, &[]);
        let expected = (refused.map_or(Some(0), |_| Some(1)), u64::from(refused.is_none()));
        assert_eq!((told.status, signatures), expected, "{name}: {}", told.err);
        assert!(
            told.err.contains(refused.unwrap_or_default()),
            "{name}: {}",
            told.err
        );
    }
}

/// The steps of a timeline that only link people were taken for events of the entry, and the copy was not signed.
#[test]
fn a_copy_is_signed_of_an_entry_whose_people_are_named_elsewhere() {
    let desk = Desk::open();
    let mut mother = act::birth("Trần Thị Hoa");
    mother["entry"] = json!("late");
    mother["child"]["born_on"] = json!("1998-05-02");
    mother["mother"] = json!({ "name": "Lê Thị Cúc", "born_on": "1970-03-01", "nationality": "VNM" });
    let mother = desk.records("birth", &mother);
    let mut child = act::birth("Nguyễn Thị An");
    child["mother"]["known_as"] = json!({ "entry": mother, "role": "child" });
    let child = desk.records("birth", &child);
    for entry in [mother, child] {
        let copy = json!({ "kind": "extract", "office": 1, "entry": entry, "act": act::copy() });
        desk.files(&copy, &desk.server.url(""), &[]).with(0);
    }
}

/// What a draft proposes was written into the act as the server gave it, and signed unseen.
#[test]
fn an_entry_is_reached_only_as_the_officer_names_it_and_the_act_says() {
    let desk = Desk::open();
    let entry = desk.records("birth", &act::birth("Nguyễn Thị An"));
    let other = desk.records("birth", &act::birth("Nguyễn Thị Bé"));
    let recognition = json!({
        "kind": "parent_child_recognition", "office": 1, "act": {
            "registered_on": "2026-01-20", "received_on": "2026-01-20", "direction": "father_recognises_child",
            "parent": { "name": "Nguyễn Văn Ba", "sex": "male", "born_on": "1994-06-06", "nationality": "VNM" },
            "child": {
                "name": "Nguyễn Thị An", "sex": "female", "born_on": "2026-01-05", "nationality": "VNM",
                "known_as": { "entry": entry, "role": "child" },
            },
            "signer": { "name": "Lê Thị Mai", "title": "Chủ tịch" },
        },
    });
    let lies: [(&str, Lie, &str); 3] = [
        (
            "another father",
            |draft| proposed(draft)["changes"][0]["to"]["name"] = json!("Trần Văn Lạ"),
            "is not what the act says",
        ),
        (
            "another field",
            |draft| proposed(draft)["changes"][0]["field"] = json!("/mother"),
            "is not what the act says",
        ),
        (
            "another entry",
            |draft| proposed(draft)["entry"] = json!(EntryId::at(SIGNED_AT, [7; 10]).to_string()),
            "does not propose",
        ),
    ];
    for (name, lie, refused) in lies {
        let (told, signatures) = desk.files_before_a_liar(&recognition, lie, &["--reach", &entry]);
        assert_eq!(signatures, 0, "{name}: {}", told.err);
        assert!(told.err.contains(refused), "{name}: {}", told.err);
    }
    let nothing: Lie = |_| {};
    let (told, signatures) = desk.files_before_a_liar(&recognition, nothing, &["--reach", &other]);
    assert_eq!((told.status, signatures), (Some(2), 0), "{}", told.err);
    let taken = desk
        .files(&recognition, &desk.server.url(""), &["--reach", &entry])
        .with(0);
    assert!(
        taken.out.contains("/father from nothing to Nguyễn Văn Ba"),
        "{}",
        taken.out
    );
    let child = desk.honest().get(&format!("/v1/entries/{entry}")).with(200).json;
    assert_eq!(child["current"]["father"]["name"], "Nguyễn Văn Ba");
}

/// What the first of a draft's proposals would write at an entry; nothing once it is taken.
fn proposed(draft: &mut hotich_tests::Draft) -> &mut Value {
    &mut draft.beside["proposed"][0]["reached"]
}
