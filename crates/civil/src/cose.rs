//! Signatures: COSE_Sign1 (RFC 9052) with the algorithm and the key's thumbprint in the protected header.
//!
//! Two algorithms from the first day: Ed25519 (-19, RFC 9864), accepted by the strict rule alone
//! (`verify_strict`: no small-order points, canonical encodings, no cofactor), and ES256 (-7), accepted in its low-S
//! form alone: of the two signatures that anybody can make from one, only one may name the event. The unprotected
//! header is empty. A signed event is hashed as the bytes it came in, never as a re-encoding.

use coset::iana::{self, EnumI64};
use coset::{CborSerializable, CoseKey, CoseKeyBuilder, KeyType, Label};
use ed25519_dalek::Signer as _;
use sha2::{Digest, Sha256};

use crate::cbor::{Cursor, Malformed, Writer};
use crate::envelope::Commitment;
use crate::id::{EventHash, KeyId};

/// The external data of an event's signature: keeps it from meaning anything elsewhere.
pub const EVENT_AAD: &[u8] = b"hotich/event/v1";
/// The external data of an endorsement's signature.
pub const ENDORSEMENT_AAD: &[u8] = b"hotich/endorsement/v1";
/// How many bytes one signed event may have: what a C2SP entry bundle can hold.
pub const SIGNED_SIZE_MAX: usize = 65_535;

const COSE_SIGN1_TAG: u64 = 18;
const HEADER_ALG: u64 = 1;
const HEADER_KID: u64 = 4;

/// A signature algorithm of the format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// Ed25519, COSE -19 (RFC 9864).
    Ed25519,
    /// ECDSA over P-256 with SHA-256, COSE -7 (RFC 9053).
    Es256,
}

impl Algorithm {
    /// Its COSE number.
    pub const fn cose(self) -> i64 {
        match self {
            Self::Ed25519 => -19,
            Self::Es256 => -7,
        }
    }

    fn of(number: i64) -> Option<Self> {
        [Self::Ed25519, Self::Es256]
            .into_iter()
            .find(|known| known.cose() == number)
    }
}

/// Why a signature does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// The bytes are not a COSE_Sign1 of this format.
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// The key is of another algorithm than the header says.
    #[error("the header names another algorithm than the key has")]
    AlgorithmMismatch,
    /// The key is not one that the format takes (unknown type or curve, a weak point).
    #[error("the key is not one that the format takes")]
    BadKey,
    /// The signature does not belong to these bytes and this key.
    #[error("the signature does not verify")]
    Wrong,
    /// An ECDSA signature in the higher of its two forms (`s` above half the order); its signer subtracts `s` from
    /// the order.
    #[error("the ECDSA signature is not in its low-S form")]
    NotLowS,
}

/// A public key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PublicKey {
    /// For [`Algorithm::Ed25519`].
    Ed25519(ed25519_dalek::VerifyingKey),
    /// For [`Algorithm::Es256`].
    P256(Box<p256::ecdsa::VerifyingKey>),
}

impl PublicKey {
    /// Reads a COSE_Key of type OKP/Ed25519 or EC2/P-256.
    ///
    /// # Errors
    /// [`SignatureError::BadKey`] also for Ed25519 points outside the group of prime order and for any second
    /// encoding of a key.
    pub fn from_cose_key(bytes: &[u8]) -> Result<Self, SignatureError> {
        let bad = |_| SignatureError::BadKey;
        let key = CoseKey::from_slice(bytes).map_err(|_| SignatureError::BadKey)?;
        let coordinate = |label: i64| -> Result<[u8; 32], SignatureError> {
            let found = key.params.iter().find(|(known, _)| *known == Label::Int(label));
            let bytes = found
                .and_then(|(_, value)| value.as_bytes())
                .ok_or(SignatureError::BadKey)?;
            bytes.as_slice().try_into().map_err(|_| SignatureError::BadKey)
        };
        let public = match key.kty {
            KeyType::Assigned(iana::KeyType::OKP) => {
                let point = coordinate(iana::OkpKeyParameter::X.to_i64())?;
                let key = ed25519_dalek::VerifyingKey::from_bytes(&point).map_err(bad)?;
                // Outside the prime-order group, verifiers with and without the cofactor disagree about signatures;
                // a coordinate not reduced would give one key two names.
                let edwards = key.to_edwards();
                let canonical = edwards.compress().to_bytes() == point;
                if key.is_weak() || !edwards.is_torsion_free() || !canonical {
                    return Err(SignatureError::BadKey);
                }
                Self::Ed25519(key)
            }
            KeyType::Assigned(iana::KeyType::EC2) => {
                let mut sec1 = [4; 65];
                sec1[1..33].copy_from_slice(&coordinate(iana::Ec2KeyParameter::X.to_i64())?);
                sec1[33..].copy_from_slice(&coordinate(iana::Ec2KeyParameter::Y.to_i64())?);
                Self::P256(Box::new(
                    p256::ecdsa::VerifyingKey::from_sec1_bytes(&sec1).map_err(bad)?,
                ))
            }
            _ => return Err(SignatureError::BadKey),
        };
        if public.to_cose_key() == bytes {
            Ok(public)
        } else {
            Err(SignatureError::BadKey)
        }
    }

