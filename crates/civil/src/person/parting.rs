//! How a tie between two people ends: by what is noted at its entry, by a death, or because the spouse of somebody who was declared
//! dead has married again (Law 52/2014, Art. 65, 67).

use std::collections::BTreeMap;

use super::of::At;
use super::{Life, Other};
use crate::act::{PersonRef, PersonRole};
use crate::effect::{Ended, StateChange};
use crate::id::{EntryId, EventId};
use crate::kind::Kind;
use crate::value::{Date, PartialDate};

/// How a tie ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartedBy {
    /// As a note at its entry says.
    Noted(Ended),
    /// One of the two died.
    Death,
    /// One of the two had been declared dead, and the other has married again.
    Remarriage,
}

impl PartedBy {
    /// Its name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Noted(how) => StateChange::Ends(how).name(),
            Self::Death => "death",
            Self::Remarriage => "remarriage",
        }
    }
}

/// That a tie ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parting {
    /// How.
    pub how: PartedBy,
    /// When, as far as it is stated.
    pub on: Option<PartialDate>,
    /// The entry that says so.
    pub entry: EntryId,
    /// The event that says so.
    pub event: EventId,
}

/// A registered death.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Death {
    /// Where.
    pub entry: EntryId,
    /// By which event.
    pub event: EventId,
    /// The day of death, as far as it is stated.
    pub on: Option<PartialDate>,
}

/// A marriage, and when it was registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wedding {
    /// Where.
    pub entry: EntryId,
    /// By which event.
    pub event: EventId,
    /// The day of registration, as written.
    pub on: Option<Date>,
}

impl Wedding {
    fn of(at: &At<'_>) -> Self {
        Self {
            entry: at.entry.id,
            event: at.entry.opened_by,
            on: at.entry.current.registered_on(),
        }
    }

    /// Whether this is another marriage than that, and later.
    fn follows(&self, other: &Self) -> bool {
        let later = self.on.zip(other.on).is_some_and(|(this, that)| that < this);
        self.entry != other.entry && later
    }
}

impl Death {
    fn parts(self) -> Parting {
        Parting {
            how: PartedBy::Death,
            on: self.on,
            entry: self.entry,
            event: self.event,
        }
    }
}

/// How the tie of an entry ended, if it did, with whoever stands at that place; `all` are the person's own entries.
pub(super) fn parting(
    at: &At<'_>,
    all: &[At<'_>],
    spouse: Option<PersonRef>,
    others: &BTreeMap<PersonRef, Other>,
) -> Option<Parting> {
    if let Some(ending) = at.state.ended {
        return Some(Parting {
            how: PartedBy::Noted(ending.how?),
            on: ending.on.map(PartialDate::from),
            entry: at.entry.id,
            event: ending.event,
        });
    }
    if !is_marriage(at) {
        return None;
    }
    let spouse = spouse.and_then(|spouse| others.get(&spouse));
    let died = spouse.and_then(|spouse| spouse.died);
    died.map(Death::parts).or_else(|| married_again(at, all, spouse?))
}

/// Whoever was declared dead and came back finds the marriage ended when the other has married again.
fn married_again(at: &At<'_>, all: &[At<'_>], spouse: &Other) -> Option<Parting> {
    let this = Wedding::of(at);
    let later: Option<Wedding> = if spouse.came_back {
        let own = all.iter().filter(|at| is_marriage(at)).map(Wedding::of);
        own.into_iter().find(|wedding| wedding.follows(&this))
    } else if all.iter().any(came_back) {
        let theirs = spouse.weddings.iter().copied();
        theirs.into_iter().find(|wedding| wedding.follows(&this))
    } else {
        None
    };
    later.map(|wedding| Parting {
        how: PartedBy::Remarriage,
        on: wedding.on.map(PartialDate::from),
        entry: wedding.entry,
        event: wedding.event,
    })
}

/// The person's own death, which ends their marriages.
pub(super) fn own_death(all: &[At<'_>], life: &Life) -> Option<Parting> {
    let (Life::Dead { entry, on } | Life::DeclaredDead { entry, on }) = *life else {
        return None;
    };
    let at = all.iter().find(|at| at.entry.id == entry)?;
    let event = at.entry.opened_by;
    Some(Death { entry, event, on }.parts())
}

pub(super) fn is_marriage(at: &At<'_>) -> bool {
    at.entry.kind == Kind::Marriage && matches!(at.place.role, PersonRole::Wife | PersonRole::Husband)
}

/// Whether the place tells of a death that was declared, and the declaration revoked.
fn came_back(at: &At<'_>) -> bool {
    let revoked = at.state.ended.and_then(|ending| ending.how) == Some(Ended::DeclarationRevoked);
    at.place.role == PersonRole::Deceased && revoked
}
