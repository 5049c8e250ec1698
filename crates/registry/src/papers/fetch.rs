//! A paper as it is handed over: set again from the event that issued it.

use std::sync::Arc;

use civil::act::{Act, IssuedPaper, SealUse};
use civil::decide::{Refusal, RefusalCode};
use civil::entry::RegisterEntry;
use civil::event::CivilEvent;
use civil::id::{EntryId, EventId, OfficeId, SealKeyId};
use civil::paper::{Issue, PaperContent};
use extract::seal::{SealKey, is_stamped};
use ledger::{Fault, KeptSeal, Stored};

use super::sealing;
use crate::error::RegistryError;
use crate::{Registry, reading};

/// What a paper says, and the event that issued it.
#[derive(Debug, Clone)]
pub struct IssuedPage {
    /// The event.
    pub event: EventId,
    /// The office that issued it.
    pub office: OfficeId,
    /// The entry whose paper it is; none for a confirmation.
    pub entry: Option<EntryId>,
    /// Where the event lies in the log.
    pub position: u64,
    /// Its leaf in the national tree (RFC 6962), from which a proof starts.
    pub leaf_hash: [u8; 32],
    /// When it was signed, seconds since 1970-01-01T00:00:00Z.
    pub signed_at: u64,
    /// Which paper, by which template, under which code.
    pub sheet: IssuedPaper,
    /// What it says.
    pub content: PaperContent,
}

/// A paper as a file.
#[derive(Debug, Clone)]
pub struct IssuedFile {
    /// What it says.
    pub page: IssuedPage,
    /// The file, PDF/A-2a.
    pub pdf: Vec<u8>,
    /// Whether it bears the seal of its office.
    pub sealed: bool,
    /// Whether an authority dated that seal.
    pub time_stamped: bool,
    /// Whether the template is no longer the one that the event names: the page says the same and may look otherwise.
    pub set_anew: bool,
}

/// A page of a paper as a picture.
#[derive(Debug, Clone)]
pub struct IssuedPicture {
    /// The picture, PNG.
    pub png: Vec<u8>,
    /// How many pages the paper has.
    pub pages: usize,
    /// Whether the code on it bears the seal of its office. No signature is over the picture.
    pub sealed: bool,
    /// As [`IssuedFile::set_anew`].
    pub set_anew: bool,
}

impl Registry {
    /// What the paper says that this event issued: folded from the log again, and what the event committed to.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] when there is no such event, or it issued no paper that has a page; a refusal when something of what it
    /// said was lawfully erased.
    #[tracing::instrument(name = "registry.paper", skip_all, fields(%event), err(level = "debug"))]
    pub async fn paper(&self, event: EventId) -> Result<IssuedPage, RegistryError> {
        let stored = self.event(event).await?;
        let read = reading::read_event(&stored)?;
        let (sheet, content) = match &read.body.act {
            Act::ExtractIssued(act) => {
                let sheet = act.paper.clone().ok_or(NO_PAGE)?;
                let entry = self.as_issued(&read).await?;
                if !entry.lost.is_empty() {
                    return Err(erased());
                }
                let issue = Issue::by(act).ok_or(NO_PAGE)?;
                let content = PaperContent::of(&entry, &self.authority.hold(), &issue);
                let content = content.map_err(|error| damaged(&read, error))?;
                if content.hash() != act.content_hash.0 {
                    return Err(damaged(&read, "it says something else than was signed").into());
                }
                (sheet, content)
            }
            Act::InformationConfirmation(act) => {
                let sheet = act.paper.clone().ok_or(NO_PAGE)?;
                let issue = Issue::by_confirmation(act).ok_or(NO_PAGE)?;
                let content = PaperContent::of_confirmation(act, &issue);
                (sheet, content.map_err(|error| damaged(&read, error))?)
            }
            Act::Lost(_) => return Err(erased()),
            _ => return Err(NO_PAGE),
        };
        Ok(IssuedPage {
            event,
            office: read.envelope.stream.office,
            entry: read.envelope.entry,
            position: read.position,
            leaf_hash: leaf_hash(&stored),
            signed_at: read.envelope.signed_at,
            sheet,
            content,
        })
    }

    /// The entry as the office saw it that issued this paper.
    async fn as_issued(&self, issued: &CivilEvent) -> Result<RegisterEntry, RegistryError> {
        let id = issued.envelope.entry.ok_or(NO_PAGE)?;
        let events = reading::events_of(&self.ledger, id, Some(issued.position)).await?;
        let before = events.iter().filter(|event| event.position < issued.position);
        let entry = reading::whole(id, RegisterEntry::fold(before))?;
        Ok(entry.ok_or_else(|| damaged(issued, "its entry has no events"))?)
    }

    /// The paper that this event issued, as a file: [`Registry::paper`], then [`Registry::paper_file`].
    ///
    /// # Errors
    /// As those.
    pub async fn fetch_paper(&self, event: EventId) -> Result<IssuedFile, RegistryError> {
        let page = self.paper(event).await?;
        self.paper_file(page).await
    }

