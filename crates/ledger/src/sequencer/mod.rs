//! The sequencer: one task that numbers, commits and answers. Everybody else reads.
//!
//! [`Sequencer::commit_batch`] is the spine. What it does, and what a crash (or a lost connection) at each step leaves behind:
//!
//! 1. **Load** the head, if it is not in memory: the row of the head, and the tree's edge from tiles and events, which must lead
//!    to the root in that row. Start-up, and recovery from anything below, is this same step. *Crash: nothing has happened.*
//! 2. **Begin** a transaction; on PostgreSQL not before anything is asked in it. *Crash: the store rolls back; no waiter has been
//!    told anything, each asks again with its event id.*
//! 3. **Check** every event by the log and by the events before it in the batch: id, authority, stream, entries. An event that
//!    does not fit does not hinder the others. An id that claims to be new is believed as long as everything fits: step 4 fails
//!    on the keys of the tables if it is not, and the batch is checked again without believing anything. *As 2.*
//!    Now that each has its position, its body is encrypted (`body/mod.rs`).
//! 4. **Record**: move the head from the very value that was loaded, and insert the rows (batch, events, bodies, the index by
//!    entry, full tiles). If the head is not there any more, someone else wrote (another sequencer, or a rebuild that swapped
//!    generations): roll back, load again, check again. *As 2.*
//! 5. **Project** the events into the read models, in the same transaction; rows of those that follow are put aside in it. If
//!    nothing has to be read for them, on PostgreSQL all rows of 4 and 5 go with 6 in one statement, its own transaction. *As 2.*
//! 6. **Commit.** *Crash before it is durable: as 2. After: all of it is in the log though nobody was told; whoever asks again
//!    gets the receipt from the log (step 3). A lost answer is the same: the connection is dropped, step 1 waits until the
//!    lost transaction has ended either way, and the batch is checked again, which finds what was recorded.*
//! 7. **Publish** the new head to those who follow it. *Crash: followers load it when they come back.*
//! 8. **Answer** each waiter. *Crash: as after 6.*
//!
//! So a receipt means: committed, durable, visible to every reader. When the store cannot be reached after a lost commit, the
//! waiters are told that the outcome is unknown, and the sequencer goes on by itself as soon as step 1 succeeds again. After a
//! full disk or a failed write it also writes a probe first.

mod answers;
mod draft;
mod heads;
mod judge;
mod known;
mod probe;
mod queue;
mod remembered;
mod setback;
mod write;

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Instant;

use futures_util::FutureExt as _;
use tokio::sync::{Mutex, watch};

pub(crate) use self::heads::{HEAD, LOCK_HEAD, head_of, read_head};
pub(crate) use self::queue::{Entrance, Exit, queue};
pub(crate) use self::write::number;

use self::answers::{answer_each, put_back_events, take_events};
use self::draft::Draft;
use self::heads::Heads;
use self::judge::{Judge, Verdict};
use self::known::{Known, Trust};
use self::queue::Waiting;
use self::setback::{Setback, abandon};
use crate::append_error::{ReadOnlyReason, Status};
use crate::body::Keyring;
use crate::clock::Clock;
use crate::engine::{Slot, Store};
use crate::fault::{Fault, FaultKind};
use crate::faults::{Failure, Faults, Point};
use crate::head::Head;
use crate::projection::{Later, Projector, project};
use crate::statement::Engine;
use crate::stored::Recorded;
use crate::tx::Tx;

/// The one writer of a ledger.
pub(crate) struct Sequencer<P: Projector> {
    slot: Arc<Mutex<Slot>>,
    projector: Arc<P>,
    clock: Arc<dyn Clock>,
    keys: Arc<Keyring>,
    faults: Faults,
    engine: Engine,
    remembered_heads: usize,
    /// What is known of the log; nothing until it is loaded, and again after anything went wrong.
    heads: Option<Heads>,
    /// What is believed until the store objects.
    trust: Trust,
    published: watch::Sender<Head>,
    status: watch::Sender<Status>,
}

impl<P: Projector> Sequencer<P> {
    pub(crate) fn new(
        store: &Store,
        projector: Arc<P>,
        clock: Arc<dyn Clock>,
        published: watch::Sender<Head>,
        status: watch::Sender<Status>,
    ) -> Self {
        Sequencer {
            slot: Arc::clone(store.writer()),
            projector,
            clock,
            keys: Arc::clone(store.keys()),
            faults: store.options().faults.clone(),
            engine: store.engine(),
            remembered_heads: store.options().remembered_heads,
            heads: None,
            trust: Trust::NewIsNew,
            published,
            status,
        }
    }

