//! Signed events, endorsements and keys in a form that the format does not have, and signatures that do not count.

use ciborium::Value;
use civil::cbor::{Writer, encode};
use civil::cose::{SignedEvent, endorse};
use civil::envelope::Commitment;

use super::{Refused, int};
use crate::chain::{Chain, TestKey};

pub fn refused(chain: &Chain) -> Vec<Refused> {
    let case = chain.cases.iter().find(|case| case.kind == "correction").unwrap();
    let bytes = hex::decode(&case.signed).unwrap();
    let mut all = frames("signed_event", &bytes);
    all.extend(headers(&bytes));
    let endorsement = endorse(&Commitment::to(b"a sealed body"), &TestKey::ed25519(7).secret());
    all.extend(frames("endorsement", &endorsement));
    all.push(Refused::new(
        "a signed event for an endorsement",
        "endorsement",
        bytes.clone(),
    ));
    all.push(Refused::new(
        "an endorsement for a signed event",
        "signed_event",
        endorsement,
    ));
    all.push(Refused::new(
        "a signed event too large by a byte",
        "signed_event",
        too_large(&bytes),
    ));
    all.extend(signatures(chain));
    all.extend(keys());
    all
}

/// The four items of a COSE_Sign1, without its tag.
fn items(bytes: &[u8]) -> Vec<Value> {
    civil::cbor::decode(&bytes[1..]).unwrap().into_array().unwrap()
}

fn tagged(items: Vec<Value>) -> Vec<u8> {
    [&[0xd2], &encode(&Value::Array(items))[..]].concat()
}

fn frames(item: &'static str, bytes: &[u8]) -> Vec<Refused> {
    let with = |index: usize, value: Value| {
        let mut items = items(bytes);
        items[index] = value;
        tagged(items)
    };
    let short = items(bytes)[3].as_bytes().unwrap()[1..].to_vec();
    let mut five = items(bytes);
    five.push(Value::Null);
    [
        ("truncated", bytes[..bytes.len() - 1].to_vec()),
        ("padded", [bytes, &[0]].concat()),
        ("without its tag", bytes[1..].to_vec()),
        ("with a longer tag", [&[0xd8, 0x12], &bytes[1..]].concat()),
        ("with the tag of COSE_Sign", [&[0xd8, 0x62], &bytes[1..]].concat()),
        (
            "of indefinite length",
            [&[0xd2, 0x9f], &bytes[2..], &[0xff]].concat(),
        ),
        ("of five items", tagged(five)),
        (
            "with a key id in the unprotected header",
            with(1, Value::Map(vec![(int(4), Value::Bytes(vec![0]))])),
        ),
        ("with an unprotected header of null", with(1, Value::Null)),
        ("with a signature of 63 bytes", with(3, Value::Bytes(short))),
        (
            "with a protected header that is a map",
            with(0, Value::Map(Vec::new())),
        ),
        (
            "with an empty protected header",
            with(0, Value::Bytes(Vec::new())),
        ),
    ]
    .into_iter()
    .map(|(how, bytes)| Refused::new(format!("{} {how}", item.replace('_', " ")), item, bytes))
    .collect()
}

fn headers(bytes: &[u8]) -> Vec<Refused> {
    let parts = SignedEvent::parse(bytes).unwrap();
    let kid = parts.key.0;
    let header = |write: &dyn Fn(&mut Writer)| {
        let mut header = Writer::default();
        write(&mut header);
        let mut items = items(bytes);
        items[0] = Value::Bytes(header.finish());
        tagged(items)
    };
    let alg = |number: i64| header(&|out| drop_writer(out.map(2).int(1).int(number).int(4).bytes(&kid)));
    [
        ("the algorithm EdDSA", alg(-8)),
        ("the algorithm ES384", alg(-35)),
        ("the algorithm HMAC", alg(5)),
        (
            "no algorithm",
            header(&|out| drop_writer(out.map(1).int(4).bytes(&kid))),
        ),
        (
            "no key id",
            header(&|out| drop_writer(out.map(1).int(1).int(-19))),
        ),
        (
            "a key id of 31 bytes",
            header(&|out| drop_writer(out.map(2).int(1).int(-19).int(4).bytes(&kid[1..]))),
        ),
        (
            "a header out of order",
            header(&|out| drop_writer(out.map(2).int(4).bytes(&kid).int(1).int(-19))),
        ),
        (
            "a third header parameter",
            header(&|out| drop_writer(out.map(3).int(1).int(-19).int(3).int(0).int(4).bytes(&kid))),
        ),
        (
            "an algorithm as text",
            header(&|out| drop_writer(out.map(2).int(1).text("Ed25519").int(4).bytes(&kid))),
        ),
    ]
    .into_iter()
    .map(|(name, bytes)| Refused::new(name, "signed_event", bytes))
    .collect()
}

