//! A paper as it is handed over: set again from the event that issued it.

use std::sync::Arc;

use civil::act::{Act, IssuedPaper};
use civil::entry::RegisterEntry;
use civil::event::CivilEvent;
use civil::id::{EntryId, EventId, OfficeId};
use civil::paper::{Issue, PaperContent};
use extract::{Sheet, Typesetter};
use ledger::{Fault, Stored};

use super::press::fault;
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
    /// Whether the template is no longer the one that the event names: the page says the same and may look otherwise.
    pub set_anew: bool,
}

impl Registry {
    /// What the paper says that this event issued: folded from the log again, and what the event committed to.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] when there is no such event, or it issued no paper that has a page.
    #[tracing::instrument(name = "registry.paper", skip_all, fields(%event), err(level = "debug"))]
    pub async fn paper(&self, event: EventId) -> Result<IssuedPage, RegistryError> {
        let stored = self.event(event).await?;
        let read = reading::read_event(&stored)?;
        let (sheet, content) = match &read.body.act {
            Act::ExtractIssued(act) => {
                let sheet = act.paper.clone().ok_or(NO_PAGE)?;
                let entry = self.as_issued(&read).await?;
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

    /// The paper that this event issued, as a file. The same event gives the same bytes, today and in a hundred years.
    ///
    /// # Errors
    /// As [`Registry::paper`]; [`RegistryError::Fault`] when it cannot be set.
    #[tracing::instrument(name = "registry.fetch_paper", skip_all, fields(%event), err(level = "debug"))]
    pub async fn fetch_paper(&self, event: EventId) -> Result<IssuedFile, RegistryError> {
        let page = self.paper(event).await?;
        let press = Arc::clone(&self.press);
        let file = press.work(move |press| set(press.typesetter()?, page)).await?;
        Ok(file)
    }
}

fn set(typesetter: &Typesetter, page: IssuedPage) -> Result<IssuedFile, Fault> {
    const DOING: &str = "setting a paper";
    let template = page.sheet.template.as_str();
    let pdf = typesetter.typeset(&Sheet {
        content: &page.content,
        template,
        event: page.event,
        at: page.signed_at,
        codes: None,
    });
    let known = typesetter.template(template);
    Ok(IssuedFile {
        set_anew: known.is_none_or(|known| known.hash != page.sheet.template_hash.0),
        pdf: pdf.map_err(|error| fault(DOING, &error))?,
        sealed: false,
        page,
    })
}

const NO_PAGE: RegistryError = RegistryError::NotFound("paper");

fn damaged(issued: &CivilEvent, why: impl std::fmt::Display) -> Fault {
    Fault::damaged(format!("reading the paper of position {}", issued.position), why)
}

fn leaf_hash(stored: &Stored) -> [u8; 32] {
    tlog::leaf_hash(&stored.leaf_entry()).0
}
