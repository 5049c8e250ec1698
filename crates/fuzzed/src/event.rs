//! Events (RFC 0001): CBOR, envelope, body, COSE_Sign1, and an act as an office's program sends it.

use civil::act::{Act, Body};
use civil::cbor;
use civil::cose::SignedEvent;
use civil::envelope::Envelope;
use civil::event::CivilEvent;
use civil::kind::Kind;
use civil::wire::Form;

pub fn cbor(bytes: &[u8]) {
    if let Ok(value) = cbor::decode(bytes) {
        assert_eq!(cbor::encode(&value), bytes);
    }
}

pub fn envelope(bytes: &[u8]) {
    if let Ok(envelope) = Envelope::decode(bytes) {
        assert_eq!(envelope.encode(), bytes);
    }
}

pub fn body(bytes: &[u8]) {
    if let Ok(body) = Body::decode(bytes) {
        assert_eq!(body.encode(), bytes);
        let json = body.act.to_json();
        let mut form = Form::new();
        let again = Act::from_json(body.act.kind(), &json, &mut form);
        let again = form.finish(again).expect("an act reads back from its own JSON");
        assert_eq!(again, body.act, "the act that its JSON says is the act");
    }
    let _ = Body::unseal(bytes);
}

/// Two bytes with the length of the signed event, it, and the sealed body.
pub fn signed_event(bytes: &[u8]) {
    let Some((length, rest)) = bytes.split_first_chunk::<2>() else {
        return;
    };
    let length = usize::from(u16::from_be_bytes(*length)).min(rest.len());
    let (signed, sealed) = rest.split_at(length);
    if let Ok(parts) = SignedEvent::parse(signed) {
        let _ = parts.signed_bytes();
    }
    if let Ok(event) = CivilEvent::read(7, 1_000, signed, sealed) {
        assert!(event.envelope.commitment.opens(sealed));
    }
}

/// The kind in one byte, and JSON.
pub fn act_json(bytes: &[u8]) {
    let Some((kind, json)) = bytes.split_first() else {
        return;
    };
    let Some(kind) = Kind::of(u64::from(*kind)) else {
        return;
    };
    let Ok(json) = serde_json::from_slice(json) else {
        return;
    };
    let mut form = Form::new();
    let act = Act::from_json(kind, &json, &mut form);
    if let Ok(act) = form.finish(act) {
        let body = Body {
            act,
            acknowledgements: Vec::new(),
        };
        let bytes = body.encode();
        let again = Body::decode(&bytes).expect("what was read from JSON is written as a body");
        assert_eq!(again.act, body.act);
    }
}