    /// Its COSE_Key: key type, curve and coordinates, nothing else, in the order of RFC 9679.
    pub fn to_cose_key(&self) -> Vec<u8> {
        // RFC 9679 takes the required members in the deterministic order of RFC 8949 §4.2.1: 1, -1, -2, -3.
        let mut out = Writer::with_capacity(80);
        match self {
            Self::Ed25519(key) => {
                out.map(3).int(1).int(iana::KeyType::OKP.to_i64());
                out.int(-1).int(iana::EllipticCurve::Ed25519.to_i64());
                out.int(-2).bytes(key.as_bytes());
            }
            Self::P256(key) => {
                let point = key.to_sec1_point(false);
                let (x, y) = point.as_bytes()[1..].split_at(32);
                out.map(4).int(1).int(iana::KeyType::EC2.to_i64());
                out.int(-1).int(iana::EllipticCurve::P_256.to_i64());
                out.int(-2).bytes(x).int(-3).bytes(y);
            }
        }
        out.finish()
    }

    /// The same key as `coset` builds it, for those who want to work on with it.
    pub fn to_coset(&self) -> CoseKey {
        match self {
            Self::Ed25519(key) => CoseKeyBuilder::new_okp_key()
                .param(
                    iana::OkpKeyParameter::Crv.to_i64(),
                    (iana::EllipticCurve::Ed25519.to_i64()).into(),
                )
                .param(
                    iana::OkpKeyParameter::X.to_i64(),
                    ciborium::Value::Bytes(key.as_bytes().to_vec()),
                )
                .build(),
            Self::P256(key) => {
                let point = key.to_sec1_point(false);
                let (x, y) = point.as_bytes()[1..].split_at(32);
                CoseKeyBuilder::new_ec2_pub_key(iana::EllipticCurve::P_256, x.to_vec(), y.to_vec()).build()
            }
        }
    }

    /// The key's name: its SHA-256 COSE Key Thumbprint (RFC 9679).
    pub fn id(&self) -> KeyId {
        KeyId(Sha256::digest(self.to_cose_key()).into())
    }

    /// The algorithm it is for.
    pub fn algorithm(&self) -> Algorithm {
        match self {
            Self::Ed25519(_) => Algorithm::Ed25519,
            Self::P256(_) => Algorithm::Es256,
        }
    }

    /// Judges a signature over `message` by the one rule of the format.
    ///
    /// # Errors
    /// [`SignatureError::Wrong`], [`SignatureError::NotLowS`].
    pub fn verify(&self, message: &[u8], signature: &[u8; 64]) -> Result<(), SignatureError> {
        use p256::ecdsa::signature::Verifier;
        match self {
            Self::Ed25519(key) => key
                .verify_strict(message, &ed25519_dalek::Signature::from_bytes(signature))
                .map_err(|_| SignatureError::Wrong),
            Self::P256(key) => {
                let signature =
                    p256::ecdsa::Signature::from_slice(signature).map_err(|_| SignatureError::Wrong)?;
                if signature.normalize_s() != signature {
                    return Err(SignatureError::NotLowS);
                }
                key.verify(message, &signature).map_err(|_| SignatureError::Wrong)
            }
        }
    }
}

/// A private key. Only the officer's own client ever holds one.
pub enum SecretKey {
    /// For [`Algorithm::Ed25519`].
    Ed25519(Box<ed25519_dalek::SigningKey>),
    /// For [`Algorithm::Es256`].
    P256(Box<p256::ecdsa::SigningKey>),
}

impl std::fmt::Debug for SecretKey {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "SecretKey({})", self.public().id())
    }
}

impl SecretKey {
    /// An Ed25519 key from its 32 secret bytes.
    pub fn ed25519(seed: &[u8; 32]) -> Self {
        Self::Ed25519(Box::new(ed25519_dalek::SigningKey::from_bytes(seed)))
    }

