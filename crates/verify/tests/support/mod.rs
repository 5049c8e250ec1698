//! A small ledger made by rule: the same arguments, the same bytes. Lawful unless a test asks for something else.

#![allow(dead_code, reason = "each test and benchmark uses its part")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops where it stands"
)]

pub mod judging;

use std::collections::{BTreeMap, HashMap};

use bytes::Bytes;
use civil::act::{
    Acknowledgement, Act, Body, KeyGranted, KeyRevoked, LedgerFounded, OfficeLevel, OfficeOpened, Role,
    StreamHeads,
};
use civil::content::Content;
use civil::cose::{self, SecretKey};
use civil::decide::{Situation, decide, in_order};
use civil::directory::Directory;
use civil::entry::RegisterEntry;
use civil::envelope::{Commitment, Envelope, Target};
use civil::event::CivilEvent;
use civil::id::{Digest, EntryId, EventHash, EventId, KeyId, Lane, OfficeId, StreamId};
use civil::kind::Kind;
use civil::value::{Date, Text};
use civil::wire::{Form, Octets};
use serde_json::{Value as Json, json};
use tlog::{Checkpoint, Edge, KeyKind, Note, SignerKey, leaf_hash};
use verify::{Claimed, Expected, Record};

pub const ORIGIN: &str = "hotich.example/log";
/// 2026-03-02, 08:00 in Vietnam.
const START_SECONDS: u64 = 1_772_413_200;
pub const DAY: &str = "2026-03-02";

/// What a test may change in an envelope before it is signed.
pub type Twist<'a> = &'a dyn Fn(&mut Envelope);

/// A ledger in memory.
pub struct World {
    pub records: Vec<Record>,
    pub directory: Directory,
    pub log: SignerKey,
    pub administration: SecretKey,
    heads: HashMap<StreamId, (u64, EventHash)>,
    entries: HashMap<EntryId, (Kind, EventHash)>,
    numbers: HashMap<(OfficeId, &'static str), u32>,
    ids: u64,
    /// How much later than at first it is by now, seconds.
    pub later: u64,
    keep_events: bool,
    events: Vec<CivilEvent>,
}

/// The key of an office's officer.
pub fn officer(office: u32) -> SecretKey {
    let mut seed = [1; 32];
    seed[..4].copy_from_slice(&office.to_le_bytes());
    SecretKey::ed25519(&seed)
}

/// The key of an office's head.
pub fn head(office: u32) -> SecretKey {
    let mut seed = [2; 32];
    seed[..4].copy_from_slice(&office.to_le_bytes());
    SecretKey::p256(&seed).unwrap()
}

/// The key with which the ledger says how far its streams have come.
pub fn keeper() -> SecretKey {
    SecretKey::ed25519(&[4; 32])
}

pub fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn stream(office: u32) -> StreamId {
    StreamId {
        office: OfficeId(office),
        lane: Lane::Acts,
    }
}

pub fn act(kind: Kind, json: &Json) -> Act {
    let mut form = Form::new();
    let act = Act::from_json(kind, json, &mut form);
    form.finish(act).unwrap_or_else(|errors| panic!("{errors:?}"))
}

impl World {
    /// A founded ledger with offices 1 to `offices`, an officer's Ed25519 key for each.
    pub fn new(offices: u32) -> Self {
        Self::of_origin(ORIGIN, offices)
    }

    pub fn of_origin(origin: &str, offices: u32) -> Self {
        let log = SignerKey::new(origin, KeyKind::Ed25519, &[9; 32]).unwrap();
        let mut world = Self {
            records: Vec::new(),
            directory: Directory::new(),
            administration: SecretKey::ed25519(&[3; 32]),
            heads: HashMap::new(),
            entries: HashMap::new(),
            numbers: HashMap::new(),
            ids: 0,
            later: 0,
            keep_events: offices < 100,
            events: Vec::new(),
            log,
        };
        world.administer(Act::LedgerFounded(Box::new(LedgerFounded {
            origin: Text::parse(origin).unwrap(),
            key: Octets(world.administration.public().to_cose_key()),
            founded_on: day("2026-01-01"),
            log_key: Text::parse(&world.log.verifier().to_string()).unwrap(),
        })));
        for office in 1..=offices {
            world.open(office);
            world.grant(office, &officer(office), Role::Officer);
        }
        world
    }

    pub fn open(&mut self, office: u32) -> u64 {
        self.administer(Act::OfficeOpened(Box::new(OfficeOpened::least(
            OfficeId(office),
            Text::parse(&format!("UBND xã số {office}")).unwrap(),
            OfficeLevel::Commune,
            day("2026-01-01"),
        ))))
    }

