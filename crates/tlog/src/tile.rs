//! Where the hashes of a tree lie: tiles of 256 hashes, as C2SP tlog-tiles addresses them.
//!
//! Tile `n` of level `l` holds, for `i` from 0 to 255, the hash of the full subtree over the leaves `(n·256 +
//! i)·256^l ..` and `256^l` long. The rightmost tile of a level may be partial; its width is part of its
//! address, so an address names bytes that never change.

use crate::hash::{HASH_SIZE, Hash};
use std::{fmt, str::FromStr};

/// Hashes in a full tile.
pub const TILE_WIDTH: u16 = 256;

/// Bytes of a full tile.
pub const TILE_SIZE: usize = TILE_WIDTH as usize * HASH_SIZE;

/// Highest level that has an address (C2SP tlog-tiles); a tree of 64-bit size reaches level 7.
pub const MAX_LEVEL: u8 = 63;

/// The address of one tile: its level, its index in the level, and how many hashes it holds (1 to 256).
///
/// `Display` and `FromStr` are the path C2SP gives it, without a leading slash: `tile/<L>/<N>[.p/<W>]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tile {
    level: u8,
    index: u64,
    width: u16,
}

/// The text or the numbers address no tile (or no bundle of entries).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the address of a tile")]
pub struct TileError;

impl Tile {
    /// The tile at a level (0 to 63) and index, `width` hashes wide (1 to 256).
    ///
    /// # Errors
    /// [`TileError`] when level or width is out of range.
    pub fn new(level: u8, index: u64, width: u16) -> Result<Self, TileError> {
        if level > MAX_LEVEL || !(1..=TILE_WIDTH).contains(&width) {
            return Err(TileError);
        }
        Ok(Self { level, index, width })
    }

    /// The tile as it stands in a tree of `size` leaves: full, partial, or `None` when that tree does not
    /// reach it.
    #[must_use]
    pub fn in_tree(level: u8, index: u64, size: u64) -> Option<Self> {
        let before = u128::from(index) * u128::from(TILE_WIDTH);
        let width = u128::from(hashes_at(level, size))
            .saturating_sub(before)
            .min(u128::from(TILE_WIDTH));
        Self::new(level, index, u16::try_from(width).ok()?).ok()
    }

    /// The partial tile at the right end of a level in a tree of `size` leaves; `None` when the level ends in
    /// a full tile.
    #[must_use]
    pub fn partial(level: u8, size: u64) -> Option<Self> {
        let hashes = hashes_at(level, size);
        let width = u16::try_from(hashes % u64::from(TILE_WIDTH)).ok()?;
        Self::new(level, hashes / u64::from(TILE_WIDTH), width).ok()
    }

    /// All partial tiles of a tree of `size` leaves, lowest level first: its right edge.
    pub fn partials(size: u64) -> impl Iterator<Item = Self> {
        (0..u64::BITS as u8 / 8).filter_map(move |level| Self::partial(level, size))
    }

    /// Level: 0 holds leaf hashes, each next one the roots of the full tiles below.
    #[must_use]
    pub const fn level(&self) -> u8 {
        self.level
    }

    /// Index in the level, from 0 at the left.
    #[must_use]
    pub const fn index(&self) -> u64 {
        self.index
    }

    /// Number of hashes, 1 to 256.
    #[must_use]
    pub const fn width(&self) -> u16 {
        self.width
    }

    /// Whether it holds all 256 hashes.
    #[must_use]
    pub const fn is_full(&self) -> bool {
        self.width == TILE_WIDTH
    }

    /// The full tile at the same place, which a client may ask for when the partial one is gone.
    #[must_use]
    pub const fn full(self) -> Self {
        Self {
            width: TILE_WIDTH,
            ..self
        }
    }

    /// Number of bytes, 32 for each hash.
    #[must_use]
    pub const fn size_bytes(&self) -> usize {
        self.width as usize * HASH_SIZE
    }

