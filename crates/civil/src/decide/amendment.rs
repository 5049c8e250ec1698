//! Amendments and notations: what changes an entry that lies in some other office's book.

use std::collections::BTreeSet;

use super::{Findings, RefusalCode, Situation, WarningCode, rules};
use crate::act::{Act, Amended, FieldChange};
use crate::entry::{RegisterEntry, changed, field_value};
use crate::kind::Kind;
use crate::stated::states_no_value;

pub(super) fn decide(situation: &Situation<'_>, act: &Act, findings: &mut Findings) {
    let Some(amendment) = act.amendment() else { return };
    if amendment.amended.is_empty() {
        findings.refuse(RefusalCode::NothingChanges, "/amended");
    }
    let mut entries = BTreeSet::new();
    for (index, amended) in amendment.amended.iter().enumerate() {
        let pointer = format!("/amended/{index}");
        if !entries.insert(amended.entry) {
            findings.refuse(RefusalCode::EntryTwice, format!("{pointer}/entry"));
        }
        match situation.targets.get(&amended.entry) {
            None => findings.refuse(RefusalCode::EntryUnknown, format!("{pointer}/entry")),
            Some(entry) if entry.kind != amended.kind => {
                findings.refuse(RefusalCode::EntryOfAnotherKind, format!("{pointer}/kind"));
            }
            Some(entry) => entry_changes(act.kind(), entry, amended, &pointer, findings),
        }
    }
    super::registration::competence(situation, act, findings);
    if rules(act).known_in_part() {
        findings.warn(WarningCode::RuleNotKnown, "/received_on");
    }
}

fn entry_changes(
    kind: Kind,
    entry: &RegisterEntry,
    amended: &Amended,
    pointer: &str,
    findings: &mut Findings,
) {
    let before = findings.refusals.len();
    let mut fields: Vec<&str> = Vec::new();
    for (index, change) in amended.changes.iter().enumerate() {
        let pointer = format!("{pointer}/changes/{index}");
        // A field and a part of it would make the outcome depend on the order of the two.
        let overlap = fields
            .iter()
            .any(|field| is_within(field, &change.field) || is_within(&change.field, field));
        fields.push(&change.field);
        if overlap {
            findings.refuse(RefusalCode::FieldTwice, format!("{pointer}/field"));
        }
        field_change(kind, entry, change, &pointer, findings);
    }
    if findings.refusals.len() == before && changed(&entry.current, &amended.changes).is_err() {
        findings.refuse(RefusalCode::ChangeDoesNotFit, pointer);
    }
}

fn field_change(
    kind: Kind,
    entry: &RegisterEntry,
    change: &FieldChange,
    pointer: &str,
    findings: &mut Findings,
) {
    if field_value(&entry.current, &change.field) != change.from {
        findings.refuse(RefusalCode::FromDiffers, format!("{pointer}/from"));
        return;
    }
    if change.from == change.to {
        findings.refuse(RefusalCode::NothingChanges, format!("{pointer}/to"));
    }
    let absent = change.from.as_ref().is_none_or(states_no_value);
    match kind {
        Kind::Supplement if !absent => {
            findings.refuse(RefusalCode::SupplementOfPresent, format!("{pointer}/from"))
        }
        Kind::Correction if absent => {
            findings.refuse(RefusalCode::CorrectionOfAbsent, format!("{pointer}/from"))
        }
        Kind::EthnicityRedetermination if !change.field.ends_with("/ethnicity") => {
            findings.refuse(RefusalCode::OnlyEthnicity, format!("{pointer}/field"));
        }
        _ => {}
    }
}

/// Whether one pointer leads to the other's field or below it.
fn is_within(outer: &str, inner: &str) -> bool {
    inner
        .strip_prefix(outer)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

pub(super) fn decide_notation(situation: &Situation<'_>, act: &Act, findings: &mut Findings) {
    match (situation.entry, act) {
        (None, _) => findings.refuse(RefusalCode::EntryUnknown, ""),
        (Some(entry), Act::DivorceNoted(_)) if entry.kind != Kind::Marriage => {
            findings.refuse(RefusalCode::EntryOfAnotherKind, "");
        }
        (Some(entry), Act::DivorceNoted(act)) => {
            if entry.divorced() {
                findings.refuse(RefusalCode::AlreadyDivorced, "");
            }
            if act.noted_on < act.judgment.date {
                findings.warn(WarningCode::OccurredAfterRegistered, "/judgment/date");
            }
        }
        _ => {}
    }
}
