//! The sheet that is handed out: which paper and form, worded by which template, to whom, and that it says what follows
//! (Law 60/2014, Art. 4(9), 62–64; RFC 0004).

use super::{Findings, RefusalCode, Situation, WarningCode};
use crate::act::{
    BookReference, Entitlement, EntitlementGround, ExtractIssued, InformationConfirmation, IssuedPaper,
    PersonRef, Standing,
};
use crate::entry::RegisterEntry;
use crate::law::{self, Paper, Threshold, form_in_force};
use crate::paper::{Issue, NoPaper, PaperContent};
use crate::value::Date;

/// A paper of an entry.
pub(super) fn extract(
    situation: &Situation<'_>,
    entry: &RegisterEntry,
    act: &ExtractIssued,
    findings: &mut Findings,
) {
    let Some(paper) = &act.paper else {
        // The content of the first release hides nothing.
        let since = law::third_release().is_some_and(|since| since <= situation.today);
        if since && entry.tells_of_adoption() {
            findings.refuse(RefusalCode::ContentIsSealed, "");
        }
        return;
    };
    if act.is_original() {
        original(situation, entry, act, findings);
    }
    sheet(paper, act.issued_on, findings);
    entitlement(entry, act, findings);
    content(situation, entry, act, findings);
}

/// A confirmation of civil-status information is its own paper, and says what stands in the act (Decree 87/2020, Art. 13).
pub(super) fn confirmation(act: &InformationConfirmation, findings: &mut Findings) {
    let Some(paper) = &act.paper else { return };
    if paper.paper != Paper::InformationConfirmation {
        findings.refuse(RefusalCode::PaperDoesNotFit, "/paper/paper");
    }
    sheet(paper, act.registered_on, findings);
}

/// One original for each registration, by the office that has its book, under the number of the registration (Art. 62). The papers of
/// an old book were handed out when it was written.
fn original(situation: &Situation<'_>, entry: &RegisterEntry, act: &ExtractIssued, findings: &mut Findings) {
    if situation.directory.keeper_of_entry(entry) != situation.stream.office {
        findings.refuse(RefusalCode::OriginalElsewhere, "");
    }
    if entry.original.source().is_some() || entry.has_original() {
        findings.refuse(RefusalCode::OriginalIssued, "/paper/form");
    }
    if act.book != BookReference::least() {
        findings.refuse(RefusalCode::OriginalNumbered, "/book");
    }
}

/// That there is such a form on that day, that the template is its, and that nothing is missing that it prints.
fn sheet(paper: &IssuedPaper, on: Date, findings: &mut Findings) {
    match form_in_force(paper.paper, paper.form, on) {
        None => findings.refuse(RefusalCode::PaperDoesNotFit, "/paper/form"),
        Some((form, known)) => {
            if !known {
                findings.warn(WarningCode::PaperFormNotKnown, "/paper/form");
            }
            if form.template != paper.template.as_str() {
                findings.refuse(RefusalCode::TemplateNotInForce, "/paper/template");
            }
        }
    }
    if paper.header.is_empty() {
        findings.refuse(RefusalCode::HeaderMissing, "/paper/header");
    }
    if speaks_of_another(paper.paper) && paper.refers_to.is_none() {
        findings.warn(WarningCode::ReferenceMissing, "/paper/refers_to");
    }
}

/// Whether the form says of which other registration it speaks: the guardianship that ended, the entry that is amended.
const fn speaks_of_another(paper: Paper) -> bool {
    matches!(
        paper,
        Paper::GuardianshipEnd
            | Paper::GuardianshipSupervision
            | Paper::Change
            | Paper::ChangeNoted
            | Paper::Correction
            | Paper::Supplement
            | Paper::EthnicityRedetermination
    )
}

/// A paper is for the person, for who represents them, or for an authority (Art. 63, 64).
fn entitlement(entry: &RegisterEntry, act: &ExtractIssued, findings: &mut Findings) {
    let Some(right) = &act.entitlement else {
        findings.refuse(RefusalCode::EntitlementMissing, "/entitlement");
        return;
    };
    if right.ground.standing() != act.standing {
        findings.refuse(RefusalCode::EntitlementDoesNotFit, "/entitlement/ground");
    }
    if right.whose.is_some_and(|whose| !names(entry, whose)) {
        findings.refuse(RefusalCode::NoSuchPerson, "/entitlement/whose");
    }
    if right.evidence.is_none() && wants_evidence(entry, right, act.issued_on) {
        findings.warn(WarningCode::EntitlementNotShown, "/entitlement/evidence");
    }
    let discloses = act
        .disclosure
        .as_ref()
        .is_some_and(|told| !told.matters.is_empty());
    if discloses && !right.ground.may_be_told() {
        findings.refuse(RefusalCode::ContentIsSealed, "/disclosure");
    }
}

/// Whether an entry names such a person, now or as it was registered.
fn names(entry: &RegisterEntry, whose: PersonRef) -> bool {
    let people = entry.current.people().into_iter().chain(entry.original.people());
    whose.entry == entry.id && people.into_iter().any(|named| named.of(entry.id) == Some(whose))
}

/// A letter of authority, a guardianship of another entry, a kinship: what the entry does not say. A child of full age is
/// no longer represented by father and mother.
fn wants_evidence(entry: &RegisterEntry, right: &Entitlement, on: Date) -> bool {
    use EntitlementGround as G;
    match right.ground {
        G::Themselves | G::Authority => false,
        G::Parent => right.whose.is_some_and(|whose| is_of_age(entry, whose, on)),
        G::Guardian => !entry.kind.is_of_guardianship(),
        G::Authorised | G::Kin => true,
    }
}

fn is_of_age(entry: &RegisterEntry, whose: PersonRef, on: Date) -> bool {
    let people = entry.current.people();
    let person = people.iter().find(|named| named.of(entry.id) == Some(whose));
    let born = person.and_then(|named| named.person.birth());
    let least = born
        .and_then(|born| born.full_years_until(&on.into()))
        .map(|(least, _)| least);
    least
        .zip(Threshold::Majority.years_on(on))
        .is_some_and(|(least, majority)| majority <= least)
}

/// What is printed follows from the entry; what the law seals stays out or is told with its ground.
fn content(situation: &Situation<'_>, entry: &RegisterEntry, act: &ExtractIssued, findings: &mut Findings) {
    let Some(issue) = Issue::by(act) else { return };
    match PaperContent::of(entry, situation.directory, &issue) {
        Ok(content) if content.hash() == act.content_hash.0 => {}
        Ok(_) => findings.refuse(RefusalCode::ContentDiffers, "/content_hash"),
        Err(NoPaper::DoesNotFit) => findings.refuse(RefusalCode::PaperDoesNotFit, "/paper/paper"),
        Err(NoPaper::Sealed) => findings.refuse(RefusalCode::ContentIsSealed, "/disclosure"),
        // That is said of the form.
        Err(NoPaper::FormNotKnown) => {}
    }
}

impl EntitlementGround {
    /// In which part such people ask.
    const fn standing(self) -> Standing {
        match self {
            Self::Themselves => Standing::Person,
            Self::Parent | Self::Guardian | Self::Authorised | Self::Kin => Standing::Representative,
            Self::Authority => Standing::Authority,
        }
    }

    /// Whether such people may be told of an adoption (Law on adoption 2010, Art. 11).
    const fn may_be_told(self) -> bool {
        matches!(
            self,
            Self::Themselves | Self::Parent | Self::Guardian | Self::Authority
        )
    }
}