    /// Whether a tree of `size` leaves has this tile, at this width or wider.
    #[must_use]
    pub fn is_in_tree(&self, size: u64) -> bool {
        Self::in_tree(self.level, self.index, size).is_some_and(|there| there.width >= self.width)
    }

    /// This tile's bytes out of a wider one at the same place: its beginning. `None` when there are too few
    /// bytes.
    ///
    /// So a log keeps its right edge once and serves every narrower partial tile from it.
    #[must_use]
    pub fn cut<'a>(&self, wider: &'a [u8]) -> Option<&'a [u8]> {
        wider.get(..self.size_bytes())
    }
}

/// Hash number `place` among the bytes of a tile.
#[must_use]
pub fn hash_at(tile: &[u8], place: usize) -> Option<Hash> {
    let start = place.checked_mul(HASH_SIZE)?;
    tile.get(start..start.checked_add(HASH_SIZE)?)
        .and_then(|bytes| Hash::from_slice(bytes).ok())
}

/// How many hashes a level holds in a tree of `size` leaves: one for each full subtree of `256^level` leaves.
fn hashes_at(level: u8, size: u64) -> u64 {
    size.checked_shr(u32::from(level) * 8).unwrap_or(0)
}

impl fmt::Display for Tile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "tile/{}/{}",
            self.level,
            Place {
                index: self.index,
                width: self.width
            }
        )
    }
}

impl FromStr for Tile {
    type Err = TileError;

    fn from_str(path: &str) -> Result<Self, TileError> {
        let (level, place) = path
            .strip_prefix("tile/")
            .and_then(|rest| rest.split_once('/'))
            .ok_or(TileError)?;
        let level = parse_decimal(level)
            .and_then(|level| u8::try_from(level).ok())
            .ok_or(TileError)?;
        let Place { index, width } = place.parse()?;
        Self::new(level, index, width)
    }
}

/// The end of a path, `<N>[.p/<W>]`, which tiles and bundles of entries share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) index: u64,
    pub(crate) width: u16,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_groups(f, self.index / 1000)?;
        write!(f, "{:03}", self.index % 1000)?;
        if self.width < TILE_WIDTH {
            write!(f, ".p/{}", self.width)
        } else {
            Ok(())
        }
    }
}

/// Writes all groups of three digits but the last, each as `x<ddd>/`.
fn write_groups(f: &mut fmt::Formatter<'_>, index: u64) -> fmt::Result {
    if index == 0 {
        return Ok(());
    }
    write_groups(f, index / 1000)?;
    write!(f, "x{:03}/", index % 1000)
}

impl FromStr for Place {
    type Err = TileError;

    fn from_str(text: &str) -> Result<Self, TileError> {
        let (index, width) = match text.split_once(".p/") {
            Some((index, width)) => (index, parse_width(width).ok_or(TileError)?),
            None => (text, TILE_WIDTH),
        };
        Ok(Self {
            index: parse_index(index).ok_or(TileError)?,
            width,
        })
    }
}

/// Reads `x001/x234/067`. A leading `x000` would be a second name for the same tile and is refused.
fn parse_index(text: &str) -> Option<u64> {
    let (leading, last) = text
        .rsplit_once('/')
        .map_or((None, text), |(leading, last)| (Some(leading), last));
    let mut index = 0_u64;
    for group in leading.into_iter().flat_map(|leading| leading.split('/')) {
        index = append_group(index, group.strip_prefix('x')?)?;
        if index == 0 {
            return None;
        }
    }
    append_group(index, last)
}

/// Appends three decimal digits to a number.
fn append_group(index: u64, group: &str) -> Option<u64> {
    if group.len() != 3 || !group.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    index.checked_mul(1000)?.checked_add(group.parse().ok()?)
}

/// The width of a partial tile, 1 to 255.
fn parse_width(text: &str) -> Option<u16> {
    let width = parse_decimal(text).and_then(|width| u16::try_from(width).ok())?;
    (1..TILE_WIDTH).contains(&width).then_some(width)
}

