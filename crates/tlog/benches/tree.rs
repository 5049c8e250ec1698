//! What appending costs beside the hashing it cannot avoid: one leaf hash and one node hash an entry.
//! Read `push` against `node_hash` of the same run; the machine does not matter then.

use criterion::{BatchSize, Criterion, Throughput};
use std::hint::black_box;
use tlog::{Edge, Hash, Tile, inclusion_proof, leaf_hash, node_hash, verify_inclusion};

/// Leaves appended in one round: a whole tile of level 1.
const LEAVES: u64 = 65_536;

/// Leaves of the large tree: the country's books of many years.
const LARGE: u64 = 106_000_000;

/// The tiles of a tree of whatever size; their hashes mean nothing.
fn tiles(tile: Tile) -> Option<Vec<u8>> {
    Some(vec![tile.level(); tile.size_bytes()])
}

fn append(criterion: &mut Criterion) {
    let leaves: Vec<Hash> = (0..LEAVES).map(|index| leaf_hash(&index.to_be_bytes())).collect();
    let mut group = criterion.benchmark_group("append");
    group.sample_size(20).throughput(Throughput::Elements(LEAVES));
    group.bench_function("node_hash", |bencher| {
        bencher.iter(|| {
            leaves
                .iter()
                .fold(Hash::default(), |left, right| node_hash(&left, right))
        });
    });
    group.bench_function("leaf_hash of 65 bytes", |bencher| {
        bencher.iter(|| (0..LEAVES).for_each(|_| _ = black_box(leaf_hash(black_box(&[1; 65])))));
    });
    group.bench_function("push", |bencher| {
        bencher.iter_batched(
            Edge::new,
            |mut edge| {
                leaves.iter().for_each(|leaf| drop(black_box(edge.push(*leaf))));
                edge
            },
            BatchSize::LargeInput,
        );
    });
    group.finish();
}

fn large(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("tree of 106 million leaves");
    let edge = Edge::from_tiles(LARGE, &tiles).unwrap_or_default();
    group.bench_function("clone the edge", |bencher| {
        bencher.iter(|| black_box(&edge).clone())
    });
    group.bench_function("root", |bencher| bencher.iter(|| black_box(&edge).root()));
    group.bench_function("read the edge", |bencher| {
        bencher.iter(|| Edge::from_tiles(LARGE, &tiles))
    });
    group.bench_function("prove inclusion", |bencher| {
        bencher.iter(|| inclusion_proof(black_box(53_123_456), LARGE, &tiles))
    });
    let proof = inclusion_proof(53_123_456, LARGE, &tiles).unwrap_or_default();
    group.bench_function("verify inclusion", |bencher| {
        bencher.iter(|| {
            verify_inclusion(
                53_123_456,
                LARGE,
                Hash::default(),
                Hash::default(),
                black_box(&proof),
            )
        });
    });
    group.finish();
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    append(&mut criterion);
    large(&mut criterion);
    criterion.final_summary();
}
