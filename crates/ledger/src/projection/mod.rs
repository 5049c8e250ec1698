//! Projections: read models, disposable by definition; written in the transaction of the events they show, or put aside in it and
//! written right after ([`TableSpec::follows`]).

use async_trait::async_trait;

use crate::fault::Fault;
use crate::statement::Statement;
use crate::stored::{Recorded, Stored};
use crate::tx::Tx;

mod digest;
mod founding;
mod later;
mod rebuild;
mod recompute;
mod replay;
mod tables;

pub use digest::{Digests, TableDigest};
pub use rebuild::{Progress, rebuild};
pub use recompute::recompute;

pub(crate) use founding::{check_version, found};
pub(crate) use later::{Follower, Later, any_follows, put_events, put_rows};
pub(crate) use tables::{create_indexes, create_tables, drop_tables};

/// Folds recorded events into the tables of the read models. Which rows it writes may depend on nothing but the events and
/// the rows written from earlier ones: replayed in any batches, on either engine, it must leave the same tables.
#[async_trait]
pub trait Projector: Send + Sync + 'static {
    /// An event, decoded.
    type Event: Send + Sync + 'static;

    /// Decodes a stored event, for replay.
    ///
    /// # Errors
    /// [`Fault`] when the bytes mean nothing. A replay stops there; it never skips.
    fn decode(&self, stored: &Stored) -> Result<Self::Event, Fault>;

    /// Every table of every projection.
    fn schema(&self) -> &'static [TableSpec];

    /// The statements that rows may be left to with [`Tx::write_rows_later`]: those of the tables that follow.
    fn later(&self) -> &'static [Statement] {
        &[]
    }

    /// Writes the rows of the tables that follow, of events whose rows [`Projector::apply`] left to be made from the log
    /// ([`Tx::leave_to_follow`]): with [`Tx::write_rows_later`], from nothing but the events.
    ///
    /// # Errors
    /// [`Fault`] of the projection; as it stands here, that it cannot: for projectors that leave nothing.
    fn follow(&self, _tx: &mut Tx<'_>, _events: &[Recorded<Self::Event>]) -> Result<(), Fault> {
        Err(Fault::projection(
            "following the log",
            "the projector does not say how",
        ))
    }

    /// Writes what the events change; rows may be left to [`Tx::write_rows`] unsent. They come in the order of their positions, without gaps.
    ///
    /// # Errors
    /// [`Fault`] of the store or of the projection. The whole batch is rolled back; the events of a failed batch are then
    /// tried in smaller ones, until the one that cannot be projected is alone, and it alone is refused.
    async fn apply(&self, tx: &mut Tx<'_>, events: &[Recorded<Self::Event>]) -> Result<(), Fault>;
}

/// A table of a projection. There is one for each generation: `{g}` in a name becomes `_1`, `_2`, …
#[derive(Debug, Clone, Copy)]
pub struct TableSpec {
    /// Its name with the placeholder: `entry_current{g}`.
    pub name: &'static str,
    /// `create table` and, if the projector itself looks rows up by it, `create index`; one statement each. Index names carry
    /// `{g}` too. Column types are `text`, `bigint` and (SQLite `blob`, PostgreSQL `bytea`) bytes; nothing else has a digest.
    pub create: &'static [Statement],
    /// `create index`, one statement each, for readers: a rebuild makes them once the rows are there, which costs a fraction.
    pub indexes: &'static [Statement],
    /// Whether it follows: its rows are written by [`Tx::write_rows_later`], after the receipt, instead of with the log.
    pub follows: bool,
    /// Its primary key, in order: the order of rows in the digest. Texts are ordered by their bytes on both engines.
    pub key: &'static [Key],
}

/// A column of a primary key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// A text column.
    Text(&'static str),
    /// An integer column.
    Int(&'static str),
}

/// Projects events and sends all that it wrote, or puts it aside.
pub(crate) async fn project<P: Projector>(
    projector: &P,
    tx: &mut Tx<'_>,
    events: &[Recorded<P::Event>],
) -> Result<(), Fault> {
    projector.apply(tx, events).await?;
    tx.put_aside(events.len());
    tx.finish_rows().await
}
