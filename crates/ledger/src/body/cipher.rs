//! One body under its own key: ChaCha20-Poly1305 (RFC 8439).
//!
//! Every key encrypts one body, once, so the nonce says nothing that the key does not: it is the position.

use chacha20poly1305::aead::{Aead as _, KeyInit as _};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};

use crate::fault::Fault;

fn nonce(position: u64) -> Nonce {
    let mut nonce = [0; 12];
    nonce[4..].copy_from_slice(&position.to_be_bytes());
    nonce.into()
}

/// The bytes that are kept of a body: 16 more than it has.
pub(crate) fn seal(key: &[u8; 32], position: u64, body: &[u8]) -> Result<Vec<u8>, Fault> {
    let sealed = ChaCha20Poly1305::new(key.into()).encrypt(&nonce(position), body);
    sealed.map_err(|_| Fault::internal(format!("encrypting body {position}"), "it is too long"))
}

/// The body behind bytes that were kept.
///
/// # Errors
/// [`Fault`] when the bytes are not those that were made with this key for this position.
pub(crate) fn open(key: &[u8; 32], position: u64, kept: &[u8]) -> Result<Vec<u8>, Fault> {
    let body = ChaCha20Poly1305::new(key.into()).decrypt(&nonce(position), kept);
    body.map_err(|_| Fault::damaged(format!("opening body {position}"), "its key does not open it"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used, reason = "a test fails by panicking")]

    use super::{open, seal};

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
