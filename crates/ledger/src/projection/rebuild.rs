//! Rebuild: the read models made anew beside the live ones, then swapped in.
//!
//! 1. Drop what an interrupted rebuild left behind, make the tables of a new generation, list it as `building`.
//!    *A crash leaves tables nobody reads; the next rebuild drops them.*
//! 2. Replay the log into it in batches, while the ledger goes on. Each batch moves the generation's row from the size it had:
//!    if it was moved by another rebuild, this one stops. *As 1.*
//! 3. Make the indexes, which is cheaper than keeping them up to date meanwhile, and replay what came in since. *As 1.*
//! 4. Under the lock of the head: replay the last events, list the generation as `live`, point the head to it, commit. No
//!    event can be recorded meanwhile. *A crash before the commit: as 1. After: the new generation is live.*
//! 5. The sequencer, here or in another process, finds that the head's generation is not the one it loaded: its batch is rolled
//!    back, the head loaded again, and the batch projected into the new tables.
//! 6. Drop the old tables. *A crash leaves tables nobody reads, as 1.*

use std::sync::Arc;

use tokio::sync::Mutex;

use super::founding::{INSERT_GENERATION, version};
use super::replay::Replay;
use super::{Projector, create_indexes, create_tables, drop_tables, project};
use crate::archive::Archive;
use crate::engine::{Slot, Store};
use crate::fault::Fault;
use crate::head::Head;
use crate::ledger::Ledger;
use crate::location::Location;
use crate::options::Options;
use crate::sequencer::{LOCK_HEAD, number, read_head};
use crate::statement::{Engine, Statement};
use crate::stored::Recorded;
use crate::tx::{Durability, Tx};

const LEFT_BEHIND: Statement = Statement::both(
    "projection",
    "select p.generation from projection p where p.generation <> (select generation from ledger_head) \
     and p.state <> 'dropped' order by p.generation",
);
const LAST_GENERATION: Statement =
    Statement::both("projection", "select max(generation) as last from projection");
const ADVANCE: Statement = Statement::both(
    "projection",
    "update projection set size = $1 where generation = $2 and state = 'building' and size = $3",
);
const SET_STATE: Statement = Statement::both(
    "projection",
    "update projection set state = $1 where generation = $2",
);
const SWAP: Statement = Statement::both(
    "ledger_head",
    "update ledger_head set generation = $1 where id = 0 and generation = $2",
);

/// How many events may be left for the last step, in which the ledger stands still.
const LAST_EVENTS: u64 = 2_000;

/// What a rebuild has done so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Events replayed.
    pub done: u64,
    /// Events in the log when last looked at.
    pub total: u64,
}

impl<P: Projector> Ledger<P> {
    /// Makes the read models anew from the log, beside the live ones and while the ledger goes on, and swaps them in. Answers the
    /// number of events replayed. May be interrupted at any instant: the live read models stay as they are until the swap.
    ///
    /// # Errors
    /// [`Fault`] of the store or the projector, or another rebuild that took over. The live read models are untouched.
    pub async fn rebuild(&self, progress: impl FnMut(Progress) + Send) -> Result<u64, Fault> {
        let replayed = Rebuild::of(self.store(), self, self.shared_projector())
            .run(progress)
            .await?;
        // Readers of this process go to the new tables from here on.
        self.learn_generation().await?;
        Ok(replayed)
    }
}

/// Rebuilds the read models of a ledger without opening it for events: after an upgrade that changed their tables.
///
/// # Errors
/// As [`Ledger::rebuild`].
pub async fn rebuild<P: Projector>(
    location: &Location,
    projector: P,
    options: &Options,
    progress: impl FnMut(Progress) + Send,
) -> Result<u64, Fault> {
    let store = Store::open(location, options).await?;
    let archive = Archive::of_readers(store.readers().clone());
    let replayed = Rebuild::of(&store, &archive, &Arc::new(projector))
        .run(progress)
        .await;
    let closed = store.close().await;
    let replayed = replayed?;
    closed.map(|()| replayed)
}

struct Rebuild<'r, P> {
    slot: Arc<Mutex<Slot>>,
    archive: &'r Archive,
    projector: &'r Arc<P>,
}

impl<'r, P: Projector> Rebuild<'r, P> {
    fn of(store: &Store, archive: &'r Archive, projector: &'r Arc<P>) -> Self {
        Rebuild {
            slot: store.aside(),
            archive,
            projector,
        }
    }

    async fn run(&self, mut progress: impl FnMut(Progress) + Send) -> Result<u64, Fault> {
        let generation = self.prepare().await?;
        tracing::info!(generation, "rebuilding the read models");
        let done = self.catch_up(generation, 0, &mut progress).await?;
        self.create_indexes(generation).await?;
        let done = self.catch_up(generation, done, &mut progress).await?;
        let old = self.swap(generation, done).await?;
        tracing::info!(generation, size = old.size, "the read models are swapped");
        progress(Progress {
            done: old.size,
            total: old.size,
        });
        if let Err(fault) = self.drop_generation(old.generation).await {
            // They are swapped all the same; the next rebuild drops what is left.
            tracing::warn!(%fault, generation = old.generation, "the old read models could not be dropped");
        }
        Ok(old.size)
    }

