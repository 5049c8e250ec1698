//! An office's own memory of the log: it accepts a receipt only from a log that continues what it saw before.
//!
//! Ten thousand offices that each keep the last checkpoint they saw cannot all be shown another history. What is kept stands in one
//! small file beside the officer's key; what is believed is said by a trust policy that came from elsewhere, never by the server.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};
use tlog::{
    Checkpoint, Edge, ForkEvidence, Hash, Note, Policy, Tile, consistency_proof, consistency_tiles,
    inclusion_proof, inclusion_tiles, leaf_hash, verify_consistency, verify_inclusion,
};

use crate::outcome::{Error, Result};

/// How often the log is asked whether it covers an event.
const ASKED: u32 = 100;

/// Where the public log comes from: a server, or a test.
pub trait Source {
    /// The document at a path of the public log; nothing when there is none.
    ///
    /// # Errors
    /// When it cannot be asked.
    fn document(&self, path: &str) -> Result<Option<Vec<u8>>>;

    /// Lets some time pass before the log is asked again.
    fn rest(&self) {}
}

/// What an office knows of the log.
pub struct Monitor<S> {
    source: S,
    policy: Policy,
    file: PathBuf,
    kept: Option<(Checkpoint, Note)>,
}

impl<S: Source> Monitor<S> {
    /// Reads what was kept. Without a file nothing was.
    ///
    /// # Errors
    /// When the file is there and cannot be believed.
    pub fn open(source: S, policy: Policy, file: PathBuf) -> Result<Self> {
        let kept = match fs::read(&file) {
            Ok(bytes) => Some(
                opened(&policy, &bytes).map_err(|why| Error::using(format!("{}: {why}", file.display())))?,
            ),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => return Err(error.into()),
        };
        Ok(Self {
            source,
            policy,
            file,
            kept,
        })
    }

    /// Asks for the log's checkpoint and believes it: signed, cosigned, and a continuation of what was kept. Keeps it then.
    /// Answers its size; 0 while the log has none and never had one.
    ///
    /// # Errors
    /// [`Error::Refused`] when the log does not continue what was kept; evidence stands then beside the file.
    pub fn look(&mut self) -> Result<u64> {
        let Some(bytes) = self.source.document("/checkpoint")? else {
            return match &self.kept {
                None => Ok(0),
                Some((kept, _)) => Err(self.accuse(kept.size(), "has no checkpoint any more", None)),
            };
        };
        let (new, note) = opened(&self.policy, &bytes)
            .map_err(|why| Error::Refused(format!("the checkpoint of the log: {why}")))?;
        if let Some((kept, kept_note)) = self.kept.take() {
            let judged = self.continues(&kept, &kept_note, &new, &note);
            self.kept = Some((kept, kept_note));
            judged?;
        }
        let size = new.size();
        if self.kept.as_ref().is_none_or(|(kept, _)| kept.size() < size) {
            keep(&self.file, &note)?;
            self.kept = Some((new, note));
        }
        Ok(size)
    }

    /// Waits until the log covers an event that was answered with a position, and checks that it is in it just there.
    ///
    /// # Errors
    /// [`Error::Refused`] when it is not, when the log does not continue what was kept, or when no checkpoint covers it for long.
    pub fn accept(&mut self, signed: &[u8], position: u64) -> Result<()> {
        for _ in 0..ASKED {
            if self.look()? > position {
                return self.includes(signed, position);
            }
            self.source.rest();
        }
        Err(Error::Refused(
            "the event is recorded, but no checkpoint covers it yet: its receipt is not proved".to_owned(),
        ))
    }

    fn includes(&self, signed: &[u8], position: u64) -> Result<()> {
        let Some((tree, _)) = &self.kept else {
            return Err(Error::Refused("no checkpoint is kept".to_owned()));
        };
        let size = tree.size();
        let leaf = leaf_hash(&ledger::leaf_entry(
            blake3::hash(signed).as_bytes(),
            &Sha256::digest(signed).into(),
        ));
        let wanted = inclusion_tiles(position, size).map_err(Error::using)?;
        let tiles = self.tiles(&wanted)?;
        let proved = inclusion_proof(position, size, &tiles)
            .and_then(|proof| verify_inclusion(position, size, leaf, tree.root(), &proof));
        proved.map_err(|why| {
            Error::Refused(format!(
                "the log does not have the event at position {position}: {why}"
            ))
        })
    }

