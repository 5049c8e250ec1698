//! The feed: the log by position, in pieces that stay small.

use futures_util::StreamExt as _;
use ledger::Stored;

use crate::Registry;
use crate::error::RegistryError;

/// How many events are read at a time; a body may have 1 MiB.
const PIECE: u64 = 64;
/// How many bytes of events and bodies end a page early.
const PAGE_BYTES: usize = 8 << 20;

/// A page of the log.
#[derive(Debug, Clone)]
pub struct Page {
    /// Events in the order of their positions, without gaps.
    pub events: Vec<Stored>,
    /// How many events the log had.
    pub size: u64,
}

impl Registry {
    /// Recorded events from a position on, at most `limit`, and fewer where they are large; empty at the end of the log.
    /// The log ends where the store ends, whichever process wrote it.
    ///
    /// # Errors
    /// [`RegistryError::Fault`].
    pub async fn feed(&self, from: u64, limit: u64) -> Result<Page, RegistryError> {
        let size = self.ledger.stored_head().await?.size;
        let end = from.saturating_add(limit).min(size);
        let (mut events, mut bytes) = (Vec::new(), 0);
        let mut next = from;
        while next < end && bytes < PAGE_BYTES {
            let mut piece = self.ledger.scan(next, end.min(next + PIECE));
            while let Some(page) = piece.next().await {
                for event in page? {
                    bytes += event.signed.len() + event.sealed_body.as_ref().map_or(0, |body| body.len());
                    events.push(event);
                }
            }
            next += PIECE;
        }
        Ok(Page { events, size })
    }
}
