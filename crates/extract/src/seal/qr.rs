//! The QR code of a paper: COSE_Sign1 over the claim, zlib, base45 (RFC 0005 §2).

use civil::paper::PaperContent;
use civil::seal::{IssuedFacts, PaperClaim, PaperCode, base45, kid_of, sign1};
use zlib_rs::{DeflateConfig, compress_bound, compress_slice};

use super::SealError;
use super::key::{SealKey, sign_es256};
use crate::code_version;

/// The largest code that is printed with the notes in it: 93 modules are 0.4 mm wide at 40 mm, and read at 100 dpi.
pub const QR_VERSION_MAX: u8 = 19;

/// The signed claim.
///
/// # Errors
/// [`SealError::NotForCodes`], and those of the key.
pub fn qr_cose(claim: &PaperClaim, key: &dyn SealKey) -> Result<Vec<u8>, SealError> {
    sign1(None, &kid_of(&key.key_id()), &claim.encode(), |message| {
        sign_es256(key, message)
    })
}

/// The text of the code: digits, capitals and a few signs, of which a QR code holds most.
pub fn qr_text(cose: &[u8]) -> String {
    let mut room = vec![0; compress_bound(cose.len())];
    let (packed, _) = compress_slice(&mut room, cose, DeflateConfig::best_compression());
    base45::encode(packed)
}

/// The signed claim of a paper and the text of its code. The notes are left out where they would make the code larger than
/// [`QR_VERSION_MAX`]; what is then still larger is printed larger.
///
/// # Errors
/// [`SealError::CodeTooLong`], and as [`qr_cose`].
pub fn code_of(
    content: &PaperContent,
    issued: &IssuedFacts<'_>,
    key: &dyn SealKey,
) -> Result<(Vec<u8>, String), SealError> {
    let claim = PaperClaim::of(content, issued);
    let cose = qr_cose(&claim, key)?;
    let text = qr_text(&cose);
    match code_version(&text) {
        Some(version) if version <= QR_VERSION_MAX => return Ok((cose, text)),
        _ if content.notes.is_empty() => {}
        _ => {
            let cose = qr_cose(&claim.without_notes(), key)?;
            let text = qr_text(&cose);
            code_version(&text).ok_or(SealError::CodeTooLong)?;
            return Ok((cose, text));
        }
    }
    code_version(&text).ok_or(SealError::CodeTooLong)?;
    Ok((cose, text))
}

/// What the second code says: where the status of the paper is asked for. The log's origin is a host, or a host and a path.
pub fn status_url(origin: &str, code: &PaperCode) -> String {
    let host = origin.split('/').next().unwrap_or_default();
    format!("https://{host}/v/{}", code.letters())
}