    pub fn grant(&mut self, office: u32, key: &SecretKey, role: Role) -> u64 {
        self.administer(Act::KeyGranted(Box::new(KeyGranted::least(
            OfficeId(office),
            Octets(key.public().to_cose_key()),
            role,
            day("2026-01-01"),
        ))))
    }

    pub fn revoke(&mut self, key: KeyId) -> u64 {
        self.administer(Act::KeyRevoked(Box::new(KeyRevoked {
            key,
            on: day(DAY),
            reason: Text::parse("mất thẻ").unwrap(),
        })))
    }

    pub fn administer(&mut self, act: Act) -> u64 {
        let key = SecretKey::ed25519(&[3; 32]);
        self.file(&key, StreamId::ADMINISTRATION, act, None, &[], &|_| ())
    }

    /// Grants the keeper's key.
    pub fn appoint_keeper(&mut self) -> u64 {
        self.grant(0, &keeper(), Role::Keeper)
    }

    /// Lists how far every stream has come; the twist may say it otherwise.
    pub fn list(&mut self, twist: impl Fn(&mut StreamHeads)) -> u64 {
        let mut heads: Vec<_> = self.heads.iter().collect();
        heads.sort_by_key(|(stream, _)| stream.number());
        let mut tree = Edge::new();
        for (stream, (next, hash)) in &heads {
            let leaf = civil::heads::leaf(stream.number(), next - 1, *hash);
            tree.push(leaf_hash(&leaf)).unwrap();
        }
        let root = Digest(*tree.root().as_bytes());
        let (size, streams) = (self.records.len() as u64, heads.len() as u64);
        let mut act = StreamHeads::least(day(DAY), size, streams, root);
        twist(&mut act);
        let lists = StreamId {
            office: OfficeId::ADMINISTRATION,
            lane: Lane::Desk,
        };
        let act = Act::StreamHeads(Box::new(act));
        self.file(&keeper(), lists, act, None, &[], &|_| ())
    }

    /// A grant that somebody else than the administration signs, in the administration's stream.
    pub fn grant_with(&mut self, office: u32, key: &SecretKey, signer: &SecretKey) -> u64 {
        let act = Act::KeyGranted(Box::new(KeyGranted::least(
            OfficeId(office),
            Octets(key.public().to_cose_key()),
            Role::Head,
            day("2026-01-01"),
        )));
        self.file(signer, StreamId::ADMINISTRATION, act, None, &[], &|_| ())
    }

    /// The latest event that changed an entry.
    pub fn head_of(&self, entry: EntryId) -> EventHash {
        self.entries[&entry].1
    }

    /// The name of the child of a birth as it stands.
    pub fn child_name(&self, entry: EntryId) -> String {
        match self.fold(entry).unwrap().current {
            Act::Birth(act) => act.child.name.value.unwrap().full().to_owned(),
            _ => String::new(),
        }
    }

    /// The number that the next act in a book of an office will bear.
    pub fn next_number_is(&mut self, office: u32, book: &'static str, number: u32) {
        self.numbers.insert((OfficeId(office), book), number - 1);
    }

    /// A birth whose mother was twelve: lawful, and a second person must endorse it.
    pub fn birth_of_young_mother(&mut self, office: u32, twist: Twist<'_>) -> u64 {
        let Act::Birth(mut act) = self.birth_act(office) else {
            panic!()
        };
        let born = civil::value::PartialDate::parse("2014-01-01").unwrap();
        act.mother.as_mut().unwrap().born_on = Some(born.into());
        let entry = self.entry_id();
        self.file(
            &officer(office),
            stream(office),
            Act::Birth(act),
            Some(entry),
            &[],
            twist,
        )
    }

    /// A birth; answers its position.
    pub fn birth_at(&mut self, office: u32) -> u64 {
        self.birth(office);
        self.records.len() as u64 - 1
    }

    pub fn number(&mut self, office: u32, book: &'static str) -> u32 {
        let next = self.numbers.entry((OfficeId(office), book)).or_insert(0);
        *next += 1;
        *next
    }

    fn entry_id(&mut self) -> EntryId {
        EntryId::from_bytes(*self.event_id().as_bytes())
    }

    fn event_id(&mut self) -> EventId {
        self.ids += 1;
        let mut chance = [0; 10];
        chance[2..].copy_from_slice(&self.ids.to_be_bytes());
        EventId::at(START_SECONDS * 1000 + self.ids, chance)
    }

