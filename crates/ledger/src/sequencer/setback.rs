//! What the sequencer does when a batch is not committed: try again, split it, or go read-only until the store is well again.

use std::time::Duration;

use super::answers::{answer_all, ids};
use super::known::Trust;
use super::queue::{Exit, Waiting};
use super::{Sequencer, probe};
use crate::append_error::{AppendError, ReadOnlyReason, Status};
use crate::fault::{Fault, FaultKind};
use crate::projection::Projector;
use crate::tx::Tx;

/// How often a batch is tried again after a lost connection before its waiters are told.
const ATTEMPTS_AFTER_LOSS: u32 = 1;

/// How often a batch is tried again because someone else moved the head.
const ATTEMPTS_AFTER_MOVE: u32 = 16;

const FIRST_PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// Why a batch was not committed.
pub(super) enum Setback {
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
    /// Commits a batch, answers everyone in it, and deals with what goes wrong. An error: the ledger is read-only from here on.
    pub(super) async fn settle(&mut self, batch: Vec<Waiting<P::Event>>) -> Result<(), ReadOnlyReason> {
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
                        if std::mem::replace(&mut self.trust, Trust::Nothing) == Trust::NewIsNew {
                            // Somebody's new id is not new: asked for, the log tells whose.
                            parts.push(part);
                            continue;
                        }
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

    /// Read-only: everyone who comes is told so, until loading (and, after a failed write, a probing write) succeeds.
    pub(super) async fn recover(&mut self, mut reason: ReadOnlyReason, queue: &mut Exit<P::Event>) {
        let mut pause = FIRST_PAUSE;
        loop {
            tracing::error!(%reason, "the ledger is read-only");
            self.status.send_replace(Status::ReadOnly(reason));
            let mut wake = self.clock.pause(pause);
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

/// Rolls back after a fault before the commit.
pub(super) async fn abandon(tx: Tx<'_>, fault: Fault) -> Setback {
    tx.give_up(&fault).await;
    match fault.kind() {
        FaultKind::Projection | FaultKind::Internal | FaultKind::Request => Setback::Unfit(fault),
        // A duplicate key although every condition held: the store has moved under us, as the head will show. A projection's
        // own constraint looks the same, and ends as an unfit event once the batch has come down to it.
        FaultKind::Constraint => Setback::Unfit(fault),
        // A projection generation that was swapped away.
        FaultKind::MissingTable => Setback::Moved(Some(fault)),
        FaultKind::Moved => Setback::Moved(None),
        _ => Setback::Lost(fault),
    }
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
