//! Deterministic CBOR: the only form in which a civil-status byte may exist.
//!
//! RFC 8949 §4.2.1 narrowed until one value has exactly one encoding (RFC 0001 §1): definite lengths, shortest
//! integers, no floats, no tags but the one COSE needs, maps only with ascending unsigned keys, text in NFC, depth
//! and size bounded. [`Cursor`] reads that form and no other; it never allocates more than it was given.
//! Writing goes through `ciborium` for trees and through [`Writer`] for the fixed layouts of envelope and COSE.

use ciborium::Value;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// How deep arrays and maps may nest.
pub const DEPTH_MAX: usize = 12;
/// How many bytes one body may have: with its salt of 32 bytes it fills one mebibyte.
pub const BODY_SIZE_MAX: usize = (1 << 20) - 32;

/// Why bytes are not deterministic CBOR of the expected shape. Carries no content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// The input ends inside an item.
    #[error("the bytes end inside an item")]
    Truncated,
    /// Bytes follow the item.
    #[error("bytes follow the item")]
    TrailingBytes,
    /// A length or integer is not in its shortest form.
    #[error("an integer or length is not in its shortest form")]
    NotShortest,
    /// Indefinite length, float, tag or simple value that the format does not have.
    #[error("an item of a kind that the format does not have")]
    ForeignItem,
    /// Map keys are not unsigned integers in ascending order.
    #[error("map keys are not ascending unsigned integers")]
    KeyOrder,
    /// Text is not UTF-8 or not in Unicode normalisation form C.
    #[error("text is not UTF-8 in normalisation form C")]
    NotNfc,
    /// Nested deeper than [`DEPTH_MAX`].
    #[error("nested too deeply")]
    TooDeep,
    /// Larger than the format allows.
    #[error("too large")]
    TooLarge,
    /// Well-formed, but not the shape that stands in the schema at this place.
    #[error("{0} does not have the shape of the schema")]
    Shape(&'static str),
}

/// A strict reader over borrowed bytes.
#[derive(Debug, Clone)]
pub struct Cursor<'a> {
    rest: &'a [u8],
}

const UINT: u8 = 0;
const NINT: u8 = 1;
const BYTES: u8 = 2;
const TEXT: u8 = 3;
const ARRAY: u8 = 4;
const MAP: u8 = 5;
const TAG: u8 = 6;
const SIMPLE: u8 = 7;
const FALSE: u8 = 0xf4;
const TRUE: u8 = 0xf5;
const NULL: u8 = 0xf6;

