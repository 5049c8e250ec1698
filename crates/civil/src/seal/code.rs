//! The code of a paper (mã tra cứu): by it whoever holds the sheet asks whether it still holds.

use std::fmt;

use sha2::{Digest as _, Sha256};

/// How many letters a code has; each carries five bits.
const LETTERS: usize = 20;
/// Crockford's alphabet: no I, L, O and U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A code of one hundred bits of chance, shown as `7K3QX-9M2TD-R5WBN-0C8HV`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct PaperCode([u8; LETTERS]);

/// A text is no code of a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a code of a paper: 20 letters and digits, without I, L, O and U")]
pub struct BadCode;

impl PaperCode {
    /// From that chance; the last four bits are not used.
    pub fn from_chance(chance: [u8; 13]) -> Self {
        let bit = |at: usize| chance[at / 8] >> (7 - at % 8) & 1;
        let letter = |index: usize| (0..5).fold(0, |sum, at| sum << 1 | bit(index * 5 + at));
        Self(std::array::from_fn(|index| {
            ALPHABET[usize::from(letter(index))]
        }))
    }

    /// Reads a code as people type it: with or without hyphens and spaces, in any case, `I` and `L` for 1, `O` for 0.
    ///
    /// # Errors
    /// [`BadCode`].
    pub fn parse(text: &str) -> Result<Self, BadCode> {
        let mut letters = [0; LETTERS];
        let mut read = 0;
        for byte in text.bytes().filter(|byte| !matches!(byte, b'-' | b' ')) {
            let letter = match byte.to_ascii_uppercase() {
                b'I' | b'L' => b'1',
                b'O' => b'0',
                other => other,
            };
            *letters.get_mut(read).ok_or(BadCode)? = letter;
            read += 1;
        }
        let known = letters.iter().all(|letter| ALPHABET.contains(letter));
        if known { Ok(Self(letters)) } else { Err(BadCode) }
    }

    /// By what readers know it without being able to say it: the first half of `SHA-256("hotich/paper/v1" ‖ letters)`.
    pub fn status_id(&self) -> [u8; 16] {
        let hash = Sha256::new()
            .chain_update(b"hotich/paper/v1")
            .chain_update(self.0)
            .finalize();
        std::array::from_fn(|index| hash[index])
    }
}

impl fmt::Display for PaperCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, letter) in self.0.iter().enumerate() {
            if index > 0 && index % 5 == 0 {
                out.write_str("-")?;
            }
            write!(out, "{}", char::from(*letter))?;
        }
        Ok(())
    }
}

/// A code is a key to what a paper says of somebody: it never stands in a log.
impl fmt::Debug for PaperCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("PaperCode(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_however_people_type_it() {
        let code = PaperCode::from_chance([0x12, 0x34, 0x56, 0x78, 0x9a, 0xbc, 0xde, 0xf0, 1, 2, 3, 4, 5]);
        let shown = code.to_string();
        assert_eq!(shown, "28T5C-Y4TQK-FG028-61420");
        for typed in [shown.to_lowercase(), shown.replace('-', ""), shown.replace('0', "o")] {
            assert_eq!(PaperCode::parse(&typed), Ok(code));
        }
        for wrong in ["", "28T5C", "28T5C-Y4TQK-FG028-6142U", "28T5C-Y4TQK-FG028-614200"] {
            assert_eq!(PaperCode::parse(wrong), Err(BadCode));
        }
    }
}
