//! Reading a range of the log from end to end.

use std::ops::Range;

use futures_util::stream::{self, Stream, StreamExt as _};

use crate::archive::{Archive, BY_RANGE};
use crate::fault::Fault;
use crate::sequencer::number;
use crate::stored::Stored;

/// Events read with one statement.
const PAGE_EVENTS: u64 = 2_000;

/// Pages read ahead of the one that is being looked at.
const PAGES_AHEAD: usize = 2;

impl Archive {
    /// Every event from a position up to, and without, another, in pages of two thousand. Positions are contiguous, so every
    /// page's place is known beforehand, and the next ones are read while one is being looked at.
    ///
    /// The stream ends with the range, or after the first fault: a position that is missing, a row that cannot be read. The
    /// fault names the position, or the page. Hashes are not checked here; that is the auditor's work.
    pub fn scan(
        &self,
        from: u64,
        to: u64,
    ) -> impl Stream<Item = Result<Vec<Stored>, Fault>> + Send + Unpin + use<> {
        let archive = self.clone();
        let pages = stream::iter(pages(from, to))
            .map(move |page| {
                let archive = archive.clone();
                async move { archive.page(page).await }
            })
            .buffered(PAGES_AHEAD);
        let ended = pages.scan(false, |failed, page| {
            let over = *failed;
            *failed |= page.is_err();
            std::future::ready((!over).then_some(page))
        });
        Box::pin(ended)
    }

    async fn page(&self, page: Range<u64>) -> Result<Vec<Stored>, Fault> {
        let params = [number(page.start)?.into(), number(page.end)?.into()];
        let events = self.many(&BY_RANGE, &params).await;
        let events = events.map_err(|fault| {
            fault.while_doing(&format!("reading events {} to {}", page.start, page.end - 1))
        })?;
        let gap = page.clone().zip(
            events
                .iter()
                .map(|event| Some(event.position))
                .chain(std::iter::repeat(None)),
        );
        match gap.into_iter().find(|(wanted, found)| Some(*wanted) != *found) {
            None => Ok(events),
            Some((missing, _)) => Err(Fault::damaged(
                format!("reading event {missing}"),
                "it is missing",
            )),
        }
    }
}

fn pages(from: u64, to: u64) -> impl Iterator<Item = Range<u64>> + Send {
    let starts = (from..to).step_by(PAGE_EVENTS as usize);
    starts.map(move |start| start..start.saturating_add(PAGE_EVENTS).min(to))
}
