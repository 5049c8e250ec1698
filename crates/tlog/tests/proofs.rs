//! Proofs made from tiles and judged, against the definitions.
#![cfg(test)]

mod model;

use model::{Log, consistency, leaves, mth, path};
use proptest::prelude::*;
use std::{cell::RefCell, collections::BTreeMap, sync::LazyLock};
use tlog::{
    Edge, Hash, MAX_PROOF_HASHES, ProofError, Tile, TileSource, consistency_proof, consistency_tiles,
    empty_root, inclusion_proof, inclusion_tiles, leaf_hash, node_hash, root_from_inclusion,
    verify_consistency, verify_inclusion,
};

/// A log that reaches level 2, made once.
static LOG: LazyLock<(Log, Vec<Hash>)> = LazyLock::new(|| (Log::of(70_000), leaves(70_000)));

#[test]
fn every_proof_of_a_small_log_is_that_of_rfc_6962_and_true() {
    let (log, leaves) = &*LOG;
    let roots: Vec<Hash> = (0..=68).map(|size| mth(&leaves[..size])).collect();
    for new in 0..=68 {
        for old in 0..=new {
            let proof = consistency_proof(old as u64, new as u64, log).unwrap();
            let expected = if old == 0 {
                vec![]
            } else {
                consistency(old, &leaves[..new])
            };
            assert_eq!(proof, expected, "{old} {new}");
            assert_eq!(
                verify_consistency(old as u64, new as u64, roots[old], roots[new], &proof),
                Ok(())
            );
        }
        for index in 0..new {
            let proof = inclusion_proof(index as u64, new as u64, log).unwrap();
            assert_eq!(proof, path(index, &leaves[..new]));
            assert_eq!(
                verify_inclusion(index as u64, new as u64, leaves[index], roots[new], &proof),
                Ok(())
            );
        }
    }
}

/// immudb proved the stretch between two states by a chain of hashes beside its tree, and so believed a history with another event in the middle (CVE-2022-36111).
/// Here nothing is proved but by the tree: exchange one event, and no size after it continues what was signed before.
#[test]
fn a_linear_fake_continues_nothing_that_was_signed() {
    const EXCHANGED: usize = 120;
    let honest = leaves(300);
    let mut forged = honest.clone();
    forged[EXCHANGED] = leaf_hash(b"another event");
    let root = mth(&forged);
    for old in EXCHANGED + 1..300 {
        let signed = mth(&honest[..old]);
        for proof in [consistency(old, &forged), consistency(old, &honest)] {
            assert!(
                verify_consistency(old as u64, 300, signed, root, &proof).is_err(),
                "{old}"
            );
        }
    }
    // Nor is an inner node an event: its hash is made otherwise.
    let inside = [honest[2].0, honest[3].0].concat();
    assert_ne!(leaf_hash(&inside), node_hash(&honest[2], &honest[3]));
}

#[test]
fn no_other_sizes_make_a_small_proof_true() {
    let (log, leaves) = &*LOG;
    let roots: Vec<Hash> = (0..=20).map(|size| mth(&leaves[..size])).collect();
    for (index, size) in (1..=20_u64).flat_map(|size| (0..size).map(move |index| (index, size))) {
        let proof = inclusion_proof(index, size, log).unwrap();
        for (other, tree) in (0..=20_u64).flat_map(|tree| (0..=tree).map(move |other| (other, tree))) {
            let verdict = verify_inclusion(other, tree, leaves[index as usize], roots[tree as usize], &proof);
            assert_eq!(verdict.is_ok(), (other, tree) == (index, size));
        }
    }
    for (old, new) in (0..=20_u64).flat_map(|new| (0..=new).map(move |old| (old, new))) {
        let proof = consistency_proof(old, new, log).unwrap();
        for (first, second) in (0..=20_u64).flat_map(|first| (0..=20_u64).map(move |second| (first, second)))
        {
            let verdict = verify_consistency(
                first,
                second,
                roots[first as usize],
                roots[second as usize],
                &proof,
            );
            let trivial = proof.is_empty() && (first == 0 || first == second);
            if verdict.is_ok() && !trivial {
                assert_eq!((first, second), (old, new));
            }
        }
    }
}

