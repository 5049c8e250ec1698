//! Rows of `task`.

use civil::act::{Act, Place, TaskKind};
use civil::decide::WarningCode;
use civil::event::CivilEvent;
use civil::id::{EntryId, EventId, Lane, OfficeId};
use civil::stated::Stated;
use civil::value::Date;
use ledger::Recorded;

use crate::custody::Shelf;
use crate::entry::Touched;
use crate::rows::{Shown, row};

row! {
    /// A task that is opened, once.
    pub(crate) struct OpenRow {
        entry: Shown<EntryId>,
        kind: &'static str,
        code: String,
        cause: Shown<EventId>,
        office: u32,
        book: Option<&'static str>,
        year: Option<u16>,
        volume: Option<String>,
        opened_on: Shown<Date>,
        position: u64,
        state: &'static str,
    }
}

row! {
    /// What closes open tasks of an entry: those of that kind, code, cause and field, as far as it says them.
    pub(crate) struct ClosedRow {
        entry: Shown<EntryId>,
        kind: Option<&'static str>,
        code: Option<String>,
        cause: Option<Shown<EventId>>,
        field: Option<String>,
        verdict: &'static str,
        closed_by: Shown<EventId>,
        closed_position: u64,
    }
}

/// What a batch does to tasks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Rows {
    pub(super) opened: Vec<OpenRow>,
    pub(super) closed: Vec<ClosedRow>,
}

/// Something that an event leaves to be looked into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Opened {
    /// At which entry.
    pub(crate) entry: EntryId,
    /// The office that registered it.
    pub(crate) office: OfficeId,
    /// The book in which it stands.
    pub(crate) shelf: Option<Shelf>,
    /// What it is about.
    pub(crate) kind: TaskKind,
    /// The warning, or the JSON pointer of what is to be looked into.
    pub(crate) code: String,
}

impl Opened {
    /// As a row, of the event that opens it.
    fn row(self, recorded: &Recorded<CivilEvent>) -> OpenRow {
        OpenRow {
            entry: Shown(self.entry),
            kind: self.kind.name(),
            code: self.code,
            cause: Shown(recorded.event.envelope.event),
            office: self.office.0,
            book: self.shelf.as_ref().map(|shelf| shelf.book.name()),
            year: self.shelf.as_ref().and_then(|shelf| shelf.year),
            volume: self.shelf.and_then(|shelf| shelf.volume),
            opened_on: Shown(recorded.event.signed_on),
            position: recorded.position,
            state: "open",
        }
    }
}

/// What a batch opens and closes. `linked` are the tasks that changes of people leave at entries which name them, each with the
/// place of its event in the batch.
pub(crate) fn rows(
    events: &[Recorded<CivilEvent>],
    touched: &[Touched],
    linked: impl IntoIterator<Item = (usize, Opened)>,
) -> Rows {
    let mut rows = Rows::default();
    for recorded in events {
        rows.opened.extend(
            left_by(&recorded.event)
                .into_iter()
                .map(|opened| opened.row(recorded)),
        );
        rows.closed.extend(settled_by(recorded));
    }
    for (index, opened) in linked {
        rows.opened
            .extend(events.get(index).map(|recorded| opened.row(recorded)));
    }
    for touched in touched.iter().filter(|touched| touched.change.is_some()) {
        rows.closed.extend(
            events
                .get(touched.index)
                .into_iter()
                .flat_map(|recorded| amended(recorded, touched.entry)),
        );
    }
    rows
}

/// What the act that opens an entry leaves to be looked into there.
fn left_by(event: &CivilEvent) -> Vec<Opened> {
    let (envelope, body) = (&event.envelope, &event.body);
    let Some(entry) = envelope.entry.filter(|_| envelope.kind.opens_entry()) else {
        return Vec::new();
    };
    let office = envelope.stream.office;
    let opened = |kind: TaskKind| {
        move |code: String| Opened {
            entry,
            office,
            shelf: Shelf::of(&body.act),
            kind,
            code,
        }
    };
    let seen = body.acknowledgements.iter().map(|seen| seen.warning.as_str());
    let flags = seen.filter(|name| FLAGS.iter().any(|flag| flag.name() == *name));
    let mut left: Vec<Opened> = flags.map(str::to_owned).map(opened(TaskKind::Flag)).collect();
    if envelope.stream.lane == Lane::Digitised {
        left.extend(
            unlinked_places(&body.act)
                .into_iter()
                .map(opened(TaskKind::PlaceUnlinked)),
        );
        let readings = body.act.source().into_iter().flat_map(|source| &source.readings);
        left.extend(
            readings
                .map(|reading| reading.field.to_string())
                .map(opened(TaskKind::ReadingDiffers)),
        );
        left.sort_by(|one, other| (one.kind, &one.code).cmp(&(other.kind, &other.code)));
        left.dedup();
    }
    left
}

