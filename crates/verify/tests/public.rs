//! The public log as a folder: what a static file server hands out, read as a stranger reads it.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on stops where it stands"
)]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use support::{World, story};
use tempfile::TempDir;
use tlog::{Bundle, Checkpoint, Edge, Hash, Tile, leaf_hash, node_hash};
use verify::{InMemory, export};

fn long(events: usize) -> World {
    let mut world = story();
    while world.records.len() < events {
        world.birth(1);
    }
    world
}

fn write(world: &World, folder: &Path) {
    let source = InMemory::new(world.records.clone());
    export::write_public(folder, &world.checkpoint().to_string(), source, &mut |_| {}).unwrap();
}

fn written(world: &World) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(world, folder.path());
    folder
}

/// Every file, as a path from the folder.
fn files(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false => assert!(
                    found.insert(path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned()),
                    "twice"
                ),
            }
        }
    }
    found
}

/// What tlog-tiles asks for in a tree of `size` leaves, and no more.
fn asked_for(size: u64) -> BTreeSet<String> {
    let mut paths = BTreeSet::from(["checkpoint".to_owned()]);
    for level in 0..8 {
        let tiles = (0..).map_while(|index| Tile::in_tree(level, index, size));
        paths.extend(tiles.map(|tile| tile.to_string()));
    }
    let bundles = (0..).map_while(|index| Bundle::in_tree(index, size));
    paths.extend(bundles.map(|bundle| bundle.to_string()));
    paths
}

/// The root out of the leaves in the bundles; every tile must hold what they say.
fn root_of(folder: &Path, size: u64) -> Hash {
    let read = |path: String| fs::read(folder.join(path)).unwrap();
    let mut edge = Edge::new();
    for bundle in (0..).map_while(|index| Bundle::in_tree(index, size)) {
        let hashes = read(bundle.tile().to_string());
        let bytes = read(bundle.to_string());
        for (leaf, hash) in bundle
            .entries(&bytes)
            .unwrap()
            .into_iter()
            .zip(hashes.as_chunks::<32>().0)
        {
            assert_eq!((leaf.len(), leaf_hash(leaf)), (65, Hash(*hash)));
            edge.push(leaf_hash(leaf)).unwrap();
        }
    }
    for tile in (0..).map_while(|index| Tile::in_tree(1, index, size)) {
        let bytes = read(tile.to_string());
        for (place, hash) in bytes.as_chunks::<32>().0.iter().enumerate() {
            let below = Tile::new(0, tile.index() * 256 + place as u64, 256).unwrap();
            let leaves = read(below.to_string());
            let mut hashes: Vec<Hash> = leaves
                .as_chunks::<32>()
                .0
                .iter()
                .map(|hash| Hash(*hash))
                .collect();
            while hashes.len() > 1 {
                hashes = hashes
                    .chunks(2)
                    .map(|pair| node_hash(&pair[0], &pair[1]))
                    .collect();
            }
            assert_eq!(hashes, [Hash(*hash)]);
        }
    }
    edge.root()
}

#[test]
fn a_public_log_has_the_files_of_tlog_tiles_and_they_make_the_root() {
    for events in [20, 256, 600] {
        let world = long(events);
        let size = world.records.len() as u64;
        let folder = written(&world);
        assert_eq!(files(folder.path()), asked_for(size), "{size}");
        let checkpoint = fs::read_to_string(folder.path().join("checkpoint")).unwrap();
        let (body, _) = checkpoint.split_once("\n\n").unwrap();
        let checkpoint: Checkpoint = format!("{body}\n").parse().unwrap();
        assert_eq!(
            (checkpoint.size(), checkpoint.root()),
            (size, root_of(folder.path(), size))
        );
    }
}

#[test]
fn a_public_log_that_grew_keeps_no_partial_tile_that_was_outgrown() {
    let mut world = long(300);
    let folder = written(&world);
    let first = files(folder.path());
    assert!(first.iter().any(|path| path.starts_with("tile/entries/001.p/")));
    while world.records.len() < 400 {
        world.birth(1);
    }
    write(&world, folder.path());
    assert_eq!(files(folder.path()), asked_for(world.records.len() as u64));
    while world.records.len() < 520 {
        world.birth(1);
    }
    write(&world, folder.path());
    assert_eq!(files(folder.path()), asked_for(world.records.len() as u64));
}

#[test]
fn a_public_log_says_nothing_of_anybody() {
    let world = long(300);
    let folder = written(&world);
    for path in files(folder.path()) {
        let bytes = fs::read(folder.path().join(&path)).unwrap();
        for record in &world.records {
            let body = record.sealed.as_ref().unwrap();
            let told = bytes.windows(32).any(|window| window == &body[..32]);
            assert!(!told, "{path} shows of the body at {}", record.position);
        }
    }
}

#[test]
fn a_checkpoint_of_other_events_is_not_written() {
    let world = long(20);
    let note = world.checkpoint().to_string();
    let folder = tempfile::tempdir().unwrap();
    let fewer = InMemory::new(world.records[..19].to_vec());
    export::write_public(folder.path(), &note, fewer, &mut |_| {}).unwrap_err();
    assert!(!folder.path().join("checkpoint").exists());
}
