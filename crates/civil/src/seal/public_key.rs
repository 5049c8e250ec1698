//! Public keys of seals and the signatures by them.
//!
//! The algorithms are those that Vietnamese rules list (Circular 15/2025/TT-BKHCN): ECDSA over P-256 and P-384, RSA of 2048 bits and
//! more. Ed25519, with which the log and officers may sign, is not among them, and common readers of PDF refuse it.

use der::asn1::ObjectIdentifier;
use der::{Any, Decode, Encode};
use p256::ecdsa::signature::hazmat::PrehashVerifier;
use rsa::traits::PublicKeyParts;
use rsa::{Pkcs1v15Sign, Pss, RsaPublicKey};
use sha2::{Digest, Sha256, Sha384, Sha512};
use x509_cert::spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};

const RSA_BITS: std::ops::RangeInclusive<usize> = 2_048..=8_192;

const EC_PUBLIC_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const P384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");
const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const RSA_PSS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.10");

/// Why a key or a signature does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealKeyError {
    /// Neither ECDSA over P-256 or P-384 nor RSA of 2048 to 8192 bits.
    #[error("the key is of a kind that seals do not have")]
    BadKey,
    /// An algorithm that does not belong to the key, or is not taken.
    #[error("the algorithm is not one that seals are made with")]
    BadAlgorithm,
    /// The signature does not belong to these bytes and this key.
    #[error("the signature does not verify")]
    Wrong,
}

/// Which kind of key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SealAlgorithm {
    /// ECDSA over P-256 with SHA-256; the only one for QR codes and lists.
    P256,
    /// ECDSA over P-384 with SHA-384.
    P384,
    /// RSA, PKCS#1 v1.5 with SHA-256 unless the token makes PSS.
    Rsa,
}

/// A hash function of SHA-2.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SealDigest {
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

impl SealDigest {
    const ALL: [(Self, &'static str, &'static str, &'static str); 3] = [
        (
            Self::Sha256,
            "2.16.840.1.101.3.4.2.1",
            "1.2.840.10045.4.3.2",
            "1.2.840.113549.1.1.11",
        ),
        (
            Self::Sha384,
            "2.16.840.1.101.3.4.2.2",
            "1.2.840.10045.4.3.3",
            "1.2.840.113549.1.1.12",
        ),
        (
            Self::Sha512,
            "2.16.840.1.101.3.4.2.3",
            "1.2.840.10045.4.3.4",
            "1.2.840.113549.1.1.13",
        ),
    ];

    /// By its own identifier.
    pub fn of(algorithm: &AlgorithmIdentifierOwned) -> Option<Self> {
        let oid = algorithm.oid.to_string();
        let found = Self::ALL.iter().find(|(_, own, _, _)| *own == oid);
        found.map(|(digest, ..)| *digest)
    }

    /// The hash of a message.
    pub fn hash(self, message: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha256 => Sha256::digest(message).to_vec(),
            Self::Sha384 => Sha384::digest(message).to_vec(),
            Self::Sha512 => Sha512::digest(message).to_vec(),
        }
    }
}

/// How a signature was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scheme {
    Ecdsa(SealDigest),
    Pkcs1(SealDigest),
    Pss(SealDigest),
}

impl Scheme {
    /// By the identifier that stands beside a signature; `digest` where that names none (CMS says it elsewhere).
    fn of(algorithm: &AlgorithmIdentifierOwned, digest: Option<SealDigest>) -> Option<Self> {
        if algorithm.oid == RSA_PSS {
            return Self::pss(algorithm.parameters.as_ref()?);
        }
        if algorithm.oid == RSA {
            return digest.map(Self::Pkcs1);
        }
        let oid = algorithm.oid.to_string();
        let found = SealDigest::ALL
            .iter()
            .find_map(|(digest, _, ecdsa, pkcs1)| match &oid {
                oid if oid == ecdsa => Some(Self::Ecdsa(*digest)),
                oid if oid == pkcs1 => Some(Self::Pkcs1(*digest)),
                _ => None,
            })?;
        // Where a hash is named twice, both must be the same.
        digest
            .is_none_or(|named| named == found.digest())
            .then_some(found)
    }

    /// RSASSA-PSS-params (RFC 4055 §3.1): the hash, and MGF1 with the same hash; SHA-1, the default, is not taken.
    fn pss(parameters: &Any) -> Option<Self> {
        let parts = Vec::<Any>::from_der(&parameters.to_der().ok()?).ok()?;
        let tagged = |number: u8| {
            let found = parts
                .iter()
                .find(|part| part.to_der().ok().and_then(|der| der.first().copied()) == Some(0xa0 | number));
            AlgorithmIdentifierOwned::from_der(found?.value()).ok()
        };
        let digest = SealDigest::of(&tagged(0)?)?;
        let masked = AlgorithmIdentifierOwned::from_der(&tagged(1)?.parameters?.to_der().ok()?).ok()?;
        (SealDigest::of(&masked) == Some(digest)).then_some(Self::Pss(digest))
    }

    const fn digest(self) -> SealDigest {
        match self {
            Self::Ecdsa(digest) | Self::Pkcs1(digest) | Self::Pss(digest) => digest,
        }
    }
}

