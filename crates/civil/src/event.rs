//! A recorded event, read back: position, envelope, body.

use crate::act::Body;
use crate::cbor::Malformed;
use crate::cose::{Endorsement, SignedEvent, event_hash};
use crate::envelope::Envelope;
use crate::id::{EventHash, KeyId};
use crate::kind::Group;
use crate::value::Date;

/// Why stored bytes are not an event. Names no content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EventError {
    /// The signed event or its envelope is not of the format.
    #[error("signed event: {0}")]
    Signed(Malformed),
    /// The body is not of the format.
    #[error("body: {0}")]
    Body(Malformed),
    /// The body does not open the envelope's commitment.
    #[error("the body does not open the commitment")]
    Commitment,
    /// The body is of another kind than the envelope says.
    #[error("the body is of another kind than the envelope says")]
    Kind,
}

/// An event (sự kiện hộ tịch) as the log holds it. Its signature was judged when it was appended.
#[derive(Debug, Clone)]
pub struct CivilEvent {
    /// Its place in the log, from 0.
    pub position: u64,
    /// When the log recorded it, milliseconds since 1970-01-01T00:00:00Z.
    pub recorded_at_ms: i64,
    /// BLAKE3 of the signed bytes.
    pub hash: EventHash,
    /// Who signed.
    pub key: KeyId,
    /// The day on which it was signed, in Vietnam.
    pub signed_on: Date,
    /// What is not personal.
    pub envelope: Envelope,
    /// What is.
    pub body: Body,
}

impl CivilEvent {
    /// Reads an event from the bytes that the log keeps. Checks everything that needs no key and no other event.
    ///
    /// # Errors
    /// [`EventError`].
    pub fn read(
        position: u64,
        recorded_at_ms: i64,
        signed: &[u8],
        sealed: &[u8],
    ) -> Result<Self, EventError> {
        let parts = SignedEvent::parse(signed).map_err(EventError::Signed)?;
        let envelope = Envelope::decode(parts.envelope).map_err(EventError::Signed)?;
        if !envelope.commitment.opens(sealed) {
            return Err(EventError::Commitment);
        }
        let signed_on =
            day_in_vietnam(envelope.signed_at).ok_or(EventError::Signed(Malformed::Shape("signed_at")))?;
        let body = Body::unseal(sealed).map_err(EventError::Body)?;
        if body.act.kind() != envelope.kind {
            return Err(EventError::Kind);
        }
        check_shape(&envelope, &body).map_err(EventError::Signed)?;
        check_endorsers(&envelope, parts.key).map_err(EventError::Signed)?;
        Ok(Self {
            position,
            recorded_at_ms,
            hash: event_hash(signed),
            key: parts.key,
            signed_on,
            envelope,
            body,
        })
    }
}

/// The day in Vietnam (UTC+7, no summer time) of an instant in seconds since 1970-01-01T00:00:00Z; `None` past the
/// end of the calendar.
pub fn day_in_vietnam(unix_seconds: u64) -> Option<Date> {
    const OFFSET_SECONDS: u64 = 7 * 3600;
    let days = i64::try_from(unix_seconds.checked_add(OFFSET_SECONDS)? / 86_400).ok()?;
    let epoch = Date::try_from(time::OffsetDateTime::UNIX_EPOCH.date()).ok()?;
    if days > 4_000_000 {
        None
    } else {
        epoch.add_days(days)
    }
}

/// Whether each endorsement can be read and each is by a person of its own: in ascending order of key id, none by the
/// signer. Their signatures are judged elsewhere.
fn check_endorsers(envelope: &Envelope, signer: KeyId) -> Result<(), Malformed> {
    let mut last = None;
    for bytes in &envelope.endorsements {
        let key = Endorsement::parse(bytes)?.key;
        if key == signer || last >= Some(key) {
            return Err(Malformed::Shape("endorsements"));
        }
        last = Some(key);
    }
    Ok(())
}

/// Whether the envelope names just the entries that the body's kind and content call for: an entry without basis where
/// one is opened, with basis where one is continued, none for the administration; and as targets the entries that an
/// amendment changes, in its order.
///
/// # Errors
/// [`Malformed::Shape`] naming the part of the envelope.
pub fn check_shape(envelope: &Envelope, body: &Body) -> Result<(), Malformed> {
    let administration = envelope.kind.group() == Group::Administration;
    let opens = envelope.kind.opens_entry();
    if envelope.entry.is_none() != administration {
        return Err(Malformed::Shape("entry"));
    }
    if envelope.basis.is_some() != (!administration && !opens) {
        return Err(Malformed::Shape("basis"));
    }
    let amended = body.act.amendment().map_or(&[][..], |act| &act.amended);
    let targets = envelope.targets.iter().map(|target| target.entry);
    if !amended.iter().map(|amended| amended.entry).eq(targets) {
        return Err(Malformed::Shape("targets"));
    }
    Ok(())
}
