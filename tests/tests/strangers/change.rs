//! What is changed in a copy of the log, one thing at a time.

use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};

use tlog::Hash;

use super::log::{Log, PROVED, signed};

/// A change, by what the table calls it.
pub struct Change {
    /// What is changed.
    pub name: &'static str,
    make: fn(&Log, &Path),
}

const CHECKPOINT: &str = "public/checkpoint";
const PROOF: &str = "event.tlog-proof";

/// Each is a byte or a number; those "signed anew" are signed by the operator's key, and by the witnesses where they sign.
pub const ALL: &[Change] = &[
    Change {
        name: "a byte of a tile",
        make: |_, folder| flip(folder, "public/tile/0/048", 57 * 32 + 3),
    },
    Change {
        name: "a byte of a bundle of leaves",
        make: |_, folder| flip(folder, "public/tile/entries/100", 67 * 25 + 40),
    },
    Change {
        name: "the checkpoint's size",
        make: |log, folder| swap_line(folder, log.head.0, log.head.0 - 1),
    },
    Change {
        name: "the checkpoint's size, signed anew",
        make: |log, folder| sign_anew(folder, (log.head.0 - 1, log.head.1)),
    },
    Change {
        name: "the checkpoint's root",
        make: |log, folder| swap_line(folder, log.head.1, other(log.head.1)),
    },
    Change {
        name: "the checkpoint's root, signed anew",
        make: |log, folder| sign_anew(folder, (log.head.0, other(log.head.1))),
    },
    Change {
        name: "the log's signature",
        make: |_, folder| resign(folder, "hotich.example/strangers"),
    },
    Change {
        name: "a witness's cosignature",
        make: |_, folder| resign(folder, "witness.example/ministry"),
    },
    Change {
        name: "a hash of the proof",
        make: |_, folder| {
            let text = fs::read_to_string(folder.join(PROOF)).unwrap();
            let hash = text.lines().nth(5).unwrap();
            let changed: Hash = hash.parse().unwrap();
            swap(folder, PROOF, hash, &other(changed).to_string());
        },
    },
    Change {
        name: "the event that the proof is for",
        make: |_, folder| {
            swap(
                folder,
                PROOF,
                &format!("index {PROVED}\n"),
                &format!("index {}\n", PROVED ^ 1),
            );
        },
    },
    Change {
        name: "the proof of consistency",
        make: |_, folder| {
            let text = fs::read_to_string(folder.join("consistency")).unwrap();
            let hash = text.lines().nth(2).unwrap();
            let changed: Hash = hash.parse().unwrap();
            swap(folder, "consistency", hash, &other(changed).to_string());
        },
    },
    Change {
        name: "the earlier history, signed anew",
        make: |log, folder| {
            let note = signed((log.old.0, other(log.old.1)), false);
            put(folder, "old", note.to_string().as_bytes());
        },
    },
    Change {
        name: "a byte of a signed event",
        make: |_, folder| flip_event(folder, "full/events/100", 25),
    },
];

impl Change {
    /// A copy of the log in which this one thing differs.
    pub fn made_in(&self, log: &Log, place: &Path) -> PathBuf {
        let _ = fs::remove_dir_all(place);
        link(&log.folder, place);
        (self.make)(log, place);
        place.to_owned()
    }
}

fn other(root: Hash) -> Hash {
    let mut changed = root.0;
    changed[7] ^= 4;
    Hash(changed)
}

/// A changed head with everybody's signatures, in the checkpoint and in the proof.
fn sign_anew(folder: &Path, head: (u64, Hash)) {
    let old = fs::read_to_string(folder.join(CHECKPOINT)).unwrap();
    let note = signed(head, true).to_string();
    put(folder, CHECKPOINT, note.as_bytes());
    swap(folder, PROOF, &old, &note);
}

/// Changes a letter of the signature by that name.
fn resign(folder: &Path, name: &str) {
    let text = fs::read_to_string(folder.join(CHECKPOINT)).unwrap();
    let begins = format!("\u{2014} {name} ");
    let line = text.lines().find(|line| line.starts_with(&begins)).unwrap();
    let place = line.len() - 20;
    let letter = if line.as_bytes()[place] == b'A' { "B" } else { "A" };
    let mut changed = line.to_owned();
    changed.replace_range(place..=place, letter);
    swap(folder, CHECKPOINT, line, &changed);
}

/// Changes a line of the checkpoint and leaves its signatures.
fn swap_line<T: Display>(folder: &Path, from: T, to: T) {
    swap(folder, CHECKPOINT, &format!("\n{from}\n"), &format!("\n{to}\n"));
}

fn swap(folder: &Path, file: &str, from: &str, to: &str) {
    let text = fs::read_to_string(folder.join(file)).unwrap();
    assert_eq!(text.matches(from).count(), 1, "{from:?} stands once in {file}");
    put(folder, file, text.replace(from, to).as_bytes());
}

fn flip(folder: &Path, file: &str, place: usize) {
    let mut bytes = fs::read(folder.join(file)).unwrap();
    bytes[place] ^= 1;
    put(folder, file, &bytes);
}

/// Changes a byte in the middle of an event of a bundle.
fn flip_event(folder: &Path, file: &str, number: usize) {
    let bytes = fs::read(folder.join(file)).unwrap();
    let length = |at: usize| usize::from(u16::from_be_bytes([bytes[at], bytes[at + 1]]));
    let at = (0..number).fold(0, |at, _| at + 2 + length(at));
    flip(folder, file, at + 2 + length(at) / 2);
}

/// The files are links to those of the log: one is replaced, never written into.
fn put(folder: &Path, file: &str, bytes: &[u8]) {
    fs::remove_file(folder.join(file)).unwrap();
    fs::write(folder.join(file), bytes).unwrap();
}

fn link(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let place = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => link(&entry.path(), &place),
            false => fs::hard_link(entry.path(), place).unwrap(),
        }
    }
}
