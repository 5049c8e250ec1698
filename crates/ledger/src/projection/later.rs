//! Rows for later: read models that come right after the log instead of moving with it.
//!
//! What no rule and no paper rests on (finding people, counting) need not hold up a receipt. Rows for such tables
//! ([`TableSpec::follows`]) are put aside in the transaction of their events, all of a batch in one row of `later`; of a
//! batch whose rows follow from its events alone, that row says only how many events there are. The [`Follower`] runs the
//! statements, or has the rows made from the log, when the ledger has a quiet moment, when too many wait, or at once when
//! somebody wants to read: [`Ledger::reader_of_all`] waits until every event that was recorded when it was called is shown.
//! Rows are taken out of `later` in the transaction that writes them where they belong, so a crash at any instant loses
//! none and writes none twice.

use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Mutex, watch};

use super::replay::Replay;
use super::{Projector, TableSpec};
use crate::archive::Archive;
use crate::engine::{Connection, Slot};
use crate::fault::{Fault, FaultKind};
use crate::head::Head;
use crate::ledger::Ledger;
use crate::reader::Reader;
use crate::statement::{Engine, Statement};
use crate::tx::{Durability, Tx};

/// The rows are not worth compressing for the moment that they stay.
pub(crate) const CREATE: Statement = Statement::pair(
    "later.create",
    "create table later{g} (position bigint primary key, rows text not null)",
    "create table later{g} (position bigint primary key, rows text not null); \
     alter table later{g} alter column rows set storage external",
);
/// `$1`: the position of the batch's first event in twenty digits, then for each statement a line with its name and a line with
/// its rows; or the number of events alone.
const PUT: Statement = Statement::both(
    "later.put",
    "insert into later{g} (position, rows) select cast(substr($1, 1, 20) as bigint), substr($1, 21)",
);
const FIRST: Statement = Statement::both(
    "later.first",
    "select coalesce((select min(position) from later{g}), h.size) as followed from ledger_head h where h.id = 0",
);
/// Whoever comes second waits for the first, here or in another process.
const TAKE: Statement = Statement::pair(
    "later.take",
    "select position, rows from later{g} order by position limit $1",
    "select position, rows from later{g} order by position limit $1 for update",
);
const TAKEN: Statement = Statement::both("later.taken", "delete from later{g} where position <= $1");

/// Batches of one transaction: more would keep the embedded engine's one writer waiting.
const STEP_BATCHES: i64 = 16;
/// No commit for so long is a quiet moment.
const QUIET: Duration = Duration::from_millis(50);
/// With so many events behind, a quiet moment is not waited for.
const LAG_EVENTS: u64 = 50_000;
const PAUSE_AFTER_FAULT: Duration = Duration::from_secs(1);

/// Whether any table follows.
pub(crate) fn any_follows(schema: &[TableSpec]) -> bool {
    schema.iter().any(|table| table.follows)
}

/// What becomes of rows for tables that follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Later {
    /// Written at once.
    Now,
    /// Put aside under the position of the batch's first event.
    Aside(u64),
    /// Dropped: another's tables had not come so far.
    Never,
}

/// Puts aside how many events a batch has whose rows are to be made from the log.
pub(crate) fn put_events(tx: &mut Tx<'_>, position: u64, events: usize) {
    tx.write_rows(&PUT, format!("{position:020}{events}"));
}

/// Puts the rows of a batch aside.
pub(crate) fn put_rows(tx: &mut Tx<'_>, position: u64, rows: &[(Statement, String)]) {
    let mut text = format!("{position:020}");
    for (statement, rows) in rows {
        // JSON as serde_json writes it has no line breaks.
        text.extend([statement.name(), "\n", rows, "\n"]);
    }
    tx.write_rows(&PUT, text);
}

/// How many events the tables that follow show: all before the first batch that waits.
pub(crate) async fn followed(
    conn: &mut Connection<'_>,
    schema: &[TableSpec],
    head: &Head,
) -> Result<u64, Fault> {
    if !any_follows(schema) {
        return Ok(head.size);
    }
    let rows = conn.rows(&FIRST, head.generation, &[]).await?;
    let row = rows.first();
    row.ok_or_else(|| Fault::damaged("reading ledger_head", "the row is missing"))?
        .count("followed")
}

/// Writes the rows that were put aside.
pub(crate) struct Follower<P> {
    pub(crate) slot: Arc<Mutex<Slot>>,
    pub(crate) archive: Archive,
    pub(crate) projector: Arc<P>,
    pub(crate) head: watch::Receiver<Head>,
    /// The size somebody waits for.
    pub(crate) wanted: watch::Receiver<u64>,
    pub(crate) followed: watch::Sender<u64>,
    pub(crate) closing: watch::Receiver<bool>,
}

impl<P: Projector> Follower<P> {
    /// Works until the ledger is closed, and then until nothing is left.
    pub(crate) async fn run(mut self) {
        loop {
            if self.behind() == 0 {
                if self.is_closing() || !self.woken().await {
                    break;
                }
                continue;
            }
            self.give_way().await;
            if let Err(fault) = self.catch_up().await {
                tracing::error!(%fault, "the read models that follow are held up");
                if self.is_closing()
                    || tokio::time::timeout(PAUSE_AFTER_FAULT, self.closed())
                        .await
                        .is_ok()
                {
                    break;
                }
            }
        }
        if self.archive.engine() == Engine::Postgres {
            // A session of its own; SQLite's is the sequencer's.
            let closed = self.slot.lock().await.close().await;
            closed.unwrap_or_else(
                |fault| tracing::debug!(%fault, "the follower's connection did not end in peace"),
            );
        }
    }

