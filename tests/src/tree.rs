//! The files of the repository.

use std::fs;
use std::path::{Path, PathBuf};

/// The root of the repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("this crate is a folder of the repository")
}

/// The text of a file, by its path from the root.
pub fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// All files below a folder (its path from the root; empty for all), as sorted paths from the root. Leaves out what
/// no commit holds: `target`, `.git`, Python's caches and databases. A folder that does not exist has no files.
pub fn files(folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(folder) = open.pop() {
        for path in fs::read_dir(&folder)
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path())
        {
            if path.is_dir() {
                open.extend(kept(&path).then_some(path));
            } else if kept(&path) {
                found.push(from_root(&path));
            }
        }
    }
    found.sort();
    found
}

/// All files below a folder with one of these endings.
pub fn files_ending(folder: &str, endings: &[&str]) -> Vec<String> {
    let mut found = files(folder);
    found.retain(|path| endings.iter().any(|ending| path.ends_with(ending)));
    found
}

fn from_root(path: &Path) -> String {
    let path: PathBuf = path.strip_prefix(root()).expect("below the root").into();
    path.into_os_string().into_string().expect("our paths are text")
}

fn kept(path: &Path) -> bool {
    let name = path
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default();
    !matches!(name, "target" | ".git" | "__pycache__") && !name.ends_with(".db") && !name.contains(".db-")
}
