//! The code of a paper: what its holder types, or a phone reads, to ask for its status.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};

use crate::id::BadId;

/// Crockford's base32: no I, L, O, U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LEN: usize = 20;
/// Letters between two hyphens.
const GROUP: usize = 5;
/// Keeps the hash of a code from meaning anything elsewhere.
const HASHED_AS: &[u8] = b"hotich/paper/v1";

/// Twenty letters of Crockford's base32, 100 bits of chance: `7K2MD-0Q9XH-VV3TA-1ZC4E` (RFC 0005 §1).
///
/// It stands on the paper and in the salted body of the issuing act, and nowhere else: the public log does not show it, and read
/// models keep its hash. Nobody finds a paper whose code they were not shown.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PaperCode([u8; LEN]);

impl PaperCode {
    /// From thirteen bytes of chance; the last four bits are not used.
    pub fn from_chance(chance: [u8; 13]) -> Self {
        let mut letters = [0; LEN];
        for (at, letter) in letters.iter_mut().enumerate() {
            let (byte, bit) = (at * 5 / 8, at * 5 % 8);
            let next = chance.get(byte + 1).copied().unwrap_or_default();
            let pair = u16::from_be_bytes([chance[byte], next]);
            *letter = ALPHABET[usize::from(pair >> (11 - bit) & 31)];
        }
        Self(letters)
    }

    /// The twenty letters without hyphens, as they stand in bytes and links.
    pub fn letters(&self) -> &str {
        // Only letters of the alphabet are ever put in.
        str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Reads the twenty capitals and nothing else: the one spelling in bytes.
    ///
    /// # Errors
    /// [`BadId`].
    pub fn parse_letters(text: &str) -> Result<Self, BadId> {
        match text.parse::<Self>() {
            Ok(code) if code.letters() == text => Ok(code),
            _ => Err(BAD),
        }
    }

    /// SHA-256 of `hotich/paper/v1` and the twenty letters: what a read model keeps.
    pub fn hash(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(HASHED_AS);
        hash.update(self.0);
        hash.finalize().into()
    }

    /// The first half of [`PaperCode::hash`]: its name in status lists.
    pub fn status_id(&self) -> [u8; 16] {
        let mut id = [0; 16];
        id.copy_from_slice(&self.hash()[..16]);
        id
    }
}

const BAD: BadId = BadId("a paper's code (twenty letters and digits)");

/// As people write it: hyphens and spaces anywhere, small letters, and `O I L` for the digits they resemble.
impl FromStr for PaperCode {
    type Err = BadId;

    fn from_str(text: &str) -> Result<Self, BadId> {
        let mut letters = [0; LEN];
        let mut count = 0;
        for typed in text.bytes().filter(|typed| !matches!(typed, b'-' | b' ')) {
            let meant = match typed.to_ascii_uppercase() {
                b'O' => b'0',
                b'I' | b'L' => b'1',
                other => other,
            };
            let place = letters.get_mut(count).filter(|_| ALPHABET.contains(&meant));
            *place.ok_or(BAD)? = meant;
            count += 1;
        }
        if count == LEN { Ok(Self(letters)) } else { Err(BAD) }
    }
}

impl fmt::Display for PaperCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, letter) in self.letters().chars().enumerate() {
            if at > 0 && at.is_multiple_of(GROUP) {
                out.write_str("-")?;
            }
            write!(out, "{letter}")?;
        }
        Ok(())
    }
}

/// A code opens the status page: it is not for logs.
impl fmt::Debug for PaperCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("PaperCode(…)")
    }
}
