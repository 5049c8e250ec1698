//! The right edge of a growing tree: all that must be remembered to append to it and to know its root.
//!
//! Two views of the same edge are kept. The *partial tiles*, at most 255 hashes a level, are what is stored
//! and served. The *peaks*, one hash for each binary one in the size, make a leaf cost one node hash on
//! average and the root at most 63.

use crate::{
    hash::{Hash, empty_root, node_hash},
    source::TileSource,
    tile::{TILE_SIZE, Tile, hash_at},
};

/// Binary heights between one level of tiles and the next: a tile is a subtree of height 8.
const TILE_HEIGHT: u32 = 8;

/// Bytes of the size before the tiles, in [`Edge::to_bytes`].
const SIZE_BYTES: usize = 8;

/// The right edge of an RFC 6962 tree, to which leaves are appended.
///
/// A clone copies at most 255 hashes a level (about 30 kB at 100 million leaves): a batch is built on a
/// clone, and the clone takes the original's place once the batch is durable. Nothing is ever rolled back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Edge {
    size: u64,
    /// Bytes of the partial tile of each level, lowest first; empty where the level ends in a full tile.
    partials: Vec<Vec<u8>>,
    /// Roots of the full subtrees that make up the tree, largest (leftmost) first.
    peaks: Vec<Hash>,
}

/// A tile that a leaf completed: it will never change again and is to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FullTile {
    /// Its address; the width is 256.
    pub tile: Tile,
    /// Its 256 hashes, 8,192 bytes.
    pub bytes: Vec<u8>,
}

/// An edge cannot be made or grown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EdgeError {
    /// The source has no such partial tile.
    #[error("partial tile {0} is missing")]
    Missing(Tile),
    /// The source gave fewer bytes than the tile is wide.
    #[error("partial tile {0} is too short")]
    Short(Tile),
    /// The bytes are not those of a serialised edge.
    #[error("not a serialised tree edge")]
    Malformed,
    /// The tree has 2^64 − 1 leaves.
    #[error("the tree is full")]
    Full,
}

impl Edge {
    /// The edge of the empty tree.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The edge of a tree of `size` leaves, from its partial tiles ([`Tile::partials`] says which).
    ///
    /// The hashes are believed: compare [`Edge::root`] with a root you trust.
    ///
    /// # Errors
    /// [`EdgeError::Missing`] and [`EdgeError::Short`].
    pub fn from_tiles(size: u64, source: &dyn TileSource) -> Result<Self, EdgeError> {
        let mut edge = Self {
            size,
            ..Self::default()
        };
        for tile in Tile::partials(size) {
            let bytes = source.tile(tile).ok_or(EdgeError::Missing(tile))?;
            let bytes = tile.cut(&bytes).ok_or(EdgeError::Short(tile))?;
            edge.level(tile.level()).extend_from_slice(bytes);
        }
        edge.peaks = peaks(&edge.partials);
        Ok(edge)
    }

    /// Appends a leaf, given its hash ([`leaf_hash`](crate::leaf_hash)), and answers the tiles it completed,
    /// lowest level first. For 255 leaves of 256 there are none.
    ///
    /// # Errors
    /// [`EdgeError::Full`] at 2^64 − 1 leaves; nothing is changed then.
    pub fn push(&mut self, leaf: Hash) -> Result<Vec<FullTile>, EdgeError> {
        let size = self.size.checked_add(1).ok_or(EdgeError::Full)?;
        let mut completed = Vec::new();
        let mut hash = leaf;
        self.record(0, hash, &mut completed);
        for height in 1..=self.size.trailing_ones() {
            let Some(left) = self.peaks.pop() else { break };
            hash = node_hash(&left, &hash);
            if height.is_multiple_of(TILE_HEIGHT) {
                self.record(height / TILE_HEIGHT, hash, &mut completed);
            }
        }
        self.peaks.push(hash);
        self.size = size;
        Ok(completed)
    }

    /// Number of leaves.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Root of the tree (RFC 6962 §2.1): at most 63 node hashes.
    #[must_use]
    pub fn root(&self) -> Hash {
        fold(&self.peaks).unwrap_or_else(empty_root)
    }