    /// Works until the queue is closed and empty.
    pub(crate) async fn run(mut self, mut queue: Exit<P::Event>) {
        loop {
            let batch = queue.next().await;
            if batch.is_empty() {
                break;
            }
            metrics::gauge!("hotich_queue_events").set(queue.waiting() as f64);
            if let Err(reason) = self.settle(batch).await {
                self.recover(reason, &mut queue).await;
            }
        }
        self.status.send_replace(Status::ReadOnly(ReadOnlyReason::Closed));
        if self.engine == Engine::Postgres {
            // The connection lives on this task's runtime. SQLite's is closed after its readers, by whoever closes the ledger.
            let closed = self.slot.lock().await.close().await;
            closed.unwrap_or_else(
                |fault| tracing::warn!(%fault, "the sequencer's connection did not end in peace"),
            );
        }
    }

    /// The spine: see the numbered list at the top. Answers every waiter, or gives them back with the setback.
    async fn commit_batch(
        &mut self,
        batch: Vec<Waiting<P::Event>>,
    ) -> Result<(), (Vec<Waiting<P::Event>>, Setback)> {
        let started = Instant::now();
        // 1. Load.
        if let Err(fault) = self.load().await {
            return Err((batch, Setback::Lost(fault)));
        }
        let Some(heads) = self.heads.as_mut() else {
            return Err((batch, Setback::Moved(None)));
        };
        // 2. Begin.
        let begun = match self.faults.pass(Point::Begin) {
            Ok(()) => Tx::begin(self.slot.lock().await, heads.head.generation).await,
            Err(fault) => Err(fault),
        };
        let mut tx = match begun {
            Ok(tx) => tx,
            Err(fault) => return Err((batch, Setback::Lost(fault))),
        };
        // 3. Check.
        let checked = check(&mut tx, heads, &batch, self.clock.now_ms(), self.trust).await;
        let (known, mut draft, verdicts) = match checked {
            Ok(checked) => checked,
            Err(fault) => return Err((batch, abandon(tx, fault).await)),
        };
        if draft.events.is_empty() {
            // Nothing to record: what the waiters are told is already in the log. But no compare-and-swap follows that
            // would find out whether someone else moved the head, and a refusal must not rest on what is no longer so.
            let refused = verdicts
                .iter()
                .any(|verdict| matches!(verdict, Verdict::Refuse(_)));
            let moved = match refused {
                true => read_head(&mut tx, &HEAD).await.map(|head| head != heads.head),
                false => Ok(false),
            };
            let moved = match moved {
                Ok(moved) => moved,
                Err(fault) => return Err((batch, abandon(tx, fault).await)),
            };
            if let Err(fault) = tx.roll_back().await {
                tracing::debug!(%fault, "a transaction without effect could not be rolled back; its connection is dropped");
            }
            if moved {
                return Err((batch, Setback::Moved(None)));
            }
            answer_each(batch, &verdicts, &heads.head);
            return Ok(());
        }
        let (mut batch, recorded) = take_events(batch, &draft, &verdicts);
        let sealed = draft.seal(&self.keys).await;
        let draft = Arc::new(draft);
        // 4. and 5. Record, project.
        let written = match sealed {
            Ok(()) => write(&mut tx, &draft, &recorded, self.projector.as_ref(), &self.faults).await,
            Err(fault) => Err(fault),
        };
        let written = match written {
            // 6. Commit.
            Ok(()) => commit(tx, &self.faults).await,
            Err(fault) => Err(abandon(tx, fault).await),
        };
        if let Err(setback) = written {
            put_back_events(&mut batch, &verdicts, recorded);
            return Err((batch, setback));
        }
        self.trust = Trust::NewIsNew;
        // 7. Publish.
        let added = draft.events.len();
        heads.remember(&draft, &known);
        let head = heads.head;
        self.published.send_replace(head);
        self.status
            .send_if_modified(|status| std::mem::replace(status, Status::Writable) != Status::Writable);
        metrics::histogram!("hotich_batch_events").record(added as f64);
        metrics::histogram!("hotich_commit_seconds").record(started.elapsed().as_secs_f64());
        metrics::gauge!("hotich_head_position").set(head.size as f64);
        // 8. Answer.
        answer_each(batch, &verdicts, &head);
        Ok(())
    }

