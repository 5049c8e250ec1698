//! The use cases: authorise → load → decide → append → answer. The only place where law and log meet.
//!
//! A [`Registry`] is a ledger with the law in front of it. What it promises:
//!
//! - **Nothing of a draft is trusted.** [`Registry::draft`] makes the bytes that an officer reads and signs;
//!   [`Registry::record`] judges the signed bytes again as if they came from a stranger: format, commitment, authority,
//!   signature, decision, second person. Only then does the ledger see them.
//! - **What was true when it was judged is true when it is recorded.** A decision looks at four things: offices and
//!   keys, the entries touched, the next number of a book, and the day. The ledger checks, inside its transaction, that
//!   the administration's stream has not grown, that each entry still has the basis that was signed, and that the
//!   stream still has the length in which the number is the next one.
//! - **A projection is never evidence.** Entries, notes and copies are folded from events; lists, counts and the next
//!   number come from projections, and the number is checked by the stream's chain.
//! - **A file is not kept, it is made again.** A paper is set from its event ([`papers`]), with the seal that was kept when it was first
//!   handed out: the same event gives the same bytes.
//! - The server never holds an officer's key; time and chance are parameters.
//!
//! It does not know HTTP, and it does not know SQL.

mod access;
mod again;
mod authority;
mod books;
mod chance;
mod command;
mod defaults;
mod diff;
mod draft;
mod duplicates;
mod effects;
mod envelopes;
mod erasure;
mod error;
mod facts;
mod feed;
mod founding;
mod heads;
mod hint;
mod likely;
mod linked;
pub mod lists;
mod numbered;
mod numbers;
mod offers;
mod officers;
pub mod papers;
mod persons;
mod proofs;
pub mod publisher;
pub mod quality;
mod read;
mod readiness;
mod reading;
mod record;
pub mod statistics;
mod timeline;
mod tokens;

pub use access::{AccessFinding, AccessHead, AccessReport, AccessesAsked, KeptLine, check_accesses};
pub use again::RegisteredAgain;
pub use chance::{Chance, SeededChance, SystemChance, SystemClock};
pub use command::{Address, Command, Defaults};
pub use diff::{Diff, FieldDiff, Moment};
pub use draft::DraftedAct;
pub use effects::{DraftedEffect, ProposedReach, Reachable};
pub use error::RegistryError;
pub use feed::Page;
pub use founding::Founding;
pub use heads::ListedHeads;
pub use likely::LikelyPerson;
pub use linked::LinkedChange;
pub use persons::KnownPerson;
pub use proofs::LogSigner;
pub use read::AsOf;
pub use readiness::Readiness;
pub use timeline::TimelineStep;
pub use tokens::{AUDITOR_PREFIX, INSPECTOR_PREFIX, KnownToken, TOKEN_PREFIX, TokenId};

/// What the ledger answers, for those who may not know it.
pub use ledger::{
    Clock, Failure, Fault, FaultKind, Faults, Location, Options, Point, ReadOnlyReason, Receipt, SignedHead,
    Stored,
};

use std::sync::Arc;

use ledger::Ledger;
use projections::Projections;

/// A ledger with the law in front of it.
pub struct Registry {
    ledger: Ledger<Projections>,
    authority: authority::Authority,
    numbers: numbers::Numbers,
    clock: Arc<dyn Clock>,
    chance: Arc<dyn Chance>,
    press: Arc<papers::Press>,
}

impl std::fmt::Debug for Registry {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Registry")
            .field("size", &self.ledger.head().size)
            .finish_non_exhaustive()
    }
}

impl Registry {
    /// The ledger beneath, for those who check it.
    pub fn ledger(&self) -> &Ledger<Projections> {
        &self.ledger
    }

    /// The clock by which it records.
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.clock
    }

    /// The same with what papers are made with; without it they are set, and not sealed.
    #[must_use]
    pub fn with_press(self, press: papers::Press) -> Self {
        Self {
            press: Arc::new(press),
            ..self
        }
    }

    /// The source of its ids and salts.
    pub fn chance(&self) -> &Arc<dyn Chance> {
        &self.chance
    }
}
