//! What entries that look like the one at hand make an officer look at. Of drafts alone: the ledger finds candidates while an
//! officer writes, and never judges by them what was signed.

use super::{Findings, Situation, WarningCode};
use crate::act::Act;
use crate::duplicate::Candidate;

pub(super) fn decide(situation: &Situation<'_>, act: &Act, findings: &mut Findings) {
    if situation.candidates.iter().any(Candidate::warns) {
        findings.warn(WarningCode::PossibleDuplicate, "");
    }
    if situation.candidates.iter().any(Candidate::bears_the_same_number) {
        let subject = act.people().first().map(|named| named.pointer());
        let pointer = subject.map_or_else(String::new, |subject| format!("{subject}/personal_number"));
        findings.warn(WarningCode::NumberOnTwoPeople, pointer);
    }
}
