//! A small ledger in memory: puts acts into envelopes, signs them, and keeps what a vector shows of each.

use std::collections::{BTreeMap, HashMap};

use civil::act::{Acknowledgement, Act, Body};
use civil::content::Content;
use civil::cose::{Algorithm, SecretKey, endorse, event_hash, event_twin, leaf_entry, sign};
use civil::decide::{Situation, decide_signed, second_person};
use civil::directory::Directory;
use civil::entry::RegisterEntry;
use civil::envelope::{Commitment, Envelope, Target};
use civil::event::CivilEvent;
use civil::id::{EntryId, EventHash, EventId, StreamId};
use civil::kind::Kind;
use civil::paper::{Issue, PaperContent};
use civil::value::Date;
use civil::wire::Form;
use serde::Serialize;
use serde_json::{Value as Json, json};
use sha2::{Digest as _, Sha256};

/// What one vector shows. All bytes in hexadecimal.
#[derive(Debug, Clone, Serialize)]
pub struct Case {
    pub name: String,
    pub kind: &'static str,
    pub act: Json,
    pub body: String,
    pub salt: String,
    pub commitment_blake3: String,
    pub commitment_sha256: String,
    pub envelope: String,
    pub signed: String,
    pub alg: i64,
    pub public_key: String,
    pub private_key: String,
    pub kid: String,
    pub hash: String,
    pub twin: String,
    pub leaf_entry: String,
    pub leaf_hash: String,
}

#[derive(Serialize)]
struct File {
    made_by: &'static str,
    /// Whether the cases are one ledger from its founding on.
    chained: bool,
    /// The public keys of second persons.
    endorsers: Vec<String>,
    cases: Vec<Case>,
    root: String,
}

/// A key whose 32 secret bytes are known to everybody.
#[derive(Debug, Clone, Copy)]
pub struct TestKey {
    pub algorithm: Algorithm,
    pub seed: u8,
}

impl TestKey {
    pub const fn ed25519(seed: u8) -> Self {
        Self {
            algorithm: Algorithm::Ed25519,
            seed,
        }
    }

    pub const fn es256(seed: u8) -> Self {
        Self {
            algorithm: Algorithm::Es256,
            seed,
        }
    }

    pub fn secret(self) -> SecretKey {
        match self.algorithm {
            Algorithm::Ed25519 => SecretKey::ed25519(&[self.seed; 32]),
            Algorithm::Es256 => SecretKey::p256(&[self.seed; 32]).unwrap(),
        }
    }

    /// The COSE_Key in hexadecimal, as a body grants it.
    pub fn cose_key(self) -> String {
        hex::encode(self.secret().public().to_cose_key())
    }

    pub fn id(self) -> String {
        self.secret().public().id().to_string()
    }

    /// As other programs take it: 32 bytes, or an uncompressed point.
    pub fn public(self) -> Vec<u8> {
        let key = self.secret().public().to_cose_key();
        match self.algorithm {
            Algorithm::Ed25519 => key[8..].to_vec(),
            Algorithm::Es256 => [&[4], &key[8..40], &key[43..]].concat(),
        }
    }
}

/// An act about to be recorded.
pub struct Filing<'a> {
    pub name: &'a str,
    pub stream: &'a str,
    pub signer: TestKey,
    pub kind: Kind,
    pub act: Json,
    /// The name of the case that opened the entry which this act continues.
    pub entry: Option<&'a str>,
    pub acknowledgements: &'a [(&'a str, &'a str)],
    pub endorsers: &'a [TestKey],
}

/// The ledger so far.
pub struct Chain {
    today: Date,
    pub cases: Vec<Case>,
    pub events: Vec<CivilEvent>,
    pub directory: Directory,
    pub entries: BTreeMap<EntryId, RegisterEntry>,
    ids: HashMap<String, EntryId>,
    heads: HashMap<StreamId, (u64, EventHash)>,
}

impl Chain {
    /// Before its founding.
    pub fn new() -> Self {
        Self {
            today: Date::new(1970, 1, 1).unwrap(),
            cases: Vec::new(),
            events: Vec::new(),
            directory: Directory::new(),
            entries: BTreeMap::new(),
            ids: HashMap::new(),
            heads: HashMap::new(),
        }
    }

    /// The entry that a case opened.
    pub fn entry(&self, name: &str) -> &RegisterEntry {
        &self.entries[&self.ids[name]]
    }

    /// The id of the event of a case.
    pub fn event(&self, name: &str) -> EventId {
        let index = self.cases.iter().position(|case| case.name == name).unwrap();
        self.events[index].envelope.event
    }

