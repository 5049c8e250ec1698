//! [`Press`]: what papers are made with. The binary furnishes it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock};

use civil::id::OfficeId;
use extract::seal::{SealError, SealKey, TimeStamper};
use extract::{TypesetError, Typesetter};
use ledger::{Fault, FaultKind};
use tokio::sync::Semaphore;

use super::lists::Listed;

/// How many papers are set at a time: it is work of a processor alone.
fn places() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// What papers are made with: the typesetter, the seals of the offices for which this node hands out papers, and who dates their signatures. One for a
/// process; it is warmed up by its first paper.
pub struct Press {
    typesetter: OnceLock<Typesetter>,
    seals: BTreeMap<OfficeId, Arc<dyn SealKey>>,
    time_stamper: Option<Arc<dyn TimeStamper>>,
    /// The last list of papers that was signed.
    pub(super) listed: Mutex<Option<Listed>>,
    places: Semaphore,
}

impl std::fmt::Debug for Press {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let offices = self.seals.keys().map(|office| office.0);
        out.debug_list().entries(offices).finish()
    }
}

impl Default for Press {
    fn default() -> Self {
        Self {
            typesetter: OnceLock::new(),
            seals: BTreeMap::new(),
            time_stamper: None,
            listed: Mutex::new(None),
            places: Semaphore::new(places()),
        }
    }
}

impl Press {
    /// The same with the seal of an office; that of office 0, the country's, signs the lists.
    #[must_use]
    pub fn with_seal(mut self, office: OfficeId, key: Arc<dyn SealKey>) -> Self {
        self.seals.insert(office, key);
        self
    }

    /// The same with somebody who dates signatures.
    #[must_use]
    pub fn with_time_stamper(self, stamper: Arc<dyn TimeStamper>) -> Self {
        Self {
            time_stamper: Some(stamper),
            ..self
        }
    }

    /// The seal of an office, where this node has it.
    pub(crate) fn seal(&self, office: OfficeId) -> Option<&Arc<dyn SealKey>> {
        self.seals.get(&office)
    }

    /// Who dates signatures.
    pub(crate) fn time_stamper(&self) -> Option<&dyn TimeStamper> {
        self.time_stamper.as_deref()
    }

    /// The typesetter, made when it is first needed: a node that issues no papers does without.
    ///
    /// # Errors
    /// [`Fault`] when the program was built with faces that do not fit.
    pub(crate) fn typesetter(&self) -> Result<&Typesetter, Fault> {
        if let Some(made) = self.typesetter.get() {
            return Ok(made);
        }
        let made = Typesetter::new().map_err(|error| not_set(&error))?;
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
pub(crate) fn not_set(error: &TypesetError) -> Fault {
    Fault::new(FaultKind::Internal, "setting a paper", error)
}

/// A paper that could not be sealed.
pub(crate) fn not_sealed(error: &SealError) -> Fault {
    Fault::new(FaultKind::Internal, "sealing a paper", error)
}
