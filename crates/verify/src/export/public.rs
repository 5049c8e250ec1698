//! The public log as a plain folder (C2SP tlog-tiles): what a static file server may serve, and nothing about anyone.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use tlog::{Bundle, Edge, FullTile, TILE_WIDTH, leaf_hash, write_entry};

use super::layout::{CHECKPOINT, path, read, whole};
use super::restricted::file as restricted_file;
use super::{ExportError, checkpoint_of};
use crate::record::{Record, Source, leaf_of};

/// Writes tiles, bundles of leaves and the checkpoint of the records of `source` into `folder`. It may be run again, also
/// with a later checkpoint: files that are right are left alone, and partial ones go when wider ones have come.
///
/// # Errors
/// [`ExportError`]; the checkpoint in the folder is then the one from before.
pub fn write(
    folder: &Path,
    note: &str,
    source: impl Source,
    progress: &mut dyn FnMut(u64),
) -> Result<(), ExportError> {
    written(folder, note, None, source, progress)
}

/// The same, and beside each bundle of leaves the signed envelopes from which they are computed (RFC 0007 §2): for auditors alone,
/// because who acted when in a small commune says who was born there. No bodies.
///
/// # Errors
/// As [`write`].
pub fn write_restricted(
    folder: &Path,
    note: &str,
    source: impl Source,
    progress: &mut dyn FnMut(u64),
) -> Result<(), ExportError> {
    written(folder, note, Some(Vec::new()), source, progress)
}

fn written(
    folder: &Path,
    note: &str,
    envelopes: Option<Vec<u8>>,
    mut source: impl Source,
    progress: &mut dyn FnMut(u64),
) -> Result<(), ExportError> {
    let mut log = Log {
        folder,
        edge: Edge::new(),
        bundle: Vec::new(),
        envelopes,
        outgrown: Vec::new(),
    };
    while let Some(records) = source.next()? {
        for record in &records {
            log.take(record)?;
        }
        progress(log.edge.size());
    }
    log.finish()?;
    checkpoint_of(note, &log.edge)?;
    whole(folder, CHECKPOINT, note.as_bytes())?;
    log.clear()
}

/// The log as far as it is written.
struct Log<'f> {
    folder: &'f Path,
    edge: Edge,
    /// The leaves behind the last full bundle.
    bundle: Vec<u8>,
    /// The signed envelopes of those leaves, for auditors.
    envelopes: Option<Vec<u8>>,
    /// Partial files for which wider ones have come, and folders of such.
    outgrown: Vec<PathBuf>,
}

impl Log<'_> {
    fn take(&mut self, record: &Record) -> Result<(), ExportError> {
        let size = self.edge.size();
        let wrong = |what: String| ExportError::content("tile/entries", None, what);
        if record.position != size {
            let what = format!("position {} where {size} is next", record.position);
            return Err(wrong(what));
        }
        let leaf = leaf_of(record);
        write_entry(&mut self.bundle, &leaf).map_err(|cause| wrong(cause.to_string()))?;
        if let Some(envelopes) = &mut self.envelopes {
            write_entry(envelopes, &record.signed).map_err(|cause| wrong(cause.to_string()))?;
        }
        let full = self.edge.push(leaf_hash(&leaf));
        for FullTile { tile, bytes } in full.map_err(|cause| wrong(cause.to_string()))? {
            self.keep(&tile.to_string(), &bytes)?;
        }
        match self.edge.size().is_multiple_of(u64::from(TILE_WIDTH)) {
            true => self.keep_bundle(),
            false => Ok(()),
        }
    }

    /// The right edge, as wide as the checkpoint says.
    fn finish(&mut self) -> Result<(), ExportError> {
        let edge = self.edge.clone();
        for (tile, bytes) in edge.partials() {
            self.keep(&tile.to_string(), bytes)?;
        }
        self.keep_bundle()
    }

    /// The last bundle of the log as it stands, unless it is written.
    fn keep_bundle(&mut self) -> Result<(), ExportError> {
        let size = self.edge.size();
        let index = size.saturating_sub(1) / u64::from(TILE_WIDTH);
        match Bundle::in_tree(index, size).filter(|_| !self.bundle.is_empty()) {
            None => Ok(()),
            Some(bundle) => {
                let leaves = std::mem::take(&mut self.bundle);
                if let Some(envelopes) = self.envelopes.as_mut().map(std::mem::take) {
                    self.keep(&restricted_file(bundle), &envelopes)?;
                }
                self.keep(&bundle.to_string(), &leaves)
            }
        }
    }

    /// Writes a file that is not there yet with just these bytes.
    fn keep(&mut self, file: &str, bytes: &[u8]) -> Result<(), ExportError> {
        let there = read(self.folder, file, bytes.len() as u64).is_ok_and(|there| there == bytes);
        if there {
            return Ok(());
        }
        whole(self.folder, file, bytes)?;
        let path = path(self.folder, file);
        match path.parent().filter(|folder| folder.extension().is_some()) {
            None => self.outgrown.push(path.with_extension("p")),
            Some(folder) => {
                let narrower = fs::read_dir(folder).map_err(|cause| ExportError::file(file, cause))?;
                let narrower = narrower.filter_map(|entry| entry.ok().map(|entry| entry.path()));
                self.outgrown.extend(narrower.filter(|other| *other != path));
            }
        }
        Ok(())
    }

    /// Removes what was outgrown. Only now: until the checkpoint is there, somebody may need the one before.
    fn clear(self) -> Result<(), ExportError> {
        for old in self.outgrown {
            let gone = match old.is_dir() {
                true => fs::remove_dir_all(&old),
                false => fs::remove_file(&old),
            };
            match gone {
                Err(cause) if cause.kind() != ErrorKind::NotFound => {
                    return Err(ExportError::file("tile", cause));
                }
                _ => {}
            }
        }
        Ok(())
    }
}
