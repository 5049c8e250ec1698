//! Whether a paper still holds: asked by its code, which only those know who have had it in hand.

use civil::id::{EventId, OfficeId};
use civil::law::{Paper, PaperForm};
use civil::seal::PaperCode;
use civil::value::Date;
use projections::extract::{self, Fate};

use crate::Registry;
use crate::error::RegistryError;

/// What became of a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperState {
    /// It says what stands in the book.
    Current,
    /// A later act changed what it says, or something of its entry was lawfully erased; the first of them is of that day.
    Superseded {
        /// The day.
        on: Date,
    },
    /// It was revoked, or the registration that it proves.
    Revoked {
        /// From that day on.
        on: Date,
    },
}

/// What everybody who holds a paper may know of it: nothing that does not stand on it but its fate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperStatus {
    /// The event that issued it.
    pub event: EventId,
    /// The office that issued it.
    pub office: OfficeId,
    /// Which paper.
    pub paper: Paper,
    /// Original or copy.
    pub form: PaperForm,
    /// When it was issued.
    pub issued_on: Date,
    /// What became of it.
    pub state: PaperState,
    /// How many events of the log were looked at.
    pub size: u64,
}

impl Registry {
    /// What became of the paper with that code.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] when there is none.
    #[tracing::instrument(name = "registry.paper_status", skip_all, err(level = "debug"))]
    pub async fn paper_status(&self, code: &PaperCode) -> Result<PaperStatus, RegistryError> {
        let size = self.head().size;
        let found = extract::by_code(&self.ledger.reader(), code.status_id()).await?;
        let found = found.ok_or(RegistryError::NotFound("paper"))?;
        let (paper, form) = found.sheet.ok_or(RegistryError::NotFound("paper"))?;
        let state = match (PaperState::of(&found.fate), found.entry) {
            (PaperState::Current, Some(entry)) => self.lost_on(entry).await?.into(),
            (state, _) => state,
        };
        Ok(PaperStatus {
            event: found.event,
            office: found.office,
            paper,
            form,
            issued_on: found.issued_on,
            state,
            size,
        })
    }
}

/// By when something of its entry was erased, of a paper that nothing else became of.
impl From<Option<Date>> for PaperState {
    fn from(lost_on: Option<Date>) -> Self {
        lost_on.map_or(Self::Current, |on| Self::Superseded { on })
    }
}

impl PaperState {
    /// By what is known of a paper.
    pub(super) fn of(fate: &Fate) -> Self {
        match (fate.revoked_on(), fate.superseded_on()) {
            (Some(on), _) => Self::Revoked { on },
            (None, Some(on)) => Self::Superseded { on },
            (None, None) => Self::Current,
        }
    }
}
