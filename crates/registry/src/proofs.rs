//! Checkpoints and proofs: what the log says about itself, to those who check it elsewhere.

use civil::id::EventId;
use ledger::{Fault, FaultKind, Receipt, SignedHead};
use tlog::{Bundle, Hash, Note, Tile, TlogProof};

use crate::Registry;
use crate::error::RegistryError;

/// The log's own key, with which it signs checkpoints.
pub use tlog::SignerKey as LogSigner;

impl Registry {
    /// The last checkpoint that was published.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] when there is none yet.
    pub async fn latest_checkpoint(&self) -> Result<SignedHead, RegistryError> {
        self.ledger
            .latest_checkpoint()
            .await?
            .ok_or(RegistryError::NotFound("checkpoint"))
    }

    /// The receipt of an event, as it was given when it was recorded.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`].
    pub async fn receipt(&self, id: EventId) -> Result<Receipt, RegistryError> {
        self.ledger
            .receipt(id.as_bytes())
            .await?
            .ok_or(RegistryError::NotFound("event"))
    }

    /// A proof that an event is in the log (C2SP tlog-proof, `.tlog-proof`), by the first checkpoint that covers it; none
    /// while no checkpoint does. Without the log's second signature, so that it fits a code ([`TlogProof::short`]).
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] when there is no such event; [`RegistryError::Fault`].
    pub async fn proof_of(&self, id: EventId) -> Result<Option<TlogProof>, RegistryError> {
        let position = self.receipt(id).await?.position;
        let Some(checkpoint) = self.ledger.checkpoint_reaching(position + 1).await? else {
            return Ok(None);
        };
        let path = self.ledger.inclusion_proof(position, checkpoint.size).await?;
        let broken = |error: &dyn std::fmt::Display| fault(FaultKind::Damaged, "writing a proof", error);
        let note = Note::parse(checkpoint.note.as_bytes()).map_err(|error| broken(&error))?;
        let proof = TlogProof::new(position, path, note).map_err(|error| broken(&error))?;
        Ok(Some(proof.short()))
    }

    /// The bytes at a path of the public log (C2SP tlog-tiles): hashes of the tree, or leaves in bundles.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] when the path names no tile, or one that the log does not reach yet.
    pub async fn tile(&self, path: &str) -> Result<Vec<u8>, RegistryError> {
        let found = match (path.parse::<Tile>(), path.parse::<Bundle>()) {
            (Ok(tile), _) => self.ledger.tile(tile).await?,
            (_, Ok(bundle)) => self.ledger.bundle(bundle).await?,
            _ => None,
        };
        found.ok_or(RegistryError::NotFound("tile"))
    }

    /// The proof that the tree of `new` events continues that of `old`.
    ///
    /// # Errors
    /// [`RegistryError::Fault`], also when the log is shorter than that.
    pub async fn consistency_proof(&self, old: u64, new: u64) -> Result<Vec<Hash>, RegistryError> {
        Ok(self.ledger.consistency_proof(old, new).await?)
    }
}

pub(crate) fn fault(kind: FaultKind, doing: &str, cause: impl std::fmt::Display) -> Fault {
    Fault::new(kind, doing, cause)
}
