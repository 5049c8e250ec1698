//! Secret keys that sign: a log its checkpoints, a witness what it has seen.

use crate::{
    checkpoint::Checkpoint,
    cosignature::{MAX_TIME, cosigned_message},
    key::{KeyError, KeyKind, KeyName, RawKey, VerifierKey, encode_key},
    mldsa,
    signature::NoteSignature,
};
use ed25519_dalek::{SECRET_KEY_LENGTH, Signer as _, SigningKey};
use std::{fmt, str::FromStr};

/// What stands before a secret key in text, as in Go's sumdb.
const PREFIX: &str = "PRIVATE+KEY+";

/// A secret key with the name and kind under which it signs. `FromStr` and
/// [`SignerKey::to_secret_string`] are `PRIVATE+KEY+<name>+<8 hex>+<base64>`; there is no `Display`, and
/// `Debug` shows the public half only.
///
/// The kind is fixed with the key, because a key must not be used for two kinds of signature.
#[derive(Clone)]
pub struct SignerKey {
    verifier: VerifierKey,
    secret: Secret,
}

/// A secret key of either algorithm: 32 bytes.
#[derive(Clone)]
enum Secret {
    Ed25519(Box<SigningKey>),
    MlDsa44(mldsa::Secret),
}

impl Secret {
    fn to_bytes(&self) -> [u8; SECRET_KEY_LENGTH] {
        match self {
            Self::Ed25519(key) => key.to_bytes(),
            Self::MlDsa44(key) => key.seed(),
        }
    }
}

impl SignerKey {
    /// A key from its 32 secret bytes.
    ///
    /// # Errors
    /// [`KeyError::Name`].
    pub fn new(name: &str, kind: KeyKind, secret: &[u8; SECRET_KEY_LENGTH]) -> Result<Self, KeyError> {
        let (public, secret) = if kind == KeyKind::MlDsa44 {
            let secret = mldsa::Secret::from_seed(secret);
            (secret.public(), Secret::MlDsa44(secret))
        } else {
            let secret = SigningKey::from_bytes(secret);
            (
                secret.verifying_key().to_bytes().to_vec(),
                Secret::Ed25519(Box::new(secret)),
            )
        };
        let verifier = VerifierKey::new(name, kind, &public)?;
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
            encode_key(
                verifier.name(),
                verifier.id(),
                verifier.kind(),
                &secret.to_bytes()
            )
        )
    }

    /// Signs the text of a note (type 0x01).
    ///
    /// # Errors
    /// [`SignError::WrongKind`] with a cosigner's key.
    pub fn sign(&self, text: &str) -> Result<NoteSignature, SignError> {
        match &self.secret {
            Secret::Ed25519(secret) if self.verifier.kind() == KeyKind::Ed25519 => {
                Ok(self.line(secret.sign(text.as_bytes()).to_vec()))
            }
            _ => Err(SignError::WrongKind),
        }
    }

    /// Cosigns a checkpoint (type 0x04 or 0x06), stating that at `time` (seconds since 1970) it was the largest consistent
    /// tree seen; with ML-DSA-44 the time 0 states nothing of that kind. Whoever calls has checked that, and keeps it.
    ///
    /// # Errors
    /// [`SignError::WrongKind`] with a log's key, [`SignError::Time`] after 2^63 − 1, [`SignError::Name`].
    pub(crate) fn cosign(&self, checkpoint: &Checkpoint, time: u64) -> Result<NoteSignature, SignError> {
        if time > MAX_TIME {
            return Err(SignError::Time);
        }
        match &self.secret {
            Secret::Ed25519(secret) if self.verifier.kind() == KeyKind::Cosignature => {
                let mut field = time.to_be_bytes().to_vec();
                let message = cosigned_message(&checkpoint.to_string(), time);
                field.extend_from_slice(&secret.sign(&message).to_bytes());
                Ok(self.line(field))
            }
            Secret::MlDsa44(secret) => {
                let field = secret.sign(self.name().as_str(), checkpoint, time);
                field.map(|field| self.line(field)).ok_or(SignError::Name)
            }
            Secret::Ed25519(_) => Err(SignError::WrongKind),
        }
    }

    fn line(&self, field: Vec<u8>) -> NoteSignature {
        NoteSignature::new(self.name().clone(), self.verifier.id(), field)
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
        let secret = raw.bytes.as_slice().try_into().map_err(|_| KeyError::Malformed)?;
        let key = Self::new(raw.name, raw.kind, secret)?;
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
    /// The name of the key or the origin of the log is longer than the 255 bytes that ML-DSA-44 messages have room for.
    #[error("a name is too long")]
    Name,
}
