//! Inclusion and consistency proofs: made from tiles (RFC 6962 §2.1.1–2), judged by pure functions (RFC 9162
//! §2.1.3–4).
//!
//! To make one without blocking: ask which tiles are needed, fetch them in whatever way, hand them over as a
//! map.

use crate::{
    hash::{Hash, empty_root, node_hash},
    source::TileSource,
    subtree::{ReadError, Reader, Subtree},
    tile::Tile,
};

/// Most hashes in a proof about a tree of 64-bit size; no longer proof can be valid.
pub const MAX_PROOF_HASHES: usize = 65;

/// A proof cannot be made, or does not prove.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// The leaf is not in a tree of this size.
    #[error("leaf {index} is not in a tree of {size} leaves")]
    NotInTree {
        /// Index of the leaf, from 0.
        index: u64,
        /// Leaves in the tree.
        size: u64,
    },
    /// The older tree is larger than the newer.
    #[error("a tree of {old} leaves cannot precede one of {new}")]
    Shrunk {
        /// Leaves in the older tree.
        old: u64,
        /// Leaves in the newer tree.
        new: u64,
    },
    /// The source does not have a tile that the proof needs.
    #[error("{0} is missing")]
    MissingTile(Tile),
    /// The source gave fewer bytes than the tile is wide.
    #[error("{0} is too short")]
    ShortTile(Tile),
    /// The proof has too few or too many hashes for these sizes.
    #[error("the proof has the wrong length")]
    WrongLength,
    /// The hashes do not lead to the root of the older tree.
    #[error("the proof does not lead to the older root")]
    WrongOldRoot,
    /// The hashes do not lead to the root.
    #[error("the proof does not lead to the root")]
    WrongRoot,
}

/// The tiles from which the inclusion of leaf `index` in a tree of `size` leaves is proved, each once.
///
/// # Errors
/// [`ProofError::NotInTree`].
pub fn inclusion_tiles(index: u64, size: u64) -> Result<Vec<Tile>, ProofError> {
    Ok(tiles(size, &inclusion_siblings(index, size)?))
}

/// Makes the inclusion proof of leaf `index` in a tree of `size` leaves: from the leaf's sibling up to the
/// root's child.
///
/// # Errors
/// [`ProofError::NotInTree`], [`ProofError::MissingTile`], [`ProofError::ShortTile`].
pub fn inclusion_proof(index: u64, size: u64, source: &dyn TileSource) -> Result<Vec<Hash>, ProofError> {
    read(size, &inclusion_siblings(index, size)?, source)
}

/// The tiles from which it is proved that a tree of `new` leaves continues its beginning of `old` leaves,
/// each once.
///
/// # Errors
/// [`ProofError::Shrunk`].
pub fn consistency_tiles(old: u64, new: u64) -> Result<Vec<Tile>, ProofError> {
    Ok(tiles(new, &consistency_siblings(old, new)?))
}

/// Makes the proof that a tree of `new` leaves continues its beginning of `old` leaves. It is empty when
/// `old` is 0 or `new`.
///
/// # Errors
/// [`ProofError::Shrunk`], [`ProofError::MissingTile`], [`ProofError::ShortTile`].
pub fn consistency_proof(old: u64, new: u64, source: &dyn TileSource) -> Result<Vec<Hash>, ProofError> {
    read(new, &consistency_siblings(old, new)?, source)
}

/// Computes the root that an inclusion proof leads to, for whoever has no root to compare with yet (RFC 9162
/// §2.1.3.2).
///
/// # Errors
/// [`ProofError::NotInTree`], [`ProofError::WrongLength`].
pub fn root_from_inclusion(index: u64, size: u64, leaf: Hash, proof: &[Hash]) -> Result<Hash, ProofError> {
    let mut walk = Walk::from_leaf(index, size).ok_or(ProofError::NotInTree { index, size })?;
    let mut root = leaf;
    for sibling in proof {
        root = match walk.step().ok_or(ProofError::WrongLength)? {
            Side::Left => node_hash(sibling, &root),
            Side::Right => node_hash(&root, sibling),
        };
    }
    if walk.is_at_root() {
        Ok(root)
    } else {
        Err(ProofError::WrongLength)
    }
}

/// Judges an inclusion proof: is the leaf with this hash number `index` of the tree with `size` leaves and
/// this root?
///
/// # Errors
/// [`ProofError::NotInTree`], [`ProofError::WrongLength`], [`ProofError::WrongRoot`].
pub fn verify_inclusion(
    index: u64,
    size: u64,
    leaf: Hash,
    root: Hash,
    proof: &[Hash],
) -> Result<(), ProofError> {
    if root_from_inclusion(index, size, leaf, proof)? == root {
        Ok(())
    } else {
        Err(ProofError::WrongRoot)
    }
}

