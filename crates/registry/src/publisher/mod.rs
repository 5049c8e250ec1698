//! [`Publisher`]: the log's word about itself. Check, remember, sign, have it witnessed, publish.
//!
//! # One turn
//!
//! 1. What was signed last is read from the lock store ([`Memory`]), never from the ledger: a ledger can be restored from a backup, and
//!    then it would forget what it signed.
//! 2. Everything since is read again and computed anew ([`ledger::Archive::recheck`]): it continues what was signed, and its bytes lead
//!    to its root. *Crash here: nothing has happened.*
//! 3. The checkpoint is signed and written to the lock store, which moves only from the value that was read. Of two publishers one is
//!    told that it was too late, and its signature is seen by nobody. *Crash here: the next turn finds a checkpoint that is remembered
//!    and not published, and goes on with that one. It is never signed anew.*
//! 4. The witnesses are asked for their cosignatures. Without the quorum of the policy the turn ends: the checkpoint before stays the
//!    last one that anybody is shown, the next turn asks again, and events are recorded all the while. *Crash here: as before.*
//! 5. With the quorum it is published, for ever.
//!
//! Before the first turn, and whenever somebody has seen what should not be, ledger, lock store and witnesses are compared
//! ([`Finding`]). If they do not agree nothing is signed any more until a person has looked: `hotich doctor` tells what to do.
//!
//! Time plays no part: a clock that jumps changes nothing.

mod examine;
mod finding;
mod log;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use ledger::{FaultKind, SignedHead};
use tlog::{Checkpoint, Hash, KeyKind, Note, Policy, SignerKey};
use witness::{Collected, Memory, MemoryError, Prover, RemoteWitness, Seen, Transport, Trouble, collect};

use crate::Registry;
use crate::error::RegistryError;
use crate::proofs::fault;

pub use examine::Examination;
pub use finding::{Finding, FindingKind};
pub use log::Log;

/// How long witnesses have to answer before a turn ends without them.
const PATIENCE: Duration = Duration::from_secs(5);

/// What a publisher works with.
pub struct Means {
    /// The log's Ed25519 key, and behind it a second one (ML-DSA-44) where there is one.
    pub keys: Vec<SignerKey>,
    /// The lock store: what was signed last. It belongs on another disk than the ledger, and is never restored.
    pub memory: Memory,
    /// Which witnesses are asked and how many are enough; without one nobody is asked.
    pub policy: Option<Policy>,
    /// How witnesses are reached.
    pub transport: Arc<dyn Transport>,
}

/// Signs for a log and publishes what it signed. There may be several, on several machines, with one lock store.
pub struct Publisher {
    log: Arc<dyn Log>,
    keys: Vec<SignerKey>,
    origin: String,
    memory: Memory,
    policy: Arc<Policy>,
    witnesses: Vec<Arc<RemoteWitness>>,
    transport: Arc<dyn Transport>,
    prover: Arc<dyn Prover>,
    /// None before the first examination.
    findings: Option<Vec<Finding>>,
    /// Up to where the log was read again and found to continue what was published.
    rechecked: u64,
}

/// How a turn ended.
#[derive(Debug, Clone)]
pub enum Turn {
    /// Everything recorded is under a published checkpoint.
    Settled,
    /// Another publisher was faster; the next turn goes on from what it signed.
    Late,
    /// A checkpoint was published.
    Published {
        /// The checkpoint.
        head: SignedHead,
        /// The witnesses that did not cosign it, by their names in the policy.
        troubles: Vec<(String, Trouble)>,
    },
    /// Signed, and not published: too few witnesses have cosigned.
    Waiting {
        /// Size of the tree that waits.
        size: u64,
        /// The witnesses that did not cosign, by their names in the policy.
        troubles: Vec<(String, Trouble)>,
    },
    /// Nothing is signed: what is stored, remembered and witnessed does not agree.
    Closed(Vec<Finding>),
}

impl Publisher {
    /// For a ledger.
    ///
    /// # Errors
    /// [`RegistryError::Fault`] when the first key is not the one that the ledger was founded with, a further one is not its second
    /// key, or the policy does not name the log.
    pub fn new(registry: Arc<Registry>, means: Means) -> Result<Self, RegistryError> {
        let (founded_with, origin) =
            registry.with_directory(|known| (known.log_key().to_owned(), known.origin().to_owned()));
        Self::of_log(registry, &founded_with, origin, means)
    }

