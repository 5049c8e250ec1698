//! The id of a request: in the logs, in the answer's `x-request-id`, and in every problem.

use std::fmt;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

use crate::Web;

pub(crate) const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The id of one request: 32 hexadecimal digits, the client's own where it sent one of that shape.
#[derive(Debug, Clone)]
pub(crate) struct RequestId(String);

impl RequestId {
    fn by_chance(web: &Web) -> Self {
        let mut bytes = [0; 16];
        web.registry().chance().fill(&mut bytes);
        Self(hex::encode(bytes))
    }

    /// Takes only what cannot be a name or a personal number, because it is logged.
    fn by_client(value: &HeaderValue) -> Option<Self> {
        let text = value.to_str().ok()?;
        let fits = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        fits.then(|| Self(text.to_ascii_lowercase()))
    }

    /// The id as text.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

pub(super) async fn name(State(web): State<Arc<Web>>, mut request: Request, next: Next) -> Response {
    let sent = request.headers().get(&HEADER).and_then(RequestId::by_client);
    let id = sent.unwrap_or_else(|| RequestId::by_chance(&web));
    request.extensions_mut().insert(id.clone());
    let mut response = next.run(request).await;
    if let Ok(value) = HeaderValue::from_str(id.as_str()) {
        response.headers_mut().insert(HEADER, value);
    }
    response
}
