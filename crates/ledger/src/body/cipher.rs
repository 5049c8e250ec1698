//! One body under its own key: AES-256-GCM-SIV (RFC 8452).
//!
//! The nonce says nothing that the key does not: it is the position. A batch that failed may have left its ciphertext on a disk before another
//! body took its position, so the cipher has to bear that key and nonce come twice. This one does: the two tell nothing of each other.

use aes_gcm_siv::aead::{Aead as _, KeyInit as _};
use aes_gcm_siv::{Aes256GcmSiv, Nonce};

use super::tree::Key;
use crate::fault::Fault;

fn nonce(position: u64) -> Nonce {
    let mut nonce = [0; 12];
    nonce[4..].copy_from_slice(&position.to_be_bytes());
    nonce.into()
}

/// The key of what lies beside a body and goes with it, told from all else that does by 32 bytes.
pub(crate) fn key_beside(key: &[u8; 32], what: &[u8; 32]) -> Key {
    let message = [&[2][..], what.as_slice()].concat();
    Key::new(blake3::keyed_hash(key, &message).into())
}

/// The bytes that are kept of a body: 16 more than it has.
pub(crate) fn seal(key: &[u8; 32], position: u64, body: &[u8]) -> Result<Vec<u8>, Fault> {
    let sealed = Aes256GcmSiv::new(key.into()).encrypt(&nonce(position), body);
    sealed.map_err(|_| Fault::internal(format!("encrypting body {position}"), "it is too long"))
}

/// The body behind bytes that were kept.
///
/// # Errors
/// [`Fault`] when the bytes are not those that were made with this key for this position.
pub(crate) fn open(key: &[u8; 32], position: u64, kept: &[u8]) -> Result<Vec<u8>, Fault> {
    let body = Aes256GcmSiv::new(key.into()).decrypt(&nonce(position), kept);
    body.map_err(|_| Fault::damaged(format!("opening body {position}"), "its key does not open it"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used, reason = "a test fails by panicking")]

    use serde_json::Value as Json;

    use super::super::tree::{Cover, span_of};
    use super::{key_beside, open, seal};

    #[test]
    fn bodies_are_kept_in_the_bytes_of_the_published_vectors() {
        let vectors: Json =
            serde_json::from_str(include_str!("../../../../schemas/bodies.json")).expect("JSON");
        let cases = vectors["cases"].as_array().expect("cases");
        assert!(!cases.is_empty());
        for case in cases {
            let bytes = |field: &str| hex::decode(case[field].as_str().expect("hex")).expect("hex");
            let position = case["position"].as_u64().expect("a position");
            let root: [u8; 32] = bytes("root").try_into().expect("32 bytes");
            let mut key = Cover::whole(root.into()).key(span_of(position).1).expect("whole");
            if case.get("template").is_some() {
                key = key_beside(&key, &bytes("template").try_into().expect("32 bytes"));
            }
            assert_eq!(key.as_slice(), bytes("key"));
            assert_eq!(
                seal(&key, position, &bytes("sealed")).expect("sealed"),
                bytes("kept")
            );
            assert_eq!(
                open(&key, position, &bytes("kept")).expect("opens"),
                bytes("sealed")
            );
        }
    }

    #[test]
    fn a_body_opens_with_its_key_at_its_position_and_as_it_was_kept() {
        let kept = seal(&[1; 32], 5, b"born").expect("sealed");
        assert_eq!(kept.len(), 20);
        assert_eq!(open(&[1; 32], 5, &kept).expect("opens"), b"born");
        assert!(open(&[2; 32], 5, &kept).is_err());
        assert!(open(&[1; 32], 6, &kept).is_err());
        for byte in 0..kept.len() {
            let mut other = kept.clone();
            other[byte] ^= 1;
            assert!(open(&[1; 32], 5, &other).is_err(), "byte {byte}");
        }
    }
}
