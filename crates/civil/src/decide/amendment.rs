//! Amendments and notations: what changes an entry that lies in some other office's book.

use std::collections::BTreeSet;

use ciborium::Value;

use super::registration::name;
use super::{Findings, RefusalCode, Situation, WarningCode};
use crate::act::{Act, Amended, DeathProof, FieldChange, JudgmentMatter};
use crate::effect::{self, Ended, Mark, StateChange};
use crate::entry::{Fields, RegisterEntry, changed};
use crate::kind::Kind;
use crate::law;
use crate::stated::states_no_value;

pub(super) fn decide(situation: &Situation<'_>, act: &Act, findings: &mut Findings) {
    let Some(amendment) = act.amendment() else { return };
    if amendment.amended.is_empty() {
        findings.refuse(RefusalCode::NothingChanges, "/amended");
    }
    reached(situation, act, findings);
    super::registration::competence(situation, act, findings);
    super::registration::known(situation, act, "/received_on", findings);
}

/// The entries that an act reaches, and what it changes in each: what does not fit would not fold.
pub(super) fn reached(situation: &Situation<'_>, act: &Act, findings: &mut Findings) {
    let mut entries = BTreeSet::new();
    for (index, reached) in act.reaches().into_iter().enumerate() {
        let pointer = act.reach_at(index);
        if !entries.insert(reached.entry) {
            findings.refuse(RefusalCode::EntryTwice, format!("{pointer}/entry"));
        }
        match situation.reached(reached.entry) {
            None => findings.refuse(RefusalCode::EntryUnknown, format!("{pointer}/entry")),
            Some(entry) if entry.kind != reached.kind => {
                findings.refuse(RefusalCode::EntryOfAnotherKind, format!("{pointer}/kind"));
            }
            Some(entry) => {
                standing(situation, act, entry, &pointer, findings);
                allowed(act, reached, &pointer, findings);
                entry_changes(act, entry, reached, &pointer, findings);
            }
        }
    }
}

/// Whether the entry still stands, and what is to end there has not ended: nothing ends twice, and no declaration is lifted
/// that was never made (Art. 22, 30).
fn standing(
    situation: &Situation<'_>,
    act: &Act,
    entry: &RegisterEntry,
    pointer: &str,
    findings: &mut Findings,
) {
    not_before(situation, act, entry, pointer, findings);
    let state = entry.state();
    let over = match effect::of(act, entry.kind).and_then(|effect| effect.state) {
        Some(StateChange::Ends(Ended::DeclarationRevoked)) => {
            state.ended.is_some() || !may_be_declaration(&entry.current)
        }
        // A divorce has a code of its own.
        Some(StateChange::Ends(Ended::Divorced)) if act.kind() == Kind::DivorceNoted && entry.divorced() => {
            false
        }
        Some(StateChange::Ends(_)) => state.ended.is_some(),
        Some(StateChange::Revokes) => state.revoked.is_some(),
        // An adoption is noted at the birth only when somebody asks for it.
        Some(StateChange::Lifts(mark)) => mark != Mark::Adopted && !state.marks.contains_key(&mark),
        Some(StateChange::Sets(_)) | None => false,
    };
    if over {
        findings.refuse_new(situation, RefusalCode::NotThereToEnd, pointer);
    }
    if state.revoked.is_some() && !over {
        findings.warn(WarningCode::EntryRevoked, pointer);
    }
}

/// Whether the act is dated on the day on which the entry was registered, or later: what is older than the entry cannot be about it.
pub(super) fn not_before(
    situation: &Situation<'_>,
    act: &Act,
    entry: &RegisterEntry,
    pointer: &str,
    findings: &mut Findings,
) {
    let day = act.counted_on(situation.today);
    let registered = entry.original.registered_on();
    if registered.is_some_and(|registered| day < registered) {
        findings.warn(WarningCode::DatedBeforeEntry, pointer);
    }
}

/// Whether a court can have declared the death: nothing says that it was another paper.
fn may_be_declaration(act: &Act) -> bool {
    let Act::Death(death) = act else { return false };
    death.judgment.is_some()
        || death
            .proof
            .is_none_or(|proof| proof == DeathProof::CourtDeclaration)
}

