//! What stands beside the events and follows from them: batches, the index of events by entry, the head's counts, what was published.

use std::collections::VecDeque;

use futures_util::StreamExt as _;
use tlog::{Checkpoint, Edge, Note, leaf_hash};

use crate::archive::{Archive, Batch};
use crate::checkpoint::{SignedHead, signed_head};
use crate::fault::Fault;
use crate::sequencer::number;
use crate::statement::Statement;
use crate::stored::{Stored, leaf_entry};

const CHECKPOINTS: Statement = Statement::both(
    "checkpoints",
    "select size, root, note from checkpoint where size > $1 order by size limit $2",
);
/// A touch that is not numbered as its entry's touches are, or names another head than the touches before it leave.
const MISNUMBERED: Statement = Statement::both(
    "misnumbered touches",
    "select position from (\
       select position, rev, advances, head, \
         row_number() over w - 1 as counted, \
         max(case when advances = 1 then position end) over w as led, \
         lag(position) over w as earlier \
       from entry_event window w as (partition by entry order by rev)) x \
     where rev <> counted or advances not in (0, 1) or head is distinct from led or earlier >= position \
     order by position limit 1",
);
const TOUCHES: Statement = Statement::both(
    "touches",
    "select entry, rev, position, advances from entry_event \
     where (entry, rev) > ($1, $2) order by entry, rev limit $3",
);
/// Rows read with one statement.
const PAGE_ROWS: u32 = 2_000;

/// An entry that an event touches, and whether it is the entry's head from then on.
pub type Touched = ([u8; 16], bool);

impl Archive {
    /// Reads everything again that stands beside the events and is read as truth: each batch has the root and the time of its events, the head
    /// counts them, the index by entry names each touch once and with the right head, and each checkpoint says what was published for the
    /// tree of its size. `touched` reads what an event touches, `is_signed` whether a checkpoint's note bears the log's signature.
    /// [`Archive::recheck`] looks at the events themselves.
    ///
    /// # Errors
    /// [`Fault`] of kind `Damaged` naming what does not fit, or of the store.
    pub async fn recheck_beside(
        &self,
        touched: impl Fn(&Stored) -> Result<Vec<Touched>, Fault>,
        is_signed: impl Fn(&SignedHead) -> bool,
    ) -> Result<(), Fault> {
        let head = self.stored_head().await?;
        let mut batches = Pages::new();
        let mut checkpoints = Pages::new();
        let (mut edge, mut sum, mut authority, mut last_ms) = (Edge::new(), Sum::default(), 0, None);
        let mut events = self.scan(0, head.size);
        while let Some(page) = events.next().await {
            for stored in page? {
                let size = stored.position + 1;
                let leaf = leaf_hash(&leaf_entry(&stored.hash, &stored.twin));
                edge.push(leaf)
                    .map_err(|error| Fault::internal("checking the log", error))?;
                let batch = batches.next(size, |after| self.batches(after, PAGE_ROWS)).await?;
                let batch = batch.ok_or_else(|| damaged("batch of event", stored.position))?;
                let ends = batch.size == size;
                if batch.recorded_at_ms != stored.recorded_at_ms || ends && batch.root != edge.root().0 {
                    return Err(damaged("batch of event", stored.position));
                }
                let published = checkpoints.next(size, |after| self.checkpoints(after)).await?;
                if let Some(published) = published.filter(|published| published.size == size) {
                    let says = says(published);
                    if published.root != edge.root().0
                        || says != Some((size, published.root))
                        || !is_signed(published)
                    {
                        return Err(damaged("checkpoint of size", size));
                    }
                }
                for (entry, advances) in touched(&stored)? {
                    sum.add(&entry, stored.position, advances);
                }
                authority += u64::from(stored.stream == 0);
                last_ms = Some(stored.recorded_at_ms);
            }
        }
        let over = batches
            .next(head.size + 1, |after| self.batches(after, PAGE_ROWS))
            .await?
            .is_some()
            || checkpoints
                .next(head.size + 1, |after| self.checkpoints(after))
                .await?
                .is_some();
        if over || head.authority != authority || last_ms.is_some_and(|last| last != head.recorded_at_ms) {
            return Err(damaged("head of size", head.size));
        }
        self.recheck_touches(sum).await
    }

