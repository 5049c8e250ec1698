//! A verifiable log, as pure functions over bytes.
//!
//! An append-only list of entries is hashed into one tree (RFC 6962, SHA-256). The tree is kept and served as
//! *tiles* of 256 hashes; its owner signs *checkpoints*, its size and root; *witnesses* cosign those that
//! continue what they saw before; and whoever holds an entry can be given a *proof*, a small text file that
//! needs neither the log nor a network to be checked. All formats are those of C2SP (<https://c2sp.org>:
//! `tlog-tiles`, `tlog-checkpoint`, `signed-note`, `tlog-cosignature`, `tlog-proof`, `tlog-witness`, `tlog-policy`), so that programs we did
//! not write can check ours.
//!
//! # The way of a leaf
//!
//! 1. [`leaf_hash`] names the entry. A batch of them is pushed onto a clone of the [`Edge`], which answers
//!    the tiles they complete ([`FullTile`]) and the new root. Once the batch is durable, the clone takes the
//!    edge's place.
//! 2. The log signs a [`Checkpoint`] of size and root: a [`Note`]. Witnesses check with
//!    [`verify_consistency`] that it continues their last one, and answer a cosignature
//!    ([`Checkpoint::cosign`]) that joins the note.
//! 3. [`inclusion_proof`] and [`consistency_proof`] are made from tiles, which a [`TileSource`] gives. For a
//!    store that answers later, [`inclusion_tiles`] and [`consistency_tiles`] say beforehand which ones are
//!    needed.
//! 4. A [`TlogProof`] packs the proof with the checkpoint. [`TlogProof::verify`] judges it by keys and
//!    nothing else.
//!
//! # What it does not know
//!
//! What an entry says. Files, databases, networks, clocks and chance: times are arguments, and keys come from
//! outside. Whether a log may sign: that a checkpoint continues the last one signed must be proved and remembered by
//! whoever holds the key.
//!
//! # Whom to believe
//!
//! A [`Policy`] says which logs and witnesses count and how many witnesses are enough. [`AddCheckpoint`] is what a log sends to a
//! witness, and [`AddCheckpoint::judge`] how the witness judges it. [`ForkEvidence`] is what remains of a log that signed for two
//! histories.
//!
//! # Invariants
//!
//! **The hash of a tree is RFC 6962's at every size** (`the_tree_hash_is_that_of_rfc_6962_at_every_size`,
//! `the_tree_hash_is_that_of_the_certificate_transparency_vectors`), **and so are the proofs**
//! (`every_proof_of_a_small_log_is_that_of_rfc_6962_and_true`, `proofs_hold_in_trees_of_any_size`); two other
//! implementations make the same ones (`ct_merkle_makes_the_same_proofs_and_believes_ours`,
//! `tlog_tiles_makes_the_same_proofs_and_believes_ours`).
//!
//! **A tile is handed out as complete once, and never changes**
//! (`seventy_thousand_leaves_make_the_tiles_c2sp_says`); every partial tile ever published can still be cut
//! from what is kept (`an_edge_serves_every_partial_tile_that_was_ever_published`).
//!
//! **A batch that fails leaves nothing behind** (`a_batch_on_a_clone_leaves_the_original_as_it_was`).
//!
//! **A changed proof proves nothing** (`a_changed_proof_proves_nothing`), and neither does a right proof for
//! other sizes (`no_other_sizes_make_a_small_proof_true`).
//!
//! **A known key's false signature spoils the whole note; an unknown key's changes nothing**
//! (`a_false_signature_by_a_known_key_spoils_the_note_wherever_it_stands`,
//! `a_signature_by_an_unknown_key_is_ignored_even_under_a_known_name_or_id`).
//!
//! **Witnesses do not make a checkpoint, and a log is not its own witness**
//! (`witnesses_alone_do_not_make_a_checkpoint`, `a_log_is_not_its_own_witness`,
//! `one_key_under_two_names_is_one_witness`).
//!
//! **A second implementation makes the same ML-DSA-44 signatures and believes ours** (`fips204_makes_the_same_signatures_and_believes_ours`),
//! **and the time 0 is no witness's word** (`a_signature_without_a_time_is_no_witness`).
//!
//! **Every line that is no line of a policy is refused, with its number** (`every_wrong_line_of_a_policy_is_refused_with_its_number`), **and a
//! quorum is met by exactly the sets of witnesses that it names** (`a_quorum_is_met_by_exactly_the_witnesses_that_it_names`).
//!
//! **A witness cosigns only what continues what it saw** (`a_witness_answers_the_first_refusal_that_applies`).
//!
//! **Fork evidence holds only against a log that signed for two histories** (`evidence_holds_against_a_log_that_signed_for_two_histories`,
//! `an_honest_log_cannot_be_accused`).
//!
//! **Extension lines are read, and never signed** (`extension_lines_are_read_and_never_signed`).
//!
//! **What is read is written back byte for byte, and nothing panics on any input**
//! (`arbitrary_bytes_are_read_or_refused`, `changed_inputs_are_read_or_refused`,
//! `any_sizes_and_hashes_are_judged_without_panic`).

mod bundle;
mod checkpoint;
mod cosignature;
mod edge;
mod fork;
mod hash;
mod key;
mod mldsa;
mod note;
mod policy;
mod proof;
mod signature;
mod signer;
mod source;
mod subtree;
mod tile;
mod tlog_proof;
mod witnessing;

pub use bundle::{Bundle, BundleError, MAX_ENTRY_SIZE, write_entry};
pub use checkpoint::{Checkpoint, CheckpointError, Cosigned, SignedCheckpoint};
pub use edge::{Edge, EdgeError, FullTile};
pub use fork::{Fork, ForkError, ForkEvidence, MAX_FORK_SIZE};
pub use hash::{HASH_SIZE, Hash, HashError, empty_root, leaf_hash, node_hash};
pub use key::{KeyError, KeyKind, KeyName, VerifierKey};
pub use note::{MAX_NOTE_SIZE, MAX_SIGNATURES, Note, NoteError, Verified};
pub use policy::{MAX_POLICY_SIZE, Policy, PolicyError, PolicyFault, PolicyRefusal, PolicyWitness};
pub use proof::{
    MAX_PROOF_HASHES, ProofError, consistency_proof, consistency_tiles, inclusion_proof, inclusion_tiles,
    root_from_inclusion, verify_consistency, verify_inclusion,
};
pub use signature::NoteSignature;
pub use signer::{SignError, SignerKey};
pub use source::TileSource;
pub use tile::{MAX_LEVEL, TILE_SIZE, TILE_WIDTH, Tile, TileError, hash_at};
pub use tlog_proof::{MAX_EXTRA_SIZE, MAX_PROOF_SIZE, TlogProof, TlogProofError};
pub use witnessing::{
    AddCheckpoint, MAX_REQUEST_HASHES, MAX_REQUEST_SIZE, RequestError, WitnessRefusal, read_cosignatures,
    read_size,
};
