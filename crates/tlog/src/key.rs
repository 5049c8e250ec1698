//! Verifier keys of signed notes: the public keys by which notes and checkpoints are judged.

use crate::mldsa;
use base64::{Engine, engine::general_purpose::STANDARD};
use ed25519_dalek::VerifyingKey;
use sha2::{Digest, Sha256};
use std::{fmt, str::FromStr};

/// What a signature says (the signature type of C2SP signed-note).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyKind {
    /// 0x01: Ed25519 over the text of the note.
    Ed25519,
    /// 0x04: Ed25519 `cosignature/v1` over a checkpoint and a time (C2SP tlog-cosignature).
    Cosignature,
    /// 0x06: ML-DSA-44 over a tree and a time (C2SP tlog-cosignature): a witness's, or a log's second signature.
    MlDsa44,
}

impl KeyKind {
    /// The byte that stands for it in key ids and verifier keys.
    #[must_use]
    pub const fn byte(self) -> u8 {
        match self {
            Self::Ed25519 => 0x01,
            Self::Cosignature => 0x04,
            Self::MlDsa44 => 0x06,
        }
    }

    /// The kind a byte stands for, or `None` for one we do not verify.
    #[must_use]
    pub const fn from_byte(byte: u8) -> Option<Self> {
        match byte {
            0x01 => Some(Self::Ed25519),
            0x04 => Some(Self::Cosignature),
            0x06 => Some(Self::MlDsa44),
            _ => None,
        }
    }
}

/// The name of a key: not empty, without Unicode spaces, plus signs and control characters (C2SP
/// signed-note).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyName(String);

