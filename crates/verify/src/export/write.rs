//! Writing an export: bundle by bundle, each file whole or not there, finished bundles left alone.

use std::path::Path;

use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use tlog::{Edge, leaf_hash};

use super::layout::{BUNDLE, CHECKPOINT, FORMAT, MANIFEST, Part, whole};
use super::{ExportError, Manifest, checkpoint_of};
use crate::record::{Record, Source, leaf_of};

/// Writes the records of `source`, which end at the checkpoint's size, into `folder`. Interrupted, it may be run again, also
/// with a later checkpoint: files that are there already are read and, if they are right, not written again. The
/// checkpoint is written last, and only when it is that of these records.
///
/// # Errors
/// [`ExportError`]; what is in the folder then has no checkpoint that covers it.
pub fn write(
    folder: &Path,
    note: &str,
    read_models: Json,
    mut source: impl Source,
    progress: &mut dyn FnMut(u64),
) -> Result<(), ExportError> {
    let mut written = Written::default();
    let mut bundle = Vec::with_capacity(BUNDLE as usize);
    while let Some(records) = source.next()? {
        for record in records {
            written.take(&record)?;
            bundle.push(record);
            if bundle.len() as u64 == BUNDLE {
                write_bundle(folder, written.edge.size() / BUNDLE - 1, &bundle)?;
                bundle.clear();
            }
        }
        progress(written.edge.size());
    }
    if !bundle.is_empty() {
        write_bundle(folder, written.edge.size() / BUNDLE, &bundle)?;
    }
    let stated = written.manifest(note, read_models)?;
    whole(folder, MANIFEST, stated.to_file().as_bytes())?;
    whole(folder, CHECKPOINT, note.as_bytes())
}

/// What was written so far.
#[derive(Default)]
struct Written {
    edge: Edge,
    times: Sha256,
    bodies: u64,
}

impl Written {
    fn take(&mut self, record: &Record) -> Result<(), ExportError> {
        let wrong =
            |what: String| ExportError::content(&Part::Events.file(record.position / BUNDLE), None, what);
        if record.position != self.edge.size() {
            return Err(wrong(format!(
                "position {} where {} is next",
                record.position,
                self.edge.size()
            )));
        }
        let leaf = leaf_hash(&leaf_of(record));
        self.edge.push(leaf).map_err(|cause| wrong(cause.to_string()))?;
        self.times.update(record.recorded_at_ms.to_be_bytes());
        self.bodies += u64::from(record.sealed.as_ref().is_some_and(|sealed| !sealed.is_empty()));
        Ok(())
    }

    /// The manifest, when the checkpoint is that of these records.
    fn manifest(self, note: &str, read_models: Json) -> Result<Manifest, ExportError> {
        let checkpoint = checkpoint_of(note, &self.edge)?;
        Ok(Manifest {
            format: FORMAT.to_owned(),
            origin: checkpoint.origin().to_owned(),
            size: checkpoint.size(),
            root: checkpoint.root().to_string(),
            bodies: self.bodies,
            times_sha256: hex::encode(self.times.finalize()),
            read_models,
            sha256: String::new(),
        })
    }
}

fn write_bundle(folder: &Path, number: u64, records: &[Record]) -> Result<(), ExportError> {
    let (mut events, mut times, mut bodies) = (Vec::new(), Vec::new(), Vec::new());
    let too_long = |part: Part| ExportError::content(&part.file(number), None, "an item is too long");
    for record in records {
        tlog::write_entry(&mut events, &record.signed).map_err(|_| too_long(Part::Events))?;
        times.extend(record.recorded_at_ms.to_be_bytes());
        let sealed = record.sealed.as_deref().unwrap_or_default();
        let length = u32::try_from(sealed.len()).map_err(|_| too_long(Part::Bodies))?;
        bodies.extend(length.to_be_bytes());
        bodies.extend(sealed);
    }
    for (part, bytes) in [
        (Part::Bodies, bodies),
        (Part::Times, times),
        (Part::Events, events),
    ] {
        // Not the size alone: another ledger's events may be as long, and a power cut may have left zeros.
        let finished = part.read(folder, number).is_ok_and(|found| found == bytes);
        if !finished {
            whole(folder, &part.file(number), &bytes)?;
        }
    }
    Ok(())
}
