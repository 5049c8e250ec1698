//! Negative vectors: bytes that every reader of the format must refuse, and with what refusal ours does.

mod body;
mod cbor;
mod envelope;
mod event;
mod signed;

use ciborium::Value;
use civil::act::Body;
use civil::cose::{Endorsement, PublicKey, SignedEvent};
use civil::envelope::Envelope;
use civil::event::CivilEvent;
use serde::Serialize;

use crate::story;

/// One thing to be refused.
#[derive(Debug, Clone, Serialize)]
pub struct Refused {
    pub name: String,
    /// What the bytes claim to be.
    pub item: &'static str,
    pub bytes: String,
    /// The other half of an event, or the key that a signature claims.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub with: Option<String>,
    pub refusal: String,
    /// Whether CBOR, CDDL and the rules of text are enough to see it; otherwise the meaning of the record is needed.
    pub by: &'static str,
}

#[derive(Serialize)]
struct File {
    made_by: &'static str,
    refused: Vec<Refused>,
}

/// Every negative vector; a maker that finds one accepted stops.
pub fn all() -> Vec<Refused> {
    let story = story::chain();
    let mut all = cbor::refused();
    all.extend(body::refused(&story));
    all.extend(envelope::refused(&story));
    all.extend(signed::refused(&story));
    all.extend(event::refused_events());
    all
}

/// The file.
pub fn to_json() -> String {
    file(all())
}

/// A file of negative vectors.
pub fn file(refused: Vec<Refused>) -> String {
    let file = File {
        made_by: "cargo run -p civil --example vectors -- schemas/vectors",
        refused,
    };
    serde_json::to_string_pretty(&file).unwrap() + "\n"
}

impl Refused {
    pub fn new(name: impl Into<String>, item: &'static str, bytes: Vec<u8>) -> Self {
        Self::with(name, item, bytes, None)
    }

    pub fn with(name: impl Into<String>, item: &'static str, bytes: Vec<u8>, with: Option<Vec<u8>>) -> Self {
        let name = name.into();
        let refusal = refusal(item, &bytes, with.as_deref()).unwrap_or_else(|| panic!("{name} is accepted"));
        Self {
            name,
            item,
            bytes: hex::encode(bytes),
            with: with.map(hex::encode),
            refusal,
            by: "form",
        }
    }

    /// Needs the meaning of the record to be refused.
    pub fn by_meaning(self) -> Self {
        Self {
            by: "meaning",
            ..self
        }
    }
}

/// How our reader refuses it; none when it does not.
pub fn refusal(item: &str, bytes: &[u8], with: Option<&[u8]>) -> Option<String> {
    let with = with.unwrap_or_default();
    match item {
        "cbor" => civil::cbor::decode(bytes).err().map(|error| format!("{error:?}")),
        "body" => Body::decode(bytes).err().map(|error| format!("{error:?}")),
        "sealed_body" => Body::unseal(bytes).err().map(|error| format!("{error:?}")),
        "envelope" => Envelope::decode(bytes).err().map(|error| format!("{error:?}")),
        "signed_event" => SignedEvent::parse(bytes).err().map(|error| format!("{error:?}")),
        "endorsement" => Endorsement::parse(bytes).err().map(|error| format!("{error:?}")),
        "cose_key" => PublicKey::from_cose_key(bytes)
            .err()
            .map(|error| format!("{error:?}")),
        "signature" => {
            let key = PublicKey::from_cose_key(with).unwrap();
            let verdict = SignedEvent::parse(bytes).unwrap().verify(&key);
            verdict.err().map(|error| format!("{error:?}"))
        }
        "event" => CivilEvent::read(0, 0, bytes, with)
            .err()
            .map(|error| format!("{error:?}")),
        _ => panic!("no such item: {item}"),
    }
}

/// A tree in whose place another one stands: the step is a key of a map or an index of an array.
pub fn put(tree: &mut Value, path: &[u64], value: Value) {
    let (step, rest) = path.split_first().unwrap();
    let place = match tree {
        Value::Array(items) => &mut items[usize::try_from(*step).unwrap()],
        Value::Map(pairs) => {
            let key = Value::Integer((*step).into());
            let number = |pair: &(Value, Value)| u64::try_from(pair.0.as_integer().unwrap()).unwrap();
            let place = pairs.partition_point(|pair| number(pair) < *step);
            if pairs.get(place).is_none_or(|pair| pair.0 != key) {
                pairs.insert(place, (key, Value::Null));
            }
            &mut pairs[place].1
        }
        _ => panic!("no way through a leaf"),
    };
    if rest.is_empty() {
        *place = value;
    } else {
        put(place, rest, value);
    }
}

pub fn drop_key(tree: &mut Value, path: &[u64], key: u64) {
    let place = path.iter().fold(tree, |tree, step| match tree {
        Value::Array(items) => &mut items[usize::try_from(*step).unwrap()],
        Value::Map(pairs) => {
            &mut pairs
                .iter_mut()
                .find(|(found, _)| *found == Value::Integer((*step).into()))
                .unwrap()
                .1
        }
        _ => panic!("no way through a leaf"),
    });
    if let Value::Map(pairs) = place {
        pairs.retain(|(found, _)| *found != Value::Integer(key.into()));
    }
}

pub fn int(number: u64) -> Value {
    Value::Integer(number.into())
}

pub fn text(text: impl Into<String>) -> Value {
    Value::Text(text.into())
}

pub fn list(items: impl IntoIterator<Item = Value>) -> Value {
    Value::Array(items.into_iter().collect())
}

pub fn map(pairs: impl IntoIterator<Item = (u64, Value)>) -> Value {
    Value::Map(pairs.into_iter().map(|(key, value)| (int(key), value)).collect())
}
