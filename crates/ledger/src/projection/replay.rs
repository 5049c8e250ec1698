//! Stored events made ready for a projector again, ahead of the one who applies them.

use std::sync::Arc;

use futures_util::{Stream, StreamExt as _};
use tokio::sync::mpsc;

use super::Projector;
use crate::fault::Fault;
use crate::stored::{Recorded, Stored};

/// Pages decoded ahead of the one that is being applied.
const PAGES_AHEAD: usize = 2;

/// Pages of decoded events, in the order of the log.
pub(crate) struct Replay<E> {
    pages: mpsc::Receiver<Result<Vec<Recorded<E>>, Fault>>,
}

impl<E: Send + 'static> Replay<E> {
    /// Reads and decodes beside the caller, so that one core does so while another writes. Ends with the events, with the first
    /// fault, or when it is dropped.
    pub(crate) fn of<P: Projector<Event = E>>(
        projector: &Arc<P>,
        mut events: impl Stream<Item = Result<Vec<Stored>, Fault>> + Send + Unpin + 'static,
    ) -> Self {
        let (sender, pages) = mpsc::channel(PAGES_AHEAD);
        let projector = Arc::clone(projector);
        tokio::spawn(async move {
            while let Some(page) = events.next().await {
                let decoded = match page {
                    Ok(page) => decoded(&projector, page).await,
                    Err(fault) => Err(fault),
                };
                let failed = decoded.is_err();
                if sender.send(decoded).await.is_err() || failed {
                    break;
                }
            }
        });
        Replay { pages }
    }

    /// The next page.
    pub(crate) async fn next(&mut self) -> Option<Result<Vec<Recorded<E>>, Fault>> {
        self.pages.recv().await
    }
}

async fn decoded<P: Projector>(
    projector: &Arc<P>,
    page: Vec<Stored>,
) -> Result<Vec<Recorded<P::Event>>, Fault> {
    let projector = Arc::clone(projector);
    let decoding = tokio::task::spawn_blocking(move || decode(projector.as_ref(), page));
    match decoding.await {
        Ok(decoded) => decoded,
        Err(_) => Err(Fault::projection("replaying", "decoding broke down")),
    }
}

/// Decodes a page. What cannot be decoded stops the replay; nothing is skipped.
fn decode<P: Projector>(projector: &P, page: Vec<Stored>) -> Result<Vec<Recorded<P::Event>>, Fault> {
    page.into_iter()
        .map(|stored| {
            let event = projector
                .decode(&stored)
                .map_err(|fault| fault.while_doing(&format!("replaying event {}", stored.position)))?;
            Ok(Recorded {
                position: stored.position,
                recorded_at_ms: stored.recorded_at_ms,
                hash: stored.hash,
                event_id: stored.event_id,
                stream: stored.stream,
                seq: stored.seq,
                kind: stored.kind,
                sealed_body: stored.sealed_body.unwrap_or_default(),
                event: Box::new(event),
            })
        })
        .collect()
}
