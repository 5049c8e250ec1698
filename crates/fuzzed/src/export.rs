//! An export (RFC 0002) whose files say anything.

use std::cell::RefCell;
use std::fs;

use tempfile::TempDir;
use verify::Source as _;
use verify::export;

/// The files that the bytes are cut into, in this order.
const FILES: [&str; 5] = [
    "checkpoint",
    "manifest.json",
    "events/000",
    "times/000",
    "bodies/000",
];

thread_local! {
    static FOLDER: RefCell<Option<TempDir>> = const { RefCell::new(None) };
}

/// Four bytes with the length of each file but the last, before it.
pub fn folder(bytes: &[u8]) {
    FOLDER.with_borrow_mut(|kept| {
        let folder = kept.get_or_insert_with(|| {
            let folder = TempDir::new().expect("a folder");
            for part in ["events", "times", "bodies"] {
                fs::create_dir(folder.path().join(part)).expect("a folder");
            }
            folder
        });
        let mut rest = bytes;
        for file in FILES {
            let (length, behind) = rest.split_first_chunk::<4>().unwrap_or((&[0; 4], &[]));
            let length = (u32::from_be_bytes(*length) as usize).min(behind.len());
            let (content, behind) = behind.split_at(length);
            fs::write(folder.path().join(file), content).expect("it is written");
            rest = behind;
        }
        let _ = export::manifest(folder.path());
        if let Ok((mut source, _)) = export::open(folder.path(), None) {
            // A source that never ends would hang an audit: no file here holds more than a bundle, and a fault is told once.
            let mut asked = 0;
            while !matches!(source.next(), Ok(None)) {
                asked += 1;
                assert!(asked < 100_000, "the source does not end");
            }
        }
    });
}