    /// For a log of which it is known by which key it was founded, as a verifier key, and under which name.
    ///
    /// # Errors
    /// As [`Publisher::new`].
    pub fn of_log(
        log: Arc<dyn Log>,
        founded_with: &str,
        origin: String,
        means: Means,
    ) -> Result<Self, RegistryError> {
        let mut keys = means.keys.iter().map(SignerKey::verifier);
        let first = keys.next().is_some_and(|key| key.to_string() == founded_with);
        if !first || !keys.all(|key| key.kind() == KeyKind::MlDsa44 && key.name().as_str() == origin) {
            return Err(request("this is not the key of this log").into());
        }
        let own: Vec<_> = means.keys.iter().map(|key| key.verifier().clone()).collect();
        let policy = means.policy.unwrap_or_else(|| Policy::of_log(own.clone()));
        if !own.first().is_some_and(|key| policy.logs().contains(key)) {
            return Err(request("the policy does not name the key of this log").into());
        }
        let prover = Arc::new(Proofs(Arc::clone(&log)));
        Ok(Self {
            log,
            keys: means.keys,
            origin,
            memory: means.memory,
            witnesses: policy
                .witnesses()
                .iter()
                .filter_map(RemoteWitness::of)
                .map(Arc::new)
                .collect(),
            policy: Arc::new(policy),
            transport: means.transport,
            prover,
            findings: None,
            rechecked: 0,
        })
    }

    /// One turn: signs and publishes if there is something to publish.
    ///
    /// # Errors
    /// [`RegistryError::Fault`] of either store, or when what is stored is damaged. Nothing was published then.
    #[tracing::instrument(name = "registry.publish", skip_all, err(level = "debug"))]
    pub async fn turn(&mut self) -> Result<Turn, RegistryError> {
        if self.findings.is_none() && !self.is_well().await? {
            return self.closed();
        }
        if self
            .findings
            .as_ref()
            .is_some_and(|findings| !findings.is_empty())
        {
            return self.closed();
        }
        // What is published is read before what was signed: another publisher moves them the other way round.
        let published = self.log.latest_checkpoint().await?;
        let last = self.memory.last(&self.origin).await.map_err(memory_fault)?;
        let pending = match (&last, &published) {
            (Some(last), Some(published)) if (last.size, last.root.0) == (published.size, published.root) => {
                None
            }
            (None, None) => None,
            (Some(last), None) => Some(last.clone()),
            (Some(last), Some(published)) if last.size > published.size => Some(last.clone()),
            _ => return self.alarmed().await,
        };
        let pending = match pending {
            Some(pending) => {
                if self.rechecked < pending.size && !self.continues(published.as_ref(), &pending).await? {
                    return self.alarmed().await;
                }
                pending
            }
            None => match self.sign(last.as_ref()).await? {
                Signed::Nothing => return Ok(Turn::Settled),
                Signed::Late => return Ok(Turn::Late),
                Signed::Refused => return self.alarmed().await,
                Signed::New(seen) => seen,
            },
        };
        self.publish(pending).await
    }

    /// Turns until everything that is recorded now is under a published checkpoint, and answers the last one.
    ///
    /// # Errors
    /// [`RegistryError::Fault`] as [`Publisher::turn`], or when nothing may be signed or too few witnesses cosign.
    pub async fn settle(&mut self) -> Result<SignedHead, RegistryError> {
        loop {
            match self.turn().await? {
                Turn::Settled => {
                    let latest = self.log.latest_checkpoint().await?;
                    return latest.ok_or(RegistryError::NotFound("checkpoint"));
                }
                Turn::Published { .. } | Turn::Late => {}
                Turn::Waiting { troubles, .. } => {
                    let who: Vec<_> = troubles
                        .iter()
                        .map(|(name, trouble)| format!("{name}: {trouble}"))
                        .collect();
                    let why = format!("too few witnesses have cosigned ({})", who.join("; "));
                    return Err(fault(FaultKind::Unavailable, "publishing a checkpoint", why).into());
                }
                Turn::Closed(findings) => {
                    let why: Vec<_> = findings.iter().map(ToString::to_string).collect();
                    return Err(fault(FaultKind::Damaged, "signing a checkpoint", why.join("; ")).into());
                }
            }
        }
    }

