//! What the people of one act are to each other, as the act itself names them: of which sex, and that they are not one.

use std::collections::BTreeSet;

use super::{Findings, Situation, WarningCode};
use crate::act::{Act, Named, PersonRef, PersonRole};
use crate::person::Traits;
use crate::value::Sex;

pub(super) fn decide(situation: &Situation<'_>, act: &Act, findings: &mut Findings) {
    let people = act.people();
    sexes(situation, act, &people, findings);
    for (index, later) in people.iter().enumerate() {
        let earlier = people.iter().take(index);
        let mut others = earlier.filter(|earlier| earlier.role != later.role);
        if others.any(|earlier| one_person(situation, earlier, later)) {
            findings.warn(WarningCode::SamePersonTwice, later.pointer());
        }
    }
}

/// Marriage is of a man and a woman (Law 52/2014, Art. 8(2)); mothers are women, fathers men, as the book has them.
fn sexes(situation: &Situation<'_>, act: &Act, people: &[Named<'_>], findings: &mut Findings) {
    let stated = |named: &Named<'_>| {
        let written = named.person.sex.as_ref().and_then(|sex| sex.value);
        let known = situation.people.get(&named.pointer());
        written.or_else(|| known.and_then(|view| view.sex))
    };
    let spouse = |role| people.iter().find(|named| named.role == role).and_then(stated);
    if let Act::Marriage(_) = act
        && spouse(PersonRole::Wife).is_some()
        && spouse(PersonRole::Wife) == spouse(PersonRole::Husband)
    {
        findings.warn(WarningCode::SpousesOfOneSex, "/husband/sex");
        return;
    }
    for named in people {
        let other = match named.role {
            PersonRole::Mother | PersonRole::Wife | PersonRole::AdoptiveMother => Sex::Male,
            PersonRole::Father | PersonRole::Husband | PersonRole::AdoptiveFather => Sex::Female,
            _ => continue,
        };
        if stated(named) == Some(other) {
            findings.warn(WarningCode::RoleSexDiffers, format!("{}/sex", named.pointer()));
        }
    }
}

/// Whether two people of an act are one: by their links, their number, or their name and full day of birth.
fn one_person(situation: &Situation<'_>, one: &Named<'_>, other: &Named<'_>) -> bool {
    let places = |named: &Named<'_>| {
        let view = situation.people.get(&named.pointer());
        let known = view.into_iter().flat_map(|view| &view.places).copied();
        let link = named.person.known_as.as_deref().copied();
        known.chain(link).collect::<BTreeSet<PersonRef>>()
    };
    !places(one).is_disjoint(&places(other)) || Traits::of(one.person).alike(&Traits::of(other.person))
}