impl<'a> Cursor<'a> {
    /// Starts at the first byte.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Answers when nothing is left.
    pub fn end(&self) -> Result<(), Malformed> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(Malformed::TrailingBytes)
        }
    }

    fn take(&mut self, count: u64) -> Result<&'a [u8], Malformed> {
        let count = usize::try_from(count).map_err(|_| Malformed::Truncated)?;
        let (head, rest) = self.rest.split_at_checked(count).ok_or(Malformed::Truncated)?;
        self.rest = rest;
        Ok(head)
    }

    /// The head of an item: major type and argument, in shortest form.
    fn head(&mut self) -> Result<(u8, u64), Malformed> {
        let (&first, rest) = self.rest.split_first().ok_or(Malformed::Truncated)?;
        self.rest = rest;
        let (major, low) = (first >> 5, first & 0x1f);
        let argument = match low {
            0..=23 => return Ok((major, u64::from(low))),
            24..=27 => self
                .take(1 << (low - 24))?
                .iter()
                .fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte)),
            _ => return Err(Malformed::ForeignItem),
        };
        let least = match low {
            24 => 24,
            25 => 1 << 8,
            26 => 1 << 16,
            _ => 1 << 32,
        };
        if major == SIMPLE {
            return Err(Malformed::ForeignItem);
        }
        if argument < least {
            Err(Malformed::NotShortest)
        } else {
            Ok((major, argument))
        }
    }

    fn expect(&mut self, major: u8, what: &'static str) -> Result<u64, Malformed> {
        match self.head()? {
            (found, argument) if found == major => Ok(argument),
            _ => Err(Malformed::Shape(what)),
        }
    }

    /// An unsigned integer.
    pub fn uint(&mut self, what: &'static str) -> Result<u64, Malformed> {
        self.expect(UINT, what)
    }

    /// An array of exactly `len` items; the items follow.
    pub fn array(&mut self, len: u64, what: &'static str) -> Result<(), Malformed> {
        if self.expect(ARRAY, what)? == len {
            Ok(())
        } else {
            Err(Malformed::Shape(what))
        }
    }

    /// An array of any length up to `max`; answers the length, the items follow.
    pub fn list(&mut self, max: u64, what: &'static str) -> Result<u64, Malformed> {
        match self.expect(ARRAY, what)? {
            len if len <= max => Ok(len),
            _ => Err(Malformed::TooLarge),
        }
    }

    /// A byte string.
    pub fn bytes(&mut self, what: &'static str) -> Result<&'a [u8], Malformed> {
        let len = self.expect(BYTES, what)?;
        self.take(len)
    }

    /// A byte string of exactly `N` bytes.
    pub fn fixed<const N: usize>(&mut self, what: &'static str) -> Result<[u8; N], Malformed> {
        self.bytes(what)?.try_into().map_err(|_| Malformed::Shape(what))
    }

    /// `null`, or a byte string of exactly `N` bytes.
    pub fn fixed_or_null<const N: usize>(
        &mut self,
        what: &'static str,
    ) -> Result<Option<[u8; N]>, Malformed> {
        if self.rest.first() == Some(&NULL) {
            self.take(1)?;
            return Ok(None);
        }
        self.fixed(what).map(Some)
    }

    /// An integer of either sign.
    pub fn int(&mut self, what: &'static str) -> Result<i64, Malformed> {
        let (major, argument) = self.head()?;
        let argument = i64::try_from(argument).map_err(|_| Malformed::Shape(what))?;
        match major {
            UINT => Ok(argument),
            NINT => Ok(-1 - argument),
            _ => Err(Malformed::Shape(what)),
        }
    }

    /// A map of exactly `len` pairs; the pairs follow.
    pub fn map(&mut self, len: u64, what: &'static str) -> Result<(), Malformed> {
        if self.expect(MAP, what)? == len {
            Ok(())
        } else {
            Err(Malformed::Shape(what))
        }
    }

    /// A map of any number of pairs up to `max`; answers the number, the pairs follow.
    pub fn pairs(&mut self, max: u64, what: &'static str) -> Result<u64, Malformed> {
        match self.expect(MAP, what)? {
            pairs if pairs <= max => Ok(pairs),
            _ => Err(Malformed::TooLarge),
        }
    }

    /// A text in NFC.
    pub fn text(&mut self, what: &'static str) -> Result<&'a str, Malformed> {
        let len = self.expect(TEXT, what)?;
        let text = str::from_utf8(self.take(len)?).map_err(|_| Malformed::NotNfc)?;
        if is_nfc(text) {
            Ok(text)
        } else {
            Err(Malformed::NotNfc)
        }
    }

    /// Any item of the format, as a tree.
    pub fn item(&mut self) -> Result<Value, Malformed> {
        self.value(DEPTH_MAX)
    }

    /// The tag `number`; the tagged item follows.
    pub fn tag(&mut self, number: u64, what: &'static str) -> Result<(), Malformed> {
        if self.expect(TAG, what)? == number {
            Ok(())
        } else {
            Err(Malformed::Shape(what))
        }
    }

    /// Any item of the format, so deep at most.
    fn value(&mut self, depth: usize) -> Result<Value, Malformed> {
        let deeper = || depth.checked_sub(1).ok_or(Malformed::TooDeep);
        let (major, argument) = self.head()?;
        match major {
            UINT => Ok(Value::Integer(argument.into())),
            NINT => {
                let below = i64::try_from(argument).map_err(|_| Malformed::ForeignItem)?;
                Ok(Value::Integer((-1 - below).into()))
            }
            BYTES => Ok(Value::Bytes(self.take(argument)?.to_vec())),
            TEXT => {
                let text = std::str::from_utf8(self.take(argument)?).map_err(|_| Malformed::NotNfc)?;
                if is_nfc(text) {
                    Ok(Value::Text(text.to_owned()))
                } else {
                    Err(Malformed::NotNfc)
                }
            }
            ARRAY => {
                let depth = deeper()?;
                self.fits(argument, 1)?;
                let mut items = Vec::with_capacity(room(argument));
                for _ in 0..argument {
                    items.push(self.value(depth)?);
                }
                Ok(Value::Array(items))
            }
            MAP => {
                let depth = deeper()?;
                self.fits(argument, 2)?;
                let mut pairs = Vec::with_capacity(room(argument));
                let mut last = None;
                for _ in 0..argument {
                    let key = match self.head()? {
                        (UINT, key) if last.is_none_or(|last| last < key) => key,
                        _ => return Err(Malformed::KeyOrder),
                    };
                    last = Some(key);
                    pairs.push((Value::Integer(key.into()), self.value(depth)?));
                }
                Ok(Value::Map(pairs))
            }
            SIMPLE => match argument {
                20 => Ok(Value::Bool(false)),
                21 => Ok(Value::Bool(true)),
                22 => Ok(Value::Null),
                _ => Err(Malformed::ForeignItem),
            },
            _ => Err(Malformed::ForeignItem),
        }
    }

    /// Refuses a count that the remaining bytes cannot hold, before anything is reserved for it.
    fn fits(&self, count: u64, each: u64) -> Result<(), Malformed> {
        if count.saturating_mul(each) <= self.rest.len() as u64 {
            Ok(())
        } else {
            Err(Malformed::Truncated)
        }
    }
}

/// Room for so many items: all of them in what an office writes, few of them in what an attacker announces.
fn room(count: u64) -> usize {
    usize::try_from(count.min(32)).unwrap_or_default()
}

/// Whether `text` is in Unicode normalisation form C.
pub fn is_nfc(text: &str) -> bool {
    // Every text is judged several times on its way, and nearly every text is Vietnamese: letters that compose with
    // nothing before them are known without the tables.
    if text.chars().all(stands_alone) {
        return true;
    }
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => true,
        IsNormalized::No => false,
        IsNormalized::Maybe => text.nfc().eq(text.chars()),
    }
}