    /// Whether what is remembered and not published continues what was published.
    async fn continues(
        &mut self,
        published: Option<&SignedHead>,
        pending: &Seen,
    ) -> Result<bool, RegistryError> {
        let from = published.map(|published| (published.size, published.root));
        match self.log.recheck(from).await {
            Ok(head) if head.size >= pending.size => {
                self.rechecked = pending.size;
                Ok(self.log.root_at(pending.size).await? == pending.root)
            }
            Ok(_) => Ok(false),
            Err(fault) => Err(fault.into()),
        }
    }

    /// Checks what came since, signs for it and remembers that.
    async fn sign(&mut self, last: Option<&Seen>) -> Result<Signed, RegistryError> {
        let from = last.map_or(0, |last| last.size);
        let size = self.log.stored_head().await?.size;
        if size == from {
            return Ok(Signed::Nothing);
        }
        if size < from {
            return Ok(Signed::Refused);
        }
        let head = self
            .log
            .recheck(last.map(|last| (last.size, last.root.0)))
            .await?;
        let keys: Vec<&SignerKey> = self.keys.iter().collect();
        let note = Checkpoint::new(&self.origin, head.size, Hash(head.root))
            .and_then(|tree| tree.sign_by_all(&keys));
        let note = note.map_err(|error| fault(FaultKind::Internal, "signing a checkpoint", error))?;
        let new = Seen {
            size: head.size,
            root: Hash(head.root),
            note: note.to_string(),
        };
        if !self
            .memory
            .replace(&self.origin, last, &new)
            .await
            .map_err(memory_fault)?
        {
            return Ok(Signed::Late);
        }
        self.rechecked = new.size;
        Ok(Signed::New(new))
    }

    async fn publish(&mut self, signed: Seen) -> Result<Turn, RegistryError> {
        let note = Note::parse(signed.note.as_bytes()).map_err(|_| memory_fault(MemoryError::Damaged))?;
        let collected = collect(
            &self.witnesses,
            &self.policy,
            &self.transport,
            &self.prover,
            note,
            PATIENCE,
        );
        let Collected { note, met, troubles } = collected.await;
        // Whoever says that the log lies, or that it said more before, is listened to if they can prove it.
        let suspicious =
            |(_, trouble): &(String, Trouble)| matches!(trouble, Trouble::Ahead(_) | Trouble::Denied);
        if troubles.iter().any(suspicious) && !self.is_well().await? {
            return self.closed();
        }
        if !met {
            return Ok(Turn::Waiting {
                size: signed.size,
                troubles,
            });
        }
        let head = SignedHead {
            size: signed.size,
            root: signed.root.0,
            note: note.to_string(),
        };
        let head = self.log.keep_checkpoint(&head).await?;
        Ok(Turn::Published { head, troubles })
    }

    /// Something does not fit: examines, and closes if it still does not.
    async fn alarmed(&mut self) -> Result<Turn, RegistryError> {
        if self.is_well().await? {
            Ok(Turn::Late)
        } else {
            self.closed()
        }
    }

    fn closed(&self) -> Result<Turn, RegistryError> {
        Ok(Turn::Closed(self.findings.clone().unwrap_or_default()))
    }
}

/// What became of signing.
enum Signed {
    /// Nothing came since.
    Nothing,
    /// Another publisher was faster.
    Late,
    /// The ledger is shorter than what was signed.
    Refused,
    /// It is signed and remembered.
    New(Seen),
}

/// Consistency proofs from the ledger's tiles.
struct Proofs(Arc<dyn Log>);

#[async_trait]
impl Prover for Proofs {
    async fn consistency(&self, old: u64, new: u64) -> Result<Vec<Hash>, String> {
        let proof = self.0.consistency_proof(old, new).await;
        proof.map_err(|error| error.to_string())
    }
}

fn request(why: &str) -> ledger::Fault {
    fault(FaultKind::Request, "signing a checkpoint", why)
}

fn memory_fault(error: MemoryError) -> RegistryError {
    fault(FaultKind::Unavailable, "asking the lock store", error).into()
}
