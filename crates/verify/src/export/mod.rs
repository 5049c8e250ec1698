//! Exports: the whole log in a folder that an auditor can take away (RFC 0002). The only part of this crate that reads
//! and writes files.

mod layout;
mod manifest;
mod open;
mod public;
mod read;
mod restricted;
mod write;

pub use layout::FORMAT;
pub(crate) use layout::replace;
pub use manifest::{Manifest, is_export, manifest};
pub use open::open;
pub use public::{write as write_public, write_restricted};
pub use read::ExportSource;
pub use restricted::envelopes;
pub use write::write;

use tlog::{Checkpoint, Edge, Note};

use crate::record::SourceError;

/// Why an export cannot be written or read. Names a file, never what is in it.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// A file cannot be read or written.
    #[error("{file}: {cause}")]
    File {
        /// Which, seen from the export's folder.
        file: String,
        /// Why.
        cause: std::io::Error,
    },
    /// A file is not what it should be.
    #[error("{file}{}: {what}", offset.map_or(String::new(), |offset| format!(", byte {offset}")))]
    Content {
        /// Which, seen from the export's folder.
        file: String,
        /// Where in it, bytes from its beginning, when that says something.
        offset: Option<usize>,
        /// How.
        what: String,
    },
    /// What was to be written cannot be read.
    #[error(transparent)]
    Source(#[from] SourceError),
}

impl ExportError {
    fn file(file: &str, cause: std::io::Error) -> Self {
        Self::File {
            file: file.to_owned(),
            cause,
        }
    }

    fn content(file: &str, offset: Option<usize>, what: impl std::fmt::Display) -> Self {
        Self::Content {
            file: file.to_owned(),
            offset,
            what: what.to_string(),
        }
    }

    /// As a fault of a source, which goes on behind it.
    fn fault(&self, position: Option<u64>) -> SourceError {
        SourceError {
            position,
            what: self.to_string(),
            last: false,
        }
    }
}

/// The checkpoint of a note, when it is that of the tree that was written.
fn checkpoint_of(note: &str, written: &Edge) -> Result<Checkpoint, ExportError> {
    let wrong = |what: String| ExportError::content(layout::CHECKPOINT, None, what);
    let note = Note::parse(note.as_bytes()).map_err(|cause| wrong(cause.to_string()))?;
    let checkpoint: Checkpoint = note.text().parse().map_err(|cause| wrong(format!("{cause}")))?;
    if (checkpoint.size(), checkpoint.root()) == (written.size(), written.root()) {
        return Ok(checkpoint);
    }
    let (said, here) = (checkpoint.size(), written.size());
    Err(wrong(format!("of {said} events; here are {here}, or other ones")))
}
