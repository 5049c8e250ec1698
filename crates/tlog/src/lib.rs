//! A verifiable log (essay follows).
mod bundle;
mod checkpoint;
mod cosignature;
mod edge;
mod hash;
mod key;
mod note;
mod proof;
mod signature;
mod signer;
mod source;
mod subtree;
mod tile;
mod tlog_proof;

pub use bundle::{Bundle, BundleError, MAX_ENTRY_SIZE, write_entry};
pub use checkpoint::{Checkpoint, CheckpointError, Cosigned, SignedCheckpoint};
pub use edge::{Edge, EdgeError, FullTile};
pub use hash::{HASH_SIZE, Hash, HashError, empty_root, leaf_hash, node_hash};
pub use key::{KeyError, KeyKind, KeyName, VerifierKey};
pub use note::{MAX_NOTE_SIZE, MAX_SIGNATURES, Note, NoteError, Verified};
pub use proof::{
    MAX_PROOF_HASHES, ProofError, consistency_proof, consistency_tiles, inclusion_proof, inclusion_tiles,
    root_from_inclusion, verify_consistency, verify_inclusion,
};
pub use signature::NoteSignature;
pub use signer::{SignError, SignerKey};
pub use source::TileSource;
pub use tile::{MAX_LEVEL, TILE_SIZE, TILE_WIDTH, Tile, TileError, hash_at};
pub use tlog_proof::{MAX_EXTRA_SIZE, MAX_PROOF_SIZE, TlogProof, TlogProofError};