    /// A P-256 key from its 32 secret bytes; none when they are not a scalar of the curve.
    pub fn p256(scalar: &[u8; 32]) -> Option<Self> {
        p256::ecdsa::SigningKey::from_slice(scalar)
            .ok()
            .map(|key| Self::P256(Box::new(key)))
    }

    /// The public half.
    pub fn public(&self) -> PublicKey {
        match self {
            Self::Ed25519(key) => PublicKey::Ed25519(key.verifying_key()),
            Self::P256(key) => PublicKey::P256(Box::new(*key.verifying_key())),
        }
    }

    /// Signs; both algorithms are deterministic (RFC 8032, RFC 6979).
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        match self {
            Self::Ed25519(key) => key.sign(message).to_bytes(),
            Self::P256(key) => {
                let signature: p256::ecdsa::Signature = key.sign(message);
                signature.normalize_s().to_bytes().into()
            }
        }
    }
}

/// A signed event, taken apart but not yet believed.
#[derive(Debug, Clone)]
pub struct SignedEvent<'a> {
    protected: &'a [u8],
    /// The algorithm that the header names.
    pub algorithm: Algorithm,
    /// The key that the header names.
    pub key: KeyId,
    /// The envelope's bytes.
    pub envelope: &'a [u8],
    /// Over [`SignedEvent::signed_bytes`].
    pub signature: [u8; 64],
}

impl<'a> SignedEvent<'a> {
    /// Takes the bytes of a signed event apart.
    ///
    /// # Errors
    /// [`Malformed`] for anything but the one layout of RFC 0001 §6.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, Malformed> {
        if bytes.len() > SIGNED_SIZE_MAX {
            return Err(Malformed::TooLarge);
        }
        let mut read = Cursor::new(bytes);
        read.tag(COSE_SIGN1_TAG, "COSE_Sign1")?;
        let (protected, algorithm, key) = headers(&mut read)?;
        let envelope = read.bytes("payload")?;
        let signature = read.fixed("signature")?;
        read.end()?;
        Ok(Self {
            protected,
            algorithm,
            key,
            envelope,
            signature,
        })
    }

    /// What the signature covers: the `Sig_structure` of RFC 9052 §4.4.
    pub fn signed_bytes(&self) -> Vec<u8> {
        sig_structure(self.protected, EVENT_AAD, self.envelope)
    }

    /// Judges the signature with the key that the header names.
    ///
    /// # Errors
    /// When the key is another one, of another algorithm, or the signature is wrong.
    pub fn verify(&self, key: &PublicKey) -> Result<(), SignatureError> {
        if key.algorithm() != self.algorithm {
            return Err(SignatureError::AlgorithmMismatch);
        }
        key.verify(&self.signed_bytes(), &self.signature)
    }
}

fn headers<'a>(read: &mut Cursor<'a>) -> Result<(&'a [u8], Algorithm, KeyId), Malformed> {
    read.array(4, "COSE_Sign1")?;
    let protected = read.bytes("protected header")?;
    let mut header = Cursor::new(protected);
    header.map(2, "protected header")?;
    let shape = Malformed::Shape("protected header");
    if header.uint("protected header")? != HEADER_ALG {
        return Err(shape);
    }
    let algorithm = Algorithm::of(header.int("algorithm")?).ok_or(Malformed::Shape("algorithm"))?;
    if header.uint("protected header")? != HEADER_KID {
        return Err(shape);
    }
    let key = KeyId(header.fixed("kid")?);
    header.end()?;
    read.map(0, "unprotected header")?;
    Ok((protected, algorithm, key))
}

fn protected(key: &PublicKey) -> Vec<u8> {
    let mut out = Writer::with_capacity(48);
    out.map(2)
        .uint(HEADER_ALG)
        .int(key.algorithm().cose())
        .uint(HEADER_KID)
        .bytes(&key.id().0);
    out.finish()
}

fn sig_structure(protected: &[u8], aad: &[u8], payload: &[u8]) -> Vec<u8> {
    let mut out = Writer::with_capacity(protected.len() + payload.len() + 48);
    out.array(4)
        .text("Signature1")
        .bytes(protected)
        .bytes(aad)
        .bytes(payload);
    out.finish()
}

/// What a client signs for an envelope: give it to a token or smart card, then to [`assemble`].
pub fn to_be_signed(envelope: &[u8], key: &PublicKey) -> Vec<u8> {
    sig_structure(&protected(key), EVENT_AAD, envelope)
}

