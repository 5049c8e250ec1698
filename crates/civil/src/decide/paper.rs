//! Copies at any office, and the paper book that catches up.

use super::{Findings, RefusalCode, Situation, WarningCode};
use crate::act::{Act, ExtractIssued, MarginalNoteEntered, Standing};
use crate::content::Content;
use crate::entry::RegisterEntry;

pub(super) fn decide(situation: &Situation<'_>, act: &Act, findings: &mut Findings) {
    match situation.entry {
        None => findings.refuse(RefusalCode::EntryUnknown, ""),
        Some(entry) => paper(situation, entry, act, findings),
    }
}

fn paper(situation: &Situation<'_>, entry: &RegisterEntry, act: &Act, findings: &mut Findings) {
    super::amendment::not_before(situation, act, entry, "", findings);
    match act {
        Act::ExtractIssued(act) => copy(situation, entry, act, findings),
        Act::MarginalNoteEntered(act) => entered(situation, entry, act, findings),
        _ => {}
    }
}

/// Any office may issue it (Art. 63); to whom is Art. 64; what it says follows from the entry.
fn copy(situation: &Situation<'_>, entry: &RegisterEntry, act: &ExtractIssued, findings: &mut Findings) {
    if entry.state().revoked.is_some() {
        findings.warn(WarningCode::EntryRevoked, "");
    }
    if act.standing == Standing::Authority && act.reason.is_none() {
        findings.refuse(RefusalCode::ReasonMissing, "/reason");
    }
    let first = || Content::of(entry, situation.directory);
    if act.paper.is_none() && act.content_hash.0 != first().hash() {
        findings.refuse(RefusalCode::ContentDiffers, "/content_hash");
    }
    super::issued::extract(situation, entry, act, findings);
}

fn entered(
    situation: &Situation<'_>,
    entry: &RegisterEntry,
    act: &MarginalNoteEntered,
    findings: &mut Findings,
) {
    if situation.directory.keeper_of_entry(entry) != situation.stream.office {
        findings.refuse(RefusalCode::NotKeeper, "");
    }
    match entry.notes.iter().find(|note| note.event == act.noted) {
        None => findings.refuse(RefusalCode::NoSuchNote, "/noted"),
        Some(note) if note.entered.is_some() => findings.refuse(RefusalCode::NoteAlreadyEntered, "/noted"),
        Some(_) => {}
    }
}