    /// Records an act that the rules allow; anything else is a mistake in the story.
    pub fn record(&mut self, filing: Filing<'_>) {
        let continued = filing.entry.map(|name| self.entry(name).clone());
        let mut act = filing.act;
        if let (Kind::ExtractIssued, Some(entry)) = (filing.kind, &continued) {
            act["content_hash"] = json!(hex::encode(self.content_hash(entry, &act)));
        }
        let mut form = Form::new();
        let act = Act::from_json(filing.kind, &act, &mut form);
        let act = form.finish(act).unwrap();
        let acknowledgements = filing
            .acknowledgements
            .iter()
            .map(|(warning, reason)| Acknowledgement {
                warning: (*warning).to_owned(),
                reason: (*reason).to_owned(),
            })
            .collect();
        let body = Body {
            act,
            acknowledgements,
        };
        let number = u8::try_from(self.cases.len() + 1).unwrap();
        let stream: StreamId = filing.stream.parse().unwrap();
        let (seq, prev) = self
            .heads
            .get(&stream)
            .copied()
            .unwrap_or((0, self.root_of_chains()));
        // 09:00 in Vietnam on the day of the act; what old books say is signed when they are taken over.
        let day = body.act.counted_on(self.today).max(self.today);
        self.today = day;
        let signed_at =
            u64::try_from(Date::new(1970, 1, 1).unwrap().days_between(day)).unwrap() * 86_400 + 7_200;
        let sealed = body.seal([number; 32]);
        let commitment = Commitment::to(&sealed);
        let opened = EntryId::at(signed_at * 1_000, [0xe0, 0, 0, 0, 0, 0, 0, 0, 0, number]);
        let mut endorsers: Vec<SecretKey> = filing.endorsers.iter().map(|key| key.secret()).collect();
        endorsers.sort_by_key(|key| key.public().id());
        let own = continued.as_ref().map(|entry| entry.id);
        let reached = body.act.reaches().into_iter().map(|reached| reached.entry);
        let envelope = Envelope {
            event: EventId::at(signed_at * 1_000, [0, 0, 0, 0, 0, 0, 0, 0, 0, number]),
            stream,
            seq,
            prev,
            kind: filing.kind,
            entry: filing.kind.has_entry().then(|| own.unwrap_or(opened)),
            basis: continued.as_ref().map(|entry| entry.head),
            targets: reached
                .filter(|entry| Some(*entry) != own)
                .map(|entry| Target {
                    entry,
                    basis: self.entries[&entry].head,
                })
                .collect(),
            signed_at,
            commitment,
            endorsements: endorsers.iter().map(|key| endorse(&commitment, key)).collect(),
        };
        self.judge(&envelope, &body, continued.as_ref());
        self.append(filing.name, &envelope, &body, &sealed, filing.signer);
        if let Some(event) = self.events.last().cloned() {
            self.fold(filing.name, &event);
        }
    }

    /// The hash of what a paper of the entry says, by the rule that the act names.
    fn content_hash(&self, entry: &RegisterEntry, act: &Json) -> [u8; 32] {
        let mut act = act.clone();
        act["content_hash"] = json!("00".repeat(32));
        let mut form = Form::new();
        let act = Act::from_json(Kind::ExtractIssued, &act, &mut form);
        let Ok(Act::ExtractIssued(act)) = form.finish(act) else {
            panic!("not the act of a paper")
        };
        match Issue::by(&act) {
            Some(issue) => PaperContent::of(entry, &self.directory, &issue).unwrap().hash(),
            None => Content::of(entry, &self.directory).hash(),
        }
    }

    /// How many streams there are, and the root of the tree over their heads.
    pub fn stream_heads(&self) -> (usize, [u8; 32]) {
        let mut heads: Vec<_> = self.heads.iter().collect();
        heads.sort_by_key(|(stream, _)| stream.number());
        let leaves: Vec<[u8; 32]> = heads
            .iter()
            .map(|(stream, (next, hash))| {
                let leaf = civil::heads::leaf(stream.number(), next - 1, *hash);
                Sha256::new()
                    .chain_update([0])
                    .chain_update(leaf)
                    .finalize()
                    .into()
            })
            .collect();
        (leaves.len(), tree_head(&leaves))
    }

    fn root_of_chains(&self) -> EventHash {
        self.directory.founding().unwrap_or(EventHash([0; 32]))
    }

