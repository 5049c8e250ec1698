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
//! Canonical `s`, canonical `R` that is a point and not one of small order: as the strict rule asks, and keys are points
//! of the group of prime order since their grant. The equation itself leaves one gap: it does not multiply by the
//! cofactor, but parts of order 2, 4 or 8 in several `R`, or in one, may cancel by chance. So whoever *holds a key* can make a
//! signature that passes here, for some weights, and that the strict rule refuses. Nobody else can: each signature
//! in a batch that passes was made with its key, but for a chance of about 2^-128. The ledger accepts by the strict
//! rule alone, and [`Options::strict`](crate::Options) asks the auditor to do so too.

use std::sync::LazyLock;

use curve25519_dalek::EdwardsPoint;
use curve25519_dalek::constants::{ED25519_BASEPOINT_POINT, EIGHT_TORSION};
use curve25519_dalek::edwards::CompressedEdwardsY;
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::{IsIdentity, VartimeMultiscalarMul};
use ed25519_dalek::VerifyingKey;
use sha2::{Digest, Sha512};

/// Keeps the weights from meaning anything elsewhere.
const DOMAIN: &[u8] = b"hotich/audit/batch/v1";
/// Bytes that one signature adds to the transcript: `h` before it is reduced, and `s`.
const TRANSCRIBED: usize = 64 + 32;

/// An equation that grows by one signature at a time.
#[derive(Debug)]
pub(crate) struct Batch {
    transcript: Vec<u8>,
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
        let mut transcript = Vec::with_capacity(DOMAIN.len() + signatures * TRANSCRIBED);
        transcript.extend_from_slice(DOMAIN);
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
        self.transcript.extend_from_slice(&hash);
        self.transcript.extend_from_slice(&s);
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
        let mut transcript = blake3::Hasher::new();
        transcript.update(&self.transcript);
        let mut chance = vec![0; 16 * self.terms.len()];
        transcript.finalize_xof().fill(&mut chance);
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
    static SMALL: LazyLock<[[u8; 32]; 8]> =
        LazyLock::new(|| EIGHT_TORSION.map(|point| unsigned(point.compress().0)));
    let y = unsigned(bytes);
    // Canonical: y below 2^255 − 19. The other second form, a sign on x = 0, is of small order.
    let beyond = y[31] == 0x7f && y[0] >= 0xed && y[1..31].iter().all(|byte| *byte == 0xff);
    if beyond || SMALL.contains(&y) {
        return None;
    }
    CompressedEdwardsY(bytes).decompress()
}

/// An encoding without the sign of x: the points of one y are of one order.
const fn unsigned(mut bytes: [u8; 32]) -> [u8; 32] {
    bytes[31] &= 0x7f;
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use ed25519_dalek::{Signer, SigningKey};

    fn holds(signed: &[(SigningKey, &[u8], [u8; 64])]) -> bool {
        let mut batch = Batch::with_capacity(signed.len());
        let added = signed.iter().all(|(key, message, signature)| {
            batch.key(&key.verifying_key());
            batch.add(&key.verifying_key(), message, signature)
        });
        added && batch.holds()
    }

    fn signed(count: u8) -> Vec<(SigningKey, &'static [u8], [u8; 64])> {
        let key = |number| SigningKey::from_bytes(&[number % 7; 32]);
        let message: &[u8] = b"an event";
        (0..count)
            .map(|number| (key(number), message, key(number).sign(message).to_bytes()))
            .collect()
    }

    #[test]
    fn signatures_by_few_and_many_keys_pass_together() {
        for count in [1, 2, 50, 255] {
            assert!(holds(&signed(count)), "{count}");
        }
    }

    #[test]
    fn one_wrong_bit_anywhere_in_one_signature_fails_all() {
        for bit in 0..512 {
            let mut signed = signed(3);
            signed[1].2[bit / 8] ^= 1 << (bit % 8);
            assert!(!holds(&signed), "bit {bit}");
        }
    }

    #[test]
    fn a_signature_over_another_message_or_by_another_key_fails_all() {
        let mut other = signed(9);
        other[4].1 = b"another";
        assert!(!holds(&other));
        let mut other = signed(9);
        other[4].0 = SigningKey::from_bytes(&[99; 32]);
        assert!(!holds(&other));
        let mut swapped = signed(9);
        (swapped[1].2, swapped[2].2) = (swapped[2].2, swapped[1].2);
        assert!(!holds(&swapped));
    }

    #[test]
    fn a_second_form_of_s_fails_as_it_does_by_the_strict_rule() {
        // The order of the base point, RFC 8032 §5.1, little-endian.
        let order = "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010";
        let mut signed = signed(1);
        let mut carry = 0;
        for (byte, add) in signed[0].2[32..].iter_mut().zip(hex::decode(order).unwrap()) {
            carry += u16::from(*byte) + u16::from(add);
            *byte = carry.to_le_bytes()[0];
            carry >>= 8;
        }
        assert!(!holds(&signed));
        let signature = ed25519_dalek::Signature::from_bytes(&signed[0].2);
        assert!(
            signed[0]
                .0
                .verifying_key()
                .verify_strict(signed[0].1, &signature)
                .is_err()
        );
    }

    #[test]
    fn a_point_of_small_order_or_of_a_second_encoding_is_none() {
        for torsion in EIGHT_TORSION {
            let mut bytes = torsion.compress().0;
            assert!(point(bytes).is_none());
            bytes[31] ^= 0x80;
            assert!(point(bytes).is_none());
        }
        // y = 3 is on the curve; y = p + 3 is the same point once more.
        let mut three = [0; 32];
        three[0] = 3;
        let mut again = [0xff; 32];
        (again[0], again[31]) = (0xf0, 0x7f);
        assert_eq!(point(three), CompressedEdwardsY(again).decompress());
        assert!(point(three).is_some() && point(again).is_none());
    }
}
