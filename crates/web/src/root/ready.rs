//! `GET /ready`: acts can be recorded.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::Web;
use crate::problem::{NOT_READY, Problem};

/// Who watches asks again soon and must not wait: a store that answers later than this is not ready. A statement of the store
/// itself is given five times as long.
const PATIENCE: Duration = Duration::from_secs(1);

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
    let state = in_time(PATIENCE, web.registry().readiness()).await??;
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

async fn in_time<T>(patience: Duration, answer: impl Future<Output = T>) -> Result<T, Problem> {
    let answered = tokio::time::timeout(patience, answer).await;
    answered.map_err(|_| {
        Problem::new(&NOT_READY).saying(
            "Not ready: the store does not answer.",
            "Chưa sẵn sàng: kho dữ liệu không trả lời.",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::House;

    /// It took the five seconds that a statement may take.
    #[tokio::test]
    async fn a_store_that_does_not_answer_is_not_waited_for() {
        let never = in_time(Duration::ZERO, std::future::pending::<()>()).await;
        let problem = serde_json::to_value(never.unwrap_err()).unwrap();
        assert_eq!(
            (&problem["code"], &problem["status"]),
            (&serde_json::json!("not_ready"), &serde_json::json!(503))
        );
        assert!(PATIENCE <= Duration::from_secs(1));
        assert_eq!(in_time(PATIENCE, std::future::ready(7)).await.ok(), Some(7));
    }

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