/// Where an act names a place and no unit.
fn unlinked_places(act: &Act) -> Vec<String> {
    let unlinked = |place: Option<&Stated<Place>>| {
        place
            .and_then(|place| place.value.as_ref())
            .is_some_and(|place| place.unit.is_none())
    };
    let mut found = Vec::new();
    for named in act.people() {
        let person = named.person;
        for (field, place) in [
            ("birth_place", &person.birth_place),
            ("home_place", &person.home_place),
            ("residence", &person.residence),
        ] {
            if unlinked(place.as_ref()) {
                found.push(format!("{}/{field}", named.pointer()));
            }
        }
    }
    if let Act::Death(act) = act
        && unlinked(Some(&act.place))
    {
        found.push("/place".to_owned());
    }
    found
}

/// What an officer says about tasks. A decision about a pair of entries settles none: the log does not say how many candidates
/// there were, so only an officer can say that all of them were looked at.
fn settled_by(recorded: &Recorded<CivilEvent>) -> Vec<ClosedRow> {
    match &recorded.event.body.act {
        Act::TaskSettled(act) => vec![ClosedRow {
            kind: Some(act.task.name()),
            code: act.warning.as_ref().map(|code| code.to_string()),
            cause: act.cause.map(Shown),
            verdict: act.verdict.name(),
            ..closed(recorded, act.entry)
        }],
        _ => Vec::new(),
    }
}

/// A change of a field settles what was asked about it.
fn amended(recorded: &Recorded<CivilEvent>, entry: EntryId) -> Vec<ClosedRow> {
    let reached = recorded.event.body.act.reaches();
    let changes = reached
        .into_iter()
        .filter(|reached| reached.entry == entry)
        .flat_map(|reached| &reached.changes);
    let mut rows = Vec::new();
    for change in changes {
        rows.push(ClosedRow {
            field: Some(change.field.clone()),
            ..closed(recorded, entry)
        });
        let last = change.field.rsplit('/').next().unwrap_or_default();
        let answered = SETTLED_BY.iter().filter(|(_, fields)| fields.contains(&last));
        rows.extend(answered.map(|(warning, _)| ClosedRow {
            kind: Some(TaskKind::Flag.name()),
            code: Some(warning.name().to_owned()),
            ..closed(recorded, entry)
        }));
    }
    rows
}

fn closed(recorded: &Recorded<CivilEvent>, entry: EntryId) -> ClosedRow {
    ClosedRow {
        entry: Shown(entry),
        kind: None,
        code: None,
        cause: None,
        field: None,
        verdict: civil::act::TaskVerdict::Amended.name(),
        closed_by: Shown(recorded.event.envelope.event),
        closed_position: recorded.position,
    }
}

/// The warnings of which an act that was recorded all the same leaves something to be looked into. The others say what the
/// act itself answers, or what cannot be mended afterwards.
const FLAGS: &[WarningCode] = &[
    WarningCode::ParentAgeImpossible,
    WarningCode::MotherVeryYoung,
    WarningCode::UnderMarriageAge,
    WarningCode::NumberDoesNotFit,
    WarningCode::NameLooksBroken,
    WarningCode::CodeUnknown,
    WarningCode::UnitUnknown,
    WarningCode::UnitNotValidThatDay,
    WarningCode::OccurredAfterRegistered,
    WarningCode::DeathBeforeBirth,
    WarningCode::DayMissing,
    WarningCode::PersonLocked,
    WarningCode::AlreadyDead,
    WarningCode::AlreadyMarried,
    WarningCode::ProhibitedRelation,
    WarningCode::PossibleDuplicate,
    WarningCode::NameHasDigits,
    WarningCode::NameInCapitals,
    WarningCode::FatherVeryYoung,
    WarningCode::FatherDeadLong,
    WarningCode::BornAfterOwnMarriage,
    WarningCode::SpousesAgeGap,
    WarningCode::NumberOnTwoPeople,
    WarningCode::DateSuspicious,
    WarningCode::ImageMissing,
    WarningCode::NumberOfAnotherVolume,
    WarningCode::NumberRepeats,
];

/// The fields whose change answers a flag.
const SETTLED_BY: &[(WarningCode, &[&str])] = &[
    (WarningCode::NameLooksBroken, &["name"]),
    (WarningCode::NameHasDigits, &["name"]),
    (WarningCode::NameInCapitals, &["name"]),
    (WarningCode::NumberOnTwoPeople, &["personal_number"]),
    (
        WarningCode::DateSuspicious,
        &["born_on", "died_on", "established_on"],
    ),
    (WarningCode::BornAfterOwnMarriage, &["born_on", "established_on"]),
    (WarningCode::SpousesAgeGap, &["born_on"]),
    (WarningCode::FatherDeadLong, &["born_on", "father"]),
    (
        WarningCode::NumberDoesNotFit,
        &["personal_number", "sex", "born_on"],
    ),
    (WarningCode::ParentAgeImpossible, &["born_on"]),
    (WarningCode::MotherVeryYoung, &["born_on"]),
    (WarningCode::FatherVeryYoung, &["born_on"]),
    (WarningCode::UnderMarriageAge, &["born_on", "established_on"]),
    (WarningCode::DeathBeforeBirth, &["born_on", "died_on"]),
    (
        WarningCode::CodeUnknown,
        &["ethnicity", "nationality", "other_nationality"],
    ),
    (
        WarningCode::UnitUnknown,
        &["birth_place", "home_place", "residence", "place"],
    ),
    (
        WarningCode::UnitNotValidThatDay,
        &["birth_place", "home_place", "residence", "place"],
    ),
];
