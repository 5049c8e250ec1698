//! What an officer's own machine does with a draft: check that it says what was asked, endorse, sign.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use civil::act::Body;
use civil::cose::{SecretKey, endorse, sign};
use civil::envelope::{Commitment, Envelope};
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
        .map_err(|_| Error::using(format!("the draft has no {member} in base64")))
}

/// Checks a draft against what was asked and signs it. Whatever the server sent, the officer's key signs only a body
/// that says what the officer's file says.
pub fn sign_draft(
    asked: &Json,
    envelope: &[u8],
    sealed_body: Vec<u8>,
    key: &SecretKey,
    second: Option<&SecretKey>,
) -> Result<SignedAct> {
    let refuse = |why: &str| Error::using(format!("the draft is not signed: {why}"));
    let mut read = Envelope::decode(envelope).map_err(|error| refuse(&error.to_string()))?;
    if read.commitment != Commitment::to(&sealed_body) {
        return Err(refuse("its body does not open its commitment"));
    }
    let body = Body::unseal(&sealed_body).map_err(|error| refuse(&error.to_string()))?;
    if Some(body.act.kind().name()) != asked.get("kind").and_then(Json::as_str)
        || read.kind != body.act.kind()
    {
        return Err(refuse("it is of another kind than was asked"));
    }
    if asked.get("office").and_then(Json::as_u64) != Some(u64::from(read.stream.office.0)) {
        return Err(refuse("it is for another office than was asked"));
    }
    if let Some(field) = difference(
        asked.get("act").unwrap_or(&Json::Null),
        &body.act.to_json(),
        "/act",
    ) {
        return Err(refuse(&format!("{field} is not what was asked")));
    }
    if let Some(second) = second {
        read.endorsements.push(endorse(&read.commitment, second));
    }
    Ok(SignedAct {
        signed: sign(&read.encode(), key),
        sealed_body,
    })
}

/// The first place where `got` does not say what `asked` says. What was not asked may be there: the server fills in
/// numbers and hashes.
fn difference(asked: &Json, got: &Json, pointer: &str) -> Option<String> {
    match (asked, got) {
        (Json::Object(asked), Json::Object(got)) => asked.iter().find_map(|(name, value)| {
            difference(
                value,
                got.get(name).unwrap_or(&Json::Null),
                &format!("{pointer}/{name}"),
            )
        }),
        (Json::Array(asked), Json::Array(got)) if asked.len() == got.len() => asked
            .iter()
            .zip(got)
            .enumerate()
            .find_map(|(index, (asked, got))| difference(asked, got, &format!("{pointer}/{index}"))),
        (Json::String(asked), Json::String(got)) => {
            (civil::value::Text::normalise(asked) != *got).then(|| pointer.to_owned())
        }
        // A record that is only its value may be written as the value alone, and the reverse.
        (Json::Object(asked), got) if asked.len() == 1 => {
            let value = asked.get("value").or_else(|| asked.get("full"));
            value.map_or_else(
                || Some(pointer.to_owned()),
                |value| difference(value, got, pointer),
            )
        }
        (Json::Object(asked), Json::Null) if asked.values().all(Json::is_null) => None,
        (Json::Array(asked), Json::Null) if asked.is_empty() => None,
        (Json::Bool(false), Json::Null) => None,
        (asked, got) => (asked != got).then(|| pointer.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_that_says_something_else_is_found_at_its_field() {
        let asked = json!({ "child": { "name": "Nguyễn An", "sex": "male" } });
        let got = json!({ "child": { "name": "Nguyễn Ân", "sex": "male" }, "book": { "number": 1 } });
        assert_eq!(
            difference(&asked, &got, "/act"),
            Some("/act/child/name".to_owned())
        );
        assert_eq!(
            difference(
                &asked,
                &json!({ "child": { "name": "Nguyễn An", "sex": "male" } }),
                "/act"
            ),
            None
        );
    }

    #[test]
    fn text_in_another_normal_form_is_the_same_text() {
        assert_eq!(
            difference(&json!("Nguye\u{302}\u{303}n"), &json!("Nguyễn"), ""),
            None
        );
    }
}
