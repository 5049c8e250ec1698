//! `GET /ready`: acts can be recorded.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::Web;
use crate::problem::{NOT_READY, Problem};

/// The registry can do its work.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReadyAnswer {
    /// Always true; else the answer is a problem.
    ready: bool,
    /// How many events the log has.
    size: u64,
    /// How many events of the administration's stream the directory has taken in.
    directory: u64,
}

/// Ask whether acts can be recorded
///
/// Ready means: the store answers, the ledger takes writes, the directory of offices and keys is loaded.
#[utoipa::path(
    get,
    path = "/ready",
    tag = "operation",
    responses(
        (status = 200, description = "Acts can be recorded", body = ReadyAnswer),
        (status = 503, description = "They cannot", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn get_ready(State(web): State<Arc<Web>>) -> Result<Json<ReadyAnswer>, Problem> {
    let state = web.registry().readiness().await?;
    if state.ready() {
        return Ok(Json(ReadyAnswer {
            ready: true,
            size: state.size,
            directory: state.directory,
        }));
    }
    Err(match state.read_only {
        Some(reason) => {
            Problem::new(&NOT_READY).saying(format!("Not ready: {reason}."), NOT_READY.vietnamese)
        }
        None => Problem::new(&NOT_READY),
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::House;

    #[tokio::test]
    async fn ready_until_the_ledger_takes_no_writes() {
        let house = House::founded().await;
        let answer = house.get_openly("/ready").await.json();
        assert_eq!(
            answer,
            serde_json::json!({ "ready": true, "size": 1, "directory": 1 })
        );
        house.web.registry().ledger().close().await.unwrap();
        let answer = house.get_openly("/ready").await;
        assert_eq!(answer.status, 503, "{}", answer.text());
        answer.problem();
        assert!(!answer.header(axum::http::header::RETRY_AFTER).is_empty());
        assert_eq!(house.get_openly("/health").await.status, 200);
    }
}
