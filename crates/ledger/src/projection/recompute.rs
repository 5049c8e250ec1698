//! Recomputing the read models elsewhere: an auditor replays the log into a scratch file of their own and compares digests.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use futures_util::Stream;
use tokio::sync::Mutex;

use super::digest::{Digests, of_generation};
use super::replay::Replay;
use super::{Later, Projector, create_tables, project};
use crate::engine::{Slot, scratch};
use crate::fault::Fault;
use crate::options::Options;
use crate::packed::Packed;
use crate::sequencer::number;
use crate::statement::Statement;
use crate::stored::{Recorded, Stored};
use crate::tx::Tx;

/// Projections may look bodies up in the log; the scratch file has them where the log would.
const BODY_TABLE: Statement = Statement::both(
    "making a scratch file",
    "create table body (position integer primary key, sealed blob not null, cipher integer)",
);
/// `$1`: the first position, `$2` and `$3`: the bodies, packed.
const BODIES: Statement = Statement::both(
    "copying bodies",
    "insert into body (position, sealed) select $1 + key, substr($3, (value ->> 0) + 1, value ->> 1) from json_each($2)",
);

/// Replays events from the first on into tables of a scratch SQLite file in `folder`, and answers their digests. The ledger
/// itself is not written to; compare with [`crate::Archive::digests`] at the same size. The tables that follow are filled up to
/// `followed`: [`Digests::followed`] of what it is compared with.
///
/// # Errors
/// [`Fault`] of the scan, of the projector, or of the scratch file.
pub async fn recompute<P: Projector>(
    events: impl Stream<Item = Result<Vec<Stored>, Fault>> + Send + Unpin + 'static,
    projector: P,
    folder: &Path,
    followed: u64,
) -> Result<Digests, Fault> {
    let projector = Arc::new(projector);
    let file = Scratch::new(folder);
    let slot = Mutex::new(Slot::new(scratch(&file.0), Options::default().statement_timeout));
    let mut tx = Tx::begin(slot.lock().await, 1).await?;
    tx.execute(&BODY_TABLE, &[]).await?;
    create_tables(&mut tx, projector.schema()).await?;
    let mut size = 0;
    let mut events = Replay::of(&projector, events);
    while let Some(page) = events.next().await {
        let recorded = page?;
        if let Some(first) = recorded.first()
            && first.position != size
        {
            return Err(Fault::damaged(format!("replaying event {size}"), "it is missing"));
        }
        copy_bodies(&mut tx, size, &recorded).await?;
        size += recorded.len() as u64;
        let shown = recorded.partition_point(|recorded| recorded.position < followed);
        for (later, events) in [
            (Later::Now, recorded.get(..shown)),
            (Later::Never, recorded.get(shown..)),
        ] {
            let events = events.unwrap_or_default();
            if !events.is_empty() {
                tx.do_later(later);
                project(projector.as_ref(), &mut tx, events).await?;
            }
        }
    }
    let digests = of_generation(
        &mut tx.connection().await?,
        projector.schema(),
        1,
        (size, size.min(followed)),
    )
    .await?;
    tx.roll_back().await?;
    slot.lock().await.close().await?;
    Ok(digests)
}

async fn copy_bodies<E>(tx: &mut Tx<'_>, first: u64, recorded: &[Recorded<E>]) -> Result<(), Fault> {
    let bodies: Packed = recorded
        .iter()
        .map(|recorded| recorded.sealed_body.as_ref())
        .collect();
    let params = [number(first)?.into(), bodies.places.into(), bodies.bytes.into()];
    tx.execute(&BODIES, &params).await.map(drop)
}

/// A file that is gone afterwards, with what SQLite puts beside it.
struct Scratch(PathBuf);

impl Scratch {
    fn new(folder: &Path) -> Self {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        Scratch(folder.join(format!("hotich-recompute-{}-{number}.db", std::process::id())))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        for suffix in ["", "-journal", "-wal", "-shm"] {
            let mut file = self.0.clone().into_os_string();
            file.push(suffix);
            // What was never made need not be removed, and what cannot be removed is not worth failing for.
            let _ = std::fs::remove_file(file);
        }
    }
}
