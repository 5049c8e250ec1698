//! What the sequencer knows of the log between two batches, and how it learns it: [`Heads::load`] is also the start-up recovery.

use tlog::Edge;

use super::draft::Draft;
use super::known::Known;
use super::remembered::Remembered;
use crate::fault::Fault;
use crate::head::{Head, StreamHead};
use crate::statement::Statement;
use crate::tree;
use crate::tx::Tx;

/// The state of the log after the last commit: the tree's edge, and the heads of streams and entries used lately.
pub(crate) struct Heads {
    pub(crate) head: Head,
    pub(crate) edge: Edge,
    /// Hash of the event at position 0: the `prev` of every stream's first event. Zeros while there is none.
    pub(crate) founding: [u8; 32],
    pub(crate) streams: Remembered<i64, StreamHead>,
    pub(crate) entries: Remembered<[u8; 16], EntryHead>,
}

/// What an event that touches an entry has to fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct EntryHead {
    /// Number of touches so far.
    pub(crate) next_rev: u64,
    /// Position and hash of the event that is the head.
    pub(crate) head: Option<(u64, [u8; 32])>,
}

/// `for update`: waits until a commit that was under way when its connection was lost has ended, one way or the other.
pub(crate) const LOCK_HEAD: Statement = Statement::pair(
    "ledger_head",
    "select size, root, recorded_at_ms, authority, generation from ledger_head where id = 0",
    "select size, root, recorded_at_ms, authority, generation from ledger_head where id = 0 for update",
);
pub(crate) const HEAD: Statement = Statement::both(
    "ledger_head",
    "select size, root, recorded_at_ms, authority, generation from ledger_head where id = 0",
);
const FOUNDING: Statement = Statement::both("founding event", "select hash from event where position = 0");

impl Heads {
    /// Reads the head and rebuilds the tree's edge from the tiles and events themselves; a root that comes out different from the
    /// one stored is damage, and nothing is appended to it.
    pub(crate) async fn load(tx: &mut Tx<'_>, remembered: usize) -> Result<Self, Fault> {
        let head = read_head(tx, &LOCK_HEAD).await?;
        let edge = tree::edge(tx, head.size).await?;
        if edge.root().0 != head.root {
            return Err(Fault::damaged(
                format!("checking the tree of {} events", head.size),
                "tiles and events do not lead to the root of the head",
            ));
        }
        let founding = match tx.rows(&FOUNDING, &[]).await?.first() {
            Some(row) => row.array("hash")?,
            None => [0; 32],
        };
        Ok(Heads {
            head,
            edge,
            founding,
            streams: Remembered::new(remembered),
            entries: Remembered::new(remembered),
        })
    }

    /// Takes over what a committed batch has made.
    pub(crate) fn remember(&mut self, draft: &Draft, known: &Known) {
        if self.head.size == 0
            && let Some(first) = draft.events.first()
        {
            self.founding = first.hash;
        }
        self.head = draft.after;
        self.edge = draft.edge.clone();
        for (stream, head) in &known.streams {
            self.streams.put(*stream, *head);
        }
        for (entry, head) in &known.entries {
            self.entries.put(*entry, *head);
        }
    }

    /// The head of a stream that has no events.
    pub(crate) fn empty_stream(&self) -> StreamHead {
        StreamHead {
            next: 0,
            hash: self.founding,
        }
    }
}

/// The row of the head.
pub(crate) async fn read_head(tx: &mut Tx<'_>, statement: &Statement) -> Result<Head, Fault> {
    let rows = tx.rows(statement, &[]).await?;
    let row = rows
        .first()
        .ok_or_else(|| Fault::damaged("reading ledger_head", "the row is missing"))?;
    head_of(row)
}

pub(crate) fn head_of(row: &crate::row::Row) -> Result<Head, Fault> {
    Ok(Head {
        size: row.count("size")?,
        root: row.array("root")?,
        recorded_at_ms: row.int("recorded_at_ms")?,
        authority: row.count("authority")?,
        generation: row.int("generation")?,
    })
}
