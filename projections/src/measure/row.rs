//! Rows of `measure`.

use civil::act::Act;
use civil::event::{CivilEvent, day_in_vietnam};
use civil::id::OfficeId;
use civil::kind::Kind;
use civil::value::Date;
use ledger::Recorded;

use super::dimensions::{Dimensions, is_counted};
use crate::entry::Touched;
use crate::rows::row;

row! {
    /// A posting: one more, or one less, of a figure from a position on.
    pub(crate) struct Row {
        opened: u64,
        since: u64,
        count: i8,
        office: u32,
        kind: &'static str,
        counted_on: u32,
        counted_as: Dimensions,
        wives: i8,
        wives_years: i16,
        husbands: i8,
        husbands_years: i16,
    }
}

/// What the events of a batch add to the figures, and what acts of the batch take from them because they changed what was counted.
pub(crate) fn rows(events: &[Recorded<CivilEvent>], touched: &[Touched]) -> Vec<Row> {
    let mut rows = Vec::with_capacity(events.len());
    for recorded in events {
        let act = &recorded.event.body.act;
        let office = recorded.event.envelope.stream.office;
        if let Some(subject) = Subject::of(recorded.position, recorded.recorded_at_ms, office, act) {
            let as_registered = Dimensions::of(act, subject.counted_on);
            rows.push(subject.posting(recorded.position, 1, as_registered));
        }
    }
    for touched in touched {
        if let Some(recorded) = events.get(touched.index) {
            rows.extend(moved(recorded.position, touched).into_iter().flatten());
        }
    }
    rows
}

/// What an event takes from the figures of the entry that it touches, and what it adds in its place.
fn moved(position: u64, touched: &Touched) -> Option<Vec<Row>> {
    let (before, after) = match (&touched.change, &touched.fell) {
        (Some((before, after)), _) => (before, after),
        (None, Some(act)) => (act, act),
        (None, None) => return None,
    };
    let subject = Subject::of(
        touched.opened_position,
        touched.opened_at_ms,
        touched.office,
        after,
    )?;
    let counted = |stood: bool, act| stood.then(|| Dimensions::of(act, subject.counted_on));
    let (was, is) = (counted(touched.stood.0, before), counted(touched.stood.1, after));
    if was == is {
        return None;
    }
    let no_longer = was.map(|was| subject.posting(position, -1, was));
    let from_now_on = is.map(|is| subject.posting(position, 1, is));
    Some(no_longer.into_iter().chain(from_now_on).collect())
}

/// What is counted, whatever is said of it.
struct Subject {
    opened: u64,
    office: OfficeId,
    kind: Kind,
    counted_on: Date,
}

impl Subject {
    /// Where nothing that is legible gives a day, it counts on that on which the log took it in.
    fn of(opened: u64, recorded_at_ms: i64, office: OfficeId, act: &Act) -> Option<Self> {
        let recorded_on = day_in_vietnam(u64::try_from(recorded_at_ms / 1_000).ok()?)?;
        is_counted(act.kind()).then(|| Self {
            opened,
            office,
            kind: act.kind(),
            counted_on: act.counted_on(recorded_on),
        })
    }

    fn posting(&self, since: u64, count: i8, as_it_is: Dimensions) -> Row {
        let people = |age: Option<u8>| age.map_or(0, |_| count);
        let years = |age: Option<u8>| age.map_or(0, |age| i16::from(count) * i16::from(age));
        Row {
            opened: self.opened,
            since,
            count,
            office: self.office.0,
            kind: self.kind.name(),
            counted_on: day_number(self.counted_on),
            counted_as: as_it_is,
            wives: people(as_it_is.age_wife),
            wives_years: years(as_it_is.age_wife),
            husbands: people(as_it_is.age_husband),
            husbands_years: years(as_it_is.age_husband),
        }
    }
}

/// A day as one number that sorts and compares as days do: 20260302.
pub(super) fn day_number(day: Date) -> u32 {
    u32::from(day.year()) * 10_000 + u32::from(day.month()) * 100 + u32::from(day.day())
}
