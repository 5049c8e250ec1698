//! Offices, keys and code lists.

use super::{Findings, RefusalCode, Situation};
use crate::act::{Act, KeyGranted, OfficeSucceeded, Role};
use crate::cose::PublicKey;
use crate::id::OfficeId;

pub(super) fn decide(situation: &Situation<'_>, act: &Act, findings: &mut Findings) {
    let directory = situation.directory;
    match act {
        Act::LedgerFounded(act) => {
            if directory.founding().is_some() {
                findings.refuse(RefusalCode::AlreadyFounded, "");
            }
            if PublicKey::from_cose_key(&act.key.0).is_err() {
                findings.refuse(RefusalCode::BadKey, "/key");
            }
        }
        Act::OfficeOpened(act)
            if act.office == OfficeId::ADMINISTRATION || directory.office(act.office).is_some() =>
        {
            findings.refuse(RefusalCode::OfficeExists, "/office");
        }
        Act::OfficeSucceeded(act) => succession(situation, act, findings),
        Act::KeyGranted(act) => grant(situation, act, findings),
        Act::KeyRevoked(act) if directory.key(act.key).is_none_or(|grant| grant.revoked) => {
            findings.refuse(RefusalCode::KeyNotGranted, "/key");
        }
        _ => {}
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
}

fn grant(situation: &Situation<'_>, act: &KeyGranted, findings: &mut Findings) {
    let directory = situation.directory;
    let administration = act.office == OfficeId::ADMINISTRATION;
    if !administration && directory.office(act.office).is_none() {
        findings.refuse(RefusalCode::OfficeUnknown, "/office");
    }
    if administration != (act.role == Role::Administrator) {
        findings.refuse(RefusalCode::RoleOfAnotherOffice, "/role");
    }
    match PublicKey::from_cose_key(&act.key.0) {
        Err(_) => findings.refuse(RefusalCode::BadKey, "/key"),
        Ok(key) if directory.key(key.id()).is_some() => findings.refuse(RefusalCode::KeyExists, "/key"),
        Ok(_) => {}
    }
}
