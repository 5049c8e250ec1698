//! [`Finding`]: why nothing is signed, and what a person can do about it.

use std::fmt;

use tlog::ForkEvidence;

/// Ledger, lock store and witnesses do not agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What is the case.
    pub kind: FindingKind,
    /// Who knows it: `lock store`, `ledger`, or the name of a witness.
    pub by: String,
    /// How many events the ledger has.
    pub size: u64,
    /// For how many events they have seen a signature.
    pub signed: u64,
    /// The signed checkpoint that they hold.
    pub note: String,
    /// Two signed checkpoints that cannot both be true, where both are at hand.
    pub evidence: Option<Box<ForkEvidence>>,
}

/// What is the case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindingKind {
    /// The lock store remembers nothing, or less than was signed: it is new, another one, or was restored.
    LockForgot,
    /// What the lock store remembers was not signed by the key of this log.
    LockForeign,
    /// The ledger is shorter than what was signed for: an old backup.
    LedgerBehind,
    /// The ledger has another history than the one that was signed for.
    LedgerDiffers,
}

impl FindingKind {
    /// Its name for programs.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::LockForgot => "lock_forgot",
            Self::LockForeign => "lock_foreign",
            Self::LedgerBehind => "ledger_behind",
            Self::LedgerDiffers => "ledger_differs",
        }
    }

    /// What to do.
    #[must_use]
    pub const fn way_out(self) -> &'static str {
        match self {
            Self::LockForgot => {
                "Look for the lock store that was used before (--lock) and use it. If it is lost, and every witness could be asked, \
                 `hotich doctor --adopt` begins a new one with the largest checkpoint that was signed. Never restore it from a backup."
            }
            Self::LockForeign => {
                "This is the lock store of another ledger, or it is damaged: name the right one with --lock. A ledger with the same \
                 origin and another key is another log, and must not sign under this name."
            }
            Self::LedgerBehind => {
                "An old backup was restored. Events that offices hold receipts for are missing. Restore a newer backup or the standby, or \
                 replay what the offices kept (every client has its signed events) until the ledger has caught up: the same events in the \
                 same order lead to the same root. Record nothing else before that: it would be another history."
            }
            Self::LedgerDiffers => {
                "This ledger tells another history than the one that was signed. It can never be signed for under this name. Keep it as \
                 evidence, restore a backup from before the two parted and replay from there; tell the witnesses and the auditors."
            }
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { by, size, signed, .. } = self;
        match self.kind {
            FindingKind::LockForgot => write!(
                f,
                "the lock store has forgotten that {signed} events were signed for ({by})"
            ),
            FindingKind::LockForeign => {
                write!(f, "what the {by} remembers was not signed by the key of this log")
            }
            FindingKind::LedgerBehind => write!(
                f,
                "the ledger has {size} events, but {signed} were signed for ({by}): an old backup?"
            ),
            FindingKind::LedgerDiffers => write!(
                f,
                "the first {signed} events are not those that were signed for ({by}): another history"
            ),
        }
    }
}
