//! Handing decoded events to the projections and back, and telling waiters what has become of theirs.

use super::draft::Draft;
use super::judge::Verdict;
use super::queue::Waiting;
use crate::append_error::AppendError;
use crate::head::Head;
use crate::receipt::Receipt;
use crate::stored::Recorded;

/// Takes the decoded events of the accepted candidates out, for the projections.
pub(super) fn take_events<E>(
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
                sealed_body: candidate.sealed_body.clone(),
                event,
            });
        }
    }
    (batch, recorded)
}

/// Gives them back after a setback.
pub(super) fn put_back_events<E>(batch: &mut [Waiting<E>], verdicts: &[Verdict], recorded: Vec<Recorded<E>>) {
    let accepted = batch
        .iter_mut()
        .zip(verdicts)
        .filter(|(_, verdict)| is_record(verdict));
    for ((waiting, _), recorded) in accepted.zip(recorded) {
        waiting.event = Some(recorded.event);
    }
}

pub(super) fn is_record(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Record(_))
}

/// Step 8.
pub(super) fn answer_each<E>(batch: Vec<Waiting<E>>, verdicts: &[Verdict], head: &Head) {
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

pub(super) fn answer_all<E>(batch: Vec<Waiting<E>>, error: &AppendError) {
    for waiting in batch {
        waiting.answer(Err(error.clone()));
    }
}

/// The event ids of a batch, for the log of operations.
pub(super) fn ids<E>(batch: &[Waiting<E>]) -> String {
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
