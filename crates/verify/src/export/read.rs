//! Reading an export back, believing nothing: every length is checked, every fault names file and offset.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::layout::{BUNDLE, Part, end, items, times};
use super::{ExportError, Manifest};
use crate::record::{Record, Source, SourceError};

/// The records of an export, bundle by bundle.
#[derive(Debug)]
pub struct ExportSource {
    folder: PathBuf,
    size: u64,
    next: u64,
    recorded_at_ms: i64,
    times: Sha256,
    bodies: u64,
    /// Whether every file could be read so far.
    whole: bool,
    /// What the manifest states of times and bodies, until it has been compared.
    stated: Option<(String, u64)>,
    faults: VecDeque<SourceError>,
}

impl ExportSource {
    /// The first `size` events of the export in `folder`.
    pub fn new(folder: &Path, size: u64) -> Self {
        Self {
            folder: folder.to_owned(),
            size,
            next: 0,
            recorded_at_ms: 0,
            times: Sha256::new(),
            bodies: 0,
            whole: true,
            stated: None,
            faults: VecDeque::new(),
        }
    }

    /// Compares what no tree covers with what the manifest states, at the end.
    pub(super) fn hold_against(&mut self, stated: &Manifest) {
        self.stated = Some((stated.times_sha256.clone(), stated.bodies));
    }

    /// A fault that the audit is to hear of.
    pub(super) fn fault(&mut self, position: Option<u64>, error: &ExportError) {
        self.faults.push_back(error.fault(position));
    }

    /// The records of a bundle as far as they can be read: what ails one part does not hide the others.
    fn bundle(&mut self, number: u64) -> Vec<Record> {
        let first = number * BUNDLE;
        let count = BUNDLE.min(self.size - first);
        let signed = self.items::<2>(Part::Events, number, first, count);
        let sealed = self.items::<4>(Part::Bodies, number, first, count);
        let file = Part::Times.file(number);
        let recorded = Part::Times.read(&self.folder, number).and_then(|bytes| {
            let recorded = times(&file, &bytes, count)?;
            end(&file, &bytes, recorded.len() * 8, count).map(|()| recorded)
        });
        let recorded = recorded.unwrap_or_else(|error| {
            self.note(Some(first), &error);
            Vec::new()
        });
        let mut records = Vec::with_capacity(signed.len());
        for ((position, signed), index) in (first..).zip(signed).zip(0..) {
            // Where a time cannot be read it is as if none had passed.
            self.recorded_at_ms = recorded.get(index).copied().unwrap_or(self.recorded_at_ms);
            self.times.update(self.recorded_at_ms.to_be_bytes());
            let sealed = sealed.get(index).filter(|sealed| !sealed.is_empty()).cloned();
            self.bodies += u64::from(sealed.is_some());
            records.push(Record {
                position,
                recorded_at_ms: self.recorded_at_ms,
                signed,
                sealed,
                claimed: None,
            });
        }
        records
    }

    fn items<const N: usize>(
        &mut self,
        part: Part,
        number: u64,
        first: u64,
        count: u64,
    ) -> Vec<bytes::Bytes> {
        let file = part.file(number);
        let (items, fault) = match part.read(&self.folder, number) {
            Ok(bytes) => {
                let (items, at) = items::<N>(&file, &bytes, count);
                (items, at.and_then(|at| end(&file, &bytes, at, count)))
            }
            Err(error) => (Vec::new(), Err(error)),
        };
        if let Err(error) = fault {
            self.note(Some(first + items.len() as u64), &error);
        }
        items
    }

    fn note(&mut self, position: Option<u64>, error: &ExportError) {
        self.whole = false;
        self.fault(position, error);
    }

    /// Compares times and bodies with what was stated of them. After a fault of a file they cannot agree.
    fn compare(&mut self) {
        let Some((times, bodies)) = self.stated.take().filter(|_| self.whole) else {
            return;
        };
        if hex::encode(self.times.clone().finalize()) != times {
            self.fault(
                None,
                &ExportError::content("times", None, "not those that the manifest states"),
            );
        }
        if self.bodies != bodies {
            self.fault(
                None,
                &ExportError::content("bodies", None, "not as many as the manifest states"),
            );
        }
    }
}

impl Source for ExportSource {
    fn next(&mut self) -> Result<Option<Vec<Record>>, SourceError> {
        loop {
            if let Some(fault) = self.faults.pop_front() {
                return Err(fault);
            }
            if self.next.saturating_mul(BUNDLE) >= self.size {
                self.compare();
                return self.faults.pop_front().map_or(Ok(None), Err);
            }
            // After a fault the audit goes on behind it.
            self.next += 1;
            let records = self.bundle(self.next - 1);
            if !records.is_empty() {
                return Ok(Some(records));
            }
        }
    }
}