/// Whether the table of effects lets the act reach that entry and change those fields.
fn allowed(act: &Act, reached: &Amended, pointer: &str, findings: &mut Findings) {
    let Some(effect) = effect::of(act, reached.kind) else {
        findings.refuse(RefusalCode::ReachNotAllowed, format!("{pointer}/kind"));
        return;
    };
    // What was changed abroad is noted as it is.
    if act.kind() == Kind::Change && act.foreign().is_none() {
        let changes = reached.changes.iter().enumerate();
        for (index, _) in changes.filter(|(_, change)| change.field.ends_with("/ethnicity")) {
            let field = format!("{pointer}/changes/{index}/field");
            findings.warn(WarningCode::EthnicityByChange, field);
        }
    }
    for index in effect::beyond(effect, reached) {
        findings.refuse(
            RefusalCode::ReachNotAllowed,
            format!("{pointer}/changes/{index}/field"),
        );
    }
}

fn entry_changes(
    act: &Act,
    entry: &RegisterEntry,
    amended: &Amended,
    pointer: &str,
    findings: &mut Findings,
) {
    if amended.changes.is_empty() {
        return;
    }
    let before = findings.refusals.len();
    let stands = Fields::of(&entry.current);
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
        field_change(
            act.kind(),
            stands.value(&change.field),
            change,
            &pointer,
            findings,
        );
    }
    if findings.refusals.len() == before {
        match changed(&entry.current, &amended.changes) {
            Ok(after) => names(&entry.current, &after, amended, pointer, findings),
            Err(_) => findings.refuse(RefusalCode::ChangeDoesNotFit, pointer),
        }
    }
}

/// Whether a name that comes into an entry is one of letters (Civil Code 2015, Art. 26(3)).
fn names(before: &Act, after: &Act, amended: &Amended, pointer: &str, findings: &mut Findings) {
    let old = before.people();
    for new in after.people() {
        let at = new.pointer();
        let stood = old.iter().find(|old| old.pointer() == at);
        let same = stood.is_some_and(|old| old.person.name == new.person.name);
        let field = format!("{at}/name");
        let mut changes = amended.changes.iter();
        let place =
            changes.position(|change| is_within(&change.field, &field) || is_within(&field, &change.field));
        if let (Some(place), false) = (place, same)
            && name(new.person) == Some(WarningCode::NameHasDigits)
        {
            findings.warn(
                WarningCode::NameHasDigits,
                format!("{pointer}/changes/{place}/to"),
            );
        }
    }
}

fn field_change(
    kind: Kind,
    stands: Option<&Value>,
    change: &FieldChange,
    pointer: &str,
    findings: &mut Findings,
) {
    if stands != change.from.as_ref() {
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

/// A judgment is noted at the entries that it names, and one that determines a parent or the sex says what becomes of the entry.
fn noted_somewhere(act: &Act, findings: &mut Findings) {
    let reached = act.reaches();
    if reached.is_empty() {
        findings.refuse(RefusalCode::NothingChanges, "/reached");
    }
    let Act::JudgmentNoted(judgment) = act else { return };
    let determines = matches!(
        judgment.matter,
        JudgmentMatter::ParentDetermined | JudgmentMatter::ParentExcluded | JudgmentMatter::SexRedetermined
    );
    for (index, _) in reached
        .iter()
        .enumerate()
        .filter(|(_, reached)| determines && reached.changes.is_empty())
    {
        findings.warn(
            WarningCode::FieldLeftOut,
            format!("{}/changes", act.reach_at(index)),
        );
    }
}

pub(super) fn decide_notation(situation: &Situation<'_>, act: &Act, findings: &mut Findings) {
    let Some(entry) = situation.entry else {
        findings.refuse(RefusalCode::EntryUnknown, "");
        return;
    };
    if let Act::DivorceNoted(_) = act {
        if entry.kind != Kind::Marriage {
            findings.refuse(RefusalCode::EntryOfAnotherKind, "");
        } else if entry.divorced() {
            findings.refuse(RefusalCode::AlreadyDivorced, "");
        }
    } else {
        super::registration::competence(situation, act, findings);
        super::registration::known(situation, act, "", findings);
    }
    if matches!(act, Act::JudgmentNoted(_))
        && law::second_release().is_some_and(|since| since <= situation.today)
    {
        noted_somewhere(act, findings);
    }
    // What the act says of its own entry by naming it there is judged there.
    if !act.reaches().iter().any(|reached| reached.entry == entry.id) {
        standing(situation, act, entry, "", findings);
    }
    let judged_on = act.judgment().and_then(|judgment| judgment.date);
    if judged_on.is_some_and(|date| act.counted_on(situation.today) < date) {
        let part = if act.kind() == Kind::PapersRevoked {
            "decision"
        } else {
            "judgment"
        };
        findings.warn(WarningCode::OccurredAfterRegistered, format!("/{part}/date"));
    }
}
