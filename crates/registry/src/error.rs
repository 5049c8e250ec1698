//! Why a use case gives no answer: a lawful or formal no, or a fault of ours.

use civil::cbor::Malformed;
use civil::cose::SignatureError;
use civil::decide::{NotEndorsed, Refusal};
use civil::directory::Unauthorised;
use civil::event::EventError;
use civil::id::{EntryId, EventHash};
use civil::wire::FieldError;
use ledger::{AppendError, Conflict, Fault, ReadOnlyReason};

/// Why there is no answer.
#[derive(Debug, Clone, thiserror::Error)]
pub enum RegistryError {
    /// The request's fields are wrong: all of them.
    #[error("{} fields are not as they should be", .0.len())]
    Form(Vec<FieldError>),
    /// The signed bytes are not of the format.
    #[error("the signed bytes are not of the format: {0}")]
    Malformed(#[from] Malformed),
    /// The body does not belong to the envelope.
    #[error(transparent)]
    Body(EventError),
    /// The signature does not count.
    #[error(transparent)]
    Signature(SignatureError),
    /// The key may not sign this.
    #[error(transparent)]
    Unauthorised(#[from] Unauthorised),
    /// The act cannot be recorded as it is.
    #[error("refused for {} reasons", .0.len())]
    Refused(Vec<Refusal>),
    /// The chain went on meanwhile: sign again.
    #[error("the stream goes on with number {next}")]
    StreamMoved {
        /// The next seq.
        next: u64,
        /// The `prev` to sign.
        head: EventHash,
    },
    /// An entry changed meanwhile: look again, sign again.
    #[error("the entry has changed since it was read")]
    EntryMoved {
        /// The entry.
        entry: EntryId,
        /// Its latest event; none when there is no such entry.
        head: Option<EventHash>,
    },
    /// The event id was used for other bytes.
    #[error("the event id was used for another event, at position {position}")]
    EventIdReused {
        /// Of the other event.
        position: u64,
    },
    /// There is no such thing.
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// Too many are waiting: try again shortly.
    #[error("too many acts are waiting")]
    Busy,
    /// The store takes no writes: try again later.
    #[error("the ledger takes no writes: {0}")]
    ReadOnly(ReadOnlyReason),
    /// Nobody can say whether it was recorded: ask again with the same event.
    #[error("the outcome is unknown")]
    OutcomeUnknown,
    /// Who is shown what could not be written down: nothing is shown.
    #[error("the access could not be written down: {0}")]
    NotWrittenDown(#[source] Fault),
    /// The operation failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<EventError> for RegistryError {
    fn from(error: EventError) -> Self {
        match error {
            EventError::Signed(why) => Self::Malformed(why),
            error => Self::Body(error),
        }
    }
}

impl From<SignatureError> for RegistryError {
    fn from(error: SignatureError) -> Self {
        match error {
            SignatureError::Malformed(why) => Self::Malformed(why),
            error => Self::Signature(error),
        }
    }
}

impl From<NotEndorsed> for RegistryError {
    fn from(error: NotEndorsed) -> Self {
        match error {
            NotEndorsed::Signature(error) => error.into(),
            NotEndorsed::Missing(refusal) => Self::Refused(vec![refusal]),
        }
    }
}

impl From<Vec<FieldError>> for RegistryError {
    fn from(errors: Vec<FieldError>) -> Self {
        Self::Form(errors)
    }
}

impl From<Vec<Refusal>> for RegistryError {
    fn from(refusals: Vec<Refusal>) -> Self {
        Self::Refused(refusals)
    }
}

impl From<AppendError> for RegistryError {
    fn from(error: AppendError) -> Self {
        match error {
            AppendError::Conflict(Conflict::EventIdReused { position }) => Self::EventIdReused { position },
            AppendError::Conflict(Conflict::Seq { next, head }) => Self::StreamMoved {
                next,
                head: EventHash(head),
            },
            AppendError::Conflict(Conflict::Basis { entry, head }) => Self::EntryMoved {
                entry: EntryId::from_bytes(entry),
                head: head.map(EventHash),
            },
            // The registry judges again by itself; if it meets this the administration is moving faster than that.
            AppendError::Conflict(Conflict::AuthorityMoved { .. }) | AppendError::Busy => Self::Busy,
            AppendError::ReadOnly(reason) => Self::ReadOnly(reason),
            AppendError::OutcomeUnknown => Self::OutcomeUnknown,
            AppendError::Fault(fault) => Self::Fault(fault),
        }
    }
}
