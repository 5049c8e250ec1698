//! The queue before the sequencer: bounded in events and in bytes; nobody lingers in it for company.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot, watch};

use crate::append_error::AppendError;
use crate::candidate::Candidate;
use crate::options::Options;
use crate::receipt::Receipt;

/// What a waiter is told.
pub(crate) type Answer = Result<Receipt, AppendError>;

/// A candidate in the queue, and who waits for it.
pub(crate) struct Waiting<E> {
    pub(crate) candidate: Candidate<()>,
    /// The event decoded; away while the projections look at it.
    pub(crate) event: Option<Box<E>>,
    answer: oneshot::Sender<Answer>,
    _room: OwnedSemaphorePermit,
}

impl<E> Waiting<E> {
    fn new(candidate: Candidate<E>, answer: oneshot::Sender<Answer>, room: OwnedSemaphorePermit) -> Self {
        let (candidate, event) = candidate.split();
        Waiting {
            candidate,
            event: Some(event),
            answer,
            _room: room,
        }
    }

    /// Tells the waiter. One who has gone away is no concern of the log.
    pub(crate) fn answer(self, answer: Answer) {
        drop(self.answer.send(answer));
    }

    fn size_bytes(&self) -> usize {
        size_bytes(&self.candidate)
    }
}

/// The end of the queue where events are put in.
pub(crate) struct Entrance<E> {
    sender: mpsc::Sender<Waiting<E>>,
    room: Arc<Semaphore>,
}

impl<E> Clone for Entrance<E> {
    fn clone(&self) -> Self {
        Entrance {
            sender: self.sender.clone(),
            room: Arc::clone(&self.room),
        }
    }
}

impl<E> Entrance<E> {
    /// Puts a candidate in if there is room.
    pub(crate) fn try_put(&self, candidate: Candidate<E>) -> Result<oneshot::Receiver<Answer>, AppendError> {
        let room = Arc::clone(&self.room)
            .try_acquire_many_owned(permits(&candidate))
            .map_err(|_| AppendError::Busy)?;
        let (answer, waiter) = oneshot::channel();
        match self.sender.try_send(Waiting::new(candidate, answer, room)) {
            Ok(()) => Ok(waiter),
            Err(mpsc::error::TrySendError::Full(_)) => Err(AppendError::Busy),
            Err(mpsc::error::TrySendError::Closed(_)) => Err(closed()),
        }
    }

    /// Puts a candidate in, waiting for room.
    pub(crate) async fn put(
        &self,
        candidate: Candidate<E>,
    ) -> Result<oneshot::Receiver<Answer>, AppendError> {
        let room = Arc::clone(&self.room)
            .acquire_many_owned(permits(&candidate))
            .await
            .map_err(|_| closed())?;
        let (answer, waiter) = oneshot::channel();
        self.sender
            .send(Waiting::new(candidate, answer, room))
            .await
            .map_err(|_| closed())?;
        Ok(waiter)
    }
}

/// The end of the queue where batches are taken out.
pub(crate) struct Exit<E> {
    receiver: mpsc::Receiver<Waiting<E>>,
    closing: watch::Receiver<bool>,
    /// What was received but did not fit the batch before.
    left: Vec<Waiting<E>>,
    batch_events: usize,
    batch_bytes: usize,
}

/// Makes both ends. `closing` ends the queue once it says `true`: what is in it is still taken out.
pub(crate) fn queue<E>(options: &Options, closing: watch::Receiver<bool>) -> (Entrance<E>, Exit<E>) {
    let (sender, receiver) = mpsc::channel(options.queue_events.max(1));
    let room = Arc::new(Semaphore::new(
        (options.queue_bytes / PERMIT_BYTES).max(MAX_PERMITS as usize),
    ));
    let exit = Exit {
        receiver,
        closing,
        left: Vec::new(),
        batch_events: options.batch_events.max(1),
        batch_bytes: options.batch_bytes,
    };
    (Entrance { sender, room }, exit)
}

impl<E> Exit<E> {
    /// The next batch: what waits, up to the limits, without lingering for more. Empty when the queue is closed and drained.
    pub(crate) async fn next(&mut self) -> Vec<Waiting<E>> {
        if self.left.is_empty() {
            let mut received = Vec::new();
            let closed = async {
                // An error means that nobody can close any more, which is as good as closing when the senders are gone too.
                drop(self.closing.wait_for(|closing| *closing).await);
            };
            tokio::select! {
                biased;
                taken = self.receiver.recv_many(&mut received, self.batch_events) => { let _ = taken; }
                () = closed => {
                    self.receiver.close();
                    self.receiver.recv_many(&mut received, self.batch_events).await;
                }
            }
            self.left = received;
        }
        self.cut()
    }

    /// How many events wait.
    pub(crate) fn waiting(&self) -> usize {
        self.receiver.len() + self.left.len()
    }

    /// Cuts the first batch off what was received: at least one event.
    fn cut(&mut self) -> Vec<Waiting<E>> {
        let mut bytes = 0;
        let fits = self
            .left
            .iter()
            .take_while(|waiting| {
                bytes += waiting.size_bytes();
                bytes <= self.batch_bytes
            })
            .count();
        let rest = self.left.split_off(fits.max(1).min(self.left.len()));
        std::mem::replace(&mut self.left, rest)
    }
}

const PERMIT_BYTES: usize = 1_024;
const MAX_PERMITS: u32 = 2_048;

/// Room a candidate takes, in KiB.
fn permits<E>(candidate: &Candidate<E>) -> u32 {
    u32::try_from(size_bytes(candidate).div_ceil(PERMIT_BYTES))
        .unwrap_or(MAX_PERMITS)
        .clamp(1, MAX_PERMITS)
}

fn size_bytes<E>(candidate: &Candidate<E>) -> usize {
    candidate.signed.len() + candidate.sealed_body.len()
}

fn closed() -> AppendError {
    AppendError::ReadOnly(crate::append_error::ReadOnlyReason::Closed)
}
