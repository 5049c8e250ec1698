//! Candidates: entries that may be about the same as one at hand. Found with the search table, compared by `civil::duplicate`;
//! a hint for an officer and never evidence.

use std::collections::BTreeSet;

use civil::act::{Act, Person};
use civil::duplicate::{Candidate, compare};
use civil::id::EntryId;
use civil::value::PartialDate;
use ledger::{Fault, Reader};
use projections::link::Verdict;
use projections::{entry, link, search};

use crate::Registry;
use crate::error::RegistryError;

/// So many entries are compared at most.
const COMPARED_MAX: usize = 50;

/// The entries that may be about the same as an act that is not recorded yet, as far as the search has come, the most alike first.
pub(crate) async fn candidates(registry: &Registry, act: &Act) -> Result<Vec<Candidate>, RegistryError> {
    alike(&registry.ledger.reader(), act, None).await
}

impl Registry {
    /// The entries that may be about the same as this one, the most alike first; without those of which an officer has decided
    /// whether they are.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] when there is no such entry; [`RegistryError::Fault`].
    pub async fn duplicates_of(&self, id: EntryId) -> Result<Vec<Candidate>, RegistryError> {
        let known = entry::by_id(&self.ledger.reader(), id).await?;
        let known = known.ok_or(RegistryError::NotFound("entry"))?;
        let reader = self.ledger.reader_of_all().await?;
        let mut alike = alike(&reader, &known.current, Some(id)).await?;
        let decided = link::of_entry(&self.ledger.reader(), id).await?;
        alike.retain(|candidate| {
            !decided.iter().any(|link| {
                link.from.entry == id && link.to.entry == candidate.entry && link.verdict != Verdict::Again
            })
        });
        Ok(alike)
    }
}

async fn alike(
    reader: &Reader<'_>,
    act: &Act,
    itself: Option<EntryId>,
) -> Result<Vec<Candidate>, RegistryError> {
    let clues = clues(act);
    if clues.is_empty() {
        return Ok(Vec::new());
    }
    let ids = looked_up(reader, act, &clues, itself).await?;
    let entries = entry::by_ids(reader, ids).await?;
    let mut found: Vec<Candidate> = entries
        .iter()
        .filter_map(|entry| compare(act, entry.id, &entry.current))
        .collect();
    found.sort_by_key(|candidate| (std::cmp::Reverse(candidate.score), candidate.entry));
    Ok(found)
}

/// The entries that bear one of the clues of an act.
async fn looked_up(
    reader: &Reader<'_>,
    act: &Act,
    clues: &[(&'static str, &Person)],
    itself: Option<EntryId>,
) -> Result<BTreeSet<EntryId>, Fault> {
    let limit = u16::try_from(COMPARED_MAX).unwrap_or(u16::MAX);
    let mut found = BTreeSet::new();
    for (role, person) in clues.iter().copied() {
        let mut hits = Vec::new();
        if let Some(name) = &person.name.value {
            let year = person.birth().and_then(PartialDate::year);
            hits = search::same_name(reader, name.full(), act.kind(), role, year, limit).await?;
        }
        if let Some(number) = person
            .personal_number
            .as_ref()
            .and_then(|number| number.value.as_ref())
        {
            let numbered = search::by_personal_number(reader, number).await?;
            hits.extend(
                numbered
                    .into_iter()
                    .filter(|hit| hit.kind == act.kind() && hit.person == role),
            );
        }
        let others = hits
            .into_iter()
            .map(|hit| hit.entry)
            .filter(|entry| Some(*entry) != itself);
        found.extend(others);
    }
    while found.len() > COMPARED_MAX {
        // The oldest are left out: entry ids sort by the time of their registration.
        found.pop_first();
    }
    Ok(found)
}

/// The people by whom such an act is found again, each with the role in which entries name them: who was registered, and the
/// mother, by whom twins are found.
fn clues(act: &Act) -> Vec<(&'static str, &Person)> {
    match act {
        Act::Birth(act) => [
            Some(("child", &act.child)),
            act.mother.as_ref().map(|mother| ("mother", mother)),
        ]
        .into_iter()
        .flatten()
        .collect(),
        Act::Marriage(act) => vec![("wife", &act.wife), ("husband", &act.husband)],
        Act::Death(act) => vec![("deceased", &act.deceased)],
        _ => Vec::new(),
    }
}
