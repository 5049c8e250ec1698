//! The one who signs: their appointment, and that nobody registers their own case or, unseen, that of a relative (Law 60/2014,
//! Art. 12(1)h).
//!
//! It rests on the appointment behind the key. A key without one tells of nobody, and nothing is found.

use serde_json::Value as Json;

use super::{Findings, RefusalCode, Situation, WarningCode};
use crate::act::{Act, Named, Person, PersonRef, PersonRole};
use crate::directory::Appointment;
use crate::id::Lane;
use crate::kind::Group;
use crate::value::fold_compact;

/// Where acts name whoever came to the office.
const ASKING: [&str; 4] = ["/declarant", "/requester", "/applicant", "/handling/proxy"];
/// From this age on a child's registration is no longer that of the parents.
const MAJORITY_YEARS: u16 = 18;

pub(super) fn decide(situation: &Situation<'_>, act: &Act, findings: &mut Findings) {
    let Some(signer) = situation.signer else { return };
    let office = situation.directory.office(situation.stream.office);
    let covers = office.is_some_and(|office| signer.covers(office, situation.signed_on));
    if !covers || !signer.holds_on(situation.signed_on) {
        findings.refuse(RefusalCode::JurisdictionOfAnother, "");
    }
    let registers = matches!(
        act.kind().group(),
        Group::Registration | Group::Amendment | Group::Notation
    );
    // Whoever takes over an old book registers nothing, and a copy of one's own entry changes nothing.
    if registers && situation.stream.lane != Lane::Digitised {
        of_the_act(situation, signer, act, findings);
        of_the_entries(situation, signer, act, findings);
    }
}

fn of_the_act(situation: &Situation<'_>, signer: &Appointment, act: &Act, findings: &mut Findings) {
    for named in act.people() {
        let pointer = named.pointer();
        if let Some(found) = tie(situation, signer, &pointer, named.person) {
            found_at(found, is_party(situation, act, &named), pointer, findings);
        }
    }
    let Some(own) = number_of(&signer.person) else {
        return;
    };
    let json = act.to_json();
    for pointer in ASKING {
        let asking = json.pointer(&format!("{pointer}/identity_paper/number"));
        if asking.and_then(Json::as_str) == Some(own.as_str()) {
            findings.refuse(RefusalCode::OwnCase, pointer);
        }
    }
}

/// An act that is written at an entry, or changes it, is about the people of that entry.
fn of_the_entries(situation: &Situation<'_>, signer: &Appointment, act: &Act, findings: &mut Findings) {
    let own = situation
        .entry
        .filter(|entry| act.reaches().iter().all(|reached| reached.entry != entry.id))
        .map(|entry| (entry, String::new()));
    let reached = act.reaches().into_iter().enumerate();
    let reached =
        reached.filter_map(|(index, reached)| Some((situation.reached(reached.entry)?, act.reach_at(index))));
    for (entry, pointer) in own.into_iter().chain(reached) {
        for named in entry.current.people() {
            let here = named.of(entry.id);
            let linked = signer.person.known_as.as_deref().copied();
            let found = match here.filter(|here| linked == Some(*here)) {
                Some(_) => Some(Tie::Own),
                None if here.is_some_and(|here| situation.signer_relatives.contains(&here)) => {
                    Some(Tie::Relative)
                }
                None => tie(situation, signer, "", named.person),
            };
            if let Some(found) = found {
                found_at(
                    found,
                    is_party(situation, &entry.current, &named),
                    pointer.clone(),
                    findings,
                );
            }
        }
    }
}

/// What ties a person to the signer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tie {
    Own,
    Relative,
    Namesake,
}

fn found_at(tie: Tie, party: bool, pointer: String, findings: &mut Findings) {
    match tie {
        Tie::Own if party => findings.refuse(RefusalCode::OwnCase, pointer),
        // The parent of somebody of age is a relative of the party.
        Tie::Own => findings.warn(WarningCode::RelativeOfOfficer, pointer),
        Tie::Relative if party => findings.warn(WarningCode::RelativeOfOfficer, pointer),
        Tie::Relative => {}
        Tie::Namesake => findings.warn(WarningCode::MayBeOwnCase, pointer),
    }
}

fn tie(situation: &Situation<'_>, signer: &Appointment, pointer: &str, person: &Person) -> Option<Tie> {
    let mut places: Vec<PersonRef> = person.known_as.as_deref().copied().into_iter().collect();
    if let Some(view) = situation.people.get(pointer) {
        places.extend(&view.places);
    }
    let linked = signer.person.known_as.as_deref();
    let number = number_of(person);
    let same_number = number.is_some() && number == number_of(&signer.person);
    if same_number || linked.is_some_and(|own| places.contains(own)) {
        return Some(Tie::Own);
    }
    if places
        .iter()
        .any(|place| situation.signer_relatives.contains(place))
    {
        return Some(Tie::Relative);
    }
    let known_apart = number.is_some() && number_of(&signer.person).is_some();
    (!known_apart && alike(person, &signer.person)).then_some(Tie::Namesake)
}

/// Whether somebody is more than the parent of somebody of age.
fn is_party(situation: &Situation<'_>, act: &Act, named: &Named<'_>) -> bool {
    if !matches!(named.role, PersonRole::Mother | PersonRole::Father) {
        return true;
    }
    let mut others = act.people().into_iter();
    let child = others.find(|other| matches!(other.role, PersonRole::Child | PersonRole::Subject));
    let born = child
        .and_then(|child| child.person.birth())
        .map(|born| born.latest());
    born.flatten()
        .and_then(|born| born.add_years(MAJORITY_YEARS))
        .is_none_or(|of_age| situation.signed_on < of_age)
}

fn number_of(person: &Person) -> Option<String> {
    let number = person.personal_number.as_ref()?.value.as_ref()?;
    Some(number.to_string())
}

/// Of one name, however it is written, and one full birth date.
fn alike(one: &Person, other: &Person) -> bool {
    let name = |person: &Person| person.name.value.as_ref().map(|name| fold_compact(name.full()));
    let born = |person: &Person| person.birth().and_then(|born| born.full());
    born(one).is_some() && born(one) == born(other) && name(one).is_some() && name(one) == name(other)
}
