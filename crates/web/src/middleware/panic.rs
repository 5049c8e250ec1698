//! A panic is a mistake of ours: one request fails, the program goes on.

use std::any::Any;

use axum::response::{IntoResponse as _, Response};

use crate::problem::{INTERNAL, Problem};

/// The panic's own words are not repeated, not even in the log: a formatted value may be in them. Where it happened is
/// printed by the panic hook.
pub(super) fn answer(_: Box<dyn Any + Send + 'static>) -> Response {
    Problem::new(&INTERNAL).because("a panic").into_response()
}
