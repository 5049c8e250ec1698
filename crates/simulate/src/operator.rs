//! [`Operator`]: the key of the log, its lock store, its policy and its witnesses; and what was ever signed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use registry::publisher::{Means, Publisher, Turn};
use tlog::{KeyKind, Policy, SignerKey};
use witness::Memory;

use crate::bystander::Bystander;
use crate::chance::Chance;
use crate::gate::{Gate, Gated};
use crate::network::Network;
use crate::projector::Seen;
use crate::story::Broken;

/// The log's name.
pub const ORIGIN: &str = "log.example/simulated";
/// How many witnesses there are, of whom two are enough.
const WITNESSES: u8 = 3;

/// Who signs for the log. The lock store lies beside the ledger, and no backup of the ledger brings it back.
pub struct Operator {
    key: SignerKey,
    pub policy: Policy,
    pub network: Arc<Network>,
    place: PathBuf,
    lock: Option<Memory>,
    locks: u32,
    /// Every tree that was signed for: the root by the size.
    pub signed: BTreeMap<u64, [u8; 32]>,
    /// How many events the last checkpoint covers that was published.
    pub published: u64,
}

/// A publisher, and where it can be stopped.
pub struct Signing {
    pub publisher: Publisher,
    pub gate: Gate,
}

impl Operator {
    /// With witnesses or without. One of them may lie.
    pub fn new(place: &Path, seed: u64, witnessed: bool) -> Result<Self, Broken> {
        let mut chance = Chance::new(seed ^ 0x117e55);
        let key = key(ORIGIN, KeyKind::Ed25519, 1)?;
        let mut policy = format!("log {}\n", key.verifier());
        let mut bystanders = Vec::new();
        for number in 0..if witnessed { WITNESSES } else { 0 } {
            let witness = key_of_witness(number)?;
            policy += &format!("witness w{number} {} {number}\n", witness.verifier());
            let place = place.join(format!("witness-{number}"));
            bystanders.push(Bystander::new(witness, key.verifier().clone(), place));
        }
        policy += match witnessed {
            true => "group two 2 w0 w1 w2\nquorum two\n",
            false => "quorum none\n",
        };
        let liar = chance.below(2 * u64::from(WITNESSES)) as usize;
        Ok(Self {
            key,
            policy: Policy::parse(policy.as_bytes()).map_err(Broken::says)?,
            network: Arc::new(Network::new(bystanders, Some(liar), seed)),
            place: place.to_owned(),
            lock: None,
            locks: 0,
            signed: BTreeMap::new(),
            published: 0,
        })
    }

    /// A publisher for a ledger, as a server begins one.
    pub async fn publisher(&mut self, ledger: &ledger::Ledger<Seen>) -> Result<Signing, Broken> {
        let gate = Gate::new();
        let means = Means {
            keys: vec![self.key.clone()],
            memory: self.lock().await?,
            policy: Some(self.policy.clone()),
            transport: Arc::clone(&self.network) as _,
        };
        let log = Gated {
            ledger: ledger.clone(),
            gate: gate.clone(),
            pulse: self.network.pulse.clone(),
        };
        let key = self.key.verifier().to_string();
        let publisher = Publisher::of_log(Arc::new(log), &key, ORIGIN.to_owned(), means);
        Ok(Signing {
            publisher: publisher.map_err(Broken::says)?,
            gate,
        })
    }

    /// The lock store is lost, and another one is begun.
    pub fn forget(&mut self) {
        self.lock = None;
        self.locks += 1;
    }

    /// How many events were signed for, as the lock store remembers.
    pub async fn covers(&mut self) -> Result<u64, Broken> {
        let last = self.lock().await?.last(ORIGIN).await.map_err(Broken::says)?;
        Ok(last.map_or(0, |last| last.size))
    }

    /// Notes everything that was signed since: what the lock store remembers, and what any witness was shown. Nothing may be of two histories, and
    /// neither the lock store nor a witness may have gone back.
    pub async fn learn(&mut self) -> Result<(), Broken> {
        let last = self.lock().await?.last(ORIGIN).await.map_err(Broken::says)?;
        let covered = self.signed.keys().next_back().copied().unwrap_or(0);
        let remembers = last.as_ref().map_or(0, |last| last.size);
        let mut seen = self.network.shown()?;
        seen.extend(last.map(|last| (last.size, last.root.0)));
        Broken::unless(remembers >= covered, || {
            format!("the lock store remembers {remembers}, but {covered} were signed for")
        })?;
        for (size, root) in seen {
            Broken::unless(size <= remembers, || {
                format!("a witness was shown {size}, and {remembers} are remembered")
            })?;
            let first = *self.signed.entry(size).or_insert(root);
            Broken::unless(first == root, || format!("two trees of {size} were signed for"))?;
        }
        Ok(())
    }

    async fn lock(&mut self) -> Result<Memory, Broken> {
        if let Some(lock) = &self.lock {
            return Ok(lock.clone());
        }
        let file = self.place.join(format!("lock-{}.db", self.locks));
        let lock = Memory::file(&file).await.map_err(Broken::says)?;
        Ok(self.lock.insert(lock).clone())
    }
}

fn key_of_witness(number: u8) -> Result<SignerKey, Broken> {
    key(
        &format!("witness{number}.example"),
        KeyKind::Cosignature,
        100 + number,
    )
}

fn key(name: &str, kind: KeyKind, byte: u8) -> Result<SignerKey, Broken> {
    SignerKey::new(name, kind, &[byte; 32]).map_err(Broken::says)
}

/// A turn in a word.
pub fn word(turn: &Turn) -> String {
    match turn {
        Turn::Settled => "nothing to sign".to_owned(),
        Turn::Late => "late".to_owned(),
        Turn::Published { head, .. } => format!("published {}", head.size),
        Turn::Waiting { size, .. } => format!("{size} wait for witnesses"),
        Turn::Closed(findings) => {
            let codes: Vec<_> = findings.iter().map(|finding| finding.kind.code()).collect();
            format!("closed: {}", codes.join(" "))
        }
    }
}
