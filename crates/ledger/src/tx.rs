//! [`Tx`]: the transaction of one batch, in which projections write.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;

use tokio::sync::MutexGuard;

use crate::body::Keyring;
use crate::engine::{Connection, Slot};
use crate::fault::{Fault, FaultKind};
use crate::projection::{Later, put_events, put_rows};
use crate::row::Row;
use crate::statement::{Engine, Param, Statement, names, together};

/// When a commit must be on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Durability {
    /// Before it is answered.
    AtOnce,
    /// With the next commit that is: for what can be made again.
    WithTheNext,
}

/// A transaction on the ledger's store. What is written through it is committed with the events of the batch, or not at all.
///
/// Dropped unfinished it takes its connection along, and the store rolls back.
pub struct Tx<'c> {
    place: Place<'c>,
    engine: Engine,
    generation: i64,
    durability: Durability,
    /// Rows on their way: see [`Tx::write_rows`].
    pending: Vec<(Statement, String)>,
    /// Rows of tables that follow, and what becomes of them.
    later: Later,
    aside: Vec<(Statement, String)>,
    from_log: bool,
    /// Whether the store knows of the transaction.
    begun: bool,
    /// What opens the bodies that are read in it.
    keys: Option<Arc<Keyring>>,
    /// The rows of the log, if they wait for those of the read models.
    recording: Option<Recording<'c>>,
    failed: bool,
}

/// The connection of a transaction. Dropped while the transaction is open, it takes the connection along.
pub(crate) struct Held<'c> {
    slot: MutexGuard<'c, Slot>,
    open: bool,
}

/// Where the connection is.
enum Place<'c> {
    Here(Held<'c>),
    /// With work that was started; it comes back with its answer.
    Away(Started<'c>),
    /// Lost with work that was given up.
    Nowhere,
}

/// Records the rows of the log, and on PostgreSQL rows of the read models of a generation with them.
pub(crate) type Recording<'c> =
    Box<dyn FnOnce(Held<'c>, Vec<(Statement, String)>, i64) -> Started<'c> + Send + 'c>;

/// Work under way.
pub(crate) type Started<'c> = Pin<Box<dyn Future<Output = (Held<'c>, Result<(), Fault>)> + Send + 'c>>;

impl Held<'_> {
    /// The connection.
    pub(crate) fn connection(&mut self) -> Result<Connection<'_>, Fault> {
        self.slot.open()
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        if self.open {
            self.slot.discard();
        }
    }
}

impl<'c> Tx<'c> {
    /// Opens a transaction, connecting if need be; that it could not be opened may also be said by what it is asked first. On
    /// SQLite it holds the write lock from the start, so that what is read in it stays true until it is committed.
    pub(crate) async fn begin(slot: MutexGuard<'c, Slot>, generation: i64) -> Result<Self, Fault> {
        Tx::begin_with(slot, generation, Durability::AtOnce).await
    }

    /// As [`Tx::begin`], with the durability of its commit.
    pub(crate) async fn begin_with(
        mut slot: MutexGuard<'c, Slot>,
        generation: i64,
        durability: Durability,
    ) -> Result<Self, Fault> {
        slot.connection().await?;
        let engine = slot.open()?.engine();
        let keys = slot.keys().cloned();
        // From here on whoever gives up, even in the middle of an answer, takes the connection along.
        let mut tx = Tx {
            place: Place::Here(Held { slot, open: true }),
            engine,
            generation,
            durability,
            pending: Vec::new(),
            later: Later::Now,
            aside: Vec::new(),
            from_log: false,
            begun: false,
            keys,
            recording: None,
            failed: false,
        };
        if (engine, durability) != (Engine::Postgres, Durability::AtOnce) {
            tx.send_begin().await?;
        }
        Ok(tx)
    }

    /// Opens the transaction in the store. On PostgreSQL what fits into one statement needs no other.
    async fn send_begin(&mut self) -> Result<(), Fault> {
        self.begun = true;
        let begin = match (self.engine, self.durability) {
            (Engine::Sqlite, Durability::AtOnce) => "begin immediate",
            // SQLite takes the setting outside of transactions only; `end` sets it back.
            (Engine::Sqlite, Durability::WithTheNext) => "pragma synchronous = normal; begin immediate",
            (Engine::Postgres, Durability::AtOnce) => "begin",
            (Engine::Postgres, Durability::WithTheNext) => "begin; set local synchronous_commit = off",
        };
        let begin = |mut held: Held<'c>| -> Started<'c> {
            Box::pin(async move {
                let begun = match held.connection() {
                    Ok(mut conn) => conn.raw("beginning a transaction", begin).await,
                    Err(fault) => Err(fault),
                };
                (held, begun)
            })
        };
        self.send(begin).await
    }

