//! The one table from the registry's errors to problems.

use civil::cbor::Malformed;
use civil::cose::SignatureError;
use civil::decide::Refusal;
use civil::directory::Unauthorised;
use civil::event::EventError;
use civil::id::{EntryId, EventHash};
use civil::wire::FieldError;
use registry::{FaultKind, RegistryError};

use super::catalogue::*;
use super::{FieldProblem, Present, Problem};

impl From<RegistryError> for Problem {
    fn from(error: RegistryError) -> Self {
        match error {
            RegistryError::Form(errors) => form(errors),
            RegistryError::Malformed(Malformed::TooLarge) => Self::new(&TOO_LARGE),
            RegistryError::Malformed(why) => said(&MALFORMED_EVENT, why),
            RegistryError::Body(error) => body(error),
            RegistryError::Signature(error) => signature(error),
            RegistryError::Unauthorised(why) => unauthorised(why),
            RegistryError::Refused(refusals) => refused(refusals),
            RegistryError::StreamMoved { next, head } => stream_moved(next, head),
            RegistryError::EntryMoved { entry, head } => entry_moved(entry, head),
            RegistryError::EventIdReused { position } => {
                let present = Present {
                    position: Some(position),
                    ..Present::default()
                };
                Self::new(&EVENT_ID_REUSED).with_present(present)
            }
            RegistryError::NotFound(what) => not_found(what),
            RegistryError::Busy => Self::new(&BUSY),
            RegistryError::ReadOnly(reason) => Self::new(&READ_ONLY).because(reason),
            RegistryError::OutcomeUnknown => Self::new(&OUTCOME_UNKNOWN),
            RegistryError::NotWrittenDown(fault) => Self::new(&ACCESS_NOT_WRITTEN).because(fault),
            RegistryError::Fault(fault) => Self::new(kind_of_fault(fault.kind())).because(fault),
        }
    }
}

/// Faulty fields of the request's document.
impl From<Vec<FieldError>> for Problem {
    fn from(errors: Vec<FieldError>) -> Self {
        form(errors)
    }
}

fn form(errors: Vec<FieldError>) -> Problem {
    let count = errors.len();
    Problem::new(&FORM)
        .saying(
            format!("{count} fields are not as they should be."),
            format!("{count} trường không hợp lệ."),
        )
        .with_errors(errors.into_iter().map(FieldProblem::from).collect())
}

/// A kind whose error says more than the kind does. These errors carry no content of the request.
fn said(kind: &'static Kind, why: impl std::fmt::Display) -> Problem {
    Problem::new(kind).saying(format!("{} ({why})", kind.title), kind.vietnamese)
}

fn body(error: EventError) -> Problem {
    match error {
        EventError::Signed(why) => said(&MALFORMED_EVENT, why),
        EventError::Body(Malformed::TooLarge) => Problem::new(&TOO_LARGE),
        EventError::Body(why) => said(&MALFORMED_BODY, why),
        EventError::Commitment => Problem::new(&COMMITMENT_NOT_OPENED),
        EventError::Kind => Problem::new(&BODY_OF_ANOTHER_KIND),
    }
}

fn signature(error: SignatureError) -> Problem {
    match error {
        SignatureError::Malformed(why) => said(&MALFORMED_EVENT, why),
        SignatureError::AlgorithmMismatch => Problem::new(&SIGNATURE_ALGORITHM),
        SignatureError::BadKey => Problem::new(&SIGNATURE_KEY),
        SignatureError::Wrong => Problem::new(&SIGNATURE_WRONG),
        SignatureError::NotLowS => Problem::new(&SIGNATURE_NOT_LOW_S),
    }
}

fn unauthorised(why: Unauthorised) -> Problem {
    let kind = match why {
        Unauthorised::UnknownKey => &UNKNOWN_KEY,
        Unauthorised::RevokedKey => &REVOKED_KEY,
        Unauthorised::KeyOfAnotherOffice => &KEY_OF_ANOTHER_OFFICE,
        Unauthorised::OutsideValidity => &KEY_OUTSIDE_VALIDITY,
        Unauthorised::RoleDoesNotCover => &ROLE_DOES_NOT_COVER,
    };
    Problem::new(kind)
}

/// The first refusal by precedence gives the problem its code, its words and its article; all of them are listed.
fn refused(refusals: Vec<Refusal>) -> Problem {
    let problem = Problem::new(&REFUSED);
    let first = refusals.iter().map(|refusal| refusal.code).min();
    let problem = first.into_iter().fold(problem, Problem::named);
    problem.with_errors(refusals.into_iter().map(FieldProblem::from).collect())
}

fn stream_moved(next: u64, head: EventHash) -> Problem {
    let present = Present {
        next: Some(next),
        head: Some(head.to_string()),
        ..Present::default()
    };
    Problem::new(&STREAM_MOVED)
        .saying(
            format!("The stream goes on with number {next}: sign again."),
            format!("Chuỗi sự kiện tiếp tục từ số {next}; hãy ký lại."),
        )
        .with_present(present)
}

fn entry_moved(entry: EntryId, head: Option<EventHash>) -> Problem {
    let kind = if head.is_some() {
        &ENTRY_MOVED
    } else {
        &ENTRY_NOT_THERE
    };
    let present = Present {
        entry: Some(entry.to_string()),
        head: head.map(|head| head.to_string()),
        ..Present::default()
    };
    Problem::new(kind).with_present(present)
}

fn not_found(what: &'static str) -> Problem {
    let vietnamese = match what {
        "entry" => "Không có mục đăng ký này.",
        "event" => "Không có sự kiện này.",
        "office" => "Không có cơ quan này trong sổ cái.",
        "kind" => "Không có loại việc này.",
        "checkpoint" => "Chưa có điểm kiểm tra nào được công bố.",
        _ => NOT_FOUND.vietnamese,
    };
    Problem::new(&NOT_FOUND).saying(format!("There is no such {what}."), vietnamese)
}

fn kind_of_fault(kind: FaultKind) -> &'static Kind {
    match kind {
        FaultKind::Unavailable | FaultKind::Contention => &UNAVAILABLE,
        FaultKind::DiskFull | FaultKind::WriteFailed | FaultKind::WriteRefused => &READ_ONLY,
        FaultKind::Damaged => &DAMAGED,
        _ => &INTERNAL,
    }
}

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;
