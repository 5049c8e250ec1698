//! Whether the registry can do its work now.

use ledger::{ReadOnlyReason, Status};

use crate::Registry;
use crate::error::RegistryError;

/// Whether the registry can do its work now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Readiness {
    /// Why the ledger takes no writes; none when it does.
    pub read_only: Option<ReadOnlyReason>,
    /// How many events of the administration's stream the directory has taken in.
    pub directory: u64,
    /// How many there are.
    pub authority: u64,
    /// How many events the log has.
    pub size: u64,
}

impl Readiness {
    /// Whether acts can be recorded: the ledger takes writes, and the directory knows all that the administration recorded.
    pub fn ready(&self) -> bool {
        self.read_only.is_none() && self.directory >= self.authority
    }
}

impl Registry {
    /// Asks the store, lets the directory catch up with what other programs recorded, and tells what is the case.
    ///
    /// # Errors
    /// [`RegistryError::Fault`] when the store does not answer.
    pub async fn readiness(&self) -> Result<Readiness, RegistryError> {
        let head = self.ledger.stored_head().await?;
        let read_only = match self.ledger.status() {
            Status::Writable => None,
            Status::ReadOnly(reason) => Some(reason),
        };
        if self.with_directory(|known| known.length()) < head.authority {
            self.authority.catch_up(&self.ledger).await?;
        }
        let directory = self.with_directory(|known| known.length());
        Ok(Readiness {
            read_only,
            directory,
            authority: head.authority,
            size: head.size,
        })
    }
}