    fn continues(&self, kept: &Checkpoint, kept_note: &Note, new: &Checkpoint, note: &Note) -> Result<()> {
        if new.size() < kept.size() {
            return Err(self.accuse(
                kept.size(),
                &format!("shows {} events now", new.size()),
                Some(note.to_string()),
            ));
        }
        if new.size() == kept.size() {
            if new.root() == kept.root() {
                return Ok(());
            }
            let evidence = ForkEvidence::of_one_size(kept_note.clone(), note.clone());
            return Err(self.accuse(kept.size(), "shows other ones now", Some(evidence.to_string())));
        }
        let wanted = consistency_tiles(kept.size(), new.size()).map_err(Error::using)?;
        let tiles = self.tiles(&wanted)?;
        let proof = consistency_proof(kept.size(), new.size(), &tiles).unwrap_or_default();
        if verify_consistency(kept.size(), new.size(), kept.root(), new.root(), &proof).is_ok() {
            return Ok(());
        }
        // The log shows how its own tree began, or nothing that leads to what it signed.
        let evidence = match self.beginning(kept.size(), new.size()) {
            Some(root) if verify_consistency(kept.size(), new.size(), root, new.root(), &proof).is_ok() => {
                ForkEvidence::of_two_sizes(kept_note.clone(), note.clone(), root, proof).to_string()
            }
            _ => note.to_string(),
        };
        Err(self.accuse(kept.size(), "does not continue them", Some(evidence)))
    }

    /// The root of the first leaves of the larger tree, as its tiles show it.
    fn beginning(&self, size: u64, of: u64) -> Option<Hash> {
        let edge: Vec<Tile> = Tile::partials(size).collect();
        let wider = |tile: &Tile| Tile::in_tree(tile.level(), tile.index(), of);
        let tiles = self
            .tiles(&edge.iter().filter_map(wider).collect::<Vec<_>>())
            .ok()?;
        let cut = edge
            .iter()
            .map(|tile| Some((*tile, tile.cut(tiles.get(&wider(tile)?)?)?.to_vec())));
        let cut: BTreeMap<Tile, Vec<u8>> = cut.collect::<Option<_>>()?;
        Edge::from_tiles(size, &cut).ok().map(|edge| edge.root())
    }

    fn tiles(&self, wanted: &[Tile]) -> Result<BTreeMap<Tile, Vec<u8>>> {
        let mut tiles = BTreeMap::new();
        for tile in wanted {
            if let Some(bytes) = self.source.document(&format!("/{tile}"))? {
                tiles.insert(*tile, bytes);
            }
        }
        Ok(tiles)
    }

    /// Refuses the log, and keeps what shows why: what was kept stays, and what came is laid beside it.
    fn accuse(&self, size: u64, what: &str, evidence: Option<String>) -> Error {
        let mut said =
            format!("the log has signed for {size} events and {what}: no receipt of it is accepted");
        if let Some(evidence) = evidence {
            let file = with_suffix(&self.file, "evidence");
            match fs::write(&file, evidence) {
                Ok(()) => said += &format!("; the evidence is in {}", file.display()),
                Err(error) => said += &format!("; the evidence cannot be written: {error}"),
            }
        }
        Error::Refused(said)
    }
}

fn opened(policy: &Policy, bytes: &[u8]) -> std::result::Result<(Checkpoint, Note), tlog::PolicyRefusal> {
    let opened = policy.open(bytes)?;
    Ok((opened.checkpoint().clone(), opened.note().clone()))
}

/// The old file or the new one is there whatever happens, and the new one is on the disk before anything rests on it.
fn keep(file: &Path, note: &Note) -> Result<()> {
    let new = with_suffix(file, "new");
    let mut written = fs::File::create(&new)?;
    written.write_all(note.to_string().as_bytes())?;
    written.sync_all()?;
    fs::rename(&new, file)?;
    if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}

fn with_suffix(file: &Path, suffix: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    PathBuf::from(name)
}

#[cfg(test)]
#[path = "monitor_tests.rs"]
mod tests;