    pub fn birth_act(&mut self, office: u32) -> Act {
        let number = self.number(office, "births");
        let place = json!({"text": "Trạm y tế xã Tân Lập, huyện Đan Phượng, Hà Nội"});
        act(
            Kind::Birth,
            &json!({
                "book": {"number": number, "year": 2026},
                "registered_on": DAY,
                "received_on": DAY,
                "entry": "on_time",
                "child": {"name": format!("Nguyễn Thị Số {number}"), "sex": "female", "born_on": "2026-02-20",
                    "birth_place": place, "home_place": place, "ethnicity": "01", "nationality": "VN"},
                "mother": {"name": "Trần Thị Mẹ", "born_on": "1995-05-01", "ethnicity": "01", "nationality": "VN", "residence": place},
                "father": {"name": "Nguyễn Văn Cha", "born_on": "1993", "ethnicity": "01", "nationality": "VN", "residence": place},
                "signer": {"name": "Lê Văn Ký", "title": "Chủ tịch"},
            }),
        )
    }

    /// A birth at an office.
    pub fn birth(&mut self, office: u32) -> EntryId {
        self.birth_with(office, &officer(office), &|_| ())
    }

    pub fn birth_with(&mut self, office: u32, key: &SecretKey, twist: Twist<'_>) -> EntryId {
        let act = self.birth_act(office);
        let entry = self.entry_id();
        self.file(key, stream(office), act, Some(entry), &[], twist);
        entry
    }

    /// A correction of the child's name, filed at an office for an entry that may lie elsewhere.
    pub fn correct(&mut self, office: u32, entry: EntryId, from: &str, to: &str) -> u64 {
        self.correct_with(office, entry, from, to, &|_| ())
    }

    pub fn correct_with(
        &mut self,
        office: u32,
        entry: EntryId,
        from: &str,
        to: &str,
        twist: Twist<'_>,
    ) -> u64 {
        let number = self.number(office, "changes");
        let act = act(
            Kind::Correction,
            &json!({
                "book": {"number": number, "year": 2026},
                "registered_on": DAY,
                "received_on": DAY,
                "amended": [{"entry": entry.to_string(), "kind": "birth",
                    "changes": [{"field": "/child/name", "from": from, "to": to}]}],
                "reason": "ghi nhầm chữ đệm",
                "signer": {"name": "Lê Văn Ký", "title": "Chủ tịch"},
            }),
        );
        let own = self.entry_id();
        self.file(&officer(office), stream(office), act, Some(own), &[entry], twist)
    }

    /// A copy of an entry, issued at an office.
    pub fn copy(&mut self, office: u32, entry: EntryId) -> u64 {
        let number = self.number(office, "copies");
        let folded = self.fold(entry).unwrap();
        let hash = Content::of(&folded, &self.directory).hash();
        let act = act(
            Kind::ExtractIssued,
            &json!({
                "book": {"number": number, "year": 2026},
                "issued_on": DAY,
                "standing": "person",
                "content_hash": hex::encode(hash),
                "signer": {"name": "Lê Văn Ký", "title": "Chủ tịch"},
            }),
        );
        let desk = StreamId {
            office: OfficeId(office),
            lane: Lane::Desk,
        };
        self.file(&officer(office), desk, act, Some(entry), &[], &|_| ())
    }

    /// The paper book catches up with a correction.
    pub fn note(&mut self, office: u32, entry: EntryId) -> u64 {
        let noted = self.fold(entry).unwrap().notes.last().unwrap().event;
        let act = act(
            Kind::MarginalNoteEntered,
            &json!({"noted": noted.to_string(), "entered_on": DAY, "signer": {"name": "Lê Văn Ký", "title": "Chủ tịch"}}),
        );
        self.file(&officer(office), stream(office), act, Some(entry), &[], &|_| ())
    }

    /// An entry as its events leave it.
    pub fn fold(&self, id: EntryId) -> Option<RegisterEntry> {
        let touches = |event: &&CivilEvent| {
            let envelope = &event.envelope;
            envelope.entry == Some(id) || envelope.targets.iter().any(|target| target.entry == id)
        };
        RegisterEntry::fold(self.events.iter().filter(touches)).ok()?
    }

    /// Signs an act as the next event of its stream and records it.
    pub fn file(
        &mut self,
        key: &SecretKey,
        stream: StreamId,
        act: Act,
        entry: Option<EntryId>,
        targets: &[EntryId],
        twist: Twist<'_>,
    ) -> u64 {
        let body = self.acknowledged(stream, act, entry, targets);
        let event = self.event_id();
        let mut salt = [0; 32];
        salt[..16].copy_from_slice(event.as_bytes());
        let sealed = body.seal(salt);
        let founding = self.directory.founding().unwrap_or(EventHash([0; 32]));
        let (seq, prev) = self.heads.get(&stream).copied().unwrap_or((0, founding));
        let opens = body.act.kind().opens_entry();
        let mut envelope = Envelope {
            event,
            stream,
            seq,
            prev,
            kind: body.act.kind(),
            entry,
            basis: entry.filter(|_| !opens).map(|entry| self.entries[&entry].1),
            targets: targets
                .iter()
                .map(|entry| Target {
                    entry: *entry,
                    basis: self.entries[entry].1,
                })
                .collect(),
            signed_at: START_SECONDS + self.later + self.records.len() as u64,
            commitment: Commitment::to(&sealed),
            endorsements: Vec::new(),
        };
        twist(&mut envelope);
        let signed = cose::sign(&envelope.encode(), key);
        self.record(signed, sealed)
    }

