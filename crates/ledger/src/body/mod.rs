//! Bodies at rest: each under a key of its own, which can be destroyed (`schemas/rfc/0008-privacy.md` §2).
//!
//! The log is for ever, and so are its backups. What the law may want erased must not be: so `body` holds ciphertext, and the keys lie
//! in another store ([`KeyStore`]) with backups of its own, few and short. To erase a body is to destroy its key; the
//! oldest backup of the ledger beside today's key store does not open it.
//!
//! Keys cost an append nothing: 4,096 positions share one root, on the disk before the first body that rests on it, and the key
//! of each follows from it ([`tree`]). What is erased punctures that tree.
//!
//! 1. **Seal**, in the sequencer, once a batch has its positions and before anything is written. The root of a new span is made first: half a
//!    span ahead and several at a time, beside the batches, so that none waits for it. *Crash after: a root that nothing rests on yet; the next batch takes it.*
//! 2. **Record**: ciphertext goes with the batch. *Key store out of reach: nothing is recorded, the ledger is read-only until it answers.*
//! 3. **Erase**: the event that says so is recorded, with a row of `erasure` for each body. From here on nobody is shown it.
//!    *Crash after: whoever opens the ledger next goes on with 4.*
//! 4. **Puncture**: one transaction of the key store for each span. *Crash in between: as 3, and what is punctured twice is punctured.*

mod cipher;
mod erasure;
mod measured;
mod store;
mod tree;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use bytes::Bytes;

pub(crate) use erasure::Withheld;
pub use measured::Sealer;
pub use store::KEYS_FILE_NAME;
pub(crate) use store::{KeyStore, unavailable};

use crate::fault::Fault;
use crate::row::Row;
use tree::{Cover, Key, Walk, span_of};

/// How many spans are made together.
const SPANS_AHEAD: u64 = 8;

/// The keys of a ledger's bodies as one process has them: those it has read, and where the others are.
#[derive(Debug)]
pub(crate) struct Keyring {
    store: KeyStore,
    /// The ledger has this store's name: what it must be called.
    name: Option<[u8; 16]>,
    spans: RwLock<BTreeMap<u64, Cover>>,
    /// The last span that was made ahead, or tried to.
    ahead: AtomicU64,
}

impl Keyring {
    /// The keys of a store.
    pub(crate) fn of(store: KeyStore, name: Option<[u8; 16]>) -> Arc<Self> {
        Arc::new(Keyring {
            store,
            name,
            spans: RwLock::default(),
            ahead: AtomicU64::new(0),
        })
    }

