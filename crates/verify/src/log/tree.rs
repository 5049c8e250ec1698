//! The tree of an export or of a public folder, for those who compare checkpoints.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use tlog::{Edge, FullTile, Tile, TileSource, leaf_hash};

use crate::export::{ExportError, ExportSource, is_export, manifest};
use crate::record::{Source, SourceError, leaf_of};

/// Why there is no tree.
#[derive(Debug, thiserror::Error)]
pub enum TreeError {
    /// The export cannot be read.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// An event of it cannot be read.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The tree has 2^64 leaves.
    #[error(transparent)]
    Edge(#[from] tlog::EdgeError),
}

/// Where the tiles of a log are: a public folder's own, or computed from an export, 33 bytes an event.
#[derive(Debug)]
pub enum Leaves {
    /// A folder of tiles.
    Folder(PathBuf),
    /// The tiles of an export.
    Computed(BTreeMap<Tile, Vec<u8>>),
}

impl Leaves {
    /// The tree in a folder.
    ///
    /// # Errors
    /// [`TreeError`].
    pub fn open(folder: &Path) -> Result<Self, TreeError> {
        if !is_export(folder) {
            return Ok(Self::Folder(folder.to_owned()));
        }
        let mut source = ExportSource::new(folder, manifest(folder)?.size);
        let (mut edge, mut tiles) = (Edge::new(), BTreeMap::new());
        while let Some(records) = source.next()? {
            for record in &records {
                for FullTile { tile, bytes } in edge.push(leaf_hash(&leaf_of(record)))? {
                    tiles.insert(tile, bytes);
                }
            }
        }
        tiles.extend(edge.partials().map(|(tile, bytes)| (tile, bytes.to_vec())));
        Ok(Self::Computed(tiles))
    }
}

impl TileSource for Leaves {
    fn tile(&self, tile: Tile) -> Option<Vec<u8>> {
        let mut wider =
            (tile.width()..=256).filter_map(|width| Tile::new(tile.level(), tile.index(), width).ok());
        match self {
            Self::Computed(tiles) => wider.find_map(|tile| tiles.get(&tile).cloned()),
            Self::Folder(folder) => wider.find_map(|tile| {
                let path = tile.to_string();
                let path = path.split('/').fold(folder.clone(), |path, part| path.join(part));
                std::fs::read(path).ok()
            }),
        }
    }
}
