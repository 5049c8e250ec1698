//! Where things lie in an export (RFC 0002).

use std::path::{Path, PathBuf};

/// The format that the manifest names.
pub const FORMAT: &str = "hotich-export/1";
/// How many events one bundle holds, but for the last.
pub const BUNDLE: u64 = 256;

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
}

/// The file of one part of a bundle: numbers in groups of three digits, all but the last behind an `x`, as C2SP writes
/// tiles (`events/x001/234`).
pub fn file(folder: &Path, part: Part, bundle: u64) -> PathBuf {
    let mut groups = vec![format!("{:03}", bundle % 1_000)];
    let mut rest = bundle / 1_000;
    while rest > 0 {
        groups.push(format!("x{:03}", rest % 1_000));
        rest /= 1_000;
    }
    groups
        .iter()
        .rev()
        .fold(folder.join(part.folder()), |path, group| path.join(group))
}

/// The signed checkpoint.
pub fn checkpoint(folder: &Path) -> PathBuf {
    folder.join("checkpoint")
}

/// The manifest.
pub fn manifest(folder: &Path) -> PathBuf {
    folder.join("manifest.json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bundles_lie_in_groups_of_three_digits() {
        let path = |bundle| file(Path::new(""), Part::Events, bundle).display().to_string();
        assert_eq!(path(0), "events/000");
        assert_eq!(path(999), "events/999");
        assert_eq!(path(1_234_067), "events/x001/x234/067");
    }
}
