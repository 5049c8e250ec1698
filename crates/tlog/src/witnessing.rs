//! What a log sends to its witnesses and what they answer (C2SP tlog-witness), and how a witness judges it. Bytes and rules; who
//! carries them is not known here.

use std::fmt;

use crate::{
    checkpoint::{Checkpoint, CheckpointError},
    hash::Hash,
    key::VerifierKey,
    note::{MAX_NOTE_SIZE, MAX_SIGNATURES, Note, NoteError},
    proof::verify_consistency,
    signature::NoteSignature,
    tile::parse_decimal,
};

/// Most hashes of the proof in a request.
pub const MAX_REQUEST_HASHES: usize = 63;

/// Longest request that is read, in bytes.
pub const MAX_REQUEST_SIZE: usize = MAX_NOTE_SIZE + MAX_REQUEST_HASHES * 45 + 32;

/// The body of `POST /add-checkpoint`: a checkpoint, and the proof that it continues the one that the witness has seen last.
/// `Display` is the body; one that was read is written back byte for byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddCheckpoint {
    /// Size of the tree that the witness has seen last; 0 for none.
    pub old: u64,
    /// The consistency proof from that tree.
    pub proof: Vec<Hash>,
    /// The checkpoint, signed by its log.
    pub checkpoint: Note,
}

/// A text is no request, or no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// Longer than [`MAX_REQUEST_SIZE`].
    #[error("the request is too large")]
    TooLarge,
    /// Not the lines that tlog-witness asks for.
    #[error("not a request to a witness, nor its answer")]
    Malformed,
    /// What should be a checkpoint is no note.
    #[error(transparent)]
    Note(#[from] NoteError),
}

/// Why a witness does not cosign. The first that applies is answered, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum WitnessRefusal {
    /// 400: not a request, or a checkpoint with extension lines, which nobody would stand for.
    #[error("the request cannot be read")]
    Malformed,
    /// 404: no log of that origin is known.
    #[error("the log is not known here")]
    UnknownLog,
    /// 403: no known key of the log has signed, or a signature is false.
    #[error("no trusted key of the log has signed")]
    Unsigned,
    /// 400: the old tree would be larger than the new.
    #[error("the old size is larger than that of the checkpoint")]
    Shrunk,
    /// 409: the tree seen last has another size.
    #[error("{size} is the size of the tree that was seen last")]
    Conflict {
        /// The size that was seen last.
        size: u64,
    },
    /// 422: the tree does not continue the one that was seen last.
    #[error("the checkpoint does not continue the one that was seen last")]
    Inconsistent,
}

impl WitnessRefusal {
    /// The HTTP status that tlog-witness gives it.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::Malformed | Self::Shrunk => 400,
            Self::UnknownLog => 404,
            Self::Unsigned => 403,
            Self::Conflict { .. } => 409,
            Self::Inconsistent => 422,
        }
    }
}

impl AddCheckpoint {
    /// Reads the body of a request.
    ///
    /// # Errors
    /// [`RequestError`].
    pub fn parse(bytes: &[u8]) -> Result<Self, RequestError> {
        if bytes.len() > MAX_REQUEST_SIZE {
            return Err(RequestError::TooLarge);
        }
        let text = str::from_utf8(bytes).map_err(|_| RequestError::Malformed)?;
        let (head, note) = text.split_once("\n\n").ok_or(RequestError::Malformed)?;
        let mut lines = head.split('\n');
        let old = lines.next().and_then(|line| line.strip_prefix("old "));
        let old = old.and_then(parse_decimal).ok_or(RequestError::Malformed)?;
        let proof: Result<Vec<Hash>, _> = lines.take(MAX_REQUEST_HASHES + 1).map(str::parse).collect();
        let proof = proof.map_err(|_| RequestError::Malformed)?;
        if proof.len() > MAX_REQUEST_HASHES {
            return Err(RequestError::Malformed);
        }
        Ok(Self {
            old,
            proof,
            checkpoint: Note::parse(note.as_bytes())?,
        })
    }

    /// The log that it is about, as it says: the first line of the checkpoint.
    #[must_use]
    pub fn origin(&self) -> &str {
        self.checkpoint.text().split('\n').next().unwrap_or_default()
    }

    /// Judges it as a witness that trusts the keys of `log` for this origin and has `seen` a tree of that size and root last.
    /// Answers the tree to remember and then to cosign.
    ///
    /// # Errors
    /// [`WitnessRefusal`], the first that applies.
    pub fn judge(
        &self,
        log: &[VerifierKey],
        seen: Option<(u64, Hash)>,
    ) -> Result<Checkpoint, WitnessRefusal> {
        let own: Vec<_> = log
            .iter()
            .filter(|key| key.name().as_str() == self.origin())
            .cloned()
            .collect();
        if own.is_empty() {
            return Err(WitnessRefusal::UnknownLog);
        }
        let signed = match Checkpoint::open(self.checkpoint.to_string().as_bytes(), &own, &[]) {
            Ok(signed) => signed.checkpoint().clone(),
            Err(CheckpointError::EmptyTree) => return Err(WitnessRefusal::Inconsistent),
            Err(CheckpointError::Note(_) | CheckpointError::NotByLog) => {
                return Err(WitnessRefusal::Unsigned);
            }
            Err(_) => return Err(WitnessRefusal::Malformed),
        };
        if !signed.extensions().is_empty() {
            return Err(WitnessRefusal::Malformed);
        }
        if self.old > signed.size() {
            return Err(WitnessRefusal::Shrunk);
        }
        let (size, root) = seen.unwrap_or((0, crate::hash::empty_root()));
        if self.old != size {
            return Err(WitnessRefusal::Conflict { size });
        }
        verify_consistency(size, signed.size(), root, signed.root(), &self.proof)
            .map_err(|_| WitnessRefusal::Inconsistent)?;
        Ok(signed)
    }
}

impl fmt::Display for AddCheckpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "old {}", self.old)?;
        self.proof.iter().try_for_each(|hash| writeln!(f, "{hash}"))?;
        write!(f, "\n{}", self.checkpoint)
    }
}

/// Reads the answer of a witness that has cosigned: one or more lines. They are not verified.
///
/// # Errors
/// [`RequestError::Malformed`].
pub fn read_cosignatures(answer: &[u8]) -> Result<Vec<NoteSignature>, RequestError> {
    let text = str::from_utf8(answer).map_err(|_| RequestError::Malformed)?;
    let lines = text.strip_suffix('\n').ok_or(RequestError::Malformed)?;
    let lines: Result<Vec<_>, _> = lines
        .split('\n')
        .take(MAX_SIGNATURES + 1)
        .map(str::parse::<NoteSignature>)
        .collect();
    let lines = lines.map_err(|_| RequestError::Malformed)?;
    if lines.len() > MAX_SIGNATURES {
        return Err(RequestError::Malformed);
    }
    Ok(lines)
}

/// Reads the size that comes with 409.
#[must_use]
pub fn read_size(answer: &[u8]) -> Option<u64> {
    parse_decimal(str::from_utf8(answer).ok()?.strip_suffix('\n')?)
}
