//! Marginal notes (ghi chú ở Sổ): what an entry must say beside its text because of a later act. Derived from
//! events, never typed.

use crate::act::{
    Act, Amended, Amendment, DivorceNoted, FieldChange, Judgment, JudgmentForm, Signer, amendable,
};
use crate::directory::Directory;
use crate::effect::{self, Effect, Ended, Mark, StateChange};
use crate::event::CivilEvent;
use crate::id::{EntryId, EventId, OfficeId};
use crate::kind::{Group, Kind};
use crate::law;
use crate::stated::states_no_value;
use crate::value::{Date, Text};

/// One field, from … to …, as an officer reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotedChange {
    /// The JSON pointer of the field.
    pub field: String,
    /// Its name on the forms.
    pub label: String,
    /// What stood there; empty when nothing did.
    pub from: String,
    /// What stands there now; empty when nothing does.
    pub to: String,
    /// Whether papers say only that it changed: what they leave out of the entry itself.
    pub sealed: bool,
}

/// What a note says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoteContent {
    /// By an amendment: từ … thành ….
    Amended {
        /// Its number in the book of changes, as printed: `12/2026`.
        number: String,
        /// Field by field.
        changes: Vec<NotedChange>,
    },
    /// By a divorce.
    Divorced {
        /// The judgment's number; empty where it has none.
        judgment: String,
        /// Its date.
        date: Option<Date>,
        /// The court.
        authority: String,
        /// What the paper is, where the act says so.
        form: Option<JudgmentForm>,
    },
    /// By any other act, as the table of effects words it ([`crate::effect`]).
    Act {
        /// What it says, without office and signer.
        says: String,
        /// Field by field.
        changes: Vec<NotedChange>,
        /// What became of the entry.
        state: Option<StateChange>,
        /// From when that holds, where the act or its judgment says so.
        holds_from: Option<Date>,
    },
}

impl NoteContent {
    /// What it says to have changed, field by field.
    pub fn changes(&self) -> &[NotedChange] {
        match self {
            Self::Amended { changes, .. } | Self::Act { changes, .. } => changes,
            Self::Divorced { .. } => &[],
        }
    }
}

/// When and by whom the note was written into the paper book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EnteredInBook {
    /// The event that says so.
    pub event: EventId,
    /// The day.
    pub on: Date,
    /// The office that keeps the book.
    pub office: OfficeId,
}

/// A marginal note of one entry.
#[derive(Debug, Clone, PartialEq)]
pub struct MarginalNote {
    /// The event it follows from.
    pub event: EventId,
    /// That event's position.
    pub position: u64,
    /// That event's kind.
    pub kind: Kind,
    /// The office that registered the act.
    pub office: OfficeId,
    /// The day of registration, as written.
    pub on: Option<Date>,
    /// Who signed for that office.
    pub signer: Option<Signer>,
    /// What it says.
    pub content: NoteContent,
    /// Whether the paper book has it.
    pub entered: Option<EnteredInBook>,
}

impl MarginalNote {
    fn of(event: &CivilEvent, content: NoteContent) -> Self {
        let act = &event.body.act;
        Self {
            event: event.envelope.event,
            position: event.position,
            kind: act.kind(),
            office: event.envelope.stream.office,
            on: act.registered_on(),
            signer: act.signer().cloned(),
            content,
            entered: None,
        }
    }

    /// The note of an amendment in one of the entries that it changes.
    pub fn of_amendment(event: &CivilEvent, act: &Amendment, amended: &Amended) -> Self {
        let number = act.book.shown(act.source.as_deref());
        Self::of(
            event,
            NoteContent::Amended {
                number,
                changes: noted_changes(event, amended),
            },
        )
    }

    /// The note of a divorce at the marriage.
    pub fn of_divorce(event: &CivilEvent, act: &DivorceNoted) -> Self {
        let judgment = &act.judgment;
        let content = NoteContent::Divorced {
            judgment: judgment.number.as_ref().map_or_else(String::new, Text::to_string),
            date: judgment.date,
            authority: judgment.authority.to_string(),
            form: judgment.form,
        };
        Self::of(event, content)
    }