    /// Encrypts the bodies of a batch, the first of which takes `position`. A span that begins with the batch is made; one that was
    /// begun must be there: a store that lacks it is not the one that the log was written with.
    ///
    /// # Errors
    /// [`Fault`] of kind `Unavailable` when the store cannot be reached or lacks the keys.
    pub(crate) async fn seal(
        self: &Arc<Self>,
        position: u64,
        bodies: &mut [&mut Bytes],
    ) -> Result<(), Fault> {
        let Some(last) = (bodies.len() as u64).checked_sub(1) else {
            return Ok(());
        };
        for span in span_of(position).0..=span_of(position + last).0 {
            self.be_ready_for(span, position).await?;
        }
        self.look_ahead(position + last);
        let spans = self.spans.read().unwrap_or_else(PoisonError::into_inner);
        let mut walk: Option<(u64, Walk<'_>)> = None;
        for (position, body) in (position..).zip(bodies) {
            let (span, place) = span_of(position);
            if walk.as_ref().is_none_or(|(walked, _)| *walked != span) {
                let cover = spans.get(&span).ok_or_else(|| unavailable("a span is gone"))?;
                walk = Some((span, Walk::new(cover)));
            }
            let key = walk.as_mut().and_then(|(_, walk)| walk.key(place));
            let key =
                key.ok_or_else(|| unavailable("the key of a position was destroyed before it was used"))?;
            **body = cipher::seal(&key, position, body)?.into();
        }
        Ok(())
    }

    /// Past the middle of a span the next one is made, beside the batches. Should that fail, the batch that needs it tries again and says why.
    fn look_ahead(self: &Arc<Self>, position: u64) {
        let (span, place) = span_of(position);
        let next = span + 1;
        if u64::from(place) < tree::SPAN_BODIES / 2
            || self.ahead.swap(next, Ordering::Relaxed) == next
            || self.knows(next)
        {
            return;
        }
        let keys = Arc::clone(self);
        tokio::spawn(async move {
            if let Err(fault) = keys.make_ahead(next).await {
                tracing::warn!(%fault, "the keys of the next bodies could not be made ahead");
            }
        });
    }

    async fn make_ahead(&self, next: u64) -> Result<(), Fault> {
        self.must_be_called(self.store.name(None, None).await?)?;
        self.make(next..next + SPANS_AHEAD).await
    }

    /// Has the span that the next body falls in, so that a ledger which says it takes writes takes them.
    pub(crate) async fn reach(&self, next: u64) -> Result<(), Fault> {
        self.be_ready_for(span_of(next).0, next).await
    }

    async fn be_ready_for(&self, span: u64, next: u64) -> Result<(), Fault> {
        if self.knows(span) {
            return Ok(());
        }
        self.must_be_called(self.store.name(None, None).await?)?;
        let found = self.store.read(span, span).await?.remove(&span);
        let cover = match found {
            Some(cover) => cover,
            // Somebody wrote in it: before there were keys, or with a store that knew it.
            None if next > span * tree::SPAN_BODIES && self.was_begun(span).await? => {
                return Err(unavailable("the key store is older than the log"));
            }
            None => return self.make(span..span + 1).await,
        };
        self.keep(BTreeMap::from([(span, cover)]));
        Ok(())
    }

    /// Makes spans, or takes those that another node has made.
    async fn make(&self, spans: Range<u64>) -> Result<(), Fault> {
        let mut roots = Vec::with_capacity(SPANS_AHEAD as usize);
        for span in spans {
            roots.push((span, fresh()?.into()));
        }
        self.keep(self.store.make(&roots).await?);
        Ok(())
    }

    /// Whether a span that is begun in the log and not in the store was begun with keys: the store has one before it, or none at all
    /// though the log has bodies under keys. A ledger of before has its first span begun without.
    async fn was_begun(&self, span: u64) -> Result<bool, Fault> {
        Ok(!self.store.read(0, span).await?.is_empty())
    }

    fn must_be_called(&self, name: [u8; 16]) -> Result<(), Fault> {
        match self.name {
            Some(known) if known != name => Err(unavailable("the key store is another ledger's")),
            _ => Ok(()),
        }
    }

    fn knows(&self, span: u64) -> bool {
        let spans = self.spans.read().unwrap_or_else(PoisonError::into_inner);
        spans.contains_key(&span)
    }

    fn keep(&self, covers: BTreeMap<u64, Cover>) {
        let mut spans = self.spans.write().unwrap_or_else(PoisonError::into_inner);
        spans.extend(covers);
    }

    /// Reads the keys that rows with a body need and that were not read yet, and gives each row the keys to open it with.
    ///
    /// # Errors
    /// [`Fault`] of kind `Unavailable` when the store cannot be reached.
    pub(crate) async fn hand_to(self: &Arc<Self>, rows: &mut [Row]) -> Result<(), Fault> {
        if !rows.first().is_some_and(Row::has_body) {
            return Ok(());
        }
        let mut missing: Option<(u64, u64)> = None;
        for row in rows.iter() {
            let Some(position) = row.cipher_position()? else {
                continue;
            };
            let span = span_of(position).0;
            if !self.knows(span) {
                let (from, to) = missing.unwrap_or((span, span));
                missing = Some((from.min(span), to.max(span)));
            }
        }
        if let Some((from, to)) = missing {
            self.learn(from, to).await?;
        }
        for row in rows {
            row.take_keys(Arc::clone(self));
        }
        Ok(())
    }

    /// Reads the keys of spans.
    async fn learn(&self, from: u64, to: u64) -> Result<(), Fault> {
        self.must_be_called(self.store.name(None, None).await?)?;
        let mut covers = self.store.read(from, to).await?;
        // A span that the store does not know has no keys: its bodies are missing, which is for those to say who look at them.
        for span in from..=to {
            covers.entry(span).or_default();
        }
        covers.retain(|span, cover| !(cover.0.is_empty() && self.knows(*span)));
        self.keep(covers);
        Ok(())
    }

    /// The key of what lies beside a body and goes with it, told from all else that does by 32 bytes.
    async fn beside(&self, position: u64, what: &[u8; 32]) -> Result<Option<Key>, Fault> {
        let (span, place) = span_of(position);
        if !self.knows(span) {
            self.learn(span, span).await?;
        }
        let spans = self.spans.read().unwrap_or_else(PoisonError::into_inner);
        let key = spans.get(&span).and_then(|cover| Walk::new(cover).key(place));
        Ok(key.map(|key| cipher::key_beside(&key, what)))
    }

    /// Encrypts what lies beside a body; `None` where the body has no key.
    ///
    /// # Errors
    /// [`Fault`] of kind `Unavailable` when the store cannot be reached.
    pub(crate) async fn seal_beside(
        &self,
        position: u64,
        what: &[u8; 32],
        bytes: &[u8],
    ) -> Result<Option<Vec<u8>>, Fault> {
        let key = self.beside(position, what).await?;
        key.map(|key| cipher::seal(&key, position, bytes)).transpose()
    }

    /// What was encrypted beside a body; `None` when its key is destroyed.
    ///
    /// # Errors
    /// As [`Keyring::seal_beside`]; [`Fault`] when they are not the bytes that were kept.
    pub(crate) async fn open_beside(
        &self,
        position: u64,
        what: &[u8; 32],
        kept: &[u8],
    ) -> Result<Option<Vec<u8>>, Fault> {
        let key = self.beside(position, what).await?;
        key.map(|key| cipher::open(&key, position, kept)).transpose()
    }

    /// The body behind bytes that were kept; `None` when there is no key for it any more.
    ///
    /// # Errors
    /// [`Fault`] when they are not the bytes that were kept.
    pub(crate) fn open(&self, position: u64, kept: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
        let (span, place) = span_of(position);
        let spans = self.spans.read().unwrap_or_else(PoisonError::into_inner);
        let key = spans.get(&span).and_then(|cover| Walk::new(cover).key(place));
        key.map(|key| cipher::open(&key, position, kept)).transpose()
    }

    /// Forgets the key of a body that another node erased.
    pub(crate) fn forget(&self, position: u64) {
        let (span, place) = span_of(position);
        let held = |spans: &BTreeMap<u64, Cover>| spans.get(&span).is_some_and(|cover| cover.has(place));
        if held(&self.spans.read().unwrap_or_else(PoisonError::into_inner)) {
            let mut spans = self.spans.write().unwrap_or_else(PoisonError::into_inner);
            if let Some(cover) = spans.get_mut(&span) {
                *cover = cover.without(&BTreeSet::from([place]));
            }
        }
    }

    /// Destroys the keys of these positions.
    ///
    /// # Errors
    /// [`Fault`] of the store; then some may be destroyed and others not, and it can be done again.
    pub(crate) async fn puncture(&self, positions: impl IntoIterator<Item = u64>) -> Result<(), Fault> {
        let mut spans: BTreeMap<u64, BTreeSet<u16>> = BTreeMap::new();
        for position in positions {
            let (span, place) = span_of(position);
            spans.entry(span).or_default().insert(place);
        }
        for (span, places) in spans {
            let left = self.store.puncture(span, &places).await?;
            self.keep(BTreeMap::from([(span, left)]));
        }
        Ok(())
    }

    /// Those of these positions whose key is still there.
    ///
    /// # Errors
    /// [`Fault`] of the store.
    pub(crate) async fn standing(&self, positions: &[u64]) -> Result<Vec<u64>, Fault> {
        let (Some(first), Some(last)) = (positions.iter().min(), positions.iter().max()) else {
            return Ok(Vec::new());
        };
        let covers = self.store.read(span_of(*first).0, span_of(*last).0).await?;
        let stands = |position: &u64| {
            let (span, place) = span_of(*position);
            covers.get(&span).is_some_and(|cover| cover.has(place))
        };
        Ok(positions.iter().copied().filter(stands).collect())
    }
}

/// A root, or a name.
///
/// # Errors
/// [`Fault`] when the operating system has no chance to give: then nothing may be recorded.
pub(crate) fn fresh<const N: usize>() -> Result<[u8; N], Fault> {
    let mut bytes = [0; N];
    #[expect(
        clippy::disallowed_methods,
        reason = "keys that follow from a seed would protect nothing, also in a demo"
    )]
    getrandom::fill(&mut bytes).map_err(|_| unavailable("the operating system has no chance to give"))?;
    Ok(bytes)
}
