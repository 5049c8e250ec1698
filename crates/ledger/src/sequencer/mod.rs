//! The sequencer: one task that numbers, commits and answers. Everybody else reads.
//!
//! [`Sequencer::commit_batch`] is the spine. What it does, and what a crash (or a lost connection) at each step leaves behind:
//!
//! 1. **Load** the head, if it is not in memory: the row of the head, and the tree's edge from tiles and events, which must lead
//!    to the root in that row. Start-up, and recovery from anything below, is this same step. *Crash: nothing has happened.*
//! 2. **Begin** a transaction. *Crash: the store rolls back; no waiter has been told anything, each asks again with its event id.*
//! 3. **Check** every event by the log and by the events before it in the batch: id, authority, stream, entries. An event that
//!    does not fit does not hinder the others. *As 2.*
//! 4. **Record**: move the head from the very value that was loaded, and insert the rows (batch, events, bodies, the index by
//!    entry, full tiles). If the head is not there any more, someone else wrote (another sequencer, or a rebuild that swapped
//!    generations): roll back, load again, check again. *As 2.*
//! 5. **Project** the events into the read models, in the same transaction. *As 2.*
//! 6. **Commit.** *Crash before it is durable: as 2. After: all of it is in the log though nobody was told; whoever asks again
//!    gets the receipt from the log (step 3). A lost answer is the same: the connection is dropped, step 1 waits until the
//!    lost transaction has ended either way, and the batch is checked again, which finds what was recorded.*
//! 7. **Publish** the new head to those who follow it. *Crash: followers load it when they come back.*
//! 8. **Answer** each waiter. *Crash: as after 6.*
//!
//! So a receipt means: committed, durable, visible to every reader. When the store cannot be reached after a lost commit, the
//! waiters are told that the outcome is unknown, and the sequencer goes on by itself as soon as step 1 succeeds again. After a
//! full disk or a failed write it also writes a probe first.

mod draft;
mod heads;
mod judge;
mod known;
mod probe;
mod queue;
mod remembered;
mod write;

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::FutureExt as _;
use tokio::sync::{Mutex, watch};

pub(crate) use self::heads::{HEAD, LOCK_HEAD, head_of, read_head};
pub(crate) use self::queue::{Entrance, Exit, queue};
pub(crate) use self::write::number;

use self::draft::Draft;
use self::heads::Heads;
use self::judge::{Judge, Verdict};
use self::known::Known;
use self::queue::Waiting;
use crate::append_error::{AppendError, ReadOnlyReason, Status};
use crate::clock::Clock;
use crate::engine::{Slot, Store};
use crate::fault::{Fault, FaultKind};
use crate::faults::{Failure, Faults, Point};
use crate::head::Head;
use crate::projection::Projector;
use crate::receipt::Receipt;
use crate::statement::Engine;
use crate::stored::Recorded;
use crate::tx::Tx;

/// How often a batch is tried again after a lost connection before its waiters are told.
const ATTEMPTS_AFTER_LOSS: u32 = 1;

/// How often a batch is tried again because someone else moved the head.
const ATTEMPTS_AFTER_MOVE: u32 = 16;

const FIRST_PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// The one writer of a ledger.
pub(crate) struct Sequencer<P: Projector> {
    slot: Arc<Mutex<Slot>>,
    projector: Arc<P>,
    clock: Arc<dyn Clock>,
    faults: Faults,
    engine: Engine,
    remembered_heads: usize,
    /// What is known of the log; nothing until it is loaded, and again after anything went wrong.
    heads: Option<Heads>,
    published: watch::Sender<Head>,
    status: watch::Sender<Status>,
}

/// Why a batch was not committed.
enum Setback {
    /// Someone else moved the head, or swapped the generation whose table is missed.
    Moved(Option<Fault>),
    /// The batch cannot be written as it is: a projection refused an event, say. Nothing was persisted.
    Unfit(Fault),
    /// The store was lost or failed before the commit was sent. Nothing was persisted.
    Lost(Fault),
    /// The store was lost or failed during the commit. Nobody knows.
    InDoubt(Fault),
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
            faults: store.options().faults.clone(),
            engine: store.engine(),
            remembered_heads: store.options().remembered_heads,
            heads: None,
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

