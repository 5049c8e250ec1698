//! Rows of `search`.

use std::collections::BTreeMap;

use civil::act::{Act, Person};
use civil::event::CivilEvent;
use civil::id::{EntryId, OfficeId};
use civil::kind::Kind;
use civil::value::{PartialDate, fold_for_search};
use ledger::Recorded;

use crate::entry::Touched;
use crate::rows::row;

row! {
    /// A row as the statement takes it.
    pub(crate) struct Row {
        compact: String,
        entry: String,
        person: String,
        folded: String,
        given: String,
        name: String,
        kind: &'static str,
        office: u32,
        birth_year: Option<u16>,
        personal_number: Option<String>,
        former_since: Option<u64>,
    }
}

/// What a batch changes in the index, each row once: a later event of the batch overrules an earlier one.
pub(crate) fn rows(events: &[Recorded<CivilEvent>], touched: &[Touched]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::with_capacity(events.len() * 2);
    for event in events.iter().map(|recorded| &recorded.event) {
        if let Some(entry) = event.envelope.entry.filter(|_| event.envelope.kind.opens_entry()) {
            rows.extend(of_act(entry, event.envelope.stream.office, &event.body.act));
        }
    }
    let changed: Vec<Row> = touched
        .iter()
        .flat_map(|touched| changed(events, touched))
        .collect();
    if changed.is_empty() {
        return rows;
    }
    let key = |row: &Row| (row.compact.clone(), row.entry.clone(), row.person.clone());
    let mut last: BTreeMap<_, Row> = rows.into_iter().map(|row| (key(&row), row)).collect();
    last.extend(changed.into_iter().map(|row| (key(&row), row)));
    last.into_values().collect()
}

/// What an event changes about the people of one entry: those rows that it makes former, then those that it makes true.
fn changed(events: &[Recorded<CivilEvent>], touched: &Touched) -> Vec<Row> {
    let (Some((before, after)), Some(recorded)) = (&touched.change, events.get(touched.index)) else {
        return Vec::new();
    };
    let before = of_act(touched.entry, touched.office, before);
    let after = of_act(touched.entry, touched.office, after);
    let says = |rows: &[Row], row: &Row| {
        rows.iter()
            .any(|other| other.person == row.person && other.compact == row.compact)
    };
    let former = before.iter().filter(|row| !says(&after, row)).map(|row| Row {
        former_since: Some(recorded.position),
        ..row.clone()
    });
    let new = after.iter().filter(|row| !before.contains(row)).cloned();
    former.chain(new).collect()
}

/// The people whom an act names.
fn of_act(entry: EntryId, office: OfficeId, act: &Act) -> Vec<Row> {
    let people = act.people();
    let mut rows = Vec::with_capacity(people.len());
    for (index, (role, person)) in people.iter().enumerate() {
        let place = people.get(..index).map_or(0, |before| {
            before.iter().filter(|(other, _)| other == role).count()
        });
        rows.extend(of_person(entry, office, act.kind(), role, place, person));
    }
    rows
}

fn of_person(
    entry: EntryId,
    office: OfficeId,
    kind: Kind,
    role: &'static str,
    place: usize,
    person: &Person,
) -> Option<Row> {
    let stated = person.name.value.as_ref().map(|name| name.full());
    let name = stated
        .or(person.name.as_written.as_ref().map(|text| text.as_str()))
        .unwrap_or_default();
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
        entry: entry.to_string(),
        person: if place == 0 {
            role.to_owned()
        } else {
            format!("{role}/{place}")
        },
        given: folded.rsplit(' ').next().unwrap_or_default().to_owned(),
        folded,
        name: name.to_owned(),
        kind: kind.name(),
        office: office.0,
        birth_year: person.birth().and_then(PartialDate::year),
        personal_number: number.map(|number| number.as_str().to_owned()),
        former_since: None,
    })
}
