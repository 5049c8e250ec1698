//! What stands beside the events in a store and follows from them: read again for `hotich fsck`.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use civil::act::Act;
use civil::cose::SignedEvent;
use civil::envelope::Envelope;
use civil::event::CivilEvent;
use civil::id::StreamId;
use ledger::{Archive, Fault, SignedHead, Stored, Touched};
use tlog::{Checkpoint, VerifierKey};

use crate::outcome::Result;

/// Reads it again.
///
/// # Errors
/// What does not follow from the events, as [`Archive::recheck_beside`] names it.
pub async fn recheck(archive: &Archive) -> Result<()> {
    let key = log_key(archive).await?;
    let is_signed = |published: &SignedHead| is_signed(published, key.as_ref());
    // Which body is erased by which event, as the events say it.
    let said = Mutex::new(BTreeMap::new());
    let touched_and_said = |stored: &Stored| {
        let mut said = said.lock().unwrap_or_else(PoisonError::into_inner);
        for position in erased_by(stored)? {
            said.insert(position, stored.position);
        }
        touched(stored)
    };
    archive.recheck_beside(touched_and_said, is_signed).await?;
    let mut said = said.into_inner().unwrap_or_else(PoisonError::into_inner);
    let differs = |position: u64| {
        Fault::damaged(
            format!("checking the erasure of body {position}"),
            "no event says so",
        )
    };
    for (erased, by) in archive.erased_bodies().await? {
        let stored = archive.stored(erased.position).await?;
        let stored = stored.ok_or_else(|| differs(erased.position))?;
        let entries = touched(&stored)?.into_iter().map(|(entry, _)| entry);
        if said.remove(&erased.position) != Some(by) || entries.ne(erased.entries) {
            return Err(differs(erased.position).into());
        }
    }
    match said.into_iter().next() {
        None => Ok(()),
        Some((position, by)) => Err(Fault::damaged(
            format!("checking the erasure of body {position}"),
            format!("event {by} says so and the store does not"),
        )
        .into()),
    }
}

/// The bodies that an event says are erased.
fn erased_by(stored: &Stored) -> std::result::Result<Vec<u64>, Fault> {
    if stored.stream != StreamId::ADMINISTRATION.number() {
        return Ok(Vec::new());
    }
    let sealed = stored.sealed_body.as_deref().unwrap_or_default();
    let read = CivilEvent::read(stored.position, stored.recorded_at_ms, &stored.signed, sealed);
    match read.map_err(|error| damaged(stored, error))?.body.act {
        Act::BodiesErased(act) => Ok(act.positions),
        _ => Ok(Vec::new()),
    }
}

/// The key by which the ledger was founded.
async fn log_key(archive: &Archive) -> Result<Option<VerifierKey>> {
    let Some(founding) = archive.stored(0).await? else {
        return Ok(None);
    };
    let sealed = founding.sealed_body.as_deref().unwrap_or_default();
    let read = CivilEvent::read(0, founding.recorded_at_ms, &founding.signed, sealed);
    let act = read.map_err(|error| damaged(&founding, error))?.body.act;
    Ok(match act {
        Act::LedgerFounded(act) => act.log_key.as_str().parse().ok(),
        _ => None,
    })
}

fn is_signed(published: &SignedHead, key: Option<&VerifierKey>) -> bool {
    let key = key.map(std::slice::from_ref).unwrap_or_default();
    Checkpoint::open(published.note.as_bytes(), key, &[]).is_ok()
}

/// What an event touches: its own entry, and those that it changes.
fn touched(stored: &Stored) -> std::result::Result<Vec<Touched>, Fault> {
    let signed = SignedEvent::parse(&stored.signed).map_err(|error| damaged(stored, error))?;
    let envelope = Envelope::decode(signed.envelope).map_err(|error| damaged(stored, error))?;
    let advances = envelope.kind.advances_entry();
    let own = envelope.entry.iter().map(|entry| (*entry.as_bytes(), advances));
    let others = envelope
        .targets
        .iter()
        .map(|target| (*target.entry.as_bytes(), true));
    Ok(own.chain(others).collect())
}

fn damaged(stored: &Stored, error: impl std::fmt::Display) -> Fault {
    Fault::damaged(
        format!("reading the event at position {}", stored.position),
        error,
    )
}
