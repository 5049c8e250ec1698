//! [`Problem`]: every answer that is not what was asked for, as RFC 9457 `application/problem+json`.
//!
//! A problem never repeats a value of the request and never holds personal data. What only the operator may read (the
//! cause of a fault) travels beside it, is logged once where the answer leaves, and is never sent.

mod catalogue;
mod table;

use std::borrow::Cow;
use std::sync::Arc;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use civil::decide::{Refusal, RefusalCode};
use civil::wire::FieldError;
use serde::Serialize;
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

pub use catalogue::*;

/// How many faults one problem lists. No form has so many; a document made of nothing but faults has, and its answer would be a
/// hundred times its size.
pub const ERRORS_MAX: usize = 500;
/// The media type of a problem.
pub const MEDIA_TYPE: &str = "application/problem+json";
/// What stands before the code in `type`. An URN, because the ledger outlives every host name.
pub const TYPE_PREFIX: &str = "urn:hotich:problem:";
/// What stands before the request's id in `instance`.
pub const INSTANCE_PREFIX: &str = "urn:hotich:request:";

/// Why there is no other answer (RFC 9457).
#[derive(Debug, Clone)]
pub struct Problem(Box<Members>);

/// Why there is no other answer (RFC 9457).
#[derive(Debug, Clone, Serialize, ToSchema)]
struct Members {
    /// `urn:hotich:problem:` and the code: stable for ever.
    #[serde(rename = "type")]
    #[schema(value_type = String, example = "urn:hotich:problem:number_taken")]
    urn: String,
    /// What kind of problem, in English; the same for every occurrence.
    title: Cow<'static, str>,
    /// The HTTP status.
    status: u16,
    /// This occurrence, in English.
    detail: Cow<'static, str>,
    /// This occurrence, in Vietnamese.
    detail_vi: Cow<'static, str>,
    /// The stable code that programs look at.
    code: Cow<'static, str>,
    /// The article of the law it rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    article: Option<&'static str>,
    /// The request: `urn:hotich:request:` and its id, which stands in the logs too.
    #[serde(skip_serializing_if = "Option::is_none")]
    instance: Option<String>,
    /// Every field at fault, up to five hundred.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldProblem>,
    /// The ledger's present state, for a client that must sign again.
    #[serde(flatten)]
    present: Present,
    /// How long to wait before the next try.
    #[serde(skip)]
    retry_after_s: Option<u32>,
    /// For the log of the operator, never for the client.
    #[serde(skip)]
    cause: Option<Arc<str>>,
}

/// One field, parameter or rule at fault.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct FieldProblem {
    /// The field: a JSON pointer (RFC 6901) into the request's document. For a signed event, which carries its act as
    /// CBOR, the pointer is into the document that it was drafted from (`/act/…`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
    /// The parameter of the address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameter: Option<String>,
    /// Which fault.
    pub code: &'static str,
    /// In English.
    pub detail: Cow<'static, str>,
    /// In Vietnamese.
    pub detail_vi: Cow<'static, str>,
    /// The article of the law it rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub article: Option<&'static str>,
    /// A number that helps, for instance the next free one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<u64>,
    /// The warning that was not acknowledged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warning: Option<&'static str>,
}

/// What the ledger holds now, where that is why a signed event no longer fits.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct Present {
    /// The next `seq` of the stream.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<u64>,
    /// The `prev` to sign, or the `basis` where `entry` stands beside it (64 hexadecimal digits).
    #[schema(pattern = "^[0-9a-f]{64}$")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub head: Option<String>,
    /// The entry that moved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<String>,
    /// The position of the event that took the event id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<u64>,
}

impl Problem {
    /// A problem of that kind.
    pub fn new(kind: &'static Kind) -> Self {
        Self(Box::new(Members {
            urn: format!("{TYPE_PREFIX}{}", kind.code),
            title: kind.title.into(),
            status: kind.status.as_u16(),
            detail: kind.title.into(),
            detail_vi: kind.vietnamese.into(),
            code: kind.code.into(),
            article: None,
            instance: None,
            errors: Vec::new(),
            present: Present::default(),
            retry_after_s: kind.retry_after_s,
            cause: None,
        }))
    }

