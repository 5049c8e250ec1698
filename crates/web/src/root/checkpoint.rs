//! `GET /checkpoint`: the log's signed word about its size and root (C2SP tlog-checkpoint), where tlog-tiles puts it.

use std::sync::Arc;

use axum::extract::State;

use crate::Web;
use crate::problem::Problem;

/// Until how many events after the last checkpoint a reader may cause the next one: signing reads them all again.
const RENEWED_EVENTS_MAX: u64 = 10_000;

/// Read the latest checkpoint
///
/// A signed note. Open to everybody: auditors and witnesses need it, and it says nothing about anyone.
#[utoipa::path(
    get,
    path = "/checkpoint",
    tag = "log",
    responses((status = 200, description = "A C2SP signed note", body = String, content_type = "text/plain"))
)]
pub(crate) async fn get_checkpoint(State(web): State<Arc<Web>>) -> Result<String, Problem> {
    let latest = web.registry().latest_checkpoint().await;
    if latest.is_err() {
        renew(&web).await?;
        return Ok(web.registry().latest_checkpoint().await?.note);
    }
    Ok(latest?.note)
}

/// Signs a checkpoint for the log as it stands, where this program holds the log's key and there is not too much to read
/// again; a job of the binary signs the large ones. One at a time: the second finds the first one's work done.
pub(crate) async fn renew(web: &Web) -> Result<(), Problem> {
    let Some(signer) = web.signer() else { return Ok(()) };
    let _turn = web.signing().lock().await;
    let signed = match web.registry().latest_checkpoint().await {
        Ok(latest) => latest.size,
        Err(registry::RegistryError::NotFound(_)) => 0,
        Err(error) => return Err(error.into()),
    };
    if web.registry().head().size.saturating_sub(signed) <= RENEWED_EVENTS_MAX {
        web.registry().publish_checkpoint(signer).await?;
    }
    Ok(())
}
