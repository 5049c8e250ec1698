//! [`Log`]: what a publisher has to know of the log that it signs for.

use async_trait::async_trait;
use ledger::{Fault, Head, Ledger, Projector, SignedHead};
use tlog::Hash;

use crate::Registry;

/// The log that a publisher signs for: a ledger, or what a simulator puts before one. Each method is the one of that name of
/// [`ledger::Archive`] or [`Ledger`].
#[async_trait]
pub trait Log: Send + Sync {
    /// The last checkpoint that was published.
    async fn latest_checkpoint(&self) -> Result<Option<SignedHead>, Fault>;
    /// The head as it is stored.
    async fn stored_head(&self) -> Result<Head, Fault>;
    /// Reads again what was stored since a size whose root is trusted.
    async fn recheck(&self, trusted: Option<(u64, [u8; 32])>) -> Result<Head, Fault>;
    /// The root of the first `size` events.
    async fn root_at(&self, size: u64) -> Result<Hash, Fault>;
    /// The proof that the tree of `new` events continues that of `old`.
    async fn consistency_proof(&self, old: u64, new: u64) -> Result<Vec<Hash>, Fault>;
    /// Publishes a checkpoint. Answers what is published for that size.
    async fn keep_checkpoint(&self, signed: &SignedHead) -> Result<SignedHead, Fault>;
}

#[async_trait]
impl<P: Projector> Log for Ledger<P> {
    async fn latest_checkpoint(&self) -> Result<Option<SignedHead>, Fault> {
        (**self).latest_checkpoint().await
    }

    async fn stored_head(&self) -> Result<Head, Fault> {
        (**self).stored_head().await
    }

    async fn recheck(&self, trusted: Option<(u64, [u8; 32])>) -> Result<Head, Fault> {
        (**self).recheck(trusted).await
    }

    async fn root_at(&self, size: u64) -> Result<Hash, Fault> {
        (**self).root_at(size).await
    }

    async fn consistency_proof(&self, old: u64, new: u64) -> Result<Vec<Hash>, Fault> {
        (**self).consistency_proof(old, new).await
    }

    async fn keep_checkpoint(&self, signed: &SignedHead) -> Result<SignedHead, Fault> {
        Self::keep_checkpoint(self, signed).await
    }
}

/// Its ledger.
#[async_trait]
impl Log for Registry {
    async fn latest_checkpoint(&self) -> Result<Option<SignedHead>, Fault> {
        self.ledger.latest_checkpoint().await
    }

    async fn stored_head(&self) -> Result<Head, Fault> {
        self.ledger.stored_head().await
    }

    async fn recheck(&self, trusted: Option<(u64, [u8; 32])>) -> Result<Head, Fault> {
        self.ledger.recheck(trusted).await
    }

    async fn root_at(&self, size: u64) -> Result<Hash, Fault> {
        self.ledger.root_at(size).await
    }

    async fn consistency_proof(&self, old: u64, new: u64) -> Result<Vec<Hash>, Fault> {
        self.ledger.consistency_proof(old, new).await
    }

    async fn keep_checkpoint(&self, signed: &SignedHead) -> Result<SignedHead, Fault> {
        self.ledger.keep_checkpoint(signed).await
    }
}
