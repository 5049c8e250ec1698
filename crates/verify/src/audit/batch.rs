//! Many Ed25519 signatures in one equation.
//!
//! For signatures `(R, s)` by keys `A` over messages with `h = SHA-512(R ‖ A ‖ M)` and weights `z` of 128 bits:
//!
//! ```text
//! Σ z·R + Σ_A (Σ z·h)·A − (Σ z·s)·B = 0
//! ```
//!
//! Signatures by one key share one term, which makes a log whose offices sign often cheaper than one
//! term for each. The weights are drawn (BLAKE3, extendable output) from all `h` and `s` of the equation, so that
//! nobody can choose signatures to fit them.
//!
//! # What a batch that passes means
//!
//! Canonical `s`, canonical `R` that is a point and not one of small order: as the strict rule asks. The equation itself leaves
//! one gap: it does not multiply by the cofactor, but terms of order 2, 4 or 8 may cancel by chance. So whoever *holds a key*
//! can make a signature that passes here, for some weights, and that the strict rule refuses. Nobody else can: each
//! signature in a batch that passes was made with its key, but for a chance of 2^-120. The ledger accepts by the strict rule
//! alone, and [`Options::strict`](crate::Options) asks the auditor to do so too.

use curve25519_dalek::EdwardsPoint;
use curve25519_dalek::constants::ED25519_BASEPOINT_POINT;
use curve25519_dalek::edwards::CompressedEdwardsY;
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::{IsIdentity, VartimeMultiscalarMul};
use ed25519_dalek::VerifyingKey;
use sha2::{Digest, Sha512};

/// Keeps the weights from meaning anything elsewhere.
const DOMAIN: &[u8] = b"hotich/audit/batch/v1";

/// An equation that grows by one signature at a time.
#[derive(Debug)]
pub(crate) struct Batch {
    transcript: blake3::Hasher,
    terms: Vec<Term>,
    keys: Vec<EdwardsPoint>,
}

#[derive(Debug)]
struct Term {
    r: EdwardsPoint,
    s: Scalar,
    h: Scalar,
    /// Which of the keys.
    key: usize,
}

impl Batch {
    /// An empty one with room for so many signatures.
    pub(crate) fn with_capacity(signatures: usize) -> Self {
        let mut transcript = blake3::Hasher::new();
        transcript.update(DOMAIN);
        Self {
            transcript,
            terms: Vec::with_capacity(signatures),
            keys: Vec::new(),
        }
    }

    /// From here on signatures are by this key.
    pub(crate) fn key(&mut self, key: &VerifyingKey) {
        self.keys.push(key.to_edwards());
    }

    /// Adds a signature by the last key. Answers whether it may pass: `false` when it fails already.
    pub(crate) fn add(&mut self, key: &VerifyingKey, message: &[u8], signature: &[u8; 64]) -> bool {
        let Some(index) = self.keys.len().checked_sub(1) else {
            return false;
        };
        let (mut r, mut s) = ([0; 32], [0; 32]);
        r.copy_from_slice(&signature[..32]);
        s.copy_from_slice(&signature[32..]);
        let hash: [u8; 64] = Sha512::new()
            .chain_update(r)
            .chain_update(key.as_bytes())
            .chain_update(message)
            .finalize()
            .into();
        self.transcript.update(&hash).update(&s);
        let scalar: Option<Scalar> = Scalar::from_canonical_bytes(s).into();
        let (Some(s), Some(r)) = (scalar, point(r)) else {
            return false;
        };
        self.terms.push(Term {
            r,
            s,
            h: Scalar::from_bytes_mod_order_wide(&hash),
            key: index,
        });
        true
    }

    /// Whether the equation holds.
    pub(crate) fn holds(&self) -> bool {
        let mut chance = vec![0; 16 * self.terms.len()];
        self.transcript.finalize_xof().fill(&mut chance);
        let (chunks, _) = chance.as_chunks::<16>();
        let weights: Vec<Scalar> = chunks
            .iter()
            .map(|bytes| Scalar::from(u128::from_le_bytes(*bytes)))
            .collect();
        let mut base = Scalar::ZERO;
        let mut by_key = vec![Scalar::ZERO; self.keys.len()];
        for (term, z) in self.terms.iter().zip(&weights) {
            base -= z * term.s;
            by_key[term.key] += z * term.h;
        }
        let scalars = weights.iter().chain(&by_key).chain(std::iter::once(&base));
        let points = self
            .terms
            .iter()
            .map(|term| &term.r)
            .chain(&self.keys)
            .chain(std::iter::once(&ED25519_BASEPOINT_POINT));
        EdwardsPoint::vartime_multiscalar_mul(scalars, points).is_identity()
    }
}

/// The point of a canonical encoding, unless it is one of the eight of small order.
fn point(bytes: [u8; 32]) -> Option<EdwardsPoint> {
    // y below 2^255 − 19, without the bit for the sign of x. (x = 0 with a sign has small order.)
    let full = bytes[31] & 0x7f == 0x7f && bytes[1..31].iter().all(|byte| *byte == 0xff);
    if full && bytes[0] >= 0xed {
        return None;
    }
    CompressedEdwardsY(bytes)
        .decompress()
        .filter(|point| !point.is_small_order())
}
