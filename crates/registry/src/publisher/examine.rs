//! Do ledger, lock store and witnesses agree? Asked before anything is signed.

use ledger::SignedHead;
use tlog::{Checkpoint, ForkEvidence, Hash, Note};
use witness::{Seen, Trouble};

use super::finding::{Finding, FindingKind};
use super::{Publisher, memory_fault};
use crate::error::RegistryError;

/// What was found when everybody was asked.
#[derive(Debug, Clone)]
pub struct Examination {
    /// Events of the ledger.
    pub size: u64,
    /// For how many events a checkpoint is published.
    pub published: Option<u64>,
    /// For how many events the lock store remembers a signature.
    pub locked: Option<u64>,
    /// Each witness, and how many events it has cosigned for.
    pub witnesses: Vec<(String, Result<Option<u64>, Trouble>)>,
    /// Whether those that answer are enough for the policy's quorum: if not, nothing new is published.
    pub enough: bool,
    /// What does not agree.
    pub findings: Vec<Finding>,
}

/// Somebody's signed checkpoint.
struct Held {
    by: String,
    seen: Seen,
}

impl Publisher {
    /// Asks witnesses, ledger and lock store, in the order in which they are one after the other: a witness never knows more than what
    /// is remembered, and nothing is remembered that was not recorded. So a publisher beside this one makes no false alarm.
    ///
    /// # Errors
    /// [`RegistryError::Fault`] of either store. A witness that cannot be asked is told of in the answer: without it there may be no quorum.
    pub async fn examine(&self) -> Result<Examination, RegistryError> {
        let asked = self.witnesses.iter().map(|witness| async move {
            let latest = witness
                .latest(&*self.transport, self.policy.logs(), &self.origin)
                .await;
            (witness.name().to_owned(), latest)
        });
        let asked = futures_util::future::join_all(asked).await;
        let enough = self.policy.is_met_by(|key| {
            let mut pairs = self.witnesses.iter().zip(&asked);
            pairs.any(|(witness, (_, latest))| witness.key() == key && latest.is_ok())
        });
        let published = self.log.latest_checkpoint().await?;
        let locked = self.memory.last(&self.origin).await.map_err(memory_fault)?;
        let size = self.log.stored_head().await?.size;
        let mut held: Vec<Held> = Vec::new();
        held.extend(published.as_ref().map(|head| Held {
            by: "ledger".to_owned(),
            seen: seen(head),
        }));
        for (name, latest) in &asked {
            if let Ok(Some(seen)) = latest {
                held.push(Held {
                    by: format!("witness {name}"),
                    seen: seen.clone(),
                });
            }
        }
        let mut findings = Vec::new();
        for Held { by, seen } in &held {
            if locked.as_ref().is_none_or(|locked| locked.size < seen.size) {
                findings.push(finding(FindingKind::LockForgot, by, size, seen));
            }
        }
        if let Some(locked) = &locked {
            let own = Checkpoint::open(locked.note.as_bytes(), self.policy.logs(), &[]);
            let same = own.is_ok_and(|own| {
                let tree = own.checkpoint();
                (tree.origin(), tree.size(), tree.root()) == (self.origin.as_str(), locked.size, locked.root)
            });
            if same {
                held.insert(
                    0,
                    Held {
                        by: "lock store".to_owned(),
                        seen: locked.clone(),
                    },
                );
            } else {
                findings.push(finding(FindingKind::LockForeign, "lock store", size, locked));
            }
        }
        findings.extend(self.compare(size, &held).await?);
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.kind));
        Ok(Examination {
            size,
            published: published.map(|head| head.size),
            locked: locked.map(|locked| locked.size),
            witnesses: asked
                .into_iter()
                .map(|(name, latest)| (name, latest.map(|seen| seen.map(|seen| seen.size))))
                .collect(),
            enough,
            findings,
        })
    }

    /// Lets a new lock store begin with the largest checkpoint that was signed: for a ledger of before there were lock stores, and after
    /// one was lost. Answers its size, or nothing when there is something else to be settled first, or nothing to be adopted.
    ///
    /// # Errors
    /// [`RegistryError::Fault`].
    pub async fn adopt(&mut self) -> Result<Option<u64>, RegistryError> {
        let findings = self.examine().await?.findings;
        if findings
            .iter()
            .any(|finding| finding.kind != FindingKind::LockForgot)
        {
            return Ok(None);
        }
        let Some(largest) = findings.iter().max_by_key(|finding| finding.signed) else {
            return Ok(None);
        };
        let Ok(opened) = Checkpoint::open(largest.note.as_bytes(), self.policy.logs(), &[]) else {
            return Ok(None);
        };
        let tree = opened.checkpoint();
        let new = Seen {
            size: tree.size(),
            root: tree.root(),
            note: largest.note.clone(),
        };
        let old = self.memory.last(&self.origin).await.map_err(memory_fault)?;
        let moved = self
            .memory
            .replace(&self.origin, old.as_ref(), &new)
            .await
            .map_err(memory_fault)?;
        self.findings = None;
        Ok(moved.then_some(new.size))
    }

    /// Examines and keeps what was found.
    pub(super) async fn is_well(&mut self) -> Result<bool, RegistryError> {
        let findings = self.examine().await?.findings;
        let well = findings.is_empty();
        self.findings = Some(findings);
        Ok(well)
    }

    /// Does the ledger continue every tree that somebody holds a signature for?
    async fn compare(&self, size: u64, held: &[Held]) -> Result<Vec<Finding>, RegistryError> {
        let mut findings = Vec::new();
        let mut ours: Option<&Seen> = None;
        let mut others = Vec::new();
        for Held { by, seen } in held {
            if seen.size > size {
                findings.push(finding(FindingKind::LedgerBehind, by, size, seen));
            } else if self.log.root_at(seen.size).await? == seen.root {
                ours = ours.filter(|ours| ours.size >= seen.size).or(Some(seen));
            } else {
                others.push((by, seen));
            }
        }
        for (by, seen) in others {
            let mut finding = finding(FindingKind::LedgerDiffers, by, size, seen);
            finding.evidence = match ours {
                Some(ours) => self.evidence(ours, seen).await?.map(Box::new),
                None => None,
            };
            findings.push(finding);
        }
        // Two that hold different trees of one size accuse the log whatever this ledger has.
        for (place, one) in held.iter().enumerate() {
            for other in held.iter().skip(place + 1) {
                let forked = one.seen.size == other.seen.size && one.seen.root != other.seen.root;
                let by = |finding: &&mut Finding| finding.by == one.by || finding.by == other.by;
                if let (true, Some(finding)) = (forked, findings.iter_mut().find(by))
                    && finding.evidence.is_none()
                {
                    finding.evidence = notes(&one.seen, &other.seen)
                        .map(|(one, other)| Box::new(ForkEvidence::of_one_size(one, other)));
                }
            }
        }
        Ok(findings)
    }

    /// Evidence from a checkpoint that this ledger continues and one that it does not: of one size, or of a smaller one, of which the
    /// ledger itself shows how its own tree began.
    async fn evidence(&self, ours: &Seen, other: &Seen) -> Result<Option<ForkEvidence>, RegistryError> {
        let Some((our_note, other_note)) = notes(ours, other) else {
            return Ok(None);
        };
        if ours.size == other.size {
            return Ok(Some(ForkEvidence::of_one_size(our_note, other_note)));
        }
        if ours.size < other.size {
            return Ok(None);
        }
        let root = self.log.root_at(other.size).await?;
        let proof = self.log.consistency_proof(other.size, ours.size).await?;
        Ok(Some(ForkEvidence::of_two_sizes(
            other_note, our_note, root, proof,
        )))
    }
}

fn notes(one: &Seen, other: &Seen) -> Option<(Note, Note)> {
    let note = |seen: &Seen| Note::parse(seen.note.as_bytes()).ok();
    note(one).zip(note(other))
}

fn seen(head: &SignedHead) -> Seen {
    Seen {
        size: head.size,
        root: Hash(head.root),
        note: head.note.clone(),
    }
}

fn finding(kind: FindingKind, by: &str, size: u64, seen: &Seen) -> Finding {
    Finding {
        kind,
        by: by.to_owned(),
        size,
        signed: seen.size,
        note: seen.note.clone(),
        evidence: None,
    }
}