    /// Commits a batch, answers everyone in it, and deals with what goes wrong. An error: the ledger is read-only from here on.
    async fn settle(&mut self, batch: Vec<Waiting<P::Event>>) -> Result<(), ReadOnlyReason> {
        let (mut losses, mut moves, mut in_doubt) = (0, 0, false);
        // The part to be committed next is last.
        let mut parts = vec![batch];
        while let Some(part) = parts.pop() {
            let (mut part, setback) = match self.commit_batch(part).await {
                Ok(()) => continue,
                Err(setback) => setback,
            };
            let fault = match setback {
                Setback::Moved(fault) => {
                    self.heads = None;
                    moves += 1;
                    tracing::warn!(moves, "the head was moved by someone else; loading it again");
                    if moves <= ATTEMPTS_AFTER_MOVE {
                        parts.push(part);
                    } else {
                        answer_all(part, &fault.map_or(AppendError::Busy, AppendError::Fault));
                    }
                    continue;
                }
                Setback::Unfit(fault) => {
                    if fault.kind() == FaultKind::Constraint {
                        self.heads = None;
                    }
                    if part.len() > 1 {
                        let rest = part.split_off(part.len() / 2);
                        parts.push(rest);
                        parts.push(part);
                    } else {
                        tracing::error!(%fault, event_ids = %ids(&part), "an event cannot be recorded");
                        answer_all(part, &AppendError::Fault(fault));
                    }
                    continue;
                }
                Setback::Lost(fault) => fault,
                Setback::InDoubt(fault) => {
                    in_doubt = true;
                    fault
                }
            };
            tracing::error!(%fault, in_doubt, event_ids = %ids(&part), "the store failed while events were recorded");
            self.heads = None;
            let reason = reason_of(&fault);
            let may_pass = matches!(fault.kind(), FaultKind::Unavailable | FaultKind::Contention);
            if may_pass && losses < ATTEMPTS_AFTER_LOSS {
                losses += 1;
                // Step 1 tells what became of the batch: what was recorded is found by its id, what was not is recorded now.
                parts.push(part);
                continue;
            }
            self.status.send_replace(Status::ReadOnly(reason));
            let answer = if in_doubt {
                AppendError::OutcomeUnknown
            } else {
                AppendError::ReadOnly(reason)
            };
            answer_all(part, &answer);
            for part in parts {
                // The rest was never part of a commit in doubt, unless the whole was: the same answer is safe for both.
                answer_all(part, &answer);
            }
            return Err(reason);
        }
        Ok(())
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
        let mut known = match Known::gather(&mut tx, heads, &batch).await {
            Ok(known) => known,
            Err(fault) => return Err((batch, abandon(tx, fault).await)),
        };
        let (draft, verdicts) = match judge(heads, &mut known, &batch, self.clock.now_ms()) {
            Ok(judged) => judged,
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
        // 4. and 5. Record, project.
        let written = write(&mut tx, &draft, &recorded, self.projector.as_ref(), &self.faults).await;
        let written = match written {
            // 6. Commit.
            Ok(true) => commit(tx, &self.faults).await,
            Ok(false) => {
                let moved = tx.roll_back().await;
                Err(moved.err().map_or(Setback::Moved(None), Setback::Lost))
            }
            Err(fault) => Err(abandon(tx, fault).await),
        };
        if let Err(setback) = written {
            put_back_events(&mut batch, &verdicts, recorded);
            return Err((batch, setback));
        }
        // 7. Publish.
        let added = draft.events.len();
        heads.remember(draft, &known);
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
        self.heads = Some(heads);
        Ok(())
    }

    /// Read-only: everyone who comes is told so, until loading (and, after a failed write, a probing write) succeeds.
    async fn recover(&mut self, mut reason: ReadOnlyReason, queue: &mut Exit<P::Event>) {
        let mut pause = FIRST_PAUSE;
        loop {
            tracing::error!(%reason, "the ledger is read-only");
            self.status.send_replace(Status::ReadOnly(reason));
            let wake = tokio::time::sleep(pause);
            tokio::pin!(wake);
            loop {
                tokio::select! {
                    biased;
                    () = &mut wake => break,
                    batch = queue.next() => {
                        if batch.is_empty() {
                            return;
                        }
                        answer_all(batch, &AppendError::ReadOnly(reason));
                    }
                }
            }
            let recovered = match probe::write(&self.slot, reason, &self.faults).await {
                Ok(()) => self.load().await,
                Err(fault) => Err(fault),
            };
            match recovered {
                Ok(()) => break,
                Err(fault) => {
                    tracing::warn!(%fault, "the store has not recovered yet");
                    reason = reason_of(&fault);
                }
            }
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
        tracing::warn!("the ledger takes writes again");
        self.status.send_replace(Status::Writable);
    }
}

/// Steps 4 and 5. `false`: the head was moved by someone else.
async fn write<P: Projector>(
    tx: &mut Tx<'_>,
    draft: &Draft,
    recorded: &[Recorded<P::Event>],
    projector: &P,
    faults: &Faults,
) -> Result<bool, Fault> {
    faults.pass(Point::Checked)?;
    if !write::record(tx, draft).await? {
        return Ok(false);
    }
    faults.pass(Point::Recorded)?;
    // A panic must not take the one writer along; it is the projection's, and so is the fault.
    let applied = AssertUnwindSafe(projector.apply(tx, recorded))
        .catch_unwind()
        .await;
    applied.unwrap_or_else(|_| Err(Fault::projection("projecting a batch", "a projection panicked")))?;
    faults.pass(Point::Projected)?;
    Ok(true)
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
        FaultKind::Projection => Setback::Unfit(fault),
        _ => Setback::InDoubt(fault),
    })
}

