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

/// The live read models were begun before an erasure was recorded.
const SHOWN: Statement = Statement::both(
    "erased and still shown",
    "select e.position from erasure e where e.erased_by >= \
     (select coalesce(p.begun, 0) from projection p join ledger_head h on h.generation = p.generation) limit 1",
);

impl Archive {
    /// Whether the read models were made while a body could still be read that is erased now.
    ///
    /// # Errors
    /// [`Fault`] of the store.
    pub async fn shows_erased(&self) -> Result<bool, Fault> {
        Ok(self.readers().row(&SHOWN, &[]).await?.is_some())
    }

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
        let positions: Vec<u64> = self
            .erasures()
            .await?
            .into_iter()
            .map(|(position, _)| position)
            .collect();
        let keys = self.store().keys();
        let standing = keys.standing(&positions).await?;
        keys.puncture(standing.iter().copied()).await?;
        if !standing.is_empty() {
            tracing::info!(bodies = standing.len(), "the keys of erased bodies are destroyed");
        }
        Ok(standing.len())
    }

    /// Makes the read models anew without what was erased, if they still show it. The old ones are overwritten. Answers whether they did.
    ///
    /// # Errors
    /// As [`Ledger::rebuild`]; it can be done again.
    pub async fn rewrite_erased(&self) -> Result<bool, Fault> {
        let shown = self.shows_erased().await?;
        if shown {
            self.rebuild(|_| {}).await?;
        }
        Ok(shown)
    }
}