    fn judge(&self, envelope: &Envelope, body: &Body, entry: Option<&RegisterEntry>) {
        let targets = envelope.targets.iter().map(|target| target.entry);
        let targets = targets.map(|id| (id, self.entries[&id].clone())).collect();
        let situation = Situation {
            entry,
            targets: &targets,
            ..Situation::bare(&self.directory, envelope.stream, body.act.counted_on(self.today))
        };
        decide_signed(&situation, body)
            .unwrap_or_else(|refusals| panic!("{:?}: {refusals:?}", body.act.kind()));
    }

    /// Appends what is put together already.
    pub fn append(&mut self, name: &str, envelope: &Envelope, body: &Body, sealed: &[u8], signer: TestKey) {
        let key = signer.secret();
        let bytes = envelope.encode();
        let signed = sign(&bytes, &key);
        let event = CivilEvent::read(self.cases.len() as u64, 0, &signed, sealed).unwrap();
        if self.directory.founding().is_some() {
            let grant = self
                .directory
                .authorise(event.key, envelope.stream, envelope.kind, event.signed_on);
            assert!(grant.is_ok(), "{name}: {:?}", grant.err());
            let draft = civil::decide::Draft::default();
            second_person(&self.directory, &event, &draft).unwrap();
        }
        let (hash, twin) = (event_hash(&signed), event_twin(&signed));
        let leaf = leaf_entry(&hash, &twin);
        let leaf_hash = Sha256::new().chain_update([0]).chain_update(leaf).finalize();
        self.cases.push(Case {
            name: name.to_owned(),
            kind: envelope.kind.name(),
            act: sorted(&body.act.to_json()),
            body: hex::encode(body.encode()),
            salt: hex::encode(&sealed[..32]),
            commitment_blake3: hex::encode(envelope.commitment.blake3),
            commitment_sha256: hex::encode(envelope.commitment.sha256),
            envelope: hex::encode(&bytes),
            signed: hex::encode(&signed),
            alg: signer.algorithm.cose(),
            public_key: hex::encode(signer.public()),
            private_key: hex::encode([signer.seed; 32]),
            kid: key.public().id().to_string(),
            hash: hash.to_string(),
            twin: hex::encode(twin),
            leaf_entry: hex::encode(leaf),
            leaf_hash: hex::encode(leaf_hash),
        });
        self.heads.insert(envelope.stream, (envelope.seq + 1, hash));
        self.events.push(event);
    }

    fn fold(&mut self, name: &str, event: &CivilEvent) {
        if event.envelope.stream == StreamId::ADMINISTRATION {
            self.directory
                .apply(event.envelope.event, event.hash, &event.body.act);
            return;
        }
        for target in &event.envelope.targets {
            self.entries.get_mut(&target.entry).unwrap().apply(event).unwrap();
        }
        let Some(id) = event.envelope.entry else { return };
        if event.envelope.kind.opens_entry() {
            self.entries.insert(id, RegisterEntry::open(event).unwrap());
            self.ids.insert(name.to_owned(), id);
        } else {
            self.entries.get_mut(&id).unwrap().apply(event).unwrap();
        }
    }

    /// The file: the cases and the head of the tree over all their leaves.
    pub fn to_json(&self, endorsers: &[TestKey]) -> String {
        let leaves: Vec<[u8; 32]> = self
            .cases
            .iter()
            .map(|case| hex::decode(&case.leaf_hash).unwrap().try_into().unwrap())
            .collect();
        let file = File {
            made_by: "cargo run -p civil --example vectors -- schemas/vectors",
            chained: self.directory.founding().is_some(),
            endorsers: endorsers.iter().map(|key| hex::encode(key.public())).collect(),
            cases: self.cases.clone(),
            root: hex::encode(tree_head(&leaves)),
        };
        serde_json::to_string_pretty(&file).unwrap() + "\n"
    }
}

/// RFC 6962 §2.1, by its definition.
fn tree_head(leaves: &[[u8; 32]]) -> [u8; 32] {
    if let [leaf] = leaves {
        return *leaf;
    }
    let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
    let node = Sha256::new().chain_update([1]).chain_update(tree_head(left));
    node.chain_update(tree_head(right)).finalize().into()
}

/// The same JSON with its members by name, however serde_json was built.
fn sorted(json: &Json) -> Json {
    match json {
        Json::Object(members) => {
            let mut names: Vec<&String> = members.keys().collect();
            names.sort();
            let members = names
                .into_iter()
                .map(|name| (name.clone(), sorted(&members[name])));
            Json::Object(members.collect())
        }
        Json::Array(items) => Json::Array(items.iter().map(sorted).collect()),
        other => other.clone(),
    }
}
