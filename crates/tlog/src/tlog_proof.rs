//! Proof files (C2SP tlog-proof, `.tlog-proof`): all that is needed to check, offline, that an entry is in a
//! log.

use crate::{
    checkpoint::{Checkpoint, CheckpointError, SignedCheckpoint},
    hash::Hash,
    key::VerifierKey,
    note::{MAX_NOTE_SIZE, Note, NoteError},
    proof::{ProofError, verify_inclusion},
    signature::NoteSignature,
    tile::parse_decimal,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use std::fmt;

/// First line of the format.
const HEADER: &str = "c2sp.org/tlog-proof@v1";

/// Most hashes of an inclusion proof in a tree of 64-bit size.
const MAX_PATH: usize = 64;

/// Most bytes of extra data that are read or written.
pub const MAX_EXTRA_SIZE: usize = 65_536;

/// Longest proof file that is read: a note, extra data in base64, a path, and the words around them.
pub const MAX_PROOF_SIZE: usize = MAX_NOTE_SIZE + 2 * MAX_EXTRA_SIZE + MAX_PATH * 45 + 256;

/// The longest signature that a proof for people carries: an Ed25519 cosignature with its time. ML-DSA-44 takes 2,428 bytes.
const LONGEST_SHORT: usize = 72;

/// An inclusion proof with the signed checkpoint it leads to. `Display` is the file; a file that was read is
/// written back byte for byte. Nothing of it is to be believed before [`TlogProof::verify`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlogProof {
    extra: Option<Vec<u8>>,
    index: u64,
    path: Vec<Hash>,
    checkpoint: Note,
}

/// A proof file cannot be made, read or believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TlogProofError {
    /// The text has not the lines of a proof file.
    #[error("not a transparency log proof")]
    Malformed,
    /// Longer than [`MAX_PROOF_SIZE`], more extra data than [`MAX_EXTRA_SIZE`], or more hashes than any tree
    /// has layers.
    #[error("the proof is too large")]
    TooLarge,
    /// The checkpoint is no signed note.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The checkpoint is not to be believed.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// The leaf is not proved to be in the tree.
    #[error(transparent)]
    Inclusion(#[from] ProofError),
}

impl TlogProof {
    /// A proof that the leaf at `index` is in the tree of `checkpoint`: `path` as made by
    /// [`inclusion_proof`](crate::inclusion_proof) for the checkpoint's size.
    ///
    /// # Errors
    /// [`TlogProofError::TooLarge`].
    pub fn new(index: u64, path: Vec<Hash>, checkpoint: Note) -> Result<Self, TlogProofError> {
        if path.len() > MAX_PATH {
            return Err(TlogProofError::TooLarge);
        }
        Ok(Self {
            extra: None,
            index,
            path,
            checkpoint,
        })
    }

    /// The same with data for the application. Nothing authenticates them. Empty data are left out, as the
    /// format asks.
    ///
    /// # Errors
    /// [`TlogProofError::TooLarge`].
    pub fn with_extra(self, extra: &[u8]) -> Result<Self, TlogProofError> {
        if extra.len() > MAX_EXTRA_SIZE {
            return Err(TlogProofError::TooLarge);
        }
        Ok(Self {
            extra: (!extra.is_empty()).then(|| extra.to_vec()),
            ..self
        })
    }

    /// The same without the log's own second signature (ML-DSA-44), where its first one stays: so that it fits a code. Whoever believes the log by its second key
    /// alone needs the checkpoint. What witnesses signed stays, for a quorum may need it.
    #[must_use]
    pub fn short(mut self) -> Self {
        let text = self.checkpoint.text();
        let origin = text.split('\n').next().unwrap_or_default();
        let is_own = |signature: &NoteSignature| signature.name().as_str() == origin;
        let is_long = |signature: &NoteSignature| signature.bytes().len() > LONGEST_SHORT;
        let signatures = self.checkpoint.signatures();
        if signatures.iter().any(|line| is_own(line) && !is_long(line)) {
            let kept = signatures.iter().filter(|line| !is_own(line) || !is_long(line));
            if let Ok(note) = Note::new(text, kept.cloned().collect()) {
                self.checkpoint = note;
            }
        }
        self
    }

