//! The code of a paper: from its text to a claim that somebody on the trust list signed.

use civil::seal::{CLAIM_SIZE_MAX, PaperClaim, Sign1, base45};

use super::finding::Why;
use super::trust::Trust;

/// The longest text that a QR code holds.
const TEXT_SIZE_MAX: usize = 4_296;

/// A code that can be read: the signed bytes.
#[derive(Debug)]
pub(super) struct Code(Vec<u8>);

impl Code {
    /// Reads the text of a code; none for what is no code of a paper.
    pub(super) fn read(text: &str) -> Option<Self> {
        if text.len() > TEXT_SIZE_MAX {
            return None;
        }
        let packed = base45::decode(text)?;
        let signed = miniz_oxide::inflate::decompress_to_vec_zlib_with_limit(&packed, CLAIM_SIZE_MAX).ok()?;
        let whole = Sign1::parse(&signed).is_ok_and(|parts| parts.content_type.is_none());
        whole.then_some(Self(signed))
    }

    /// The claim, once its signature is judged. `proved` as in [`Trust::judge`].
    pub(super) fn open(&self, trust: &Trust, proved: bool) -> Result<(PaperClaim, String), Why> {
        let parts = Sign1::parse(&self.0).map_err(|_| Why::CodeUnreadable)?;
        let claim = PaperClaim::decode(parts.payload).map_err(|_| Why::CodeUnreadable)?;
        if claim.origin != trust.list().origin {
            return Err(Why::OtherLedger);
        }
        let mut known = trust.named(parts.kid).peekable();
        known.peek().ok_or(Why::UnknownSeal)?;
        let (seal, listed) = known
            .find(|(seal, _)| parts.verify(seal.key()).is_ok())
            .ok_or(Why::CodeChanged)?;
        // An office's seal speaks for that office; the national administration's for every desk.
        let office = listed.office;
        if office != claim.office && office != civil::id::OfficeId::ADMINISTRATION {
            return Err(Why::UnknownSeal);
        }
        trust.judge(seal, listed, claim.signed_at, proved)?;
        Ok((claim, seal.name()))
    }

    /// The claim as it stands, for what is proved without its seal.
    pub(super) fn unjudged(&self) -> Option<PaperClaim> {
        PaperClaim::decode(Sign1::parse(&self.0).ok()?.payload).ok()
    }
}
