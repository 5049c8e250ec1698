//! Which entries name somebody whom an act changed elsewhere: what an officer has to look into there. Nothing changes by itself.

use std::collections::{BTreeMap, BTreeSet};

use civil::act::{PersonRef, TaskKind};
use civil::entry::field_value;
use civil::event::CivilEvent;
use civil::id::OfficeId;
use civil::person::{FOLLOWED, pointer_of};
use ledger::{Fault, Recorded, Tx};

use super::AFFECTED;
use super::row::{Link, Verdict, part};
use crate::custody::Shelf;
use crate::entry::{self, Touched};
use crate::record::Record;
use crate::rows;
use crate::task::Opened;

/// A person whom an event changed in an entry.
struct Changed {
    index: usize,
    place: PersonRef,
    fields: Vec<&'static str>,
}

/// A link to an entry, and where that is kept.
struct Linked {
    link: Link,
    office: OfficeId,
    shelf: Option<Shelf>,
    opened_position: u64,
}

impl Linked {
    fn read(row: &ledger::Row) -> Result<Self, Fault> {
        let record = Record::new(row, "entry", "to_entry");
        Ok(Self {
            link: Link::read(row)?,
            office: OfficeId(record.number("office")?),
            shelf: entry::shelf(&record)?,
            opened_position: record.number("opened_position")?,
        })
    }
}

/// The tasks that the changes of a batch leave at other entries, each with the place of its event in the batch. A batch that changes
/// nobody reads nothing.
pub(crate) async fn affected(
    tx: &mut Tx<'_>,
    events: &[Recorded<CivilEvent>],
    touched: &[Touched],
) -> Result<Vec<(usize, Opened)>, Fault> {
    let changed: Vec<Changed> = touched.iter().flat_map(changed).collect();
    if changed.is_empty() {
        return Ok(Vec::new());
    }
    let places: BTreeSet<(String, String)> = changed
        .iter()
        .map(|changed| (changed.place.entry.to_string(), part(changed.place)))
        .collect();
    let asked = rows::json("places of people", &places.iter().collect::<Vec<_>>())?;
    let found = tx.rows(&AFFECTED, &[asked.into()]).await?;
    let mut links: BTreeMap<PersonRef, Vec<Linked>> = BTreeMap::new();
    for row in &found {
        let linked = Linked::read(row)?;
        links.entry(linked.link.from).or_default().push(linked);
    }
    let mut tasks = Vec::new();
    for changed in &changed {
        let Some(recorded) = events.get(changed.index) else {
            continue;
        };
        let reached = recorded.event.continued();
        let mut standing: BTreeMap<PersonRef, &Linked> = BTreeMap::new();
        for linked in links.get(&changed.place).into_iter().flatten() {
            // What is linked later was seen as it stood then.
            if linked.link.position < recorded.position && linked.opened_position < recorded.position {
                standing.insert(linked.link.to, linked);
            }
        }
        for (place, linked) in standing {
            if linked.link.verdict == Verdict::NotSame || reached.contains(&place.entry) {
                continue;
            }
            let opened = changed.fields.iter().map(|field| Opened {
                entry: place.entry,
                office: linked.office,
                shelf: linked.shelf.clone(),
                kind: TaskKind::LinkedChange,
                code: format!("{}/{field}", pointer_of(place)),
            });
            tasks.extend(opened.map(|opened| (changed.index, opened)));
        }
    }
    Ok(tasks)
}

/// The people whom an event changed in an entry, with what of them.
fn changed(touched: &Touched) -> Vec<Changed> {
    let Some((before, after)) = &touched.change else {
        return Vec::new();
    };
    let people = after.people().into_iter().filter_map(|named| {
        let place = named.of(touched.entry)?;
        // Whoever was not named before, or is somebody else now, was not changed.
        civil::person::at(before, place)?;
        let differs = |field: &&str| {
            let pointer = format!("{}/{field}", named.pointer());
            field_value(before, &pointer) != field_value(after, &pointer)
        };
        let fields: Vec<&'static str> = FOLLOWED.into_iter().filter(differs).collect();
        (!fields.is_empty()).then_some(Changed {
            index: touched.index,
            place,
            fields,
        })
    });
    people.collect()
}