    /// The projection generation that `{g}` stands for.
    pub fn generation(&self) -> i64 {
        self.generation
    }

    /// The engine the transaction runs on.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Makes `{g}` stand for another generation from here on.
    pub(crate) fn turn_to(&mut self, generation: i64) {
        self.generation = generation;
    }

    /// The connection, as soon as it has done what was started.
    pub(crate) async fn connection(&mut self) -> Result<Connection<'_>, Fault> {
        self.settle().await?;
        if !self.begun {
            self.send_begin().await?;
            self.settle().await?;
        }
        if let Some(recording) = self.recording.take() {
            let generation = self.generation;
            self.send(|held| recording(held, Vec::new(), generation)).await?;
            self.settle().await?;
        }
        match &mut self.place {
            Place::Here(held) => held.connection(),
            _ => Err(Fault::internal("using a transaction", "its connection is gone")),
        }
    }

    /// Begins with the rows of the log. Inside a transaction they are sent off at once, so that whoever writes can compute while
    /// the store works; otherwise they wait for the rows of the read models, to go with them and be committed in one statement.
    /// Whatever the transaction is asked next comes after them, and fails if they failed.
    pub(crate) async fn start_first(&mut self, recording: Recording<'c>) -> Result<(), Fault> {
        if self.begun {
            self.settle().await?;
            let generation = self.generation;
            return self.send(|held| recording(held, Vec::new(), generation)).await;
        }
        self.recording = Some(recording);
        Ok(())
    }

    /// Sends a statement off and goes on without its answer.
    async fn send(&mut self, work: impl FnOnce(Held<'c>) -> Started<'c>) -> Result<(), Fault> {
        self.place = match std::mem::replace(&mut self.place, Place::Nowhere) {
            Place::Here(held) => Place::Away(work(held)),
            other => other,
        };
        // The first look at it sends the statement; that there is no answer yet is no news.
        if let Place::Away(started) = &mut self.place {
            let answer = poll_fn(|context| match started.as_mut().poll(context) {
                Poll::Ready(answer) => Poll::Ready(Some(answer)),
                Poll::Pending => Poll::Ready(None),
            });
            if let Some(answer) = answer.await {
                return self.come_back(answer);
            }
        }
        Ok(())
    }

    /// Waits for what was started.
    ///
    /// # Errors
    /// Those of what was started.
    pub(crate) async fn settle(&mut self) -> Result<(), Fault> {
        match std::mem::replace(&mut self.place, Place::Nowhere) {
            Place::Away(started) => {
                let answer = started.await;
                self.come_back(answer)
            }
            other => {
                self.place = other;
                Ok(())
            }
        }
    }

    fn come_back(&mut self, (held, answer): (Held<'c>, Result<(), Fault>)) -> Result<(), Fault> {
        self.place = Place::Here(held);
        self.failed |= answer.is_err();
        answer
    }

    /// Runs a statement; answers the number of rows it changed.
    ///
    /// # Errors
    /// [`Fault`] of the store. On PostgreSQL the transaction can only be rolled back after it.
    pub async fn execute(&mut self, statement: &Statement, params: &[Param<'_>]) -> Result<u64, Fault> {
        self.flush().await?;
        let generation = self.generation;
        let done = self
            .connection()
            .await?
            .execute(statement, generation, params)
            .await;
        self.failed |= done.is_err();
        done
    }

    /// Runs a statement; answers its rows.
    ///
    /// # Errors
    /// As [`Tx::execute`].
    pub async fn rows(&mut self, statement: &Statement, params: &[Param<'_>]) -> Result<Vec<Row>, Fault> {
        self.flush().await?;
        let generation = self.generation;
        let rows = self.connection().await?.rows(statement, generation, params).await;
        self.failed |= rows.is_err();
        let mut rows = rows?;
        if let Some(keys) = &self.keys {
            keys.hand_to(&mut rows).await?;
        }
        Ok(rows)
    }

    /// Writes rows by a statement whose only parameter, `$1`, is a JSON array with one element a row, so that a whole batch costs
    /// one statement: `json_each($1)` on SQLite, `jsonb_array_elements($1::jsonb)` on PostgreSQL.
    ///
    /// The rows are sent with those for other tables, in one go, before whatever the transaction is asked next, or by
    /// [`Tx::flush`]: a round trip to either engine costs more than the rows do. On PostgreSQL statements that are sent together
    /// do not see each other's rows; where one must see another's, flush between them.
    pub fn write_rows(&mut self, statement: &Statement, json_rows: String) {
        self.pending.push((*statement, json_rows));
    }

    /// As [`Tx::write_rows`], for a table that follows (`TableSpec::follows`): a batch of new events only puts the rows aside. The
    /// statement must be one of [`crate::Projector::later`].
    pub fn write_rows_later(&mut self, statement: &Statement, json_rows: String) {
        match self.later {
            Later::Now => self.write_rows(statement, json_rows),
            Later::Aside(_) => self.aside.push((*statement, json_rows)),
            Later::Never => {}
        }
    }

    /// Leaves the rows of all tables that follow to be made from the log, when they are wanted, by [`crate::Projector::follow`]. `false`:
    /// they must be made now.
    pub fn leave_to_follow(&mut self) -> bool {
        self.from_log = matches!(self.later, Later::Aside(_));
        self.from_log
    }

    /// Puts what was left for later where the follower finds it: rows, or how many events it has to read in the log.
    pub(crate) fn put_aside(&mut self, events: usize) {
        let Later::Aside(position) = self.later else {
            return;
        };
        let aside = std::mem::take(&mut self.aside);
        if std::mem::take(&mut self.from_log) {
            put_events(self, position, events);
        } else if !aside.is_empty() {
            put_rows(self, position, &aside);
        }
    }

    /// Says what becomes of the rows of tables that follow.
    pub(crate) fn do_later(&mut self, later: Later) {
        self.later = later;
    }

    /// Sends the rows that wait.
    ///
    /// # Errors
    /// As [`Tx::execute`]; the fault names all that was sent together.
    pub async fn flush(&mut self) -> Result<(), Fault> {
        if self.pending.is_empty() {
            return Ok(());
        }
        let pending = std::mem::take(&mut self.pending);
        let (statements, rows): (Vec<Statement>, Vec<String>) = pending.into_iter().unzip();
        let params: Vec<Param<'_>> = rows.iter().map(|rows| rows.as_str().into()).collect();
        let (generation, name) = (self.generation, names(&statements));
        let sql = together(&statements, self.engine, generation);
        let mut conn = self.connection().await?;
        let done = conn.execute_text(&name, sql, &params).await;
        self.failed |= done.is_err();
        done.map(drop)
    }

    /// Sends the rows that wait, unless they go with the commit.
    pub(crate) async fn finish_rows(&mut self) -> Result<(), Fault> {
        if self.recording.is_some() {
            return Ok(());
        }
        self.flush().await?;
        self.settle().await
    }

    /// Commits. After a fault nobody knows whether it happened, unless the fault's kind says that the disk is full.
    ///
    /// A transaction in which a statement failed is not committed even if its writer overlooked that: PostgreSQL would answer
    /// COMMIT with a silent rollback.
    pub(crate) async fn commit(mut self) -> Result<(), Fault> {
        if !self.begun
            && let Some(recording) = self.recording.take()
        {
            let (rows, generation) = (std::mem::take(&mut self.pending), self.generation);
            let sent = self.send(|held| recording(held, rows, generation)).await;
            let done = sent.and(self.settle().await);
            if done.as_ref().err().is_none_or(is_answer) {
                self.close();
            }
            return done;
        }
        self.flush().await?;
        self.settle().await?;
        if self.failed {
            return Err(Fault::projection(
                "committing",
                "a statement of the transaction had failed",
            ));
        }
        self.end("committing", "commit").await
    }

    /// Rolls back and keeps the connection.
    pub(crate) async fn roll_back(mut self) -> Result<(), Fault> {
        // What was started is rolled back whatever it answers; if the connection is lost, `end` says so.
        drop(self.settle().await);
        self.end("rolling back", "rollback").await
    }

    /// Ends the transaction and leaves the connection as it was found.
    async fn end(&mut self, doing: &str, end: &'static str) -> Result<(), Fault> {
        if !self.begun {
            self.close();
            return Ok(());
        }
        let lax = (self.engine, self.durability) == (Engine::Sqlite, Durability::WithTheNext);
        let mut conn = self.connection().await?;
        conn.raw(doing, end).await?;
        if lax {
            conn.raw(doing, "pragma synchronous = full").await?;
        }
        self.close();
        Ok(())
    }

    /// Nothing is left to be rolled back.
    fn close(&mut self) {
        if let Place::Here(held) = &mut self.place {
            held.open = false;
        }
    }

    /// Rolls back after a fault: keeps the connection if the fault leaves it in order.
    pub(crate) async fn give_up(self, fault: &Fault) {
        if is_answer(fault)
            && let Err(second) = self.roll_back().await
        {
            tracing::debug!(%second, "the rollback failed as well; the connection is dropped");
        }
    }
}

/// Whether a fault is something that the store answered, or that never reached it: the connection is in order.
fn is_answer(fault: &Fault) -> bool {
    matches!(
        fault.kind(),
        FaultKind::Projection
            | FaultKind::Constraint
            | FaultKind::Internal
            | FaultKind::Request
            | FaultKind::MissingTable
            | FaultKind::Moved
    )
}
