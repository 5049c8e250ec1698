//! Stored events made ready for a projector again.

use super::Projector;
use crate::fault::Fault;
use crate::stored::{Recorded, Stored};

/// Decodes a page. What cannot be decoded stops the replay; nothing is skipped.
pub(crate) fn decode<P: Projector>(
    projector: &P,
    page: Vec<Stored>,
) -> Result<Vec<Recorded<P::Event>>, Fault> {
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
                event,
            })
        })
        .collect()
}
