//! [`Witness`]: judges, remembers, cosigns.

use std::sync::Arc;

use sha2::{Digest as _, Sha256};
use tlog::{AddCheckpoint, Checkpoint, Note, NoteSignature, SignerKey, VerifierKey, WitnessRefusal};

use crate::memory::{Memory, MemoryError, Seen};

/// The time, in seconds since 1970. The clock of the machine, or a test's.
pub type Seconds = Arc<dyn Fn() -> u64 + Send + Sync>;

/// A witness: its keys, the logs it knows, what it has seen of them.
pub struct Witness {
    keys: Vec<SignerKey>,
    logs: Vec<VerifierKey>,
    memory: Memory,
    now: Seconds,
}

/// A witness gives no cosignature.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// By the rules of tlog-witness.
    #[error(transparent)]
    Judged(#[from] WitnessRefusal),
    /// Its memory fails.
    #[error(transparent)]
    Memory(#[from] MemoryError),
    /// Its key or its clock cannot sign.
    #[error("the witness cannot sign")]
    Signing,
}

impl Witness {
    /// With its keys (each signs a line of its own), the keys of the logs that it cosigns, and its memory.
    #[must_use]
    pub fn new(keys: Vec<SignerKey>, logs: Vec<VerifierKey>, memory: Memory, now: Seconds) -> Self {
        Self {
            keys,
            logs,
            memory,
            now,
        }
    }

    /// Judges the body of `POST /add-checkpoint`. What it answers is a cosignature by each of its keys, and it is on the disk before.
    ///
    /// Reading what was seen, judging and remembering are one step: the memory moves only from the tree against which the request was
    /// judged, so of two requests at once the second is told of the first.
    ///
    /// # Errors
    /// [`Refused`].
    pub async fn add_checkpoint(&self, body: &[u8]) -> Result<Vec<NoteSignature>, Refused> {
        let request = AddCheckpoint::parse(body).map_err(|_| WitnessRefusal::Malformed)?;
        let origin = request.origin();
        let seen = self.memory.last(origin).await?;
        let tree = request.judge(&self.logs, seen.as_ref().map(|seen| (seen.size, seen.root)))?;
        let lines = self.cosign(&tree)?;
        let new = Seen {
            size: tree.size(),
            root: tree.root(),
            note: self.note(&request, &lines)?,
        };
        if self.memory.replace(origin, seen.as_ref(), &new).await? {
            return Ok(lines);
        }
        let size = self.memory.last(origin).await?.map_or(0, |seen| seen.size);
        Err(WitnessRefusal::Conflict { size }.into())
    }

    /// The last checkpoint of the log whose origin has this SHA-256 in lower-case hexadecimal, with the cosignatures; nothing when
    /// none was cosigned yet.
    ///
    /// # Errors
    /// [`MemoryError`].
    pub async fn latest(&self, origin_hash: &str) -> Result<Option<String>, MemoryError> {
        let named = |key: &&VerifierKey| hex::encode(Sha256::digest(key.name().as_str())) == origin_hash;
        match self.logs.iter().find(named) {
            Some(log) => Ok(self.memory.last(log.name().as_str()).await?.map(|seen| seen.note)),
            None => Ok(None),
        }
    }

    fn cosign(&self, tree: &Checkpoint) -> Result<Vec<NoteSignature>, Refused> {
        let time = (self.now)();
        if time == 0 {
            return Err(Refused::Signing);
        }
        let lines: Result<Vec<_>, _> = self.keys.iter().map(|key| tree.cosign(key, time)).collect();
        lines.map_err(|_| Refused::Signing)
    }

    /// What is shown to monitors: the lines of the log that were verified, and its own. Others might be anything.
    fn note(&self, request: &AddCheckpoint, own: &[NoteSignature]) -> Result<String, Refused> {
        let of_log = |line: &&NoteSignature| self.logs.iter().any(|key| line.is_by(key));
        let lines = request.checkpoint.signatures().iter().filter(of_log).chain(own);
        let note = Note::new(request.checkpoint.text(), lines.cloned().collect());
        note.map(|note| note.to_string())
            .map_err(|_| WitnessRefusal::Malformed.into())
    }
}
