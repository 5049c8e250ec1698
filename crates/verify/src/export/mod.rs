//! Exports: the whole log in a folder that an auditor can take away (RFC 0002). The only part of this crate that reads
//! and writes files.

mod layout;
mod read;
mod write;

use std::fs;
use std::path::{Path, PathBuf};

use civil::act::{Act, Body};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use tlog::{Checkpoint, VerifierKey};

use crate::audit::Expected;
use crate::record::{Source, SourceError};

pub use layout::FORMAT;
pub use read::ExportSource;
pub use write::write;

/// Why an export cannot be written or opened. Names a file, never what is in it.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// A file cannot be read or written.
    #[error("{}: {cause}", file.display())]
    File {
        /// Which.
        file: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// A file is not what it should be.
    #[error("{}: {what}", file.display())]
    Content {
        /// Which.
        file: PathBuf,
        /// How.
        what: String,
    },
    /// What was to be written cannot be read.
    #[error(transparent)]
    Source(#[from] SourceError),
}

impl ExportError {
    fn file(file: &Path, cause: std::io::Error) -> Self {
        Self::File {
            file: file.to_owned(),
            cause,
        }
    }

    fn content(file: &Path, what: impl std::fmt::Display) -> Self {
        Self::Content {
            file: file.to_owned(),
            what: what.to_string(),
        }
    }
}

/// What an export says of itself. A convenience: only the checkpoint is signed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`FORMAT`].
    pub format: String,
    /// Events.
    pub size: u64,
    /// The digests of the read models at that size, as the writer stated them; null where it stated none.
    #[serde(default)]
    pub read_models: Json,
}

/// Whether an export lies there.
pub fn is_export(folder: &Path) -> bool {
    layout::manifest(folder).is_file()
}

/// The manifest of an export.
///
/// # Errors
/// [`ExportError`] naming the file.
pub fn manifest(folder: &Path) -> Result<Manifest, ExportError> {
    let file = layout::manifest(folder);
    let text = fs::read_to_string(&file).map_err(|cause| ExportError::file(&file, cause))?;
    let manifest: Manifest =
        serde_json::from_str(&text).map_err(|cause| ExportError::content(&file, cause))?;
    if manifest.format == FORMAT {
        Ok(manifest)
    } else {
        Err(ExportError::content(&file, format!("not of the format {FORMAT}")))
    }
}

/// Opens an export: its records, and what its checkpoint promises. The checkpoint must be signed by `log_key` (a C2SP
/// vkey); without one, by the key that the founding event names, which proves no more than that the export belongs together.
///
/// # Errors
/// [`ExportError`] naming the file.
pub fn open(folder: &Path, log_key: Option<&str>) -> Result<(ExportSource, Expected), ExportError> {
    manifest(folder)?;
    let file = layout::checkpoint(folder);
    let note = fs::read(&file).map_err(|cause| ExportError::file(&file, cause))?;
    let key = match log_key {
        Some(key) => key.to_owned(),
        None => founding_key(folder)?,
    };
    let key: VerifierKey = key.parse().map_err(|cause| ExportError::content(&file, cause))?;
    let checkpoint = Checkpoint::open(&note, std::slice::from_ref(&key), &[])
        .map_err(|cause| ExportError::content(&file, cause))?;
    let expected = Expected::from(checkpoint.checkpoint());
    Ok((
        ExportSource::new(folder, checkpoint.checkpoint().size()),
        expected,
    ))
}

/// The checkpoint key that the founding event names.
fn founding_key(folder: &Path) -> Result<String, ExportError> {
    let file = layout::file(folder, layout::Part::Bodies, 0);
    let first = ExportSource::new(folder, 1).next()?;
    let sealed = first
        .and_then(|records| records.into_iter().next())
        .and_then(|record| record.sealed);
    let body = sealed.map(|sealed| Body::unseal(&sealed));
    match body {
        Some(Ok(Body {
            act: Act::LedgerFounded(act),
            ..
        })) => Ok(act.log_key.to_string()),
        _ => Err(ExportError::content(
            &file,
            "does not begin with the founding event",
        )),
    }
}
