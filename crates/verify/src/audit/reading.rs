//! What one record says by itself: everything that needs no key and no other event. Done on all cores.

use std::sync::Arc;

use civil::act::{Act, Body, Role};
use civil::cbor::{BODY_SIZE_MAX, Cursor, Malformed};
use civil::cose::{self, Endorsement, PublicKey, SignedEvent};
use civil::envelope::Envelope;
use civil::event::day_in_vietnam;
use civil::id::{EventHash, KeyId};
use civil::kind::{Group, Kind};
use civil::value::Date;
use tlog::{Hash, leaf_hash};

use super::Depth;
use crate::finding::{Finding, FindingKind};
use crate::record::Record;

/// What a record says by itself.
#[derive(Debug)]
pub(crate) struct Facts {
    /// BLAKE3 of the signed bytes.
    pub(crate) hash: [u8; 32],
    /// SHA-256 of the signed bytes.
    pub(crate) twin: [u8; 32],
    /// Of the 65-byte leaf entry, in the tree.
    pub(crate) leaf: Hash,
    /// The event, when the bytes are one.
    pub(crate) event: Option<Event>,
    /// Whether there was a body to hold against the envelope.
    pub(crate) body_checked: bool,
    /// What is wrong already.
    pub(crate) findings: Vec<Finding>,
}

/// An event whose bytes are of the format.
#[derive(Debug)]
pub(crate) struct Event {
    pub(crate) key: KeyId,
    pub(crate) signed_on: Date,
    pub(crate) envelope: Envelope,
    /// The keys that the endorsements name, in their order; none for one that is malformed or out of order.
    pub(crate) endorsers: Vec<Option<KeyId>>,
    /// Decoded where the audit needs it, and only when it opens the commitment.
    pub(crate) body: Option<Box<Body>>,
    /// The key that the body grants, when it grants one that the format takes. Read here, on all cores, and nowhere again.
    pub(crate) granted: Option<Granted>,
}

/// A key that an act of the administration grants.
#[derive(Debug, Clone)]
pub(crate) struct Granted {
    pub(crate) id: KeyId,
    pub(crate) key: Arc<PublicKey>,
    /// Whether it may sign for the administration: the events that follow in the same window may be signed with it.
    pub(crate) administers: bool,
}

impl Facts {
    /// Reads a record.
    pub(crate) fn of(record: &Record, depth: Depth) -> Self {
        let hash = cose::event_hash(&record.signed).0;
        let twin = cose::event_twin(&record.signed);
        let mut facts = Self {
            hash,
            twin,
            leaf: leaf_hash(&cose::leaf_entry(&EventHash(hash), &twin)),
            event: None,
            body_checked: false,
            findings: Vec::new(),
        };
        match event(&record.signed) {
            Ok(event) => facts.event = Some(event),
            Err(why) => facts.find(record, FindingKind::SignedMalformed, why),
        }
        facts.read_body(record, depth);
        facts
    }

    fn find(&mut self, record: &Record, kind: FindingKind, why: impl ToString) {
        self.findings.push(Finding::at(record.position, kind).with(why));
    }

    fn read_body(&mut self, record: &Record, depth: Depth) {
        let (Some(event), Some(sealed)) = (&mut self.event, &record.sealed) else {
            return;
        };
        self.body_checked = true;
        let envelope = &event.envelope;
        let by_ledger = matches!(envelope.kind.group(), Group::Administration | Group::Keeping);
        let decoded = depth == Depth::Records || by_ledger;
        let wrong = if sealed.len() > BODY_SIZE_MAX {
            Some((FindingKind::BodyMalformed, Malformed::TooLarge.to_string()))
        } else if !envelope.commitment.opens(sealed) {
            Some((FindingKind::CommitmentDiffers, String::new()))
        } else {
            match kind_of_body(sealed) {
                Err(why) => Some((FindingKind::BodyMalformed, why.to_string())),
                Ok(code) if code != u64::from(envelope.kind.code()) => {
                    Some((FindingKind::BodyKindDiffers, of_kinds(envelope.kind, code)))
                }
                Ok(_) if decoded => match Body::unseal(sealed) {
                    Err(why) => Some((FindingKind::BodyMalformed, why.to_string())),
                    Ok(body) => {
                        event.granted = granted(&body.act);
                        event.body = Some(Box::new(body));
                        None
                    }
                },
                Ok(_) => None,
            }
        };
        if let Some((kind, why)) = wrong {
            self.find(record, kind, why);
        }
    }
}

fn of_kinds(envelope: Kind, body: u64) -> String {
    format!("{} in the envelope, {body} in the body", envelope.code())
}

fn event(signed: &[u8]) -> Result<Event, Malformed> {
    let parts = SignedEvent::parse(signed)?;
    let envelope = Envelope::decode(parts.envelope)?;
    let signed_on = day_in_vietnam(envelope.signed_at).ok_or(Malformed::Shape("signed_at"))?;
    Ok(Event {
        key: parts.key,
        signed_on,
        endorsers: endorsers(&envelope, parts.key),
        envelope,
        body: None,
        granted: None,
    })
}

/// The key that an act grants.
fn granted(act: &Act) -> Option<Granted> {
    let (key, administers) = match act {
        Act::LedgerFounded(act) => (&act.key.0, true),
        Act::KeyGranted(act) => (&act.key.0, act.role == Role::Administrator),
        _ => return None,
    };
    let public = PublicKey::from_cose_key(key).ok()?;
    Some(Granted {
        id: public.id(),
        key: Arc::new(public),
        administers,
    })
}

/// The keys that the endorsements name: each a person of its own, in ascending order, none the signer. None in the place of
/// one that is malformed or out of order.
fn endorsers(envelope: &Envelope, signer: KeyId) -> Vec<Option<KeyId>> {
    let mut last = None;
    let named = envelope.endorsements.iter().map(|bytes| {
        let key = Endorsement::parse(bytes).ok()?.key;
        let fits = key != signer && last < Some(key);
        last = Some(key);
        fits.then_some(key)
    });
    named.collect()
}

/// The kind that the body's first items name: `[1, kind, act, acknowledgements]` behind the salt.
///
/// The commitment has been opened by then: these are the very bytes that were signed. What follows the kind was
/// judged when the event was appended, and is judged again by [`Depth::Records`].
fn kind_of_body(sealed: &[u8]) -> Result<u64, Malformed> {
    let (_, body) = sealed
        .split_at_checked(civil::act::SALT_SIZE)
        .ok_or(Malformed::Truncated)?;
    let mut read = Cursor::new(body);
    read.array(4, "body")?;
    if read.uint("body version")? != 1 {
        return Err(Malformed::Shape("body version"));
    }
    read.uint("kind")
}
