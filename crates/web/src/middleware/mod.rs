//! What every request passes through, from the outside in.

mod account;
mod crowd;
mod finish;
mod panic;
mod patience;
mod request_id;

use std::sync::Arc;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use tower_http::catch_panic::CatchPanicLayer;

pub(crate) use request_id::RequestId;

use crate::Web;

/// Puts the router behind its middleware. The order is the meaning:
///
/// 1. a request gets its id;
/// 2. its span, its count and its duration;
/// 3. its answer leaves with security headers, every failure as a problem that names the request, logged once;
/// 4. a panic becomes a failure.
pub(crate) fn around(router: Router<Arc<Web>>, web: &Arc<Web>) -> Router<Arc<Web>> {
    router
        .layer(CatchPanicLayer::custom(panic::answer))
        .layer(from_fn(finish::finish))
        .layer(from_fn(account::account))
        .layer(from_fn_with_state(Arc::clone(web), request_id::name))
}

/// What may be refused when too much comes at once, and must be over in time: all but what operators look at.
pub(crate) fn bounded(router: Router<Arc<Web>>, web: &Arc<Web>) -> Router<Arc<Web>> {
    router
        .route_layer(from_fn_with_state(Arc::clone(web), patience::wait))
        .route_layer(from_fn_with_state(Arc::clone(web), crowd::admit))
}

#[cfg(test)]
mod tests;
