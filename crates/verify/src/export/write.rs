//! Writing an export: bundle by bundle, each file whole or not there, finished bundles left alone.

use std::fs;
use std::io::Write;
use std::path::Path;

use serde_json::Value as Json;

use super::layout::{BUNDLE, FORMAT, Part, checkpoint, file, manifest};
use super::{ExportError, Manifest};
use crate::record::{Record, Source};

/// Writes the records of `source`, which end at the checkpoint's size, into `folder`. Interrupted, it may be run again:
/// full bundles that are there already are not written again. The checkpoint is written last.
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
    let (mut bundle, mut size) = (Vec::with_capacity(BUNDLE as usize), 0);
    while let Some(records) = source.next()? {
        for record in records {
            bundle.push(record);
            size += 1;
            if bundle.len() as u64 == BUNDLE {
                write_bundle(folder, size / BUNDLE - 1, &bundle, true)?;
                bundle.clear();
            }
        }
        progress(size);
    }
    if !bundle.is_empty() {
        write_bundle(folder, size / BUNDLE, &bundle, false)?;
    }
    let stated = Manifest {
        format: FORMAT.to_owned(),
        size,
        read_models,
    };
    let stated = serde_json::to_vec_pretty(&stated).map_err(|cause| ExportError::content(folder, cause))?;
    whole(&manifest(folder), &stated)?;
    whole(&checkpoint(folder), note.as_bytes())
}

fn write_bundle(folder: &Path, number: u64, records: &[Record], full: bool) -> Result<(), ExportError> {
    let (mut events, mut times, mut bodies) = (Vec::new(), Vec::new(), Vec::new());
    for record in records {
        let too_long = |_| ExportError::content(&file(folder, Part::Events, number), "an event is too long");
        events.extend(
            u16::try_from(record.signed.len())
                .map_err(too_long)?
                .to_be_bytes(),
        );
        events.extend(record.signed.iter());
        times.extend(record.recorded_at_ms.to_be_bytes());
        let sealed = record.sealed.as_deref().unwrap_or_default();
        bodies.extend(u32::try_from(sealed.len()).map_err(too_long)?.to_be_bytes());
        bodies.extend(sealed);
    }
    for (part, bytes) in [
        (Part::Bodies, bodies),
        (Part::Times, times),
        (Part::Events, events),
    ] {
        let path = file(folder, part, number);
        let finished = full && fs::metadata(&path).is_ok_and(|found| found.len() == bytes.len() as u64);
        if !finished {
            whole(&path, &bytes)?;
        }
    }
    Ok(())
}

/// Writes a file beside its place, syncs it and moves it there: whole or not at all.
fn whole(path: &Path, bytes: &[u8]) -> Result<(), ExportError> {
    let failed = |cause| ExportError::file(path, cause);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let beside = path.with_extension("part");
    let mut file = fs::File::create(&beside).map_err(failed)?;
    file.write_all(bytes)
        .and_then(|()| file.sync_all())
        .map_err(failed)?;
    fs::rename(&beside, path).map_err(failed)
}
