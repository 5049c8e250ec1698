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
use super::{FieldProblem, Present, Problem, TYPE_PREFIX, article};

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
    let Some(first) = refusals.iter().map(|refusal| refusal.code).min() else {
        return problem;
    };
    Problem {
        urn: format!("{TYPE_PREFIX}{}", first.name()),
        code: first.name().into(),
        title: first.english().into(),
        article: article(first.article()),
        ..problem
    }
    .saying(first.english(), first.vietnamese())
    .with_errors(refusals.into_iter().map(FieldProblem::from).collect())
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
mod tests {
    use std::collections::HashSet;

    use axum::http::StatusCode;
    use civil::decide::RefusalCode;
    use registry::{Fault, ReadOnlyReason};
    use serde_json::{Value as Json, json};

    use super::*;

    const HASH: EventHash = EventHash([7; 32]);

    fn fault(kind: FaultKind) -> RegistryError {
        RegistryError::Fault(Fault::new(kind, "reading event 17", "the secret cause"))
    }

    /// Every variant of the registry's errors with every reason within, and the status and code each must get.
    fn every_error() -> Vec<(RegistryError, u16, &'static str)> {
        let entry = EntryId::from_bytes([1; 16]);
        let field = FieldError {
            pointer: "/act/book".into(),
            code: "missing",
            vi: "Thiếu.".into(),
            en: "Missing.".into(),
        };
        let mut errors = vec![
            (RegistryError::Form(vec![field]), 422, "form"),
            (RegistryError::Malformed(Malformed::TooLarge), 413, "too_large"),
            (
                RegistryError::Body(EventError::Signed(Malformed::Truncated)),
                400,
                "malformed_event",
            ),
            (
                RegistryError::Body(EventError::Body(Malformed::KeyOrder)),
                400,
                "malformed_body",
            ),
            (
                RegistryError::Body(EventError::Body(Malformed::TooLarge)),
                413,
                "too_large",
            ),
            (
                RegistryError::Body(EventError::Commitment),
                400,
                "commitment_not_opened",
            ),
            (RegistryError::Body(EventError::Kind), 400, "body_of_another_kind"),
            (
                RegistryError::Signature(SignatureError::Malformed(Malformed::Truncated)),
                400,
                "malformed_event",
            ),
            (
                RegistryError::Signature(SignatureError::AlgorithmMismatch),
                403,
                "signature_algorithm",
            ),
            (
                RegistryError::Signature(SignatureError::BadKey),
                403,
                "signature_key",
            ),
            (
                RegistryError::Signature(SignatureError::Wrong),
                403,
                "signature_wrong",
            ),
            (
                RegistryError::Signature(SignatureError::NotLowS),
                403,
                "signature_not_low_s",
            ),
            (RegistryError::Refused(Vec::new()), 422, "refused"),
            (
                RegistryError::StreamMoved { next: 4, head: HASH },
                409,
                "stream_moved",
            ),
            (
                RegistryError::EntryMoved {
                    entry,
                    head: Some(HASH),
                },
                409,
                "entry_moved",
            ),
            (
                RegistryError::EntryMoved { entry, head: None },
                409,
                "entry_not_there",
            ),
            (
                RegistryError::EventIdReused { position: 3 },
                409,
                "event_id_reused",
            ),
            (RegistryError::Busy, 503, "busy"),
            (RegistryError::OutcomeUnknown, 503, "outcome_unknown"),
        ];
        for why in [
            Malformed::Truncated,
            Malformed::TrailingBytes,
            Malformed::NotShortest,
            Malformed::ForeignItem,
            Malformed::KeyOrder,
            Malformed::NotNfc,
            Malformed::TooDeep,
            Malformed::Shape("envelope"),
        ] {
            errors.push((RegistryError::Malformed(why), 400, "malformed_event"));
        }
        for why in [
            Unauthorised::UnknownKey,
            Unauthorised::RevokedKey,
            Unauthorised::KeyOfAnotherOffice,
            Unauthorised::OutsideValidity,
            Unauthorised::RoleDoesNotCover,
        ] {
            errors.push((RegistryError::Unauthorised(why), 403, why.code()));
        }
        for code in RefusalCode::ALL.iter().copied() {
            let refusal = Refusal::at(code, "/book/number").expecting(4);
            errors.push((RegistryError::Refused(vec![refusal]), 422, code.name()));
        }
        for reason in [
            ReadOnlyReason::DiskFull,
            ReadOnlyReason::WriteFailed,
            ReadOnlyReason::Unreachable,
            ReadOnlyReason::Refused,
            ReadOnlyReason::Damaged,
            ReadOnlyReason::Closed,
        ] {
            errors.push((RegistryError::ReadOnly(reason), 503, "read_only"));
        }
        for what in ["entry", "event", "office", "kind", "checkpoint"] {
            errors.push((RegistryError::NotFound(what), 404, "not_found"));
        }
        for (kind, status, code) in [
            (FaultKind::Unavailable, 503, "store_unavailable"),
            (FaultKind::Contention, 503, "store_unavailable"),
            (FaultKind::DiskFull, 503, "read_only"),
            (FaultKind::WriteFailed, 503, "read_only"),
            (FaultKind::WriteRefused, 503, "read_only"),
            (FaultKind::Damaged, 500, "store_damaged"),
            (FaultKind::MissingTable, 500, "internal_error"),
            (FaultKind::Constraint, 500, "internal_error"),
            (FaultKind::Request, 500, "internal_error"),
            (FaultKind::Projection, 500, "internal_error"),
            (FaultKind::Internal, 500, "internal_error"),
        ] {
            errors.push((fault(kind), status, code));
        }
        errors
    }