/// Rolls back after a fault before the commit.
async fn abandon(tx: Tx<'_>, fault: Fault) -> Setback {
    tx.give_up(&fault).await;
    match fault.kind() {
        FaultKind::Projection | FaultKind::Internal | FaultKind::Request => Setback::Unfit(fault),
        // A duplicate key although every condition held: the store has moved under us, as the head will show. A projection's
        // own constraint looks the same, and ends as an unfit event once the batch has come down to it.
        FaultKind::Constraint => Setback::Unfit(fault),
        // A projection generation that was swapped away.
        FaultKind::MissingTable => Setback::Moved(Some(fault)),
        _ => Setback::Lost(fault),
    }
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

/// Why a fault makes the ledger read-only.
fn reason_of(fault: &Fault) -> ReadOnlyReason {
    match fault.kind() {
        FaultKind::DiskFull => ReadOnlyReason::DiskFull,
        FaultKind::WriteFailed => ReadOnlyReason::WriteFailed,
        FaultKind::WriteRefused => ReadOnlyReason::Refused,
        FaultKind::Damaged => ReadOnlyReason::Damaged,
        _ => ReadOnlyReason::Unreachable,
    }
}

/// Takes the decoded events of the accepted candidates out, for the projections.
fn take_events<E>(
    mut batch: Vec<Waiting<E>>,
    draft: &Draft,
    verdicts: &[Verdict],
) -> (Vec<Waiting<E>>, Vec<Recorded<E>>) {
    let mut recorded = Vec::with_capacity(draft.events.len());
    for (waiting, verdict) in batch.iter_mut().zip(verdicts) {
        let Verdict::Record(position) = verdict else {
            continue;
        };
        if let Some(event) = waiting.event.take() {
            let candidate = &waiting.candidate;
            recorded.push(Recorded {
                position: *position,
                recorded_at_ms: draft.after.recorded_at_ms,
                hash: candidate.hash,
                event_id: candidate.event_id,
                stream: candidate.stream,
                seq: candidate.seq,
                kind: candidate.kind,
                event,
            });
        }
    }
    (batch, recorded)
}

/// Gives them back after a setback.
fn put_back_events<E>(batch: &mut [Waiting<E>], verdicts: &[Verdict], recorded: Vec<Recorded<E>>) {
    let accepted = batch
        .iter_mut()
        .zip(verdicts)
        .filter(|(_, verdict)| is_record(verdict));
    for ((waiting, _), recorded) in accepted.zip(recorded) {
        waiting.event = Some(recorded.event);
    }
}

fn is_record(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Record(_))
}

/// Step 8.
fn answer_each<E>(batch: Vec<Waiting<E>>, verdicts: &[Verdict], head: &Head) {
    for (waiting, verdict) in batch.into_iter().zip(verdicts) {
        let answer = match *verdict {
            Verdict::Record(position) | Verdict::Twice(position) => Ok(Receipt {
                event_id: waiting.candidate.event_id,
                position,
                hash: waiting.candidate.hash,
                recorded_at_ms: head.recorded_at_ms,
                tree_size: head.size,
                root: head.root,
            }),
            Verdict::Again(receipt) => Ok(receipt),
            Verdict::Refuse(conflict) => Err(AppendError::Conflict(conflict)),
        };
        waiting.answer(answer);
    }
}

fn answer_all<E>(batch: Vec<Waiting<E>>, error: &AppendError) {
    for waiting in batch {
        waiting.answer(Err(error.clone()));
    }
}

/// The event ids of a batch, for the log of operations.
fn ids<E>(batch: &[Waiting<E>]) -> String {
    let ids: Vec<String> = batch
        .iter()
        .take(8)
        .map(|waiting| hex::encode(waiting.candidate.event_id))
        .collect();
    let more = batch.len().saturating_sub(ids.len());
    if more == 0 {
        ids.join(" ")
    } else {
        format!("{} and {more} more", ids.join(" "))
    }
}
