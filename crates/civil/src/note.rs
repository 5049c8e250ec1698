//! Marginal notes (ghi chú ở Sổ): what an entry must say beside its text because of a later act. Derived from
//! events, never typed.

use crate::act::{Act, Amended, Amendment, DivorceNoted, FieldChange, Signer, amendable};
use crate::directory::Directory;
use crate::event::CivilEvent;
use crate::id::{EventId, OfficeId};
use crate::kind::Kind;
use crate::stated::states_no_value;
use crate::value::Date;

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
        /// The judgment's number.
        judgment: String,
        /// Its date.
        date: Date,
        /// The court.
        authority: String,
    },
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
    /// The day of registration.
    pub on: Date,
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
        let number = format!("{}/{}", act.book.number, act.book.year);
        Self::of(
            event,
            NoteContent::Amended {
                number,
                changes: noted_changes(amended),
            },
        )
    }

    /// The note of a divorce at the marriage.
    pub fn of_divorce(event: &CivilEvent, act: &DivorceNoted) -> Self {
        let judgment = &act.judgment;
        let content = NoteContent::Divorced {
            judgment: judgment.number.to_string(),
            date: judgment.date,
            authority: judgment.authority.to_string(),
        };
        Self::of(event, content)
    }

    /// Its text as the circular words it: content, number, date, agency, signer (Decree 123/2015, Art. 13;
    /// Circular 04/2020, Art. 23).
    pub fn text(&self, directory: &Directory) -> String {
        let office = directory.name(self.office);
        let signer = self.signer.as_ref().map_or_else(String::new, |signer| {
            format!("; người ký: {}, {}", signer.name.full(), signer.title)
        });
        match &self.content {
            NoteContent::Amended { number, changes } => {
                let changes: Vec<_> = changes.iter().map(NotedChange::text).collect();
                let suffix = suffix(self.kind);
                format!(
                    "{}: {}; theo Trích lục số {number}/{suffix} ngày {} của {office}{signer}.",
                    self.kind.vietnamese(),
                    changes.join("; "),
                    self.on.vietnamese(),
                )
            }
            NoteContent::Divorced {
                judgment,
                date,
                authority,
            } => format!(
                "Đã ly hôn theo Bản án/Quyết định số {judgment} ngày {} của {authority}; ghi chú ngày {} tại {office}{signer}.",
                date.vietnamese(),
                self.on.vietnamese(),
            ),
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
    fn text(&self) -> String {
        let Self { label, from, to, .. } = self;
        match (from.is_empty(), to.is_empty()) {
            (true, _) => format!("{label}: “{to}”"),
            (false, true) => format!("{label}: bỏ “{from}”"),
            (false, false) => format!("{label} từ “{from}” thành “{to}”"),
        }
    }
}

fn noted_changes(amended: &Amended) -> Vec<NotedChange> {
    amended
        .changes
        .iter()
        .map(|change| noted_change(amended.kind, change))
        .collect()
}

fn noted_change(kind: Kind, change: &FieldChange) -> NotedChange {
    let known = amendable(kind, &change.field);
    let show = |value: &Option<ciborium::Value>| match (value, &known) {
        // Why a value is missing is for officers; a note says that nothing stood there.
        (Some(value), _) if states_no_value(value) => String::new(),
        (Some(value), Some(known)) => (known.to_text)(value.clone()).unwrap_or_default(),
        _ => String::new(),
    };
    NotedChange {
        field: change.field.clone(),
        label: known
            .as_ref()
            .map_or_else(|| change.field.clone(), |known| known.label.clone()),
        from: show(&change.from),
        to: show(&change.to),
    }
}

/// Whether an act leaves notes in other entries, and in which.
pub fn notes_of(event: &CivilEvent) -> Vec<(crate::id::EntryId, MarginalNote)> {
    match &event.body.act {
        Act::DivorceNoted(act) => event
            .envelope
            .entry
            .map(|entry| (entry, MarginalNote::of_divorce(event, act)))
            .into_iter()
            .collect(),
        act => act.amendment().map_or_else(Vec::new, |act| {
            act.amended
                .iter()
                .map(|amended| (amended.entry, MarginalNote::of_amendment(event, act, amended)))
                .collect()
        }),
    }
}
