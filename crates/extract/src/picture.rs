//! QR codes as pictures.

use fast_qr::qr::QRCodeError;
use fast_qr::{ECL, Mask, QRBuilder, QRCode, Version};

use crate::TypesetError;

/// A QR code.
pub(crate) struct Picture(QRCode);

impl Picture {
    /// The smallest code that holds the text with error correction M, and the best error correction that this size has room for,
    /// without its quiet zone. Texts of digits, capitals and ` $%*+-./:` take the least room.
    ///
    /// # Errors
    /// [`TypesetError::CodeTooLong`] beyond version 40.
    pub(crate) fn of(text: &str) -> Result<Self, TypesetError> {
        let version = smallest(text).ok_or(TypesetError::CodeTooLong)?;
        let levels = [ECL::H, ECL::Q, ECL::M].into_iter();
        let mut codes = levels.map(|level| code(text, level, |builder| builder.version(version)));
        let best = codes.find_map(Result::ok);
        best.map(Self).ok_or(TypesetError::CodeTooLong)
    }

    /// One path of horizontal runs, one unit a module.
    pub(crate) fn svg(&self) -> String {
        let size = self.0.size;
        let mut path = String::new();
        for y in 0..size {
            let mut x = 0;
            while x < size {
                let from = x;
                while x < size && self.0[y][x].value() {
                    x += 1;
                }
                if from < x {
                    path.push_str(&format!("M{from} {y}h{run}v1H{from}z", run = x - from));
                }
                x += 1;
            }
        }
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {size} {size}\"><path d=\"{path}\"/></svg>"
        )
    }
}

/// The version of the QR code (error correction M) that a text takes, 1 (21 modules) to 40 (177 modules); none when it fits in none.
pub fn code_version(text: &str) -> Option<u8> {
    smallest(text).map(|version| version as u8 + 1)
}

/// Which mask a code wears does not matter to its size, and choosing it is most of the work.
fn smallest(text: &str) -> Option<Version> {
    let code = code(text, ECL::M, |builder| builder.mask(Mask::Checkerboard));
    code.ok().and_then(|code| code.version)
}

fn code(
    text: &str,
    level: ECL,
    more: impl FnOnce(&mut QRBuilder) -> &mut QRBuilder,
) -> Result<QRCode, QRCodeError> {
    more(QRBuilder::new(text).ecl(level)).build()
}
