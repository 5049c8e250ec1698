//! The SHA-256 hashes of an RFC 6962 tree: of an entry, of two subtrees, of nothing.

use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};
use std::{fmt, str::FromStr};

/// Length of a hash in bytes.
pub const HASH_SIZE: usize = 32;

/// Length of a hash in base64, with its padding.
const BASE64_SIZE: usize = 44;

/// A SHA-256 hash of a leaf, of a subtree or of a whole tree (32 bytes).
///
/// `Display` and `FromStr` are standard padded base64, as C2SP writes hashes in checkpoints and proofs;
/// `{:x}` and [`Hash::parse_hex`] are lower-case hexadecimal, as people compare them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Hash(pub [u8; HASH_SIZE]);

/// The text or the bytes are not one hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a SHA-256 hash")]
pub struct HashError;

impl Hash {
    /// The 32 bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; HASH_SIZE] {
        &self.0
    }

    /// Reads a hash from exactly 32 bytes.
    ///
    /// # Errors
    /// [`HashError`] when there are more or fewer.
    pub fn from_slice(bytes: &[u8]) -> Result<Self, HashError> {
        bytes.try_into().map(Self).map_err(|_| HashError)
    }

    /// Reads exactly 64 lower-case hexadecimal digits.
    ///
    /// # Errors
    /// [`HashError`] on any other text, capitals included: one hash has one spelling.
    pub fn parse_hex(text: &str) -> Result<Self, HashError> {
        if text.len() != 2 * HASH_SIZE {
            return Err(HashError);
        }
        let mut hash = [0; HASH_SIZE];
        for (byte, pair) in hash.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            for digit in pair {
                *byte = (*byte << 4) | hex_value(*digit).ok_or(HashError)?;
            }
        }
        Ok(Self(hash))
    }
}

/// Value of one lower-case hexadecimal digit.
fn hex_value(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

impl From<[u8; HASH_SIZE]> for Hash {
    fn from(bytes: [u8; HASH_SIZE]) -> Self {
        Self(bytes)
    }
}

impl FromStr for Hash {
    type Err = HashError;

    fn from_str(text: &str) -> Result<Self, HashError> {
        if text.len() != BASE64_SIZE {
            return Err(HashError);
        }
        let mut buffer = [0; HASH_SIZE + 1];
        match STANDARD.decode_slice(text, &mut buffer) {
            Ok(HASH_SIZE) => buffer.first_chunk().copied().map(Self).ok_or(HashError),
            _ => Err(HashError),
        }
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&STANDARD.encode(self.0))
    }
}

impl fmt::LowerHex for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash({self:x})")
    }
}

/// Hash of one entry: `SHA-256(0x00 ‖ entry)` (RFC 6962 §2.1).
#[must_use]
pub fn leaf_hash(entry: &[u8]) -> Hash {
    Hash(
        Sha256::new()
            .chain_update([0])
            .chain_update(entry)
            .finalize()
            .into(),
    )
}

/// Hash of an inner node: `SHA-256(0x01 ‖ left ‖ right)` (RFC 6962 §2.1).
#[must_use]
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Hash(
        Sha256::new()
            .chain_update([1])
            .chain_update(left.0)
            .chain_update(right.0)
            .finalize()
            .into(),
    )
}

/// Root of the tree without entries: `SHA-256("")` (RFC 6962 §2.1).
#[must_use]
pub fn empty_root() -> Hash {
    Hash(Sha256::new().finalize().into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    #[test]
    fn the_root_of_nothing_is_the_hash_of_nothing() {
        assert_eq!(format!("{:x}", empty_root()), EMPTY);
        assert_eq!(
            empty_root().to_string(),
            "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
        );
    }

    #[test]
    fn the_hash_of_the_empty_entry_is_the_known_one() {
        let known = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d";
        assert_eq!(format!("{:x}", leaf_hash(b"")), known);
    }

    #[test]
    fn a_hash_has_one_spelling() {
        assert!(Hash::parse_hex(&EMPTY.to_uppercase()).is_err());
        assert!(
            "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU"
                .parse::<Hash>()
                .is_err()
        );
        // The last digit carries two bits that belong to no byte; only zero is accepted.
        assert!(
            "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV="
                .parse::<Hash>()
                .is_err()
        );
        assert!(
            "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU="
                .parse::<Hash>()
                .is_err()
        );
    }

    proptest! {
        #[test]
        fn a_hash_survives_both_spellings(bytes: [u8; 32]) {
            let hash = Hash(bytes);
            prop_assert_eq!(hash.to_string().parse(), Ok(hash));
            prop_assert_eq!(Hash::parse_hex(&format!("{hash:x}")), Ok(hash));
        }

        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,70}|[a-f0-9]{64}|[A-Za-z0-9+/]{43}=|\\PC{44}") {
            if let Ok(hash) = text.parse::<Hash>() { prop_assert_eq!(hash.to_string(), text.clone()); }
            if let Ok(hash) = Hash::parse_hex(&text) { prop_assert_eq!(format!("{hash:x}"), text); }
        }
    }
}
