//! What stands outside `/v1`: addresses that standards or operators fix.

pub(crate) mod checkpoint;
mod health;
mod metrics;
mod openapi;
mod ready;
mod restricted;
mod tile;

use std::sync::Arc;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::Web;

/// For everybody.
pub(crate) fn routes() -> OpenApiRouter<Arc<Web>> {
    OpenApiRouter::new()
        .routes(routes!(checkpoint::get_checkpoint))
        .routes(routes!(tile::get_tile))
        .routes(routes!(restricted::get_envelopes))
        .routes(routes!(openapi::get_openapi))
        .routes(routes!(crate::page::paper::show_paper))
}

/// For operators, also when too much comes.
pub(crate) fn watched() -> OpenApiRouter<Arc<Web>> {
    OpenApiRouter::new()
        .routes(routes!(health::get_health))
        .routes(routes!(ready::get_ready))
        .routes(routes!(metrics::get_metrics))
}
