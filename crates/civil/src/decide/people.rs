//! What the ledger knows of the people whom an act links: the dead are not registered anew, and who may marry whom. Without a
//! link nothing is known, and nothing is found.

use super::{Findings, RefusalCode, Situation, Warning, WarningCode};
use crate::act::{Act, DeathEntry, MaritalStatus, Named, PersonRef, PersonRole};
use crate::kind::Kind;
use crate::person::{PersonView, Traits};
use crate::value::Date;

pub(super) fn decide(situation: &Situation<'_>, act: &Act, findings: &mut Findings) {
    if situation.people.is_empty() {
        return;
    }
    for named in act.people() {
        let Some(view) = situation.people.get(&named.pointer()) else {
            continue;
        };
        // Who was looked up and stands nowhere is no person of the ledger.
        if view.places.is_empty() {
            findings.refuse(RefusalCode::NoSuchPerson, format!("{}/known_as", named.pointer()));
        } else {
            living(situation, act, &named, view, findings);
            as_known(&named, view, findings);
        }
    }
    match act {
        Act::Birth(_) => born_once(situation, act, findings),
        Act::Death(act) => again_dead(situation, act.entry, findings),
        Act::Marriage(_) => spouses(situation, act, findings),
        Act::JudgmentNoted(_) => remarried(situation, act, findings),
        _ => {}
    }
}

/// Nothing that needs a living person is registered of the dead (Law 60/2014, Art. 34(2), 52(3)).
fn living(
    situation: &Situation<'_>,
    act: &Act,
    named: &Named<'_>,
    view: &PersonView,
    findings: &mut Findings,
) {
    let pointer = named.pointer();
    if act.tick() == "again" && matches!(act, Act::Birth(_) | Act::Marriage(_)) {
        let asks = matches!(
            named.role,
            PersonRole::Child | PersonRole::Wife | PersonRole::Husband
        );
        if asks && view.locked() {
            findings.warn(WarningCode::PersonNotAliveForAgain, pointer);
        }
        return;
    }
    if needs_the_living(act, named) && view.may_be_dead_on(done_on(situation, act)) {
        findings.refuse_new(situation, RefusalCode::PersonLocked, pointer);
    }
}

/// Whether the act needs this person of it to live.
pub(super) fn needs_the_living(act: &Act, named: &Named<'_>) -> bool {
    match act {
        Act::ParentChildRecognition(_) => named.role == PersonRole::Parent,
        _ => matches!(
            act.kind(),
            Kind::Marriage
                | Kind::MaritalStatusConfirmation
                | Kind::Guardianship
                | Kind::GuardianshipSupervision
                | Kind::Adoption
        ),
    }
}

/// The day on which the people of an act had to live: what was done while they did may be noted or taken over afterwards.
pub(super) fn done_on(situation: &Situation<'_>, act: &Act) -> Date {
    let counted = act.counted_on(situation.today);
    let done_on = act.occurred_on().and_then(|on| on.latest()).unwrap_or(counted);
    done_on.min(counted)
}

/// Whom an officer links is named as they are known: by one of their names, of their sex, born on their day.
fn as_known(named: &Named<'_>, view: &PersonView, findings: &mut Findings) {
    if !Traits::of(named.person).differ(&Traits::known(view)).is_empty() {
        let found = named.person.known_as.as_deref().copied();
        let pointer = format!("{}/known_as", named.pointer());
        findings.warn_of(WarningCode::KnownAsDiffers, pointer, found.into_iter().collect());
    }
}

/// Each birth is registered once (Law 60/2014, Art. 5(4)), and again only where the first is lost.
fn born_once(situation: &Situation<'_>, act: &Act, findings: &mut Findings) {
    const AT: &str = "/child";
    let known = situation.people.get(AT).and_then(|view| view.birth);
    if let Some(entry) = known.filter(|_| act.tick() != "again") {
        let found = vec![PersonRef::new(entry, PersonRole::Child, 0)];
        findings.warn_of(WarningCode::BirthRegisteredAlready, AT, found);
    }
}

/// Each event is registered once (Art. 5(4)); a death that is registered again, or noted from abroad, is shown.
fn again_dead(situation: &Situation<'_>, entry: DeathEntry, findings: &mut Findings) {
    const AT: &str = "/deceased";
    if !situation.people.get(AT).is_some_and(PersonView::locked) {
        return;
    }
    match entry {
        DeathEntry::Again | DeathEntry::NotedFromAbroad => findings.warn(WarningCode::AlreadyDead, AT),
        _ => findings.refuse_new(situation, RefusalCode::AlreadyDead, AT),
    }
}

/// Who is married does not marry, nor do relatives (Law 52/2014, Art. 5(2)c, d). A marriage registered again is the one in force.
fn spouses(situation: &Situation<'_>, act: &Act, findings: &mut Findings) {
    let (wife, husband) = (situation.people.get("/wife"), situation.people.get("/husband"));
    if act.tick() != "again" {
        for (pointer, view) in [("/wife", wife), ("/husband", husband)] {
            if view.is_some_and(|view| view.marital.status == MaritalStatus::Married) {
                findings.warn(WarningCode::AlreadyMarried, pointer);
            }
        }
    }
    let related = wife
        .zip(husband)
        .and_then(|(wife, husband)| wife.forbidden_with(husband));
    if related.is_some() {
        findings.warnings.push(Warning {
            code: WarningCode::ProhibitedRelation,
            pointer: "/husband".to_owned(),
            relation: related,
            found: Vec::new(),
        });
    }
}

/// Whose declaration of death is revoked may find the spouse married to another (Law 52/2014, Art. 67). The spouse is known at
/// `…/spouse` of the reached entry.
fn remarried(situation: &Situation<'_>, act: &Act, findings: &mut Findings) {
    for index in 0..act.reaches().len() {
        let pointer = act.reach_at(index);
        let spouse = situation.people.get(&format!("{pointer}/spouse"));
        if spouse.is_some_and(|spouse| spouse.marital.status == MaritalStatus::Married) {
            findings.warn(WarningCode::SpouseRemarried, pointer);
        }
    }
}
