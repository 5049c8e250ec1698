//! Time and chance, the two things that no use case makes up by itself.

use std::time::UNIX_EPOCH;

/// A source of chance: ids and salts.
pub trait Chance: Send + Sync {
    /// Fills the bytes.
    fn fill(&self, bytes: &mut [u8]);
}

/// The operating system's source.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemChance;

impl Chance for SystemChance {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where chance enters the program"
    )]
    fn fill(&self, bytes: &mut [u8]) {
        // Without chance there are no unguessable salts: a program that went on would publish people's data.
        if getrandom::fill(bytes).is_err() {
            std::process::abort();
        }
    }
}

/// The operating system's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl ledger::Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where time enters the program"
    )]
    fn now_ms(&self) -> i64 {
        let since = std::time::SystemTime::now().duration_since(UNIX_EPOCH);
        since.map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}

/// Bytes that look like chance and follow from a seed: for the demo, tests and benchmarks.
#[derive(Debug)]
pub struct SeededChance(std::sync::Mutex<blake3::OutputReader>);

impl SeededChance {
    /// From a seed.
    pub fn new(seed: u64) -> Self {
        let mut hasher = blake3::Hasher::new_derive_key("hotich 2026 seeded chance");
        hasher.update(&seed.to_le_bytes());
        Self(std::sync::Mutex::new(hasher.finalize_xof()))
    }
}

impl Chance for SeededChance {
    fn fill(&self, bytes: &mut [u8]) {
        self.0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .fill(bytes);
    }
}
