//! Lawful erasure: which bodies may be erased, and what follows once the act that says so is recorded. RFC 0008.
//!
//! 1. The act is judged and recorded like any other. *From its commit on nobody is shown the bodies, nor what the read models have of their entries.*
//! 2. Their keys are destroyed.
//! 3. The read models are made anew without them, beside the live ones, and swapped in. The receipt is given after that.
//!
//! *A crash in between: whoever opens the ledger next goes on where it stopped.*

use civil::act::Act;
use civil::event::day_in_vietnam;
use civil::id::{EntryId, StreamId};
use civil::value::Date;
use ledger::{Erased, Fault, Ledger};
use projections::Projections;

use crate::error::RegistryError;
use crate::{Registry, reading};

impl Registry {
    /// Those of the positions which an act says are erased whose bodies may not be, or not any more.
    pub(crate) async fn not_erasable(&self, act: &Act) -> Result<Vec<u64>, RegistryError> {
        let Act::BodiesErased(act) = act else {
            return Ok(Vec::new());
        };
        let mut not = Vec::new();
        for position in &act.positions {
            let stored = match i64::try_from(*position) {
                Ok(_) => self.ledger.stored(*position).await?,
                Err(_) => None,
            };
            let may = stored.is_some_and(|stored| {
                stored.stream != StreamId::ADMINISTRATION.number() && stored.erased_by.is_none()
            });
            if !may {
                not.push(*position);
            }
        }
        Ok(not)
    }

    /// The bodies that an act says are erased, each with the entries it is about.
    pub(crate) async fn erased_by(&self, act: &Act) -> Result<Vec<Erased>, RegistryError> {
        let Act::BodiesErased(act) = act else {
            return Ok(Vec::new());
        };
        let mut erased = Vec::with_capacity(act.positions.len());
        for position in &act.positions {
            let stored = self.ledger.stored(*position).await?;
            let stored = stored.ok_or(RegistryError::NotFound("event"))?;
            let envelope = reading::envelope_of(&stored)?;
            let targets = envelope.targets.iter().map(|target| target.entry);
            erased.push(Erased {
                position: *position,
                entries: envelope
                    .entry
                    .into_iter()
                    .chain(targets)
                    .map(|entry| *entry.as_bytes())
                    .collect(),
            });
        }
        Ok(erased)
    }

    /// The day on which something of an entry was first erased; nothing where nothing was.
    pub(crate) async fn lost_on(&self, entry: EntryId) -> Result<Option<Date>, RegistryError> {
        let Some(by) = self.ledger.lost(entry.as_bytes()).await? else {
            return Ok(None);
        };
        let stored = self
            .ledger
            .stored(by)
            .await?
            .ok_or(RegistryError::NotFound("event"))?;
        let recorded = u64::try_from(stored.recorded_at_ms / 1_000).unwrap_or_default();
        Ok(day_in_vietnam(recorded))
    }

    /// Steps 2 and 3, in a task of their own: they go on though whoever asked goes away.
    pub(crate) async fn see_erasure_through(&self) {
        let done = tokio::spawn(see_through(self.ledger.clone())).await;
        if let Ok(Err(fault)) = done {
            tracing::error!(%fault, "an erasure is recorded and not seen through; the next start goes on with it");
        }
    }
}

/// Steps 2 and 3.
pub(crate) async fn see_through(ledger: Ledger<Projections>) -> Result<(), Fault> {
    ledger.finish_erasing().await?;
    if ledger.rewrite_erased().await? {
        tracing::info!("the read models are made anew without what was erased");
    }
    Ok(())
}
