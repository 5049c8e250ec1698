//! [`Press`]: what papers are made with. The binary furnishes it.

use std::sync::{Arc, OnceLock};

use extract::{TypesetError, Typesetter};
use ledger::{Fault, FaultKind};
use tokio::sync::Semaphore;

/// How many papers are set at a time: it is work of a processor alone.
fn places() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// What papers are made with: the typesetter. One for a process; it is warmed up by its first paper.
#[derive(Debug)]
pub struct Press {
    typesetter: OnceLock<Typesetter>,
    places: Semaphore,
}

impl Default for Press {
    fn default() -> Self {
        Self {
            typesetter: OnceLock::new(),
            places: Semaphore::new(places()),
        }
    }
}

impl Press {
    /// The typesetter, made when it is first needed: a node that issues no papers does without.
    ///
    /// # Errors
    /// [`Fault`] when the program was built with faces that do not fit.
    pub(crate) fn typesetter(&self) -> Result<&Typesetter, Fault> {
        if let Some(made) = self.typesetter.get() {
            return Ok(made);
        }
        let made = Typesetter::new().map_err(|error| fault("making the typesetter ready", &error))?;
        Ok(self.typesetter.get_or_init(|| made))
    }

    /// Does work on papers beside the threads that answer requests, as many at a time as there are processors.
    ///
    /// # Errors
    /// [`Fault`] when the work panicked, or that of the work itself.
    pub(crate) async fn work<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Self) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        // Never closed, so there is always a place in the end.
        let _place = self.places.acquire().await;
        let press = Arc::clone(self);
        let done = tokio::task::spawn_blocking(move || work(&press)).await;
        done.map_err(|error| Fault::new(FaultKind::Internal, "setting a paper", error))?
    }
}

/// What the typesetter says may quote the paper; only its own words go into a fault.
pub(crate) fn fault(doing: &str, error: &TypesetError) -> Fault {
    Fault::new(FaultKind::Internal, doing, error)
}
