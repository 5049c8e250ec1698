//! Secret keys that sign: a log its checkpoints, a witness what it has seen.

use crate::{
    cosignature::{MAX_TIME, cosigned_message},
    key::{KeyError, KeyKind, KeyName, RawKey, VerifierKey, encode_key},
    signature::NoteSignature,
};
use ed25519_dalek::{SECRET_KEY_LENGTH, Signer as _, SigningKey};
use std::{fmt, str::FromStr};

/// What stands before a secret key in text, as in Go's sumdb.
const PREFIX: &str = "PRIVATE+KEY+";

/// A secret Ed25519 key with the name and kind under which it signs. `FromStr` and
/// [`SignerKey::to_secret_string`] are `PRIVATE+KEY+<name>+<8 hex>+<base64>`; there is no `Display`, and
/// `Debug` shows the public half only.
///
/// The kind is fixed with the key, because a key must not be used for two kinds of signature.
#[derive(Clone)]
pub struct SignerKey {
    verifier: VerifierKey,
    secret: SigningKey,
}

impl SignerKey {
    /// A key from its 32 secret bytes.
    ///
    /// # Errors
    /// [`KeyError::Name`].
    pub fn new(name: &str, kind: KeyKind, secret: &[u8; SECRET_KEY_LENGTH]) -> Result<Self, KeyError> {
        let secret = SigningKey::from_bytes(secret);
        let verifier = VerifierKey::new(name, kind, secret.verifying_key().as_bytes())?;
        Ok(Self { verifier, secret })
    }

    /// The public half.
    #[must_use]
    pub const fn verifier(&self) -> &VerifierKey {
        &self.verifier
    }

    /// The name under which it signs.
    #[must_use]
    pub const fn name(&self) -> &KeyName {
        self.verifier.name()
    }

    /// The secret key as text, to be kept where nobody else reads it.
    #[must_use]
    pub fn to_secret_string(&self) -> String {
        let Self { verifier, secret } = self;
        format!(
            "{PREFIX}{}",
            encode_key(verifier.name(), verifier.id(), verifier.kind(), secret.as_bytes())
        )
    }

    /// Signs the text of a note (type 0x01).
    ///
    /// # Errors
    /// [`SignError::WrongKind`] with a cosigner's key.
    pub fn sign(&self, text: &str) -> Result<NoteSignature, SignError> {
        if self.verifier.kind() != KeyKind::Ed25519 {
            return Err(SignError::WrongKind);
        }
        let signature = self.secret.sign(text.as_bytes()).to_vec();
        Ok(NoteSignature::new(
            self.name().clone(),
            self.verifier.id(),
            signature,
        ))
    }

    /// Cosigns the body of a checkpoint (type 0x04), stating that at `time` (seconds since 1970) it was the
    /// largest consistent tree seen. Whoever calls has checked that, and keeps it.
    ///
    /// # Errors
    /// [`SignError::WrongKind`] with a log's key, [`SignError::Time`] after 2^63 − 1.
    pub(crate) fn cosign(&self, body: &str, time: u64) -> Result<NoteSignature, SignError> {
        if self.verifier.kind() != KeyKind::Cosignature {
            return Err(SignError::WrongKind);
        }
        if time > MAX_TIME {
            return Err(SignError::Time);
        }
        let mut field = time.to_be_bytes().to_vec();
        field.extend_from_slice(&self.secret.sign(&cosigned_message(body, time)).to_bytes());
        Ok(NoteSignature::new(self.name().clone(), self.verifier.id(), field))
    }
}

impl fmt::Debug for SignerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignerKey")
            .field("verifier", &self.verifier)
            .finish_non_exhaustive()
    }
}

impl FromStr for SignerKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let raw = RawKey::parse(text.strip_prefix(PREFIX).ok_or(KeyError::Malformed)?)?;
        let key = Self::new(raw.name, raw.kind, &raw.bytes)?;
        if key.verifier.id() == raw.id {
            Ok(key)
        } else {
            Err(KeyError::WrongId)
        }
    }
}

/// A key does not sign this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignError {
    /// A log's key was to cosign, or a cosigner's key to sign.
    #[error("the key is for another kind of signature")]
    WrongKind,
    /// The time is after 2^63 − 1 seconds.
    #[error("the time of a cosignature is out of range")]
    Time,
}
