//! [`Remembered`]: a map that forgets what was not asked for lately, so that memory stays bounded.

use std::collections::HashMap;
use std::hash::Hash;
use std::mem;

/// Two maps of at most `limit` keys each: when the young one is full it becomes the old one, and what was in the old one is
/// forgotten. A key that is asked for moves to the young one.
pub(crate) struct Remembered<K, V> {
    young: HashMap<K, V>,
    old: HashMap<K, V>,
    limit: usize,
}

impl<K: Hash + Eq + Copy, V: Copy> Remembered<K, V> {
    pub(crate) fn new(limit: usize) -> Self {
        Remembered {
            young: HashMap::new(),
            old: HashMap::new(),
            limit,
        }
    }

    pub(crate) fn get(&mut self, key: &K) -> Option<V> {
        if let Some(value) = self.young.get(key) {
            return Some(*value);
        }
        let value = self.old.remove(key)?;
        self.put(*key, value);
        Some(value)
    }

    pub(crate) fn put(&mut self, key: K, value: V) {
        if self.young.len() >= self.limit && !self.young.contains_key(&key) {
            self.old = mem::take(&mut self.young);
        }
        self.young.insert(key, value);
    }
}

#[cfg(test)]
mod tests {
    use super::Remembered;

    #[test]
    fn what_is_asked_for_stays_and_the_rest_is_forgotten() {
        let mut heads = Remembered::new(2);
        for key in 0..6 {
            heads.put(key, key * 10);
            assert_eq!(heads.get(&0), Some(0), "asked for after each step");
        }
        assert_eq!(heads.get(&1), None);
        assert_eq!(heads.get(&5), Some(50));
    }

    #[test]
    fn a_newer_value_hides_the_older_one() {
        let mut heads = Remembered::new(1);
        heads.put(1, 1);
        heads.put(2, 2);
        heads.put(1, 3);
        assert_eq!(heads.get(&1), Some(3));
    }
}