#[test]
fn the_empty_tree_precedes_every_tree_and_nothing_else_does_so_without_proof() {
    let (root, other) = (mth(&LOG.1[..5]), mth(&LOG.1[..6]));
    assert_eq!(verify_consistency(0, 5, empty_root(), root, &[]), Ok(()));
    assert_eq!(
        verify_consistency(0, 5, other, root, &[]),
        Err(ProofError::WrongOldRoot)
    );
    assert_eq!(
        verify_consistency(0, 5, empty_root(), root, &[root]),
        Err(ProofError::WrongLength)
    );
    assert_eq!(
        verify_consistency(0, 0, empty_root(), root, &[]),
        Err(ProofError::WrongRoot)
    );
    assert_eq!(verify_consistency(5, 5, root, root, &[]), Ok(()));
    assert_eq!(
        verify_consistency(5, 5, root, other, &[]),
        Err(ProofError::WrongRoot)
    );
    assert_eq!(
        verify_consistency(5, 5, root, root, &[root]),
        Err(ProofError::WrongLength)
    );
    assert_eq!(
        verify_consistency(5, 6, root, other, &[]),
        Err(ProofError::WrongLength)
    );
    assert_eq!(
        verify_consistency(4, 6, root, other, &[]),
        Err(ProofError::WrongLength)
    );
    assert_eq!(
        verify_consistency(6, 5, other, root, &[]),
        Err(ProofError::Shrunk { old: 6, new: 5 })
    );
}

#[test]
fn a_leaf_outside_the_tree_has_no_proof() {
    for (index, size) in [(0, 0), (5, 5), (u64::MAX, u64::MAX), (6, 5)] {
        assert_eq!(
            inclusion_tiles(index, size),
            Err(ProofError::NotInTree { index, size })
        );
        assert_eq!(
            inclusion_proof(index, size, &LOG.0),
            Err(ProofError::NotInTree { index, size })
        );
        let verdict = verify_inclusion(index, size, Hash::default(), Hash::default(), &[]);
        assert_eq!(verdict, Err(ProofError::NotInTree { index, size }));
    }
    assert_eq!(
        consistency_tiles(2, 1),
        Err(ProofError::Shrunk { old: 2, new: 1 })
    );
    assert_eq!(
        consistency_proof(2, 1, &LOG.0),
        Err(ProofError::Shrunk { old: 2, new: 1 })
    );
}

#[test]
fn a_missing_or_short_tile_is_named() {
    let tiles = inclusion_tiles(1000, 70_000).unwrap();
    for broken in tiles {
        let missing = |tile: Tile| if tile == broken { None } else { LOG.0.tile(tile) };
        assert_eq!(
            inclusion_proof(1000, 70_000, &missing),
            Err(ProofError::MissingTile(broken))
        );
        let short = |tile: Tile| {
            LOG.0.tile(tile).map(|bytes| {
                if tile == broken {
                    bytes[1..].to_vec()
                } else {
                    bytes
                }
            })
        };
        assert_eq!(
            inclusion_proof(1000, 70_000, &short),
            Err(ProofError::ShortTile(broken))
        );
    }
}

#[test]
fn a_full_tile_serves_where_the_partial_one_is_gone() {
    let source = |tile: Tile| LOG.0.tile(tile.full()).or_else(|| LOG.0.tile(tile));
    let proof = inclusion_proof(7, 1000, &source).unwrap();
    assert_eq!(proof, path(7, &LOG.1[..1000]));
}

/// Fetches just the tiles that were announced, then makes the proof from them; counts what is asked for.
fn announced(tiles: &[Tile]) -> (BTreeMap<Tile, Vec<u8>>, usize) {
    (
        tiles
            .iter()
            .map(|tile| (*tile, LOG.0.tile(*tile).unwrap()))
            .collect(),
        tiles.len(),
    )
}

/// A tree whose leaves are all the same, so that it can be of any size: the hash of the full subtree of each
/// height.
struct EqualLeaves([Hash; 64]);

impl EqualLeaves {
    fn new() -> Self {
        let mut hash = leaf_hash(b"the same");
        Self(std::array::from_fn(|_| {
            let parent = node_hash(&hash, &hash);
            std::mem::replace(&mut hash, parent)
        }))
    }
}

