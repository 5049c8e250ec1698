//! [`RemoteWitness`]: a witness as its log asks it.

use std::sync::Arc;

use async_trait::async_trait;
use sha2::{Digest as _, Sha256};
use tlog::{
    AddCheckpoint, Checkpoint, Hash, Note, NoteSignature, PolicyWitness, VerifierKey, read_cosignatures,
    read_size,
};
use tokio::sync::Mutex;

use crate::memory::Seen;
use crate::transport::{Transport, TransportError};

/// How often a witness may name another size before it is given up: the one that we remember may be old, and another publisher may come
/// between once.
const ATTEMPTS: usize = 3;

/// Makes consistency proofs: the log's tiles.
#[async_trait]
pub trait Prover: Send + Sync {
    /// The proof that the tree of `new` leaves continues that of `old`; empty from 0.
    async fn consistency(&self, old: u64, new: u64) -> Result<Vec<Hash>, String>;
}

/// A witness, where it is asked, and what it is known to have seen.
#[derive(Debug)]
pub struct RemoteWitness {
    name: String,
    url: String,
    key: VerifierKey,
    /// Held while it is asked: one request at a time, and a slow witness is not asked again meanwhile.
    seen: Arc<Mutex<u64>>,
}

/// Why there is no cosignature.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// It could not be reached, or did not answer in time.
    #[error("it does not answer: {0}")]
    Unreachable(#[from] TransportError),
    /// It is still answering what it was asked before.
    #[error("it is still answering")]
    Busy,
    /// It had not answered when there were enough others.
    #[error("it was not waited for")]
    NotAwaited,
    /// It answered with a status that is no cosignature.
    #[error("it answers {0}")]
    Status(u16),
    /// What it answered cannot be read, or names one size and then another without end.
    #[error("its answer makes no sense")]
    Nonsense,
    /// What it answered is not its cosignature of this checkpoint.
    #[error("its cosignature is false")]
    FalseSignature,
    /// It has seen a tree of the log that is larger than the one to be cosigned.
    #[error("it has seen a tree of {0}, which is larger")]
    Ahead(u64),
    /// It has seen another history.
    #[error("what it has seen is not continued")]
    Denied,
    /// The log cannot prove that it continues what the witness saw.
    #[error("no proof can be made: {0}")]
    NoProof(String),
}

impl RemoteWitness {
    /// The witness of a policy, if the policy says where it is asked.
    #[must_use]
    pub fn of(witness: &PolicyWitness) -> Option<Self> {
        Some(Self {
            name: String::from_utf8_lossy(witness.name()).into_owned(),
            url: witness.url()?.trim_end_matches('/').to_owned(),
            key: witness.key().clone(),
            seen: Arc::new(Mutex::new(0)),
        })
    }

    /// What the policy calls it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its key.
    #[must_use]
    pub const fn key(&self) -> &VerifierKey {
        &self.key
    }

    /// Asks it to cosign a checkpoint that `log` has signed.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn cosign(
        &self,
        transport: &dyn Transport,
        prover: &dyn Prover,
        log: &[VerifierKey],
        note: &Note,
    ) -> Result<NoteSignature, Trouble> {
        let mut seen = self.seen.try_lock().map_err(|_| Trouble::Busy)?;
        let tree: Checkpoint = note.text().parse().map_err(|_| Trouble::Nonsense)?;
        let url = format!("{}/add-checkpoint", self.url);
        for _ in 0..ATTEMPTS {
            // The size that it named may be any number; after a failure it is asked from the beginning.
            let old = *seen;
            if old > tree.size() {
                *seen = 0;
                return Err(Trouble::Ahead(old));
            }
            let proof = prover
                .consistency(old, tree.size())
                .await
                .map_err(Trouble::NoProof)?;
            let request = AddCheckpoint {
                old,
                proof,
                checkpoint: note.clone(),
            };
            let answer = transport.post(&url, request.to_string()).await?;
            match answer.status {
                200 => {
                    let line = self.own_line(log, note, &answer.body)?;
                    *seen = tree.size();
                    return Ok(line);
                }
                409 => {
                    let size = read_size(&answer.body).filter(|size| *size != old);
                    *seen = size.ok_or(Trouble::Nonsense)?;
                }
                422 => return Err(Trouble::Denied),
                status => return Err(Trouble::Status(status)),
            }
        }
        *seen = 0;
        Err(Trouble::Nonsense)
    }

    /// Asks for the last checkpoint that it has cosigned: one that `log` has signed, whoever else has.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn latest(
        &self,
        transport: &dyn Transport,
        log: &[VerifierKey],
        origin: &str,
    ) -> Result<Option<Seen>, Trouble> {
        let origin_hash = hex::encode(Sha256::digest(origin));
        let answer = transport
            .get(&format!("{}/{origin_hash}/checkpoint", self.url))
            .await?;
        match answer.status {
            404 => Ok(None),
            200 => {
                let opened = Checkpoint::open(&answer.body, log, &[]).map_err(|_| Trouble::FalseSignature)?;
                let tree = opened.checkpoint();
                if tree.origin() != origin {
                    return Err(Trouble::Nonsense);
                }
                Ok(Some(Seen {
                    size: tree.size(),
                    root: tree.root(),
                    note: opened.note().to_string(),
                }))
            }
            status => Err(Trouble::Status(status)),
        }
    }

    /// The line by its key among those that it answered, if it is true. Others are nobody's business: whatever else it sends does not get
    /// into the checkpoint.
    fn own_line(&self, log: &[VerifierKey], note: &Note, answer: &[u8]) -> Result<NoteSignature, Trouble> {
        let lines = read_cosignatures(answer).map_err(|_| Trouble::Nonsense)?;
        let own = lines.into_iter().find(|line| line.is_by(&self.key));
        let own = own.ok_or(Trouble::FalseSignature)?;
        let mut cosigned = note.clone();
        cosigned.add(own.clone()).map_err(|_| Trouble::Nonsense)?;
        let witnesses = [self.key.clone()];
        let opened = Checkpoint::open(cosigned.to_string().as_bytes(), log, &witnesses);
        match opened {
            Ok(opened) if opened.cosignatures().len() == 1 => Ok(own),
            _ => Err(Trouble::FalseSignature),
        }
    }
}