/// The signed event of an envelope and the signature over [`to_be_signed`]; an ECDSA signature from a token that
/// knows no low-S form is brought into it.
pub fn assemble(envelope: &[u8], key: &PublicKey, signature: &[u8; 64]) -> Vec<u8> {
    let mut out = Writer::with_capacity(envelope.len() + 128);
    out.tag(COSE_SIGN1_TAG)
        .array(4)
        .bytes(&protected(key))
        .map(0)
        .bytes(envelope)
        .bytes(&low_s(key.algorithm(), signature));
    out.finish()
}

fn low_s(algorithm: Algorithm, signature: &[u8; 64]) -> [u8; 64] {
    match algorithm {
        Algorithm::Ed25519 => *signature,
        Algorithm::Es256 => p256::ecdsa::Signature::from_slice(signature)
            .map_or(*signature, |signature| signature.normalize_s().to_bytes().into()),
    }
}

/// Signs an envelope.
pub fn sign(envelope: &[u8], key: &SecretKey) -> Vec<u8> {
    let public = key.public();
    assemble(envelope, &public, &key.sign(&to_be_signed(envelope, &public)))
}

/// An endorsement: a detached COSE_Sign1 by a second person over both hashes of the commitment.
pub fn endorse(commitment: &Commitment, key: &SecretKey) -> Vec<u8> {
    let protected = protected(&key.public());
    let signature = key.sign(&sig_structure(
        &protected,
        ENDORSEMENT_AAD,
        &commitment.to_bytes(),
    ));
    let mut out = Writer::with_capacity(160);
    out.tag(COSE_SIGN1_TAG)
        .array(4)
        .bytes(&protected)
        .map(0)
        .bytes_or_null(None)
        .bytes(&signature);
    out.finish()
}

/// An endorsement, taken apart but not yet believed.
#[derive(Debug, Clone)]
pub struct Endorsement<'a> {
    protected: &'a [u8],
    algorithm: Algorithm,
    /// The key that the header names.
    pub key: KeyId,
    signature: [u8; 64],
}

impl<'a> Endorsement<'a> {
    /// Takes the bytes of an endorsement apart.
    ///
    /// # Errors
    /// [`Malformed`] for anything but the one layout of RFC 0001 §7.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, Malformed> {
        let mut read = Cursor::new(bytes);
        read.tag(COSE_SIGN1_TAG, "COSE_Sign1")?;
        let (protected, algorithm, key) = headers(&mut read)?;
        if read.fixed_or_null::<0>("detached payload")?.is_some() {
            return Err(Malformed::Shape("detached payload"));
        }
        let signature = read.fixed("signature")?;
        read.end()?;
        Ok(Self {
            protected,
            algorithm,
            key,
            signature,
        })
    }

    /// Judges its signature with the key that the header names.
    ///
    /// # Errors
    /// As [`SignedEvent::verify`].
    pub fn verify(&self, commitment: &Commitment, key: &PublicKey) -> Result<(), SignatureError> {
        if key.algorithm() != self.algorithm {
            return Err(SignatureError::AlgorithmMismatch);
        }
        let message = sig_structure(self.protected, ENDORSEMENT_AAD, &commitment.to_bytes());
        key.verify(&message, &self.signature)
    }
}

/// Judges an endorsement; `find` answers the key that its header names.
///
/// # Errors
/// As [`SignedEvent::verify`]; [`SignatureError::BadKey`] when `find` knows no such key.
pub fn verify_endorsement(
    bytes: &[u8],
    commitment: &Commitment,
    find: impl FnOnce(KeyId) -> Option<PublicKey>,
) -> Result<KeyId, SignatureError> {
    let endorsement = Endorsement::parse(bytes)?;
    let key = find(endorsement.key).ok_or(SignatureError::BadKey)?;
    endorsement.verify(commitment, &key)?;
    Ok(endorsement.key)
}

/// The hash by which chains, bases and proofs name a signed event.
pub fn event_hash(signed: &[u8]) -> EventHash {
    EventHash(*blake3::hash(signed).as_bytes())
}

/// The SHA-256 twin of [`event_hash`].
pub fn event_twin(signed: &[u8]) -> [u8; 32] {
    Sha256::digest(signed).into()
}

/// The public leaf of an event in the national tree: `0x01 ‖ BLAKE3 ‖ SHA-256` of the signed event.
pub fn leaf_entry(hash: &EventHash, twin: &[u8; 32]) -> [u8; 65] {
    let mut leaf = [1; 65];
    leaf[1..33].copy_from_slice(&hash.0);
    leaf[33..].copy_from_slice(twin);
    leaf
}
