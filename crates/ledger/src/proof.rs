//! Tiles and proofs of the national tree.

use tlog::{Bundle, Hash, Tile, write_entry};

use crate::archive::Archive;
use crate::fault::Fault;
use crate::tree::{Source, edge_from, fetch, leaf_entries};

impl Archive {
    /// The bytes of a tile (C2SP tlog-tiles), 32 for each hash; nothing where the tree does not reach that far.
    ///
    /// # Errors
    /// [`Fault`] of the store, naming the tile or the event that is missing.
    pub async fn tile(&self, tile: Tile) -> Result<Option<Vec<u8>>, Fault> {
        if !tile.is_in_tree(self.size_for(|size| tile.is_in_tree(size)).await?) {
            return Ok(None);
        }
        let mut tiles = fetch(&mut Source::Readers(self.readers()), [tile]).await?;
        Ok(tiles.remove(&tile))
    }

    /// The bytes of a bundle of entries (C2SP tlog-tiles): the leaves, 65 bytes each, which say nothing of anybody; nothing where the
    /// log does not reach that far.
    ///
    /// # Errors
    /// [`Fault`] of the store, naming the event that is missing.
    pub async fn bundle(&self, bundle: Bundle) -> Result<Option<Vec<u8>>, Fault> {
        let Some(start) = bundle.start() else {
            return Ok(None);
        };
        let tile = bundle.tile();
        if !tile.is_in_tree(self.size_for(|size| tile.is_in_tree(size)).await?) {
            return Ok(None);
        }
        let mut source = Source::Readers(self.readers());
        let mut bytes = Vec::new();
        for entry in leaf_entries(&mut source, start, u64::from(bundle.width())).await? {
            write_entry(&mut bytes, &entry).map_err(|error| Fault::damaged("writing a bundle", error))?;
        }
        Ok(Some(bytes))
    }

    /// The root of the tree of the first `size` events, computed from tiles and events.
    ///
    /// # Errors
    /// [`Fault`] of the store.
    pub async fn root_at(&self, size: u64) -> Result<Hash, Fault> {
        Ok(edge_from(&mut Source::Readers(self.readers()), size)
            .await?
            .root())
    }

    /// The inclusion proof of the event at a position in the tree of the first `size` events.
    ///
    /// # Errors
    /// [`Fault`] of the store, or when there is no such event in that tree.
    pub async fn inclusion_proof(&self, position: u64, size: u64) -> Result<Vec<Hash>, Fault> {
        self.reaches(size).await?;
        let doing = || format!("proving the inclusion of event {position} in {size}");
        let tiles = tlog::inclusion_tiles(position, size).map_err(|error| Fault::request(doing(), error))?;
        let tiles = fetch(&mut Source::Readers(self.readers()), tiles).await?;
        tlog::inclusion_proof(position, size, &tiles).map_err(|error| Fault::damaged(doing(), error))
    }

    /// The proof that the tree of the first `new` events continues that of the first `old`.
    ///
    /// # Errors
    /// [`Fault`] of the store, or when there are not that many events.
    pub async fn consistency_proof(&self, old: u64, new: u64) -> Result<Vec<Hash>, Fault> {
        self.reaches(new).await?;
        let doing = || format!("proving that {new} events continue {old}");
        let tiles = tlog::consistency_tiles(old, new).map_err(|error| Fault::request(doing(), error))?;
        let tiles = fetch(&mut Source::Readers(self.readers()), tiles).await?;
        tlog::consistency_proof(old, new, &tiles).map_err(|error| Fault::damaged(doing(), error))
    }

    async fn reaches(&self, size: u64) -> Result<(), Fault> {
        let there = self.size_for(|there| size <= there).await?;
        if size <= there {
            Ok(())
        } else {
            Err(Fault::request(
                "proving",
                format!("there are {there} events, not {size}"),
            ))
        }
    }
}
