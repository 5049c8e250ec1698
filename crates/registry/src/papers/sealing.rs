//! From a page to a sealed file, and back to the same file.

use civil::seal::IssuedFacts;
use extract::seal::{SealKey, code_of, put_back, qr_text, seal_pdf, status_url};
use extract::{Codes, Sheet};
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
        let content = page.content.encode();
        let sealed = seal_pdf(
            &pdf,
            &content,
            page.signed_at,
            &self.office,
            key,
            press.time_stamper(),
        );
        let sealed = sealed.map_err(|error| not_sealed(&error))?;
        let seal = KeptSeal {
            code,
            cms: sealed.cms,
            digest: Sha256::digest(&sealed.file).into(),
        };
        Ok((sealed.file, seal))
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
        press
            .typesetter()?
            .typeset(&sheet)
            .map_err(|error| not_set(&error))
    }
}
