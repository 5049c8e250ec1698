//! Linked, not rewritten: what was changed of a person elsewhere, shown at the entries that name the same person. An officer
//! decides what follows; nothing changes by itself.

use civil::act::{Act, Named, PersonRef, PersonRole};
use civil::entry::{Fields, RegisterEntry};
use civil::id::EventId;
use civil::kind::Kind;
use civil::person;
use projections::link::Verdict;

use crate::error::RegistryError;
use crate::{AsOf, Registry, persons};

/// A change of a person in another entry, which this one does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkedChange {
    /// The person's place in this entry.
    pub place: PersonRef,
    /// Their place in the entry that changed.
    pub changed: PersonRef,
    /// The act that changed it.
    pub event: EventId,
    /// The field of the person here that still says otherwise, or the person who died: a JSON pointer.
    pub field: String,
    /// In words.
    pub text: String,
}

impl Registry {
    /// What was changed elsewhere of the people whom an entry names, and still stands otherwise in it.
    ///
    /// # Errors
    /// [`RegistryError::Fault`].
    pub async fn linked(
        &self,
        entry: &RegisterEntry,
        as_of: AsOf,
    ) -> Result<Vec<LinkedChange>, RegistryError> {
        let mut found = Vec::new();
        for link in self.links_of(entry.id, as_of).await? {
            if link.verdict == Verdict::NotSame || link.to.entry == entry.id {
                continue;
            }
            match self.entry(link.to.entry, as_of).await {
                Ok(other) => found.extend(changes(entry, link.from, &other, link.to)),
                Err(RegistryError::NotFound(_)) => {}
                Err(error) => return Err(error),
            }
        }
        found.extend(self.deaths(entry, as_of).await?);
        Ok(found)
    }

    /// The deaths of those whose tie they end: nothing is noted at the entry for it, and who reads it must know.
    async fn deaths(&self, entry: &RegisterEntry, as_of: AsOf) -> Result<Vec<LinkedChange>, RegistryError> {
        let mut found = Vec::new();
        if !matches!(entry.kind, Kind::Marriage | Kind::Guardianship) {
            return Ok(found);
        }
        for named in entry.current.people() {
            let Some(place) = named.of(entry.id) else {
                continue;
            };
            let places = persons::reached(self, place, as_of).await?;
            for changed in places
                .into_iter()
                .filter(|place| place.role == PersonRole::Deceased)
            {
                match self.entry(changed.entry, as_of).await {
                    Ok(death) => found.extend(died(&named, place, changed, &death)),
                    Err(RegistryError::NotFound(_)) => {}
                    Err(error) => return Err(error),
                }
            }
        }
        Ok(found)
    }
}

/// That the death of somebody whom an entry names is registered.
fn died(
    named: &Named<'_>,
    place: PersonRef,
    changed: PersonRef,
    death: &RegisterEntry,
) -> Option<LinkedChange> {
    let Act::Death(act) = &death.current else {
        return None;
    };
    let on = act
        .died_on
        .value
        .map_or_else(String::new, |day| format!(" ngày {}", day.vietnamese()));
    let role = place.role.vietnamese().to_lowercase();
    death.state().in_force().then(|| LinkedChange {
        place,
        changed,
        event: death.opened_by,
        field: named.pointer(),
        text: format!("Người được ghi là {role} ở mục này đã chết{on} (đăng ký khai tử)."),
    })
}

fn changes(
    entry: &RegisterEntry,
    place: PersonRef,
    other: &RegisterEntry,
    changed: PersonRef,
) -> Vec<LinkedChange> {
    let (Some(here), Some(there)) = (
        person::pointer(&entry.current, place),
        person::pointer(&other.current, changed),
    ) else {
        return Vec::new();
    };
    let by = |event: EventId| entry.notes.iter().any(|note| note.event == event);
    let fields = (Fields::of(&entry.current), Fields::of(&other.current));
    let mut found: Vec<LinkedChange> = Vec::new();
    for note in other.notes.iter().filter(|note| !by(note.event)) {
        for change in note.content.changes() {
            let Some(field) = person::followed(&change.field, &there) else {
                continue;
            };
            let own = format!("{here}/{field}");
            if fields.0.value(&own) == fields.1.value(&change.field) {
                continue;
            }
            let role = place.role.vietnamese().to_lowercase();
            let text = format!(
                "Người được ghi là {role} ở mục này đã có thay đổi ở mục khác ({}): {}.",
                note.kind.vietnamese(),
                change.text()
            );
            // The latest change of a field is what there is to follow.
            found.retain(|earlier| earlier.field != own);
            found.push(LinkedChange {
                place,
                changed,
                event: note.event,
                field: own,
                text,
            });
        }
    }
    found
}
