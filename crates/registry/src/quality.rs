//! What offices still have to look into. It comes from a projection: good for finding and counting, never evidence.

use civil::act::TaskKind;
use civil::id::{EntryId, OfficeId};
use projections::task;

pub use projections::task::{Count, Settled, Task};

use crate::Registry;
use crate::error::RegistryError;

impl Registry {
    /// How many tasks are open, by kind and for flags by warning: of an office, or of every office that has any.
    ///
    /// # Errors
    /// [`RegistryError::Fault`].
    pub async fn quality(&self, office: Option<OfficeId>) -> Result<Vec<Count>, RegistryError> {
        Ok(task::counts(&self.ledger.reader(), office).await?)
    }

    /// The open tasks of an office, also about books that it took over or was entrusted with, the oldest first.
    ///
    /// # Errors
    /// [`RegistryError::Fault`].
    pub async fn tasks_of(
        &self,
        office: OfficeId,
        kind: Option<TaskKind>,
        limit: u16,
    ) -> Result<Vec<Task>, RegistryError> {
        Ok(task::open_for(&self.ledger.reader(), office, kind, limit).await?)
    }

    /// The tasks about an entry, open and settled, in the order of the log.
    ///
    /// # Errors
    /// [`RegistryError::Fault`].
    pub async fn tasks_about(&self, entry: EntryId) -> Result<Vec<Task>, RegistryError> {
        Ok(task::of_entry(&self.ledger.reader(), entry).await?)
    }
}