    /// The note of any other act in an entry that it reaches, or at which it is written.
    fn of_act(event: &CivilEvent, reached: Option<&Amended>, effect: &Effect) -> Self {
        let act = &event.body.act;
        let changes = reached.map_or_else(Vec::new, |reached| noted_changes(event, reached));
        let content = NoteContent::Act {
            says: effect.note(act, &changes),
            changes,
            state: effect.state,
            holds_from: act
                .judgment()
                .map_or_else(|| act.registered_on(), Judgment::holds_from),
        };
        Self::of(event, content)
    }

    /// What became of the entry, and from when that holds.
    pub fn state(&self) -> Option<(StateChange, Option<Date>)> {
        match &self.content {
            NoteContent::Amended { .. } => None,
            NoteContent::Divorced { date, .. } => Some((StateChange::Ends(Ended::Divorced), *date)),
            NoteContent::Act {
                state, holds_from, ..
            } => state.map(|state| (state, *holds_from)),
        }
    }

    /// Whether it says that a child was adopted, or that an adoption ended (Law on adoption 2010, Art. 11).
    pub fn tells_of_adoption(&self) -> bool {
        let adopted = |change| {
            matches!(
                change,
                StateChange::Sets(Mark::Adopted) | StateChange::Lifts(Mark::Adopted)
            )
        };
        self.kind == Kind::Adoption || self.state().is_some_and(|(change, _)| adopted(change))
    }

    /// Its text as the circular words it: content, number, date, agency, signer (Decree 123/2015, Art. 13;
    /// Circular 04/2020, Art. 23).
    pub fn text(&self, directory: &Directory) -> String {
        self.worded(directory, NotedChange::text)
    }

    /// Its text on papers: as [`MarginalNote::text`], without the values that papers leave out of the entry itself.
    pub fn text_on_paper(&self, directory: &Directory) -> String {
        self.worded(directory, NotedChange::text_on_paper)
    }

    /// Its text on papers of content version 2, of an entry of that kind: also notes of the first release keep to themselves what papers
    /// leave out.
    pub(crate) fn text_sealed(&self, directory: &Directory, entry: Kind) -> String {
        let changes = self.content.changes().iter();
        let sealed = changes.filter(|change| is_sealed(entry, &change.field));
        sealed.fold(self.text(directory), |text, change| {
            text.replace(&change.text(), &change.label)
        })
    }

    fn worded(&self, directory: &Directory, change: fn(&NotedChange) -> String) -> String {
        let office = directory.name(self.office);
        let signer = self.signer.as_ref().map_or_else(String::new, |signer| {
            format!("; người ký: {}, {}", signer.name.full(), signer.title)
        });
        let day =
            |day: Option<Date>| day.map_or_else(String::new, |day| format!(" ngày {}", day.vietnamese()));
        let on = day(self.on);
        match &self.content {
            NoteContent::Amended { number, changes } => {
                let changes: Vec<_> = changes.iter().map(change).collect();
                let suffix = suffix(self.kind);
                format!(
                    "{}: {}; theo Trích lục số {number}/{suffix}{on} của {office}{signer}.",
                    self.kind.vietnamese(),
                    changes.join("; "),
                )
            }
            NoteContent::Divorced {
                judgment,
                date,
                authority,
                form,
            } => {
                let paper = form.map_or("Bản án/Quyết định", JudgmentForm::vietnamese);
                let number = match judgment.as_str() {
                    "" => String::new(),
                    number => format!(" số {number}"),
                };
                let date = day(*date);
                format!(
                    "Đã ly hôn theo {paper}{number}{date} của {authority}; ghi chú{on} tại {office}{signer}."
                )
            }
            NoteContent::Act { says, .. } => format!("{says}; ghi chú{on} tại {office}{signer}."),
        }
    }
}