fn drop_writer(_: &mut Writer) {}

fn too_large(bytes: &[u8]) -> Vec<u8> {
    let with = |size: usize| {
        let mut items = items(bytes);
        items[2] = Value::Bytes(vec![0; size]);
        tagged(items)
    };
    let frame = with(60_000).len() - 60_000;
    with(65_536 - frame)
}

fn signatures(chain: &Chain) -> Vec<Refused> {
    let es256 = chain.cases.iter().find(|case| case.alg == -7).unwrap();
    let ed25519 = chain.cases.iter().find(|case| case.alg == -19).unwrap();
    let bytes = |case: &crate::chain::Case| hex::decode(&case.signed).unwrap();
    let cose = |key: TestKey| key.secret().public().to_cose_key();
    let key_of = |case: &crate::chain::Case| {
        let seed = u8::from_str_radix(&case.private_key[..2], 16).unwrap();
        cose(if case.alg == -7 {
            TestKey::es256(seed)
        } else {
            TestKey::ed25519(seed)
        })
    };
    let flipped = |case: &crate::chain::Case| {
        let mut bytes = bytes(case);
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        bytes
    };
    let refused = |name: &str, bytes, key| Refused::with(name, "signature", bytes, Some(key));
    vec![
        refused(
            "an ECDSA signature in its higher form",
            higher(&bytes(es256)),
            key_of(es256),
        ),
        refused(
            "an ECDSA signature with a flipped bit",
            flipped(es256),
            key_of(es256),
        ),
        refused(
            "an Ed25519 signature with a flipped bit",
            flipped(ed25519),
            key_of(ed25519),
        ),
        refused(
            "a signature by another key",
            bytes(ed25519),
            cose(TestKey::ed25519(0x77)),
        ),
        refused(
            "a signature by a key of another algorithm",
            bytes(ed25519),
            cose(TestKey::es256(0x77)),
        ),
    ]
}

/// The other signature that anybody can make from an ECDSA signature: `s` taken from the order.
fn higher(signed: &[u8]) -> Vec<u8> {
    let (head, signature) = signed.split_at(signed.len() - 64);
    let (r, s) = p256::ecdsa::Signature::from_slice(signature)
        .unwrap()
        .split_scalars();
    let high = p256::ecdsa::Signature::from_scalars(r.to_bytes(), (-*s).to_bytes()).unwrap();
    [head, &high.to_bytes()].concat()
}

fn keys() -> Vec<Refused> {
    let okp = |point: &str| {
        let mut out = Writer::default();
        let point = hex::decode(point).unwrap();
        out.map(3).int(1).int(1).int(-1).int(6).int(-2).bytes(&point);
        out.finish()
    };
    let good = TestKey::ed25519(7).secret().public().to_cose_key();
    let p256 = TestKey::es256(9).secret().public().to_cose_key();
    let mut off_curve = p256.clone();
    off_curve[9] ^= 1;
    let neutral = "0100000000000000000000000000000000000000000000000000000000000000";
    let order_eight = "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05";
    let unreduced = "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f";
    vec![
        Refused::new(
            "a key with its own id",
            "cose_key",
            [&[0xa4, 0x01, 0x01, 0x02, 0x41, 0x00][..], &good[3..]].concat(),
        ),
        Refused::new(
            "a key with a longer head",
            "cose_key",
            [&[0xb8, 0x03][..], &good[1..]].concat(),
        ),
        Refused::new(
            "a key with a trailing byte",
            "cose_key",
            [&good[..], &[0]].concat(),
        ),
        Refused::new(
            "a key on the curve X25519",
            "cose_key",
            [&good[..4], &[0x04], &good[5..]].concat(),
        ),
        Refused::new("a point that is not on P-256", "cose_key", off_curve).by_meaning(),
        Refused::new("the neutral point", "cose_key", okp(neutral)).by_meaning(),
        Refused::new("a point of order eight", "cose_key", okp(order_eight)).by_meaning(),
        Refused::new(
            "a point whose coordinate is not reduced",
            "cose_key",
            okp(unreduced),
        )
        .by_meaning(),
    ]
}