    async fn recheck_touches(&self, expected: Sum) -> Result<(), Fault> {
        if let Some(row) = self.readers().row(&MISNUMBERED, &[]).await? {
            return Err(damaged("index by entry of event", row.count("position")?));
        }
        let (mut sum, mut entry, mut rev) = (Sum::default(), [0; 16], -1);
        loop {
            let page = [(&entry).into(), rev.into(), i64::from(PAGE_ROWS).into()];
            let rows = self.readers().rows(&TOUCHES, 0, &page).await?;
            let Some(last) = rows.last() else { break };
            (entry, rev) = (last.array("entry")?, last.int("rev")?);
            for row in &rows {
                sum.add(
                    &row.array("entry")?,
                    row.count("position")?,
                    row.int("advances")? == 1,
                );
            }
        }
        if sum == expected {
            Ok(())
        } else {
            Err(Fault::damaged(
                "checking the index by entry",
                "it has other touches than the events",
            ))
        }
    }

    async fn checkpoints(&self, after: u64) -> Result<Vec<SignedHead>, Fault> {
        let page = [number(after)?.into(), i64::from(PAGE_ROWS).into()];
        let rows = self.readers().rows(&CHECKPOINTS, 0, &page).await?;
        rows.iter().map(signed_head).collect()
    }
}

fn damaged(what: &str, place: u64) -> Fault {
    Fault::damaged(
        format!("checking the {what} {place}"),
        "it does not follow from the events",
    )
}

/// The size and the root that the note of a checkpoint says.
fn says(published: &SignedHead) -> Option<(u64, [u8; 32])> {
    let note = Note::parse(published.note.as_bytes()).ok()?;
    let tree: Checkpoint = note.text().parse().ok()?;
    Some((tree.size(), tree.root().0))
}

/// Rows that end at some size, read page by page as the events go on.
struct Pages<T> {
    rows: VecDeque<T>,
    /// Where the last page ended.
    read: u64,
    over: bool,
}

/// A row that ends at a size.
trait Ends {
    fn size(&self) -> u64;
}

impl Ends for Batch {
    fn size(&self) -> u64 {
        self.size
    }
}

impl Ends for SignedHead {
    fn size(&self) -> u64 {
        self.size
    }
}

impl<T: Ends> Pages<T> {
    fn new() -> Self {
        Self {
            rows: VecDeque::new(),
            read: 0,
            over: false,
        }
    }

    /// The first row that ends at `size` or behind it.
    async fn next<F: Future<Output = Result<Vec<T>, Fault>>>(
        &mut self,
        size: u64,
        page: impl Fn(u64) -> F,
    ) -> Result<Option<&T>, Fault> {
        loop {
            while self.rows.front().is_some_and(|row| row.size() < size) {
                self.rows.pop_front();
            }
            if self.over || !self.rows.is_empty() {
                return Ok(self.rows.front());
            }
            self.rows = page(self.read).await?.into();
            self.over = self.rows.is_empty();
            self.read = self.rows.back().map_or(self.read, Ends::size);
        }
    }
}

/// What rows say, in whatever order: the sum of their hashes, lane by lane.
#[derive(Debug, Default, PartialEq, Eq)]
struct Sum([u64; 4]);

impl Sum {
    fn add(&mut self, entry: &[u8; 16], position: u64, advances: bool) {
        let mut row = blake3::Hasher::new();
        row.update(entry)
            .update(&position.to_be_bytes())
            .update(&[u8::from(advances)]);
        let hash: [u8; 32] = row.finalize().into();
        let (words, _) = hash.as_chunks::<8>();
        for (lane, word) in self.0.iter_mut().zip(words) {
            *lane = lane.wrapping_add(u64::from_be_bytes(*word));
        }
    }
}
