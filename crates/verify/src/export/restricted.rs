//! The restricted tier as a folder: the public log with the signed envelopes at the same index (RFC 0007 §2).

use std::path::Path;

use civil::cose::{event_hash, event_twin, leaf_entry};
use tlog::{Bundle, Edge, MAX_ENTRY_SIZE, MAX_NOTE_SIZE, Policy, TILE_WIDTH, leaf_hash};

use super::ExportError;
use super::layout::{CHECKPOINT, read};
use crate::log::{Told, checkpoint};

/// The file of the envelopes of a bundle.
pub(super) fn file(bundle: Bundle) -> String {
    bundle
        .to_string()
        .replacen("tile/entries", "restricted/envelopes", 1)
}

/// Checks the restricted tier in a folder: every envelope gives the public leaf at its index, and all leaves the tree that the log
/// signed.
///
/// # Errors
/// [`ExportError`] when there is no checkpoint to read.
pub fn envelopes(folder: &Path, policy: &Policy) -> Result<Told, ExportError> {
    let note = read(folder, CHECKPOINT, MAX_NOTE_SIZE as u64)?;
    let told = checkpoint(&note, policy);
    let Ok(signed) = tlog::Checkpoint::open(&note, policy.logs(), policy.witness_keys()) else {
        return Ok(told);
    };
    let tree = signed.checkpoint();
    let mut edge = Edge::new();
    for index in 0..tree.size().div_ceil(u64::from(TILE_WIDTH)) {
        if let Err(error) = bundle(folder, index, tree.size(), &mut edge) {
            let what = format!("{error}");
            return Ok(told.line(
                Some(false),
                format!("Phong bì sai: {what}."),
                format!("Envelopes differ: {what}."),
            ));
        }
    }
    let (count, same) = (tree.size(), edge.root() == tree.root());
    Ok(match same {
        true => told.line(
            Some(true),
            format!("{count} phong bì cho đúng {count} lá công khai và đúng gốc cây."),
            format!("{count} envelopes give the {count} public leaves and the root that was signed."),
        ),
        false => told.line(
            Some(false),
            "Các phong bì không cho gốc cây đã ký.",
            "The envelopes do not give the root that was signed.",
        ),
    })
}

/// Adds the leaves of a bundle to the tree, computed from its envelopes and compared with the public ones.
fn bundle(folder: &Path, index: u64, size: u64, edge: &mut Edge) -> Result<(), ExportError> {
    let Some(bundle) = Bundle::in_tree(index, size) else {
        return Ok(());
    };
    let max = u64::from(TILE_WIDTH) * (2 + MAX_ENTRY_SIZE as u64);
    let (public, restricted) = (bundle.to_string(), file(bundle));
    let cut = |file: &str, cause: &dyn std::fmt::Display| ExportError::content(file, None, cause);
    let leaves = read(folder, &public, max)?;
    let leaves = bundle.entries(&leaves).map_err(|cause| cut(&public, &cause))?;
    let signed = read(folder, &restricted, max)?;
    let signed = bundle
        .entries(&signed)
        .map_err(|cause| cut(&restricted, &cause))?;
    for (place, (leaf, signed)) in leaves.iter().zip(&signed).enumerate() {
        let computed = leaf_entry(&event_hash(signed), &event_twin(signed));
        if computed.as_slice() != *leaf {
            let what = format!("envelope {place} gives another leaf than the public one");
            return Err(ExportError::content(&restricted, None, what));
        }
        edge.push(leaf_hash(&computed))
            .map_err(|cause| cut(&restricted, &cause))?;
    }
    Ok(())
}
