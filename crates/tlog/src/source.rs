//! Where the bytes of tiles come from: a database, a folder, a map filled beforehand.

use crate::tile::Tile;
use std::collections::BTreeMap;

/// Gives the bytes of tiles. This crate does no I/O: a caller that must wait for its tiles asks which ones
/// are needed (for instance [`inclusion_tiles`](crate::inclusion_tiles)), fetches them, and hands over a map.
pub trait TileSource {
    /// The hashes of a tile, one after the other, or `None` when the source does not have it.
    /// More than [`Tile::size_bytes`] is well: the full tile begins with every partial one.
    fn tile(&self, tile: Tile) -> Option<Vec<u8>>;
}

impl<F: Fn(Tile) -> Option<Vec<u8>>> TileSource for F {
    fn tile(&self, tile: Tile) -> Option<Vec<u8>> {
        self(tile)
    }
}

impl TileSource for BTreeMap<Tile, Vec<u8>> {
    fn tile(&self, tile: Tile) -> Option<Vec<u8>> {
        self.get(&tile).cloned()
    }
}
