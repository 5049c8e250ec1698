//! [`Ledger`]: a log that is open for writing.

use std::future::Future;
use std::ops::Deref;
use std::sync::Arc;

use tokio::sync::{Mutex, oneshot, watch};
use tokio::task::JoinHandle;

use crate::access::{Desk, Writer};
use crate::append_error::{AppendError, Status};
use crate::archive::Archive;
use crate::candidate::Candidate;
use crate::clock::Clock;
use crate::engine::Store;
use crate::fault::Fault;
use crate::head::Head;
use crate::location::Location;
use crate::options::Options;
use crate::projection::{self, Follower, Projector};
use crate::receipt::Receipt;
use crate::sequencer::{Entrance, Exit, Sequencer, queue};

/// A ledger open for writing: events go in through [`Ledger::append`], and everything an [`Archive`] can read can be read here,
/// up to the last commit. A clone is the same ledger.
pub struct Ledger<P: Projector> {
    inner: Arc<Inner<P>>,
}

struct Inner<P: Projector> {
    archive: Archive,
    store: Store,
    projector: Arc<P>,
    clock: Arc<dyn Clock>,
    entrance: Entrance<P::Event>,
    head: watch::Receiver<Head>,
    status: watch::Receiver<Status>,
    closing: watch::Sender<bool>,
    /// How far the tables that follow are, and how far somebody wants them.
    followed: watch::Sender<u64>,
    wanted: watch::Sender<u64>,
    follower: Mutex<Option<JoinHandle<()>>>,
    /// Where accesses are written down.
    desk: Desk,
    writer: Mutex<Option<JoinHandle<()>>>,
    sequencer: Mutex<Option<oneshot::Receiver<()>>>,
}

impl<P: Projector> Clone for Ledger<P> {
    fn clone(&self) -> Self {
        Ledger {
            inner: Arc::clone(&self.inner),
        }
    }
}

/// An open ledger reads like any archive.
impl<P: Projector> Deref for Ledger<P> {
    type Target = Archive;

    fn deref(&self) -> &Archive {
        &self.inner.archive
    }
}

impl<P: Projector> Ledger<P> {
    /// Makes a new ledger and records its founding event at position 0 (stream 0, seq 0, `prev` of zeros). Interrupted, it may
    /// be run again with the same founding event.
    ///
    /// # Errors
    /// [`Fault`] when there is already a ledger with events, or the store fails.
    pub async fn init(
        location: &Location,
        founding: Candidate<P::Event>,
        projector: P,
        clock: Arc<dyn Clock>,
        options: Options,
    ) -> Result<(Self, Receipt), Fault> {
        let store = Store::create(location, &options, clock.now_ms()).await?;
        projection::found(&store, projector.schema()).await?;
        let ledger = Ledger::start(store, projector, clock).await?;
        if ledger.head().size != 0 {
            ledger.close().await?;
            return Err(Fault::request("making a ledger", "there is already one here"));
        }
        let fault = match ledger.append(founding).await {
            Ok(receipt) => {
                ledger.start_following().await;
                return Ok((ledger, receipt));
            }
            Err(AppendError::Fault(fault)) => fault.while_doing("recording the founding event"),
            Err(other) => Fault::request("recording the founding event", other),
        };
        ledger.close().await?;
        Err(fault)
    }

    /// Opens a ledger that exists: loads the head, rebuilds the tree's edge and checks it against the head's root.
    ///
    /// # Errors
    /// [`Fault`] when there is no ledger, it is damaged, its read models are of another version than the projector (rebuild them
    /// with [`crate::rebuild`]), or the store fails.
    pub async fn open(
        location: &Location,
        projector: P,
        clock: Arc<dyn Clock>,
        options: Options,
    ) -> Result<Self, Fault> {
        let store = Store::open(location, &options).await?;
        let ledger = Ledger::start(store, projector, clock).await?;
        if ledger.head().size == 0 {
            ledger.close().await?;
            return Err(Fault::request(
                "opening the ledger",
                "it has no founding event; finish `init`",
            ));
        }
        projection::check_version(ledger.readers(), ledger.inner.projector.schema()).await?;
        ledger.finish_erasing().await?;
        ledger.start_following().await;
        Ok(ledger)
    }

