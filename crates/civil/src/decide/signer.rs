//! The one who signs: their appointment, and that nobody registers their own case or, unseen, that of a relative (Law 60/2014,
//! Art. 12(1)h).
//!
//! It rests on the appointment behind the key. A key without one tells of nobody, and nothing is found.

use super::{Findings, RefusalCode, Situation, WarningCode};
use crate::act::{Act, Named, Person, PersonRef, PersonRole};
use crate::directory::Appointment;
use crate::id::{Lane, StreamId};
use crate::kind::Group;
use crate::law::Threshold;
use crate::person::Traits;

pub(super) fn decide(situation: &Situation<'_>, act: &Act, findings: &mut Findings) {
    let Some(signer) = situation.signer else { return };
    let office = situation.directory.office(situation.stream.office);
    let covers = office.is_some_and(|office| signer.covers(office, situation.signed_on));
    if !covers || !signer.holds_on(situation.signed_on) {
        findings.refuse(RefusalCode::JurisdictionOfAnother, "");
    }
    if is_own_case_of_somebody(act, situation.stream) {
        of_the_act(situation, signer, act, findings);
        of_the_entries(situation, signer, act, findings);
    }
}

/// Whether an act of that stream can be somebody's own case. Whoever takes over an old book registers nothing, and a copy of one's
/// own entry changes nothing.
pub fn is_own_case_of_somebody(act: &Act, stream: StreamId) -> bool {
    let registers = matches!(
        act.kind().group(),
        Group::Registration | Group::Amendment | Group::Notation
    );
    registers && stream.lane != Lane::Digitised
}

fn of_the_act(situation: &Situation<'_>, signer: &Appointment, act: &Act, findings: &mut Findings) {
    for named in act.people() {
        let pointer = named.pointer();
        let view = situation.people.get(&pointer);
        let places = view.into_iter().flat_map(|view| view.places.iter().copied());
        if let Some(found) = tie(situation, signer, places, named.person) {
            found_at(found, is_party(situation, act, &named), pointer, findings);
        }
    }
    let Some(own) = number_of(&signer.person) else {
        return;
    };
    for (pointer, asking) in act.asking() {
        let number = asking.identity_paper.as_ref().map(|paper| paper.number.as_str());
        if number == Some(own.as_str()) {
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
            if let Some(found) = tie(situation, signer, here, named.person) {
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

/// What ties a person, who is named at these places too, to the signer.
fn tie(
    situation: &Situation<'_>,
    signer: &Appointment,
    places: impl IntoIterator<Item = PersonRef>,
    person: &Person,
) -> Option<Tie> {
    let stated = [person, &signer.person].map(|person| person.known_as.as_deref().copied());
    let places: Vec<PersonRef> = places.into_iter().chain(stated[0]).collect();
    let number = number_of(person);
    let same_number = number.is_some() && number == number_of(&signer.person);
    let mut own = situation.signer_places.iter().chain(&stated[1]);
    if same_number || own.any(|own| places.contains(own)) {
        return Some(Tie::Own);
    }
    if places
        .iter()
        .any(|place| situation.signer_relatives.contains(place))
    {
        return Some(Tie::Relative);
    }
    let known_apart = number.is_some() && number_of(&signer.person).is_some();
    let alike = Traits::of(person).alike(&Traits::of(&signer.person));
    (!known_apart && alike).then_some(Tie::Namesake)
}

/// Whether somebody is more than the parent of somebody of age.
pub(super) fn is_party(situation: &Situation<'_>, act: &Act, named: &Named<'_>) -> bool {
    if !matches!(named.role, PersonRole::Mother | PersonRole::Father) {
        return true;
    }
    let mut others = act.people().into_iter();
    let child = others.find(|other| matches!(other.role, PersonRole::Child | PersonRole::Subject));
    let born = child
        .and_then(|child| child.person.birth())
        .map(|born| born.latest());
    let years = Threshold::Majority.on(situation.signed_on).map(|row| row.years);
    let of_age = born
        .flatten()
        .zip(years)
        .and_then(|(born, years)| born.add_years(years));
    of_age.is_none_or(|of_age| situation.signed_on < of_age)
}

pub(super) fn number_of(person: &Person) -> Option<String> {
    let number = person.personal_number.as_ref()?.value.as_ref()?;
    Some(number.to_string())
}
