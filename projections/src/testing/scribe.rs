//! The hand that writes: seals, signs and chains acts.

use std::collections::HashMap;

use civil::act::Acknowledgement;
use civil::act::BookReference;
use civil::act::{Act, Body, KeyGranted, LedgerFounded, Role};
use civil::cose::{SecretKey, event_hash, event_twin, sign};
use civil::decide::WarningCode;
use civil::entry::RegisterEntry;
use civil::envelope::{Commitment, Envelope, Target};
use civil::event::CivilEvent;
use civil::id::{EntryId, EventHash, EventId, Lane, OfficeId, StreamId};
use civil::kind::BookType;
use civil::value::{Date, Text};
use civil::wire::Octets;
use ledger::{Candidate, Touch};

use super::Chance;

/// An event as it is sent and as it will be read back.
#[derive(Debug, Clone)]
pub struct Written {
    /// The signed event.
    pub signed: Vec<u8>,
    /// Salt and body.
    pub sealed: Vec<u8>,
    /// At the position that it will have.
    pub event: CivilEvent,
    /// Length of the administration's stream before it.
    pub authority: u64,
}

/// Writes events in the order of the log, and remembers what the next one must name.
#[derive(Debug)]
pub struct Scribe {
    chance: Chance,
    now_s: u64,
    position: u64,
    founding: EventHash,
    streams: HashMap<StreamId, (u64, EventHash)>,
    authority: u64,
    numbers: HashMap<(OfficeId, BookType, u16), u32>,
    seen: Vec<Acknowledgement>,
    /// Every entry, as its events leave it.
    pub entries: HashMap<EntryId, RegisterEntry>,
}

const ZEROS: EventHash = EventHash([0; 32]);

impl Scribe {
    /// On that morning.
    pub fn new(seed: u64, today: Date) -> Self {
        let epoch = Date::new(1970, 1, 1).unwrap();
        Self {
            chance: Chance::new(seed),
            now_s: u64::try_from(epoch.days_between(today)).unwrap() * 86_400 + 2 * 3_600,
            position: 0,
            founding: ZEROS,
            streams: HashMap::new(),
            authority: 0,
            numbers: HashMap::new(),
            seen: Vec::new(),
            entries: HashMap::new(),
        }
    }

    /// The day on which it writes.
    pub fn today(&self) -> Date {
        civil::event::day_in_vietnam(self.now_s).unwrap()
    }

    /// Lets time pass.
    pub fn wait(&mut self, seconds: u64) {
        self.now_s += seconds;
    }

    /// How many events it wrote.
    pub fn position(&self) -> u64 {
        self.position
    }

    /// The key that signs in a stream: an officer's, the desk's, or the administration's.
    pub fn key(stream: StreamId) -> SecretKey {
        let mut seed = [7; 32];
        seed[..8].copy_from_slice(&stream.number().to_be_bytes());
        SecretKey::ed25519(&seed)
    }

    /// The founding event.
    pub fn found(&mut self) -> Written {
        let written = self.write(
            StreamId::ADMINISTRATION,
            None,
            Act::LedgerFounded(Box::new(LedgerFounded {
                origin: Text::parse("test.hotich.example").unwrap(),
                key: Octets(Self::key(StreamId::ADMINISTRATION).public().to_cose_key()),
                founded_on: self.today(),
                log_key: Text::parse("test.hotich.example+00000000+AQ==").unwrap(),
            })),
        );
        self.founding = written.event.hash;
        written
    }

    /// Grants the keys of an office: for acts, for what it takes over from paper, for its desk.
    pub fn grant(&mut self, office: OfficeId) -> Vec<Written> {
        let roles = [
            (Lane::Acts, Role::Officer),
            (Lane::Digitised, Role::Officer),
            (Lane::Desk, Role::Desk),
        ];
        let grants = roles.map(|(lane, role)| {
            KeyGranted::least(
                office,
                Octets(Self::key(StreamId { office, lane }).public().to_cose_key()),
                role,
                self.today(),
            )
        });
        grants
            .into_iter()
            .map(|grant| self.write(StreamId::ADMINISTRATION, None, Act::KeyGranted(Box::new(grant))))
            .collect()
    }

    /// The next number of an office's run, taken.
    pub fn number(&mut self, office: OfficeId, book: BookType) -> BookReference {
        let year = self.today().year();
        let last = self.numbers.entry((office, book, year)).or_default();
        *last += 1;
        BookReference::numbered(*last, year)
    }

    /// The stream of an office's acts.
    pub fn acts_of(office: OfficeId) -> StreamId {
        StreamId {
            office,
            lane: Lane::Acts,
        }
    }

