//! Four eyes (bốn mắt): an act that asks for a second look is endorsed by a second officer, of the same office or, where an old
//! book is taken over, of any.

use super::{Draft, Refusal, RefusalCode, Situation, Warning, party};
use crate::act::Act;
use crate::cose::{SignatureError, verify_endorsement};
use crate::directory::Directory;
use crate::envelope::Envelope;
use crate::event::CivilEvent;
use crate::id::{KeyId, StreamId};
use crate::law::{self, SecondPerson};
use crate::value::Date;

/// Whether the act asks for a second person: by its kind, or by a warning.
pub(super) fn asked(situation: &Situation<'_>, act: &Act, warnings: &[Warning]) -> Option<SecondPerson> {
    of_kind(situation, act).or_else(|| {
        let shown = warnings.iter().any(|warning| warning.code.second_person());
        shown.then_some(SecondPerson::SameOffice)
    })
}

/// What asks for it whatever is found: what weighs more than an entry, and whatever is taken over from paper.
fn of_kind(situation: &Situation<'_>, act: &Act) -> Option<SecondPerson> {
    let case = match act {
        Act::IdentityDecided(act) => act.verdict.name(),
        Act::BookClosed(act) if act.closes_year => "final",
        Act::JudgmentNoted(act) => act.matter.name(),
        act => act.tick(),
    };
    law::four_eyes(act.kind(), situation.stream.lane, case, situation.signed_on).map(|rule| rule.of)
}

/// Why the endorsements of an event do not do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotEndorsed {
    /// One of them is not by a granted key, or not over this commitment.
    #[error("an endorsement does not count: {0}")]
    Signature(#[from] SignatureError),
    /// The act asks for a second person and none of them is one: nobody endorses it, or nobody who may, or the signer alone.
    #[error("a second person of the office must endorse the act")]
    Missing(Refusal),
}

/// Judges every endorsement of an event, and whether a second person is among them when the draft asks for one.
///
/// # Errors
/// [`NotEndorsed`]; a wrong endorsement refuses the event even where none was asked for.
pub fn second_person(directory: &Directory, event: &CivilEvent, draft: &Draft) -> Result<(), NotEndorsed> {
    let envelope = &event.envelope;
    let (mut found, mut own) = (false, false);
    for endorsement in &envelope.endorsements {
        let find = |id| directory.key(id).map(|grant| grant.key.clone());
        let id = verify_endorsement(endorsement, &envelope.commitment, find)?;
        found |= endorses(directory, envelope, (event.key, id), event.signed_on, draft);
        own |= one_person(directory, event.key, id);
    }
    if found || !draft.needs_second_person() {
        return Ok(());
    }
    let code = match own {
        true => RefusalCode::EndorsedBySigner,
        false => RefusalCode::SecondPersonMissing,
    };
    Err(NotEndorsed::Missing(Refusal::new(code)))
}

/// Whether two keys are one person's. Whose a key is says the appointment behind it; of two without one nobody knows more than that they
/// are two.
fn one_person(directory: &Directory, one: KeyId, other: KeyId) -> bool {
    let appointed = directory.appointment_of(one).zip(directory.appointment_of(other));
    one == other
        || appointed
            .is_some_and(|(one, other)| one.event == other.event || party::same(&one.person, &other.person))
}

/// Whether the second of two keys is that of a second person beside the signer, whose is the first: of somebody else, who is no party to the
/// act and could have signed it on that day, at the office that files or, where any will do, at their own.
pub fn endorses(
    directory: &Directory,
    envelope: &Envelope,
    (signer, second): (KeyId, KeyId),
    signed_on: Date,
    draft: &Draft,
) -> bool {
    let stream = match draft.second_person {
        None => return false,
        Some(SecondPerson::SameOffice) => envelope.stream,
        Some(SecondPerson::AnyOffice) => StreamId {
            office: directory
                .key(second)
                .map_or(envelope.stream.office, |grant| grant.office),
            ..envelope.stream
        },
    };
    let appointed = directory.appointment_of(second);
    let no_party = appointed.is_none_or(|known| !draft.parties.iter().any(|party| party.is(&known.person)));
    !one_person(directory, signer, second)
        && no_party
        && directory
            .authorise(second, stream, envelope.kind, signed_on)
            .is_ok()
}
