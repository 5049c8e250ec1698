//! The body of an event: the act, and what its signer acknowledged.

use ciborium::Value;

use super::Act;
use crate::cbor::{self, Malformed, Writer};
use crate::kind::Kind;
use crate::value::Text;

/// A warning that the officer has seen, and why they went on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Acknowledgement {
    /// The warning's code.
    pub warning: String,
    /// The officer's reason.
    pub reason: String,
}

/// The body of an event: the act and the warnings that its signer acknowledged (RFC 0001 §3).
#[derive(Debug, Clone, PartialEq)]
pub struct Body {
    /// The act.
    pub act: Act,
    /// In ascending order of code, each code once.
    pub acknowledgements: Vec<Acknowledgement>,
}

/// The version of the body's layout.
const VERSION: u8 = 1;
const BODY: Malformed = Malformed::Shape("body");

impl Body {
    /// The one encoding.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Writer::with_capacity(1_536);
        out.array(4)
            .uint(VERSION.into())
            .uint(self.act.kind().code().into());
        self.act.write(&mut out);
        out.array(self.acknowledgements.len());
        for seen in &self.acknowledgements {
            out.array(2).text(&seen.warning).text(&seen.reason);
        }
        out.finish()
    }

    /// Reads the one encoding.
    ///
    /// # Errors
    /// [`Malformed`] for any other bytes.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let items = cbor::decode(bytes)?.into_array().map_err(|_| BODY)?;
        let [version, kind, act, acknowledgements]: [Value; 4] = items.try_into().map_err(|_| BODY)?;
        if version != Value::Integer(VERSION.into()) {
            return Err(Malformed::Shape("body version"));
        }
        let code = kind.as_integer().and_then(|code| u64::try_from(code).ok());
        let kind = code.and_then(Kind::of).ok_or(Malformed::Shape("kind"))?;
        let act = Act::from_cbor(kind, act)?;
        let mut seen: Vec<Acknowledgement> = Vec::new();
        for item in acknowledgements.into_array().map_err(|_| BODY)? {
            let [warning, reason]: [Value; 2] = item
                .into_array()
                .map_err(|_| BODY)?
                .try_into()
                .map_err(|_| BODY)?;
            let warning = warning.into_text().map_err(|_| BODY)?;
            let reason = reason.into_text().map_err(|_| BODY)?;
            let ascending = seen.last().is_none_or(|last| last.warning < warning);
            if !ascending || !is_code(&warning) || Text::parse(&reason).is_err() {
                return Err(Malformed::Shape("acknowledgements"));
            }
            seen.push(Acknowledgement { warning, reason });
        }
        let body = Self {
            act,
            acknowledgements: seen,
        };
        // What a reader of another version leaves out would change the bytes: then they are not this format.
        if body.encode() == bytes {
            Ok(body)
        } else {
            Err(BODY)
        }
    }

    /// The body of a sealed body (`salt32 ‖ body`).
    ///
    /// # Errors
    /// [`Malformed`] as [`Body::decode`], also when there is no room for the salt or too much behind it.
    pub fn unseal(sealed: &[u8]) -> Result<Self, Malformed> {
        if sealed.len() > SEALED_SIZE_MAX {
            return Err(Malformed::TooLarge);
        }
        sealed
            .split_at_checked(SALT_SIZE)
            .ok_or(Malformed::Truncated)
            .and_then(|(_, body)| Self::decode(body))
    }

    /// The sealed body with that salt.
    pub fn seal(&self, salt: [u8; SALT_SIZE]) -> Vec<u8> {
        let mut sealed = salt.to_vec();
        sealed.extend(self.encode());
        sealed
    }
}

/// How many bytes of chance keep a body from being guessed by its hash.
pub const SALT_SIZE: usize = 32;
/// How many bytes a sealed body may have, its salt included.
pub const SEALED_SIZE_MAX: usize = cbor::BODY_SIZE_MAX + SALT_SIZE;

/// Whether a text can be the code of a warning: lower-case letters, digits and underscores, at most 64. Which codes
/// there are is a matter of the rules, not of the format.
fn is_code(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    (1..=64).contains(&text.len()) && text.bytes().all(fits)
}
