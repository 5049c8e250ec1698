//! A request is answered in time, or told that it was not.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use crate::Web;
use crate::problem::{Problem, TIMED_OUT};

/// An event that was handed to the ledger may still be recorded after this answer; the problem says so, and sending the
/// same event again gives its receipt.
pub(super) async fn wait(State(web): State<Arc<Web>>, request: Request, next: Next) -> Response {
    match tokio::time::timeout(web.limits().answer, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Problem::new(&TIMED_OUT).into_response(),
    }
}
