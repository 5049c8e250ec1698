//! Opening an export: whom to believe, and what to hold the records against.

use std::path::Path;

use civil::act::{Act, Body};
use tlog::{Checkpoint, MAX_NOTE_SIZE, VerifierKey};

use super::layout::{CHECKPOINT, Part, read};
use super::manifest::manifest;
use super::{ExportError, ExportSource};
use crate::audit::Expected;
use crate::record::Source;

/// Opens an export: its records, and what its checkpoint promises. The checkpoint must be signed by `log_key` (a C2SP
/// vkey); without one, by the key that the founding event names, which proves no more than that the export belongs together.
///
/// A checkpoint that this key has not signed, a manifest that is not one: the source begins with them as faults, so that
/// the audit finds them, and holds the records against nothing.
///
/// # Errors
/// [`ExportError`] when there is no export, or `log_key` is no key.
pub fn open(folder: &Path, log_key: Option<&str>) -> Result<(ExportSource, Expected), ExportError> {
    let note = read(folder, CHECKPOINT, MAX_NOTE_SIZE as u64)?;
    let key = match log_key {
        Some(key) => Ok(key
            .parse()
            .map_err(|cause| ExportError::content("the log's key", None, cause))?),
        None => founding_key(folder),
    };
    let believed = key.and_then(|key: VerifierKey| {
        let opened = Checkpoint::open(&note, std::slice::from_ref(&key), &[]);
        let opened = opened.map_err(|cause| ExportError::content(CHECKPOINT, None, cause))?;
        Ok(opened.checkpoint().clone())
    });
    let stated = manifest(folder);
    let size = match (&believed, &stated) {
        (Ok(checkpoint), _) => checkpoint.size(),
        (Err(_), Ok(stated)) => stated.size,
        (Err(_), Err(_)) => 0,
    };
    let mut source = ExportSource::new(folder, size);
    match &stated {
        Err(error) => source.fault(None, error),
        Ok(stated) => {
            let differs = |checkpoint: &Checkpoint| {
                let root = checkpoint.root().to_string();
                (checkpoint.origin(), checkpoint.size(), &root) != (&stated.origin, stated.size, &stated.root)
            };
            if believed.as_ref().is_ok_and(differs) {
                source.fault(
                    None,
                    &ExportError::content("manifest.json", None, "not of this checkpoint"),
                );
            }
            source.hold_against(stated);
        }
    }
    match believed {
        Ok(checkpoint) => Ok((source, Expected::from(&checkpoint))),
        Err(error) => {
            source.fault(None, &error);
            Ok((source, Expected::default()))
        }
    }
}

/// The checkpoint key that the founding event names.
fn founding_key(folder: &Path) -> Result<VerifierKey, ExportError> {
    let file = Part::Bodies.file(0);
    let wrong = |what: &str| ExportError::content(&file, None, what);
    let first = ExportSource::new(folder, 1).next()?;
    let sealed = first
        .and_then(|records| records.into_iter().next())
        .and_then(|record| record.sealed);
    let body = sealed.map(|sealed| Body::unseal(&sealed));
    match body {
        Some(Ok(Body {
            act: Act::LedgerFounded(act),
            ..
        })) => act
            .log_key
            .as_str()
            .parse()
            .map_err(|_| wrong("names no key of the log")),
        _ => Err(wrong("does not begin with the founding event")),
    }
}
