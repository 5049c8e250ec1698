//! [`Cover`]: the keys of one span of bodies, as a tree that can be punctured.
//!
//! A span has one root key. From a node's key follow those of its two halves, and so on down to the key of one body: whoever holds
//! a node opens all bodies below it, and nobody gets from a node to what lies beside or above it. To erase bodies the nodes above them
//! are replaced by the largest nodes that lie beside (Goldreich, Goldwasser, Micali 1986).

use std::collections::BTreeSet;

use zeroize::Zeroizing;

/// Halvings from the root of a span to the key of one body.
pub(crate) const DEPTH: u8 = 12;

/// Bodies of one span.
pub(crate) const SPAN_BODIES: u64 = 1 << DEPTH;

/// A key, 32 bytes. Whoever has done with it overwrites it in memory.
pub(crate) type Key = Zeroizing<[u8; 32]>;

/// The span of a position, and its place in it.
pub(crate) fn span_of(position: u64) -> (u64, u16) {
    // The remainder is below 4,096.
    (position / SPAN_BODIES, (position % SPAN_BODIES) as u16)
}

/// A node of the tree.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Node {
    /// Halvings from the root.
    pub(crate) depth: u8,
    /// From the left, among those of its depth, from 0.
    pub(crate) number: u16,
    pub(crate) key: Key,
}

impl Node {
    fn is_above(&self, place: u16) -> bool {
        place >> (DEPTH - self.depth) == self.number
    }

    /// Its left half, or its right one.
    fn half(&self, right: bool) -> Node {
        Node {
            depth: self.depth + 1,
            number: self.number * 2 + u16::from(right),
            key: Zeroizing::new(blake3::keyed_hash(&self.key, &[u8::from(right)]).into()),
        }
    }

    /// The half that is above a place.
    fn towards(&self, place: u16) -> Node {
        self.half(place >> (DEPTH - self.depth - 1) & 1 == 1)
    }

    /// Adds the largest nodes below this one that are above none of the places.
    fn around(&self, places: &BTreeSet<u16>, rest: &mut Vec<Node>) {
        if !places.iter().any(|place| self.is_above(*place)) {
            rest.push(self.clone());
        } else if self.depth < DEPTH {
            self.half(false).around(places, rest);
            self.half(true).around(places, rest);
        }
    }
}

/// No key in a log.
impl std::fmt::Debug for Node {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Node({}, {})", self.depth, self.number)
    }
}

/// The nodes that are left of a span, from left to right, none above another.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Cover(pub(crate) Vec<Node>);

impl Cover {
    /// Of a span from which nothing was erased.
    pub(crate) fn whole(root: Key) -> Self {
        Cover(vec![Node {
            depth: 0,
            number: 0,
            key: root,
        }])
    }

    /// The key of one body; `None` when it was destroyed.
    #[cfg(test)]
    pub(crate) fn key(&self, place: u16) -> Option<Key> {
        Walk::new(self).key(place)
    }

    /// Whether the key of that body can still be had.
    pub(crate) fn has(&self, place: u16) -> bool {
        self.0.iter().any(|node| node.is_above(place))
    }

    /// What is left once the keys of these places are destroyed.
    pub(crate) fn without(&self, places: &BTreeSet<u16>) -> Cover {
        // Room for all of them: a list that grows leaves its keys behind where it was.
        let mut rest = Vec::with_capacity(self.0.len() + usize::from(DEPTH) * places.len());
        for node in &self.0 {
            node.around(places, &mut rest);
        }
        Cover(rest)
    }
}

/// Goes from key to key; neighbours share the way down, so that a whole batch costs two halvings a body.
pub(crate) struct Walk<'c> {
    cover: &'c Cover,
    way: Vec<Node>,
}

impl<'c> Walk<'c> {
    /// Through what is left of a span.
    pub(crate) fn new(cover: &'c Cover) -> Self {
        Walk {
            cover,
            way: Vec::with_capacity(usize::from(DEPTH) + 1),
        }
    }

    /// The key of one body; `None` when it was destroyed.
    pub(crate) fn key(&mut self, place: u16) -> Option<Key> {
        while self.way.last().is_some_and(|node| !node.is_above(place)) {
            self.way.pop();
        }
        if self.way.is_empty() {
            let node = self.cover.0.iter().find(|node| node.is_above(place))?;
            self.way.push(node.clone());
        }
        loop {
            let node = self.way.last()?;
            if node.depth == DEPTH {
                return Some(node.key.clone());
            }
            let next = node.towards(place);
            self.way.push(next);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used, reason = "a test fails by panicking")]

    use std::collections::{BTreeSet, HashSet};

    use proptest::prelude::*;

    use super::{Cover, DEPTH, SPAN_BODIES};

    const PLACES: u16 = SPAN_BODIES as u16;

    #[test]
    fn every_body_of_a_span_has_a_key_of_its_own() {
        let cover = Cover::whole([7; 32].into());
        let keys: HashSet<_> = (0..PLACES)
            .map(|place| *cover.key(place).expect("whole"))
            .collect();
        assert_eq!(keys.len(), usize::from(PLACES));
        // What a stranger has to arrive at: `schemas/rfc/0008-privacy.md` §2 gives it.
        assert_eq!(
            hex::encode(cover.key(2_741).expect("whole")),
            hex::encode((0..DEPTH).rev().fold([7_u8; 32], |key, bit| {
                blake3::keyed_hash(&key, &[(2_741_u16 >> bit & 1) as u8]).into()
            }))
        );
    }

    #[test]
    fn the_smallest_cover_of_all_but_one_has_one_node_at_each_depth() {
        let left = Cover::whole([7; 32].into()).without(&BTreeSet::from([1_000]));
        let mut depths: Vec<u8> = left.0.iter().map(|node| node.depth).collect();
        depths.sort_unstable();
        assert_eq!(depths, (1..=DEPTH).collect::<Vec<_>>());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn whatever_is_punctured_in_whatever_order_every_other_body_opens_and_none_of_those(
            rounds in prop::collection::vec(prop::collection::btree_set(0..PLACES, 1..40), 1..5)
        ) {
            let whole = Cover::whole([9; 32].into());
            let all: BTreeSet<u16> = rounds.iter().flatten().copied().collect();
            let forth = rounds.iter().fold(whole.clone(), |cover, round| cover.without(round));
            let back = rounds.iter().rev().fold(whole.clone(), |cover, round| cover.without(round));
            prop_assert_eq!(&forth, &back);
            prop_assert_eq!(&forth, &whole.without(&all));
            for place in 0..PLACES {
                let gone = all.contains(&place);
                prop_assert_eq!(forth.has(place), !gone);
                prop_assert_eq!(forth.key(place), if gone { None } else { whole.key(place) });
            }
        }
    }
}
