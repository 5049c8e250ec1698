//! JSON to act to bytes and back, for documents of every kind.

use civil::act::{Acknowledgement, Act, Body};
use civil::cbor::Malformed;
use civil::envelope::{Commitment, Envelope, Target};
use civil::id::{EntryId, EventHash, EventId, Lane, OfficeId, StreamId};
use civil::kind::Kind;
use civil::wire::Form;
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::Value as Json;

use crate::right::right;

fn any_act() -> impl Strategy<Value = (Kind, Json)> {
    prop::sample::select(Kind::ALL).prop_flat_map(|kind| (Just(kind), right(&Act::shape(kind))))
}

fn read(kind: Kind, json: &Json) -> Act {
    let mut form = Form::new();
    let act = Act::from_json(kind, json, &mut form);
    form.finish(act)
        .unwrap_or_else(|errors| panic!("{kind:?}: {errors:?} in {json}"))
}

fn any_hash() -> impl Strategy<Value = EventHash> {
    any::<[u8; 32]>().prop_map(EventHash)
}

fn any_entry() -> impl Strategy<Value = EntryId> {
    (0..1_u64 << 48, any::<[u8; 10]>()).prop_map(|(at, chance)| EntryId::at(at, chance))
}

fn any_envelope() -> impl Strategy<Value = Envelope> {
    let target = (any_entry(), any_hash()).prop_map(|(entry, basis)| Target { entry, basis });
    let place = (
        any::<u32>(),
        prop::sample::select(&Lane::ALL[..]),
        0..1_u64 << 63,
        any_hash(),
    );
    let entry = prop::option::of((any_entry(), prop::option::of(any_hash()), vec(target, 0..4)));
    let rest = (
        0..253_402_275_600_u64,
        any::<[u8; 32]>(),
        any::<[u8; 32]>(),
        vec(vec(any::<u8>(), 0..200), 0..3),
    );
    let ids = (0..1_u64 << 48, any::<[u8; 10]>(), prop::sample::select(Kind::ALL));
    (ids, place, entry, rest).prop_map(|((at, chance, kind), (office, lane, seq, prev), entry, rest)| {
        let (entry, basis, targets) = match entry {
            Some((entry, basis, targets)) => (Some(entry), basis, targets),
            None => (None, None, Vec::new()),
        };
        let (signed_at, blake3, sha256, endorsements) = rest;
        Envelope {
            event: EventId::at(at, chance),
            stream: StreamId {
                office: OfficeId(office),
                lane,
            },
            seq,
            prev,
            kind,
            entry,
            basis,
            targets,
            signed_at,
            commitment: Commitment { blake3, sha256 },
            endorsements,
        }
    })
}

proptest! {
    #[test]
    fn an_act_goes_through_its_bytes_and_its_json((kind, json) in any_act(), salt in any::<[u8; 32]>()) {
        let act = read(kind, &json);
        prop_assert_eq!(&read(kind, &act.to_json()), &act);
        let body = Body {
            act,
            acknowledgements: vec![
                Acknowledgement { warning: "a".to_owned(), reason: "một".to_owned() },
                Acknowledgement { warning: "b_2".to_owned(), reason: "hai".to_owned() },
            ],
        };
        let bytes = body.encode();
        prop_assert_eq!(Body::decode(&bytes), Ok(body.clone()));
        let sealed = body.seal(salt);
        prop_assert!(Commitment::to(&sealed).opens(&sealed));
        prop_assert_eq!(Body::unseal(&sealed), Ok(body));
    }

    #[test]
    fn a_body_with_a_changed_bit_is_refused_or_says_something_else(
        (kind, json) in any_act(),
        place in any::<prop::sample::Index>(),
    ) {
        let body = Body { act: read(kind, &json), acknowledgements: Vec::new() };
        let mut bytes = body.encode();
        let bit = place.index(bytes.len() * 8);
        bytes[bit / 8] ^= 1 << (bit % 8);
        if let Ok(other) = Body::decode(&bytes) {
            prop_assert_ne!(&other, &body);
            prop_assert_eq!(other.encode(), bytes);
        }
    }

    #[test]
    fn an_envelope_goes_through_its_bytes(envelope in any_envelope()) {
        let bytes = envelope.encode();
        prop_assert_eq!(Envelope::decode(&bytes), Ok(envelope));
        prop_assert_eq!(Envelope::decode(&bytes[..bytes.len() - 1]), Err(Malformed::Truncated));
        prop_assert_eq!(Envelope::decode(&[&bytes[..], &[0]].concat()), Err(Malformed::TrailingBytes));
    }

    #[test]
    fn an_envelope_with_a_changed_bit_is_refused_or_says_something_else(
        envelope in any_envelope(),
        place in any::<prop::sample::Index>(),
    ) {
        let mut bytes = envelope.encode();
        let bit = place.index(bytes.len() * 8);
        bytes[bit / 8] ^= 1 << (bit % 8);
        if let Ok(other) = Envelope::decode(&bytes) {
            prop_assert_ne!(&other, &envelope);
            prop_assert_eq!(other.encode(), bytes);
        }
    }

    #[test]
    fn no_bytes_make_the_readers_panic(bytes in vec(any::<u8>(), 0..300)) {
        let _ = Body::decode(&bytes);
        let _ = Body::unseal(&bytes);
        let _ = Envelope::decode(&bytes);
    }
}

#[test]
fn a_sealed_body_fills_one_mebibyte_and_no_byte_more() {
    assert_eq!(Body::unseal(&vec![0; (1 << 20) + 1]), Err(Malformed::TooLarge));
    assert_ne!(Body::unseal(&vec![0; 1 << 20]), Err(Malformed::TooLarge));
    assert_eq!(Body::unseal(&[0; 31]), Err(Malformed::Truncated));
}
