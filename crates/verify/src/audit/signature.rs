//! Signatures, on all cores: in batches where they may, one by one where they must.

use civil::cose::{Algorithm, Endorsement, PublicKey, SignatureError, SignedEvent};
use rayon::prelude::*;

use super::batch::Batch;
use super::window::{Endorser, Signer, Window};
use crate::finding::{Finding, FindingKind};

/// How many signatures share an equation: enough that the shared part costs little, few enough for every core
/// to have some.
const GROUP: usize = 2048;
/// Below this an equation saves nothing.
const GROUP_MIN: usize = 4;

/// Judges all signatures of a window; answers what is wrong.
pub(crate) fn judge(window: &Window, strict: bool) -> Vec<Finding> {
    let batched = |signer: &Signer| !strict && matches!(window.keys[signer.key], PublicKey::Ed25519(_));
    let (mut together, mut singly): (Vec<Signer>, Vec<Signer>) =
        window.signers.iter().partition(|signer| batched(signer));
    // By key, so that each key is one term of one equation.
    together.sort_unstable_by_key(|signer| signer.key);
    let failed = together
        .par_chunks(GROUP)
        .filter(|group| group.len() < GROUP_MIN || !batch(window, group))
        .flat_map_iter(|group| group.iter().copied());
    singly.extend(failed.collect::<Vec<_>>());
    let wrong = singly
        .into_par_iter()
        .filter(|signer| single(window, signer).is_err())
        .map(|signer| {
            let record = &window.records[signer.record];
            Finding::at(record.position, FindingKind::SignatureWrong)
        });
    let endorsed = window
        .endorsers
        .par_iter()
        .filter(|endorser| endorsement(window, endorser).is_err())
        .map(|endorser| {
            let record = &window.records[endorser.record];
            Finding::at(record.position, FindingKind::EndorsementWrong)
                .with(format!("endorsement {}", endorser.index))
        });
    let mut findings: Vec<Finding> = wrong.collect();
    findings.extend(endorsed.collect::<Vec<_>>());
    findings
}

/// Whether all of a group pass together. `false` says only that they are to be judged singly.
fn batch(window: &Window, group: &[Signer]) -> bool {
    let mut batch = Batch::with_capacity(group.len());
    for same in group.chunk_by(|one, other| one.key == other.key) {
        let Some(PublicKey::Ed25519(key)) = same.first().and_then(|signer| window.keys.get(signer.key))
        else {
            return false;
        };
        batch.key(key);
        for signer in same {
            let Ok(parts) = SignedEvent::parse(&window.records[signer.record].signed) else {
                return false;
            };
            let fits = parts.algorithm == Algorithm::Ed25519;
            if !fits || !batch.add(key, &parts.signed_bytes(), &parts.signature) {
                return false;
            }
        }
    }
    batch.holds()
}

/// The one rule of the format.
fn single(window: &Window, signer: &Signer) -> Result<(), SignatureError> {
    SignedEvent::parse(&window.records[signer.record].signed)?.verify(&window.keys[signer.key])
}

fn endorsement(window: &Window, endorser: &Endorser) -> Result<(), SignatureError> {
    let event = window.facts[endorser.record].event.as_ref();
    let envelope = event.map(|event| &event.envelope).ok_or(SignatureError::Wrong)?;
    let bytes = envelope
        .endorsements
        .get(endorser.index)
        .ok_or(SignatureError::Wrong)?;
    Endorsement::parse(bytes)?.verify(&envelope.commitment, &window.keys[endorser.key])
}
