//! [`Writer`]: one task that chains and commits the lines of all who wait.
//!
//! A group is what waits when the last commit ends; nobody lingers for company. It is written in one transaction that inserts nothing
//! unless the last line is still the one it was chained to: another node may have been faster, then it is chained anew. *Crash, or a
//! lost answer:* whoever waited is shown nothing; the lines may stand there all the same, and say that something was about to be shown.

use std::sync::Arc;

use serde_json::json;
use tokio::sync::{Mutex, mpsc, oneshot, watch};

use super::{AccessEnd, HEAD, NewAccess, end_of};
use crate::engine::{Slot, Store};
use crate::fault::{Fault, FaultKind};
use crate::faults::{Faults, Point};
use crate::sequencer::number;
use crate::statement::Statement;
use crate::tx::Tx;

/// $1 hash of the last line, $2 number of the first new one, $3 `[[at_ms, office, token, line, hash], ...]`, $4 `[[n, entry], ...]`, bytes in
/// hexadecimal. Answers how many lines are written: none where another is the last.
const WRITE: Statement = Statement::pair(
    "access.write",
    include_str!("../sql/sqlite/write_access.sql"),
    include_str!("../sql/postgres/write_access.sql"),
);
const DOING: &str = "writing down who is shown what";
/// Most lines of one commit.
const GROUP_MAX: usize = 512;
/// Most lines that wait.
const WAITING_MAX: usize = 4_096;
/// How often a group is chained anew because another node was faster.
const TRIES: usize = 64;

struct Waiting {
    access: NewAccess,
    answer: oneshot::Sender<Result<u64, Fault>>,
}

/// Where lines are handed in.
pub(crate) struct Desk(mpsc::Sender<Waiting>);

impl Desk {
    /// Hands a line in and waits until it is written.
    pub(crate) async fn write(&self, access: NewAccess) -> Result<u64, Fault> {
        let (answer, written) = oneshot::channel();
        self.0
            .try_send(Waiting { access, answer })
            .map_err(|_| unavailable("too many wait, or the ledger is closed"))?;
        written
            .await
            .unwrap_or_else(|_| Err(unavailable("the ledger is closed")))
    }
}

/// Takes lines from the desk and writes them.
pub(crate) struct Writer {
    slot: Arc<Mutex<Slot>>,
    waiting: mpsc::Receiver<Waiting>,
    closing: watch::Receiver<bool>,
    faults: Faults,
    /// The end of the chain as of the last commit; none while it must be read.
    end: Option<AccessEnd>,
}

impl Writer {
    /// A desk and its writer.
    pub(crate) fn new(store: &Store, closing: watch::Receiver<bool>) -> (Desk, Self) {
        let (sender, waiting) = mpsc::channel(WAITING_MAX);
        let writer = Writer {
            slot: store.aside(),
            waiting,
            closing,
            faults: store.options().faults.clone(),
            end: None,
        };
        (Desk(sender), writer)
    }

    /// Writes until the ledger is closed, and then what still waits.
    pub(crate) async fn run(mut self) {
        loop {
            let group = self.next().await;
            if group.is_empty() {
                break;
            }
            let (accesses, answers): (Vec<_>, Vec<_>) = group
                .into_iter()
                .map(|waiting| (waiting.access, waiting.answer))
                .unzip();
            let written = self.write(&accesses).await;
            if let Err(fault) = &written {
                tracing::error!(%fault, lines = accesses.len(), "an access cannot be written down; nobody is shown anything");
            }
            for (place, answer) in (0..).zip(answers) {
                // One who has gone away is shown nothing either.
                drop(answer.send(written.clone().map(|first| first + place)));
            }
        }
        if let Ok(mut slot) = self.slot.try_lock()
            && let Err(fault) = slot.close().await
        {
            tracing::debug!(%fault, "the connection did not end in peace");
        }
    }

    async fn next(&mut self) -> Vec<Waiting> {
        let mut group = Vec::new();
        // An error means that nobody can close any more, which is as good as closing when the senders are gone too.
        let closed = async { drop(self.closing.wait_for(|closing| *closing).await) };
        let closes = tokio::select! {
            biased;
            _ = self.waiting.recv_many(&mut group, GROUP_MAX) => false,
            () = closed => true,
        };
        if closes {
            self.waiting.close();
            self.waiting.recv_many(&mut group, GROUP_MAX).await;
        }
        group
    }

    /// Writes a group; answers the number of its first line.
    async fn write(&mut self, accesses: &[NewAccess]) -> Result<u64, Fault> {
        self.faults.pass(Point::Access)?;
        // A connection that has waited since the last group may have gone with its server: a new one is tried before anybody is refused.
        let mut waited = self.slot.lock().await.is_live();
        for _ in 0..TRIES {
            // Until a commit is known to have succeeded nothing is known of the end.
            let end = self.end.take();
            match self.try_write(accesses, end).await {
                Ok(Some((first, end))) => {
                    self.end = Some(end);
                    return Ok(first);
                }
                Ok(None) => {}
                Err(fault) if fault.kind() == FaultKind::Constraint => {}
                Err(fault) if waited && fault.kind() == FaultKind::Unavailable => waited = false,
                Err(fault) => return Err(fault),
            }
        }
        Err(unavailable("other nodes were faster each time"))
    }

    /// Tries once behind the end that is known, or read now. None: another line stands there.
    async fn try_write(
        &self,
        accesses: &[NewAccess],
        end: Option<AccessEnd>,
    ) -> Result<Option<(u64, AccessEnd)>, Fault> {
        let mut tx = Tx::begin(self.slot.lock().await, 0).await?;
        let end = match end {
            Some(end) => end,
            None => {
                let rows = tx.rows(&HEAD, &[]).await?;
                rows.first().map_or(Ok(AccessEnd::NONE), end_of)?
            }
        };
        let group = Group::behind(end, accesses);
        let params = [
            (&end.hash).into(),
            number(end.size)?.into(),
            group.lines.into(),
            group.entries.into(),
        ];
        let written = match tx.rows(&WRITE, &params).await {
            Ok(rows) => rows.first().map_or(Ok(0), |row| row.count("written"))?,
            Err(fault) => {
                tx.give_up(&fault).await;
                return Err(fault);
            }
        };
        if written != accesses.len() as u64 {
            tx.roll_back().await?;
            return Ok(None);
        }
        tx.commit().await?;
        Ok(Some((end.size, group.end)))
    }
}

/// Lines chained to each other, as the statement takes them.
struct Group {
    lines: String,
    entries: String,
    end: AccessEnd,
}

impl Group {
    fn behind(mut end: AccessEnd, accesses: &[NewAccess]) -> Self {
        let (mut lines, mut entries) = (Vec::with_capacity(accesses.len()), Vec::new());
        for access in accesses {
            let n = end.size;
            end = end.then(&access.line);
            entries.extend(access.entries.iter().map(|entry| json!([n, hex::encode(entry)])));
            lines.push(json!([
                access.at_ms,
                access.office,
                hex::encode(access.token),
                hex::encode(&access.line),
                hex::encode(end.hash),
            ]));
        }
        Group {
            lines: json!(lines).to_string(),
            entries: json!(entries).to_string(),
            end,
        }
    }
}

fn unavailable(cause: &str) -> Fault {
    Fault::new(FaultKind::Unavailable, DOING, cause)
}