impl TileSource for EqualLeaves {
    fn tile(&self, tile: Tile) -> Option<Vec<u8>> {
        Some(
            self.0[usize::from(tile.level()) * 8]
                .0
                .repeat(usize::from(tile.width())),
        )
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_leaf_is_proved_from_the_announced_tiles(size in 1..=70_000_u64, place: prop::sample::Index) {
        let index = place.index(usize::try_from(size).unwrap());
        let (tiles, count) = announced(&inclusion_tiles(index as u64, size).unwrap());
        let asked = RefCell::new(0);
        let source = |tile: Tile| { *asked.borrow_mut() += 1; tiles.tile(tile) };
        let proof = inclusion_proof(index as u64, size, &source).unwrap();
        prop_assert_eq!(*asked.borrow(), count);
        let tree = &LOG.1[..usize::try_from(size).unwrap()];
        prop_assert_eq!(&proof, &path(index, tree));
        prop_assert_eq!(root_from_inclusion(index as u64, size, tree[index], &proof), Ok(mth(tree)));
    }

    #[test]
    fn growth_is_proved_from_the_announced_tiles(new in 0..=70_000_u64, place: prop::sample::Index) {
        let old = place.index(usize::try_from(new).unwrap() + 1);
        let (tiles, _) = announced(&consistency_tiles(old as u64, new).unwrap());
        let proof = consistency_proof(old as u64, new, &tiles).unwrap();
        let tree = &LOG.1[..usize::try_from(new).unwrap()];
        if old > 0 { prop_assert_eq!(&proof, &consistency(old, tree)); }
        prop_assert_eq!(verify_consistency(old as u64, new, mth(&tree[..old]), mth(tree), &proof), Ok(()));
    }

    #[test]
    fn a_changed_proof_proves_nothing(new in 2..=5000_u64, place: prop::sample::Index, hit: prop::sample::Index, bit in 0..256_usize) {
        let old = 1 + place.index(usize::try_from(new).unwrap() - 1);
        let (tree, index) = (&LOG.1[..usize::try_from(new).unwrap()], old - 1);
        let (old_root, root) = (mth(&tree[..old]), mth(tree));
        let flip = |hash: &mut Hash| hash.0[bit / 8] ^= 1 << (bit % 8);
        let flipped = |mut hash: Hash| { flip(&mut hash); hash };

        let proof = inclusion_proof(index as u64, new, &LOG.0).unwrap();
        let judge = |leaf, root, proof: &[Hash]| verify_inclusion(index as u64, new, leaf, root, proof);
        let mut broken = proof.clone();
        flip(&mut broken[hit.index(proof.len())]);
        prop_assert_eq!(judge(tree[index], root, &broken), Err(ProofError::WrongRoot));
        prop_assert_eq!(judge(flipped(tree[index]), root, &proof), Err(ProofError::WrongRoot));
        prop_assert_eq!(judge(tree[index], flipped(root), &proof), Err(ProofError::WrongRoot));
        prop_assert_eq!(judge(tree[index], root, &proof[1..]), Err(ProofError::WrongLength));
        prop_assert_eq!(judge(tree[index], root, &[&proof[..], &[root]].concat()), Err(ProofError::WrongLength));

        let proof = consistency_proof(old as u64, new, &LOG.0).unwrap();
        let judge = |old_root, root, proof: &[Hash]| verify_consistency(old as u64, new, old_root, root, proof);
        let mut broken = proof.clone();
        flip(&mut broken[hit.index(proof.len())]);
        prop_assert!(judge(old_root, root, &broken).is_err());
        prop_assert!(judge(flipped(old_root), root, &proof).is_err());
        prop_assert_eq!(judge(old_root, flipped(root), &proof), Err(ProofError::WrongRoot));
        prop_assert_eq!(judge(old_root, root, &proof[..proof.len() - 1]), Err(ProofError::WrongLength));
        prop_assert_eq!(judge(old_root, root, &[&proof[..], &[root]].concat()), Err(ProofError::WrongLength));
    }

    #[test]
    fn proofs_hold_in_trees_of_any_size(a: u64, b: u64, place: u64) {
        let (old, new) = (a.min(b), a.max(b));
        let equal = EqualLeaves::new();
        let root = |size| Edge::from_tiles(size, &equal).unwrap().root();
        let proof = consistency_proof(old, new, &equal).unwrap();
        prop_assert_eq!(verify_consistency(old, new, root(old), root(new), &proof), Ok(()));
        prop_assert!(old == new || verify_consistency(old, new, root(old), root(old), &proof).is_err());
        let index = place % new.max(1);
        let proof = inclusion_proof(index, new, &equal).unwrap();
        prop_assert_eq!(verify_inclusion(index, new, equal.0[0], root(new), &proof), Ok(()));
    }

    #[test]
    fn any_sizes_and_hashes_are_judged_without_panic(a: u64, b: u64, hash: [u8; 32], length in 0..70_usize) {
        let (hash, proof) = (Hash(hash), vec![Hash(hash); length]);
        prop_assert!(verify_inclusion(a, b, hash, hash, &proof).is_err() || b == 1);
        prop_assert!(verify_consistency(a, b, hash, hash, &proof).is_err() || a == b);
        for (a, b) in [(a, b), (b, a), (a, u64::MAX), (b, u64::MAX)] {
            let zeroes = |tile: Tile| Some(vec![0; tile.size_bytes()]);
            if let Ok(proof) = inclusion_proof(a, b, &zeroes) {
                prop_assert!(proof.len() <= 64);
                prop_assert!(root_from_inclusion(a, b, hash, &proof).is_ok());
            }
            if let Ok(proof) = consistency_proof(a, b, &zeroes) {
                prop_assert!(proof.len() <= MAX_PROOF_HASHES);
                prop_assert!(verify_consistency(a, b, hash, hash, &proof) != Err(ProofError::WrongLength));
            }
        }
    }
}
