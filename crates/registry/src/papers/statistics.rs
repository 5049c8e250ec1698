//! How many papers were issued.

use civil::id::OfficeId;
use civil::value::Date;
use projections::extract::{self, PaperCount};

use crate::Registry;
use crate::error::RegistryError;

impl Registry {
    /// How many papers of each sort were issued from one day to another, both counted, by an office or, without one, by each.
    ///
    /// # Errors
    /// [`RegistryError::Fault`].
    pub async fn papers_issued(
        &self,
        from: Date,
        to: Date,
        office: Option<OfficeId>,
    ) -> Result<Vec<PaperCount>, RegistryError> {
        Ok(extract::counts(&self.ledger.reader(), from, to, office).await?)
    }
}
