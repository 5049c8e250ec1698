//! [`Gate`]: a publisher is stopped before each thing that it asks of its ledger; [`Gated`]: the ledger behind one.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use futures_util::future::{Either, select};
use ledger::{Fault, Head, Ledger, SignedHead};
use registry::publisher::Log;
use tlog::Hash;
use tokio::sync::{Semaphore, watch};

use crate::projector::Seen;
use crate::pulse::Pulse;

/// Where a publisher can be stopped, so that the seed decides which of two goes on, or that one dies there.
#[derive(Debug, Clone)]
pub struct Gate(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    shut: AtomicBool,
    /// Somebody stands before it.
    waits: AtomicBool,
    arrived: watch::Sender<u64>,
    passes: Semaphore,
}

/// A turn of a publisher.
pub type Going<'t, T> = Pin<Box<dyn Future<Output = T> + 't>>;

impl Gate {
    /// Open.
    pub fn new() -> Self {
        Self(Arc::new(Inner {
            shut: AtomicBool::new(false),
            waits: AtomicBool::new(false),
            arrived: watch::Sender::new(0),
            passes: Semaphore::new(0),
        }))
    }

    /// From now on nobody passes but by [`Gate::step`].
    pub fn shut(&self) {
        self.0.shut.store(true, Ordering::Relaxed);
    }

    /// From now on everybody passes.
    pub fn open(&self) {
        self.0.shut.store(false, Ordering::Relaxed);
    }

    /// Lets a turn go on up to where it stands before the gate again. Answers how it ended, if it did.
    pub async fn step<T>(&self, turn: &mut Going<'_, T>) -> Option<T> {
        let mut arrived = self.0.arrived.subscribe();
        if self.0.waits.load(Ordering::Relaxed) {
            self.0.passes.add_permits(1);
        }
        match select(turn, Box::pin(arrived.changed())).await {
            Either::Left((done, _)) => Some(done),
            Either::Right(_) => None,
        }
    }

    async fn pass(&self) {
        if !self.0.shut.load(Ordering::Relaxed) {
            return;
        }
        self.0.waits.store(true, Ordering::Relaxed);
        self.0.arrived.send_modify(|count| *count += 1);
        // It is never closed.
        if let Ok(pass) = self.0.passes.acquire().await {
            pass.forget();
        }
        self.0.waits.store(false, Ordering::Relaxed);
    }
}

/// The ledger of a node as its publisher sees it.
pub struct Gated {
    pub ledger: Ledger<Seen>,
    pub gate: Gate,
    pub pulse: Pulse,
}

#[async_trait]
impl Log for Gated {
    async fn latest_checkpoint(&self) -> Result<Option<SignedHead>, Fault> {
        self.gate.pass().await;
        self.ledger.latest_checkpoint().await
    }

    async fn stored_head(&self) -> Result<Head, Fault> {
        self.gate.pass().await;
        self.ledger.stored_head().await
    }

    async fn recheck(&self, trusted: Option<(u64, [u8; 32])>) -> Result<Head, Fault> {
        self.gate.pass().await;
        let head = self.ledger.recheck(trusted).await;
        // Signed and remembered next.
        self.gate.pass().await;
        head
    }

    async fn root_at(&self, size: u64) -> Result<Hash, Fault> {
        self.ledger.root_at(size).await
    }

    /// Asked for by those who ask the witnesses, all at once.
    async fn consistency_proof(&self, old: u64, new: u64) -> Result<Vec<Hash>, Fault> {
        let _beat = self.pulse.beat();
        self.ledger.consistency_proof(old, new).await
    }

    async fn keep_checkpoint(&self, signed: &SignedHead) -> Result<SignedHead, Fault> {
        self.gate.pass().await;
        let kept = self.ledger.keep_checkpoint(signed).await;
        self.gate.pass().await;
        kept
    }
}
