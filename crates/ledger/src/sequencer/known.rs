//! [`Known`]: all that the conditions of one batch are judged by, gathered from memory and, where that does not suffice, from the
//! store in one query.

use std::collections::{BTreeSet, HashMap};

use super::heads::{EntryHead, Heads};
use super::queue::Waiting;
use crate::fault::Fault;
use crate::head::StreamHead;
use crate::receipt::Receipt;
use crate::statement::{Param, Statement};
use crate::tx::Tx;

/// The streams, entries and event ids that the events of a batch name. Judging an event changes it as recording would, so that
/// the next event of the batch is judged by it.
#[derive(Default)]
pub(crate) struct Known {
    pub(crate) streams: HashMap<i64, StreamHead>,
    pub(crate) entries: HashMap<[u8; 16], EntryHead>,
    pub(crate) events: HashMap<[u8; 16], KnownEvent>,
}

/// An event whose id is taken.
#[derive(Debug, Clone, Copy)]
pub(crate) enum KnownEvent {
    /// In the log: what its client was told.
    Stored(Receipt),
    /// Earlier in this batch.
    InBatch {
        /// Where it will be.
        position: u64,
        /// Its hash.
        hash: [u8; 32],
    },
}

/// What is believed without looking it up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trust {
    /// An event id nobody remembers is new, and so is an entry that an event says it opens.
    NewIsNew,
    /// Nothing.
    Nothing,
}

/// One statement for all that has to be looked up for a batch. Ids go in and come out in hexadecimal, which both engines turn into bytes.
const LOOK_UP: Statement = Statement::pair(
    "conditions of a batch",
    include_str!("../sql/sqlite/look_up.sql"),
    include_str!("../sql/postgres/look_up.sql"),
);

impl Known {
    pub(crate) async fn gather<E>(
        tx: &mut Tx<'_>,
        heads: &mut Heads,
        batch: &[Waiting<E>],
        trust: Trust,
    ) -> Result<Self, Fault> {
        let mut known = Known::default();
        let mut streams = BTreeSet::new();
        let mut entries = BTreeSet::new();
        let mut events = BTreeSet::new();
        for Waiting { candidate, .. } in batch {
            if trust == Trust::Nothing {
                events.insert(candidate.event_id);
            }
            match heads.streams.get(&candidate.stream) {
                Some(head) => drop(known.streams.insert(candidate.stream, head)),
                None => drop(streams.insert(candidate.stream)),
            }
            for touch in &candidate.touches {
                match heads.entries.get(&touch.entry) {
                    Some(head) => drop(known.entries.insert(touch.entry, head)),
                    None if trust == Trust::NewIsNew && touch.basis.is_none() => {
                        known.entries.entry(touch.entry).or_default();
                    }
                    None => drop(entries.insert(touch.entry)),
                }
            }
        }
        if !(streams.is_empty() && entries.is_empty() && events.is_empty()) {
            known.look_up(tx, &streams, &entries, &events).await?;
        }
        for stream in streams {
            known
                .streams
                .entry(stream)
                .or_insert_with(|| heads.empty_stream());
        }
        for entry in entries {
            known.entries.entry(entry).or_default();
        }
        Ok(known)
    }

    async fn look_up(
        &mut self,
        tx: &mut Tx<'_>,
        streams: &BTreeSet<i64>,
        entries: &BTreeSet<[u8; 16]>,
        events: &BTreeSet<[u8; 16]>,
    ) -> Result<(), Fault> {
        let streams: Vec<String> = streams.iter().map(i64::to_string).collect();
        let streams = format!("[{}]", streams.join(","));
        let (entries, events) = (json_of(entries), json_of(events));
        let params: [Param<'_>; 3] = [streams.into(), entries.into(), events.into()];
        for row in tx.rows(&LOOK_UP, &params).await? {
            match row.text("what")?.as_str() {
                "stream" => {
                    let head = StreamHead {
                        next: row.count("number")? + 1,
                        hash: row.array("hash")?,
                    };
                    self.streams.insert(row.int("stream")?, head);
                }
                "entry" => {
                    let head = row.count_opt("position")?.zip(row.array_opt("hash")?);
                    self.entries.insert(
                        row.array("id")?,
                        EntryHead {
                            next_rev: row.count("number")? + 1,
                            head,
                        },
                    );
                }
                _ => {
                    let receipt = Receipt {
                        event_id: row.array("id")?,
                        position: row.count("position")?,
                        hash: row.array("hash")?,
                        recorded_at_ms: row.int("recorded_at_ms")?,
                        tree_size: row.count("number")?,
                        root: row.array("root")?,
                    };
                    self.events.insert(receipt.event_id, KnownEvent::Stored(receipt));
                }
            }
        }
        Ok(())
    }
}

/// A JSON array of ids in hexadecimal.
fn json_of(ids: &BTreeSet<[u8; 16]>) -> String {
    let ids: Vec<String> = ids.iter().map(|id| format!("\"{}\"", hex::encode(id))).collect();
    format!("[{}]", ids.join(","))
}