    async fn start(store: Store, projector: P, clock: Arc<dyn Clock>) -> Result<Self, Fault> {
        let projector = Arc::new(projector);
        let nothing = Head {
            size: 0,
            root: [0; 32],
            recorded_at_ms: i64::MIN,
            authority: 0,
            generation: 0,
        };
        let (published, head) = watch::channel(nothing);
        let (status_sender, status) = watch::channel(Status::Writable);
        let (closing, closed) = watch::channel(false);
        let sequencer = Sequencer::new(
            &store,
            Arc::clone(&projector),
            Arc::clone(&clock),
            published,
            status_sender,
        );
        let (entrance, exit) = queue(store.options(), closed);
        let ended = start(sequencer, exit, store.options().own_thread).await?;
        let archive = Archive::of_store(&store, head.clone());
        let (desk, writer) = Writer::new(&store, closing.subscribe());
        let writer = tokio::spawn(writer.run());
        let inner = Inner {
            archive,
            store,
            projector,
            clock,
            entrance,
            head,
            status,
            closing,
            followed: watch::channel(0).0,
            wanted: watch::channel(0).0,
            follower: Mutex::new(None),
            desk,
            writer: Mutex::new(Some(writer)),
            sequencer: Mutex::new(Some(ended)),
        };
        Ok(Ledger {
            inner: Arc::new(inner),
        })
    }

    /// Starts the task that moves the tables that follow, if there are any.
    async fn start_following(&self) {
        let inner = &self.inner;
        if !projection::any_follows(inner.projector.schema()) {
            return;
        }
        let follower = Follower {
            slot: inner.store.aside(),
            archive: inner.archive.clone(),
            projector: Arc::clone(&inner.projector),
            head: inner.head.clone(),
            wanted: inner.wanted.subscribe(),
            followed: inner.followed.clone(),
            closing: inner.closing.subscribe(),
        };
        *inner.follower.lock().await = Some(tokio::spawn(follower.run()));
    }

    /// Waits until the tables that follow show so many events. `false`: nobody moves them any more.
    pub(crate) async fn followed_to(&self, size: u64) -> bool {
        let mut followed = self.inner.followed.subscribe();
        self.inner.wanted.send_if_modified(|wanted| {
            let more = *wanted < size;
            *wanted = size.max(*wanted);
            more
        });
        followed.wait_for(|followed| *followed >= size).await.is_ok()
    }

    /// Records an event. The receipt is given once the event is committed, durable and visible.
    ///
    /// Sending the same bytes again gives the first receipt again, however often, and whatever has happened since.
    ///
    /// # Errors
    /// [`AppendError`]; [`AppendError::Busy`] at once when the queue is full.
    pub async fn append(&self, candidate: Candidate<P::Event>) -> Result<Receipt, AppendError> {
        self.submit(candidate)?.await
    }

    /// Puts an event in the queue now and gives the answer later, so that one task can have many events on their way, in
    /// order. Dropping the answer does not take the event back.
    ///
    /// # Errors
    /// As [`Ledger::append`].
    pub fn submit(
        &self,
        candidate: Candidate<P::Event>,
    ) -> Result<impl Future<Output = Result<Receipt, AppendError>> + Send + use<P>, AppendError> {
        candidate.check()?;
        Ok(answer(self.inner.entrance.try_put(candidate)?))
    }

    /// As [`Ledger::append`], but waits for room in the queue: for imports.
    ///
    /// # Errors
    /// [`AppendError`], never [`AppendError::Busy`] for want of room.
    pub async fn append_patiently(&self, candidate: Candidate<P::Event>) -> Result<Receipt, AppendError> {
        self.submit_patiently(candidate).await?.await
    }

