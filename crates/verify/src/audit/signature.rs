//! Signatures, on all cores: in batches where they may, one by one where they must.

use std::sync::Arc;

use bytes::Bytes;
use civil::cose::{Algorithm, Endorsement, PublicKey, SignatureError, SignedEvent};
use civil::envelope::Commitment;
use civil::id::KeyId;
use rayon::prelude::*;

use super::batch::Batch;
use crate::finding::{Finding, FindingKind};

/// Whose signature an event bears.
#[derive(Debug, Clone)]
pub(crate) struct Signer {
    pub(crate) position: u64,
    pub(crate) signed: Bytes,
    pub(crate) key: Key,
}

/// Whose endorsement an event bears.
#[derive(Debug, Clone)]
pub(crate) struct Endorser {
    pub(crate) position: u64,
    /// Which of its endorsements.
    pub(crate) index: usize,
    pub(crate) bytes: Vec<u8>,
    pub(crate) commitment: Commitment,
    pub(crate) key: Key,
}

/// A key that was granted.
#[derive(Debug, Clone)]
pub(crate) struct Key {
    /// Brings signatures by one key together. Keys that share it by chance are judged singly.
    number: u64,
    public: Arc<PublicKey>,
}

impl Key {
    /// The key of that name.
    pub(crate) fn new(id: KeyId, public: &Arc<PublicKey>) -> Self {
        let number = id.0.first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes));
        Self {
            number,
            public: public.clone(),
        }
    }
}

/// Signatures that wait for their verdict.
#[derive(Debug, Default)]
pub(crate) struct Pending {
    pub(crate) signers: Vec<Signer>,
    pub(crate) endorsers: Vec<Endorser>,
}

/// How many signatures wait for each other: the more, the more of them are by one key. About 30 MB.
const POOL: usize = 65_536;
/// How many signatures share an equation: enough that its fixed part costs little, few enough for the cache.
const GROUP: usize = 4096;
/// Below this an equation saves nothing.
const GROUP_MIN: usize = 4;

impl Pending {
    /// Whether there are enough to begin.
    pub(crate) fn is_full(&self) -> bool {
        self.signers.len() >= POOL || self.endorsers.len() >= POOL
    }

    /// Whether none waits.
    pub(crate) const fn is_empty(&self) -> bool {
        self.signers.is_empty() && self.endorsers.is_empty()
    }

    /// Judges them all; answers what is wrong.
    pub(crate) fn judge(self, strict: bool) -> Vec<Finding> {
        let batched = |signer: &Signer| !strict && matches!(*signer.key.public, PublicKey::Ed25519(_));
        let (mut together, mut singly): (Vec<Signer>, Vec<Signer>) =
            self.signers.into_iter().partition(batched);
        // By key, so that each key is one term of few equations.
        together.par_sort_unstable_by_key(|signer| (signer.key.number, signer.position));
        let group = together
            .len()
            .div_ceil(rayon::current_num_threads())
            .clamp(GROUP_MIN, GROUP);
        let failed = together
            .par_chunks(group)
            .filter(|group| group.len() < GROUP_MIN || !batch(group))
            .flat_map_iter(|group| group.iter().cloned());
        singly.extend(failed.collect::<Vec<_>>());
        let wrong = singly
            .par_iter()
            .filter(|signer| single(signer).is_err())
            .map(|signer| Finding::at(signer.position, FindingKind::SignatureWrong));
        let endorsed = self
            .endorsers
            .par_iter()
            .filter(|endorser| endorsement(endorser).is_err())
            .map(|endorser| {
                Finding::at(endorser.position, FindingKind::EndorsementWrong)
                    .with(format!("endorsement {}", endorser.index))
            });
        wrong.chain(endorsed).collect()
    }
}

/// Whether all of a group pass together. `false` says only that they are to be judged singly.
fn batch(group: &[Signer]) -> bool {
    let mut batch = Batch::with_capacity(group.len());
    for same in group.chunk_by(|one, other| one.key.number == other.key.number) {
        let Some(PublicKey::Ed25519(key)) = same.first().map(|signer| &*signer.key.public) else {
            return false;
        };
        batch.key(key);
        for signer in same {
            let Ok(parts) = SignedEvent::parse(&signer.signed) else {
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
fn single(signer: &Signer) -> Result<(), SignatureError> {
    SignedEvent::parse(&signer.signed)?.verify(&signer.key.public)
}

fn endorsement(endorser: &Endorser) -> Result<(), SignatureError> {
    Endorsement::parse(&endorser.bytes)?.verify(&endorser.commitment, &endorser.key.public)
}
