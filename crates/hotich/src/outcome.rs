//! How a verb ends.

use registry::RegistryError;

/// The end of a verb that did its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing to complain of.
    Well,
    /// Something was found, or refused.
    Finding,
}

/// Why a verb did not do its work.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The command line or a file that it names is wrong.
    #[error("{0}")]
    Use(String),
    /// The ledger refused.
    #[error("{0}")]
    Refused(String),
    /// The ledger failed.
    #[error(transparent)]
    Registry(#[from] RegistryError),
    /// The store failed.
    #[error(transparent)]
    Ledger(#[from] ledger::Fault),
    /// The machine failed.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

/// What a verb answers.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// Wrong use, in words.
    pub fn using(why: impl std::fmt::Display) -> Self {
        Self::Use(why.to_string())
    }

    /// 1 for a refusal, 2 for everything else.
    pub fn exit_status(&self) -> u8 {
        match self {
            Self::Refused(_) | Self::Registry(RegistryError::Refused(_) | RegistryError::Form(_)) => 1,
            _ => 2,
        }
    }
}