impl KeyName {
    /// Reads a name.
    ///
    /// # Errors
    /// [`KeyError::Name`] when signed-note does not allow it.
    pub fn new(name: &str) -> Result<Self, KeyError> {
        let refused = |c: char| c.is_whitespace() || c == '+' || c < ' ';
        if name.is_empty() || name.chars().any(refused) {
            return Err(KeyError::Name);
        }
        Ok(Self(name.to_owned()))
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for KeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A public key with its name and kind. `Display` and `FromStr` are the *vkey*, `<name>+<8 hex>+<base64>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifierKey {
    name: KeyName,
    kind: KeyKind,
    id: u32,
    public: Public,
}

/// A public key of either algorithm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Public {
    Ed25519(VerifyingKey),
    MlDsa44(mldsa::Public),
}

impl Public {
    fn new(kind: KeyKind, bytes: &[u8]) -> Result<Self, KeyError> {
        match kind {
            KeyKind::Ed25519 | KeyKind::Cosignature => ed25519(bytes).map(Self::Ed25519),
            KeyKind::MlDsa44 => mldsa::Public::from_bytes(bytes)
                .map(Self::MlDsa44)
                .ok_or(KeyError::Malformed),
        }
    }

    fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Ed25519(key) => key.as_bytes(),
            Self::MlDsa44(key) => key.as_bytes(),
        }
    }
}

/// A key that is a point of the curve, in its canonical encoding, and none of the weak ones.
fn ed25519(bytes: &[u8]) -> Result<VerifyingKey, KeyError> {
    let bytes = bytes.try_into().map_err(|_| KeyError::Malformed)?;
    let public = VerifyingKey::from_bytes(bytes).map_err(|_| KeyError::WeakKey)?;
    let canonical = public.to_edwards().compress();
    if public.is_weak() || canonical.as_bytes() != public.as_bytes() {
        return Err(KeyError::WeakKey);
    }
    Ok(public)
}

/// A text is no key, or no key we can use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The name is empty or has a space, a plus sign or a control character.
    #[error("not the name of a key")]
    Name,
    /// The text does not have the shape of a key.
    #[error("not a key")]
    Malformed,
    /// The signature type is none that we verify.
    #[error("signature type 0x{0:02x} is not supported")]
    UnknownKind(u8),
    /// The key id does not belong to this name and key.
    #[error("the key id does not belong to the key")]
    WrongId,
    /// The bytes are no point of the curve, not its canonical encoding, or one of the weak points under which
    /// one signature fits many messages.
    #[error("not an acceptable Ed25519 key")]
    WeakKey,
}

impl VerifierKey {
    /// A key from its parts; the id is computed from them.
    ///
    /// # Errors
    /// [`KeyError::Name`], [`KeyError::WeakKey`]; [`KeyError::Malformed`] when there are more or fewer bytes than the kind has.
    pub fn new(name: &str, kind: KeyKind, public: &[u8]) -> Result<Self, KeyError> {
        let name = KeyName::new(name)?;
        let public = Public::new(kind, public)?;
        Ok(Self {
            id: key_id(&name, kind, public.as_bytes()),
            name,
            kind,
            public,
        })
    }

    /// The name its signatures carry.
    #[must_use]
    pub const fn name(&self) -> &KeyName {
        &self.name
    }

    /// What its signatures say.
    #[must_use]
    pub const fn kind(&self) -> KeyKind {
        self.kind
    }

    /// The key id: a short name for the key, not a proof of it.
    #[must_use]
    pub const fn id(&self) -> u32 {
        self.id
    }

    /// The bytes of the public key: 32, or 1,312 of ML-DSA-44.
    #[must_use]
    pub fn public_bytes(&self) -> &[u8] {
        self.public.as_bytes()
    }

    pub(crate) const fn public(&self) -> &Public {
        &self.public
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&encode_key(
            &self.name,
            self.id,
            self.kind,
            self.public.as_bytes(),
        ))
    }
}

impl FromStr for VerifierKey {
    type Err = KeyError;

    fn from_str(vkey: &str) -> Result<Self, KeyError> {
        let raw = RawKey::parse(vkey)?;
        let key = Self::new(raw.name, raw.kind, &raw.bytes)?;
        if key.id == raw.id {
            Ok(key)
        } else {
            Err(KeyError::WrongId)
        }
    }
}

/// A key as text, before it is known to be one: what verifier and signer keys have in common.
pub(crate) struct RawKey<'a> {
    pub(crate) name: &'a str,
    pub(crate) id: u32,
    pub(crate) kind: KeyKind,
    pub(crate) bytes: Vec<u8>,
}

impl<'a> RawKey<'a> {
    /// Reads `<name>+<8 hex>+<base64 of type and key>`.
    pub(crate) fn parse(text: &'a str) -> Result<Self, KeyError> {
        let (name, rest) = text.split_once('+').ok_or(KeyError::Malformed)?;
        let (id, key) = rest.split_once('+').ok_or(KeyError::Malformed)?;
        let id = parse_id(id).ok_or(KeyError::Malformed)?;
        // A kind that we do not know may have any length, so the type is read first.
        let head = key.get(..4).and_then(|head| STANDARD.decode(head).ok());
        let kind = *head
            .as_deref()
            .and_then(<[u8]>::first)
            .ok_or(KeyError::Malformed)?;
        let kind = KeyKind::from_byte(kind).ok_or(KeyError::UnknownKind(kind))?;
        let key = STANDARD.decode(key).map_err(|_| KeyError::Malformed)?;
        let bytes = key.get(1..).ok_or(KeyError::Malformed)?.to_vec();
        Ok(Self {
            name,
            id,
            kind,
            bytes,
        })
    }
}

/// Writes `<name>+<8 hex>+<base64 of type and key>`.
pub(crate) fn encode_key(name: &KeyName, id: u32, kind: KeyKind, key: &[u8]) -> String {
    let mut bytes = vec![kind.byte()];
    bytes.extend_from_slice(key);
    format!("{name}+{id:08x}+{}", STANDARD.encode(bytes))
}

/// The key id (C2SP signed-note): the first four bytes of SHA-256(name ‖ LF ‖ type ‖ public key).
fn key_id(name: &KeyName, kind: KeyKind, public: &[u8]) -> u32 {
    let digest = Sha256::new()
        .chain_update(name.as_str())
        .chain_update([b'\n', kind.byte()])
        .chain_update(public)
        .finalize();
    digest.first_chunk().map_or(0, |id| u32::from_be_bytes(*id))
}

/// Eight lower-case hexadecimal digits.
fn parse_id(text: &str) -> Option<u32> {
    let plain = text.len() == 8
        && text
            .bytes()
            .all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'));
    if plain {
        u32::from_str_radix(text, 16).ok()
    } else {
        None
    }
}
