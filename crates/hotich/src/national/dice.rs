//! Chance that follows from a seed, for people who do not exist.

use blake3::{Hasher, OutputReader};

/// A source of chance for one purpose: the same seed, purpose and number give the same throws for ever.
///
/// The operating system's chance has no business here: a demo that nobody can repeat proves nothing. Keys thrown with
/// these dice are known to everyone who knows the seed.
#[derive(Debug)]
pub struct Dice(OutputReader);

impl Dice {
    /// For a purpose, and the number of the office or client that throws.
    pub fn new(seed: u64, purpose: &str, number: u64) -> Self {
        let mut hasher = Hasher::new_derive_key("hotich 2026 synthetic registrations");
        hasher
            .update(&seed.to_le_bytes())
            .update(&number.to_le_bytes())
            .update(purpose.as_bytes());
        Self(hasher.finalize_xof())
    }

    /// That many bytes.
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.fill(&mut bytes);
        bytes
    }

    /// A number from 0 up to, and without, `bound`; 0 when there is none.
    pub fn below(&mut self, bound: u64) -> u64 {
        // 64 bits spread over any bound used here leave a bias that nobody can count.
        let wide = u128::from(u64::from_le_bytes(self.bytes())) * u128::from(bound);
        u64::try_from(wide >> 64).unwrap_or_default()
    }

    /// A number between two, both included.
    pub fn between(&mut self, least: i64, most: i64) -> i64 {
        let span = u64::try_from(most - least + 1).unwrap_or_default();
        least + i64::try_from(self.below(span)).unwrap_or_default()
    }

    /// Whether something happens that happens so many times in a hundred.
    pub fn percent(&mut self, chance: u64) -> bool {
        self.below(100) < chance
    }

    /// A number from 0 up to, and without, 1.
    pub fn fraction(&mut self) -> f64 {
        const STEPS: u64 = 1 << 32;
        self.below(STEPS) as f64 / STEPS as f64
    }

    /// One of several, all alike; nothing of nothing.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(usize::try_from(self.below(from.len() as u64)).ok()?)
    }

    /// One of several words; empty when there is none.
    pub fn word(&mut self, from: &[&'static str]) -> &'static str {
        self.pick(from).copied().unwrap_or_default()
    }

    /// The index of one of several, as often as their weights say; 0 when all weights are 0.
    pub fn weighted(&mut self, weights: impl IntoIterator<Item = u64> + Clone) -> usize {
        let mut left = self.below(weights.clone().into_iter().sum());
        for (index, weight) in weights.into_iter().enumerate() {
            if left < weight {
                return index;
            }
            left -= weight;
        }
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_purpose_and_number_throw_the_same() {
        let throws = |seed, purpose, number| Dice::new(seed, purpose, number).bytes::<16>();
        assert_eq!(throws(1, "acts", 7), throws(1, "acts", 7));
        assert_ne!(throws(1, "acts", 7), throws(2, "acts", 7));
        assert_ne!(throws(1, "acts", 7), throws(1, "key", 7));
        assert_ne!(throws(1, "acts", 7), throws(1, "acts", 8));
    }

    #[test]
    fn throws_stay_within_their_bounds() {
        let mut dice = Dice::new(1, "bounds", 0);
        for _ in 0..1_000 {
            assert!((-3..=5).contains(&dice.between(-3, 5)));
            assert!((0.0..1.0).contains(&dice.fraction()));
            assert!([1, 3].contains(&dice.weighted([0, 1, 0, 2])));
        }
        assert_eq!(dice.pick::<u8>(&[]), None);
        assert_eq!(dice.weighted([]), 0);
    }
}
