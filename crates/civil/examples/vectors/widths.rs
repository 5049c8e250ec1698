//! Integers at the edges of their CBOR widths, and lists as long as the format allows.

use civil::act::{Act, Body};
use civil::cose::endorse;
use civil::envelope::{Commitment, ENDORSEMENTS_MAX, Envelope, TARGETS_MAX, Target};
use civil::id::{EntryId, EventHash, EventId, Lane, OfficeId, StreamId};
use civil::kind::Kind;
use civil::wire::Form;
use serde_json::json;

use crate::chain::{Chain, TestKey};

/// As many second persons as an event may have.
pub const ENDORSERS: [TestKey; ENDORSEMENTS_MAX as usize] = [
    TestKey::ed25519(0x40),
    TestKey::es256(0x41),
    TestKey::ed25519(0x42),
    TestKey::es256(0x43),
    TestKey::ed25519(0x44),
    TestKey::es256(0x45),
    TestKey::ed25519(0x46),
    TestKey::es256(0x47),
];

/// Events that belong to no ledger.
pub fn chain() -> Chain {
    let mut chain = Chain::new();
    for (index, edge) in [
        0,
        23,
        24,
        0xff,
        0x100,
        0xffff,
        0x1_0000,
        0xffff_ffff,
        0x1_0000_0000,
        (1 << 63) - 1,
    ]
    .into_iter()
    .enumerate()
    {
        one(&mut chain, u8::try_from(index).unwrap(), edge);
    }
    chain
}

fn one(chain: &mut Chain, index: u8, edge: u64) {
    let last = edge == (1 << 63) - 1;
    let key = if index.is_multiple_of(2) {
        TestKey::ed25519(0x20)
    } else {
        TestKey::es256(0x21)
    };
    let id = |number: u8| EntryId::at(0, [index, number, 0, 0, 0, 0, 0, 0, 0, 0]);
    let amended: Vec<_> = (1..=if last {
        u8::try_from(TARGETS_MAX).unwrap()
    } else {
        1
    })
        .map(|number| {
            json!({
                "entry": id(number).to_string(),
                "kind": "guardianship",
                "changes": [{ "field": format!("/wards/{}/ethnicity", edge.min(0xffff_ffff)), "to": "01" }],
            })
        })
        .collect();
    let act = json!({
        "book": { "number": edge.min(0xffff_ffff), "year": edge.min(0xffff), "page": edge.min(0xffff_ffff) },
        "registered_on": "0001-01-01",
        "received_on": "9999-12-31",
        "amended": amended,
        "reason": "a".repeat(usize::try_from(edge.clamp(1, 4_000)).unwrap()),
        "signer": { "missing": "not_in_book" },
    });
    let mut form = Form::new();
    let act = Act::from_json(Kind::Change, &act, &mut form);
    let body = Body {
        act: form.finish(act).unwrap(),
        acknowledgements: Vec::new(),
    };
    let sealed = body.seal([0xff - index; 32]);
    let commitment = Commitment::to(&sealed);
    let endorsers = if last { &ENDORSERS[..] } else { &[] };
    let mut endorsers: Vec<_> = endorsers.iter().map(|key| key.secret()).collect();
    endorsers.sort_by_key(|key| key.public().id());
    let envelope = Envelope {
        event: EventId::at(edge.min((1 << 48) - 1), [index; 10]),
        stream: StreamId {
            office: OfficeId(u32::try_from(edge).unwrap_or(u32::MAX)),
            lane: if last { Lane::Desk } else { Lane::Acts },
        },
        seq: edge,
        prev: EventHash([index; 32]),
        kind: Kind::Change,
        entry: Some(id(0)),
        basis: None,
        targets: body
            .act
            .amendment()
            .map_or(&[][..], |act| &act.amended)
            .iter()
            .map(|amended| Target {
                entry: amended.entry,
                basis: EventHash([0xee; 32]),
            })
            .collect(),
        signed_at: edge.min(253_402_275_599),
        commitment,
        endorsements: endorsers.iter().map(|key| endorse(&commitment, key)).collect(),
    };
    chain.append(&format!("integers of {edge}"), &envelope, &body, &sealed, key);
}
