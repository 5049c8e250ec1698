//! One signature line of a note.

use crate::{
    cosignature,
    key::{KeyError, KeyKind, KeyName, Public, VerifierKey},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use ed25519_dalek::Signature;
use std::{fmt, str::FromStr};

/// One signature of a note: who signed, and the bytes, whose meaning depends on the key.
///
/// `Display` is the line without its line feed: `— <name> <base64 of key id and signature>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteSignature {
    name: KeyName,
    id: u32,
    bytes: Vec<u8>,
}

impl NoteSignature {
    /// A signature made elsewhere, for instance by a key that never leaves its device. It is not verified.
    #[must_use]
    pub const fn new(name: KeyName, id: u32, bytes: Vec<u8>) -> Self {
        Self { name, id, bytes }
    }

    /// The name of the key that is said to have signed.
    #[must_use]
    pub const fn name(&self) -> &KeyName {
        &self.name
    }

    /// The id of that key.
    #[must_use]
    pub const fn id(&self) -> u32 {
        self.id
    }

    /// The signature without the key id. For a cosignature: 8 bytes of time, then the signature proper.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Whether it claims to be made by this key.
    #[must_use]
    pub fn is_by(&self, key: &VerifierKey) -> bool {
        self.id == key.id() && self.name == *key.name()
    }

    /// Judges it by a key it claims: `None` when false, else the time it states, if its kind states one.
    pub(crate) fn verify(&self, text: &str, key: &VerifierKey) -> Option<Option<u64>> {
        match (key.public(), key.kind()) {
            (Public::Ed25519(public), KeyKind::Cosignature) => {
                cosignature::verify(public, text, &self.bytes).map(Some)
            }
            (Public::Ed25519(public), _) => {
                let signature = Signature::from_slice(&self.bytes).ok()?;
                let judged = public.verify_strict(text.as_bytes(), &signature);
                judged.ok().map(|()| None)
            }
            (Public::MlDsa44(public), _) => {
                let checkpoint = text.parse().ok()?;
                let time = public.verify(key.name().as_str(), &checkpoint, &self.bytes);
                time.map(Some)
            }
        }
    }
}

impl fmt::Display for NoteSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut field = self.id.to_be_bytes().to_vec();
        field.extend_from_slice(&self.bytes);
        write!(f, "— {} {}", self.name, STANDARD.encode(field))
    }
}

impl FromStr for NoteSignature {
    type Err = KeyError;

    fn from_str(line: &str) -> Result<Self, KeyError> {
        let (name, field) = line
            .strip_prefix("— ")
            .and_then(|line| line.split_once(' '))
            .ok_or(KeyError::Malformed)?;
        let field = STANDARD.decode(field).map_err(|_| KeyError::Malformed)?;
        match field.split_first_chunk() {
            Some((id, bytes)) if !bytes.is_empty() => Ok(Self::new(
                KeyName::new(name)?,
                u32::from_be_bytes(*id),
                bytes.to_vec(),
            )),
            _ => Err(KeyError::Malformed),
        }
    }
}
