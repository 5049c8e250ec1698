//! Hints for an officer who drafts an act: candidates, persons who may be meant, bearers of a number. They are found with the
//! search, which follows the log.

use std::time::Duration;

use crate::Registry;

/// So long a draft waits for the search to come along: an officer is waiting too.
const PATIENCE: Duration = Duration::from_secs(2);

/// Waits until the search shows everything recorded so far. Where it is held up, it is asked as far as it has come: a hint must
/// not refuse a draft.
pub(crate) async fn wait(registry: &Registry) {
    if let Ok(Ok(_)) = tokio::time::timeout(PATIENCE, registry.ledger.reader_of_all()).await {
        return;
    }
    tracing::warn!("hints are looked for in what the search shows already");
}
