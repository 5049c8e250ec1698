//! A ledger that grows, its lock store, its witnesses, and a network between them that can be cut.
#![allow(dead_code, reason = "each test file uses its part")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use async_trait::async_trait;
use axum::Router;
use axum::body::{Body as HttpBody, to_bytes};
use axum::http::Request;
use civil::act::{Act, Body};
use civil::cose::{SecretKey, event_hash, sign};
use civil::envelope::{Commitment, Envelope};
use civil::id::{EventHash, EventId, StreamId};
use civil::kind::Kind;
use civil::value::Text;
use civil::wire::Form;
use ledger::{Clock, Location, Options};
use registry::publisher::{Finding, Means, Publisher, Turn};
use registry::{Founding, Registry, SeededChance};
use serde_json::json;
use tempfile::TempDir;
use tlog::{KeyKind, Policy, SignerKey};
use tower::ServiceExt as _;
use witness::{Answer, Memory, Transport, TransportError, Witness, router};

/// The log.
pub const ORIGIN: &str = "log.example/civil-status";

/// A clock that a test turns as it likes.
#[derive(Debug)]
pub struct Turned(pub AtomicI64);

impl Clock for Turned {
    fn now_ms(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

pub fn log_key() -> SignerKey {
    SignerKey::new(ORIGIN, KeyKind::Ed25519, &[1; 32]).unwrap()
}

pub fn witness_key(number: u8) -> SignerKey {
    SignerKey::new(
        &format!("witness{number}.example"),
        KeyKind::Cosignature,
        &[100 + number; 32],
    )
    .unwrap()
}

/// A ledger with the administration's chain, from which it grows.
pub struct Ledger {
    pub registry: Arc<Registry>,
    pub clock: Arc<Turned>,
    key: SecretKey,
    founding: EventHash,
    pub file: PathBuf,
    /// Where the keys of its bodies lie, and those of its backups.
    keys: PathBuf,
}

impl Ledger {
    /// Founds one in a folder.
    pub async fn found(folder: &Path) -> Self {
        let clock = Arc::new(Turned(AtomicI64::new(1_790_000_000_000)));
        let key = SecretKey::ed25519(&[7; 32]);
        let founding = Founding {
            origin: Text::from_input(ORIGIN).unwrap(),
            log_key: Text::from_input(&log_key().verifier().to_string()).unwrap(),
            administrator: &key,
        };
        let chance = Arc::new(SeededChance::new(7));
        let registry = Registry::found(
            Location::folder(folder),
            founding,
            Arc::clone(&clock) as _,
            chance,
            Options::default(),
        );
        let registry = Arc::new(registry.await.unwrap());
        let founding = registry.with_directory(|known| known.founding()).unwrap();
        Self {
            registry,
            clock,
            key,
            founding,
            file: folder.join("ledger.db"),
            keys: folder.join(ledger::KEYS_FILE_NAME),
        }
    }

    /// Opens the one that lies in a folder.
    pub async fn open(&self, folder: &Path) -> Self {
        let chance = Arc::new(SeededChance::new(8));
        let registry = Registry::open(
            Location::folder(folder),
            Arc::clone(&self.clock) as _,
            chance,
            Options {
                body_keys: Some(Location::File(self.keys.clone())),
                ..Options::default()
            },
        );
        Self {
            registry: Arc::new(registry.await.unwrap()),
            clock: Arc::clone(&self.clock),
            key: SecretKey::ed25519(&[7; 32]),
            founding: self.founding,
            file: folder.join("ledger.db"),
            keys: self.keys.clone(),
        }
    }

    /// Records so many events of the administration. `word` makes them other ones.
    pub async fn grow(&self, events: u64, word: &str) {
        for _ in 0..events {
            let head = self.registry.ledger().stored_head().await.unwrap();
            let last = self
                .registry
                .ledger()
                .stored(head.size - 1)
                .await
                .unwrap()
                .unwrap();
            let act = json!({ "office": head.size, "name": format!("UBND {word} {}", head.size), "level": "commune", "opened_on": "2020-01-01" });
            let mut form = Form::new();
            let act = Act::from_json(Kind::OfficeOpened, &act, &mut form);
            let body = Body {
                act: form.finish(act).unwrap(),
                acknowledgements: Vec::new(),
            };
            let salt = *blake3::hash(format!("{word} {}", head.size).as_bytes()).as_bytes();
            let sealed = body.seal(salt);
            let envelope = Envelope {
                event: EventId::at(1_790_000_000_000 + head.size, salt[..10].try_into().unwrap()),
                stream: StreamId::ADMINISTRATION,
                seq: head.size,
                prev: event_hash(&last.signed),
                kind: Kind::OfficeOpened,
                entry: None,
                basis: None,
                targets: Vec::new(),
                signed_at: 1_790_000_000,
                commitment: Commitment::to(&sealed),
                endorsements: Vec::new(),
            };
            let signed = sign(&envelope.encode(), &self.key);
            self.registry.record(signed.into(), sealed.into()).await.unwrap();
        }
    }

    pub fn size(&self) -> u64 {
        self.registry.head().size
    }
}

/// The network, and the witnesses on it.
pub struct Network {
    routers: Vec<Router>,
    pub memories: Vec<Memory>,
    /// Which witnesses cannot be reached, one bit each.
    pub cut: AtomicU64,
    /// Which witnesses answer this to whatever they are asked.
    pub lies: Mutex<Vec<Option<Answer>>>,
    pub posts: AtomicU64,
}

#[async_trait]
impl Transport for Network {
    async fn post(&self, url: &str, body: String) -> Result<Answer, TransportError> {
        self.posts.fetch_add(1, Ordering::SeqCst);
        self.ask("POST", url, body).await
    }

    async fn get(&self, url: &str) -> Result<Answer, TransportError> {
        self.ask("GET", url, String::new()).await
    }
}

impl Network {
    async fn ask(&self, method: &str, url: &str, body: String) -> Result<Answer, TransportError> {
        let (number, path) = url.split_once('/').unwrap();
        let place: usize = number.parse::<usize>().unwrap() - 1;
        if self.cut.load(Ordering::SeqCst) & (1 << place) != 0 {
            return Err(TransportError("no route".to_owned()));
        }
        if let (Some(lie), "POST") = (self.lies.lock().unwrap()[place].clone(), method) {
            return Ok(lie);
        }
        let request = Request::builder()
            .method(method)
            .uri(format!("/{path}"))
            .body(HttpBody::from(body))
            .unwrap();
        let answer = self.routers[place].clone().oneshot(request).await.unwrap();
        let status = answer.status().as_u16();
        let body = to_bytes(answer.into_body(), usize::MAX).await.unwrap().to_vec();
        Ok(Answer { status, body })
    }
}

/// All of it.
pub struct Town {
    pub folder: TempDir,
    pub ledger: Ledger,
    pub network: Arc<Network>,
    pub policy: Policy,
}

impl Town {
    /// A ledger of five events with three witnesses, of whom two are enough.
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let ledger = Ledger::found(&folder.path().join("ledger")).await;
        ledger.grow(4, "xã").await;
        let (mut routers, mut memories, mut policy) =
            (Vec::new(), Vec::new(), format!("log {}\n", log_key().verifier()));
        for number in 1..=3 {
            let memory = Memory::file(&folder.path().join(format!("witness{number}.db")))
                .await
                .unwrap();
            let logs = vec![log_key().verifier().clone()];
            let witness = Witness::new(
                vec![witness_key(number)],
                logs,
                memory.clone(),
                Arc::new(|| 1_790_000_000),
            );
            routers.push(router(Arc::new(witness)));
            memories.push(memory);
            policy += &format!("witness w{number} {} {number}\n", witness_key(number).verifier());
        }
        policy += "group two 2 w1 w2 w3\nquorum two\n";
        let network = Network {
            routers,
            memories,
            cut: AtomicU64::new(0),
            lies: Mutex::new(vec![None; 3]),
            posts: AtomicU64::new(0),
        };
        Self {
            folder,
            ledger,
            network: Arc::new(network),
            policy: Policy::parse(policy.as_bytes()).unwrap(),
        }
    }

    /// The lock store.
    pub async fn lock(&self) -> Memory {
        Memory::file(&self.folder.path().join("lock.db")).await.unwrap()
    }

    /// A publisher for this ledger.
    pub async fn publisher(&self) -> Publisher {
        self.publisher_of(&self.ledger, self.lock().await)
    }

    /// A publisher for a ledger with a lock store of the test's choice.
    pub fn publisher_of(&self, ledger: &Ledger, memory: Memory) -> Publisher {
        self.try_publisher(ledger, memory, vec![log_key()], Some(self.policy.clone()))
            .unwrap()
    }

    /// A publisher with whatever means.
    pub fn try_publisher(
        &self,
        ledger: &Ledger,
        memory: Memory,
        keys: Vec<SignerKey>,
        policy: Option<Policy>,
    ) -> Result<Publisher, registry::RegistryError> {
        let transport = Arc::clone(&self.network) as _;
        Publisher::new(
            Arc::clone(&ledger.registry),
            Means {
                keys,
                memory,
                policy,
                transport,
            },
        )
    }

    /// A copy of the ledger as it is now, in a folder of its own.
    pub async fn backup(&self, name: &str) -> PathBuf {
        let folder = self.folder.path().join(name);
        fs::create_dir_all(&folder).unwrap();
        for suffix in ["", "-wal"] {
            let from = PathBuf::from(format!("{}{suffix}", self.ledger.file.display()));
            if from.exists() {
                fs::copy(&from, folder.join(format!("ledger.db{suffix}"))).unwrap();
            }
        }
        folder
    }

    /// What the lock store remembers.
    pub async fn locked(&self) -> Option<witness::Seen> {
        self.lock().await.last(ORIGIN).await.unwrap()
    }

    /// Asserts that what is published last is what was signed then, and not signed anew.
    pub async fn latest_is_as_it_was_signed(&self, note: &str) {
        let latest = self.ledger.registry.latest_checkpoint().await.unwrap();
        assert!(latest.note.starts_with(note.trim_end()), "signed anew");
    }

    /// What is published.
    pub async fn published(&self) -> u64 {
        let latest = self.ledger.registry.ledger().latest_checkpoint().await.unwrap();
        latest.map_or(0, |latest| latest.size)
    }
}

/// The size that a turn published.
#[track_caller]
pub fn published(turn: Turn) -> u64 {
    match turn {
        Turn::Published { head, .. } => head.size,
        other => panic!("nothing was published: {other:?}"),
    }
}

/// What closed a publisher.
#[track_caller]
pub fn closed(turn: Turn) -> Vec<Finding> {
    match turn {
        Turn::Closed(findings) => findings,
        other => panic!("it is not closed: {other:?}"),
    }
}