    /// Records what was signed, as a ledger that checks nothing would.
    pub fn record(&mut self, signed: Vec<u8>, sealed: Vec<u8>) -> u64 {
        let position = self.records.len() as u64;
        let recorded_at_ms = i64::try_from((START_SECONDS + self.later + position) * 1000).unwrap();
        // Not `CivilEvent::read`: it would refuse what some tests want to be found.
        let parts = cose::SignedEvent::parse(&signed).unwrap();
        let envelope = Envelope::decode(parts.envelope).unwrap();
        let event = CivilEvent {
            position,
            recorded_at_ms,
            hash: cose::event_hash(&signed),
            key: parts.key,
            signed_on: civil::event::day_in_vietnam(envelope.signed_at).unwrap(),
            envelope,
            body: Body::unseal(&sealed).unwrap(),
        };
        let envelope = &event.envelope;
        self.heads.insert(envelope.stream, (envelope.seq + 1, event.hash));
        if envelope.kind.advances_entry() {
            let targets = envelope.targets.iter().map(|target| target.entry);
            for entry in envelope.entry.into_iter().chain(targets) {
                let kind = self.entries.get(&entry).map_or(envelope.kind, |(kind, _)| *kind);
                self.entries.insert(entry, (kind, event.hash));
            }
        }
        if envelope.stream == StreamId::ADMINISTRATION {
            self.directory
                .apply(event.envelope.event, event.hash, &event.body.act);
        }
        self.records.push(Record {
            position,
            recorded_at_ms,
            claimed: Some(Claimed {
                event_id: *envelope.event.as_bytes(),
                stream: envelope.stream.number(),
                seq: envelope.seq,
                kind: envelope.kind.code(),
                hash: event.hash.0,
                twin: cose::event_twin(&signed),
            }),
            signed: Bytes::from(signed),
            sealed: Some(Bytes::from(sealed)),
        });
        if self.keep_events {
            self.events.push(event);
        }
        position
    }

    fn acknowledged(&self, stream: StreamId, act: Act, entry: Option<EntryId>, targets: &[EntryId]) -> Body {
        let own = entry
            .filter(|_| !act.kind().opens_entry())
            .and_then(|entry| self.fold(entry));
        let targets: BTreeMap<EntryId, RegisterEntry> = targets
            .iter()
            .filter_map(|id| Some((*id, self.fold(*id)?)))
            .collect();
        let today = civil::event::day_in_vietnam(START_SECONDS + self.later).unwrap();
        let situation = Situation {
            entry: own.as_ref(),
            targets: &targets,
            ..Situation::bare(&self.directory, stream, today)
        };
        let warnings = decide(&situation, &act)
            .map(|draft| draft.warnings)
            .unwrap_or_default();
        let seen = warnings.iter().map(|warning| Acknowledgement {
            warning: warning.code.name().to_owned(),
            reason: "đã kiểm tra".to_owned(),
        });
        Body {
            acknowledgements: in_order(seen.collect()),
            act,
        }
    }

    /// The checkpoint of what was recorded.
    pub fn checkpoint(&self) -> Note {
        self.checkpoint_body().sign(&self.log).unwrap()
    }

    pub fn checkpoint_body(&self) -> Checkpoint {
        let mut edge = Edge::new();
        for record in &self.records {
            let leaf = cose::leaf_entry(
                &cose::event_hash(&record.signed),
                &cose::event_twin(&record.signed),
            );
            edge.push(leaf_hash(&leaf)).unwrap();
        }
        Checkpoint::new(self.log.name().as_str(), edge.size(), edge.root()).unwrap()
    }

    pub fn expected(&self) -> Expected {
        Expected::from(&self.checkpoint_body())
    }
}

/// A ledger with a little of everything: three offices, births, corrections, copies, notes.
pub fn story() -> World {
    let mut world = World::new(3);
    let first = world.birth(1);
    world.birth(2);
    world.copy(3, first);
    world.correct(2, first, "Nguyễn Thị Số 1", "Nguyễn Thị Sáu");
    world.copy(3, first);
    world.note(1, first);
    world.copy(1, first);
    for office in [1, 2, 3, 1, 2, 3] {
        world.birth(office);
    }
    world
}
