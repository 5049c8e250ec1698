//! No more requests at a time than the program can serve well; the others are told at once to come back.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use crate::Web;
use crate::problem::{CROWDED, Problem};

pub(super) async fn admit(State(web): State<Arc<Web>>, request: Request, next: Next) -> Response {
    match web.places().try_acquire() {
        Ok(_place) => next.run(request).await,
        Err(_) => Problem::new(&CROWDED).into_response(),
    }
}