/// Judges a consistency proof: does the tree with `new` leaves and `new_root` continue the one with `old`
/// leaves and `old_root`?
///
/// Every tree continues the empty one, whose root must be that of nothing; between equal sizes the roots must
/// be equal. The proof is empty in both cases.
///
/// # Errors
/// [`ProofError::Shrunk`], [`ProofError::WrongLength`], [`ProofError::WrongOldRoot`],
/// [`ProofError::WrongRoot`].
pub fn verify_consistency(
    old: u64,
    new: u64,
    old_root: Hash,
    new_root: Hash,
    proof: &[Hash],
) -> Result<(), ProofError> {
    if old > new {
        return Err(ProofError::Shrunk { old, new });
    }
    if old == 0 || old == new {
        return verify_trivial(old, new, old_root, new_root, proof);
    }
    // RFC 9162 §2.1.4.2. Where the old tree is one full subtree, its root opens the proof without being
    // written.
    let (first, rest) = if old.is_power_of_two() {
        (&old_root, proof)
    } else {
        proof.split_first().ok_or(ProofError::WrongLength)?
    };
    let mut walk = Walk::from_old_tree(old, new).ok_or(ProofError::WrongLength)?;
    let (mut from_old, mut from_new) = (*first, *first);
    for sibling in rest {
        match walk.step().ok_or(ProofError::WrongLength)? {
            Side::Left => {
                from_old = node_hash(sibling, &from_old);
                from_new = node_hash(sibling, &from_new);
            }
            Side::Right => from_new = node_hash(&from_new, sibling),
        }
    }
    match (walk.is_at_root(), from_old == old_root, from_new == new_root) {
        (false, _, _) => Err(ProofError::WrongLength),
        (_, false, _) => Err(ProofError::WrongOldRoot),
        (_, _, false) => Err(ProofError::WrongRoot),
        _ => Ok(()),
    }
}

/// Consistency from the empty tree, or with the same size.
fn verify_trivial(
    old: u64,
    new: u64,
    old_root: Hash,
    new_root: Hash,
    proof: &[Hash],
) -> Result<(), ProofError> {
    if !proof.is_empty() {
        Err(ProofError::WrongLength)
    } else if old == 0 && old_root != empty_root() {
        Err(ProofError::WrongOldRoot)
    } else if old == new && old_root != new_root {
        Err(ProofError::WrongRoot)
    } else {
        Ok(())
    }
}

/// On which side the next hash of a proof stands.
enum Side {
    Left,
    Right,
}

/// The way from a node to the root: its index in its layer, and the index of the layer's last node (`fn` and
/// `sn` of RFC 9162).
struct Walk {
    node: u64,
    last: u64,
}

impl Walk {
    /// From a leaf. `None` when the tree does not have it.
    fn from_leaf(index: u64, size: u64) -> Option<Self> {
        let last = size.checked_sub(1)?;
        (index <= last).then_some(Self { node: index, last })
    }

    /// From the largest full subtree at the right end of the old tree, which is also a subtree of the new
    /// one.
    fn from_old_tree(old: u64, new: u64) -> Option<Self> {
        let (node, last) = (old.checked_sub(1)?, new.checked_sub(1)?);
        let height = node.trailing_ones();
        Some(Self {
            node: node.checked_shr(height)?,
            last: last.checked_shr(height)?,
        })
    }

    /// Goes up to the parent that has a sibling to hash with. `None` at the root.
    fn step(&mut self) -> Option<Side> {
        if self.is_at_root() {
            return None;
        }
        let side = if self.node & 1 == 1 || self.node == self.last {
            // The last node of a layer may have no sibling: it moves up unchanged until it is a right child.
            let height = self.node.trailing_zeros();
            self.node = self.node.checked_shr(height).unwrap_or(0);
            self.last = self.last.checked_shr(height).unwrap_or(0);
            Side::Left
        } else {
            Side::Right
        };
        self.node >>= 1;
        self.last >>= 1;
        Some(side)
    }

    const fn is_at_root(&self) -> bool {
        self.last == 0
    }
}

/// The subtrees whose hashes prove an inclusion (RFC 6962 §2.1.1, PATH), lowest first.
fn inclusion_siblings(index: u64, size: u64) -> Result<Vec<Subtree>, ProofError> {
    if index >= size {
        return Err(ProofError::NotInTree { index, size });
    }
    let mut siblings = Vec::new();
    let mut subtree = Subtree::of_tree(size);
    while let Some((left, right)) = subtree.split() {
        let (on_path, sibling) = if index < right.start {
            (left, right)
        } else {
            (right, left)
        };
        siblings.push(sibling);
        subtree = on_path;
    }
    siblings.reverse();
    Ok(siblings)
}

/// The subtrees whose hashes prove a consistency (RFC 6962 §2.1.2, SUBPROOF), lowest first.
fn consistency_siblings(old: u64, new: u64) -> Result<Vec<Subtree>, ProofError> {
    if old > new {
        return Err(ProofError::Shrunk { old, new });
    }
    let mut siblings = Vec::new();
    let mut subtree = Subtree::of_tree(new);
    while old != 0
        && subtree.end != old
        && let Some((left, right)) = subtree.split()
    {
        let (on_path, sibling) = if old <= right.start {
            (left, right)
        } else {
            (right, left)
        };
        siblings.push(sibling);
        subtree = on_path;
    }
    // What is left ends where the old tree ends. If it is the old tree itself, the judge has its root
    // already.
    if old != 0 && subtree.start != 0 {
        siblings.push(subtree);
    }
    siblings.reverse();
    Ok(siblings)
}

/// The tiles that hold some subtrees, each once.
fn tiles(size: u64, subtrees: &[Subtree]) -> Vec<Tile> {
    let mut tiles = Vec::new();
    subtrees
        .iter()
        .for_each(|subtree| subtree.tiles(size, &mut tiles));
    tiles.sort_unstable();
    tiles.dedup();
    tiles
}

/// The hashes of some subtrees.
fn read(size: u64, subtrees: &[Subtree], source: &dyn TileSource) -> Result<Vec<Hash>, ProofError> {
    let mut reader = Reader::new(size, source);
    subtrees
        .iter()
        .map(|subtree| {
            reader.hash(*subtree).map_err(|error| match error {
                ReadError::Missing(tile) => ProofError::MissingTile(tile),
                ReadError::Short(tile) => ProofError::ShortTile(tile),
                ReadError::Outside => ProofError::WrongLength,
            })
        })
        .collect()
}
