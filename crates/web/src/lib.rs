//! The HTTP API: `/v1`, and the addresses that operators and auditors look at.
//!
//! [`router`] is the whole API over a [`Web`]; [`serve`] runs it on a listener until told to stop. What it promises:
//!
//! - **Signed bytes authenticate themselves.** `POST /v1/events` takes no token: the officer's signature is judged by the
//!   registry. Whoever reads shows a token; it is an office's today, and the sign-in of people will come in there ([`Caller`]).
//! - **Nobody is shown people's data unless it is written down first**: who, what, why, from where. The one way there is `access.rs`,
//!   and its answers cannot be made otherwise (`whoever_is_shown_something_of_somebody_is_written_down`).
//! - **An event id is the idempotency key.** The same bytes get the same receipt again, with 200 instead of 201.
//! - **Every failure is a problem** ([`problem`], RFC 9457): a stable code, the article where the law gives one, English and
//!   Vietnamese, every faulty field at once with its JSON pointer, the present head where a client must sign again, and
//!   the request's id. Also where the framework itself refuses, and where we panic.
//! - **Nothing personal in problems, logs, labels and spans.** A route's template stands for its address; a request's id is
//!   taken from the client only when it cannot be anything else.
//! - **Bounds everywhere**: bytes of a body, levels of JSON, requests and connections at a time, the time for head, body and
//!   answer ([`Limits`]).
//! - **The document is the router.** Each endpoint stands in one file with its request, answer, OpenAPI and tests; a route is
//!   added together with its documentation or not at all. `schemas/openapi.json` is that document; renew it with
//!   `cargo run -p web --example openapi > schemas/openapi.json`.
//!
//! What it does not know: SQL, the ledger, the law. Numbers, heads, refusals and receipts are the registry's.
//!
//! Three forms in every answer: bytes are base64 (standard, padded), hashes and keys hexadecimal, instants RFC 3339 in UTC.
//! Days are `YYYY-MM-DD` in Vietnam.

mod access;
mod caller;
mod document;
mod metric;
mod middleware;
mod openapi;
mod page;
mod parameters;
pub mod problem;
mod root;
mod serve;
mod state;
mod text;
mod turnstile;
mod v1;
mod verifier;

#[cfg(test)]
mod story_tests;
#[cfg(test)]
mod testing;

use std::sync::Arc;

use axum::Router;
use utoipa_axum::router::OpenApiRouter;

pub use caller::Caller;
pub use metric::{DURATION, REQUESTS, RUNNING, prometheus};
pub use openapi::document as openapi;
pub use serve::{serve, serve_router};
pub use state::{Limits, Web};

/// The API over a registry.
pub fn router(web: Arc<Web>) -> Router {
    let (bounded, _) = bounded().split_for_parts();
    let (watched, _) = watched().split_for_parts();
    let router = middleware::bounded(bounded, &web).merge(watched);
    middleware::around(router, &web).with_state(web)
}

/// What may be refused when too much comes at once.
fn bounded() -> OpenApiRouter<Arc<Web>> {
    v1::routes().merge(root::routes()).merge(verifier::routes())
}

/// What operators look at, and must be able to look at when too much comes.
fn watched() -> OpenApiRouter<Arc<Web>> {
    root::watched()
}