    /// The same as the law or the format words it: another code, and its article.
    #[must_use]
    fn named(mut self, refusal: RefusalCode) -> Self {
        self.0.urn = format!("{TYPE_PREFIX}{}", refusal.name());
        self.0.code = refusal.name().into();
        self.0.title = refusal.english().into();
        self.0.article = article(refusal.article());
        self.saying(refusal.english(), refusal.vietnamese())
    }

    /// The same with a text of its own.
    #[must_use]
    pub fn saying(
        mut self,
        english: impl Into<Cow<'static, str>>,
        vietnamese: impl Into<Cow<'static, str>>,
    ) -> Self {
        self.0.detail = english.into();
        self.0.detail_vi = vietnamese.into();
        self
    }

    /// The same with fields at fault; the first [`ERRORS_MAX`] of them.
    #[must_use]
    pub fn with_errors(mut self, mut errors: Vec<FieldProblem>) -> Self {
        errors.truncate(ERRORS_MAX);
        self.0.errors = errors;
        self
    }

    /// The same with the ledger's present state.
    #[must_use]
    pub fn with_present(mut self, present: Present) -> Self {
        self.0.present = present;
        self
    }

    /// The same with what the operator should read in the log.
    #[must_use]
    pub fn because(mut self, cause: impl std::fmt::Display) -> Self {
        self.0.cause = Some(cause.to_string().into());
        self
    }

    /// The same, naming the request.
    #[must_use]
    pub fn of_request(mut self, id: &str) -> Self {
        self.0.instance = Some(format!("{INSTANCE_PREFIX}{id}"));
        self
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// The stable code.
    pub fn code(&self) -> &str {
        &self.0.code
    }

    /// How long to wait before the next try, in seconds, where that helps.
    pub fn retry_after_s(&self) -> Option<u32> {
        self.0.retry_after_s
    }

    /// What the operator should read in the log.
    pub fn cause(&self) -> Option<&str> {
        self.0.cause.as_deref()
    }

    fn headers(&self, response: &mut Response) {
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        if let Some(seconds) = self.retry_after_s() {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status() == StatusCode::UNAUTHORIZED {
            headers.insert(
                header::WWW_AUTHENTICATE,
                HeaderValue::from_static("Bearer realm=\"hotich\""),
            );
        }
    }
}

impl Serialize for Problem {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(out)
    }
}

impl PartialSchema for Problem {
    fn schema() -> RefOr<Schema> {
        Members::schema()
    }
}

impl ToSchema for Problem {
    fn name() -> Cow<'static, str> {
        "Problem".into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        Members::schemas(schemas);
    }
}

/// The answer, and the problem beside it as an extension, so that the last middleware can name the request in it.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let mut response = (self.status(), body).into_response();
        self.headers(&mut response);
        response.extensions_mut().insert(self);
        response
    }
}

impl FieldProblem {
    /// A parameter of the address.
    pub fn of_parameter(name: &str, error: FieldError) -> Self {
        Self {
            pointer: None,
            parameter: Some(name.to_owned()),
            ..Self::from(error)
        }
    }
}

impl From<FieldError> for FieldProblem {
    fn from(error: FieldError) -> Self {
        Self {
            pointer: Some(error.pointer),
            code: error.code,
            detail: error.en.into(),
            detail_vi: error.vi.into(),
            ..Self::default()
        }
    }
}

impl From<Refusal> for FieldProblem {
    fn from(refusal: Refusal) -> Self {
        let Refusal {
            code,
            pointer,
            expected,
            warning,
        } = refusal;
        Self {
            pointer: Some(format!("/act{pointer}")),
            parameter: None,
            code: code.name(),
            detail: code.english().into(),
            detail_vi: code.vietnamese().into(),
            article: article(code.article()),
            expected,
            warning: warning.map(|warning| warning.name()),
        }
    }
}

/// An article; rules of the format rest on none.
fn article(text: &'static str) -> Option<&'static str> {
    (!text.is_empty()).then_some(text)
}
