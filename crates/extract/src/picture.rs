//! QR codes as pictures.

use qrcodegen::{QrCode, QrCodeEcc};

use crate::TypesetError;

/// A text as a QR code with error correction M, without its quiet zone.
pub(crate) struct Picture(QrCode);

impl Picture {
    /// The smallest code that holds the text. Texts of digits, capitals and ` $%*+-./:` take the least room.
    ///
    /// # Errors
    /// [`TypesetError::CodeTooLong`] beyond version 40.
    pub(crate) fn of(text: &str) -> Result<Self, TypesetError> {
        // `encode_text` raises the level where that costs nothing, so the same text is the same picture.
        let code = QrCode::encode_text(text, QrCodeEcc::Medium);
        code.map(Self).map_err(|_| TypesetError::CodeTooLong)
    }

    /// From 1 (21 modules) to 40 (177 modules).
    pub(crate) fn version(&self) -> u8 {
        self.0.version().value()
    }

    /// One path of horizontal runs, one unit a module.
    pub(crate) fn svg(&self) -> String {
        let size = self.0.size();
        let mut path = String::new();
        for y in 0..size {
            let mut x = 0;
            while x < size {
                let from = x;
                while x < size && self.0.get_module(x, y) {
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

/// The version of the QR code (error correction M) that a text takes, 1 to 40; none when it fits in none.
pub fn code_version(text: &str) -> Option<u8> {
    Picture::of(text).ok().map(|picture| picture.version())
}
