//! The entries themselves, in bundles of 256 beside the tiles of level 0 (C2SP tlog-tiles, "Log entries").

use crate::tile::{Place, TILE_WIDTH, Tile, TileError};
use std::{fmt, str::FromStr};

/// Longest entry, in bytes: its length is written in 16 bits.
pub const MAX_ENTRY_SIZE: usize = u16::MAX as usize;

/// The address of a bundle: the entries of the tile of level 0 with the same index and width.
///
/// `Display` and `FromStr` are its path: `tile/entries/<N>[.p/<W>]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bundle(Tile);

/// The bytes are no bundle, or an entry fits in none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// An entry is longer than [`MAX_ENTRY_SIZE`].
    #[error("an entry is longer than 65,535 bytes")]
    TooLong,
    /// The bytes end within an entry, or go on after the last.
    #[error("not a bundle of that many entries")]
    Malformed,
}

impl Bundle {
    /// The bundle at an index, `width` entries wide (1 to 256).
    ///
    /// # Errors
    /// [`TileError`] when the width is out of range.
    pub fn new(index: u64, width: u16) -> Result<Self, TileError> {
        Tile::new(0, index, width).map(Self)
    }

    /// The bundle as it stands in a tree of `size` leaves, or `None` when that tree does not reach it.
    #[must_use]
    pub fn in_tree(index: u64, size: u64) -> Option<Self> {
        Tile::in_tree(0, index, size).map(Self)
    }

    /// Index of the bundle.
    #[must_use]
    pub const fn index(&self) -> u64 {
        self.0.index()
    }

    /// Number of entries, 1 to 256.
    #[must_use]
    pub const fn width(&self) -> u16 {
        self.0.width()
    }

    /// Index of its first entry in the log, or `None` beyond 64 bits.
    #[must_use]
    pub const fn start(&self) -> Option<u64> {
        self.0.index().checked_mul(TILE_WIDTH as u64)
    }

    /// The tile that holds the hashes of these entries.
    #[must_use]
    pub const fn tile(&self) -> Tile {
        self.0
    }

    /// The entries of this bundle out of its bytes.
    ///
    /// # Errors
    /// [`BundleError::Malformed`] unless there are exactly [`Bundle::width`] entries and nothing else.
    pub fn entries<'a>(&self, mut bytes: &'a [u8]) -> Result<Vec<&'a [u8]>, BundleError> {
        let mut entries = Vec::with_capacity(usize::from(self.width()));
        for _ in 0..self.width() {
            let (length, rest) = bytes.split_first_chunk().ok_or(BundleError::Malformed)?;
            let length = usize::from(u16::from_be_bytes(*length));
            let (entry, rest) = rest.split_at_checked(length).ok_or(BundleError::Malformed)?;
            entries.push(entry);
            bytes = rest;
        }
        if bytes.is_empty() {
            Ok(entries)
        } else {
            Err(BundleError::Malformed)
        }
    }
}

/// Writes one entry as a bundle holds it: its length in 16 bits, big-endian, then its bytes.
///
/// # Errors
/// [`BundleError::TooLong`]; nothing is written then.
pub fn write_entry(bundle: &mut Vec<u8>, entry: &[u8]) -> Result<(), BundleError> {
    let length = u16::try_from(entry.len()).map_err(|_| BundleError::TooLong)?;
    bundle.extend_from_slice(&length.to_be_bytes());
    bundle.extend_from_slice(entry);
    Ok(())
}

impl fmt::Display for Bundle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "tile/entries/{}",
            Place {
                index: self.index(),
                width: self.width()
            }
        )
    }
}

impl FromStr for Bundle {
    type Err = TileError;

    fn from_str(path: &str) -> Result<Self, TileError> {
        let Place { index, width } = path.strip_prefix("tile/entries/").ok_or(TileError)?.parse()?;
        Self::new(index, width)
    }
}
