//! Our bytes before three implementations by other people, and theirs before ours.
#![cfg(test)]

mod model;

use ct_merkle::{ConsistencyProof, InclusionProof, RootHash, mem_backed_tree::MemoryBackedTree};
use model::{Log, entry};
use proptest::prelude::*;
use sha2::Sha256;
use signed_note::{Signer, Verifier};
use std::sync::LazyLock;
use tlog::{
    Checkpoint, Hash, KeyKind, Note, SignerKey, Tile, TileSource, consistency_proof, inclusion_proof,
    verify_consistency, verify_inclusion,
};
use tlog_tiles::{Error, TileHashReader, TileReader};

static LOG: LazyLock<Log> = LazyLock::new(|| Log::of(70_000));

/// The root of the log when it had `size` leaves, by our own edge.
fn root(size: u64) -> Hash {
    tlog::Edge::from_tiles(size, &*LOG).unwrap().root()
}

/// Our tiles, as `tlog_tiles` asks for them. It writes other paths, but means the same coordinates.
struct OurTiles;

impl TileReader for OurTiles {
    fn height(&self) -> u8 {
        8
    }

    fn read_tiles(&self, tiles: &[tlog_tiles::Tile]) -> Result<Vec<Vec<u8>>, Error> {
        let ours = |tile: &tlog_tiles::Tile| {
            Tile::new(tile.level(), tile.level_index(), tile.width() as u16).unwrap()
        };
        Ok(tiles.iter().map(|tile| LOG.tile(ours(tile)).unwrap()).collect())
    }

    fn save_tiles(&self, _: &[tlog_tiles::Tile], _: &[Vec<u8>]) {}
}

fn theirs(proof: &[Hash]) -> Vec<tlog_tiles::Hash> {
    proof.iter().map(|hash| tlog_tiles::Hash(hash.0)).collect()
}

fn ours(proof: &[tlog_tiles::Hash]) -> Vec<Hash> {
    proof.iter().map(|hash| Hash(hash.0)).collect()
}

#[test]
fn ct_merkle_makes_the_same_proofs_and_believes_ours() {
    let mut tree = MemoryBackedTree::<Sha256, Vec<u8>>::new();
    let mut past = vec![];
    for size in 1..=130_u64 {
        tree.push(entry(size - 1));
        let head = tree.root();
        past.push(root(size));
        assert_eq!(&head.as_bytes()[..], root(size).as_bytes());
        for index in 0..size {
            let proof = inclusion_proof(index, size, &*LOG).unwrap();
            assert_eq!(tree.prove_inclusion(index as usize).as_bytes(), bytes(&proof));
            let proof = InclusionProof::<Sha256>::try_from_bytes(bytes(&proof)).unwrap();
            head.verify_inclusion(&entry(index), index, &proof).unwrap();
            let old = index + 1;
            let proof = consistency_proof(old, size, &*LOG).unwrap();
            assert_eq!(
                tree.prove_consistency((size - old) as usize).as_bytes(),
                bytes(&proof)
            );
            let proof = ConsistencyProof::<Sha256>::try_from_bytes(bytes(&proof)).unwrap();
            let old_head = RootHash::<Sha256>::new(past[index as usize].0.into(), old);
            head.verify_consistency(&old_head, &proof).unwrap();
        }
    }
}

fn bytes(proof: &[Hash]) -> Vec<u8> {
    proof.iter().flat_map(|hash| hash.0).collect()
}

#[test]
fn tlog_tiles_reads_the_tree_from_our_tiles() {
    for size in [1, 2, 255, 256, 257, 511, 512, 65_535, 65_536, 65_537, 70_000] {
        let reader = TileHashReader::new(size, tlog_tiles::Hash(root(size).0), &OurTiles);
        // The reader authenticates every tile against the root before it answers.
        assert_eq!(tlog_tiles::tree_hash(size, &reader).unwrap().0, root(size).0);
    }
}