    /// Events to go.
    fn behind(&self) -> u64 {
        let target = self.head.borrow().size.max(*self.wanted.borrow());
        target.saturating_sub(*self.followed.borrow())
    }

    fn is_urgent(&self) -> bool {
        *self.wanted.borrow() > *self.followed.borrow() || self.behind() >= LAG_EVENTS || self.is_closing()
    }

    fn is_closing(&self) -> bool {
        *self.closing.borrow()
    }

    /// Waits until something has happened. `false`: nothing will any more.
    async fn woken(&mut self) -> bool {
        tokio::select! {
            changed = self.head.changed() => changed.is_ok(),
            changed = self.wanted.changed() => changed.is_ok(),
            changed = self.closing.changed() => changed.is_ok(),
        }
    }

    /// Waits for a quiet moment, unless it is urgent.
    async fn give_way(&mut self) {
        while !self.is_urgent() {
            match tokio::time::timeout(QUIET, self.woken()).await {
                Ok(true) => {}
                Ok(false) | Err(_) => break,
            }
        }
    }

    async fn closed(&mut self) {
        drop(self.closing.wait_for(|closing| *closing).await);
    }

    /// Follows until nothing waits.
    async fn catch_up(&self) -> Result<(), Fault> {
        loop {
            let head = self.archive.stored_head().await?;
            match self.step(&head).await {
                Ok(true) => {}
                Ok(false) => return Ok(()),
                // A rebuild swapped the generation and dropped the old tables: go on with the new ones.
                Err(fault)
                    if fault.kind() == FaultKind::MissingTable
                        && self.archive.learn_generation().await? != head.generation => {}
                Err(fault) => return Err(fault),
            }
        }
    }

    /// One transaction. `false`: nothing waits any more.
    async fn step(&self, head: &Head) -> Result<bool, Fault> {
        let slot = self.slot.lock().await;
        let mut tx = Tx::begin_with(slot, head.generation, Durability::WithTheNext).await?;
        let mut taken = tx.rows(&TAKE, &[(STEP_BATCHES + 1).into()]).await?;
        // One more than is done now tells how far it goes; without one it goes as far as the head did.
        let next = match taken.len() as i64 > STEP_BATCHES {
            true => taken.pop(),
            false => None,
        };
        let next = next.map(|batch| batch.count("position")).transpose()?;
        let mut left = 0..0;
        for batch in &taken {
            let (position, rows) = (batch.count("position")?, batch.text("rows")?);
            match rows.parse::<u64>() {
                // Batches that follow each other are read from the log together.
                Ok(events) if left.end == position => left.end += events,
                Ok(events) => {
                    self.follow(&mut tx, std::mem::replace(&mut left, position..position + events))
                        .await?;
                }
                Err(_) => {
                    self.follow(&mut tx, std::mem::take(&mut left)).await?;
                    for (statement, rows) in self.statements(&rows)? {
                        tx.write_rows(&statement, rows);
                    }
                    tx.flush().await?;
                }
            }
        }
        self.follow(&mut tx, left).await?;
        match taken.last() {
            Some(last) => {
                tx.execute(&TAKEN, &[last.int("position")?.into()]).await?;
                tx.commit().await?;
            }
            None => tx.roll_back().await?,
        }
        let followed = next.unwrap_or(head.size);
        metrics::gauge!("hotich_followed_position").set(followed as f64);
        self.followed.send_replace(followed);
        Ok(next.is_some())
    }

    /// Makes the rows of these events from the log.
    async fn follow(&self, tx: &mut Tx<'_>, events: Range<u64>) -> Result<(), Fault> {
        if events.is_empty() {
            return Ok(());
        }
        let mut pages = Replay::of(&self.projector, self.archive.scan(events.start, events.end));
        while let Some(page) = pages.next().await {
            self.projector.follow(tx, &page?)?;
            tx.flush().await?;
        }
        Ok(())
    }

    /// What was put aside, line by line.
    fn statements(&self, text: &str) -> Result<Vec<(Statement, String)>, Fault> {
        let lines: Vec<&str> = text.lines().collect();
        let known = |name: &str| self.projector.later().iter().find(|known| known.name() == name);
        let each = lines.chunks_exact(2).map(|pair| match pair {
            [name, rows] => known(name).map(|statement| (*statement, (*rows).to_owned())),
            _ => None,
        });
        each.collect::<Option<_>>()
            .ok_or_else(|| Fault::projection("later", "rows for a statement that is not known"))
    }
}

impl<P: Projector> Ledger<P> {
    /// A reader to whom also the tables that follow show every event recorded so far, by whatever process.
    ///
    /// # Errors
    /// [`Fault`] of the store; one of kind [`FaultKind::Unavailable`] when they are held up for longer than a statement may take.
    pub async fn reader_of_all(&self) -> Result<Reader<'_>, Fault> {
        if any_follows(self.projector().schema()) {
            let target = self.stored_head().await?.size;
            let limit = self.store().options().statement_timeout;
            let reached = tokio::time::timeout(limit, self.followed_to(target)).await;
            if reached != Ok(true) {
                let reason = "the read models that follow are held up";
                return Err(Fault::new(
                    FaultKind::Unavailable,
                    "waiting for the read models",
                    reason,
                ));
            }
        }
        Ok(self.reader())
    }
}