    /// Reads a proof file.
    ///
    /// # Errors
    /// [`TlogProofError::Malformed`], [`TlogProofError::TooLarge`], [`TlogProofError::Note`].
    pub fn parse(bytes: &[u8]) -> Result<Self, TlogProofError> {
        if bytes.len() > MAX_PROOF_SIZE {
            return Err(TlogProofError::TooLarge);
        }
        let text = str::from_utf8(bytes).map_err(|_| TlogProofError::Malformed)?;
        let (head, checkpoint) = text.split_once("\n\n").ok_or(TlogProofError::Malformed)?;
        let mut lines = head.split('\n');
        let mut line = lines.next();
        if line != Some(HEADER) {
            return Err(TlogProofError::Malformed);
        }
        line = lines.next();
        let extra = line
            .and_then(|line| line.strip_prefix("extra "))
            .map(parse_extra)
            .transpose()?;
        if extra.is_some() {
            line = lines.next();
        }
        let index = line
            .and_then(|line| line.strip_prefix("index "))
            .and_then(parse_decimal);
        let path = lines
            .map(str::parse)
            .collect::<Result<Vec<Hash>, _>>()
            .map_err(|_| TlogProofError::Malformed)?;
        let proof = Self::new(
            index.ok_or(TlogProofError::Malformed)?,
            path,
            Note::parse(checkpoint.as_bytes())?,
        )?;
        Ok(Self { extra, ..proof })
    }

    /// Checks that the leaf with this hash is in the log: the checkpoint is signed by the log
    /// ([`Checkpoint::open`]), and the path leads from the leaf to its root. Answers the checkpoint with the
    /// witnesses that have cosigned it; how many of them are enough is for the caller to say.
    ///
    /// # Errors
    /// [`TlogProofError::Checkpoint`], [`TlogProofError::Inclusion`].
    pub fn verify<'k>(
        &self,
        leaf: Hash,
        log: &'k [VerifierKey],
        witnesses: &'k [VerifierKey],
    ) -> Result<SignedCheckpoint<'k>, TlogProofError> {
        let signed = Checkpoint::open(self.checkpoint.to_string().as_bytes(), log, witnesses)?;
        let tree = signed.checkpoint();
        verify_inclusion(self.index, tree.size(), leaf, tree.root(), &self.path)?;
        Ok(signed)
    }

    /// Data for the application, which nothing authenticates.
    #[must_use]
    pub fn extra(&self) -> Option<&[u8]> {
        self.extra.as_deref()
    }

    /// Index of the leaf, from 0.
    #[must_use]
    pub const fn index(&self) -> u64 {
        self.index
    }

    /// The inclusion proof, from the leaf's sibling up to the root's child.
    #[must_use]
    pub fn path(&self) -> &[Hash] {
        &self.path
    }

    /// The signed checkpoint.
    #[must_use]
    pub const fn checkpoint(&self) -> &Note {
        &self.checkpoint
    }
}

impl fmt::Display for TlogProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADER}")?;
        if let Some(extra) = &self.extra {
            writeln!(f, "extra {}", STANDARD.encode(extra))?;
        }
        writeln!(f, "index {}", self.index)?;
        self.path.iter().try_for_each(|hash| writeln!(f, "{hash}"))?;
        write!(f, "\n{}", self.checkpoint)
    }
}

/// The extra data of the second line; where there are none the line is left out.
fn parse_extra(text: &str) -> Result<Vec<u8>, TlogProofError> {
    let extra = STANDARD.decode(text).map_err(|_| TlogProofError::Malformed)?;
    match extra.len() {
        0 => Err(TlogProofError::Malformed),
        1..=MAX_EXTRA_SIZE => Ok(extra),
        _ => Err(TlogProofError::TooLarge),
    }
}