#[test]
fn tlog_tiles_names_the_same_tiles_in_its_own_paths() {
    for size in [1_u64, 255, 256, 257, 70_000, 1_234_067 * 256 + 9] {
        for tile in Tile::partials(size) {
            let there = tlog_tiles::Tile::new(8, tile.level(), tile.index(), u32::from(tile.width()), false);
            assert_eq!(there.path(), tile.to_string().replacen("tile/", "tile/8/", 1));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn tlog_tiles_makes_the_same_proofs_and_believes_ours(new in 1..=70_000_u64, place: prop::sample::Index) {
        let old = 1 + place.index(usize::try_from(new).unwrap()) as u64;
        let index = old - 1;
        let (old_root, new_root) = (root(old), root(new));
        let reader = TileHashReader::new(new, tlog_tiles::Hash(new_root.0), &OurTiles);
        let leaf = tlog::leaf_hash(&entry(index));

        let proof = inclusion_proof(index, new, &*LOG).unwrap();
        let same = tlog_tiles::prove_record(new, index, &reader).unwrap();
        prop_assert_eq!(&ours(&same), &proof);
        let verdict = tlog_tiles::check_record(&theirs(&proof), new, tlog_tiles::Hash(new_root.0), index, tlog_tiles::Hash(leaf.0));
        prop_assert!(verdict.is_ok());
        prop_assert_eq!(verify_inclusion(index, new, leaf, new_root, &ours(&same)), Ok(()));

        let proof = consistency_proof(old, new, &*LOG).unwrap();
        let same = tlog_tiles::prove_tree(new, old, &reader).unwrap();
        prop_assert_eq!(&ours(&same), &proof);
        let verdict = tlog_tiles::check_tree(&theirs(&proof), new, tlog_tiles::Hash(new_root.0), old, tlog_tiles::Hash(old_root.0));
        prop_assert!(verdict.is_ok());
        prop_assert_eq!(verify_consistency(old, new, old_root, new_root, &ours(&same)), Ok(()));
    }

    #[test]
    fn random_proofs_get_the_same_verdict(new in 1..40_u64, old in 1..40_u64, length in 0..8_usize, seed in 0..4_u8) {
        let proof: Vec<Hash> = (0..length).map(|i| Hash([seed ^ i as u8; 32])).collect();
        let (a, b) = (Hash([seed; 32]), Hash([seed ^ 1; 32]));
        let record = tlog_tiles::check_record(&theirs(&proof), new, tlog_tiles::Hash(b.0), old, tlog_tiles::Hash(a.0));
        prop_assert_eq!(verify_inclusion(old, new, a, b, &proof).is_ok(), record.is_ok());
        let tree = tlog_tiles::check_tree(&theirs(&proof), new, tlog_tiles::Hash(b.0), old, tlog_tiles::Hash(a.0));
        prop_assert_eq!(verify_consistency(old, new, a, b, &proof).is_ok(), tree.is_ok());
    }

    #[test]
    fn signed_note_signs_and_verifies_the_same_notes(secret: [u8; 32], text in "([ -~ếộđ]{0,20}\n){1,5}", name in "[a-z./ạ]{1,20}") {
        let key = SignerKey::new(&name, KeyKind::Ed25519, &secret).unwrap();
        let signer = signed_note::StandardSigner::new(&key.to_secret_string()).unwrap();
        let verifier = signed_note::StandardVerifier::new(&key.verifier().to_string()).unwrap();
        prop_assert_eq!((signer.name(), signer.key_id()), (name.as_str(), key.verifier().id()));

        let note = Note::new(&text, vec![key.sign(&text).unwrap()]).unwrap();
        let mut same = signed_note::Note::new(text.as_bytes(), &[]).unwrap();
        same.add_sigs(&[&signer]).unwrap();
        prop_assert_eq!(String::from_utf8(same.to_bytes()).unwrap(), note.to_string());

        let read = signed_note::Note::from_bytes(note.to_string().as_bytes()).unwrap();
        let known = signed_note::VerifierList::new(vec![Box::new(verifier)]);
        prop_assert_eq!(read.verify(&known).unwrap().0.len(), 1);
        prop_assert_eq!(Note::parse(&same.to_bytes()).unwrap().verify(&[key.verifier()]).unwrap().len(), 1);
    }

    #[test]
    fn signed_note_reads_and_refuses_the_same_notes(at: prop::sample::Index, byte in prop::sample::select(b"\n\n\n \t+=A9\x1f\x7f\xe2".to_vec()), insert: bool) {
        let key = SignerKey::new("name", KeyKind::Ed25519, &[1; 32]).unwrap();
        let text = "a\n\nb\n";
        let mut note = Note::new(text, vec![key.sign(text).unwrap(); 3]).unwrap().to_string().into_bytes();
        let at = at.index(note.len());
        if insert { note.insert(at, byte) } else { note[at] = byte }
        match (Note::parse(&note), signed_note::Note::from_bytes(&note)) {
            (Ok(mine), Ok(theirs)) => {
                prop_assert_eq!(mine.to_string().into_bytes(), theirs.to_bytes());
                prop_assert_eq!(mine.to_string().into_bytes(), note);
            }
            (mine, theirs) => prop_assert_eq!(mine.is_ok(), theirs.is_ok()),
        }
    }

    #[test]
    fn tlog_tiles_reads_and_refuses_the_same_checkpoints(size: u64, at: prop::sample::Index, byte in prop::sample::select(b"\n\n 0+=Az".to_vec()), insert: bool) {
        let checkpoint = Checkpoint::new("log.example", size | 1, Hash([7; 32])).unwrap();
        let same = tlog_tiles::Checkpoint::new("log.example", size | 1, tlog_tiles::Hash([7; 32]), "").unwrap();
        prop_assert_eq!(checkpoint.to_string().into_bytes(), same.to_bytes());
        let mut text = format!("{checkpoint}extension\n");
        let at = at.index(text.len());
        if insert { text.insert(at, byte as char) } else { text.replace_range(at..=at, &(byte as char).to_string()) }
        match (text.parse::<Checkpoint>(), tlog_tiles::Checkpoint::from_bytes(text.as_bytes())) {
            (Ok(mine), Ok(theirs)) => prop_assert_eq!(mine.to_string().into_bytes(), theirs.to_bytes()),
            (mine, theirs) => prop_assert_eq!(mine.is_ok(), theirs.is_ok(), "{:?} {:?}", text, theirs),
        }
    }

    /// No implementation of cosignatures is at hand; but what is signed is Ed25519 over bytes the
    /// specification spells out.
    #[test]
    fn a_cosignature_is_ed25519_over_the_bytes_of_c2sp(secret: [u8; 32], time in 0..=i64::MAX as u64, size in 1..u64::MAX) {
        let key = SignerKey::new("witness.example", KeyKind::Cosignature, &secret).unwrap();
        let checkpoint = Checkpoint::new("log.example", size, Hash([7; 32])).unwrap();
        let signature = checkpoint.cosign(&key, time).unwrap();
        let (stated, ed25519) = signature.bytes().split_at(8);
        prop_assert_eq!(stated, &time.to_be_bytes()[..]);
        let message = format!("cosignature/v1\ntime {time}\nlog.example\n{size}\n{}\n", Hash([7; 32]));
        let plain = SignerKey::new("witness.example", KeyKind::Ed25519, &secret).unwrap();
        let verifier = signed_note::StandardVerifier::new(&plain.verifier().to_string()).unwrap();
        prop_assert!(verifier.verify(message.as_bytes(), ed25519));
        prop_assert_ne!(signature.id(), plain.verifier().id());
    }
}
