//! `hotich fsck`: recompute the read models and compare them with what is live. Changes nothing.

use civil::act::Act;
use civil::cose::SignedEvent;
use civil::envelope::Envelope;
use civil::event::CivilEvent;
use ledger::{Archive, Fault, Location, Options, SignedHead, Stored, Touched};
use tlog::{Checkpoint, VerifierKey};

use crate::args::Fsck;
use crate::outcome::{Outcome, Result};
use crate::recompute;

/// Recomputes and compares; checks the tree against what is stored on the way.
pub async fn run(args: Fsck) -> Result<Outcome> {
    let archive = Archive::open(&Location::parse(&args.data)?, &Options::default()).await?;
    let head = archive.recheck(None).await?;
    let key = log_key(&archive).await?;
    let is_signed = |published: &SignedHead| is_signed(published, key.as_ref());
    archive.recheck_beside(touched, is_signed).await?;
    let read_models = recompute::compare(&archive).await?;
    archive.close().await;
    if args.json {
        println!("{:#}", read_models.json());
    } else {
        println!(
            "✓ {} events, hashes and tiles as stored lead to the root of the head; batches, index and checkpoints follow from them",
            head.size
        );
        print!("{}", read_models.text());
    }
    Ok(if read_models.are_equal() {
        Outcome::Well
    } else {
        Outcome::Finding
    })
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