    /// The partial tile of a level with its bytes, or `None` when the level ends in a full tile.
    #[must_use]
    pub fn partial(&self, level: u8) -> Option<(Tile, &[u8])> {
        Some((
            Tile::partial(level, self.size)?,
            self.partials.get(usize::from(level))?,
        ))
    }

    /// All partial tiles with their bytes, lowest level first.
    pub fn partials(&self) -> impl Iterator<Item = (Tile, &[u8])> {
        Tile::partials(self.size).filter_map(|tile| self.partial(tile.level()))
    }

    /// The edge as bytes: the size (8 bytes, big-endian), then the partial tiles, lowest level first. The
    /// size tells every length.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.size.to_be_bytes().to_vec();
        for (_, tile) in self.partials() {
            bytes.extend_from_slice(tile);
        }
        bytes
    }

    /// Reads what [`Edge::to_bytes`] wrote. The hashes are believed, as in [`Edge::from_tiles`].
    ///
    /// # Errors
    /// [`EdgeError::Malformed`] when the length is not exactly what the size asks for.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, EdgeError> {
        let (size, mut rest) = bytes
            .split_first_chunk::<SIZE_BYTES>()
            .ok_or(EdgeError::Malformed)?;
        let mut edge = Self {
            size: u64::from_be_bytes(*size),
            ..Self::default()
        };
        for tile in Tile::partials(edge.size) {
            let (partial, after) = rest
                .split_at_checked(tile.size_bytes())
                .ok_or(EdgeError::Malformed)?;
            edge.level(tile.level()).extend_from_slice(partial);
            rest = after;
        }
        if !rest.is_empty() {
            return Err(EdgeError::Malformed);
        }
        edge.peaks = peaks(&edge.partials);
        Ok(edge)
    }

    /// Appends a hash to the partial tile of a level; a tile that becomes full is handed over.
    fn record(&mut self, level: u32, hash: Hash, completed: &mut Vec<FullTile>) {
        let Ok(level) = u8::try_from(level) else { return };
        let before = Tile::partial(level, self.size);
        let partial = self.level(level);
        if partial.is_empty() {
            partial.reserve_exact(TILE_SIZE);
        }
        partial.extend_from_slice(hash.as_bytes());
        if partial.len() == TILE_SIZE
            && let Some(tile) = before
        {
            completed.push(FullTile {
                tile: tile.full(),
                bytes: std::mem::take(partial),
            });
        }
    }

    /// The bytes of a level's partial tile, making room for it first.
    fn level(&mut self, level: u8) -> &mut Vec<u8> {
        let level = usize::from(level);
        if self.partials.len() <= level {
            self.partials.resize(level + 1, Vec::new());
        }
        &mut self.partials[level]
    }
}

impl TileSource for Edge {
    /// The edge's own partial tiles, and every narrower one at the same place.
    fn tile(&self, tile: Tile) -> Option<Vec<u8>> {
        let (own, bytes) = self.partial(tile.level())?;
        if own.index() == tile.index() {
            tile.cut(bytes).map(<[u8]>::to_vec)
        } else {
            None
        }
    }
}

/// The peaks of a tree, largest first, from its partial tiles, lowest level first.
fn peaks(partials: &[Vec<u8>]) -> Vec<Hash> {
    partials.iter().rev().flat_map(|tile| tile_peaks(tile)).collect()
}

/// The roots of the full subtrees over the hashes of one partial tile, largest first.
fn tile_peaks(tile: &[u8]) -> Vec<Hash> {
    let mut peaks: Vec<Hash> = Vec::new();
    for (count, mut hash) in (0_usize..).map_while(|place| Some((place, hash_at(tile, place)?))) {
        for _ in 0..count.trailing_ones() {
            let Some(left) = peaks.pop() else { break };
            hash = node_hash(&left, &hash);
        }
        peaks.push(hash);
    }
    peaks
}

/// The root over subtrees that stand side by side, each larger than the next; `None` over none.
pub(crate) fn fold(peaks: &[Hash]) -> Option<Hash> {
    let (last, rest) = peaks.split_last()?;
    Some(
        rest.iter()
            .rev()
            .fold(*last, |right, left| node_hash(left, &right)),
    )
}
