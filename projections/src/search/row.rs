//! Rows of `search`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use civil::act::{Act, Person};
use civil::event::CivilEvent;
use civil::id::{EntryId, OfficeId};
use civil::kind::Kind;
use civil::value::{Date, PartialDate, fold_for_search};
use ledger::Recorded;

use crate::entry::Touched;
use crate::rows::{Shown, row};

row! {
    /// A row as the statement takes it.
    pub(crate) struct Row<'a> {
        compact: String,
        entry: Shown<EntryId>,
        person: Shown<Place>,
        folded: String,
        given: String,
        name: &'a str,
        kind: &'static str,
        office: u32,
        birth_year: Option<u16>,
        born_on: Option<Shown<Date>>,
        personal_number: Option<&'a str>,
        former_since: Option<u64>,
    }
}

/// Where an act names somebody: the role, and how many of that role come before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place(&'static str, usize);

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.0)?;
        if self.1 == 0 {
            Ok(())
        } else {
            write!(out, "/{}", self.1)
        }
    }
}

/// What a batch changes in the index, each row once: a later event of the batch overrules an earlier one.
pub(crate) fn rows<'a>(events: &'a [Recorded<CivilEvent>], touched: &'a [Touched]) -> Vec<Row<'a>> {
    let changes = touched.iter().filter(|touched| touched.change.is_some());
    let changing: BTreeSet<EntryId> = changes.map(|touched| touched.entry).collect();
    let mut rows: Vec<Row<'a>> = Vec::with_capacity(events.len() * 3);
    let mut last: BTreeMap<(EntryId, Place, String), Row<'a>> = BTreeMap::new();
    for event in events.iter().map(|recorded| &recorded.event) {
        let Some(entry) = event.envelope.entry.filter(|_| event.envelope.kind.opens_entry()) else {
            continue;
        };
        let named = of_act(entry, event.envelope.stream.office, &event.body.act);
        if changing.contains(&entry) {
            last.extend(named.map(keyed));
        } else {
            rows.extend(named);
        }
    }
    for touched in touched {
        last.extend(changed(events, touched).into_iter().map(keyed));
    }
    rows.extend(last.into_values());
    rows
}

fn keyed(row: Row<'_>) -> ((EntryId, Place, String), Row<'_>) {
    ((row.entry.0, row.person.0, row.compact.clone()), row)
}

/// What an event changes about the people of one entry: those rows that it makes former, then those that it makes true.
fn changed<'a>(events: &[Recorded<CivilEvent>], touched: &'a Touched) -> Vec<Row<'a>> {
    let (Some((before, after)), Some(recorded)) = (&touched.change, events.get(touched.index)) else {
        return Vec::new();
    };
    let before: Vec<_> = of_act(touched.entry, touched.office, before).collect();
    let after: Vec<_> = of_act(touched.entry, touched.office, after).collect();
    let says = |row: &Row<'_>| {
        after
            .iter()
            .any(|other| other.person == row.person && other.compact == row.compact)
    };
    let former = before.iter().filter(|row| !says(row)).map(|row| Row {
        former_since: Some(recorded.position),
        ..row.clone()
    });
    let new = after.iter().filter(|row| !before.contains(row)).cloned();
    former.chain(new).collect()
}

/// The people whom an act names.
fn of_act(entry: EntryId, office: OfficeId, act: &Act) -> impl Iterator<Item = Row<'_>> {
    act.people().into_iter().filter_map(move |named| {
        let place = Place(named.role.name(), named.index);
        of_person(entry, office, act.kind(), place, named.person)
    })
}

fn of_person(entry: EntryId, office: OfficeId, kind: Kind, place: Place, person: &Person) -> Option<Row<'_>> {
    let stated = person.name.value.as_ref().map(|name| name.full());
    let written = || person.name.as_written.as_ref().map(|text| text.as_str());
    let name = stated.or_else(written).unwrap_or_default();
    let number = person
        .personal_number
        .as_ref()
        .and_then(|number| number.value.as_ref());
    let folded = fold_for_search(name);
    if folded.is_empty() && number.is_none() {
        return None;
    }
    Some(Row {
        compact: folded.replace(' ', ""),
        entry: Shown(entry),
        person: Shown(place),
        given: folded.rsplit(' ').next().unwrap_or_default().to_owned(),
        folded,
        name,
        kind: kind.name(),
        office: office.0,
        birth_year: person.birth().and_then(PartialDate::year),
        born_on: person.birth().and_then(PartialDate::full).map(Shown),
        personal_number: number.map(|number| number.as_str()),
        former_since: None,
    })
}
