//! [`Packed`]: many byte strings as two parameters of one SQLite statement.

use std::fmt::Write as _;

/// Byte strings one after the other, and where each lies: a statement cuts them up with `substr`. Through sqlx's worker thread
/// each parameter and each statement costs more than a row.
pub(crate) struct Packed {
    /// A JSON array with `[offset, length]` of each, in bytes.
    pub(crate) places: String,
    /// All of them.
    pub(crate) bytes: Vec<u8>,
}

impl<'a> FromIterator<&'a [u8]> for Packed {
    fn from_iter<I: IntoIterator<Item = &'a [u8]>>(each: I) -> Self {
        let mut packed = Packed {
            places: String::from("["),
            bytes: Vec::new(),
        };
        for bytes in each {
            let comma = if packed.places.len() == 1 { "" } else { "," };
            // Writing to a String cannot fail.
            let _ = write!(packed.places, "{comma}[{},{}]", packed.bytes.len(), bytes.len());
            packed.bytes.extend_from_slice(bytes);
        }
        packed.places.push(']');
        packed
    }
}

#[cfg(test)]
mod tests {
    use super::Packed;

    #[test]
    fn each_is_found_where_its_place_says() {
        let packed: Packed = [b"one".as_slice(), b"", b"three"].into_iter().collect();
        assert_eq!(packed.places, "[[0,3],[3,0],[3,5]]");
        assert_eq!(packed.bytes, b"onethree");
        assert_eq!(std::iter::empty().collect::<Packed>().places, "[]");
    }
}
