//! Four eyes: an act that asks for a second look is endorsed by a second officer of the same office.

use super::{Draft, Refusal, RefusalCode};
use crate::cose::{SignatureError, verify_endorsement};
use crate::directory::Directory;
use crate::event::CivilEvent;

/// Why the endorsements of an event do not do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotEndorsed {
    /// One of them is not by a granted key, or not over this commitment.
    #[error("an endorsement does not count: {0}")]
    Signature(#[from] SignatureError),
    /// The act asks for a second person and none of them is one.
    #[error("a second person of the office must endorse the act")]
    Missing(Refusal),
}

/// Judges every endorsement of an event, and whether a second person is among them when the draft asks for one: by a
/// key that could itself have signed the event on that day.
///
/// # Errors
/// [`NotEndorsed`]; a wrong endorsement refuses the event even where none was asked for.
pub fn second_person(directory: &Directory, event: &CivilEvent, draft: &Draft) -> Result<(), NotEndorsed> {
    let envelope = &event.envelope;
    let mut found = false;
    for endorsement in &envelope.endorsements {
        let find = |id| directory.key(id).map(|grant| grant.key.clone());
        let id = verify_endorsement(endorsement, &envelope.commitment, find)?;
        found |= directory
            .authorise(id, envelope.stream, envelope.kind, event.signed_on)
            .is_ok_and(|_| id != event.key);
    }
    if draft.needs_second_person() && !found {
        return Err(NotEndorsed::Missing(Refusal::new(
            RefusalCode::SecondPersonMissing,
        )));
    }
    Ok(())
}
