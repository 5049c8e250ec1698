//! The edge and the tiles it makes, against the definitions.
#![cfg(test)]

mod model;

use model::{Log, hashes, leaves, mth, tile_bytes};
use proptest::prelude::*;
use tlog::{Edge, EdgeError, Hash, TILE_SIZE, Tile, TileSource, empty_root, leaf_hash};

#[test]
fn the_tree_hash_is_that_of_rfc_6962_at_every_size() {
    let leaves = leaves(600);
    let mut edge = Edge::new();
    assert_eq!(edge.root(), empty_root());
    for (size, leaf) in (1..).zip(&leaves) {
        edge.push(*leaf).unwrap();
        assert_eq!((edge.size(), edge.root()), (size as u64, mth(&leaves[..size])));
    }
}

/// The inputs and roots of the tests that came with the first Certificate Transparency server.
#[test]
fn the_tree_hash_is_that_of_the_certificate_transparency_vectors() {
    let inputs: [&[u8]; 8] = [
        b"",
        b"\x00",
        b"\x10",
        b"\x20\x21",
        b"\x30\x31",
        b"\x40\x41\x42\x43",
        b"\x50\x51\x52\x53\x54\x55\x56\x57",
        b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
    ];
    let roots = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];
    let mut edge = Edge::new();
    for (input, root) in inputs.into_iter().zip(roots) {
        edge.push(leaf_hash(input)).unwrap();
        assert_eq!(edge.root(), Hash::parse_hex(root).unwrap());
    }
}

#[test]
fn seventy_thousand_leaves_make_the_tiles_c2sp_says() {
    let log = Log::of(70_000);
    let full = |level| log.full.keys().filter(|(at, _)| *at == level).count();
    assert_eq!((full(0), full(1), full(2)), (273, 1, 0));
    let widths: Vec<_> = log
        .edge
        .partials()
        .map(|(tile, bytes)| (tile.width(), bytes.len() / 32))
        .collect();
    assert_eq!(widths, [(112, 112), (17, 17), (1, 1)]);
    let leaves = leaves(70_000);
    for ((level, index), bytes) in &log.full {
        assert_eq!(bytes.len(), TILE_SIZE);
        assert!(*bytes == tile_bytes(Tile::new(*level, *index, 256).unwrap(), &leaves));
    }
    for (tile, bytes) in log.edge.partials() {
        assert!(bytes == tile_bytes(tile, &leaves));
    }
    assert_eq!(log.edge.root(), mth(&leaves));
}

#[test]
fn a_batch_on_a_clone_leaves_the_original_as_it_was() {
    let original = Log::of(300).edge;
    let before = original.to_bytes();
    let mut batch = original.clone();
    leaves(500)
        .into_iter()
        .for_each(|leaf| assert!(batch.push(leaf).unwrap().len() <= 2));
    assert_eq!(original.to_bytes(), before);
    assert_eq!(batch.size(), 800);
}

#[test]
fn a_full_tree_takes_no_leaf() {
    let mut edge = Edge::from_tiles(u64::MAX, &|tile: Tile| Some(vec![7; tile.size_bytes()])).unwrap();
    let before = edge.clone();
    assert_eq!(edge.push(Hash::default()), Err(EdgeError::Full));
    assert_eq!(edge, before);
}

#[test]
fn the_last_leaf_of_a_full_tree_completes_no_eighth_level() {
    let mut edge = Edge::from_tiles(u64::MAX - 1, &|tile: Tile| Some(vec![7; tile.size_bytes()])).unwrap();
    assert_eq!(edge.push(Hash::default()).unwrap(), []);
    assert_eq!(edge.partials().count(), 8);
}

#[test]
fn an_edge_without_its_tiles_is_refused_by_name() {
    let tile = Tile::new(1, 0, 2).unwrap();
    let source = |asked: Tile| (asked != tile).then(|| vec![0; 8192]);
    assert_eq!(Edge::from_tiles(600, &source), Err(EdgeError::Missing(tile)));
    let source = |asked: Tile| Some(vec![0; if asked == tile { 63 } else { 8192 }]);
    assert_eq!(Edge::from_tiles(600, &source), Err(EdgeError::Short(tile)));
}

#[test]
fn an_edge_gives_no_tile_but_its_own() {
    let edge = Log::of(600).edge;
    assert_eq!(
        edge.tile(Tile::new(0, 2, 88).unwrap()).map(|bytes| bytes.len()),
        Some(88 * 32)
    );
    for (level, index, width) in [
        (0, 1, 88),
        (0, 3, 1),
        (0, 2, 89),
        (1, 1, 1),
        (2, 0, 1),
        (63, 2, 1),
    ] {
        assert_eq!(edge.tile(Tile::new(level, index, width).unwrap()), None);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn an_edge_goes_on_from_its_tiles_and_from_its_bytes(size in 0..1500_u64, more in 0..600_u64) {
        let mut log = Log::of(size);
        let mut from_tiles = Edge::from_tiles(size, &log).unwrap();
        let mut from_bytes = Edge::from_bytes(&log.edge.to_bytes()).unwrap();
        prop_assert_eq!(&from_tiles, &log.edge);
        prop_assert_eq!(&from_bytes, &log.edge);
        for leaf in leaves(size + more).split_off(usize::try_from(size).unwrap()) {
            log.push(leaf);
            let completed = from_tiles.push(leaf).unwrap();
            prop_assert_eq!(&completed, &from_bytes.push(leaf).unwrap());
            prop_assert!(completed.iter().all(|tile| log.tile_is(tile)));
        }
        prop_assert_eq!(&from_tiles, &log.edge);
        prop_assert_eq!(from_bytes.root(), log.edge.root());
    }

    #[test]
    fn an_edge_serves_every_partial_tile_that_was_ever_published(size in 1..1200_u64, cut in 0..1200_u64) {
        let (log, then) = (Log::of(size), cut % size + 1);
        let leaves = leaves(then);
        for tile in Tile::partials(then) {
            let served = tlog::TileSource::tile(&log, tile);
            prop_assert_eq!(served, Some(tile_bytes(tile, &leaves)));
        }
        prop_assert_eq!(Edge::from_tiles(then, &log).unwrap().root(), mth(&leaves));
    }

    #[test]
    fn any_bytes_are_an_edge_or_refused(size in prop_oneof![0..70_000_u64, any::<u64>()], length in 0..20_000_usize, exact: bool) {
        let length = if exact { Tile::partials(size).map(|tile| tile.size_bytes()).sum() } else { length };
        let bytes = [size.to_be_bytes().to_vec(), vec![9; length]].concat();
        match Edge::from_bytes(&bytes) {
            Ok(mut edge) => {
                prop_assert_eq!(edge.to_bytes(), bytes);
                prop_assert_eq!(edge.push(Hash::default()).is_ok(), size < u64::MAX);
            }
            Err(error) => prop_assert!(!exact && error == EdgeError::Malformed),
        }
        prop_assert!(Edge::from_bytes(&size.to_be_bytes()[..7]).is_err());
    }
}

impl Log {
    /// Whether a completed tile is the one this log keeps.
    fn tile_is(&self, completed: &tlog::FullTile) -> bool {
        let kept = self.full.get(&(completed.tile.level(), completed.tile.index()));
        kept == Some(&completed.bytes) && hashes(&completed.bytes).len() == 256
    }
}