/// A public key of a seal, a root or a time-stamp authority.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SealPublicKey {
    /// ECDSA over P-256.
    P256(Box<p256::ecdsa::VerifyingKey>),
    /// ECDSA over P-384.
    P384(Box<p384::ecdsa::VerifyingKey>),
    /// RSA.
    Rsa(Box<RsaPublicKey>),
}

impl SealPublicKey {
    /// Reads the key of a certificate.
    ///
    /// # Errors
    /// [`SealKeyError::BadKey`].
    pub fn of(info: &SubjectPublicKeyInfoOwned) -> Result<Self, SealKeyError> {
        let key = match info.algorithm.oid {
            EC_PUBLIC_KEY => Self::on_curve(info),
            RSA => info.to_der().ok().and_then(|der| {
                let info = x509_cert::spki::SubjectPublicKeyInfoRef::from_der(&der).ok()?;
                let key = RsaPublicKey::try_from(info).ok()?;
                let bits = key.size().saturating_mul(8);
                RSA_BITS.contains(&bits).then(|| Self::Rsa(Box::new(key)))
            }),
            _ => None,
        };
        key.ok_or(SealKeyError::BadKey)
    }

    fn on_curve(info: &SubjectPublicKeyInfoOwned) -> Option<Self> {
        let curve: ObjectIdentifier = info.algorithm.parameters.as_ref()?.decode_as().ok()?;
        let point = info.subject_public_key.as_bytes()?;
        match curve {
            P256 => {
                let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(point).ok()?;
                Some(Self::P256(Box::new(key)))
            }
            P384 => {
                let key = p384::ecdsa::VerifyingKey::from_sec1_bytes(point).ok()?;
                Some(Self::P384(Box::new(key)))
            }
            _ => None,
        }
    }

    /// Which kind it is.
    pub const fn algorithm(&self) -> SealAlgorithm {
        match self {
            Self::P256(_) => SealAlgorithm::P256,
            Self::P384(_) => SealAlgorithm::P384,
            Self::Rsa(_) => SealAlgorithm::Rsa,
        }
    }

    /// Judges a signature in the form of X.509 and CMS. `digest` is the hash that CMS names beside the algorithm.
    ///
    /// # Errors
    /// [`SealKeyError::BadAlgorithm`], [`SealKeyError::Wrong`].
    pub fn verify(
        &self,
        algorithm: &AlgorithmIdentifierOwned,
        digest: Option<SealDigest>,
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), SealKeyError> {
        let scheme = Scheme::of(algorithm, digest).ok_or(SealKeyError::BadAlgorithm)?;
        let hashed = scheme.digest().hash(message);
        let right = match (self, scheme) {
            (Self::P256(key), Scheme::Ecdsa(_)) => p256::ecdsa::Signature::from_der(signature)
                .and_then(|signature| key.verify_prehash(&hashed, &signature))
                .is_ok(),
            (Self::P384(key), Scheme::Ecdsa(_)) => p384::ecdsa::Signature::from_der(signature)
                .and_then(|signature| key.verify_prehash(&hashed, &signature))
                .is_ok(),
            (Self::Rsa(key), Scheme::Pkcs1(digest)) => {
                let padding = match digest {
                    SealDigest::Sha256 => Pkcs1v15Sign::new::<Sha256>(),
                    SealDigest::Sha384 => Pkcs1v15Sign::new::<Sha384>(),
                    SealDigest::Sha512 => Pkcs1v15Sign::new::<Sha512>(),
                };
                key.verify(padding, &hashed, signature).is_ok()
            }
            (Self::Rsa(key), Scheme::Pss(digest)) => match digest {
                SealDigest::Sha256 => key.verify(Pss::<Sha256>::new(), &hashed, signature).is_ok(),
                SealDigest::Sha384 => key.verify(Pss::<Sha384>::new(), &hashed, signature).is_ok(),
                SealDigest::Sha512 => key.verify(Pss::<Sha512>::new(), &hashed, signature).is_ok(),
            },
            _ => return Err(SealKeyError::BadAlgorithm),
        };
        if right { Ok(()) } else { Err(SealKeyError::Wrong) }
    }

    /// Whether the key made this signature, in the form and with the hash that seals use ([`SealAlgorithm`]).
    pub fn is_signed_by_it(&self, message: &[u8], signature: &[u8]) -> bool {
        let oid = match self.algorithm() {
            SealAlgorithm::P256 => "1.2.840.10045.4.3.2",
            SealAlgorithm::P384 => "1.2.840.10045.4.3.3",
            SealAlgorithm::Rsa => "1.2.840.113549.1.1.11",
        };
        let algorithm = AlgorithmIdentifierOwned {
            oid: ObjectIdentifier::new_unwrap(oid),
            parameters: None,
        };
        self.verify(&algorithm, None, message, signature).is_ok()
    }

    /// Judges an ES256 signature of COSE: `r ‖ s` over SHA-256.
    ///
    /// # Errors
    /// [`SealKeyError::BadAlgorithm`] for keys that are not of P-256, [`SealKeyError::Wrong`].
    pub fn verify_es256(&self, message: &[u8], signature: &[u8; 64]) -> Result<(), SealKeyError> {
        let Self::P256(key) = self else {
            return Err(SealKeyError::BadAlgorithm);
        };
        let hashed = Sha256::digest(message);
        p256::ecdsa::Signature::from_slice(signature)
            .and_then(|signature| key.verify_prehash(&hashed, &signature))
            .map_err(|_| SealKeyError::Wrong)
    }
}
