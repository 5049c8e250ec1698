//! `GET /openapi.json`: this API, described.

use std::sync::OnceLock;

use axum::http::header;
use axum::response::{IntoResponse as _, Response};

/// Read the description of this API
///
/// This document, as the program that answers has it.
#[utoipa::path(
    get,
    path = "/openapi.json",
    tag = "operation",
    responses((status = 200, description = "OpenAPI 3.1", body = Object, content_type = "application/json"))
)]
pub(crate) async fn get_openapi() -> Response {
    static DOCUMENT: OnceLock<String> = OnceLock::new();
    let document = DOCUMENT.get_or_init(|| crate::openapi::document().to_string());
    ([(header::CONTENT_TYPE, "application/json")], document.as_str()).into_response()
}

#[cfg(test)]
mod tests {
    use crate::testing::House;

    #[tokio::test]
    async fn the_document_is_served_to_everybody() {
        let house = House::founded().await;
        let answer = house.get_openly("/openapi.json").await;
        assert_eq!(answer.json(), crate::openapi::document());
    }
}