    /// Step 1.
    async fn prepare(&self) -> Result<i64, Fault> {
        let mut tx = Tx::begin(self.slot.lock().await, 0).await?;
        read_head(&mut tx, &LOCK_HEAD).await?;
        for row in tx.rows(&LEFT_BEHIND, &[]).await? {
            drop_listed(&mut tx, row.int("generation")?).await?;
        }
        let last = tx.rows(&LAST_GENERATION, &[]).await?;
        let generation = last.first().map(|row| row.int("last")).transpose()?.unwrap_or(0) + 1;
        tx.turn_to(generation);
        create_tables(&mut tx, self.projector.schema()).await?;
        let version = version(self.projector.schema(), tx.engine());
        tx.execute(
            &INSERT_GENERATION,
            &[generation.into(), "building".into(), version.as_str().into()],
        )
        .await?;
        tx.commit().await?;
        Ok(generation)
    }

    /// Step 2: until few events are left.
    async fn catch_up(
        &self,
        generation: i64,
        mut done: u64,
        progress: &mut (impl FnMut(Progress) + Send),
    ) -> Result<u64, Fault> {
        loop {
            let total = self.archive.stored_head().await?.size;
            if total.saturating_sub(done) <= LAST_EVENTS {
                return Ok(done);
            }
            let mut events = Replay::of(self.projector, self.archive.scan(done, total));
            while let Some(page) = events.next().await {
                done = self.replay(generation, done, &page?).await?;
                progress(Progress { done, total });
            }
        }
    }

    /// Step 3.
    async fn create_indexes(&self, generation: i64) -> Result<(), Fault> {
        let slot = self.slot.lock().await;
        let mut tx = Tx::begin_with(slot, generation, Durability::WithTheNext).await?;
        create_indexes(&mut tx, self.projector.schema()).await?;
        tx.commit().await
    }

    /// Step 2: one batch. It need not be on the disk before the swap is, whose commit comes after it in the store's own log: a
    /// power cut before that leaves a shorter generation that nobody reads.
    async fn replay(&self, generation: i64, done: u64, page: &[Recorded<P::Event>]) -> Result<u64, Fault> {
        let mut tx = Tx::begin_with(self.slot.lock().await, generation, Durability::WithTheNext).await?;
        let size = done + page.len() as u64;
        advance(&mut tx, done, size).await?;
        project(self.projector.as_ref(), &mut tx, page).await?;
        tx.commit().await?;
        Ok(size)
    }

    /// Step 4. Answers the head as it was before.
    async fn swap(&self, generation: i64, mut done: u64) -> Result<Head, Fault> {
        let mut tx = Tx::begin(self.slot.lock().await, generation).await?;
        let head = read_head(&mut tx, &LOCK_HEAD).await?;
        let mut events = Replay::of(self.projector, self.archive.scan(done, head.size));
        while let Some(page) = events.next().await {
            let recorded = page?;
            let size = done + recorded.len() as u64;
            advance(&mut tx, done, size).await?;
            project(self.projector.as_ref(), &mut tx, &recorded).await?;
            done = size;
        }
        // Also says that no other rebuild has dropped the tables in the meantime, if there was nothing left to replay.
        advance(&mut tx, done, done).await?;
        tx.execute(&SET_STATE, &["live".into(), generation.into()])
            .await?;
        tx.execute(&SET_STATE, &["retired".into(), head.generation.into()])
            .await?;
        if tx
            .execute(&SWAP, &[generation.into(), head.generation.into()])
            .await?
            != 1
        {
            return Err(Fault::internal(
                "swapping the read models",
                "the head has another generation",
            ));
        }
        tx.commit().await?;
        Ok(head)
    }

    /// Step 6.
    async fn drop_generation(&self, generation: i64) -> Result<(), Fault> {
        // What was lawfully erased since must not stay in pages that nobody reads any more.
        let mut slot = self.slot.lock().await;
        overwrite_deleted(&mut slot, true).await?;
        let mut tx = Tx::begin(slot, generation).await?;
        drop_listed(&mut tx, generation).await?;
        tx.commit().await?;
        overwrite_deleted(&mut *self.slot.lock().await, false).await
    }
}

/// On SQLite, whose files keep what was deleted from them; PostgreSQL removes the files of a table.
async fn overwrite_deleted(slot: &mut Slot, on: bool) -> Result<(), Fault> {
    let mut conn = slot.connection().await?;
    match (conn.engine(), on) {
        (Engine::Postgres, _) => Ok(()),
        (Engine::Sqlite, true) => {
            conn.raw("dropping old read models", "pragma secure_delete = on")
                .await
        }
        (Engine::Sqlite, false) => {
            conn.raw("dropping old read models", "pragma secure_delete = off")
                .await
        }
    }
}

/// Moves the row of the generation from the size it must have.
async fn advance(tx: &mut Tx<'_>, from: u64, to: u64) -> Result<(), Fault> {
    let generation = tx.generation();
    let moved = tx
        .execute(
            &ADVANCE,
            &[number(to)?.into(), generation.into(), number(from)?.into()],
        )
        .await?;
    if moved == 1 {
        Ok(())
    } else {
        Err(Fault::projection(
            "rebuilding the read models",
            "another rebuild took over",
        ))
    }
}

async fn drop_listed(tx: &mut Tx<'_>, generation: i64) -> Result<(), Fault> {
    let before = tx.generation();
    tx.turn_to(generation);
    drop_tables(tx).await?;
    tx.execute(&SET_STATE, &["dropped".into(), generation.into()])
        .await?;
    tx.turn_to(before);
    Ok(())
}