    /// Acknowledges a warning in the next event.
    pub fn acknowledge(&mut self, warning: WarningCode) {
        self.seen.push(Acknowledgement {
            warning: warning.name().to_owned(),
            reason: "Đã kiểm tra.".to_owned(),
        });
    }

    /// Opens an entry.
    pub fn register(&mut self, stream: StreamId, act: Act) -> Written {
        let entry = EntryId::at(self.now_s * 1_000, self.chance.bytes());
        self.write(stream, Some(entry), act)
    }

    /// Writes an event: one that opens `entry`, goes on from it, or is the administration's own.
    pub fn write(&mut self, stream: StreamId, entry: Option<EntryId>, act: Act) -> Written {
        let kind = act.kind();
        let (seq, prev) = self.streams.get(&stream).copied().unwrap_or((0, self.founding));
        let reached = act.reaches().into_iter().map(|reached| reached.entry);
        let head = |entry: &EntryId| self.entries[entry].head;
        let own = entry.filter(|_| kind.continues_entry());
        let targets = reached.filter(|entry| Some(*entry) != own).map(|entry| Target {
            entry,
            basis: head(&entry),
        });
        let targets: Vec<Target> = targets.collect();
        let body = Body {
            act,
            acknowledgements: std::mem::take(&mut self.seen),
        };
        let sealed = body.seal(self.chance.bytes());
        let envelope = Envelope {
            event: EventId::at(self.now_s * 1_000, self.chance.bytes()),
            stream,
            seq,
            prev,
            kind,
            entry,
            basis: own.map(|entry| head(&entry)),
            targets,
            signed_at: self.now_s,
            commitment: Commitment::to(&sealed),
            endorsements: Vec::new(),
        };
        let signed = sign(&envelope.encode(), &Self::key(stream));
        let event = CivilEvent::read(self.position, self.recorded_at_ms(), &signed, &sealed).unwrap();
        let written = Written {
            signed,
            sealed,
            event,
            authority: self.authority,
        };
        self.remember(&written);
        written
    }

    /// What a ledger whose clock is the scribe's would say.
    fn recorded_at_ms(&self) -> i64 {
        i64::try_from(self.now_s).unwrap() * 1_000
    }

    fn remember(&mut self, written: &Written) {
        let event = &written.event;
        let envelope = &event.envelope;
        self.position += 1;
        self.authority += u64::from(envelope.stream == StreamId::ADMINISTRATION);
        self.streams
            .insert(envelope.stream, (envelope.seq + 1, event.hash));
        for target in &envelope.targets {
            self.entries.get_mut(&target.entry).unwrap().apply(event).unwrap();
        }
        if let Some(entry) = envelope.entry {
            match self.entries.get_mut(&entry) {
                Some(entry) => entry.apply(event).unwrap(),
                None => drop(self.entries.insert(entry, RegisterEntry::open(event).unwrap())),
            }
        }
    }
}

impl Written {
    /// As it is sent to a ledger: decoded before it has a place.
    pub fn candidate(&self) -> Candidate<CivilEvent> {
        let envelope = &self.event.envelope;
        let advances = envelope.kind.advances_entry();
        let own = envelope.entry.map(|entry| Touch {
            entry: *entry.as_bytes(),
            basis: envelope.basis.map(|basis| basis.0),
            advances,
        });
        let others = envelope.targets.iter().map(|target| Touch {
            entry: *target.entry.as_bytes(),
            basis: Some(target.basis.0),
            advances,
        });
        Candidate {
            event_id: *envelope.event.as_bytes(),
            stream: envelope.stream.number(),
            seq: envelope.seq,
            prev: envelope.prev.0,
            kind: envelope.kind.code(),
            touches: own.into_iter().chain(others).collect(),
            signed: self.signed.clone().into(),
            erases: Vec::new(),
            sealed_body: self.sealed.clone().into(),
            hash: event_hash(&self.signed).0,
            twin: event_twin(&self.signed),
            authority: self.authority,
            event: Box::new(CivilEvent {
                position: u64::MAX,
                recorded_at_ms: 0,
                ..self.event.clone()
            }),
        }
    }

    /// As a projector gets it.
    pub fn recorded(&self) -> ledger::Recorded<CivilEvent> {
        let candidate = self.candidate();
        ledger::Recorded {
            position: self.event.position,
            recorded_at_ms: self.event.recorded_at_ms,
            hash: candidate.hash,
            event_id: candidate.event_id,
            stream: candidate.stream,
            seq: candidate.seq,
            kind: candidate.kind,
            sealed_body: candidate.sealed_body,
            event: candidate.event,
        }
    }
}
