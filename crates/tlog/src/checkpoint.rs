//! Checkpoints (C2SP tlog-checkpoint): a log's signed word that its tree has this size and this root.

use crate::{
    hash::{Hash, empty_root},
    key::{KeyKind, VerifierKey},
    note::{Note, NoteError, Verified},
    signature::NoteSignature,
    signer::{SignError, SignerKey},
    tile::parse_decimal,
};
use std::{fmt, str::FromStr};

/// The body of a checkpoint: which log, how many leaves, which root. `Display` and `FromStr` are the text
/// that is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    origin: String,
    size: u64,
    root: Hash,
    extensions: Vec<String>,
}

/// A checkpoint cannot be made, read or believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// The origin is empty or has a control character.
    #[error("not the origin of a log")]
    Origin,
    /// The text has not the three lines of a checkpoint, or an empty extension line.
    #[error("not a checkpoint")]
    Malformed,
    /// A tree without leaves has another root than the hash of nothing.
    #[error("the root of the empty tree is wrong")]
    EmptyTree,
    /// There are extension lines, which we read and never sign: no one audits them.
    #[error("a checkpoint with extension lines is not signed")]
    Extensions,
    /// It is signed with a trusted log key that belongs to another origin, or with none.
    #[error("no trusted key of the log itself has signed")]
    NotByLog,
    /// It is no note, or its signatures are not to be believed.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The key does not sign this.
    #[error(transparent)]
    Sign(#[from] SignError),
}

impl Checkpoint {
    /// The body for a tree of `size` leaves with this root. `origin` is the log's name for ever, by custom a
    /// URL without scheme.
    ///
    /// # Errors
    /// [`CheckpointError::Origin`], [`CheckpointError::EmptyTree`].
    pub fn new(origin: &str, size: u64, root: Hash) -> Result<Self, CheckpointError> {
        if origin.is_empty() || origin.bytes().any(|byte| byte < b' ') {
            return Err(CheckpointError::Origin);
        }
        if size == 0 && root != empty_root() {
            return Err(CheckpointError::EmptyTree);
        }
        Ok(Self {
            origin: origin.to_owned(),
            size,
            root,
            extensions: Vec::new(),
        })
    }

    /// Signs it as the log. The key's name must be the origin, so that a checkpoint names its own key.
    ///
    /// # Errors
    /// [`CheckpointError::NotByLog`] when it is not, [`CheckpointError::Extensions`],
    /// [`CheckpointError::Sign`].
    pub fn sign(&self, key: &SignerKey) -> Result<Note, CheckpointError> {
        self.sign_by_all(&[key])
    }

    /// The same with several keys of the log: Ed25519, which everybody reads, and ML-DSA-44. The second states no time, so it does
    /// not depend on a clock.
    ///
    /// # Errors
    /// As [`Checkpoint::sign`].
    pub fn sign_by_all(&self, keys: &[&SignerKey]) -> Result<Note, CheckpointError> {
        let text = self.text_to_sign()?;
        let sign = |key: &&SignerKey| match key.verifier().kind() {
            _ if key.name().as_str() != self.origin => Err(CheckpointError::NotByLog),
            KeyKind::MlDsa44 => Ok(key.cosign(self, 0)?),
            _ => Ok(key.sign(&text)?),
        };
        let signatures = keys.iter().map(sign).collect::<Result<_, _>>()?;
        Ok(Note::new(&text, signatures)?)
    }

    /// Cosigns it as a witness, at `time` seconds since 1970: the statement that of this origin no larger
    /// consistent tree has been seen. The caller has checked that, and has made it durable before it hands
    /// the signature out.
    ///
    /// # Errors
    /// [`CheckpointError::Extensions`], [`CheckpointError::Sign`].
    pub fn cosign(&self, key: &SignerKey, time: u64) -> Result<NoteSignature, CheckpointError> {
        self.text_to_sign()?;
        Ok(key.cosign(self, time)?)
    }