    /// As [`Ledger::submit`], but waits for room in the queue.
    ///
    /// # Errors
    /// As [`Ledger::append_patiently`].
    pub async fn submit_patiently(
        &self,
        candidate: Candidate<P::Event>,
    ) -> Result<impl Future<Output = Result<Receipt, AppendError>> + Send + use<P>, AppendError> {
        candidate.check()?;
        Ok(answer(self.inner.entrance.put(candidate).await?))
    }

    /// The last commit this process knows of.
    pub fn head(&self) -> Head {
        *self.inner.head.borrow()
    }

    /// Follows the head: changes with every commit.
    pub fn follow(&self) -> watch::Receiver<Head> {
        self.inner.head.clone()
    }

    /// Whether the ledger takes writes.
    pub fn status(&self) -> Status {
        *self.inner.status.borrow()
    }

    /// Follows the status, for readiness.
    pub fn follow_status(&self) -> watch::Receiver<Status> {
        self.inner.status.clone()
    }

    /// The projector the ledger was opened with.
    pub fn projector(&self) -> &P {
        &self.inner.projector
    }

    pub(crate) fn shared_projector(&self) -> &Arc<P> {
        &self.inner.projector
    }

    /// The clock the ledger was opened with.
    pub fn clock(&self) -> &dyn Clock {
        self.inner.clock.as_ref()
    }

    pub(crate) fn access_desk(&self) -> &Desk {
        &self.inner.desk
    }

    pub(crate) fn store(&self) -> &Store {
        &self.inner.store
    }

    /// Takes no more events, records what waits, and closes the store. The clones of this ledger are closed with it.
    ///
    /// # Errors
    /// [`Fault`] when the sequencer died or the store cannot be closed in peace. Nothing acknowledged is lost by either.
    pub async fn close(&self) -> Result<(), Fault> {
        self.inner.closing.send_replace(true);
        if let Some(task) = self.inner.sequencer.lock().await.take() {
            task.await
                .map_err(|error| Fault::internal("closing the ledger", error))?;
        }
        for task in [&self.inner.follower, &self.inner.writer] {
            if let Some(task) = task.lock().await.take() {
                task.await
                    .map_err(|error| Fault::internal("closing the ledger", error))?;
            }
        }
        self.inner.store.close().await
    }
}

/// Starts the sequencer, on a thread and runtime of its own unless it is simulated, so that nothing else the process computes (signatures,
/// pages, papers) stands between a commit and its answer. Answers once the head is loaded; what it answers ends with the sequencer.
async fn start<P: Projector>(
    mut sequencer: Sequencer<P>,
    exit: Exit<P::Event>,
    own_thread: bool,
) -> Result<oneshot::Receiver<()>, Fault> {
    let doing = "starting the sequencer";
    let (ready, loaded) = oneshot::channel();
    let (alive, ended) = oneshot::channel();
    let work = async move {
        let outcome = sequencer.load().await;
        let well = outcome.is_ok();
        // Nobody listens any more where opening was given up meanwhile; then the queue is closed as well.
        drop(ready.send(outcome));
        if well {
            sequencer.run(exit).await;
        }
        let _ = alive.send(());
    };
    if own_thread {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| Fault::internal(doing, error))?;
        std::thread::Builder::new()
            .name("hotich-sequencer".to_owned())
            .spawn(move || runtime.block_on(work))
            .map_err(|error| Fault::internal(doing, error))?;
    } else {
        tokio::spawn(work);
    }
    loaded.await.map_err(|_| Fault::internal(doing, "it died"))??;
    Ok(ended)
}

/// The sequencer answers everyone; if it is gone without an answer nobody knows what has become of the event.
async fn answer(waiter: oneshot::Receiver<Result<Receipt, AppendError>>) -> Result<Receipt, AppendError> {
    waiter.await.unwrap_or(Err(AppendError::OutcomeUnknown))
}
