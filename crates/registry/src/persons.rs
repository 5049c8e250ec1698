//! People as the ledger knows them, for decisions and for readers. The read model finds the places where somebody is named; what is
//! said of them is folded from the events of the entries there.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use civil::act::{Act, PersonRef, PersonRole};
use civil::entry::RegisterEntry;
use civil::id::EntryId;
use civil::person::{self, Other, PersonView};
use civil::value::PersonalNumber;
use ledger::Fault;
use projections::link::{self, Link, Verdict};
use projections::search;

use crate::error::RegistryError;
use crate::lists::Hit;
use crate::{AsOf, Registry, reading};

/// Nobody is named in more entries than this; a chain of wrong links ends here.
const PLACES_MAX: usize = 256;

/// A person, and the entries in which they are named.
#[derive(Debug, Clone)]
pub struct KnownPerson {
    /// What is known of them.
    pub view: PersonView,
    /// The entries at their places.
    pub entries: BTreeMap<EntryId, RegisterEntry>,
}

/// What is known of the people whom an act links, by their pointers in it. A link that leads to nobody is known as a person without
/// places.
pub(crate) async fn facts(
    registry: &Registry,
    act: &Act,
) -> Result<BTreeMap<String, PersonView>, RegistryError> {
    let named = act.people().into_iter().filter_map(|named| {
        let known_as = named.person.known_as.as_deref().copied()?;
        Some((named.pointer(), known_as))
    });
    let mut asked: Vec<(String, PersonRef)> = named.collect();
    if let Act::IdentityDecided(act) = act {
        asked.extend([
            ("/first".to_owned(), act.first),
            ("/second".to_owned(), act.second),
        ]);
    }
    let mut people = BTreeMap::new();
    for (pointer, place) in asked {
        let known = known(registry, place, AsOf::default()).await?;
        people.insert(pointer, known.map(|known| known.view).unwrap_or_default());
    }
    Ok(people)
}

/// The places of a person's parents, children, spouses and siblings; a person who is named nowhere has none.
pub(crate) async fn relatives(
    registry: &Registry,
    place: PersonRef,
) -> Result<Vec<PersonRef>, RegistryError> {
    let Some(person) = known(registry, place, AsOf::default()).await? else {
        return Ok(Vec::new());
    };
    let view = person.view;
    let near = view.parents.iter().chain(&view.children).chain(&view.spouses);
    let mut starts: Vec<PersonRef> = near.map(|relative| relative.at).collect();
    for parent in view
        .parents
        .iter()
        .map(|parent| parent.known_as.unwrap_or(parent.at))
    {
        let parent = known(registry, parent, AsOf::default()).await?;
        let siblings = parent.into_iter().flat_map(|parent| parent.view.children);
        starts.extend(siblings.map(|sibling| sibling.at));
    }
    let mut found = BTreeSet::new();
    for start in starts {
        found.extend(reached(registry, start, AsOf::default()).await?);
    }
    found.retain(|place| !view.places.contains(place));
    Ok(found.into_iter().collect())
}

impl Registry {
    /// The person named at a place, as they were on a day and as far as the log knew at an instant.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] when the entry names nobody there, or does not exist yet then.
    #[tracing::instrument(name = "registry.person", skip_all, err(level = "debug"))]
    pub async fn person(&self, place: PersonRef, as_of: AsOf) -> Result<KnownPerson, RegistryError> {
        known(self, place, as_of)
            .await?
            .ok_or(RegistryError::NotFound("person"))
    }

    /// The places at which somebody of that number is named, by entry. A number is a hint; it links nobody.
    ///
    /// # Errors
    /// [`RegistryError::Fault`].
    pub async fn numbered(&self, number: &PersonalNumber) -> Result<Vec<Hit>, RegistryError> {
        Ok(search::by_personal_number(&self.ledger.reader_of_all().await?, number).await?)
    }

