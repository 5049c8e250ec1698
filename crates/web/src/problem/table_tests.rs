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
        (
            RegistryError::NotWrittenDown(Fault::new(FaultKind::DiskFull, "writing", "the secret cause")),
            503,
            "access_not_written",
        ),
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
            problem.retry_after_s().is_some(),
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
