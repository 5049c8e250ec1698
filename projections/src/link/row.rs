//! Rows of `link`.

use civil::act::{Act, IdentityVerdict, PersonRef};
use civil::event::CivilEvent;
use civil::id::{EntryId, EventId};
use civil::value::Date;
use ledger::{Fault, Recorded};

use crate::entry::Touched;
use crate::record::Record;
use crate::rows::{Shown, row};

row! {
    /// One direction of a link.
    pub(crate) struct Row {
        from_entry: Shown<EntryId>,
        from_person: String,
        to_entry: Shown<EntryId>,
        to_person: String,
        position: u64,
        event: Shown<EventId>,
        recorded_at_ms: i64,
        registered_on: Shown<Date>,
        verdict: &'static str,
    }
}

/// What is said of two places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// They name one person.
    Same,
    /// They name one person, whose matter was registered once more.
    Again,
    /// They name two.
    NotSame,
}

impl Verdict {
    const ALL: [Self; 3] = [Self::Same, Self::Again, Self::NotSame];

    /// Its name in JSON and columns.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Again => "again",
            Self::NotSame => "not_same",
        }
    }
}

/// A place as the column has it: `child`, `guardian.1`.
pub(super) fn part(place: PersonRef) -> String {
    match place.place() {
        0 => place.role.name().to_owned(),
        index => format!("{}.{index}", place.role.name()),
    }
}

/// The links that the events of a batch make or cut, each in both directions.
pub(crate) fn rows(events: &[Recorded<CivilEvent>], touched: &[Touched]) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut link = |recorded: &Recorded<CivilEvent>, one: PersonRef, other: PersonRef, verdict: Verdict| {
        if one == other {
            return;
        }
        for (from, to) in [(one, other), (other, one)] {
            rows.push(Row {
                from_entry: Shown(from.entry),
                from_person: part(from),
                to_entry: Shown(to.entry),
                to_person: part(to),
                position: recorded.position,
                event: Shown(recorded.event.envelope.event),
                recorded_at_ms: recorded.recorded_at_ms,
                registered_on: Shown(recorded.event.counted_on()),
                verdict: verdict.name(),
            });
        }
    };
    for recorded in events {
        let envelope = &recorded.event.envelope;
        let act = &recorded.event.body.act;
        if let Act::IdentityDecided(act) = act {
            let verdict = match act.verdict {
                IdentityVerdict::Same => Verdict::Same,
                IdentityVerdict::NotSame => Verdict::NotSame,
            };
            link(recorded, act.first, act.second, verdict);
        }
        let Some(entry) = envelope.entry.filter(|_| envelope.kind.opens_entry()) else {
            continue;
        };
        for (place, known_as) in linked(entry, act) {
            link(recorded, place, known_as, Verdict::Same);
        }
        let again = act.earlier().and_then(|earlier| earlier.entry);
        for place in again
            .iter()
            .flat_map(|_| act.people())
            .filter_map(|named| named.of(entry))
        {
            let earlier = again.map(|earlier| PersonRef {
                entry: earlier,
                ..place
            });
            if let Some(earlier) = earlier {
                link(recorded, place, earlier, Verdict::Again);
            }
        }
    }
    // A parent who is named by a later act comes with their own link; who stands there no more is not named there any more.
    for touched in touched {
        if let (Some((before, after)), Some(recorded)) = (&touched.change, events.get(touched.index)) {
            let known: Vec<_> = linked(touched.entry, before).collect();
            let stands: Vec<_> = linked(touched.entry, after).collect();
            for (place, known_as) in known.iter().filter(|link| !stands.contains(link)) {
                link(recorded, *place, *known_as, Verdict::NotSame);
            }
            for (place, known_as) in stands.iter().filter(|link| !known.contains(link)) {
                link(recorded, *place, *known_as, Verdict::Same);
            }
        }
    }
    rows
}

/// The places of an act that say where else their person is named.
fn linked(entry: EntryId, act: &Act) -> impl Iterator<Item = (PersonRef, PersonRef)> {
    act.people().into_iter().filter_map(move |named| {
        let known_as = named.person.known_as.as_deref().copied()?;
        Some((named.of(entry)?, known_as))
    })
}

/// That two places name one person, or do not, and since when that is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// The place that was asked about.
    pub from: PersonRef,
    /// The other.
    pub to: PersonRef,
    /// What is said.
    pub verdict: Verdict,
    /// By which event.
    pub event: EventId,
    /// At which position.
    pub position: u64,
    /// The day by which that event is counted.
    pub registered_on: Date,
    /// When the log recorded it, milliseconds since 1970-01-01T00:00:00Z.
    pub recorded_at_ms: i64,
}

impl Link {
    pub(super) fn read(row: &ledger::Row) -> Result<Self, Fault> {
        let record = Record::new(row, "link", "from_entry");
        let place = |entry: &'static str, person: &'static str| {
            let text = format!("{}.{}", record.text(entry)?, record.text(person)?);
            text.parse::<PersonRef>()
                .map_err(|_| record.damaged(person, "no place of a person"))
        };
        Ok(Self {
            from: place("from_entry", "from_person")?,
            to: place("to_entry", "to_person")?,
            verdict: record.value("verdict", |name| {
                Verdict::ALL.into_iter().find(|verdict| verdict.name() == name)
            })?,
            event: record.id("event")?,
            position: record.number("position")?,
            registered_on: record.value("registered_on", |text| Date::parse(text).ok())?,
            recorded_at_ms: record.number("recorded_at_ms")?,
        })
    }
}
