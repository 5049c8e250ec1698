//! From a page to a sealed file, and back to the same file.

use civil::seal::IssuedFacts;
use extract::seal::{SealError, SealKey, Sealed, code_of, put_back, qr_text, seal_pdf, status_url};
use extract::{Codes, Raster, Sheet, TypesetError};
use ledger::{Fault, KeptSeal};
use sha2::{Digest as _, Sha256};

use super::IssuedPage;
use super::press::{Press, not_sealed, not_set};

/// A paper to be set, with the names that stand in its seal.
#[derive(Debug)]
pub(super) struct Job {
    /// The paper.
    pub(super) page: IssuedPage,
    /// The origin of the log.
    pub(super) origin: String,
    /// The name of the office that issued it.
    pub(super) office: String,
}

impl Job {
    /// Without codes and without a seal.
    pub(super) fn unsealed(&self, press: &Press) -> Result<Vec<u8>, Fault> {
        self.set(press, None)
    }

    /// With a seal that is made now, and what must be kept of it.
    pub(super) fn sealed(&self, press: &Press, key: &dyn SealKey) -> Result<(Vec<u8>, KeptSeal), Fault> {
        let page = &self.page;
        let facts = IssuedFacts {
            origin: &self.origin,
            event: page.event,
            signed_at: page.signed_at,
            office: page.office,
            leaf_hash: page.leaf_hash,
            position: page.position,
            code: &page.sheet.code,
        };
        let (code, text) = code_of(&page.content, &facts, key).map_err(|error| not_sealed(&error))?;
        let pdf = self.set(press, Some(&text))?;
        let sealed = self
            .stamped(&pdf, press, key)
            .map_err(|error| not_sealed(&error))?;
        let seal = KeptSeal {
            code,
            cms: sealed.cms,
            digest: Sha256::digest(&sealed.file).into(),
        };
        Ok((sealed.file, seal))
    }

    /// Sealed with a time stamp, where somebody gives one. Nobody is sent away because an authority does not answer: the log shows when
    /// the paper was issued, and the file that is made now stays for ever (RFC 0005 §3).
    fn stamped(&self, pdf: &[u8], press: &Press, key: &dyn SealKey) -> Result<Sealed, SealError> {
        let content = self.page.content.encode();
        let seal = |stamper| seal_pdf(pdf, &content, self.page.signed_at, &self.office, key, stamper);
        match (press.time_stamper(), seal(press.time_stamper())) {
            (Some(_), Err(error @ (SealError::NoTimeStamp(_) | SealError::TooLarge))) => {
                let event = self.page.event;
                tracing::warn!(%event, %error, "the paper of event {event} is sealed without a time stamp");
                seal(None)
            }
            (_, sealed) => sealed,
        }
    }

    /// A page of it as a picture, with the code that its seal made; none when it has no such page.
    pub(super) fn raster(
        &self,
        press: &Press,
        code: Option<&[u8]>,
        number: usize,
        dpi: u16,
    ) -> Result<Option<Raster>, Fault> {
        let text = code.map(qr_text);
        let setter = press.typesetter()?;
        self.with_sheet(text.as_deref(), |sheet| setter.raster(sheet, number, dpi))
    }

    /// With the seal that was kept: the very file of the first time.
    pub(super) fn sealed_again(&self, press: &Press, kept: &KeptSeal) -> Result<Vec<u8>, Fault> {
        let page = &self.page;
        let pdf = self.set(press, Some(&qr_text(&kept.code)))?;
        let content = page.content.encode();
        let file = put_back(&pdf, &content, page.signed_at, &self.office, &kept.cms);
        let file = file.map_err(|error| not_sealed(&error))?;
        match <[u8; 32]>::from(Sha256::digest(&file)) == kept.digest {
            true => Ok(file),
            false => Err(Fault::damaged(
                format!("sealing the paper of position {} again", page.position),
                "it is not the file of the first time",
            )),
        }
    }

    fn set(&self, press: &Press, claim: Option<&str>) -> Result<Vec<u8>, Fault> {
        let setter = press.typesetter()?;
        self.with_sheet(claim, |sheet| setter.typeset(sheet))
    }

    fn with_sheet<T>(
        &self,
        claim: Option<&str>,
        set: impl FnOnce(&Sheet<'_>) -> Result<T, TypesetError>,
    ) -> Result<T, Fault> {
        let page = &self.page;
        let url = status_url(&self.origin, &page.sheet.code);
        let codes = claim.map(|claim| Codes { claim, url: &url });
        let sheet = Sheet {
            content: &page.content,
            template: page.sheet.template.as_str(),
            event: page.event,
            at: page.signed_at,
            codes,
        };
        set(&sheet).map_err(|error| not_set(&error))
    }
}
