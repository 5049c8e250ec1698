//! Fork evidence: two checkpoints that one log has signed and that cannot both be true. A file that needs neither the log nor trust in
//! whoever brings it: the log's own signatures accuse it.

use std::fmt;

use crate::{
    checkpoint::{Checkpoint, CheckpointError},
    hash::Hash,
    key::VerifierKey,
    note::{MAX_NOTE_SIZE, Note, NoteError},
    proof::{MAX_PROOF_HASHES, ProofError, verify_consistency},
};

/// First line of the format.
const HEADER: &str = "hotich/fork-evidence/v1";

/// Longest file that is read, in bytes.
pub const MAX_FORK_SIZE: usize = 2 * MAX_NOTE_SIZE + MAX_PROOF_HASHES * 45 + 256;

/// Two signed checkpoints of one log, and why they contradict each other. `Display` is the file; one that was read is written back
/// byte for byte. Nothing of it is to be believed before [`ForkEvidence::verify`].
///
/// Of one size, two roots are enough. Else the larger tree's own beginning is shown: `root`, the root of the first leaves, as many as
/// the smaller tree has, with the proof that the larger tree begins so. It is not the root that was signed for the smaller tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForkEvidence {
    beginning: Option<(Hash, Vec<Hash>)>,
    smaller: Note,
    larger: Note,
}

/// A file is no evidence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ForkError {
    /// Not the lines of the format, or too many of them.
    #[error("not fork evidence")]
    Malformed,
    /// A checkpoint is no signed note.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// A checkpoint is not signed by the log.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// They are of two logs, which may say what they like of themselves.
    #[error("the checkpoints are of two logs")]
    TwoLogs,
    /// They can both be true: one root, or a proof that shows the root that was signed.
    #[error("the checkpoints do not contradict each other")]
    Consistent,
    /// The larger tree is not shown to begin as is said.
    #[error(transparent)]
    Proof(#[from] ProofError),
}

/// What evidence proves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fork {
    /// The smaller tree that the log signed for, or one of two of a size.
    pub smaller: Checkpoint,
    /// The larger one, or the other.
    pub larger: Checkpoint,
    /// The root of the larger tree's beginning, which should be that of the smaller tree.
    pub beginning: Hash,
}

impl ForkEvidence {
    /// Evidence of two checkpoints of one size.
    #[must_use]
    pub const fn of_one_size(one: Note, other: Note) -> Self {
        Self {
            beginning: None,
            smaller: one,
            larger: other,
        }
    }

    /// Evidence of two sizes: `root` is that of the larger tree's first leaves, `proof` the consistency proof from there.
    #[must_use]
    pub const fn of_two_sizes(smaller: Note, larger: Note, root: Hash, proof: Vec<Hash>) -> Self {
        Self {
            beginning: Some((root, proof)),
            smaller,
            larger,
        }
    }

    /// Reads the file.
    ///
    /// # Errors
    /// [`ForkError::Malformed`], [`ForkError::Note`].
    pub fn parse(bytes: &[u8]) -> Result<Self, ForkError> {
        if bytes.len() > MAX_FORK_SIZE {
            return Err(ForkError::Malformed);
        }
        let text = str::from_utf8(bytes).map_err(|_| ForkError::Malformed)?;
        let parts: Vec<&str> = text.splitn(6, "\n\n").collect();
        let [head, one, one_signed, other, other_signed] = *parts.as_slice() else {
            return Err(ForkError::Malformed);
        };
        let mut lines = head.split('\n');
        if lines.next() != Some(HEADER) {
            return Err(ForkError::Malformed);
        }
        let root = lines
            .next()
            .map(|line| line.strip_prefix("root ").map(str::parse));
        let beginning = match root {
            None => None,
            Some(Some(Ok(root))) => {
                let proof: Result<Vec<Hash>, _> = lines.take(MAX_PROOF_HASHES + 1).map(str::parse).collect();
                Some((root, proof.map_err(|_| ForkError::Malformed)?))
            }
            Some(_) => return Err(ForkError::Malformed),
        };
        if beginning
            .as_ref()
            .is_some_and(|(_, proof)| proof.len() > MAX_PROOF_HASHES)
        {
            return Err(ForkError::Malformed);
        }
        Ok(Self {
            beginning,
            smaller: Note::parse(format!("{one}\n\n{one_signed}\n").as_bytes())?,
            larger: Note::parse(format!("{other}\n\n{other_signed}").as_bytes())?,
        })
    }

    /// Judges it by the keys of the log: both checkpoints are signed by it, and they cannot both be true.
    ///
    /// # Errors
    /// [`ForkError`].
    pub fn verify(&self, log: &[VerifierKey]) -> Result<Fork, ForkError> {
        let opened = |note: &Note| {
            Checkpoint::open(note.to_string().as_bytes(), log, &[]).map(|opened| opened.checkpoint().clone())
        };
        let (smaller, larger) = (opened(&self.smaller)?, opened(&self.larger)?);
        if smaller.origin() != larger.origin() {
            return Err(ForkError::TwoLogs);
        }
        let beginning = match &self.beginning {
            None if smaller.size() == larger.size() => larger.root(),
            None => return Err(ForkError::Malformed),
            // Of equal sizes this would be another spelling of the shorter form.
            Some(_) if smaller.size() >= larger.size() => return Err(ForkError::Malformed),
            Some((root, proof)) => {
                verify_consistency(smaller.size(), larger.size(), *root, larger.root(), proof)?;
                *root
            }
        };
        if beginning == smaller.root() {
            return Err(ForkError::Consistent);
        }
        Ok(Fork {
            smaller,
            larger,
            beginning,
        })
    }
}

impl fmt::Display for ForkEvidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADER}")?;
        if let Some((root, proof)) = &self.beginning {
            writeln!(f, "root {root}")?;
            proof.iter().try_for_each(|hash| writeln!(f, "{hash}"))?;
        }
        write!(f, "\n{}\n{}", self.smaller, self.larger)
    }
}
