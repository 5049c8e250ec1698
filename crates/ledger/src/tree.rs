//! The national tree read back from the store: tiles, the edge at any size, proofs.

use std::collections::BTreeMap;

use tlog::{Edge, Hash, TILE_SIZE, Tile, hash_at, leaf_hash, node_hash};

use crate::engine::Readers;
use crate::fault::Fault;
use crate::row::Row;
use crate::sequencer::number;
use crate::statement::{Param, Statement};
use crate::stored::leaf_entry;
use crate::tx::Tx;

const TILES: Statement = Statement::both(
    "tile",
    "select number, hashes from tile where level = $1 and number >= $2 and number < $3 order by number",
);
const LEAVES: Statement = Statement::both(
    "leaves",
    "select position, hash, twin from event where position >= $1 and position < $2 order by position",
);

/// Where rows come from: the sequencer's transaction, or a reader's connection.
pub(crate) enum Source<'s, 'c> {
    Tx(&'s mut Tx<'c>),
    Readers(&'s Readers),
}

impl Source<'_, '_> {
    async fn rows(&mut self, statement: &Statement, params: &[Param<'_>]) -> Result<Vec<Row>, Fault> {
        match self {
            Source::Tx(tx) => tx.rows(statement, params).await,
            Source::Readers(readers) => readers.rows(statement, 0, params).await,
        }
    }
}

/// The edge of the tree of `size` events as the store has it, inside a transaction.
pub(crate) async fn edge(tx: &mut Tx<'_>, size: u64) -> Result<Edge, Fault> {
    edge_from(&mut Source::Tx(tx), size).await
}

/// The edge of the tree of `size` events as the store has it.
pub(crate) async fn edge_from(source: &mut Source<'_, '_>, size: u64) -> Result<Edge, Fault> {
    let tiles = fetch(source, Tile::partials(size)).await?;
    Edge::from_tiles(size, &tiles)
        .map_err(|error| Fault::damaged(format!("rebuilding the edge of {size} events"), error))
}

/// The bytes of tiles: full ones as stored, partial ones from what lies below them.
pub(crate) async fn fetch(
    source: &mut Source<'_, '_>,
    wanted: impl IntoIterator<Item = Tile>,
) -> Result<BTreeMap<Tile, Vec<u8>>, Fault> {
    let mut tiles = BTreeMap::new();
    for tile in wanted {
        let bytes = if tile.is_full() {
            stored(source, tile).await?
        } else {
            below(source, tile).await?
        };
        tiles.insert(tile, bytes);
    }
    Ok(tiles)
}

/// A full tile as stored.
async fn stored(source: &mut Source<'_, '_>, tile: Tile) -> Result<Vec<u8>, Fault> {
    let mut tiles = full_tiles(source, tile.level(), tile.index(), 1).await?;
    tiles.pop().ok_or_else(|| missing(tile.level(), tile.index()))
}

/// A tile from the level below: leaf hashes of events, or the roots of full tiles.
async fn below(source: &mut Source<'_, '_>, tile: Tile) -> Result<Vec<u8>, Fault> {
    let first = tile.index().saturating_mul(u64::from(tlog::TILE_WIDTH));
    let width = u64::from(tile.width());
    let hashes = match tile.level().checked_sub(1) {
        None => leaf_hashes(source, first, width).await?,
        Some(level) => full_tiles(source, level, first, width)
            .await?
            .iter()
            .filter_map(|bytes| tile_root(bytes))
            .collect(),
    };
    Ok(hashes.iter().flat_map(|hash| hash.0).collect())
}

/// Leaf hashes of `count` events from `first` on, from the hashes stored with them.
async fn leaf_hashes(source: &mut Source<'_, '_>, first: u64, count: u64) -> Result<Vec<Hash>, Fault> {
    let entries = leaf_entries(source, first, count).await?;
    Ok(entries.iter().map(|entry| leaf_hash(entry)).collect())
}

/// The leaves themselves, 65 bytes each, of `count` events from `first` on.
pub(crate) async fn leaf_entries(
    source: &mut Source<'_, '_>,
    first: u64,
    count: u64,
) -> Result<Vec<[u8; 65]>, Fault> {
    let rows = source
        .rows(&LEAVES, &[number(first)?.into(), number(first + count)?.into()])
        .await?;
    let mut entries = Vec::with_capacity(rows.len());
    for (row, position) in rows.iter().zip(first..) {
        if row.count("position")? != position {
            break;
        }
        entries.push(leaf_entry(&row.array("hash")?, &row.array("twin")?));
    }
    let found = first + entries.len() as u64;
    if found == first + count {
        Ok(entries)
    } else {
        Err(Fault::damaged(format!("reading event {found}"), "it is missing"))
    }
}

/// `count` full tiles of a level from number `first` on.
async fn full_tiles(
    source: &mut Source<'_, '_>,
    level: u8,
    first: u64,
    count: u64,
) -> Result<Vec<Vec<u8>>, Fault> {
    let params: [Param<'_>; 3] = [
        i64::from(level).into(),
        number(first)?.into(),
        number(first + count)?.into(),
    ];
    let rows = source.rows(&TILES, &params).await?;
    let mut tiles = Vec::with_capacity(rows.len());
    for (row, wanted) in rows.iter().zip(first..) {
        let bytes = row.blob("hashes")?;
        if row.count("number")? != wanted || bytes.len() != TILE_SIZE {
            return Err(missing(level, wanted));
        }
        tiles.push(bytes);
    }
    if tiles.len() as u64 == count {
        Ok(tiles)
    } else {
        Err(missing(level, first + tiles.len() as u64))
    }
}

fn missing(level: u8, index: u64) -> Fault {
    Fault::damaged(
        format!("reading tile {level}/{index}"),
        "it is missing or not 8,192 bytes long",
    )
}

/// The root of a full tile: the hash that stands for it in the level above.
pub(crate) fn tile_root(bytes: &[u8]) -> Option<Hash> {
    let mut hashes: Vec<Hash> = (0..usize::from(tlog::TILE_WIDTH))
        .map_while(|place| hash_at(bytes, place))
        .collect();
    while hashes.len() > 1 {
        hashes = hashes
            .chunks_exact(2)
            .map(|pair| node_hash(&pair[0], &pair[1]))
            .collect();
    }
    hashes.first().copied()
}
