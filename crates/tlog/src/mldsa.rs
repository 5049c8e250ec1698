//! ML-DSA-44 (FIPS 204) as C2SP tlog-cosignature uses it: signature type 0x06, over a tree and not over a text.
//!
//! Ed25519 is not expected to outlive quantum computers, and what is proved here is to be believed in 2100. So a log may sign each
//! checkpoint a second time. The variant is the deterministic one: no chance is needed, and the same checkpoint gives the same line.

use std::{fmt, sync::Arc};

use ml_dsa::{Keypair as _, MlDsa44, Signature, SigningKey, VerifyingKey};

use crate::{checkpoint::Checkpoint, cosignature::MAX_TIME};

/// Length of an ML-DSA-44 public key in bytes.
pub(crate) const PUBLIC_SIZE: usize = 1_312;

/// What separates these messages from all others.
const LABEL: &[u8; 12] = b"subtree/v1\n\0";

/// A public key with what is computed from it once. A clone is the same key.
#[derive(Clone)]
pub(crate) struct Public {
    bytes: Arc<[u8; PUBLIC_SIZE]>,
    key: Arc<VerifyingKey<MlDsa44>>,
}

impl Public {
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let key = VerifyingKey::decode(&bytes.try_into().ok()?);
        Some(Self {
            bytes: Arc::new(bytes.try_into().ok()?),
            key: Arc::new(key),
        })
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.bytes.as_slice()
    }

    /// Judges a signature field (8 bytes time, 2,420 bytes ML-DSA-44) by the cosigner of that name, and answers the time it states.
    pub(crate) fn verify(&self, name: &str, checkpoint: &Checkpoint, field: &[u8]) -> Option<u64> {
        let (time, signature) = field.split_first_chunk()?;
        let time = u64::from_be_bytes(*time);
        let signature = Signature::<MlDsa44>::try_from(signature).ok()?;
        let message = message(name, time, checkpoint)?;
        let valid = time <= MAX_TIME && self.key.verify_with_context(&message, &[], &signature);
        valid.then_some(time)
    }
}

impl PartialEq for Public {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}

impl Eq for Public {}

impl fmt::Debug for Public {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("MlDsa44").field(&&self.bytes[..8]).finish()
    }
}

/// A secret key, which is 32 bytes.
#[derive(Clone)]
pub(crate) struct Secret(Box<SigningKey<MlDsa44>>);

impl Secret {
    pub(crate) fn from_seed(seed: &[u8; 32]) -> Self {
        Self(Box::new(SigningKey::from_seed(&(*seed).into())))
    }

    pub(crate) fn seed(&self) -> [u8; 32] {
        self.0.to_seed().into()
    }

    pub(crate) fn public(&self) -> Vec<u8> {
        self.0.verifying_key().encode().to_vec()
    }

    /// The signature field, or nothing where a name is too long for the message.
    pub(crate) fn sign(&self, name: &str, checkpoint: &Checkpoint, time: u64) -> Option<Vec<u8>> {
        let message = message(name, time, checkpoint)?;
        let signature = self.0.expanded_key().sign_deterministic(&message, &[]).ok()?;
        let mut field = time.to_be_bytes().to_vec();
        field.extend_from_slice(signature.encode().as_slice());
        Some(field)
    }
}

/// The `cosigned_message` of a whole tree. It names its cosigner, and it says nothing of extension lines.
fn message(name: &str, time: u64, checkpoint: &Checkpoint) -> Option<Vec<u8>> {
    let mut message = LABEL.to_vec();
    push(&mut message, name)?;
    message.extend_from_slice(&time.to_be_bytes());
    push(&mut message, checkpoint.origin())?;
    message.extend_from_slice(&0_u64.to_be_bytes());
    message.extend_from_slice(&checkpoint.size().to_be_bytes());
    message.extend_from_slice(checkpoint.root().as_bytes());
    Some(message)
}

/// One byte of length, then the text.
fn push(message: &mut Vec<u8>, text: &str) -> Option<()> {
    message.push(u8::try_from(text.len()).ok()?);
    message.extend_from_slice(text.as_bytes());
    Some(())
}
