//! Subtrees of a tree, and their hashes out of tiles.

use crate::{
    edge::fold,
    hash::{Hash, node_hash},
    source::TileSource,
    tile::{TILE_WIDTH, Tile, hash_at},
};
use std::collections::BTreeMap;

/// The leaves `start..end`, where `start` is a multiple of the smallest power of two that spans them: what
/// RFC 6962 gives a hash of its own. It need not be full; only the last one of a tree is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Subtree {
    pub(crate) start: u64,
    pub(crate) end: u64,
}

/// Where the hash of a full subtree is found: the hashes `first..first + count` of a tile, hashed together.
#[derive(Debug, Clone, Copy)]
struct Slot {
    tile: Tile,
    first: usize,
    count: usize,
}

impl Subtree {
    /// The whole tree of `size` leaves.
    pub(crate) const fn of_tree(size: u64) -> Self {
        Self { start: 0, end: size }
    }

    /// The two children: the left holds the largest power of two of leaves that leaves something to the
    /// right. `None` for a single leaf.
    pub(crate) fn split(self) -> Option<(Self, Self)> {
        let last = self.end.checked_sub(self.start)?.checked_sub(1)?;
        let middle = self.start + (1 << last.checked_ilog2()?);
        Some((
            Self {
                start: self.start,
                end: middle,
            },
            Self {
                start: middle,
                end: self.end,
            },
        ))
    }

    /// Where to find the full subtrees it consists of, largest (leftmost) first, in a tree of `size` leaves.
    fn slots(self, size: u64) -> impl Iterator<Item = Option<Slot>> {
        let mut start = self.start;
        std::iter::from_fn(move || {
            let height = self.end.checked_sub(start)?.checked_ilog2()?;
            let slot = Slot::of(start, height, size);
            start += 1 << height;
            Some(slot)
        })
    }

    /// Adds the tiles its hash is made of.
    pub(crate) fn tiles(self, size: u64, tiles: &mut Vec<Tile>) {
        tiles.extend(self.slots(size).flatten().map(|slot| slot.tile));
    }
}

impl Slot {
    /// The full subtree of `2^height` leaves from `start` on. `None` when the tree does not have it.
    fn of(start: u64, height: u32, size: u64) -> Option<Self> {
        let level = u8::try_from(height / 8).ok()?;
        let place = start.checked_shr(u32::from(level) * 8)?;
        let tile = Tile::in_tree(level, place / u64::from(TILE_WIDTH), size)?;
        let first = usize::try_from(place % u64::from(TILE_WIDTH)).ok()?;
        Some(Self {
            tile,
            first,
            count: 1 << (height % 8),
        })
    }
}

/// Why the hash of a subtree cannot be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReadError {
    Missing(Tile),
    Short(Tile),
    Outside,
}

/// Reads hashes of subtrees out of tiles, asking for each tile once.
pub(crate) struct Reader<'a> {
    size: u64,
    source: &'a dyn TileSource,
    seen: BTreeMap<Tile, Vec<u8>>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(size: u64, source: &'a dyn TileSource) -> Self {
        Self {
            size,
            source,
            seen: BTreeMap::new(),
        }
    }

    /// The hash of a subtree.
    pub(crate) fn hash(&mut self, subtree: Subtree) -> Result<Hash, ReadError> {
        let peaks = subtree
            .slots(self.size)
            .map(|slot| self.slot(slot.ok_or(ReadError::Outside)?))
            .collect::<Result<Vec<_>, _>>()?;
        fold(&peaks).ok_or(ReadError::Outside)
    }

    /// The hash of a full subtree.
    fn slot(&mut self, slot: Slot) -> Result<Hash, ReadError> {
        let bytes = self.bytes(slot.tile)?;
        let mut hashes = (slot.first..slot.first + slot.count)
            .map(|place| hash_at(bytes, place))
            .collect::<Option<Vec<_>>>()
            .ok_or(ReadError::Short(slot.tile))?;
        while hashes.len() > 1 {
            hashes = hashes
                .as_chunks::<2>()
                .0
                .iter()
                .map(|[left, right]| node_hash(left, right))
                .collect();
        }
        hashes.first().copied().ok_or(ReadError::Outside)
    }

    fn bytes(&mut self, tile: Tile) -> Result<&[u8], ReadError> {
        if !self.seen.contains_key(&tile) {
            let bytes = self.source.tile(tile).ok_or(ReadError::Missing(tile))?;
            self.seen.insert(tile, bytes);
        }
        let bytes = self.seen.get(&tile).ok_or(ReadError::Missing(tile))?;
        tile.cut(bytes).ok_or(ReadError::Short(tile))
    }
}
