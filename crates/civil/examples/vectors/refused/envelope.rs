//! Envelopes with one field that is not as it must be.

use ciborium::Value;
use civil::cbor::encode;

use super::{Refused, int, list, map, put, text};
use crate::chain::Chain;

pub fn refused(chain: &Chain) -> Vec<Refused> {
    let amendment = chain.cases.iter().find(|case| case.kind == "correction").unwrap();
    let bytes = hex::decode(&amendment.envelope).unwrap();
    let tree = civil::cbor::decode(&bytes).unwrap();
    let with = |name: &str, path: &[u64], value: Value| {
        let mut tree = tree.clone();
        put(&mut tree, path, value);
        Refused::new(name, "envelope", encode(&tree))
    };
    let id = |version: u8, variant: u8| {
        let mut id = [0; 16];
        (id[6], id[8]) = (version, variant);
        Value::Bytes(id.to_vec())
    };
    let hash = || Value::Bytes(vec![0; 32]);
    let target = || list([id(0x70, 0x80), hash()]);
    let items = tree.as_array().unwrap();
    let mut without_entry = tree.clone();
    put(&mut without_entry, &[6], Value::Null);
    let mut longer = items.clone();
    longer.push(Value::Null);
    vec![
        Refused::new(
            "a truncated envelope",
            "envelope",
            bytes[..bytes.len() - 1].to_vec(),
        ),
        Refused::new("a padded envelope", "envelope", [&bytes[..], &[0]].concat()),
        Refused::new(
            "an envelope with a longer head",
            "envelope",
            [&[0x98, 0x0c], &bytes[1..]].concat(),
        ),
        Refused::new(
            "an envelope of indefinite length",
            "envelope",
            [&[0x9f], &bytes[1..], &[0xff]].concat(),
        ),
        Refused::new(
            "an envelope of eleven fields",
            "envelope",
            encode(&list(items[..11].to_vec())),
        ),
        Refused::new(
            "an envelope of thirteen fields",
            "envelope",
            encode(&Value::Array(longer)),
        ),
        Refused::new(
            "an envelope that is a map",
            "envelope",
            encode(&map([(0, int(1))])),
        ),
        with("a newer envelope", &[0], int(2)),
        with("an envelope of version true", &[0], Value::Bool(true)),
        with("an event id of version 4", &[1], id(0x40, 0x80)),
        with("an event id of another variant", &[1], id(0x70, 0xc0)),
        with("an event id of 15 bytes", &[1], Value::Bytes(vec![0x70; 15])),
        with(
            "an event id as text",
            &[1],
            text("0190b7c0-0000-7000-8000-000000000000"),
        ),
        with("a stream of three", &[2], list([int(0), int(0), int(0)])),
        with("an office of 33 bits", &[2, 0], int(1 << 32)),
        with("a lane that nobody knows", &[2, 1], int(3)),
        with("a negative seq", &[3], Value::Integer((-1).into())),
        with("a seq of 64 bits", &[3], int(1 << 63)),
        with("no prev", &[4], Value::Null),
        with("a prev of 31 bytes", &[4], Value::Bytes(vec![0; 31])),
        with("a kind that nobody knows", &[5], int(7)),
        with("a kind of 17 bits", &[5], int(1 << 16)),
        with("an entry of version 4", &[6], id(0x40, 0x80)),
        with("a basis of 33 bytes", &[7], Value::Bytes(vec![0; 33])),
        Refused::new("targets without an entry", "envelope", encode(&without_entry)),
        with("a target without a basis", &[8], list([list([id(0x70, 0x80)])])),
        with(
            "a target whose basis is null",
            &[8],
            list([list([id(0x70, 0x80), Value::Null])]),
        ),
        with(
            "a target of version 4",
            &[8],
            list([list([id(0x40, 0x80), hash()])]),
        ),
        with("sixty-five targets", &[8], list((0..65).map(|_| target()))),
        with("targets as null", &[8], Value::Null),
        with("a clock past the calendar", &[9], int(253_402_275_600)),
        with("a clock before its beginning", &[9], Value::Integer((-1).into())),
        with("a clock as text", &[9], text("2026-01-12T02:00:00Z")),
        with("a commitment of one hash", &[10], list([hash()])),
        with(
            "a commitment of short hashes",
            &[10],
            list([hash(), Value::Bytes(vec![0; 31])]),
        ),
        with("endorsements as null", &[11], Value::Null),
        with("an endorsement that is no bytes", &[11], list([Value::Null])),
        with(
            "nine endorsements",
            &[11],
            list((0..9).map(|_| Value::Bytes(Vec::new()))),
        ),
    ]
}
