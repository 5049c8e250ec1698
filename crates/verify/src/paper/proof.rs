//! What the log itself says of a paper: the event that issued it, and that this event is in the tree.

use civil::act::Act;
use civil::cose::{event_hash, event_twin, leaf_entry};
use civil::event::CivilEvent;
use civil::seal::PaperClaim;
use tlog::{Checkpoint, Hash, TlogProof, leaf_hash};

use super::finding::Why;
use super::trust::Trust;

/// The issuing event, as the log keeps it.
#[derive(Debug, Clone)]
pub struct IssuingEvent {
    /// The signed event.
    pub signed: Vec<u8>,
    /// Salt and body.
    pub sealed_body: Vec<u8>,
}

/// Judges the event: its leaf is the one that the code names, and it commits to the same content.
pub(super) fn event(event: &IssuingEvent, claim: &PaperClaim) -> Result<(), Why> {
    let leaf = leaf_entry(&event_hash(&event.signed), &event_twin(&event.signed));
    if leaf_hash(&leaf).as_bytes() != &claim.leaf_hash {
        return Err(Why::EventDiffers);
    }
    let read = CivilEvent::read(claim.position, 0, &event.signed, &event.sealed_body);
    let read = read.map_err(|_| Why::EventDiffers)?;
    let same_content = match &read.body.act {
        Act::ExtractIssued(act) => act.content_hash.0 == claim.content_hash,
        // It is its own paper: its content follows from the act alone, and its hash is that of the code.
        Act::InformationConfirmation(_) => true,
        _ => false,
    };
    let envelope = &read.envelope;
    let same = envelope.event == claim.event && envelope.signed_at == claim.signed_at;
    if same && same_content {
        Ok(())
    } else {
        Err(Why::EventDiffers)
    }
}

/// Judges an inclusion proof (`.tlog-proof`), and with it a checkpoint that the asker holds. Answers the size of the tree.
pub(super) fn inclusion(
    proof: &[u8],
    checkpoint: Option<&[u8]>,
    claim: &PaperClaim,
    trust: &Trust,
) -> Result<u64, Why> {
    let key = trust.log_key().ok_or(Why::NotInLog)?;
    let keys = std::slice::from_ref(key);
    let proof = TlogProof::parse(proof).map_err(|_| Why::NotInLog)?;
    let signed = proof
        .verify(Hash(claim.leaf_hash), keys, &[])
        .map_err(|_| Why::NotInLog)?;
    let tree = signed.checkpoint();
    if proof.index() != claim.position || tree.origin() != claim.origin {
        return Err(Why::NotInLog);
    }
    if let Some(held) = checkpoint {
        let held = Checkpoint::open(held, keys, &[]).map_err(|_| Why::NotInLog)?;
        let held = held.checkpoint();
        if held.size() != tree.size() || held.root() != tree.root() || held.origin() != tree.origin() {
            return Err(Why::NotInLog);
        }
    }
    Ok(tree.size())
}
