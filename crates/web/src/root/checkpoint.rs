//! `GET /checkpoint`: the log's signed word about its size and root (C2SP tlog-checkpoint), where tlog-tiles puts it.
//! Read and never made here: who asks cannot cause a signature.

use std::sync::Arc;

use axum::extract::State;

use super::tile::{Public, public};
use crate::Web;
use crate::problem::Problem;

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
    let latest = web.registry().latest_checkpoint().await;
    Ok((public("text/plain; charset=utf-8", FOR_A_MOMENT), latest?.note))
}

#[cfg(test)]
mod tests {
    use tlog::Checkpoint;

    use crate::testing::{House, ORIGIN};

    #[tokio::test]
    async fn the_checkpoint_is_a_note_that_strangers_can_open() {
        let house = House::founded().await;
        house.publish().await;
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
    async fn whoever_asks_for_a_checkpoint_causes_none() {
        let house = House::founded().await;
        for _ in 0..2 {
            let answer = house.get_openly("/checkpoint").await;
            assert_eq!((answer.status, answer.problem().as_str()), (404, "not_found"));
        }
        assert!(house.web.registry().latest_checkpoint().await.is_err());
    }
}
