//! A temporary folder that goes with its owner.

use std::path::{Path, PathBuf};

use crate::Reaper;

/// A folder that is removed when this is dropped, and also when the test is killed.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    _reaper: Reaper,
}

impl Folder {
    /// A new, empty one.
    pub fn new() -> Self {
        let path = tempfile::Builder::new()
            .prefix("hotich-tests-folder.")
            .tempdir()
            .expect("a folder")
            .keep();
        let reaper = Reaper::new(r#"rm -rf "$1""#, &[&path]);
        Self {
            path,
            _reaper: reaper,
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The path of something in it, as text for a command line.
    pub fn join(&self, name: &str) -> String {
        let path = self.path.join(name).into_os_string().into_string();
        path.expect("temporary folders have plain names")
    }
}

impl Default for Folder {
    fn default() -> Self {
        Self::new()
    }
}