/// An ASCII decimal without sign or leading zeroes, as all C2SP formats write numbers.
pub(crate) fn parse_decimal(text: &str) -> Option<u64> {
    let plain = text.bytes().all(|digit| digit.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    if plain { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tile(level: u8, index: u64, width: u16) -> Tile {
        Tile::new(level, index, width).unwrap()
    }

    #[test]
    fn a_path_groups_its_digits_by_three_as_c2sp_does() {
        assert_eq!(tile(0, 1_234_067, 256).to_string(), "tile/0/x001/x234/067");
        assert_eq!(tile(3, 5, 17).to_string(), "tile/3/005.p/17");
        assert_eq!(
            tile(63, u64::MAX, 1).to_string(),
            "tile/63/x018/x446/x744/x073/x709/x551/615.p/1"
        );
    }

    #[test]
    fn a_tile_has_one_path() {
        for path in [
            "",
            "tile",
            "tile/",
            "tile/0",
            "tile/0/",
            "tile/00/001",
            "tile/64/001",
            "tile/0/1",
            "tile/0/0001",
            "tile/0/x001",
            "tile/0/x000/001",
            "tile/0/001/001",
            "tile/0/x001/x002",
            "tile/0/001.p/0",
            "tile/0/001.p/256",
            "tile/0/001.p/01",
            "tile/0/001.p/",
            "tile/0/001.p/+1",
            "tile/+0/001",
            "/tile/0/001",
            "tile/0/001/",
            "tile/0/x018/x446/x744/x073/x709/x551/616",
            "tile/0/x999/x999/x999/x999/x999/x999/x999/999",
            "tile/0/٠٠١",
            "tile/8/0/001",
            "tile/entries/001",
            "tile/0/001.p/1.p/1",
        ] {
            assert_eq!(path.parse::<Tile>(), Err(TileError), "{path}");
        }
    }

    #[test]
    fn a_tree_of_70000_leaves_has_the_tiles_c2sp_says() {
        assert_eq!(
            Tile::partials(70_000).collect::<Vec<_>>(),
            [tile(0, 273, 112), tile(1, 1, 17), tile(2, 0, 1)]
        );
        assert_eq!(Tile::in_tree(0, 272, 70_000), Some(tile(0, 272, 256)));
        assert_eq!(Tile::in_tree(1, 0, 70_000), Some(tile(1, 0, 256)));
        assert_eq!(Tile::in_tree(0, 274, 70_000), None);
        assert_eq!(Tile::in_tree(3, 0, 70_000), None);
    }

    #[test]
    fn a_tree_of_256_leaves_is_a_full_tile_and_a_partial_one_above() {
        assert_eq!(Tile::partials(256).collect::<Vec<_>>(), [tile(1, 0, 1)]);
        assert_eq!(Tile::in_tree(0, 0, 256), Some(tile(0, 0, 256)));
    }

    proptest! {
        #[test]
        fn a_path_names_its_tile(level in 0..=63_u8, index: u64, width in 1..=256_u16) {
            let tile = tile(level, index, width);
            prop_assert_eq!(tile.to_string().parse(), Ok(tile));
        }

        #[test]
        fn any_path_is_read_or_refused(path in "\\PC{0,40}|tile/[0-9x]{0,3}/([x0-9]{0,4}/?){0,8}(\\.p/[0-9]{0,4})?") {
            if let Ok(tile) = path.parse::<Tile>() { prop_assert_eq!(tile.to_string(), path); }
        }

        #[test]
        fn tiles_fit_their_tree(level in 0..=63_u8, index: u64, size: u64) {
            if let Some(tile) = Tile::in_tree(level, index, size) {
                prop_assert!(tile.is_in_tree(size));
                let hashes = u128::from(index) * 256 + u128::from(tile.width());
                prop_assert!(hashes << (8 * u32::from(level)) <= u128::from(size));
            }
        }
    }
}
