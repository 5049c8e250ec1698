//! A ledger's store as the auditor's source: pages read ahead by the runtime, handed over to a thread that computes.

use futures_util::StreamExt;
use ledger::{Archive, Stored};
use tokio::sync::mpsc::{Receiver, channel};
use verify::{Claimed, Record, Source, SourceError};

/// Pages that wait between the reader and the auditor.
const PAGES_AHEAD: usize = 16;

/// The records of a store. After something unreadable it goes on behind it.
pub struct StoreSource {
    pages: Receiver<Result<Vec<Record>, SourceError>>,
}

impl StoreSource {
    /// Starts reading the first `size` events.
    pub fn start(archive: Archive, size: u64) -> Self {
        let (send, pages) = channel(PAGES_AHEAD);
        tokio::spawn(async move {
            let mut from = 0;
            while from < size {
                let mut scan = archive.scan(from, size);
                while let Some(page) = scan.next().await {
                    let page = match page {
                        Ok(page) => {
                            from = page.last().map_or(size, |event| event.position + 1);
                            Ok(page.into_iter().map(record).collect())
                        }
                        Err(fault) => Err(SourceError {
                            position: Some(from),
                            what: fault.to_string(),
                            last: false,
                        }),
                    };
                    let failed = page.is_err();
                    if send.send(page).await.is_err() {
                        return;
                    }
                    if failed {
                        // The rest of the page one by one, so that only what cannot be read is missed.
                        from = singly(&archive, from, size, &send).await;
                        break;
                    }
                }
            }
        });
        Self { pages }
    }
}

/// How many events a page has at most, hence how many are read singly after a fault.
const PAGE: u64 = 1_000;

async fn singly(
    archive: &Archive,
    from: u64,
    size: u64,
    send: &tokio::sync::mpsc::Sender<Result<Vec<Record>, SourceError>>,
) -> u64 {
    let to = from.saturating_add(PAGE).min(size);
    for position in from..to {
        let read = match archive.stored(position).await {
            Ok(Some(stored)) => Ok(vec![record(stored)]),
            Ok(None) => continue,
            Err(fault) => Err(SourceError {
                position: Some(position),
                what: fault.to_string(),
                last: false,
            }),
        };
        if send.send(read).await.is_err() {
            return size;
        }
    }
    to
}

impl Source for StoreSource {
    fn next(&mut self) -> Result<Option<Vec<Record>>, SourceError> {
        self.pages.blocking_recv().transpose()
    }
}

fn record(stored: Stored) -> Record {
    Record {
        position: stored.position,
        recorded_at_ms: stored.recorded_at_ms,
        claimed: Some(Claimed {
            event_id: stored.event_id,
            stream: stored.stream,
            seq: stored.seq,
            kind: stored.kind,
            hash: stored.hash,
            twin: stored.twin,
        }),
        signed: stored.signed,
        sealed: stored.sealed_body,
    }
}
