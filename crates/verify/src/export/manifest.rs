//! What an export says of itself, in JSON of one spelling.

use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use super::ExportError;
use super::layout::{FORMAT, MANIFEST, read};

/// How many bytes a manifest may have.
const SIZE_MAX: u64 = 1 << 20;

/// What an export says of itself. Only the checkpoint is signed: the rest is its writer's claim.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// [`FORMAT`].
    pub format: String,
    /// The log's origin, as in the checkpoint.
    pub origin: String,
    /// Events, as in the checkpoint.
    pub size: u64,
    /// Root of the tree, as in the checkpoint: base64.
    pub root: String,
    /// How many of the events show their body.
    pub bodies: u64,
    /// SHA-256 of all times, eight bytes each in the order of the log, which no tree covers: hexadecimal.
    pub times_sha256: String,
    /// The digests of the read models at that size, as the writer stated them; null where it stated none.
    pub read_models: Json,
    /// SHA-256 of this file with nothing between the quotes that hold it: against accidents, not against anyone.
    pub sha256: String,
}

impl Manifest {
    /// The file: members in the order above, two spaces a level, a line feed at the end.
    pub(super) fn to_file(&self) -> String {
        let write = |sha256: String| {
            let manifest = Self {
                sha256,
                ..self.clone()
            };
            // Texts, numbers and what JSON said: nothing that JSON cannot say.
            serde_json::to_string_pretty(&manifest).unwrap_or_default() + "\n"
        };
        let digest = Sha256::digest(write(String::new()));
        write(hex::encode(digest))
    }
}

/// Whether an export lies there.
pub fn is_export(folder: &Path) -> bool {
    super::layout::path(folder, MANIFEST).is_file()
}

/// The manifest of an export.
///
/// # Errors
/// [`ExportError`] when there is none, or it is of another format, spelling or digest.
pub fn manifest(folder: &Path) -> Result<Manifest, ExportError> {
    let wrong = |what: String| ExportError::content(MANIFEST, None, what);
    let bytes = read(folder, MANIFEST, SIZE_MAX)?;
    let manifest: Manifest = serde_json::from_slice(&bytes).map_err(|cause| {
        wrong(format!(
            "not a manifest of the format {FORMAT} (line {})",
            cause.line()
        ))
    })?;
    if manifest.format != FORMAT {
        return Err(wrong(format!("not of the format {FORMAT}")));
    }
    if manifest.to_file().as_bytes() != bytes {
        return Err(wrong("another digest or spelling than its own".to_owned()));
    }
    Ok(manifest)
}
