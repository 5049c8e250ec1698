//! [`Draft`]: all the rows of one batch, made in memory before anything is written.

use std::sync::Arc;

use bytes::Bytes;
use tlog::{Edge, FullTile, leaf_hash};

use super::heads::Heads;
use super::judge::EntryRow;
use crate::body::Keyring;
use crate::candidate::{Candidate, Erased};
use crate::fault::Fault;
use crate::head::Head;
use crate::stored::leaf_entry;

/// A row of `event` with its body. Bytes are shared with the candidate, not copied.
pub(crate) struct EventRow {
    pub(crate) event_id: [u8; 16],
    pub(crate) stream: i64,
    pub(crate) seq: i64,
    pub(crate) kind: u16,
    pub(crate) hash: [u8; 32],
    pub(crate) twin: [u8; 32],
    pub(crate) signed: Bytes,
    pub(crate) sealed_body: Bytes,
}

/// What one commit adds to the log.
pub(crate) struct Draft {
    /// The head it was made on, which must still be the head when it is written.
    pub(crate) before: Head,
    /// The head it makes.
    pub(crate) after: Head,
    pub(crate) edge: Edge,
    pub(crate) events: Vec<EventRow>,
    pub(crate) entry_rows: Vec<EntryRow>,
    pub(crate) tiles: Vec<FullTile>,
    /// Whose body is erased, and by which event.
    pub(crate) erasures: Vec<(Erased, u64)>,
}

impl Draft {
    /// A draft on top of `heads`, for events recorded at `now_ms` or, if the clock has gone back, at the time of the last event.
    pub(crate) fn new(heads: &Heads, now_ms: i64) -> Self {
        let before = heads.head;
        Draft {
            before,
            after: Head {
                recorded_at_ms: now_ms.max(before.recorded_at_ms),
                ..before
            },
            edge: heads.edge.clone(),
            events: Vec::new(),
            entry_rows: Vec::new(),
            tiles: Vec::new(),
            erasures: Vec::new(),
        }
    }

    /// Adds an accepted event at the next position.
    pub(crate) fn push(&mut self, candidate: &Candidate<()>) -> Result<(), Fault> {
        let doing = "extending the tree";
        let leaf = leaf_hash(&leaf_entry(&candidate.hash, &candidate.twin));
        let tiles = self
            .edge
            .push(leaf)
            .map_err(|error| Fault::internal(doing, error))?;
        self.tiles.extend(tiles);
        let position = self.before.size + self.events.len() as u64;
        self.erasures
            .extend(candidate.erases.iter().map(|erased| (erased.clone(), position)));
        self.events.push(EventRow {
            event_id: candidate.event_id,
            stream: candidate.stream,
            seq: i64::try_from(candidate.seq).map_err(|error| Fault::request(doing, error))?,
            kind: candidate.kind,
            hash: candidate.hash,
            twin: candidate.twin,
            signed: candidate.signed.clone(),
            sealed_body: candidate.sealed_body.clone(),
        });
        Ok(())
    }

    /// Encrypts the bodies, each under the key of its position.
    ///
    /// # Errors
    /// [`Fault`] when the keys are out of reach; the draft must not be written then.
    pub(crate) async fn seal(&mut self, keys: &Arc<Keyring>) -> Result<(), Fault> {
        let first = self.before.size;
        let mut bodies: Vec<&mut Bytes> = self
            .events
            .iter_mut()
            .map(|event| &mut event.sealed_body)
            .collect();
        keys.seal(first, &mut bodies).await
    }

    /// Closes the draft once every event has been judged.
    pub(crate) fn finish(&mut self, authority: u64, entry_rows: Vec<EntryRow>) {
        self.entry_rows = entry_rows;
        self.after.size = self.edge.size();
        self.after.root = self.edge.root().0;
        self.after.authority = authority;
    }
}
