//! The definitions of RFC 6962 §2.1 word by word, slow and plain, and a log kept in memory.
#![allow(dead_code, reason = "each test file uses its part")]

pub mod signed;

use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use tlog::{Edge, Hash, Tile, TileSource, hash_at, leaf_hash};

/// The entries of a test log: 65 bytes each, all different.
pub fn entry(index: u64) -> Vec<u8> {
    [vec![1; 57], index.to_be_bytes().to_vec()].concat()
}

/// Leaf hashes `0..size`.
pub fn leaves(size: u64) -> Vec<Hash> {
    (0..size)
        .map(|index| Hash(Sha256::digest([vec![0], entry(index)].concat()).into()))
        .collect()
}

/// MTH: the hash of a list of leaves.
pub fn mth(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Hash(Sha256::digest([]).into()),
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(largest_power_below(leaves.len()));
            Hash(Sha256::digest([&[1][..], mth(left).as_bytes(), mth(right).as_bytes()].concat()).into())
        }
    }
}

/// PATH(m, D[n]).
pub fn path(index: usize, leaves: &[Hash]) -> Vec<Hash> {
    if leaves.len() <= 1 {
        return vec![];
    }
    let k = largest_power_below(leaves.len());
    let (left, right) = leaves.split_at(k);
    let (mut path, sibling) = if index < k {
        (path(index, left), right)
    } else {
        (path(index - k, right), left)
    };
    path.push(mth(sibling));
    path
}

/// PROOF(m, D[n]) for 0 < m <= n.
pub fn consistency(old: usize, leaves: &[Hash]) -> Vec<Hash> {
    subproof(old, leaves, true)
}

fn subproof(old: usize, leaves: &[Hash], whole: bool) -> Vec<Hash> {
    if old == leaves.len() {
        return if whole { vec![] } else { vec![mth(leaves)] };
    }
    let k = largest_power_below(leaves.len());
    let (left, right) = leaves.split_at(k);
    let (mut proof, sibling) = if old <= k {
        (subproof(old, left, whole), right)
    } else {
        (subproof(old - k, right, false), left)
    };
    proof.push(mth(sibling));
    proof
}

fn largest_power_below(n: usize) -> usize {
    n.next_power_of_two() / 2
}

/// The bytes of a tile by its definition in C2SP tlog-tiles.
pub fn tile_bytes(tile: Tile, leaves: &[Hash]) -> Vec<u8> {
    let span = 256_usize.pow(u32::from(tile.level()));
    let first = tile.index() as usize * 256;
    (first..first + usize::from(tile.width()))
        .flat_map(|i| mth(&leaves[i * span..(i + 1) * span]).0)
        .collect()
}

/// A log kept as a server keeps it: full tiles for ever, and the edge.
#[derive(Default, Clone)]
pub struct Log {
    pub edge: Edge,
    pub full: BTreeMap<(u8, u64), Vec<u8>>,
}

impl Log {
    pub fn of(size: u64) -> Self {
        let mut log = Self::default();
        (0..size).for_each(|index| log.push(leaf_hash(&entry(index))));
        log
    }

    pub fn push(&mut self, leaf: Hash) {
        for completed in self.edge.push(leaf).expect("a test log is never full") {
            assert!(completed.tile.is_full());
            let at = (completed.tile.level(), completed.tile.index());
            assert!(
                self.full.insert(at, completed.bytes).is_none(),
                "a tile is completed once"
            );
        }
    }
}

impl TileSource for Log {
    fn tile(&self, tile: Tile) -> Option<Vec<u8>> {
        let full = self
            .full
            .get(&(tile.level(), tile.index()))
            .and_then(|bytes| tile.cut(bytes));
        full.map(<[u8]>::to_vec).or_else(|| self.edge.tile(tile))
    }
}

/// All hashes of a tile.
pub fn hashes(tile: &[u8]) -> Vec<Hash> {
    (0..).map_while(|place| hash_at(tile, place)).collect()
}
