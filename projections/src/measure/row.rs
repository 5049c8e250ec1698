//! Rows of `measure`.

use civil::act::Act;
use civil::event::CivilEvent;
use civil::id::OfficeId;
use civil::kind::Kind;
use civil::value::Date;
use ledger::Recorded;

use super::dimensions::{Dimensions, is_counted};
use crate::entry::Touched;
use crate::rows::row;

row! {
    /// A posting: so much more, or less, of a figure from a position on.
    pub(crate) struct Row {
        opened: u64,
        since: u64,
        sign: i8,
        office: u32,
        kind: &'static str,
        counted_on: u32,
        tick: Option<&'static str>,
        late: Option<u8>,
        occurred_year: Option<u16>,
        waited: Option<u8>,
        sex: Option<&'static str>,
        kinh: Option<u8>,
        age: Option<u8>,
        both_first: Option<u8>,
        age_wife: Option<u8>,
        age_husband: Option<u8>,
        purpose: Option<&'static str>,
        matter: Option<&'static str>,
    }
}

/// What the events of a batch add to the figures, and what acts of the batch take from them because they changed what was counted.
pub(crate) fn rows(events: &[Recorded<CivilEvent>], touched: &[Touched]) -> Vec<Row> {
    let mut rows = Vec::with_capacity(events.len());
    let opened = events.iter().filter_map(|recorded| {
        let envelope = &recorded.event.envelope;
        let subject = Subject::of(
            recorded.position,
            envelope.stream.office,
            &recorded.event.body.act,
        )?;
        Some(subject.posting(recorded.position, 1, Dimensions::of(&recorded.event.body.act)))
    });
    rows.extend(opened);
    for touched in touched {
        let (Some(recorded), Some((before, after))) = (events.get(touched.index), &touched.change) else {
            continue;
        };
        let (was, is) = (Dimensions::of(before), Dimensions::of(after));
        if was == is {
            continue;
        }
        if let Some(subject) = Subject::of(touched.opened_position, touched.office, after) {
            rows.push(subject.posting(recorded.position, -1, was));
            rows.push(subject.posting(recorded.position, 1, is));
        }
    }
    rows
}

/// What is counted, whatever is said of it.
struct Subject {
    opened: u64,
    office: OfficeId,
    kind: Kind,
    counted_on: Date,
}

impl Subject {
    fn of(opened: u64, office: OfficeId, act: &Act) -> Option<Self> {
        is_counted(act.kind()).then(|| Self {
            opened,
            office,
            kind: act.kind(),
            counted_on: act.registered_on(),
        })
    }

    fn posting(&self, since: u64, sign: i8, as_it_is: Dimensions) -> Row {
        Row {
            opened: self.opened,
            since,
            sign,
            office: self.office.0,
            kind: self.kind.name(),
            counted_on: day_number(self.counted_on),
            tick: as_it_is.tick,
            late: as_it_is.late.map(u8::from),
            occurred_year: as_it_is.occurred_year,
            waited: as_it_is.waited.map(|waited| waited as u8),
            sex: as_it_is.sex.map(|sex| sex.as_str()),
            kinh: as_it_is.kinh.map(u8::from),
            age: as_it_is.age.map(|age| age as u8),
            both_first: as_it_is.both_first.map(u8::from),
            age_wife: as_it_is.age_wife,
            age_husband: as_it_is.age_husband,
            purpose: as_it_is.purpose,
            matter: as_it_is.matter,
        }
    }
}

/// A day as one number that sorts and compares as days do: 20260302.
pub(super) fn day_number(day: Date) -> u32 {
    u32::from(day.year()) * 10_000 + u32::from(day.month()) * 100 + u32::from(day.day())
}
