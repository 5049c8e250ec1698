//! Certificates of seals: what the ledger takes as one, and who may be granted it. RFC 0005.

use super::{Findings, RefusalCode, Situation};
use crate::act::{SealGranted, SealRevoked, SealUse};
use crate::directory::Seal;
use crate::event::day_in_vietnam;
use crate::id::{OfficeId, SealKeyId};
use crate::seal::SealCertificate;

/// A certificate that everybody can read and check back to a root of this ledger, granted within its own days for what it is made.
pub(super) fn granted(situation: &Situation<'_>, act: &SealGranted, findings: &mut Findings) {
    let directory = situation.directory;
    if act.office != OfficeId::ADMINISTRATION && directory.office(act.office).is_none() {
        findings.refuse(RefusalCode::OfficeUnknown, "/office");
    }
    if act.usage == SealUse::Root && act.office != OfficeId::ADMINISTRATION {
        findings.refuse(RefusalCode::RoleOfAnotherOffice, "/office");
    }
    let Ok(certificate) = SealCertificate::parse(&act.certificate.0) else {
        findings.refuse(RefusalCode::BadKey, "/certificate");
        return;
    };
    if directory.seal_of(SealKeyId(certificate.key_id())).is_some() {
        findings.refuse(RefusalCode::KeyExists, "/certificate");
    }
    if !is_made_for(&certificate, act.usage) {
        findings.refuse(RefusalCode::CertificateDoesNotFit, "/usage");
    }
    let of_another = |office| act.usage == SealUse::Seal && office != act.office.0;
    if certificate.office().is_some_and(of_another) {
        findings.refuse(RefusalCode::CertificateDoesNotFit, "/office");
    }
    if !holds_for_all_days(&certificate, act) {
        findings.refuse(RefusalCode::CertificateDoesNotFit, "/valid_until");
    }
    let by_root = directory.seals().any(|root| issues(root, &certificate, act));
    let own_root = act.usage == SealUse::Root && certificate.issued_by(&certificate).is_ok();
    if !by_root && !own_root {
        findings.refuse(RefusalCode::SealWithoutRoot, "/certificate");
    }
}

/// A seal is revoked once.
pub(super) fn revoked(situation: &Situation<'_>, act: &SealRevoked, findings: &mut Findings) {
    let known = situation.directory.seal_of(act.key);
    if known.is_none_or(|seal| seal.revoked.is_some()) {
        findings.refuse(RefusalCode::KeyNotGranted, "/key");
    }
}

fn is_made_for(certificate: &SealCertificate, usage: SealUse) -> bool {
    match usage {
        SealUse::Root => certificate.is_authority(),
        SealUse::Seal => certificate.may_seal(),
        SealUse::TimeStamp => certificate.may_stamp_time(),
    }
}

/// The days of the grant lie in those of the certificate.
fn holds_for_all_days(certificate: &SealCertificate, act: &SealGranted) -> bool {
    let (from, until) = certificate.valid();
    let starts = day_in_vietnam(from).is_some_and(|first| first <= act.valid_from);
    let ends = day_in_vietnam(until).is_some_and(|last| act.valid_until <= last);
    act.valid_from <= act.valid_until && starts && ends
}

fn issues(root: &Seal, certificate: &SealCertificate, act: &SealGranted) -> bool {
    root.usage == SealUse::Root
        && root.holds_on(act.valid_from)
        && certificate.issued_by(&root.certificate).is_ok()
}
