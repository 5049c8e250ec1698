//! Signed notes (C2SP signed-note): a text and the signatures of whoever stands by it.

use crate::{key::VerifierKey, signature::NoteSignature};
use std::fmt;

/// Longest note that is read, in bytes.
pub const MAX_NOTE_SIZE: usize = 1_000_000;

/// Most signatures that are read. The specification asks for at least 16.
pub const MAX_SIGNATURES: usize = 100;

/// A text with signatures. Until [`Note::verify`] has answered, the text is not to be believed.
///
/// `Display` is the note as it is exchanged; a note that was read is written back byte for byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<NoteSignature>,
}

/// A signature of a note that was verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified<'k> {
    /// The key that signed.
    pub key: &'k VerifierKey,
    /// The time the signature states, in seconds since 1970; only cosignatures do.
    pub time: Option<u64>,
}

/// A text is no note, or a note is not to be believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// Longer than [`MAX_NOTE_SIZE`], or more than [`MAX_SIGNATURES`].
    #[error("the note is too large")]
    TooLarge,
    /// Not UTF-8, a control character, no final line feed, no empty line, no signature line.
    #[error("not a signed note")]
    Malformed,
    /// Two trusted keys have the same name and id; which one signed cannot be said.
    #[error("two trusted keys are named {name}+{id:08x}")]
    AmbiguousKey {
        /// Name of the keys.
        name: String,
        /// Id of the keys.
        id: u32,
    },
    /// A signature says it is by a trusted key and is not.
    #[error("the signature by {name}+{id:08x} is false")]
    WrongSignature {
        /// Name of the key.
        name: String,
        /// Id of the key.
        id: u32,
    },
    /// No trusted key has signed.
    #[error("no trusted key has signed the note")]
    Unsigned,
}

impl Note {
    /// A note over a text, which must end in a line feed and have no other control characters.
    ///
    /// # Errors
    /// [`NoteError::Malformed`], [`NoteError::TooLarge`].
    pub fn new(text: &str, signatures: Vec<NoteSignature>) -> Result<Self, NoteError> {
        check_text(text)?;
        let note = Self {
            text: text.to_owned(),
            signatures,
        };
        if note.signatures.len() > MAX_SIGNATURES || note.to_string().len() > MAX_NOTE_SIZE {
            return Err(NoteError::TooLarge);
        }
        if note.signatures.is_empty() {
            Err(NoteError::Malformed)
        } else {
            Ok(note)
        }
    }

    /// Reads a note. The last empty line separates the text from the signatures.
    ///
    /// # Errors
    /// [`NoteError::Malformed`], [`NoteError::TooLarge`].
    pub fn parse(bytes: &[u8]) -> Result<Self, NoteError> {
        if bytes.len() > MAX_NOTE_SIZE {
            return Err(NoteError::TooLarge);
        }
        let note = str::from_utf8(bytes).map_err(|_| NoteError::Malformed)?;
        let (text, lines) = note.rsplit_once("\n\n").ok_or(NoteError::Malformed)?;
        let lines = lines.strip_suffix('\n').ok_or(NoteError::Malformed)?;
        let mut signatures = Vec::new();
        for line in lines.split('\n') {
            if signatures.len() == MAX_SIGNATURES {
                return Err(NoteError::TooLarge);
            }
            signatures.push(line.parse().map_err(|_| NoteError::Malformed)?);
        }
        let text = format!("{text}\n");
        check_text(&text)?;
        Ok(Self { text, signatures })
    }

    /// Judges every signature that a trusted key is said to have made, and ignores the others. Answers who
    /// has signed: each key once, in the order of the signatures, with the first time it states.
    ///
    /// # Errors
    /// [`NoteError::WrongSignature`] when any of them is false, [`NoteError::Unsigned`] when there are none,
    /// [`NoteError::AmbiguousKey`].
    pub fn verify<'k>(&self, trusted: &[&'k VerifierKey]) -> Result<Vec<Verified<'k>>, NoteError> {
        let mut verified: Vec<Verified<'k>> = Vec::new();
        for signature in &self.signatures {
            let Some(key) = find(trusted, signature)? else {
                continue;
            };
            let time = signature
                .verify(&self.text, key)
                .ok_or_else(|| NoteError::WrongSignature {
                    name: key.name().to_string(),
                    id: key.id(),
                })?;
            if !verified.iter().any(|known| known.key == key) {
                verified.push(Verified { key, time });
            }
        }
        if verified.is_empty() {
            Err(NoteError::Unsigned)
        } else {
            Ok(verified)
        }
    }

    /// Adds a signature, for instance the answer of a witness.
    ///
    /// # Errors
    /// [`NoteError::TooLarge`]; nothing is changed then.
    pub fn add(&mut self, signature: NoteSignature) -> Result<(), NoteError> {
        let size = self.to_string().len() + signature.to_string().len() + 1;
        if self.signatures.len() >= MAX_SIGNATURES || size > MAX_NOTE_SIZE {
            return Err(NoteError::TooLarge);
        }
        self.signatures.push(signature);
        Ok(())
    }

    /// The text that is signed, with its final line feed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// All signatures, known or not, in order.
    #[must_use]
    pub fn signatures(&self) -> &[NoteSignature] {
        &self.signatures
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        self.signatures
            .iter()
            .try_for_each(|signature| writeln!(f, "{signature}"))
    }
}

/// The trusted key that a signature claims.
fn find<'k>(
    trusted: &[&'k VerifierKey],
    signature: &NoteSignature,
) -> Result<Option<&'k VerifierKey>, NoteError> {
    let mut claimed: Option<&VerifierKey> = None;
    for key in trusted.iter().copied().filter(|key| signature.is_by(key)) {
        match claimed {
            Some(other) if other != key => {
                return Err(NoteError::AmbiguousKey {
                    name: key.name().to_string(),
                    id: key.id(),
                });
            }
            _ => claimed = Some(key),
        }
    }
    Ok(claimed)
}

/// The text of a note ends in a line feed and has no other ASCII control characters below U+0020.
fn check_text(text: &str) -> Result<(), NoteError> {
    let control = text.bytes().any(|byte| byte < b' ' && byte != b'\n');
    if control || !text.ends_with('\n') {
        Err(NoteError::Malformed)
    } else {
        Ok(())
    }
}
