//! Checkpoints: what must hold before the log's operator signs one, and those that were published.

use futures_util::StreamExt as _;
use sha2::{Digest, Sha256};
use tlog::{FullTile, leaf_hash};

use crate::archive::Archive;
use crate::fault::{Fault, FaultKind};
use crate::head::Head;
use crate::ledger::Ledger;
use crate::projection::Projector;
use crate::row::Row;
use crate::sequencer::number;
use crate::statement::Statement;
use crate::stored::{Stored, leaf_entry};
use crate::tree::{Source, edge_from, fetch};
use crate::tx::Tx;

const LATEST: Statement = Statement::both(
    "checkpoint",
    "select size, root, note from checkpoint order by size desc limit 1",
);
const AT_LEAST: Statement = Statement::both(
    "checkpoint",
    "select size, root, note from checkpoint where size >= $1 order by size limit 1",
);
const INSERT: Statement = Statement::both(
    "checkpoint",
    "insert into checkpoint (size, root, note) values ($1, $2, $3)",
);

/// A signed checkpoint as it was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedHead {
    /// Size of the tree.
    pub size: u64,
    /// Its root.
    pub root: [u8; 32],
    /// The signed note.
    pub note: String,
}

impl Archive {
    /// The last checkpoint published.
    ///
    /// # Errors
    /// [`Fault`] of the store.
    pub async fn latest_checkpoint(&self) -> Result<Option<SignedHead>, Fault> {
        self.readers()
            .row(&LATEST, &[])
            .await?
            .as_ref()
            .map(signed_head)
            .transpose()
    }

    /// The first checkpoint whose tree has at least `size` events: the one to prove an event by.
    ///
    /// # Errors
    /// [`Fault`] of the store.
    pub async fn checkpoint_reaching(&self, size: u64) -> Result<Option<SignedHead>, Fault> {
        self.readers()
            .row(&AT_LEAST, &[number(size)?.into()])
            .await?
            .as_ref()
            .map(signed_head)
            .transpose()
    }

    /// Reads again what was stored since a size whose root is trusted, and computes everything anew: the edge at that size must
    /// lead to the trusted root, every event's bytes to its hashes, every full tile to its bytes, and the whole to the root of
    /// the head. So the tree of the head continues the trusted one, and holds exactly the stored events. Answers the head.
    ///
    /// # Errors
    /// [`Fault`] of kind `Damaged` naming what does not fit, also when the log is shorter than the trusted size (an old backup).
    pub async fn recheck(&self, trusted: Option<(u64, [u8; 32])>) -> Result<Head, Fault> {
        let head = self.stored_head().await?;
        let (from, trusted_root) = trusted.unwrap_or((0, tlog::empty_root().0));
        if head.size < from {
            let cause = format!(
                "it has {} events, but {from} were signed for: an old backup?",
                head.size
            );
            return Err(Fault::damaged("checking the log", cause));
        }
        let mut source = Source::Readers(self.readers());
        let mut edge = edge_from(&mut source, from).await?;
        if edge.root().0 != trusted_root {
            let cause =
                format!("the tree of the first {from} events has another root than the one that was signed");
            return Err(Fault::damaged("checking the log", cause));
        }
        let mut events = self.scan(from, head.size);
        while let Some(page) = events.next().await {
            for stored in page? {
                let leaf = leaf_hash(&checked_leaf(&stored)?);
                let tiles = edge
                    .push(leaf)
                    .map_err(|error| Fault::internal("checking the log", error))?;
                for FullTile { tile, bytes } in tiles {
                    if fetch(&mut source, [tile]).await?.remove(&tile) != Some(bytes) {
                        return Err(Fault::damaged(
                            format!("checking tile {tile}"),
                            "its events lead to other hashes",
                        ));
                    }
                }
            }
        }
        if edge.root().0 == head.root {
            Ok(head)
        } else {
            let cause = format!("the events after {from} do not lead to the root of the head");
            Err(Fault::damaged("checking the log", cause))
        }
    }
}

impl<P: Projector> Ledger<P> {
    /// Publishes a checkpoint: from now on readers are shown it, for ever. Whoever signed it has checked the log ([`Archive::recheck`]) and
    /// remembered elsewhere what they signed. Answers what is published for that size: this, or what another node was faster with.
    ///
    /// # Errors
    /// [`Fault`] of kind `Damaged` when another root is published for that size, or of the store.
    pub async fn keep_checkpoint(&self, signed: &SignedHead) -> Result<SignedHead, Fault> {
        match self.insert_checkpoint(signed).await {
            Err(fault) if fault.kind() == FaultKind::Constraint => {
                let theirs = self.checkpoint_reaching(signed.size).await?;
                let theirs = theirs.filter(|theirs| theirs.size == signed.size).ok_or(fault)?;
                if theirs.root == signed.root {
                    return Ok(theirs);
                }
                let doing = format!("publishing the checkpoint of {} events", signed.size);
                Err(Fault::damaged(doing, "another root is published for that size"))
            }
            inserted => inserted.map(|()| signed.clone()),
        }
    }

    async fn insert_checkpoint(&self, signed: &SignedHead) -> Result<(), Fault> {
        let slot = self.store().aside();
        let mut tx = Tx::begin(slot.lock().await, 0).await?;
        let row = [
            number(signed.size)?.into(),
            (&signed.root).into(),
            signed.note.as_str().into(),
        ];
        tx.execute(&INSERT, &row).await?;
        tx.commit().await
    }
}

pub(crate) fn signed_head(row: &Row) -> Result<SignedHead, Fault> {
    Ok(SignedHead {
        size: row.count("size")?,
        root: row.array("root")?,
        note: row.text("note")?,
    })
}

/// The leaf entry of an event whose hashes are those of its bytes.
fn checked_leaf(stored: &Stored) -> Result<[u8; 65], Fault> {
    let hash: [u8; 32] = blake3::hash(&stored.signed).into();
    let twin: [u8; 32] = Sha256::digest(&stored.signed).into();
    if hash == stored.hash && twin == stored.twin {
        Ok(leaf_entry(&hash, &twin))
    } else {
        Err(Fault::damaged(
            format!("checking event {}", stored.position),
            "its bytes have other hashes",
        ))
    }
}
