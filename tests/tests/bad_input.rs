//! Whatever is sent, the answer says what is wrong with it, and nothing is stored.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on stops where it stands"
)]

use std::collections::BTreeSet;

use ciborium::Value as Cbor;
use civil::act::SALT_SIZE;
use civil::cbor::{self, Writer};
use civil::cose::{EVENT_AAD, SecretKey, sign};
use civil::envelope::Commitment;
use civil::id::{EntryId, EventHash, KeyId, Lane};
use hotich_tests::{
    Answer, Api, Composed, Country, Engine, Officer, SIGNED_AT, Server, Signed, act, on_both_engines, request,
};
use serde_json::{Value as Json, json};

on_both_engines! {
    bad_input_is_answered_with_its_fault_and_stores_nothing
    every_faulty_field_is_reported_at_once
    a_unit_that_no_list_has_or_that_was_not_valid_is_kept_as_text_once_it_was_seen
}

/// What is sent, to which address.
type Sent = (&'static str, Vec<u8>);

/// One kind of bad input: its name, how it is made, the status and the code of its problem, and what the problem must
/// say beside.
struct Row(&'static str, fn(&mut Scene) -> Sent, u16, &'static str, fn(&Scene, &Json) -> bool);

const ROWS: &[Row] = &[
    // The signed bytes.
    Row("truncated", |s| s.bytes(cut), 400, "malformed_event", anything),
    Row("padded", |s| s.bytes(|signed| signed.push(0)), 400, "malformed_event", anything),
    Row("empty", |s| s.bytes(Vec::clear), 400, "malformed_event", anything),
    Row("of indefinite length", |s| s.bytes(make_indefinite), 400, "malformed_event", anything),
    Row("10,000 levels deep", |s| s.bytes(|signed| *signed = nested()), 400, "malformed_event", anything),
    Row("larger than a signed event", |s| s.bytes(|signed| signed.resize(70_000, 0)), 413, "too_large", anything),
    Row("header in another order", |s| s.header(|alg, kid| [kid, alg].concat()), 400, "malformed_event", anything),
    Row("header with an alg that is no more", |s| s.header(|_, kid| [&[1, 0x27], kid].concat()), 400, "malformed_event", anything),
    Row("header with the alg of another key", |s| s.header(|_, kid| [&[1, 0x26], kid].concat()), 403, "signature_algorithm", anything),
    Row("another signature", |s| s.bytes(|signed| *signed.last_mut().unwrap() ^= 1), 403, "signature_wrong", anything),
    // The envelope.
    Row("envelope in another order", |s| s.envelope(swap_first_two), 400, "malformed_event", anything),
    Row("envelope of indefinite length", |s| s.envelope(indefinite_envelope), 400, "malformed_event", anything),
    Row("envelope with a long integer", |s| s.envelope(lengthen_version), 400, "malformed_event", anything),
    Row("envelope truncated", |s| s.envelope(cut), 400, "malformed_event", anything),
    Row("envelope padded", |s| s.envelope(|bytes| bytes.push(0xf6)), 400, "malformed_event", anything),
    // The body.
    Row("body truncated", |s| s.body(cut), 400, "malformed_body", anything),
    Row("body padded", |s| s.body(|body| body.push(0)), 400, "malformed_body", anything),
    Row("body in another order", |s| s.tree(|act| act.as_map_mut().unwrap().swap(0, 1)), 400, "malformed_body", anything),
    Row("body of indefinite length", |s| s.body(make_array_indefinite), 400, "malformed_body", anything),
    Row("body not in NFC", |s| s.tree(|act| texts(act, &decompose)), 400, "malformed_body", anything),
    Row("body with a field that no schema has", |s| s.tree(add_field), 400, "malformed_body", anything),
    Row("body 10,000 levels deep", |s| s.body(|body| *body = nested()), 400, "malformed_body", anything),
    Row("body without salt", |s| s.sealed(|sealed| sealed.truncate(SALT_SIZE - 1)), 400, "malformed_body", anything),
    Row("body larger than a body", |s| s.sealed(|sealed| sealed.resize((1 << 20) + 1, 0)), 413, "too_large", anything),
    Row("body that does not open its commitment", Scene::other_salt, 400, "commitment_not_opened", anything),
    Row("body of another kind", Scene::other_kind, 400, "body_of_another_kind", anything),
    // The key.
    Row("unknown key", |s| s.signed_by(SecretKey::ed25519(&[7; 32])), 403, "unknown_key", anything),
    Row("unknown key of another algorithm", |s| s.signed_by(SecretKey::p256(&[7; 32]).unwrap()), 403, "unknown_key", anything),
    Row("revoked key", |s| s.signed_by(SecretKey::ed25519(&REVOKED)), 403, "revoked_key", anything),
    Row("key of another office", Scene::signed_elsewhere, 403, "key_of_another_office", anything),
    Row("key that was not valid yet", |s| s.composed(|event| event.envelope.signed_at = LONG_AGO), 403, "key_outside_validity", anything),
    Row("key whose role does not cover the lane", |s| s.composed(|event| event.envelope.stream.lane = Lane::Desk), 403, "role_does_not_cover", anything),
    // The chain, the entry, the number.
    Row("stale prev", |s| s.composed(|event| event.envelope.prev = EventHash([7; 32])), 409, "stream_moved", tells_the_stream),
    Row("gap in the stream", |s| s.composed(|event| event.envelope.seq += 1), 409, "stream_moved", tells_the_stream),
    Row("place in the stream that is taken", |s| s.composed(|event| event.envelope.seq = 0), 409, "stream_moved", tells_the_stream),
    Row("stale basis", |s| s.correction(|event| event.envelope.targets[0].basis = EventHash([7; 32])), 409, "entry_moved", tells_the_entry),
    Row("entry that is there already", |s| { let entry = s.recorded.entry; s.opening(entry) }, 409, "entry_moved", tells_the_entry),
    Row("correction of no entry", Scene::correction_of_nothing, 422, "entry_unknown", anything),
    Row("same id, other bytes", Scene::same_id, 409, "event_id_reused", |scene, problem| problem["position"] == scene.position),
    Row("number that is used", |s| s.numbered(1), 422, "number_taken", expects_two),
    Row("number that leaves a gap", |s| s.numbered(3), 422, "number_skips", expects_two),
    // The request itself.
    Row("20 MB", |s| ("/v1/events", padded(s, 20 << 20)), 413, "too_large", anything),
    Row("20 MB of an act", |_| ("/v1/acts", format!("{{\"kind\":\"{}\"}}", "x".repeat(20 << 20)).into()), 413, "too_large", anything),
    Row("JSON 10,000 levels deep", |_| ("/v1/events", deep_json("[", "]")), 400, "malformed_json", anything),
    Row("act 10,000 levels deep", |_| ("/v1/acts", deep_json("{\"act\":", "}")), 400, "malformed_json", anything),
    Row("not JSON", |_| ("/v1/events", b"\xffno".to_vec()), 400, "malformed_json", anything),
    Row("nothing", |_| ("/v1/acts", Vec::new()), 400, "malformed_json", anything),
    Row("no object", |_| ("/v1/events", b"[]".to_vec()), 422, "form", anything),
    Row("act that is no object", |_| ("/v1/acts", b"[]".to_vec()), 422, "form", anything),
    Row("no base64", |_| ("/v1/events", json!({ "signed": "%", "x": 1 }).to_string().into()), 422, "form", |_, problem| {
        pointers(problem) == ["/sealed_body", "/signed", "/x"].map(str::to_owned).into()
    }),
];

fn bad_input_is_answered_with_its_fault_and_stores_nothing(engine: Engine) {
    let mut scene = Scene::on(engine);
    let mut wrong = Vec::new();
    for Row(name, make, status, code, says) in ROWS {
        let (path, body) = make(&mut scene);
        let answer = scene.office_api.try_post(path, body).unwrap_or_else(|error| panic!("{name}: {error}"));
        let told = (answer.status, answer.code()) == (*status, *code) && says(&scene, &answer.json);
        if !told || !is_a_problem(&answer) {
            wrong.push(format!("{name}: {} {}", answer.status, answer.text));
        }
        let size = scene.api.log_size();
        if size != scene.size {
            wrong.push(format!("{name}: the log went from {} to {size} events", scene.size));
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
    ["type", "title", "detail", "detail_vi", "code", "instance"].into_iter().all(text)
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
    let whole = ["/act/officer", "/act/remark", "/act/child/nationality", "/act/mother/nationality", "/act/father/nationality"];
    let mut expected: BTreeSet<String> = leaves(&address, "").into_iter().filter(|pointer| pointer != "/kind").collect();
    expected.extend(whole.map(str::to_owned));
    // What `officer` lacks is told at the part that is missing.
    expected.remove("/act/officer");
    expected.insert("/act/officer/full".to_owned());

    let answer = scene.office_api.post("/v1/acts", &address).with(422);
    assert_eq!(answer.code(), "form");
    let reported = pointers(&answer.json);
    let missed: Vec<_> = expected.difference(&reported).collect();
    let invented: Vec<_> = reported.difference(&expected).collect();
    assert!(missed.is_empty() && invented.is_empty(), "missed {missed:#?}, invented {invented:#?}");
    for error in answer.json["errors"].as_array().unwrap() {
        for member in ["code", "detail", "detail_vi"] {
            assert!(error[member].as_str().is_some_and(|text| !text.is_empty()), "{error}");
        }
    }
    // The same when only the act is at fault.
    let mut request = address;
    for member in ["entry", "lane", "acknowledgements", "hurry"] {
        request.as_object_mut().unwrap().remove(member);
    }
    (request["office"], request["key"]) = (json!(1), json!(scene.officer().key_id()));
    let answer = scene.office_api.post("/v1/acts", &request).with(422);
    let expected: BTreeSet<String> = expected.into_iter().filter(|pointer| pointer.starts_with("/act/")).collect();
    assert_eq!(pointers(&answer.json), expected);
    scene.is_well(0);
}

fn a_unit_that_no_list_has_or_that_was_not_valid_is_kept_as_text_once_it_was_seen(engine: Engine) {
    let mut scene = Scene::on(engine);
    // No list has the first; the second ended on 2025-07-01, and the child was born in 2026.
    for (unit, warning, recorded) in
        [("99999@..", "unit_unknown", 1), ("22270@..", "unit_not_valid_that_day", 2)]
    {
        let mut birth = act::birth("Nguyễn Thị An");
        birth["child"]["birth_place"] = json!({ "text": "Xã Hòa Phú", "unit": unit });
        let asked = json!({ "kind": "birth", "office": 1, "key": scene.officer().key_id(), "act": birth });
        let draft = scene.office_api.post("/v1/acts", &asked).with(200).json;
        assert_eq!(draft["warnings"][0]["code"], warning, "{draft:#}");
        assert_eq!(draft["warnings"][0]["pointer"], "/act/child/birth_place", "{draft:#}");
        assert_eq!(draft["warnings"][0]["acknowledged"], false);
        let unseen = scene.officer().compose("birth", &birth);
        let unseen = scene.officer().sign(unseen);
        let refused = scene.api.post("/v1/events", &unseen.request()).with(422);
        assert_eq!(refused.code(), "warning_not_acknowledged", "{}", refused.text);
        assert_eq!(refused.json["errors"][0]["pointer"], "/act/child/birth_place");
        assert_eq!(scene.api.log_size(), scene.size + recorded - 1);

        let seen = scene.officer().compose_acknowledging("birth", &birth, &[(warning, "Ghi theo Giấy chứng sinh.")]);
        let seen = scene.officer().file_composed(seen);
        scene.api.post("/v1/events", &seen.request()).with(201);
        let entry = scene.api.get(&format!("/v1/entries/{}", seen.entry.unwrap())).with(200).json;
        let place = &entry["current"]["child"]["birth_place"];
        assert_eq!((&place["text"], &place["unit"]), (&json!("Xã Hòa Phú"), &json!(unit)), "{entry:#}");
    }
    scene.is_well(2);
}

/// A key that was granted and revoked.
const REVOKED: [u8; 32] = [9; 32];
/// Before every grant.
const LONG_AGO: u64 = SIGNED_AT - 10 * 366 * 86_400;

/// A ledger with two offices, the first of which has recorded a birth.
struct Scene {
    api: Api,
    /// With the token of office 1.
    office_api: Api,
    recorded: Signed,
    position: u64,
    size: u64,
    country: Country,
    _server: Server,
}

impl Scene {
    fn on(engine: Engine) -> Self {
        let (mut country, server) = Country::settle(engine, 2);
        let api = country.api(&server);
        let mut revoked = Officer::new(1, EventHash([0; 32]));
        revoked.key = SecretKey::ed25519(&REVOKED);
        country.grant(&api, &revoked);
        let act = json!({ "key": revoked.key_id(), "on": "2026-01-20", "reason": "Mất thiết bị" });
        country.administer(&api, "key_revoked", &act);
        let recorded = country.officer(1).file("birth", &act::birth("Nguyễn Thị An"));
        let receipt = api.post("/v1/events", &recorded.request()).with(201).json;
        let position = receipt["position"].as_u64().unwrap();
        let office_api = api.with_token(&country.ledger.token(1));
        Self { api, office_api, recorded, position, size: position + 1, country, _server: server }
    }

    fn officer(&mut self) -> &mut Officer {
        self.country.officer(1)
    }

    /// The log has grown by so many events, and all is well with it.
    #[track_caller]
    fn is_well(&self, more: u64) {
        assert_eq!(self.api.log_size(), self.size + more);
        assert_eq!(self.country.ledger.audit_is_green(), self.size + more);
    }

    /// The next event of office 1 as it should be.
    fn good(&mut self) -> Composed {
        self.officer().compose("birth", &act::birth("Nguyễn Thị An"))
    }

    /// Changed before it is signed.
    fn composed(&mut self, change: impl FnOnce(&mut Composed)) -> Sent {
        let mut composed = self.good();
        change(&mut composed);
        self.signed(composed)
    }

    fn signed(&mut self, composed: Composed) -> Sent {
        ("/v1/events", self.officer().sign(composed).request().to_string().into())
    }

    /// Changed after it was signed.
    fn bytes(&mut self, change: impl FnOnce(&mut Vec<u8>)) -> Sent {
        let composed = self.good();
        let Signed { mut signed, sealed_body, .. } = self.officer().sign(composed);
        change(&mut signed);
        events(&signed, &sealed_body)
    }

    /// With an envelope whose bytes were changed before they were signed.
    fn envelope(&mut self, change: impl FnOnce(&mut Vec<u8>)) -> Sent {
        let Composed { envelope, sealed_body } = self.good();
        let mut bytes = envelope.encode();
        change(&mut bytes);
        events(&sign(&bytes, &self.officer().key), &sealed_body)
    }

    /// With a protected header made of its two pairs, and a signature that covers it.
    fn header(&mut self, make: fn(&[u8], &[u8]) -> Vec<u8>) -> Sent {
        let Composed { envelope, sealed_body } = self.good();
        let key = &self.officer().key;
        let KeyId(kid) = key.public().id();
        let kid = [&[4, 0x58, 32][..], &kid].concat();
        let protected = [&[0xa2][..], &make(&[1, 0x32], &kid)].concat();
        let payload = envelope.encode();
        let mut message = Writer::default();
        message.array(4).text("Signature1").bytes(&protected).bytes(EVENT_AAD).bytes(&payload);
        let mut signed = Writer::default();
        signed.tag(18).array(4).bytes(&protected).map(0).bytes(&payload).bytes(&key.sign(&message.finish()));
        events(&signed.finish(), &sealed_body)
    }

    /// With a sealed body that was changed before it was committed to.
    fn sealed(&mut self, change: impl FnOnce(&mut Vec<u8>)) -> Sent {
        self.composed(|event| {
            change(&mut event.sealed_body);
            event.envelope.commitment = Commitment::to(&event.sealed_body);
        })
    }

    /// The same behind its salt.
    fn body(&mut self, change: impl FnOnce(&mut Vec<u8>)) -> Sent {
        self.sealed(|sealed| {
            let mut body = sealed.split_off(SALT_SIZE);
            change(&mut body);
            sealed.extend(body);
        })
    }

    /// The same to the act as a tree.
    fn tree(&mut self, change: impl FnOnce(&mut Cbor)) -> Sent {
        self.body(|body| {
            let mut tree = cbor::decode(body).unwrap();
            change(&mut tree.as_array_mut().unwrap()[2]);
            *body = cbor::encode(&tree);
        })
    }

    fn other_salt(&mut self) -> Sent {
        self.composed(|event| event.sealed_body[0] ^= 1)
    }

    fn other_kind(&mut self) -> Sent {
        let other = self.officer().compose("marital_status_confirmation", &act::marital_status("Phạm Văn Bình"));
        self.composed(|event| {
            event.envelope.commitment = other.envelope.commitment;
            event.sealed_body = other.sealed_body;
        })
    }

    fn signed_by(&mut self, key: SecretKey) -> Sent {
        let Composed { envelope, sealed_body } = self.good();
        events(&sign(&envelope.encode(), &key), &sealed_body)
    }

    fn signed_elsewhere(&mut self) -> Sent {
        let composed = self.good();
        ("/v1/events", self.country.officer(2).sign(composed).request().to_string().into())
    }

    fn correction(&mut self, change: impl FnOnce(&mut Composed)) -> Sent {
        let entry = self.recorded.entry.unwrap();
        let act = act::correction(entry, "2026-01-05", "2026-01-06");
        let mut composed = self.officer().compose("correction", &act);
        change(&mut composed);
        self.signed(composed)
    }

    fn correction_of_nothing(&mut self) -> Sent {
        let act = act::correction(EntryId::at(SIGNED_AT, [7; 10]), "2026-01-05", "2026-01-06");
        let composed = self.officer().compose("correction", &act);
        self.signed(composed)
    }

    fn opening(&mut self, entry: Option<EntryId>) -> Sent {
        self.composed(|event| event.envelope.entry = entry)
    }

    fn same_id(&mut self) -> Sent {
        let id = self.recorded.event;
        self.composed(|event| event.envelope.event = id)
    }

    fn numbered(&mut self, number: u32) -> Sent {
        let mut birth = act::birth("Nguyễn Thị An");
        birth["book"] = json!({ "number": number });
        let composed = self.officer().compose("birth", &birth);
        self.signed(composed)
    }
}

fn events(signed: &[u8], sealed_body: &[u8]) -> Sent {
    ("/v1/events", request(signed, sealed_body).to_string().into())
}

fn anything(_: &Scene, _: &Json) -> bool {
    true
}

fn tells_the_stream(scene: &Scene, problem: &Json) -> bool {
    problem["next"] == 1 && problem["head"] == scene.recorded.hash().to_string()
}

fn tells_the_entry(scene: &Scene, problem: &Json) -> bool {
    problem["head"] == scene.recorded.hash().to_string()
        && scene.recorded.entry.is_some_and(|entry| problem["entry"] == entry.to_string())
}

fn expects_two(_: &Scene, problem: &Json) -> bool {
    let error = &problem["errors"][0];
    error["pointer"] == "/act/book/number" && error["expected"] == 2 && !problem["article"].is_null()
}

/// The pointers of all faulty fields.
fn pointers(problem: &Json) -> BTreeSet<String> {
    let errors = problem["errors"].as_array().map_or(&[][..], Vec::as_slice);
    errors.iter().filter_map(|error| error["pointer"].as_str()).map(str::to_owned).collect()
}

/// The pointers of all values that are neither a list nor a group.
fn leaves(json: &Json, pointer: &str) -> Vec<String> {
    match json {
        Json::Object(members) => {
            members.iter().flat_map(|(name, value)| leaves(value, &format!("{pointer}/{name}"))).collect()
        }
        Json::Array(items) => {
            (0..).zip(items).flat_map(|(index, value): (u32, _)| leaves(value, &format!("{pointer}/{index}"))).collect()
        }
        _ => vec![pointer.to_owned()],
    }
}

fn nested() -> Vec<u8> {
    let mut bytes = vec![0x81; 10_000];
    bytes.push(0);
    bytes
}

fn deep_json(open: &str, close: &str) -> Vec<u8> {
    format!("{}1{}", open.repeat(10_000), close.repeat(10_000)).into()
}

/// A good request with so many blanks behind it.
fn padded(scene: &mut Scene, bytes: usize) -> Vec<u8> {
    let (_, mut body) = scene.composed(|_| ());
    body.resize(body.len() + bytes, b' ');
    body
}

fn cut(bytes: &mut Vec<u8>) {
    bytes.pop();
}

/// The COSE_Sign1 as an array without a length.
fn make_indefinite(signed: &mut Vec<u8>) {
    assert_eq!(signed[..2], [0xd2, 0x84]);
    signed[1] = 0x9f;
    signed.push(0xff);
}

fn make_array_indefinite(body: &mut Vec<u8>) {
    assert_eq!(body[0], 0x84);
    body[0] = 0x9f;
    body.push(0xff);
}

fn indefinite_envelope(envelope: &mut Vec<u8>) {
    assert_eq!(envelope[0], 0x8c);
    envelope[0] = 0x9f;
    envelope.push(0xff);
}

/// The version behind the event id.
fn swap_first_two(envelope: &mut Vec<u8>) {
    let version = envelope.remove(1);
    envelope.insert(1 + 17, version);
}

/// The version in two bytes.
fn lengthen_version(envelope: &mut Vec<u8>) {
    envelope.insert(1, 0x18);
}

fn add_field(act: &mut Cbor) {
    act.as_map_mut().unwrap().push((Cbor::Integer(99.into()), Cbor::Null));
}

/// Every text of a tree, changed.
fn texts(tree: &mut Cbor, change: &dyn Fn(&mut String)) {
    match tree {
        Cbor::Text(text) => change(text),
        Cbor::Array(items) => items.iter_mut().for_each(|item| texts(item, change)),
        Cbor::Map(pairs) => pairs.iter_mut().for_each(|(_, item)| texts(item, change)),
        _ => {}
    }
}

/// `ê` in two code points.
fn decompose(text: &mut String) {
    *text = text.replace('ê', "e\u{302}");
}
