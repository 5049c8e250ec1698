//! A recorded event, read back: position, envelope, body.

use crate::act::{Act, Amended, Body, Lost};
use crate::cbor::Malformed;
use crate::cose::{Endorsement, SignedEvent, event_hash};
use crate::envelope::Envelope;
use crate::id::{EntryId, EventHash, KeyId};
use crate::kind::Group;
use crate::value::{Date, TimeOfDay};

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

    /// Reads an event whose body was lawfully erased: all that the signed bytes say, and of the act its kind.
    ///
    /// # Errors
    /// [`EventError::Signed`].
    pub fn without_body(position: u64, recorded_at_ms: i64, signed: &[u8]) -> Result<Self, EventError> {
        let parts = SignedEvent::parse(signed).map_err(EventError::Signed)?;
        let envelope = Envelope::decode(parts.envelope).map_err(EventError::Signed)?;
        let signed_on =
            day_in_vietnam(envelope.signed_at).ok_or(EventError::Signed(Malformed::Shape("signed_at")))?;
        Ok(Self {
            position,
            recorded_at_ms,
            hash: event_hash(signed),
            key: parts.key,
            signed_on,
            body: Body {
                act: Act::Lost(Lost(envelope.kind)),
                acknowledgements: Vec::new(),
            },
            envelope,
        })
    }

    /// The day by which it is ordered, counted and asked for; see [`crate::act::Act::counted_on`].
    pub fn counted_on(&self) -> Date {
        self.body.act.counted_on(self.signed_on)
    }

    /// The entries that it goes on from: its own, where it continues one, and those that it reaches, each once.
    pub fn continued(&self) -> Vec<EntryId> {
        let kind = self.envelope.kind;
        let own = self.envelope.entry.filter(|_| kind.continues_entry());
        if self.body.act.is_lost() {
            let targets = self.envelope.targets.iter().map(|target| target.entry);
            return own.into_iter().chain(targets).collect();
        }
        let reached = self.body.act.reaches();
        let others = reached.into_iter().map(|reached| reached.entry);
        own.into_iter()
            .chain(others.filter(|entry| Some(*entry) != own))
            .collect()
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

/// The time of day in Vietnam of an instant in seconds since 1970-01-01T00:00:00Z.
pub fn time_in_vietnam(unix_seconds: u64) -> Option<TimeOfDay> {
    let minute = unix_seconds.checked_add(7 * 3_600)? % 86_400 / 60;
    let part = |number: u64| u8::try_from(number).ok();
    TimeOfDay::new(part(minute / 60)?, part(minute % 60)?).ok()
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

/// Whether somebody endorsed what they signed themselves, with the same key. Such bytes are no event; whoever sent them should know why.
pub fn endorsed_by_signer(signed: &[u8]) -> bool {
    let Ok(parts) = SignedEvent::parse(signed) else {
        return false;
    };
    let endorsements = Envelope::decode(parts.envelope).map(|envelope| envelope.endorsements);
    let own = |bytes: &Vec<u8>| Endorsement::parse(bytes).is_ok_and(|endorsed| endorsed.key == parts.key);
    endorsements.is_ok_and(|endorsements| endorsements.iter().any(own))
}

/// Whether the envelope names just the entries that the body's kind and content call for: an entry without basis where
/// one is opened, with basis where one is continued, none for the administration and for what an office does about no entry;
/// and as targets the entries that the act reaches beside its own, in its order, each once. An act that is written at an entry and
/// may reach others names its own among those it reaches.
///
/// # Errors
/// [`Malformed::Shape`] naming the part of the envelope.
pub fn check_shape(envelope: &Envelope, body: &Body) -> Result<(), Malformed> {
    const TARGETS: Malformed = Malformed::Shape("targets");
    let kind = envelope.kind;
    if envelope.entry.is_some() != kind.has_entry() {
        return Err(Malformed::Shape("entry"));
    }
    if envelope.basis.is_some() != kind.continues_entry() {
        return Err(Malformed::Shape("basis"));
    }
    let reached = body.act.reaches();
    // Whoever writes at an entry may change it; whoever opens one writes there what they want to say.
    let own = envelope.entry.filter(|_| kind.continues_entry());
    let others = reached
        .iter()
        .map(|reached| reached.entry)
        .filter(|entry| Some(*entry) != own);
    if !others.eq(envelope.targets.iter().map(|target| target.entry)) {
        return Err(TARGETS);
    }
    // Of amendments `decide` says so with a pointer, as it did before other acts could reach entries.
    let twice = |(index, entry): (usize, &&Amended)| {
        let opened = envelope.entry.filter(|_| kind.opens_entry()) == Some(entry.entry);
        opened || reached.iter().take(index).any(|other| other.entry == entry.entry)
    };
    if kind.group() != Group::Amendment && reached.iter().enumerate().any(twice) {
        return Err(TARGETS);
    }
    // What is written at an entry says which kind that is, so that the note needs nothing but the event.
    let says = |own: EntryId| reached.iter().any(|reached| reached.entry == own);
    if kind.reaches_others() && own.is_some_and(|own| !says(own)) {
        return Err(TARGETS);
    }
    Ok(())
}
