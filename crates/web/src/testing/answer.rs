//! An answer in a test.

use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderMap, HeaderName, Response};
use serde_json::Value as Json;

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Answer {
    pub(crate) async fn of(response: Response<Body>) -> Self {
        let (parts, body) = response.into_parts();
        Self {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: to_bytes(body, usize::MAX).await.unwrap(),
        }
    }

    /// The body as text.
    pub(crate) fn text(&self) -> &str {
        str::from_utf8(&self.body).unwrap()
    }

    /// The body as JSON; null when it is none.
    pub(crate) fn json(&self) -> Json {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// A header as text.
    pub(crate) fn header(&self, name: HeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The problem that it must be: media type, status in the body, both languages, the request's id. Answers its code.
    pub(crate) fn problem(&self) -> String {
        let json = self.json();
        assert_eq!(
            self.header(axum::http::header::CONTENT_TYPE),
            "application/problem+json",
            "{}",
            self.text()
        );
        assert_eq!(json["status"], self.status, "{json}");
        let code = json["code"].as_str().unwrap().to_owned();
        assert_eq!(json["type"], format!("urn:hotich:problem:{code}"));
        for text in ["title", "detail", "detail_vi"] {
            assert!(
                json[text].as_str().is_some_and(|text| !text.is_empty()),
                "{text} of {json}"
            );
        }
        let id = self.header(HeaderName::from_static("x-request-id"));
        assert_eq!(json["instance"], format!("urn:hotich:request:{id}"));
        code
    }

    /// `(pointer or parameter, code)` of each error of a problem.
    pub(crate) fn errors(&self) -> Vec<(String, String)> {
        let json = self.json();
        let errors = json["errors"].as_array().cloned().unwrap_or_default();
        let place = |error: &Json| {
            error
                .get("pointer")
                .or(error.get("parameter"))
                .and_then(Json::as_str)
                .unwrap()
                .to_owned()
        };
        errors
            .iter()
            .map(|error| (place(error), error["code"].as_str().unwrap().to_owned()))
            .collect()
    }
}
