//! Chance that follows from a seed, so that a failure can be played again.

use std::ops::Range;

/// An endless stream of bytes that a seed determines.
#[derive(Debug)]
pub struct Dice(blake3::OutputReader);

impl Dice {
    /// Named by what they are thrown for; two names never give the same throws.
    pub fn new(seed: impl std::fmt::Display) -> Self {
        let mut hasher = blake3::Hasher::new_derive_key("hotich 2026 tests dice");
        hasher.update(seed.to_string().as_bytes());
        Self(hasher.finalize_xof())
    }

    /// The next bytes.
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.fill(&mut bytes);
        bytes
    }

    /// A number out of a range.
    pub fn within(&mut self, range: Range<u64>) -> u64 {
        range.start + u64::from_le_bytes(self.bytes()) % (range.end - range.start)
    }
}
