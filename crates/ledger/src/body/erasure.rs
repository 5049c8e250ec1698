//! Which bodies are lawfully erased, and seeing it through.

use crate::archive::Archive;
use crate::fault::Fault;
use crate::ledger::Ledger;
use crate::projection::Projector;
use crate::statement::Statement;

const ERASURES: Statement = Statement::both(
    "erasures",
    "select position, erased_by from erasure order by position",
);

impl Archive {
    /// The positions of the events whose bodies were lawfully erased, in order, each with that of the event that says so.
    ///
    /// # Errors
    /// [`Fault`] of the store.
    pub async fn erasures(&self) -> Result<Vec<(u64, u64)>, Fault> {
        let rows = self.readers().rows(&ERASURES, 0, &[]).await?;
        rows.iter()
            .map(|row| Ok((row.count("position")?, row.count("erased_by")?)))
            .collect()
    }
}

impl<P: Projector> Ledger<P> {
    /// Destroys the keys of all bodies that the log says are erased, as far as they are still there: the second half of an erasure. Run
    /// at every opening too, so that a crash between the two halves is healed. Answers how many there were.
    ///
    /// # Errors
    /// [`Fault`] when the key store cannot be reached; it can be done again.
    pub async fn finish_erasing(&self) -> Result<usize, Fault> {
        let positions: Vec<u64> = self.erasures().await?.into_iter().map(|(position, _)| position).collect();
        let keys = self.store().keys();
        let standing = keys.standing(&positions).await?;
        keys.puncture(standing.iter().copied()).await?;
        if !standing.is_empty() {
            tracing::info!(bodies = standing.len(), "the keys of erased bodies are destroyed");
        }
        Ok(standing.len())
    }
}