    /// What is said of whether those whom an entry names are named elsewhere; the latest decision on each pair.
    ///
    /// # Errors
    /// [`RegistryError::Fault`].
    pub async fn links_of(&self, entry: EntryId, as_of: AsOf) -> Result<Vec<Link>, RegistryError> {
        let all = link::of_entry(&self.ledger.reader(), entry).await?;
        Ok(latest(all, as_of))
    }
}

async fn known(
    registry: &Registry,
    place: PersonRef,
    as_of: AsOf,
) -> Result<Option<KnownPerson>, RegistryError> {
    let places = reached(registry, place, as_of).await?;
    let mut entries = BTreeMap::new();
    for place in &places {
        if !entries.contains_key(&place.entry)
            && let Some(entry) = folded(registry, place.entry, as_of).await?
        {
            entries.insert(place.entry, entry);
        }
    }
    let named = |place: &PersonRef| {
        let entry: Option<&RegisterEntry> = entries.get(&place.entry);
        entry.is_some_and(|entry| person::at(&entry.current, *place).is_some())
    };
    if !named(&place) {
        return Ok(None);
    }
    let places: Vec<PersonRef> = places.into_iter().filter(named).collect();
    let alone = PersonView::of(&places, &entries, &BTreeMap::new(), as_of.day);
    let mut others = BTreeMap::new();
    for at in alone.relatives().map(|relative| relative.at) {
        let other = other(registry, at, as_of).await?;
        others.insert(at, other);
    }
    let view = PersonView::of(&places, &entries, &others, as_of.day);
    Ok(Some(KnownPerson { view, entries }))
}

/// What is known of somebody who stands beside a person.
async fn other(registry: &Registry, at: PersonRef, as_of: AsOf) -> Result<Other, RegistryError> {
    let places = reached(registry, at, as_of).await?;
    let anchor = places
        .iter()
        .min_by_key(|place| (place.role != PersonRole::Child, **place));
    let mut found = Other {
        known_as: anchor.copied().filter(|anchor| *anchor != at),
        died: None,
    };
    if matches!(at.role, PersonRole::Wife | PersonRole::Husband) {
        for place in places.iter().filter(|place| place.role == PersonRole::Deceased) {
            if let Some(death) = folded(registry, place.entry, as_of).await?
                && death.state().in_force()
            {
                found.died = Some((death.id, death.opened_by));
            }
        }
    }
    Ok(found)
}

async fn folded(
    registry: &Registry,
    entry: EntryId,
    as_of: AsOf,
) -> Result<Option<RegisterEntry>, RegistryError> {
    let events = reading::events_of(&registry.ledger, entry, None).await?;
    RegisterEntry::fold_as_of(&events, as_of.day, as_of.known_at_ms)
        .map_err(|error| Fault::damaged(format!("folding the entry {entry}"), error.to_string()).into())
}

/// Every place that can be reached over links, the one asked about first, the nearest before the farther.
async fn reached(
    registry: &Registry,
    start: PersonRef,
    as_of: AsOf,
) -> Result<Vec<PersonRef>, RegistryError> {
    let reader = registry.ledger.reader();
    let mut places = vec![start];
    let mut waiting = VecDeque::from([start]);
    while let Some(place) = waiting.pop_front() {
        for link in latest(link::of_place(&reader, place).await?, as_of) {
            if link.verdict != Verdict::NotSame && !places.contains(&link.to) && places.len() < PLACES_MAX {
                places.push(link.to);
                waiting.push_back(link.to);
            }
        }
    }
    Ok(places)
}

/// Of what was said of each pair up to then, the latest.
fn latest(links: Vec<Link>, as_of: AsOf) -> Vec<Link> {
    let mut said: BTreeMap<(PersonRef, PersonRef), Link> = BTreeMap::new();
    for link in links {
        let late = as_of.day.is_some_and(|day| day < link.registered_on);
        let unknown = as_of
            .known_at_ms
            .is_some_and(|instant| instant < link.recorded_at_ms);
        if !late && !unknown {
            said.insert((link.from, link.to), link);
        }
    }
    said.into_values().collect()
}
