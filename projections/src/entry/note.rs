//! Marginal notes as JSON, so that a row's notes can be read by people and folded on.
//!
//! The members stand in the order of the structs below, so that the same notes are the same text in every build.

use std::borrow::Cow;

use civil::act::{JudgmentForm, Signer};
use civil::effect::StateChange;
use civil::id::OfficeId;
use civil::kind::Kind;
use civil::note::{EnteredInBook, MarginalNote, NoteContent, NotedChange};
use civil::value::{Date, PersonName, Text};
use serde::{Deserialize, Serialize};

/// No notes.
pub(super) const NONE: &str = "[]";

/// Notes as they stand in the column.
pub(super) fn to_text(notes: &[MarginalNote]) -> Result<String, serde_json::Error> {
    if notes.is_empty() {
        return Ok(NONE.to_owned());
    }
    serde_json::to_string(&notes.iter().map(Note::of).collect::<Vec<_>>())
}

/// Notes from the column; nothing when it does not hold notes.
pub(super) fn from_text(text: &str) -> Option<Vec<MarginalNote>> {
    if text == NONE {
        return Some(Vec::new());
    }
    let notes: Vec<Note<'_>> = serde_json::from_str(text).ok()?;
    notes.into_iter().map(Note::read).collect()
}

#[derive(Serialize, Deserialize)]
struct Note<'n> {
    event: String,
    position: u64,
    kind: Cow<'n, str>,
    office: u32,
    on: Option<String>,
    signer: Option<SignedBy<'n>>,
    content: Content<'n>,
    entered: Option<Entered>,
}

#[derive(Serialize, Deserialize)]
struct SignedBy<'n> {
    full: Cow<'n, str>,
    family: Option<Cow<'n, str>>,
    middle: Option<Cow<'n, str>>,
    given: Option<Cow<'n, str>>,
    title: Cow<'n, str>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Content<'n> {
    Amended {
        number: Cow<'n, str>,
        changes: Vec<Changed<'n>>,
    },
    Divorced {
        judgment: Cow<'n, str>,
        date: Option<String>,
        authority: Cow<'n, str>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        form: Option<Cow<'n, str>>,
    },
    Act {
        says: Cow<'n, str>,
        changes: Vec<Changed<'n>>,
        state: Option<Cow<'n, str>>,
        holds_from: Option<String>,
    },
}

#[derive(Serialize, Deserialize)]
struct Changed<'n> {
    field: Cow<'n, str>,
    label: Cow<'n, str>,
    from: Cow<'n, str>,
    to: Cow<'n, str>,
    #[serde(default, skip_serializing_if = "is_false")]
    sealed: bool,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "as serde asks")]
const fn is_false(sealed: &bool) -> bool {
    !*sealed
}

#[derive(Serialize, Deserialize)]
struct Entered {
    event: String,
    on: String,
    office: u32,
}

impl<'n> Note<'n> {
    fn of(note: &'n MarginalNote) -> Self {
        Self {
            event: note.event.to_string(),
            position: note.position,
            kind: note.kind.name().into(),
            office: note.office.0,
            on: shown(note.on),
            signer: note.signer.as_ref().map(SignedBy::of),
            content: Content::of(&note.content),
            entered: note.entered.map(|entered| Entered {
                event: entered.event.to_string(),
                on: entered.on.to_string(),
                office: entered.office.0,
            }),
        }
    }

    fn read(self) -> Option<MarginalNote> {
        let entered = self.entered.map(|entered| {
            Some(EnteredInBook {
                event: entered.event.parse().ok()?,
                on: Date::parse(&entered.on).ok()?,
                office: OfficeId(entered.office),
            })
        });
        Some(MarginalNote {
            event: self.event.parse().ok()?,
            position: self.position,
            kind: Kind::named(&self.kind)?,
            office: OfficeId(self.office),
            on: all(self.on.as_deref().map(day))?,
            signer: all(self.signer.map(SignedBy::read))?,
            content: self.content.read()?,
            entered: all(entered)?,
        })
    }
}

fn shown(day: Option<Date>) -> Option<String> {
    day.map(|day| day.to_string())
}

fn day(text: &str) -> Option<Date> {
    Date::parse(text).ok()
}

fn form(name: &str) -> Option<JudgmentForm> {
    JudgmentForm::ALL
        .iter()
        .copied()
        .find(|known| known.name() == name)
}

/// What is there must make sense; nothing may be there.
fn all<T>(read: Option<Option<T>>) -> Option<Option<T>> {
    match read {
        None => Some(None),
        Some(read) => read.map(Some),
    }
}

impl<'n> SignedBy<'n> {
    fn of(signer: &'n Signer) -> Self {
        Self {
            full: signer.name.full().into(),
            family: signer.name.family().map(Cow::from),
            middle: signer.name.middle().map(Cow::from),
            given: signer.name.given().map(Cow::from),
            title: signer.title.as_str().into(),
        }
    }

    fn read(self) -> Option<Signer> {
        let name = PersonName::parse(&self.full).ok()?;
        let name = name.with_parts(
            self.family.as_deref(),
            self.middle.as_deref(),
            self.given.as_deref(),
        );
        Some(Signer {
            name: name.ok()?,
            title: Text::parse(&self.title).ok()?,
        })
    }
}

impl<'n> Content<'n> {
    fn of(content: &'n NoteContent) -> Self {
        match content {
            NoteContent::Amended { number, changes } => Self::Amended {
                number: number.into(),
                changes: changes.iter().map(Changed::of).collect(),
            },
            NoteContent::Divorced {
                judgment,
                date,
                authority,
                form,
            } => Self::Divorced {
                judgment: judgment.into(),
                date: shown(*date),
                authority: authority.into(),
                form: form.map(|form| form.name().into()),
            },
            NoteContent::Act {
                says,
                changes,
                state,
                holds_from,
            } => Self::Act {
                says: says.into(),
                changes: changes.iter().map(Changed::of).collect(),
                state: state.map(|state| state.name().into()),
                holds_from: shown(*holds_from),
            },
        }
    }

    fn read(self) -> Option<NoteContent> {
        Some(match self {
            Self::Amended { number, changes } => NoteContent::Amended {
                number: number.into_owned(),
                changes: changes.into_iter().map(Changed::read).collect(),
            },
            Self::Divorced {
                judgment,
                date,
                authority,
                form,
            } => NoteContent::Divorced {
                judgment: judgment.into_owned(),
                date: all(date.as_deref().map(day))?,
                authority: authority.into_owned(),
                form: all(form.as_deref().map(self::form))?,
            },
            Self::Act {
                says,
                changes,
                state,
                holds_from,
            } => NoteContent::Act {
                says: says.into_owned(),
                changes: changes.into_iter().map(Changed::read).collect(),
                state: all(state.as_deref().map(StateChange::named))?,
                holds_from: all(holds_from.as_deref().map(day))?,
            },
        })
    }
}

impl<'n> Changed<'n> {
    fn of(change: &'n NotedChange) -> Self {
        Self {
            field: change.field.as_str().into(),
            label: change.label.as_str().into(),
            from: change.from.as_str().into(),
            to: change.to.as_str().into(),
            sealed: change.sealed,
        }
    }

    fn read(self) -> NotedChange {
        NotedChange {
            field: self.field.into_owned(),
            label: self.label.into_owned(),
            from: self.from.into_owned(),
            to: self.to.into_owned(),
            sealed: self.sealed,
        }
    }
}

#[cfg(test)]
#[path = "note_tests.rs"]
mod tests;
