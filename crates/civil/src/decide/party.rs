//! The people whom an act is about and who asked for it: none of them is its second person (Law 60/2014, Art. 12(1)h).

use super::Situation;
use super::signer::{is_own_case_of_somebody, is_party, number_of};
use crate::act::{Act, Named, Person, PersonRef};

/// Somebody whom an act is about, or who asked for it, as far as the ledger can tell them again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    number: Option<String>,
    places: Vec<PersonRef>,
}

impl Party {
    /// Whether it is that person.
    pub(super) fn is(&self, person: &Person) -> bool {
        let linked = person.known_as.as_deref();
        let same_number = self.number.is_some() && self.number == number_of(person);
        same_number || linked.is_some_and(|at| self.places.contains(at))
    }

    fn of(named: &Named<'_>, at: impl IntoIterator<Item = PersonRef>) -> Self {
        let stated = named.person.known_as.as_deref().copied();
        Self {
            number: number_of(named.person),
            places: at.into_iter().chain(stated).collect(),
        }
    }
}

/// The parties of an act in its situation; of one that registers nothing, none.
pub(super) fn of(situation: &Situation<'_>, act: &Act) -> Vec<Party> {
    if !is_own_case_of_somebody(act, situation.stream) {
        return Vec::new();
    }
    let mut parties = Vec::new();
    for named in act
        .people()
        .iter()
        .filter(|named| is_party(situation, act, named))
    {
        let view = situation.people.get(&named.pointer());
        let places = view.into_iter().flat_map(|view| view.places.iter().copied());
        parties.push(Party::of(named, places));
    }
    for entry in situation.entry.into_iter().chain(situation.targets.values()) {
        let people = entry.current.people();
        let concerned = people
            .iter()
            .filter(|named| is_party(situation, &entry.current, named));
        parties.extend(concerned.map(|named| Party::of(named, named.of(entry.id))));
    }
    parties.extend(act.asking().filter_map(|(_, asking)| {
        let paper = asking.identity_paper.as_ref()?;
        Some(Party {
            number: Some(paper.number.to_string()),
            places: Vec::new(),
        })
    }));
    parties
}

/// Whether two people are certainly one.
pub(super) fn same(one: &Person, other: &Person) -> bool {
    Party {
        number: number_of(one),
        places: one.known_as.as_deref().copied().into_iter().collect(),
    }
    .is(other)
}