    /// A paper as a file. The same event gives the same bytes, today and in a hundred years: the seal is made once and kept.
    ///
    /// Where this node has no seal of the office that holds, and none was kept, the file bears none.
    ///
    /// # Errors
    /// [`RegistryError::Fault`] when it cannot be set or sealed.
    #[tracing::instrument(name = "registry.paper_file", skip_all, fields(event = %page.event), err(level = "debug"))]
    pub async fn paper_file(&self, page: IssuedPage) -> Result<IssuedFile, RegistryError> {
        let template = self.template_of(&page)?;
        let set_anew = template != page.sheet.template_hash.0;
        let job = self.job(page);
        let kept = self.ledger.seal(job.page.event.as_bytes(), &template).await?;
        let sealed = match (kept, self.seal_that_holds(&job.page)) {
            (Some(kept), _) => Some((self.sealed_again(&job, kept.clone()).await?, kept)),
            (None, Some(key)) => Some(self.sealed(&job, template, key).await?),
            (None, None) => None,
        };
        let time_stamped = sealed.as_ref().is_some_and(|(_, kept)| is_stamped(&kept.cms));
        let (pdf, sealed) = match sealed {
            Some((pdf, _)) => (pdf, true),
            None => {
                let job = Arc::clone(&job);
                (self.press.work(move |press| job.unsealed(press)).await?, false)
            }
        };
        Ok(IssuedFile {
            page: job.page.clone(),
            pdf,
            sealed,
            time_stamped,
            set_anew,
        })
    }

    /// A page of a paper as a picture, at so many pixels an inch; the first page is 1. It is the page of the file, with the same code: where the paper was not sealed before, it is
    /// sealed now.
    ///
    /// # Errors
    /// As [`Registry::paper_file`]; [`RegistryError::NotFound`] when it has no such page.
    #[tracing::instrument(name = "registry.paper_picture", skip_all, fields(event = %page.event), err(level = "debug"))]
    pub async fn paper_picture(
        &self,
        page: IssuedPage,
        number: usize,
        dpi: u16,
    ) -> Result<IssuedPicture, RegistryError> {
        let template = self.template_of(&page)?;
        let set_anew = template != page.sheet.template_hash.0;
        let job = self.job(page);
        let kept = self.ledger.seal(job.page.event.as_bytes(), &template).await?;
        let code = match (kept, self.seal_that_holds(&job.page)) {
            (Some(kept), _) => Some(kept.code),
            (None, Some(key)) => Some(self.sealed(&job, template, key).await?.1.code),
            (None, None) => None,
        };
        let sealed = code.is_some();
        let raster = self
            .press
            .work(move |press| job.raster(press, code.as_deref(), number, dpi))
            .await?;
        let raster = raster.ok_or(RegistryError::NotFound("page of the paper"))?;
        Ok(IssuedPicture {
            png: raster.png,
            pages: raster.pages,
            sealed,
            set_anew,
        })
    }

    /// The hash of the template by which this program sets it.
    fn template_of(&self, page: &IssuedPage) -> Result<[u8; 32], Fault> {
        let known = self.press.typesetter()?.template(page.sheet.template.as_str());
        Ok(known.map_or([0; 32], |known| known.hash))
    }

    fn job(&self, page: IssuedPage) -> Arc<sealing::Job> {
        Arc::new(sealing::Job {
            origin: self.with_directory(|known| known.origin().to_owned()),
            office: self.with_directory(|known| known.name(page.office)),
            page,
        })
    }

    /// The seal of the office that issued it, where this node has it and it was granted for the day of issue.
    fn seal_that_holds(&self, page: &IssuedPage) -> Option<Arc<dyn SealKey>> {
        let key = self.press.seal(page.office)?;
        let day = civil::event::day_in_vietnam(page.signed_at)?;
        let directory = self.authority.hold();
        let granted = directory.seal_of(SealKeyId(key.key_id()))?;
        let its = granted.office == page.office && granted.usage == SealUse::Seal;
        // A seal that is revoked makes no more seals, whatever day they would bear.
        let holds = its && granted.holds_on(day) && granted.revoked.is_none();
        holds.then(|| Arc::clone(key))
    }

    /// Seals a paper for the first time, and what is kept of that. Where another node did so meanwhile, it is that node's file.
    async fn sealed(
        &self,
        job: &Arc<sealing::Job>,
        template: [u8; 32],
        key: Arc<dyn SealKey>,
    ) -> Result<(Vec<u8>, KeptSeal), RegistryError> {
        let work = Arc::clone(job);
        let (pdf, seal) = self
            .press
            .work(move |press| work.sealed(press, key.as_ref()))
            .await?;
        let event = job.page.event;
        let kept = self
            .ledger
            .keep_seal(event.as_bytes(), &template, seal.clone())
            .await?;
        match kept == seal {
            true => Ok((pdf, kept)),
            false => Ok((self.sealed_again(job, kept.clone()).await?, kept)),
        }
    }

    async fn sealed_again(&self, job: &Arc<sealing::Job>, kept: KeptSeal) -> Result<Vec<u8>, RegistryError> {
        let job = Arc::clone(job);
        Ok(self
            .press
            .work(move |press| job.sealed_again(press, &kept))
            .await?)
    }
}

const NO_PAGE: RegistryError = RegistryError::NotFound("paper");

/// What it said was lawfully erased, and nobody can set it again.
fn erased() -> RegistryError {
    vec![Refusal::new(RefusalCode::ContentErased)].into()
}

fn damaged(issued: &CivilEvent, why: impl std::fmt::Display) -> Fault {
    Fault::damaged(format!("reading the paper of position {}", issued.position), why)
}

fn leaf_hash(stored: &Stored) -> [u8; 32] {
    tlog::leaf_hash(&stored.leaf_entry()).0
}
