//! What the ledger knows beyond the entries that an act touches: the people whom it links, the book, the signer.
//!
//! Facts only add (see [`Situation`]): each is read when the act has a use for it, so that no other act costs more.

use std::collections::BTreeMap;

use civil::act::Act;
use civil::book::BookYear;
use civil::decide::{BookFacts, NumberAsked, Situation};
use civil::duplicate::Candidate;
use civil::entry::RegisterEntry;
use civil::event::time_in_vietnam;
use civil::heads::Heads;
use civil::id::{KeyId, OfficeId, StreamId};
use civil::person::PersonView;
use civil::value::{Text, TimeOfDay};
use projections::extract::{self, IssuedExtract};
use projections::notice;

use crate::error::RegistryError;
use crate::persons::Near;
use crate::{Registry, books, duplicates, numbered, officers, persons, reading};

/// The facts that bear on one act.
#[derive(Debug)]
pub(crate) struct Facts {
    now: Option<TimeOfDay>,
    people: BTreeMap<String, PersonView>,
    numbered: BTreeMap<String, Vec<PersonView>>,
    book: Option<BookFacts>,
    key: KeyId,
    near: Near,
    candidates: Vec<Candidate>,
    replaced: Option<RegisterEntry>,
    not_erasable: Vec<u64>,
    open: Option<bool>,
    heads: Option<Heads>,
}

impl Registry {
    /// The facts that bear on an act signed by that key, for a stream of that length, at that instant, seconds since
    /// 1970-01-01T00:00:00Z.
    pub(crate) async fn facts(
        &self,
        act: &Act,
        stream: StreamId,
        length: u64,
        key: KeyId,
        now: u64,
    ) -> Result<Facts, RegistryError> {
        let people = persons::facts(self, act).await?;
        Ok(Facts {
            now: time_in_vietnam(now),
            numbered: numbered::facts(self, act, &people, numbered::is_given).await?,
            people,
            book: books::facts(self, act, stream, length).await?,
            key,
            near: officers::facts(self, act, stream, key).await?,
            candidates: Vec::new(),
            replaced: self.replaced(act).await?,
            not_erasable: self.not_erasable(act).await?,
            open: self.is_open(act, stream.office).await?,
            heads: self.heads_said(act).await?,
        })
    }
}

impl Registry {
    /// The guardianship that an act says it replaces.
    async fn replaced(&self, act: &Act) -> Result<Option<RegisterEntry>, RegistryError> {
        let Act::Guardianship(act) = act else {
            return Ok(None);
        };
        match act.replaces {
            Some(entry) => Ok(reading::entry_of(&self.ledger, entry).await?),
            None => Ok(None),
        }
    }

    /// Whether what an act of that office ends is there: the notice that it acknowledges and the task that it settles are open, the confirmation that it
    /// revokes was given as a paper by that office or by one whose place it took. None for an act that ends none of these.
    async fn is_open(&self, act: &Act, office: OfficeId) -> Result<Option<bool>, RegistryError> {
        Ok(match act {
            Act::NoticeAcknowledged(act) => {
                let notices = notice::of_entry(&self.ledger.reader(), act.entry).await?;
                Some(notices.iter().any(|notice| {
                    notice.event == act.event
                        && notice.owed_to == office
                        && notice.closed.is_none()
                        && !notice.reason.asks_for_a_note()
                }))
            }
            Act::TaskSettled(act) => {
                let code = act.warning.as_ref().map(Text::as_str);
                let tasks = self.tasks_about(act.entry).await?;
                Some(tasks.iter().any(|task| {
                    task.kind == act.task
                        && task.settled.is_none()
                        && code.is_none_or(|code| task.code == code)
                        && act.cause.is_none_or(|cause| task.cause == cause)
                }))
            }
            Act::ConfirmationRevoked(act) => {
                let found = extract::by_event(&self.ledger.reader(), act.confirmation).await?;
                let found = found.filter(|paper| paper.entry.is_none());
                let keeper = |paper: IssuedExtract| self.with_directory(|known| known.keeper(paper.office));
                Some(found.map(keeper) == Some(office))
            }
            _ => None,
        })
    }
}

impl Facts {
    /// How an act that is judged by them leaves the book in which it takes its number, or that it opens or closes.
    pub(crate) fn book_left_by(&self, act: &Act, stream: StreamId) -> Option<(BookYear, BookFacts)> {
        books::left_by(act, stream, self.book)
    }

    /// With the entries that may be of the same person, and with who else bears the numbers that it states. For drafts alone: what
    /// is shown while an officer writes never refuses what they signed.
    pub(crate) async fn with_hints(mut self, registry: &Registry, act: &Act) -> Result<Self, RegistryError> {
        self.candidates = duplicates::candidates(registry, act).await?;
        let stated = |asked: &NumberAsked| !numbered::is_given(asked);
        self.numbered
            .extend(numbered::facts(registry, act, &self.people, stated).await?);
        Ok(self)
    }

    /// What is known of the people whom the act links, by their pointers.
    pub(crate) fn people(&self) -> &BTreeMap<String, PersonView> {
        &self.people
    }

    /// The entries that may be of the same person.
    pub(crate) fn candidates(&self) -> &[Candidate] {
        &self.candidates
    }

    /// The situation with these facts; of the key it says what the situation's own directory does.
    pub(crate) fn added_to<'a>(&'a self, situation: Situation<'a>) -> Situation<'a> {
        Situation {
            now: self.now,
            people: &self.people,
            numbered: &self.numbered,
            book: self.book,
            signer: situation.directory.appointment_of(self.key),
            signer_places: &self.near.own,
            signer_relatives: &self.near.relatives,
            role: situation.directory.key(self.key).map(|grant| grant.role),
            candidates: &self.candidates,
            replaced: self.replaced.as_ref(),
            not_erasable: &self.not_erasable,
            open: self.open,
            heads: self.heads,
            ..situation
        }
    }
}
