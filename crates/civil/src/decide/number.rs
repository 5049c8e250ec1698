//! What the ledger knows of whoever bears a personal number that an act states. A number finds people and links none: what is
//! found by it never refuses, and is shown with the places where it stands.

use super::people::{done_on, needs_the_living};
use super::{Findings, Situation, WarningCode};
use crate::act::{Act, FieldChange, MaritalStatus, Named, PersonRef, PersonRole};
use crate::cbor::Malformed;
use crate::id::EntryId;
use crate::person::{Life, PersonView, Traits};
use crate::stated::Stated;
use crate::value::PersonalNumber;
use crate::wire::Wire as _;

/// A personal number that an act states, and where the ledger is asked for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberAsked {
    /// The person who bears it, or the change that gives it: a JSON pointer into the act.
    pub pointer: String,
    /// The number.
    pub number: PersonalNumber,
    /// The parts of entries that bear on the act; empty for every part.
    pub roles: &'static [PersonRole],
}

/// The numbers of an act for which the ledger is asked: of people who must live, or must not be married, and those that it gives.
pub fn numbers_asked(act: &Act) -> Vec<NumberAsked> {
    let people = act.people().into_iter().filter_map(|named| {
        let number = named.person.personal_number.as_ref()?.value?;
        let roles = roles(act, &named);
        let pointer = named.pointer();
        (!roles.is_empty()).then_some(NumberAsked {
            pointer,
            number,
            roles,
        })
    });
    let given = given(act).into_iter().map(|(pointer, _, number)| NumberAsked {
        pointer,
        number,
        roles: &[],
    });
    people.chain(given).collect()
}

/// In which parts somebody must not be found who bears the number of this person.
fn roles(act: &Act, named: &Named<'_>) -> &'static [PersonRole] {
    use PersonRole::{Deceased, Husband, Wife};
    match act {
        Act::Death(_) if named.role == Deceased => &[Deceased],
        Act::Marriage(_) if act.tick() == "again" => &[Deceased],
        Act::Marriage(_) => &[Deceased, Wife, Husband],
        Act::MaritalStatusConfirmation(_) if named.role == PersonRole::Subject => &[Deceased, Wife, Husband],
        _ if needs_the_living(act, named) => &[Deceased],
        _ => &[],
    }
}

/// The numbers that an act writes at entries, each with the entry, and the change's own pointer.
fn given(act: &Act) -> Vec<(String, (EntryId, String), PersonalNumber)> {
    let mut found = Vec::new();
    for (index, reached) in act.reaches().into_iter().enumerate() {
        for (place, change) in reached.changes.iter().enumerate() {
            let Some(person) = change.field.strip_suffix("/personal_number") else {
                continue;
            };
            if let Some(number) = number_of(change) {
                let pointer = format!("{}/changes/{place}/to", act.reach_at(index));
                found.push((pointer, (reached.entry, person.to_owned()), number));
            }
        }
    }
    found
}

fn number_of(change: &FieldChange) -> Option<PersonalNumber> {
    let stated: Result<Stated<PersonalNumber>, Malformed> = Stated::from_cbor(change.to.clone()?);
    stated.ok()?.value
}

pub(super) fn decide(situation: &Situation<'_>, act: &Act, findings: &mut Findings) {
    if situation.numbered.is_empty() {
        return;
    }
    for named in act.people() {
        if let Some(bearers) = situation.numbered.get(&named.pointer()) {
            dead(situation, act, &named, bearers, findings);
            married(act, &named, bearers, findings);
        }
    }
    for (pointer, (entry, person), _) in given(act) {
        if let Some(bearers) = situation.numbered.get(&pointer) {
            given_twice(situation, entry, &person, (pointer, bearers), findings);
        }
    }
}

fn dead(
    situation: &Situation<'_>,
    act: &Act,
    named: &Named<'_>,
    bearers: &[PersonView],
    findings: &mut Findings,
) {
    let day = done_on(situation, act);
    let dead = |view: &&PersonView| match act {
        Act::Death(_) => view.locked(),
        _ => view.may_be_dead_on(day),
    };
    let dead: Vec<&PersonView> = bearers.iter().filter(dead).collect();
    if !dead.is_empty() {
        let found = dead.into_iter().flat_map(deaths).collect();
        let pointer = format!("{}/personal_number", named.pointer());
        findings.warn_of(WarningCode::NumberOfDeceased, pointer, found);
    }
}

fn deaths(view: &PersonView) -> Vec<PersonRef> {
    match view.life {
        Life::Dead { entry, .. } | Life::DeclaredDead { entry, .. } => at(view, &[entry]),
        _ => Vec::new(),
    }
}

/// Who bears the number and is married does not marry (Law 52/2014, Art. 5(2)c), and a confirmation says so (Decree 123/2015,
/// Art. 22).
fn married(act: &Act, named: &Named<'_>, bearers: &[PersonView], findings: &mut Findings) {
    let of = |is: fn(MaritalStatus) -> bool| -> Vec<&PersonView> {
        bearers.iter().filter(|view| is(view.marital.status)).collect()
    };
    let in_force = of(|status| status == MaritalStatus::Married);
    let known = of(|status| status != MaritalStatus::Unknown);
    match act {
        Act::Marriage(_) if act.tick() != "again" && !in_force.is_empty() => {
            let found = in_force.into_iter().flat_map(because).collect();
            let pointer = format!("{}/personal_number", named.pointer());
            findings.warn_of(WarningCode::NumberOfMarried, pointer, found);
        }
        Act::MaritalStatusConfirmation(act) if !known.is_empty() => {
            // A marriage in force counts before all that have ended.
            let decisive = if in_force.is_empty() { known } else { in_force };
            let agrees = |status| decisive.iter().any(|view| view.marital.status == status);
            if !act.marital_status.is_some_and(agrees) {
                let found = decisive.into_iter().flat_map(because).collect();
                findings.warn_of(WarningCode::NumberSaysOtherwise, "/marital_status", found);
            }
        }
        _ => {}
    }
}

/// The places of a person from which their marital status follows.
fn because(view: &PersonView) -> Vec<PersonRef> {
    let entries: Vec<EntryId> = view.marital.because.iter().map(|(entry, _)| *entry).collect();
    at(view, &entries)
}

fn at(view: &PersonView, entries: &[EntryId]) -> Vec<PersonRef> {
    let places = view.places.iter().copied();
    places.filter(|place| entries.contains(&place.entry)).collect()
}

/// A number is given to one person (Law 26/2023, Art. 12): who bears it already is compared with whom it is given.
fn given_twice(
    situation: &Situation<'_>,
    entry: EntryId,
    person: &str,
    (pointer, bearers): (String, &[PersonView]),
    findings: &mut Findings,
) {
    let Some(entry) = situation.reached(entry) else {
        return;
    };
    let people = entry.current.people();
    let Some(named) = people.iter().find(|named| named.pointer() == person) else {
        return;
    };
    let own = named.of(entry.id);
    let other = |view: &&PersonView| {
        !own.is_some_and(|own| view.places.contains(&own))
            && !Traits::of(named.person).differ(&Traits::known(view)).is_empty()
    };
    let others: Vec<&PersonView> = bearers.iter().filter(other).collect();
    if !others.is_empty() {
        let places = others.into_iter().filter_map(|view| view.places.first());
        let found = places.copied().collect();
        findings.warn_of(WarningCode::NumberOnTwoPeople, pointer, found);
    }
}
