//! The table of bad input, and the hands that make it.

use ciborium::Value as Cbor;
use civil::act::SALT_SIZE;
use civil::cose::SecretKey;
use civil::id::{EventHash, Lane};
use hotich_tests::SIGNED_AT;
use serde_json::{Value as Json, json};

use crate::pointers;
use crate::scene::{REVOKED, Scene, Sent};

/// Before every grant.
const LONG_AGO: u64 = SIGNED_AT - 10 * 366 * 86_400;

/// One kind of bad input: its name, how it is made, the status and the code of its problem, and what the problem must
/// say beside.
pub struct Row(
    pub &'static str,
    pub fn(&mut Scene) -> Sent,
    pub u16,
    pub &'static str,
    pub fn(&Scene, &Json) -> bool,
);

/// All of it.
#[rustfmt::skip]
pub const ROWS: &[Row] = &[
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

fn anything(_: &Scene, _: &Json) -> bool {
    true
}

fn tells_the_stream(scene: &Scene, problem: &Json) -> bool {
    problem["next"] == 1 && problem["head"] == scene.recorded.hash().to_string()
}

fn tells_the_entry(scene: &Scene, problem: &Json) -> bool {
    problem["head"] == scene.recorded.hash().to_string()
        && scene
            .recorded
            .entry
            .is_some_and(|entry| problem["entry"] == entry.to_string())
}

fn expects_two(_: &Scene, problem: &Json) -> bool {
    let error = &problem["errors"][0];
    error["pointer"] == "/act/book/number" && error["expected"] == 2 && !problem["article"].is_null()
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
    act.as_map_mut()
        .unwrap()
        .push((Cbor::Integer(99.into()), Cbor::Null));
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
