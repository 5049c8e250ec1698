//! Reading an export back, believing nothing: every length is checked, every fault names file and offset.

use std::fs;
use std::path::{Path, PathBuf};

use bytes::Bytes;

use super::layout::{BUNDLE, Part, file};
use crate::record::{Record, Source, SourceError};

/// The records of an export, bundle by bundle.
#[derive(Debug)]
pub struct ExportSource {
    folder: PathBuf,
    size: u64,
    next: u64,
}

impl ExportSource {
    /// The first `size` events of the export in `folder`.
    pub fn new(folder: &Path, size: u64) -> Self {
        Self {
            folder: folder.to_owned(),
            size,
            next: 0,
        }
    }

    fn bundle(&self, number: u64) -> Result<Vec<Record>, SourceError> {
        let first = number * BUNDLE;
        let count = BUNDLE.min(self.size - first);
        let open = |part| Part::open(&self.folder, part, number, first);
        let (mut events, mut times, mut bodies) =
            (open(Part::Events)?, open(Part::Times)?, open(Part::Bodies)?);
        let mut records = Vec::with_capacity(count as usize);
        for position in first..first + count {
            let length = u64::from(u16::from_be_bytes(events.array(position)?));
            let signed = events.take(length, position)?;
            let recorded_at_ms = i64::from_be_bytes(times.array(position)?);
            let length = u64::from(u32::from_be_bytes(bodies.array(position)?));
            let sealed = bodies.take(length, position)?;
            let sealed = (!sealed.is_empty()).then_some(sealed);
            records.push(Record {
                position,
                recorded_at_ms,
                signed,
                sealed,
                claimed: None,
            });
        }
        // The last bundle may have been written for a larger log; a full one holds nothing else.
        if count == BUNDLE {
            [events, times, bodies]
                .iter()
                .try_for_each(|part| part.end(first + count - 1))?;
        }
        Ok(records)
    }
}

impl Source for ExportSource {
    fn next(&mut self) -> Result<Option<Vec<Record>>, SourceError> {
        if self.next * BUNDLE >= self.size {
            return Ok(None);
        }
        let number = self.next;
        // After a fault the audit goes on behind the bundle.
        self.next += 1;
        self.bundle(number).map(Some)
    }
}

/// One file, read from front to back.
struct Contents {
    path: PathBuf,
    bytes: Bytes,
    offset: usize,
}

impl Part {
    fn open(folder: &Path, part: Self, bundle: u64, position: u64) -> Result<Contents, SourceError> {
        let path = file(folder, part, bundle);
        match fs::read(&path) {
            Ok(bytes) => Ok(Contents {
                path,
                bytes: Bytes::from(bytes),
                offset: 0,
            }),
            Err(error) => {
                let what = format!("{}: {error}", path.display());
                Err(SourceError {
                    position: Some(position),
                    what,
                    last: false,
                })
            }
        }
    }
}

impl Contents {
    fn take(&mut self, count: u64, position: u64) -> Result<Bytes, SourceError> {
        let end = usize::try_from(count)
            .ok()
            .and_then(|count| self.offset.checked_add(count));
        match end.filter(|end| *end <= self.bytes.len()) {
            Some(end) => {
                let taken = self.bytes.slice(self.offset..end);
                self.offset = end;
                Ok(taken)
            }
            None => Err(self.fault(position, "ends inside an item")),
        }
    }

    fn array<const N: usize>(&mut self, position: u64) -> Result<[u8; N], SourceError> {
        let taken = self.take(N as u64, position)?;
        taken
            .as_ref()
            .try_into()
            .map_err(|_| self.fault(position, "ends inside an item"))
    }

    fn end(&self, position: u64) -> Result<(), SourceError> {
        if self.offset == self.bytes.len() {
            Ok(())
        } else {
            Err(self.fault(position, "has more than its events"))
        }
    }

    fn fault(&self, position: u64, what: &str) -> SourceError {
        let what = format!("{} at byte {}: {what}", self.path.display(), self.offset);
        SourceError {
            position: Some(position),
            what,
            last: false,
        }
    }
}
