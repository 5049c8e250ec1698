//! Events whose halves are each well made and do not belong together.

use civil::act::{Act, Body};
use civil::cose::{endorse, sign};
use civil::envelope::{Commitment, Envelope, Target};
use civil::id::{EntryId, EventHash, EventId, StreamId};
use civil::kind::Kind;
use civil::wire::Form;
use serde_json::{Value as Json, json};

use super::Refused;
use crate::chain::TestKey;

const SIGNER: TestKey = TestKey::ed25519(2);

/// An event to be spoilt.
struct Made {
    envelope: Envelope,
    sealed: Vec<u8>,
}

fn body(kind: Kind, act: &Json) -> Body {
    let mut form = Form::new();
    let act = Act::from_json(kind, act, &mut form);
    Body {
        act: form.finish(act).unwrap(),
        acknowledgements: Vec::new(),
    }
}

fn id(number: u8) -> EntryId {
    EntryId::at(1, [number; 10])
}

fn target(number: u8) -> Target {
    Target {
        entry: id(number),
        basis: EventHash([number; 32]),
    }
}

fn change(entries: &[u8]) -> Body {
    let amended: Vec<Json> = entries
        .iter()
        .map(|number| {
            let change = json!({ "field": "/child/ethnicity", "to": "01" });
            json!({ "entry": id(*number).to_string(), "kind": "birth", "changes": [change] })
        })
        .collect();
    body(
        Kind::Change,
        &json!({
            "book": { "number": 1, "year": 2026 },
            "registered_on": "2026-01-12",
            "received_on": "2026-01-12",
            "amended": amended,
            "reason": "x",
            "signer": { "missing": "not_in_book" },
        }),
    )
}

fn made(body: &Body) -> Made {
    let sealed = body.seal([9; 32]);
    let administration = body.act.kind() == Kind::KeyRevoked;
    let envelope = Envelope {
        event: EventId::at(1, [1; 10]),
        stream: StreamId::ADMINISTRATION,
        seq: 1,
        prev: EventHash([1; 32]),
        kind: body.act.kind(),
        entry: (!administration).then(|| id(0)),
        basis: None,
        targets: Vec::new(),
        signed_at: 1_768_183_200,
        commitment: Commitment::to(&sealed),
        endorsements: Vec::new(),
    };
    Made { envelope, sealed }
}

fn refused(name: &str, made: Made, spoil: impl FnOnce(&mut Made)) -> Refused {
    let mut made = made;
    spoil(&mut made);
    let signed = sign(&made.envelope.encode(), &SIGNER.secret());
    Refused::with(name, "event", signed, Some(made.sealed)).by_meaning()
}

pub fn refused_events() -> Vec<Refused> {
    let amendment = || {
        let mut made = made(&change(&[1, 2]));
        made.envelope.targets = vec![target(1), target(2)];
        made
    };
    let revocation = || {
        made(&body(
            Kind::KeyRevoked,
            &json!({ "key": "00".repeat(32), "on": "2026-01-12", "reason": "x" }),
        ))
    };
    let divorce = || {
        made(&body(
            Kind::DivorceNoted,
            &json!({
                "noted_on": "2026-01-12",
                "judgment": { "number": "1", "date": "2026-01-02", "authority": "TAND" },
                "signer": { "missing": "not_in_book" },
            }),
        ))
    };
    let endorsed = |made: &mut Made, seeds: &[u8]| {
        let commitment = made.envelope.commitment;
        let endorsements = seeds
            .iter()
            .map(|seed| endorse(&commitment, &TestKey::ed25519(*seed).secret()));
        made.envelope.endorsements = endorsements.collect();
    };
    vec![
        refused("a body that does not open the commitment", amendment(), |made| {
            made.sealed[40] ^= 1
        }),
        refused("a body under another salt", amendment(), |made| {
            made.sealed[0] ^= 1
        }),
        refused("a body of another kind than the envelope", amendment(), |made| {
            made.envelope.kind = Kind::Correction;
        }),
        refused("an amended entry that is no target", amendment(), |made| {
            made.envelope.targets.pop();
        }),
        refused("a target that is not amended", amendment(), |made| {
            made.envelope.targets.push(target(3))
        }),
        refused(
            "targets in another order than the amended entries",
            amendment(),
            |made| {
                made.envelope.targets.reverse();
            },
        ),
        refused("a basis where an entry is opened", amendment(), |made| {
            made.envelope.basis = Some(EventHash([1; 32]));
        }),
        refused("no entry where one is opened", made(&change(&[])), |made| {
            made.envelope.entry = None
        }),
        refused("no basis where an entry is continued", divorce(), |_| {}),
        refused("an entry for the administration", revocation(), |made| {
            made.envelope.entry = Some(id(0))
        }),
        refused("an endorsement by the signer", amendment(), |made| {
            endorsed(made, &[SIGNER.seed])
        }),
        refused("two endorsements by one key", amendment(), |made| {
            endorsed(made, &[3, 3])
        }),
        refused("endorsements out of order", amendment(), |made| {
            let mut seeds = [3, 4];
            seeds.sort_by_key(|seed| std::cmp::Reverse(TestKey::ed25519(*seed).secret().public().id()));
            endorsed(made, &seeds);
        }),
        refused("an endorsement that is no COSE_Sign1", amendment(), |made| {
            made.envelope.endorsements = vec![vec![0xa0]];
        }),
    ]
}
