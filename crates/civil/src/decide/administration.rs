//! Offices, keys and code lists.

use super::{Findings, RefusalCode, Situation};
use crate::act::{
    Act, BodiesErased, BooksEntrusted, KeyGranted, OfficeOpened, OfficeSucceeded, OfficerAppointed,
    OfficerRelieved,
};
use crate::cose::PublicKey;
use crate::directory::Appointment;
use crate::id::OfficeId;
use crate::value::Date;

pub(super) fn decide(situation: &Situation<'_>, act: &Act, findings: &mut Findings) {
    let directory = situation.directory;
    match act {
        Act::LedgerFounded(act) => {
            if directory.founding().is_some() {
                findings.refuse(RefusalCode::AlreadyFounded, "");
            }
            if situation.granted.is_none() && PublicKey::from_cose_key(&act.key.0).is_err() {
                findings.refuse(RefusalCode::BadKey, "/key");
            }
        }
        Act::OfficeOpened(act) => open(situation, act, findings),
        Act::OfficeSucceeded(act) => succession(situation, act, findings),
        Act::KeyGranted(act) => grant(situation, act, findings),
        Act::KeyRevoked(act) if directory.key(act.key).is_none_or(|grant| grant.revoked) => {
            findings.refuse(RefusalCode::KeyNotGranted, "/key");
        }
        Act::OfficerAppointed(act) => appointment(situation, act, findings),
        Act::OfficerRelieved(act) => relief(situation, act, findings),
        Act::BooksEntrusted(act) => entrusted(situation, act, findings),
        Act::SealGranted(act) => super::seal::granted(situation, act, findings),
        Act::SealRevoked(act) => super::seal::revoked(situation, act, findings),
        Act::BodiesErased(act) => erased(situation, act, findings),
        _ => {}
    }
}

/// The ledger's own description of itself stays; everything else may be erased once, by whoever the law lets order it.
fn erased(situation: &Situation<'_>, act: &BodiesErased, findings: &mut Findings) {
    if act.positions.is_empty() {
        findings.refuse(RefusalCode::NotErasable, "/positions");
    }
    let mut last = None;
    for (index, position) in act.positions.iter().enumerate() {
        if last >= Some(position) || situation.not_erasable.contains(position) {
            findings.refuse(RefusalCode::NotErasable, format!("/positions/{index}"));
        }
        last = Some(position);
    }
}

fn open(situation: &Situation<'_>, act: &OfficeOpened, findings: &mut Findings) {
    let directory = situation.directory;
    if act.office == OfficeId::ADMINISTRATION || directory.office(act.office).is_some() {
        findings.refuse(RefusalCode::OfficeExists, "/office");
    }
    if act
        .superior
        .is_some_and(|superior| directory.office(superior).is_none())
    {
        findings.refuse(RefusalCode::OfficeUnknown, "/superior");
    }
}

fn succession(situation: &Situation<'_>, act: &OfficeSucceeded, findings: &mut Findings) {
    let directory = situation.directory;
    match directory.office(act.office) {
        None => findings.refuse(RefusalCode::OfficeUnknown, "/office"),
        Some(office) if office.succeeded.is_some() => {
            findings.refuse(RefusalCode::OfficeAlreadySucceeded, "/office")
        }
        Some(_) => {}
    }
    let successor = directory
        .office(act.successor)
        .filter(|office| office.open_on(act.on));
    if successor.is_none() || directory.keeper(act.successor) == act.office {
        findings.refuse(RefusalCode::SuccessorNotOpen, "/successor");
    }
    let mut named = vec![act.office, act.successor];
    for (index, also) in act.also.iter().enumerate() {
        if named.contains(also) {
            findings.refuse(RefusalCode::SameOfficeTwice, format!("/also/{index}"));
        } else if !is_open(situation, *also, act.on) {
            findings.refuse(RefusalCode::SuccessorNotOpen, format!("/also/{index}"));
        }
        named.push(*also);
    }
}

fn is_open(situation: &Situation<'_>, office: OfficeId, day: Date) -> bool {
    situation
        .directory
        .office(office)
        .is_some_and(|office| office.open_on(day))
}

/// Books go from the office that wrote them to one that can keep them. They may come back.
fn entrusted(situation: &Situation<'_>, act: &BooksEntrusted, findings: &mut Findings) {
    if situation.directory.office(act.from).is_none() {
        findings.refuse(RefusalCode::CustodyOfAnother, "/from");
    }
    if !is_open(situation, act.to, act.on) {
        findings.refuse(RefusalCode::CustodyOfAnother, "/to");
    }
    if act
        .first_year
        .zip(act.last_year)
        .is_some_and(|(first, last)| last < first)
    {
        findings.refuse(RefusalCode::YearsReversed, "/last_year");
    }
}

/// An officer is appointed to an office that works on the first day, in a role that such an office has.
fn appointment(situation: &Situation<'_>, act: &OfficerAppointed, findings: &mut Findings) {
    match situation.directory.office(act.office) {
        None => findings.refuse(RefusalCode::OfficeUnknown, "/office"),
        Some(office) if !office.open_on(act.from) => {
            findings.refuse(RefusalCode::OfficeNotOpen, "/from");
        }
        Some(_) => {}
    }
    if act.role.is_of_administration() {
        findings.refuse(RefusalCode::RoleOfAnotherOffice, "/role");
    }
}

fn relief(situation: &Situation<'_>, act: &OfficerRelieved, findings: &mut Findings) {
    let known = situation.directory.appointment(act.appointment);
    if known.is_none_or(|known| known.relieved_on.is_some()) {
        findings.refuse(RefusalCode::AppointmentUnknown, "/appointment");
    }
}

fn grant(situation: &Situation<'_>, act: &KeyGranted, findings: &mut Findings) {
    let directory = situation.directory;
    let administration = act.office == OfficeId::ADMINISTRATION;
    if !administration && directory.office(act.office).is_none() {
        findings.refuse(RefusalCode::OfficeUnknown, "/office");
    }
    if administration != act.role.is_of_administration() {
        findings.refuse(RefusalCode::RoleOfAnotherOffice, "/role");
    }
    if let Some(appointment) = act.appointment {
        let known = directory.appointment(appointment);
        let fits = |known: &Appointment| {
            known.office == act.office && known.role == act.role && known.relieved_on.is_none()
        };
        if !known.is_some_and(fits) {
            findings.refuse(RefusalCode::AppointmentUnknown, "/appointment");
        }
    }
    let read = || PublicKey::from_cose_key(&act.key.0).map(|key| key.id());
    match situation.granted.or_else(|| read().ok()) {
        None => findings.refuse(RefusalCode::BadKey, "/key"),
        Some(id) if directory.key(id).is_some() => findings.refuse(RefusalCode::KeyExists, "/key"),
        Some(_) => {}
    }
}