    /// Reads a signed checkpoint and believes it: at least one of the log's keys has signed, and every
    /// signature by a key of `log` or `witnesses` is true. Several log keys are given while one follows
    /// another. How many witnesses are enough is for the caller to say.
    ///
    /// # Errors
    /// [`CheckpointError::Note`], [`CheckpointError::Malformed`], [`CheckpointError::EmptyTree`];
    /// [`CheckpointError::NotByLog`] when no key of `log` that is named like the origin has signed.
    pub fn open<'k>(
        bytes: &[u8],
        log: &'k [VerifierKey],
        witnesses: &'k [VerifierKey],
    ) -> Result<SignedCheckpoint<'k>, CheckpointError> {
        let note = Note::parse(bytes)?;
        let trusted: Vec<&VerifierKey> = log.iter().chain(witnesses).collect();
        let verified = note.verify(&trusted)?;
        let checkpoint: Self = note.text().parse()?;
        // ML-DSA-44 signs the tree and not the text, so extension lines would be anybody's.
        let by_log = |signed: &Verified<'_>| {
            let signs_all = match signed.key.kind() {
                KeyKind::Ed25519 => true,
                KeyKind::MlDsa44 => checkpoint.extensions.is_empty(),
                KeyKind::Cosignature => false,
            };
            signs_all && signed.key.name().as_str() == checkpoint.origin && log.contains(signed.key)
        };
        if !verified.iter().any(by_log) {
            return Err(CheckpointError::NotByLog);
        }
        let cosignatures = cosignatures(&verified, witnesses);
        Ok(SignedCheckpoint {
            checkpoint,
            note,
            cosignatures,
        })
    }

    /// The log's name.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Number of leaves.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Root of the tree.
    #[must_use]
    pub const fn root(&self) -> Hash {
        self.root
    }

    /// Extension lines of a checkpoint that was read: opaque, and signed by whoever signed it.
    #[must_use]
    pub fn extensions(&self) -> &[String] {
        &self.extensions
    }

    fn text_to_sign(&self) -> Result<String, CheckpointError> {
        if self.extensions.is_empty() {
            Ok(self.to_string())
        } else {
            Err(CheckpointError::Extensions)
        }
    }
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n{}\n{}\n", self.origin, self.size, self.root)?;
        self.extensions.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}

impl FromStr for Checkpoint {
    type Err = CheckpointError;

    fn from_str(text: &str) -> Result<Self, CheckpointError> {
        let mut lines = text
            .strip_suffix('\n')
            .ok_or(CheckpointError::Malformed)?
            .split('\n');
        let mut line = || lines.next().ok_or(CheckpointError::Malformed);
        let origin = line()?;
        let size = parse_decimal(line()?).ok_or(CheckpointError::Malformed)?;
        let root = line()?.parse().map_err(|_| CheckpointError::Malformed)?;
        let mut checkpoint = Self::new(origin, size, root)?;
        for extension in lines {
            if extension.is_empty() || extension.bytes().any(|byte| byte < b' ') {
                return Err(CheckpointError::Malformed);
            }
            checkpoint.extensions.push(extension.to_owned());
        }
        Ok(checkpoint)
    }
}

/// A checkpoint whose signatures were verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedCheckpoint<'k> {
    checkpoint: Checkpoint,
    note: Note,
    cosignatures: Vec<Cosigned<'k>>,
}

impl<'k> SignedCheckpoint<'k> {
    /// What the log has signed.
    #[must_use]
    pub const fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }

    /// The note it came in, with the signatures of unknown keys too.
    #[must_use]
    pub const fn note(&self) -> &Note {
        &self.note
    }

    /// The witnesses that have cosigned, each once.
    #[must_use]
    pub fn cosignatures(&self) -> &[Cosigned<'k>] {
        &self.cosignatures
    }
}

/// A witness and when it saw the checkpoint as the largest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cosigned<'k> {
    /// The witness.
    pub key: &'k VerifierKey,
    /// Seconds since 1970, by the witness's clock: the tree existed then.
    pub time: u64,
}

/// Who of the witnesses has cosigned. The message does not name its cosigner, so one key under two names is
/// one witness: anybody could copy the signature to the other name.
fn cosignatures<'k>(verified: &[Verified<'k>], witnesses: &[VerifierKey]) -> Vec<Cosigned<'k>> {
    let mut cosignatures: Vec<Cosigned<'k>> = Vec::new();
    for Verified { key, time } in verified.iter().filter(|signed| witnesses.contains(signed.key)) {
        let known = cosignatures
            .iter()
            .any(|cosigned| cosigned.key.public() == key.public());
        // The time 0 does not say that the tree was the largest, so it is no witness's word.
        if let (Some(time @ 1..), false) = (*time, known) {
            cosignatures.push(Cosigned { key, time });
        }
    }
    cosignatures
}
