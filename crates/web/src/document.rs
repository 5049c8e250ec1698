//! [`Document`]: a request's JSON, read within limits of size, time and depth.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, header};
use http_body_util::BodyExt as _;
use serde_json::Value as Json;
use tokio::sync::OwnedSemaphorePermit;

use crate::Web;
use crate::problem::{BAD_REQUEST, CROWDED, MALFORMED_JSON, NOT_JSON, Problem, REQUEST_TIMED_OUT, TOO_LARGE};
use crate::state::ROOM_UNIT;

/// How much of a body that is too large is still read and thrown away, so that a client that only sends before it
/// listens gets to read why.
const DRAINED_BYTES_MAX: usize = 64 << 20;

/// A request's JSON. Its fields are read by the endpoint, which reports all faults at once.
pub(crate) struct Document {
    /// What was sent.
    pub(crate) json: Json,
    /// Its share of the room for all bodies, given back when the document is dropped.
    _room: OwnedSemaphorePermit,
}

impl FromRequest<Arc<Web>> for Document {
    type Rejection = Problem;

    async fn from_request(request: Request, web: &Arc<Web>) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        if !is_json(&parts.headers) {
            return Err(Problem::new(&NOT_JSON));
        }
        let limits = web.limits();
        let announced = announced(&parts.headers);
        let units = announced
            .unwrap_or(limits.body_bytes)
            .min(limits.body_bytes)
            .div_ceil(ROOM_UNIT);
        let room = Arc::clone(web.room()).try_acquire_many_owned(u32::try_from(units).unwrap_or(u32::MAX));
        let room = room.map_err(|_| Problem::new(&CROWDED))?;
        let read = read(&parts.headers, announced, body, limits.body_bytes);
        let bytes = tokio::time::timeout(limits.body, read).await;
        let bytes = bytes.unwrap_or_else(|_| Err(Problem::new(&REQUEST_TIMED_OUT)))?;
        parse(&bytes).map(|json| Self { json, _room: room })
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let media_type = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    media_type
        .split(';')
        .next()
        .is_some_and(|essence| essence.trim().eq_ignore_ascii_case("application/json"))
}

/// How long the client says that the body is; hyper reads no more than that.
fn announced(headers: &HeaderMap) -> Option<usize> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

async fn read(
    headers: &HeaderMap,
    announced: Option<usize>,
    mut body: Body,
    limit: usize,
) -> Result<Bytes, Problem> {
    if announced.is_some_and(|bytes| bytes > limit) && headers.contains_key(header::EXPECT) {
        // The client waits to be told to go on; it is told no, and nothing needs to be read.
        return Err(Problem::new(&TOO_LARGE));
    }
    let mut held = Vec::with_capacity(announced.unwrap_or_default().min(limit));
    let mut seen = 0_usize;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Problem::new(&BAD_REQUEST))?;
        let Some(data) = frame.data_ref() else { continue };
        seen = seen.saturating_add(data.len());
        if seen <= limit {
            held.extend_from_slice(data);
        } else if seen > DRAINED_BYTES_MAX {
            break;
        } else {
            held = Vec::new();
        }
    }
    if seen > limit {
        Err(Problem::new(&TOO_LARGE))
    } else {
        Ok(held.into())
    }
}

/// serde_json stops at 128 levels and says where; its words do not quote what it read.
fn parse(bytes: &[u8]) -> Result<Json, Problem> {
    serde_json::from_slice(bytes).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        Problem::new(&MALFORMED_JSON).saying(
            format!("The body is not JSON that can be read: {error}."),
            format!("Nội dung gửi lên không phải JSON hợp lệ (dòng {line}, cột {column})."),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_thousand_levels_are_refused_without_a_crash() {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let text = format!("{}1{}", open.repeat(10_000), close.repeat(10_000));
            let problem = parse(text.as_bytes()).map(|_| ()).unwrap_err();
            assert_eq!(
                (problem.status().as_u16(), problem.code()),
                (400, "malformed_json")
            );
        }
    }

    #[test]
    fn a_fault_in_json_is_told_without_its_content() {
        let problem = parse("{\"name\": \"Nguyễn Thị Bí Mật\", }".as_bytes())
            .map(|_| ())
            .unwrap_err();
        assert!(!format!("{problem:?}").contains("Bí"));
    }
}