/// Whether a text of such letters alone is in NFC: Basic Latin to IPA (below the first combining mark), and the
/// letters with tone marks of Latin Extended Additional. A test asks the tables about each of them.
const fn stands_alone(letter: char) -> bool {
    matches!(letter, '\0'..='\u{2ff}' | '\u{1ea0}'..='\u{1ef9}')
}

/// Reads one item of the format that fills `bytes` exactly.
///
/// # Errors
/// [`Malformed`] for everything else, also for a tree that would be encoded otherwise.
pub fn decode(bytes: &[u8]) -> Result<Value, Malformed> {
    if bytes.len() > BODY_SIZE_MAX {
        return Err(Malformed::TooLarge);
    }
    let mut cursor = Cursor::new(bytes);
    let value = cursor.value(DEPTH_MAX)?;
    cursor.end()?;
    Ok(value)
}

/// Writes a tree whose maps are already in order, as every `to_cbor` of this crate makes them.
pub fn encode(value: &Value) -> Vec<u8> {
    let mut out = Writer::with_capacity(1_024);
    out.tree(value);
    out.finish()
}

/// Pushes items of a fixed layout.
#[derive(Debug, Default)]
pub struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    /// With room for `capacity` bytes.
    pub fn with_capacity(capacity: usize) -> Self {
        Self {
            bytes: Vec::with_capacity(capacity),
        }
    }

    fn head(&mut self, major: u8, argument: u64) -> &mut Self {
        let major = major << 5;
        match argument {
            0..=23 => self.bytes.push(major | argument as u8),
            24..=0xff => self.bytes.extend([major | 24, argument as u8]),
            0x100..=0xffff => {
                self.bytes.push(major | 25);
                self.bytes.extend((argument as u16).to_be_bytes());
            }
            0x1_0000..=0xffff_ffff => {
                self.bytes.push(major | 26);
                self.bytes.extend((argument as u32).to_be_bytes());
            }
            _ => {
                self.bytes.push(major | 27);
                self.bytes.extend(argument.to_be_bytes());
            }
        }
        self
    }

    /// An unsigned integer.
    pub fn uint(&mut self, value: u64) -> &mut Self {
        self.head(UINT, value)
    }

    /// An integer of either sign.
    pub fn int(&mut self, value: i64) -> &mut Self {
        match u64::try_from(value) {
            Ok(value) => self.head(UINT, value),
            Err(_) => self.head(NINT, !value as u64),
        }
    }

    /// A byte string.
    pub fn bytes(&mut self, value: &[u8]) -> &mut Self {
        self.head(BYTES, value.len() as u64).bytes.extend(value);
        self
    }

    /// A byte string or `null`.
    pub fn bytes_or_null(&mut self, value: Option<&[u8]>) -> &mut Self {
        match value {
            Some(value) => self.bytes(value),
            None => {
                self.bytes.push(NULL);
                self
            }
        }
    }

    /// A text string.
    pub fn text(&mut self, value: &str) -> &mut Self {
        self.head(TEXT, value.len() as u64).bytes.extend(value.as_bytes());
        self
    }

    /// A tree whose maps are in order.
    pub fn tree(&mut self, value: &Value) {
        match value {
            Value::Integer(number) => match u64::try_from(*number) {
                Ok(number) => _ = self.uint(number),
                Err(_) => self.foreign(value),
            },
            Value::Bytes(bytes) => _ = self.bytes(bytes),
            Value::Text(text) => _ = self.text(text),
            Value::Bool(is) => self.bytes.push(if *is { TRUE } else { FALSE }),
            Value::Null => self.bytes.push(NULL),
            Value::Array(items) => {
                self.array(items.len());
                items.iter().for_each(|item| self.tree(item));
            }
            Value::Map(pairs) => {
                self.map(pairs.len());
                for (key, value) in pairs {
                    self.tree(key);
                    self.tree(value);
                }
            }
            _ => self.foreign(value),
        }
    }

    /// What no `to_cbor` of this crate makes.
    fn foreign(&mut self, value: &Value) {
        // Writing into a Vec cannot fail, and a Value has no other way to refuse.
        let written = ciborium::into_writer(value, &mut self.bytes);
        debug_assert!(written.is_ok());
    }

    /// An array head; `len` items must follow.
    pub fn array(&mut self, len: usize) -> &mut Self {
        self.head(ARRAY, len as u64)
    }

    /// A map head; `len` pairs must follow.
    pub fn map(&mut self, len: usize) -> &mut Self {
        self.head(MAP, len as u64)
    }

    /// A tag; one item must follow.
    pub fn tag(&mut self, number: u64) -> &mut Self {
        self.head(TAG, number)
    }

    /// What was written.
    pub fn finish(self) -> Vec<u8> {
        self.bytes
    }
}

#[cfg(test)]
#[path = "cbor_tests.rs"]
mod tests;
