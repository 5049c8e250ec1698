//! Events: recording them, and reading them back as they are.

pub(super) mod event;
pub(super) mod feed;
pub(crate) mod proof;
pub(crate) mod record;

use civil::cose::SignedEvent;
use civil::envelope::Envelope;
use civil::id::{EntryId, EventHash, EventId, Lane, OfficeId, StreamId};
use civil::kind::Kind;
use registry::Stored;
use serde::Serialize;
use utoipa::ToSchema;

use crate::text::{base64, instant};

/// A recorded event.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EventAnswer {
    /// Its place in the log, from 0.
    position: u64,
    /// Its id.
    #[schema(format = "uuid")]
    event: String,
    /// What it is about.
    kind: &'static str,
    /// The entry that it opens or continues; null for what is about none.
    #[schema(format = "uuid")]
    entry: Option<String>,
    /// Its chain: office and lane.
    #[schema(example = "7/acts")]
    stream: String,
    /// Its place in that chain.
    seq: u64,
    /// When it was recorded.
    #[schema(format = "date-time")]
    recorded_at: String,
    /// BLAKE3 of the signed bytes (hexadecimal).
    #[schema(pattern = "^[0-9a-f]{64}$")]
    hash: String,
    /// SHA-256 of the signed bytes (hexadecimal).
    #[schema(pattern = "^[0-9a-f]{64}$")]
    twin: String,
    /// The signed bytes (base64).
    #[schema(content_encoding = "base64")]
    signed: String,
    /// Salt and body (base64), when asked for; null where it was lawfully erased.
    #[schema(content_encoding = "base64")]
    #[serde(skip_serializing_if = "Option::is_none")]
    sealed_body: Option<Option<String>>,
    /// The position of the event by which its body was lawfully erased. A body that is neither there nor erased is missing: an alarm.
    #[serde(skip_serializing_if = "Option::is_none")]
    erased_by: Option<u64>,
}

impl EventAnswer {
    fn of(stored: &Stored, with_body: bool) -> Self {
        Self {
            position: stored.position,
            event: EventId::from_bytes(stored.event_id).to_string(),
            kind: Kind::of(u64::from(stored.kind)).map_or("unknown", Kind::name),
            entry: entry(&stored.signed),
            stream: stream(stored.stream).map_or_else(String::new, |stream| stream.to_string()),
            seq: stored.seq,
            recorded_at: instant(stored.recorded_at_ms),
            hash: EventHash(stored.hash).to_string(),
            twin: hex::encode(stored.twin),
            signed: base64(&stored.signed),
            erased_by: stored.erased_by,
            sealed_body: with_body.then(|| stored.sealed_body.as_deref().map(base64)),
        }
    }
}

/// The entry that a signed event opens or continues.
pub(crate) fn entry(signed: &[u8]) -> Option<String> {
    let signed = SignedEvent::parse(signed).ok()?;
    let entry = Envelope::decode(signed.envelope).ok()?.entry;
    entry.map(|entry| entry.to_string())
}

/// The entries that a signed event touches.
fn touched(signed: &[u8]) -> Vec<EntryId> {
    let envelope = SignedEvent::parse(signed)
        .and_then(|signed| Envelope::decode(signed.envelope))
        .ok();
    let touched = envelope.into_iter().flat_map(|envelope| {
        let targets = envelope.targets.into_iter().map(|target| target.entry);
        targets.chain(envelope.entry)
    });
    touched.collect()
}

/// The stream that the store knows by this number.
fn stream(number: i64) -> Option<StreamId> {
    let number = u64::try_from(number).ok()?;
    let office = OfficeId(u32::try_from(number / 4).ok()?);
    Some(StreamId {
        office,
        lane: Lane::of(number % 4)?,
    })
}

#[cfg(test)]
mod erasure_tests;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_streams_number_is_read_back() {
        for lane in Lane::ALL {
            for office in [0, 1, u32::MAX] {
                let id = StreamId {
                    office: OfficeId(office),
                    lane,
                };
                assert_eq!(stream(id.number()), Some(id));
            }
        }
        assert_eq!(stream(-1), None);
        assert_eq!(stream(3), None);
    }
}
