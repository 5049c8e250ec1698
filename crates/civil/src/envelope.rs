//! The envelope of an event: everything about it that is not personal data, in one fixed-length array (RFC 0001 §5).

use crate::cbor::{Cursor, Malformed, Writer};
use crate::event::day_in_vietnam;
use crate::id::{EntryId, EventHash, EventId, Lane, OfficeId, StreamId};
use crate::kind::Kind;

/// The version of the layout below.
const VERSION: u64 = 1;
/// How many other entries one act may touch.
pub const TARGETS_MAX: u64 = 64;
/// The first number that no event of a stream has: a store counts in signed 64 bits.
const SEQ_END: u64 = 1 << 63;
/// How many endorsements one event may carry.
pub const ENDORSEMENTS_MAX: u64 = 8;

/// The two salted hashes that bind an event to its body without telling what it says.
///
/// BLAKE3 and SHA-256 of `salt32 ‖ body`: two, because a century is long and because Vietnamese rules for digital
/// signatures list SHA-2, not BLAKE3.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Commitment {
    /// BLAKE3 of the sealed body.
    pub blake3: [u8; 32],
    /// SHA-256 of the sealed body.
    pub sha256: [u8; 32],
}

impl Commitment {
    /// Of a sealed body: the salt followed by the body's bytes.
    pub fn to(sealed: &[u8]) -> Self {
        use sha2::{Digest, Sha256};
        Self {
            blake3: *blake3::hash(sealed).as_bytes(),
            sha256: Sha256::digest(sealed).into(),
        }
    }

    /// Whether these bytes open it.
    pub fn opens(&self, sealed: &[u8]) -> bool {
        *self == Self::to(sealed)
    }

    /// Both hashes in a row: what an endorsement signs.
    pub fn to_bytes(&self) -> [u8; 64] {
        let mut bytes = [0; 64];
        bytes[..32].copy_from_slice(&self.blake3);
        bytes[32..].copy_from_slice(&self.sha256);
        bytes
    }
}

/// Another entry that an act changes, as its signer saw it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    /// The entry.
    pub entry: EntryId,
    /// The latest event on it that the signer had seen.
    pub basis: EventHash,
}

/// What the signature covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// Made by the client; UUIDv7.
    pub event: EventId,
    /// The chain it belongs to.
    pub stream: StreamId,
    /// Its place in that chain, dense from 0.
    pub seq: u64,
    /// The event before it in that chain. For `seq` 0 the founding event of the ledger, so that no chain fits
    /// another ledger; for the founding event itself, zeros.
    pub prev: EventHash,
    /// What it is about.
    pub kind: Kind,
    /// The entry it opens or continues; none for the administration's own events.
    pub entry: Option<EntryId>,
    /// The latest event on that entry that the signer had seen; none when the event opens it.
    pub basis: Option<EventHash>,
    /// Other entries that it changes.
    pub targets: Vec<Target>,
    /// The signer's clock, seconds since 1970-01-01T00:00:00Z. Informs; the position orders.
    pub signed_at: u64,
    /// Binds the body.
    pub commitment: Commitment,
    /// Detached COSE_Sign1 of second persons over the commitment (see [`crate::cose::endorse`]).
    pub endorsements: Vec<Vec<u8>>,
}

impl Envelope {
    /// The one encoding.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Writer::with_capacity(320);
        out.array(12).uint(VERSION).bytes(self.event.as_bytes());
        out.array(2)
            .uint(u64::from(self.stream.office.0))
            .uint(self.stream.lane as u64);
        out.uint(self.seq)
            .bytes(&self.prev.0)
            .uint(u64::from(self.kind.code()));
        out.bytes_or_null(self.entry.as_ref().map(|entry| entry.as_bytes().as_slice()));
        out.bytes_or_null(self.basis.as_ref().map(|basis| basis.0.as_slice()));
        out.array(self.targets.len());
        for target in &self.targets {
            out.array(2).bytes(target.entry.as_bytes()).bytes(&target.basis.0);
        }
        out.uint(self.signed_at);
        out.array(2)
            .bytes(&self.commitment.blake3)
            .bytes(&self.commitment.sha256);
        out.array(self.endorsements.len());
        for endorsement in &self.endorsements {
            out.bytes(endorsement);
        }
        out.finish()
    }

    /// Reads the one encoding.
    ///
    /// # Errors
    /// [`Malformed`] for any other bytes: a newer version, another order, another length, a kind this program
    /// does not know, bytes that follow.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut read = Cursor::new(bytes);
        read.array(12, "envelope")?;
        if read.uint("envelope version")? != VERSION {
            return Err(Malformed::Shape("envelope version"));
        }
        let event = EventId::from_bytes(read.fixed("event id")?);
        if !event.is_v7() {
            return Err(Malformed::Shape("event id"));
        }
        read.array(2, "stream")?;
        let office = u32::try_from(read.uint("office")?).map_err(|_| Malformed::Shape("office"))?;
        let lane = Lane::of(read.uint("lane")?).ok_or(Malformed::Shape("lane"))?;
        let seq = read.uint("seq")?;
        if seq >= SEQ_END {
            return Err(Malformed::Shape("seq"));
        }
        let prev = EventHash(read.fixed("prev")?);
        let kind = Kind::of(read.uint("kind")?).ok_or(Malformed::Shape("kind"))?;
        let entry = read.fixed_or_null("entry")?.map(EntryId::from_bytes);
        if entry.is_some_and(|entry| !entry.is_v7()) {
            return Err(Malformed::Shape("entry"));
        }
        let basis = read.fixed_or_null("basis")?.map(EventHash);
        let mut targets = Vec::new();
        for _ in 0..read.list(TARGETS_MAX, "targets")? {
            read.array(2, "target")?;
            let entry = EntryId::from_bytes(read.fixed("target entry")?);
            if !entry.is_v7() {
                return Err(Malformed::Shape("target entry"));
            }
            targets.push(Target {
                entry,
                basis: EventHash(read.fixed("target basis")?),
            });
        }
        let signed_at = read.uint("signed_at")?;
        if day_in_vietnam(signed_at).is_none() {
            return Err(Malformed::Shape("signed_at"));
        }
        read.array(2, "commitment")?;
        let commitment = Commitment {
            blake3: read.fixed("commitment")?,
            sha256: read.fixed("commitment")?,
        };
        let mut endorsements = Vec::new();
        for _ in 0..read.list(ENDORSEMENTS_MAX, "endorsements")? {
            endorsements.push(read.bytes("endorsement")?.to_vec());
        }
        read.end()?;
        if entry.is_none() && (basis.is_some() || !targets.is_empty()) {
            return Err(Malformed::Shape("basis without entry"));
        }
        let stream = StreamId {
            office: OfficeId(office),
            lane,
        };
        Ok(Self {
            event,
            stream,
            seq,
            prev,
            kind,
            entry,
            basis,
            targets,
            signed_at,
            commitment,
            endorsements,
        })
    }
}
