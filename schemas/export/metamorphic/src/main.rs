//! Checks what the public sees of a log with metamorphic-log, which the project did not write: notes, witnesses, all tiles, all bundles,
//! both proofs.
//!
//! `hotich-metamorphic DIR`; exit status 0 = all of it holds, 1 = it does not, and why. `../README.md` says what lies in DIR.

use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use metamorphic_log::checkpoint::Checkpoint;
use metamorphic_log::note::VerifierKey;
use metamorphic_log::{merkle, tile};

type Hash = [u8; 32];
type Checked<T> = Result<T, String>;

fn main() -> ExitCode {
    let folder = PathBuf::from(env::args().nth(1).unwrap_or_default());
    match Log(folder).check() {
        Ok(said) => println!("{said}"),
        Err(wrong) => {
            println!("refused: {wrong}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

/// The folder.
struct Log(PathBuf);

impl Log {
    fn check(&self) -> Checked<String> {
        let (note, key) = (self.text("public/checkpoint")?, self.text("log.vkey")?);
        let checkpoint = opened(&note, key.trim())?;
        let old = opened(&self.text("old")?, key.trim())?;
        for witness in self.text("witnesses.vkey")?.lines() {
            opened(&note, witness)?;
        }
        let levels = self.levels(checkpoint.size())?;
        if tile::recompute_root(&levels[0]) != *checkpoint.root_hash() {
            return Err("the tiles lead to another root".to_owned());
        }
        let leaves = self.leaves(checkpoint.size())?;
        if leaves
            .iter()
            .map(|leaf| merkle::hash_leaf(leaf))
            .ne(levels[0].iter().copied())
        {
            return Err("the bundles are not those of the tiles".to_owned());
        }
        let proof = self.text("event.tlog-proof")?;
        let (head, signed) = proof.split_once("\n\n").ok_or("not a proof file")?;
        if signed != note {
            return Err("a proof to another checkpoint".to_owned());
        }
        let mut lines = head.lines().skip(1);
        let index = lines.next().and_then(|line| line.strip_prefix("index "));
        let index: u64 = index.and_then(|index| index.parse().ok()).ok_or("no index")?;
        let leaf = levels[0].get(index as usize).ok_or("no such leaf")?;
        checkpoint
            .verify_inclusion(index, leaf, &hashes(lines)?)
            .map_err(told)?;
        let continued = self.text("consistency")?;
        old.verify_consistency(&checkpoint, &hashes(continued.lines())?)
            .map_err(told)?;
        Ok(format!("{} leaves, {} levels", leaves.len(), levels.len()))
    }

    /// The hashes of each level, each held against the tile below.
    fn levels(&self, size: u64) -> Checked<Vec<Vec<Hash>>> {
        let mut levels: Vec<Vec<Hash>> = Vec::new();
        for tile in tile::tiles_for_size(size) {
            let hashes = tile.hashes(&self.file(&tile.path())?).map_err(told)?;
            let level = usize::from(tile.level());
            if level > 0 {
                for (place, hash) in (tile.index() as usize * 256..).zip(&hashes) {
                    let below = levels[level - 1]
                        .get(place * 256..place * 256 + 256)
                        .ok_or("no tile below")?;
                    if tile::parent_hash(below).map_err(told)? != *hash {
                        return Err(format!("{} is not what lies below", tile.path()));
                    }
                }
            }
            levels.resize(levels.len().max(level + 1), Vec::new());
            levels[level].extend(hashes);
        }
        Ok(levels)
    }

    fn leaves(&self, size: u64) -> Checked<Vec<Vec<u8>>> {
        let mut leaves = Vec::new();
        for bundle in tile::tiles_for_size(size).iter().filter(|tile| tile.level() == 0) {
            let bytes = self.file(&bundle.entries_path())?;
            let mut rest = &bytes[..];
            while let Some((length, behind)) = rest.split_first_chunk::<2>() {
                let length = usize::from(u16::from_be_bytes(*length));
                let (leaf, behind) = behind
                    .split_at_checked(length)
                    .ok_or("a bundle ends within a leaf")?;
                leaves.push(leaf.to_vec());
                rest = behind;
            }
        }
        Ok(leaves)
    }

    fn file(&self, path: &str) -> Checked<Vec<u8>> {
        read(&self.0.join("public").join(path))
    }

    fn text(&self, file: &str) -> Checked<String> {
        String::from_utf8(read(&self.0.join(file))?).map_err(told)
    }
}

fn opened(note: &str, vkey: &str) -> Checked<Checkpoint> {
    let key = VerifierKey::parse(vkey).map_err(told)?;
    Checkpoint::from_signed_note(note, &[key]).map_err(told)
}

fn hashes<'l>(lines: impl Iterator<Item = &'l str>) -> Checked<Vec<Vec<u8>>> {
    lines.map(|line| STANDARD.decode(line).map_err(told)).collect()
}

fn read(path: &Path) -> Checked<Vec<u8>> {
    fs::read(path).map_err(|wrong| format!("{}: {wrong}", path.display()))
}

fn told(wrong: impl Display) -> String {
    wrong.to_string()
}