    fn json(problem: &Problem) -> Json {
        serde_json::to_value(problem).unwrap()
    }

    #[test]
    fn every_error_of_the_registry_has_its_problem() {
        for (error, status, code) in every_error() {
            let name = format!("{error:?}");
            let problem = Problem::from(error);
            let json = json(&problem);
            assert_eq!(problem.status().as_u16(), status, "{name}");
            assert_eq!(json["status"], status, "{name}");
            assert_eq!(json["code"], code, "{name}");
            assert_eq!(json["type"], format!("urn:hotich:problem:{code}"), "{name}");
            for text in ["title", "detail", "detail_vi"] {
                assert!(
                    json[text].as_str().is_some_and(|text| !text.is_empty()),
                    "{name} {text}"
                );
            }
            assert!(!json.to_string().contains("secret"), "{name} tells its cause");
            assert_eq!(
                problem.status() == StatusCode::SERVICE_UNAVAILABLE,
                problem.retry_after_s.is_some(),
                "{name}"
            );
        }
    }

    #[test]
    fn every_refusal_points_into_the_act_and_names_its_article() {
        for code in RefusalCode::ALL.iter().copied() {
            let refusal = Refusal::at(code, "/book/number").expecting(4);
            let json = json(&Problem::from(RegistryError::Refused(vec![refusal])));
            let error = &json["errors"][0];
            assert_eq!(error["pointer"], "/act/book/number");
            assert_eq!(error["code"], code.name());
            assert_eq!(error["detail"], code.english());
            assert_eq!(error["detail_vi"], code.vietnamese());
            assert_eq!(error["expected"], 4);
            let article = match code.article() {
                "" => Json::Null,
                article => json!(article),
            };
            assert_eq!(error["article"], article);
            assert_eq!(json["article"], article);
        }
    }

    #[test]
    fn the_refusal_of_highest_precedence_names_the_problem() {
        let refusals = vec![
            Refusal::new(RefusalCode::FromDiffers),
            Refusal::new(RefusalCode::NumberTaken),
        ];
        let json = json(&Problem::from(RegistryError::Refused(refusals)));
        assert_eq!(json["code"], "number_taken");
        assert_eq!(json["errors"].as_array().map(Vec::len), Some(2));
    }

    #[test]
    fn a_conflict_carries_the_head_to_sign_against() {
        let moved = json(&Problem::from(RegistryError::StreamMoved { next: 4, head: HASH }));
        assert_eq!(
            (&moved["next"], &moved["head"]),
            (&json!(4), &json!(HASH.to_string()))
        );
        let entry = EntryId::from_bytes([1; 16]);
        let moved = json(&Problem::from(RegistryError::EntryMoved {
            entry,
            head: Some(HASH),
        }));
        assert_eq!(
            (&moved["entry"], &moved["head"]),
            (&json!(entry.to_string()), &json!(HASH.to_string()))
        );
        let reused = json(&Problem::from(RegistryError::EventIdReused { position: 3 }));
        assert_eq!(reused["position"], 3);
    }

    #[test]
    fn no_two_kinds_of_problem_share_a_code() {
        let codes = KINDS
            .iter()
            .map(|kind| kind.code)
            .chain(RefusalCode::ALL.iter().map(|code| code.name()));
        let mut seen = HashSet::new();
        for code in codes {
            assert!(seen.insert(code), "{code} means two things");
        }
    }
}