/// The suffix of an amendment's extract number (Circular 04/2020, annexes).
fn suffix(kind: Kind) -> &'static str {
    match kind {
        Kind::Correction => "TLCCHT",
        Kind::Supplement => "TLBSHT",
        Kind::EthnicityRedetermination => "TLXĐLDT",
        _ => "TLTĐHT",
    }
}

impl NotedChange {
    /// From what to what, as a note says it.
    pub fn text(&self) -> String {
        let Self { label, from, to, .. } = self;
        match (from.is_empty(), to.is_empty()) {
            (true, _) => format!("{label}: “{to}”"),
            (false, true) => format!("{label}: bỏ “{from}”"),
            (false, false) => format!("{label} từ “{from}” thành “{to}”"),
        }
    }

    /// The same as papers say it.
    pub(crate) fn text_on_paper(&self) -> String {
        match self.sealed {
            true => self.label.clone(),
            false => self.text(),
        }
    }
}

/// The changes of an entry, as notes word them.
fn noted_changes(event: &CivilEvent, amended: &Amended) -> Vec<NotedChange> {
    // Notes of the first release stay as they were: copies of then carry the hash of what they said.
    let later = law::second_release().is_some_and(|since| since <= event.signed_on);
    worded_changes(amended, later)
}

/// The same in the words of the first release or of those after it, in which papers are written.
pub(crate) fn worded_changes(amended: &Amended, later: bool) -> Vec<NotedChange> {
    let changes = amended.changes.iter();
    changes
        .map(|change| noted_change(amended.kind, change, later))
        .collect()
}

fn noted_change(kind: Kind, change: &FieldChange, later: bool) -> NotedChange {
    let known = amendable(kind, &change.field);
    let show = |value: &Option<ciborium::Value>| match (value, &known) {
        // Why a value is missing is for officers; a note says that nothing stood there.
        (Some(value), _) if states_no_value(value) => String::new(),
        (Some(value), Some(known)) => {
            let said = if later { known.to_words } else { known.to_text };
            said(value.clone()).unwrap_or_default()
        }
        _ => String::new(),
    };
    NotedChange {
        field: change.field.clone(),
        label: known
            .as_ref()
            .map_or_else(|| change.field.clone(), |known| known.label.clone()),
        from: show(&change.from),
        to: show(&change.to),
        sealed: later && is_sealed(kind, &change.field),
    }
}

/// Whether copies leave a field out: why somebody died is nobody's business but the family's and the state's.
fn is_sealed(kind: Kind, field: &str) -> bool {
    kind == Kind::Death && field == "/cause"
}

/// The notes that an act leaves: in the entries that it reaches, and in its own where it is written at one.
pub fn notes_of(event: &CivilEvent) -> Vec<(EntryId, MarginalNote)> {
    let act = &event.body.act;
    if let Some(amendment) = act.amendment() {
        let amended = amendment.amended.iter();
        return amended
            .map(|amended| {
                (
                    amended.entry,
                    MarginalNote::of_amendment(event, amendment, amended),
                )
            })
            .collect();
    }
    let own = event
        .envelope
        .entry
        .filter(|_| act.kind().group() == Group::Notation);
    if let Act::DivorceNoted(act) = act {
        return own
            .map(|entry| (entry, MarginalNote::of_divorce(event, act)))
            .into_iter()
            .collect();
    }
    let reached = act.reaches();
    // An act that names no kind of its own entry says the same at every kind.
    let unnamed = own.filter(|own| reached.iter().all(|reached| reached.entry != *own));
    let at_own = unnamed.and_then(|entry| {
        let effect = effect::of(act, act.kind())?;
        Some((entry, MarginalNote::of_act(event, None, effect)))
    });
    let at_reached = reached.into_iter().filter_map(|reached| {
        let effect = effect::of(act, reached.kind)?;
        Some((reached.entry, MarginalNote::of_act(event, Some(reached), effect)))
    });
    at_own.into_iter().chain(at_reached).collect()
}
