//! Where things lie in an export (RFC 0002), and how a file is cut into its items.

use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use civil::cbor::BODY_SIZE_MAX;

use super::ExportError;

/// The format that the manifest names.
pub const FORMAT: &str = "hotich-export/1";
/// How many events one bundle holds, but for the last.
pub const BUNDLE: u64 = 256;
/// The signed checkpoint.
pub const CHECKPOINT: &str = "checkpoint";
/// What is here.
pub const MANIFEST: &str = "manifest.json";

/// The three files of a bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Signed events.
    Events,
    /// Times of recording.
    Times,
    /// Sealed bodies.
    Bodies,
}

impl Part {
    const fn folder(self) -> &'static str {
        match self {
            Self::Events => "events",
            Self::Times => "times",
            Self::Bodies => "bodies",
        }
    }

    /// The most bytes that a bundle may have.
    const fn size_max(self) -> u64 {
        BUNDLE
            * match self {
                Self::Events => 2 + tlog::MAX_ENTRY_SIZE as u64,
                Self::Times => 8,
                Self::Bodies => 4 + BODY_SIZE_MAX as u64,
            }
    }

    /// The file of this part of a bundle: numbers in groups of three digits, all but the last behind an `x`, as C2SP
    /// writes tiles (`events/x001/234`).
    pub fn file(self, bundle: u64) -> String {
        let mut place = format!("{:03}", bundle % 1_000);
        let mut rest = bundle / 1_000;
        while rest > 0 {
            place = format!("x{:03}/{place}", rest % 1_000);
            rest /= 1_000;
        }
        format!("{}/{place}", self.folder())
    }

    /// The bytes of this part of a bundle.
    pub fn read(self, folder: &Path, bundle: u64) -> Result<Bytes, ExportError> {
        read(folder, &self.file(bundle), self.size_max()).map(Bytes::from)
    }
}

/// The path on this machine of a file of an export.
pub fn path(folder: &Path, file: &str) -> PathBuf {
    file.split('/')
        .fold(folder.to_owned(), |path, part| path.join(part))
}

/// A file of an export, at most `max` bytes.
pub fn read(folder: &Path, file: &str, max: u64) -> Result<Vec<u8>, ExportError> {
    let failed = |cause| ExportError::file(file, cause);
    let path = path(folder, file);
    let size = fs::metadata(&path).map_err(failed)?.len().min(max);
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
    let open = File::open(path).map_err(failed)?;
    open.take(max.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    if bytes.len() as u64 > max {
        return Err(ExportError::content(file, None, "longer than the format allows"));
    }
    Ok(bytes)
}

/// The first `count` items of a file, each behind its length in `N` bytes (big-endian), and where the last ends. Those
/// before a fault are answered with the fault.
pub fn items<const N: usize>(
    file: &str,
    bytes: &Bytes,
    count: u64,
) -> (Vec<Bytes>, Result<usize, ExportError>) {
    let mut items = Vec::with_capacity(BUNDLE as usize);
    let mut at = 0_usize;
    for _ in 0..count {
        let fault = |what: &str| Err(ExportError::content(file, Some(at), what));
        let Some(length) = bytes.get(at..).and_then(<[u8]>::first_chunk::<N>) else {
            return (items, fault("ends within a length"));
        };
        let length = length
            .iter()
            .fold(0_usize, |sum, byte| sum << 8 | usize::from(*byte));
        let start = at + N;
        let Some(end) = start.checked_add(length).filter(|end| *end <= bytes.len()) else {
            return (items, fault("an item is longer than what is left"));
        };
        items.push(bytes.slice(start..end));
        at = end;
    }
    (items, Ok(at))
}

/// The first `count` times of a file.
pub fn times(file: &str, bytes: &[u8], count: u64) -> Result<Vec<i64>, ExportError> {
    let (times, _) = bytes.as_chunks::<8>();
    let times = usize::try_from(count).ok().and_then(|count| times.get(..count));
    match times {
        Some(times) => Ok(times.iter().map(|time| i64::from_be_bytes(*time)).collect()),
        None => Err(ExportError::content(
            file,
            Some(bytes.len()),
            "ends before its last time",
        )),
    }
}

/// A full bundle holds nothing behind its last item; the last one may have been written for a larger log.
pub fn end(file: &str, bytes: &[u8], at: usize, count: u64) -> Result<(), ExportError> {
    if count < BUNDLE || at == bytes.len() {
        Ok(())
    } else {
        Err(ExportError::content(
            file,
            Some(at),
            "goes on behind its last item",
        ))
    }
}

/// Writes a file beside its place, syncs it and moves it there: whole or not at all.
pub fn whole(folder: &Path, file: &str, bytes: &[u8]) -> Result<(), ExportError> {
    let failed = |cause| ExportError::file(file, cause);
    let path = path(folder, file);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    replace(&path, bytes).map_err(failed)
}

/// The same for any file: it is the old one or the new one, whenever the machine stops.
pub fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let beside = path.with_extension("part");
    let mut new = File::create(&beside)?;
    new.write_all(bytes)?;
    new.sync_all()?;
    fs::rename(&beside, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bundles_lie_in_groups_of_three_digits() {
        assert_eq!(Part::Events.file(0), "events/000");
        assert_eq!(Part::Times.file(999), "times/999");
        assert_eq!(Part::Bodies.file(1_234_067), "bodies/x001/x234/067");
    }

    #[test]
    fn what_precedes_a_fault_is_read() {
        let bytes = Bytes::from_static(b"\0\x02ab\0\x01c\0\x09d");
        let (read, fault) = items::<2>("events/000", &bytes, 3);
        assert_eq!(read, ["ab", "c"]);
        assert_eq!(
            fault.unwrap_err().to_string(),
            "events/000, byte 7: an item is longer than what is left"
        );
    }
}