    /// Step 1. In a transaction of its own: on PostgreSQL it waits for the row lock of the head, which a lost transaction holds
    /// until it has ended; so what is read then is what has become of it.
    pub(crate) async fn load(&mut self) -> Result<(), Fault> {
        if self.heads.is_some() {
            return Ok(());
        }
        self.faults.pass(Point::Load)?;
        let mut tx = Tx::begin(self.slot.lock().await, 0).await?;
        let heads = Heads::load(&mut tx, self.remembered_heads).await?;
        tx.roll_back().await?;
        self.published.send_replace(heads.head);
        // Whoever cannot reach the keys must not say that they take writes.
        self.keys.reach(heads.head.size).await?;
        self.heads = Some(heads);
        Ok(())
    }
}

/// Steps 4 and 5. The rows of the read models are composed while the store records those of the log; or, on PostgreSQL, if nothing
/// has to be read for them, all rows go to the store in one statement that is its own transaction (step 6).
async fn write<P: Projector>(
    tx: &mut Tx<'_>,
    draft: &Arc<Draft>,
    recorded: &[Recorded<P::Event>],
    projector: &P,
    faults: &Faults,
) -> Result<(), Fault> {
    faults.pass(Point::Checked)?;
    write::start_record(tx, draft).await?;
    faults.pass(Point::Recorded)?;
    if let Some(first) = recorded.first() {
        tx.do_later(Later::Aside(first.position));
    }
    // A panic must not take the one writer along; it is the projection's, and so is the fault.
    let applied = AssertUnwindSafe(project(projector, tx, recorded))
        .catch_unwind()
        .await;
    applied.unwrap_or_else(|_| Err(Fault::projection("projecting a batch", "a projection panicked")))?;
    faults.pass(Point::Projected)
}

/// Step 6.
async fn commit(tx: Tx<'_>, faults: &Faults) -> Result<(), Setback> {
    let committed = match faults.at(Point::Commit) {
        None => tx.commit().await,
        Some(Failure::Persisted) => {
            let committed = tx.commit().await;
            committed.and(Err(Failure::Persisted.fault(Point::Commit)))
        }
        Some(failure) => {
            drop(tx);
            Err(failure.fault(Point::Commit))
        }
    };
    committed.map_err(|fault| match fault.kind() {
        // SQLite and PostgreSQL both say so before anything is durable, and roll back.
        FaultKind::DiskFull | FaultKind::Contention => Setback::Lost(fault),
        FaultKind::Projection | FaultKind::Constraint | FaultKind::Request => Setback::Unfit(fault),
        FaultKind::MissingTable => Setback::Moved(Some(fault)),
        FaultKind::Moved => Setback::Moved(None),
        _ => Setback::InDoubt(fault),
    })
}

/// Step 3. What claims to be new is first believed: the store's own keys refuse to record it twice (step 4). Only when something
/// does not fit is the log asked for everything that could explain it, so that nobody is refused unheard.
async fn check<E>(
    tx: &mut Tx<'_>,
    heads: &mut Heads,
    batch: &[Waiting<E>],
    now_ms: i64,
    trust: Trust,
) -> Result<(Known, Draft, Vec<Verdict>), Fault> {
    let mut known = Known::gather(tx, heads, batch, trust).await?;
    let (draft, verdicts) = judge(heads, &mut known, batch, now_ms)?;
    let refused = verdicts
        .iter()
        .any(|verdict| matches!(verdict, Verdict::Refuse(_)));
    if trust == Trust::Nothing || !refused {
        return Ok((known, draft, verdicts));
    }
    let mut known = Known::gather(tx, heads, batch, Trust::Nothing).await?;
    let (draft, verdicts) = judge(heads, &mut known, batch, now_ms)?;
    Ok((known, draft, verdicts))
}

/// Step 3, in memory.
fn judge<E>(
    heads: &Heads,
    known: &mut Known,
    batch: &[Waiting<E>],
    now_ms: i64,
) -> Result<(Draft, Vec<Verdict>), Fault> {
    let mut draft = Draft::new(heads, now_ms);
    let mut judge = Judge::new(known, heads.head.size, heads.head.authority);
    let mut verdicts = Vec::with_capacity(batch.len());
    for waiting in batch {
        let verdict = judge.judge(&waiting.candidate);
        if matches!(verdict, Verdict::Record(_)) {
            draft.push(&waiting.candidate)?;
        }
        verdicts.push(verdict);
    }
    let (authority, entry_rows) = (judge.authority, judge.entry_rows);
    draft.finish(authority, entry_rows);
    Ok((draft, verdicts))
}
