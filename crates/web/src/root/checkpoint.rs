//! `GET /checkpoint`: the log's signed word about its size and root (C2SP tlog-checkpoint), where tlog-tiles puts it.

use std::sync::Arc;

use axum::extract::State;

use super::tile::{Public, public};
use crate::Web;
use crate::problem::Problem;

/// Until how many events after the last checkpoint a reader may cause the next one: signing reads them all again.
const RENEWED_EVENTS_MAX: u64 = 10_000;

/// The next one may come in a moment.
const FOR_A_MOMENT: &str = "public, max-age=1";

/// Read the latest checkpoint
///
/// A signed note. Open to everybody: auditors and witnesses need it, and it says nothing about anyone.
#[utoipa::path(
    get,
    path = "/checkpoint",
    tag = "log",
    responses((status = 200, description = "A C2SP signed note", body = String, content_type = "text/plain"))
)]
pub(crate) async fn get_checkpoint(State(web): State<Arc<Web>>) -> Result<(Public, String), Problem> {
    let mut latest = web.registry().latest_checkpoint().await;
    if latest.is_err() {
        renew(&web).await?;
        latest = web.registry().latest_checkpoint().await;
    }
    Ok((public("text/plain; charset=utf-8", FOR_A_MOMENT), latest?.note))
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

#[cfg(test)]
mod tests {
    use tlog::Checkpoint;

    use crate::testing::{House, ORIGIN};

    #[tokio::test]
    async fn the_checkpoint_is_a_note_that_strangers_can_open() {
        let house = House::founded().await;
        let answer = house.get_openly("/checkpoint").await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        let keys = [house.log_key.verifier().clone()];
        let signed = Checkpoint::open(&answer.body, &keys, &[]).unwrap();
        assert_eq!(
            (signed.checkpoint().origin(), signed.checkpoint().size()),
            (ORIGIN, 1)
        );
        assert_eq!(signed.checkpoint().root().0, house.web.registry().head().root);
    }

    #[tokio::test]
    async fn a_key_that_is_not_the_logs_signs_nothing() {
        let other = registry::LogSigner::new(ORIGIN, tlog::KeyKind::Ed25519, &[8; 32]).unwrap();
        let house = House::founded_with(|web| web.with_signer(other)).await;
        let answer = house.get_openly("/checkpoint").await;
        assert_eq!(
            (answer.status, answer.problem().as_str()),
            (500, "internal_error")
        );
        assert!(house.web.registry().latest_checkpoint().await.is_err());
    }

    #[tokio::test]
    async fn without_the_logs_key_there_is_no_checkpoint() {
        let house = House::founded_with(crate::Web::without_signer).await;
        let answer = house.get_openly("/checkpoint").await;
        assert_eq!((answer.status, answer.problem().as_str()), (404, "not_found"));
    }
}
