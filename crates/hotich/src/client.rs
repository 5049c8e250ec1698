//! What an officer's own machine does with a draft: check that it says what was asked, endorse, sign.

use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use civil::act::{Act, Body};
use civil::cose::{SecretKey, endorse, sign};
use civil::envelope::Envelope;
use civil::event::check_shape;
use civil::wire::FieldError;
use registry::{Address, Command, Defaults};
use serde_json::{Value as Json, json};

use crate::outcome::{Error, Result};

/// A signed event with its sealed body.
#[derive(Debug, Clone)]
pub struct SignedAct {
    /// COSE_Sign1.
    pub signed: Vec<u8>,
    /// Salt and body.
    pub sealed_body: Vec<u8>,
}

impl SignedAct {
    /// As `POST /v1/events` wants it.
    pub fn to_json(&self) -> Json {
        json!({ "signed": STANDARD.encode(&self.signed), "sealed_body": STANDARD.encode(&self.sealed_body) })
    }
}

/// Bytes from base64.
pub fn bytes(json: &Json, member: &str) -> Result<Vec<u8>> {
    let text = json.get(member).and_then(Json::as_str).unwrap_or_default();
    STANDARD
        .decode(text)
        .map_err(|_| Error::using(format!("the answer has no {member} in base64")))
}

/// How far the clock by which a draft was dated may be from this machine's.
const CLOCKS_APART_MAX_S: u64 = 24 * 3_600;

/// Reads a draft that says what was asked: see [`sign_draft`].
///
/// # Errors
/// [`Error::Refused`] naming what it says otherwise.
pub fn read_draft(asked: &Json, envelope: &[u8], sealed_body: &[u8]) -> Result<(Envelope, Body)> {
    let read = Envelope::decode(envelope).map_err(|error| refuse(error.to_string()))?;
    if !read.commitment.opens(sealed_body) {
        return Err(refuse("its body does not open its commitment".to_owned()));
    }
    let body = Body::unseal(sealed_body).map_err(|error| refuse(error.to_string()))?;
    check(asked, &read, &body).map_err(refuse)?;
    Ok((read, body))
}

/// That a draft is not signed, and why.
pub fn refuse(why: String) -> Error {
    Error::Refused(format!("the draft is not signed: {why}"))
}

/// Checks a draft against what was asked and signs it. Whatever the server sent, the officer's key signs only a body
/// that says what the officer's file says: no less, no more, and nothing acknowledged that the officer did not
/// acknowledge. The server fills in the number of the book and the hash of a copy's content where the file leaves them
/// out, the ids, and the heads of the chains, which the ledger checks. Of a copy the content is checked by [`crate::copy`]. `now_ms` is this machine's clock.
pub fn sign_draft(
    asked: &Json,
    envelope: &[u8],
    sealed_body: Vec<u8>,
    key: &SecretKey,
    second: Option<&SecretKey>,
    now_ms: i64,
) -> Result<SignedAct> {
    let (mut read, _) = read_draft(asked, envelope, &sealed_body)?;
    let now_s = u64::try_from(now_ms / 1_000).unwrap_or_default();
    if read.signed_at.abs_diff(now_s) > CLOCKS_APART_MAX_S {
        return Err(refuse(
            "its clock is more than a day from this machine's".to_owned(),
        ));
    }
    if let Some(second) = second {
        if second.public().id() == key.public().id() {
            return Err(Error::using(
                "the second key is the first: another person must endorse",
            ));
        }
        read.endorsements.push(endorse(&read.commitment, second));
    }
    Ok(SignedAct {
        signed: sign(&read.encode(), key),
        sealed_body,
    })
}

/// Why a draft is not what was asked.
fn check(asked: &Json, envelope: &Envelope, body: &Body) -> std::result::Result<(), String> {
    let faulty = |errors: Vec<FieldError>| {
        let pointers: Vec<String> = errors.into_iter().map(|error| error.pointer).collect();
        format!("the request itself is faulty at {}", pointers.join(", "))
    };
    let address = Address::from_json(asked).map_err(faulty)?;
    let filled_in = Defaults {
        number: body.act.book().and_then(|(_, book)| book.number),
        content_hash: content_hash(body),
    };
    let asked = Command::from_json(asked, address, filled_in).map_err(faulty)?;
    if body.act.kind() != asked.act.kind() || envelope.kind != asked.act.kind() {
        return Err("it is of another kind than was asked".to_owned());
    }
    if envelope.stream.office != asked.stream.office {
        return Err("it is for another office than was asked".to_owned());
    }
    if envelope.stream != asked.stream {
        return Err("it is in another lane than was asked".to_owned());
    }
    if body.act != asked.act {
        let field = difference(&asked.act.to_json(), &body.act.to_json(), "/act");
        return Err(format!(
            "{} is not what was asked",
            field.as_deref().unwrap_or("/act")
        ));
    }
    if body.acknowledgements != asked.acknowledgements {
        return Err("it acknowledges other warnings than were acknowledged".to_owned());
    }
    let another_entry = asked.entry.is_some() && envelope.entry != asked.entry;
    if another_entry || check_shape(envelope, body).is_err() {
        return Err("its envelope names other entries than were asked for".to_owned());
    }
    Ok(())
}

fn content_hash(body: &Body) -> Option<[u8; 32]> {
    match &body.act {
        Act::ExtractIssued(act) => Some(act.content_hash.0),
        _ => None,
    }
}

/// The first place where one document says something else than the other.
fn difference(asked: &Json, got: &Json, pointer: &str) -> Option<String> {
    match (asked, got) {
        (Json::Object(asked), Json::Object(got)) => {
            let names: BTreeSet<&String> = asked.keys().chain(got.keys()).collect();
            names.into_iter().find_map(|name| {
                let below = format!("{pointer}/{name}");
                match (asked.get(name), got.get(name)) {
                    (Some(asked), Some(got)) => difference(asked, got, &below),
                    _ => Some(below),
                }
            })
        }
        (Json::Array(asked), Json::Array(got)) if asked.len() == got.len() => {
            let pairs = asked.iter().zip(got).enumerate();
            pairs
                .into_iter()
                .find_map(|(index, (asked, got))| difference(asked, got, &format!("{pointer}/{index}")))
        }
        (asked, got) => (asked != got).then(|| pointer.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_that_says_something_else_is_found_at_its_field() {
        let asked = json!({ "child": { "name": "Nguyễn An", "sex": "male" }, "wards": [1, 2] });
        for (changed, field) in [
            (
                json!({ "child": { "name": "Nguyễn Ân", "sex": "male" }, "wards": [1, 2] }),
                "/act/child/name",
            ),
            (
                json!({ "child": { "name": "Nguyễn An" }, "wards": [1, 2] }),
                "/act/child/sex",
            ),
            (
                json!({ "child": { "name": "Nguyễn An", "sex": "male" }, "wards": [1, 2], "father": {} }),
                "/act/father",
            ),
            (
                json!({ "child": { "name": "Nguyễn An", "sex": "male" }, "wards": [1, 3] }),
                "/act/wards/1",
            ),
            (
                json!({ "child": { "name": "Nguyễn An", "sex": "male" }, "wards": [1] }),
                "/act/wards",
            ),
        ] {
            assert_eq!(difference(&asked, &changed, "/act").as_deref(), Some(field));
        }
        assert_eq!(difference(&asked, &asked, "/act"), None);
    }
}
