//! An office's own machine: it composes events, signs them with a key that only it holds, and keeps its chain.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use civil::act::{Acknowledgement, Act, Body};
use civil::cose::{SecretKey, event_hash, sign};
use civil::envelope::{Commitment, Envelope, Target};
use civil::id::{EntryId, EventHash, EventId, Lane, OfficeId, StreamId};
use civil::kind::{BookType, Kind};
use civil::wire::Form;
use serde_json::{Value, json};

use crate::Dice;

/// The day and hour on which offices sign, seconds since 1970-01-01T00:00:00Z: 2026-01-20, ten in the morning in Vietnam.
pub const SIGNED_AT: u64 = 1_768_878_000;

/// An officer with their key and all that is needed to sign without asking anybody.
#[derive(Debug)]
pub struct Officer {
    /// The office that they sign for.
    pub office: u32,
    /// Their key.
    pub key: SecretKey,
    /// What stands in their envelopes as the time of signing.
    pub signed_at: u64,
    seq: u64,
    prev: EventHash,
    numbers: BTreeMap<(BookType, u64), u64>,
    heads: BTreeMap<EntryId, EventHash>,
    dice: Dice,
}

/// An event that is composed but not signed.
#[derive(Debug, Clone)]
pub struct Composed {
    /// The envelope.
    pub envelope: Envelope,
    /// The sealed body that it commits to.
    pub sealed_body: Vec<u8>,
}

/// A signed event with its body.
#[derive(Debug, Clone)]
pub struct Signed {
    /// Its id.
    pub event: EventId,
    /// The entry that it opens or continues.
    pub entry: Option<EntryId>,
    /// COSE_Sign1.
    pub signed: Vec<u8>,
    /// Salt and body.
    pub sealed_body: Vec<u8>,
}

impl Officer {
    /// Of an office whose chain is empty; `founding` is the hash of the ledger's founding event.
    pub fn new(office: u32, founding: EventHash) -> Self {
        let mut dice = Dice::new(format!("officer of {office}"));
        Self {
            office,
            key: SecretKey::ed25519(&dice.bytes()),
            signed_at: SIGNED_AT,
            seq: 0,
            prev: founding,
            numbers: BTreeMap::new(),
            heads: BTreeMap::new(),
            dice,
        }
    }

    /// The administrator, whose chain goes on as a draft says.
    pub fn administrator(key: SecretKey, draft: &Envelope) -> Self {
        Self {
            key,
            signed_at: draft.signed_at,
            seq: draft.seq,
            ..Self::new(0, draft.prev)
        }
    }

    /// The id of the key.
    pub fn key_id(&self) -> String {
        self.key.public().id().to_string()
    }

    /// Composes the next event of the chain; the number of its book is the next one where the act leaves it out.
    #[track_caller]
    pub fn compose(&mut self, kind: &str, act: &Value) -> Composed {
        self.compose_acknowledging(kind, act, &[])
    }

    /// The same with warnings acknowledged, each with a reason.
    #[track_caller]
    pub fn compose_acknowledging(&mut self, kind: &str, act: &Value, seen: &[(&str, &str)]) -> Composed {
        let kind = Kind::named(kind).expect("a kind of act");
        let act = self.numbered(kind, act);
        let mut form = Form::new();
        let read = Act::from_json(kind, &act, &mut form);
        let act = form.finish(read).expect("an act that can be read");
        let acknowledgements = seen.iter().map(|(warning, reason)| Acknowledgement {
            warning: (*warning).to_owned(),
            reason: (*reason).to_owned(),
        });
        let body = Body {
            act,
            acknowledgements: acknowledgements.collect(),
        };
        let sealed_body = body.seal(self.dice.bytes());
        let envelope = Envelope {
            event: EventId::at(self.signed_at * 1_000, self.dice.bytes()),
            stream: StreamId {
                office: OfficeId(self.office),
                lane: Lane::Acts,
            },
            seq: self.seq,
            prev: self.prev,
            kind,
            entry: kind
                .opens_entry()
                .then(|| EntryId::at(self.signed_at * 1_000, self.dice.bytes())),
            basis: None,
            targets: self.targets(&body.act),
            signed_at: self.signed_at,
            commitment: Commitment::to(&sealed_body),
            endorsements: Vec::new(),
        };
        Composed {
            envelope,
            sealed_body,
        }
    }

    /// Signs what was composed, whatever it is.
    pub fn sign(&self, composed: Composed) -> Signed {
        let Composed {
            envelope,
            sealed_body,
        } = composed;
        Signed {
            event: envelope.event,
            entry: envelope.entry,
            signed: sign(&envelope.encode(), &self.key),
            sealed_body,
        }
    }

    /// Composes and signs the next event and goes on from it, as an office does that works offline.
    #[track_caller]
    pub fn file(&mut self, kind: &str, act: &Value) -> Signed {
        let composed = self.compose(kind, act);
        self.file_composed(composed)
    }

    /// Signs what was composed and goes on from it.
    pub fn file_composed(&mut self, composed: Composed) -> Signed {
        let (kind, targets) = (composed.envelope.kind, composed.envelope.targets.clone());
        let signed = self.sign(composed);
        self.seq += 1;
        self.prev = signed.hash();
        let touched = targets.iter().map(|target| target.entry).chain(signed.entry);
        for entry in touched {
            self.heads.insert(entry, signed.hash());
        }
        if let Some(book) = kind.book() {
            *self.numbers.entry((book, YEAR)).or_insert(0) += 1;
        }
        signed
    }

    fn numbered(&self, kind: Kind, act: &Value) -> Value {
        let mut act = act.clone();
        if let Some(book) = kind.book() {
            let taken = self.numbers.get(&(book, YEAR)).copied().unwrap_or(0);
            let reference = act["book"].as_object().cloned().unwrap_or_default();
            let mut filled = json!({ "number": taken + 1, "year": YEAR });
            filled.as_object_mut().expect("made above").extend(reference);
            act["book"] = filled;
        }
        act
    }

    fn targets(&self, act: &Act) -> Vec<Target> {
        let reached = act.reaches().into_iter();
        let known = |entry| self.heads.get(&entry).copied().unwrap_or(EventHash([0; 32]));
        reached
            .map(|reached| Target {
                entry: reached.entry,
                basis: known(reached.entry),
            })
            .collect()
    }
}

/// The year of every act that tests file, in which its number runs.
const YEAR: u64 = 2026;

impl Signed {
    /// As `POST /v1/events` wants it.
    pub fn request(&self) -> Value {
        request(&self.signed, &self.sealed_body)
    }

    /// Its hash.
    pub fn hash(&self) -> EventHash {
        event_hash(&self.signed)
    }
}

/// Any bytes as `POST /v1/events` wants them.
pub fn request(signed: &[u8], sealed_body: &[u8]) -> Value {
    json!({ "signed": STANDARD.encode(signed), "sealed_body": STANDARD.encode(sealed_body) })
}
