//! What a disk has of a ledger's files: as it is, and as a crash leaves it.
//!
//! SQLite appends a commit to the write-ahead log and syncs it before it is acknowledged; the log is copied into the file later, and only begun anew
//! when the file is synced. So between two states of the files a crash may leave: the log with any part of what was appended, beside a file that did
//! not change; or the whole log, beside a file of which any sectors are the newer ones.

use std::io;
use std::path::Path;

use crate::chance::Chance;

/// What is written or not as one.
const SECTOR: usize = 512;

/// The files of a ledger at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// The file.
    pub file: Vec<u8>,
    /// The write-ahead log.
    pub log: Vec<u8>,
}

impl Image {
    /// What is there now.
    pub fn take(folder: &Path) -> io::Result<Self> {
        let log = std::fs::read(folder.join(LOG));
        Ok(Self {
            file: std::fs::read(folder.join(ledger::FILE_NAME))?,
            log: match log {
                Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
                log => log?,
            },
        })
    }

    /// Puts it into an empty folder.
    pub fn put(&self, folder: &Path) -> io::Result<()> {
        std::fs::create_dir_all(folder)?;
        std::fs::write(folder.join(ledger::FILE_NAME), &self.file)?;
        if self.log.is_empty() {
            return Ok(());
        }
        std::fs::write(folder.join(LOG), &self.log)
    }

    /// What a crash leaves while a commit is being written that leads from here to `after`, and how. The commit was not acknowledged.
    pub fn torn_commit(&self, after: &Self, chance: &mut Chance) -> (Self, &'static str) {
        let appended = self.file == after.file && after.log.starts_with(&self.log);
        if !appended {
            // The log was begun anew in between: then one of both.
            return match chance.one_in(2) {
                true => (self.clone(), "as before"),
                false => (after.clone(), "as after"),
            };
        }
        let mut torn = after.clone();
        let tail = after.log.len() - self.log.len();
        let how = match chance.below(4) {
            0 => {
                torn.log.truncate(self.log.len());
                "without it"
            }
            1 => {
                let kept = chance.below(tail as u64 + 1) as usize;
                torn.log.truncate(self.log.len() + kept);
                "cut"
            }
            2 => {
                let tail = torn.log.get_mut(self.log.len()..).unwrap_or_default();
                for sector in tail.chunks_mut(SECTOR) {
                    if chance.one_in(3) {
                        sector.fill(0);
                    }
                }
                "with sectors missing"
            }
            _ => "whole",
        };
        (torn, how)
    }

    /// What a crash leaves while the log is being copied into the file, which leads from here to `after`.
    pub fn torn_copy(&self, after: &Self, chance: &mut Chance) -> Self {
        let mut torn = self.clone();
        torn.file.resize(after.file.len().max(self.file.len()), 0);
        let newer = after.file.chunks(SECTOR);
        for (sector, newer) in torn.file.chunks_mut(SECTOR).zip(newer) {
            if newer.len() == sector.len() && chance.one_in(2) {
                sector.copy_from_slice(newer);
            }
        }
        torn
    }

    /// Flips a bit of the file, or of the log. Answers where.
    pub fn flip(&mut self, chance: &mut Chance) -> (&'static str, usize) {
        let in_log = !self.log.is_empty() && chance.one_in(2);
        let (name, bytes) = match in_log {
            true => ("log", &mut self.log),
            false => ("file", &mut self.file),
        };
        let place = chance.below(bytes.len() as u64) as usize;
        if let Some(byte) = bytes.get_mut(place) {
            *byte ^= 1 << chance.below(8);
        }
        (name, place)
    }
}

/// Beside [`ledger::FILE_NAME`].
const LOG: &str = "ledger.db-wal";
