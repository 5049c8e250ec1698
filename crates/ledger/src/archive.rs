//! [`Archive`]: the reading side of a ledger.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use bytes::Bytes;
use tokio::sync::watch;

use crate::engine::{Readers, Store};
use crate::fault::Fault;
use crate::head::{Head, StreamHead};
use crate::location::Location;
use crate::options::Options;
use crate::reader::Reader;
use crate::receipt::Receipt;
use crate::row::Row;
use crate::sequencer::{HEAD, head_of, number};
use crate::statement::{Engine, Param, Statement};
use crate::stored::Stored;

/// A ledger as its readers see it: events by position, id, entry and stream, the tree's tiles and proofs, the read models.
/// A clone is the same archive.
///
/// Opened by itself it never writes, and needs no projector: an auditor's view of a copy, a backup, a standby.
#[derive(Clone)]
pub struct Archive {
    readers: Readers,
    /// The generation last seen live; a rebuild elsewhere may have swapped it.
    generation: Arc<AtomicI64>,
    head: Option<watch::Receiver<Head>>,
}

macro_rules! stored {
    ($from_where:literal) => {
        concat!(
            "select e.position, e.event_id, e.stream, e.seq, e.kind, e.recorded_at_ms, e.hash, e.twin, e.signed, \
             b.sealed, case when b.cipher = 1 then b.position when b.cipher is not null then -1 end as cipher_at, x.erased_by ",
            $from_where
        )
    };
}

const BY_POSITION: Statement = Statement::both(
    "event by position",
    stored!(
        "from event e left join body b on b.position = e.position left join erasure x on x.position = e.position \
         where e.position = $1"
    ),
);
const BY_EVENT_ID: Statement = Statement::both(
    "event by id",
    stored!(
        "from event e left join body b on b.position = e.position left join erasure x on x.position = e.position \
         where e.event_id = $1"
    ),
);
const BY_ENTRY: Statement = Statement::both(
    "events by entry",
    stored!(
        "from entry_event t join event e on e.position = t.position left join body b on b.position = e.position \
         left join erasure x on x.position = e.position \
         where t.entry = $1 and t.position <= $2 order by t.rev"
    ),
);
const BY_STREAM: Statement = Statement::both(
    "events by stream",
    stored!(
        "from event e left join body b on b.position = e.position left join erasure x on x.position = e.position \
         where e.stream = $1 and e.seq >= $2 and e.seq < $3 order by e.seq"
    ),
);
pub(crate) const BY_RANGE: Statement = Statement::both(
    "events by range",
    stored!(
        "from event e left join body b on b.position = e.position left join erasure x on x.position = e.position \
         where e.position >= $1 and e.position < $2 order by e.position"
    ),
);
const ENTRY_HEAD: Statement = Statement::both(
    "entry head",
    "select e.position, e.hash from entry_event x join event e on e.position = x.head \
     where x.entry = $1 order by x.rev desc limit 1",
);
const STREAM_HEAD: Statement = Statement::both(
    "stream head",
    "select seq, hash from event where stream = $1 order by seq desc limit 1",
);
/// Jumps from stream to stream along the index instead of reading all of it.
const STREAMS: Statement = Statement::both(
    "streams",
    "with recursive s (stream) as ( \
       select min(stream) from event \
       union all select (select min(stream) from event where stream > s.stream) from s where s.stream is not null \
     ) select stream from s where stream is not null",
);
// A stream's numbers and positions grow together: the last one before a position is found from the end, by the index of streams.
const HEADS_AT: Statement = Statement::both(
    "stream heads",
    "with recursive s (stream) as ( \
       select min(stream) from event \
       union all select (select min(stream) from event where stream > s.stream) from s where s.stream is not null \
     ) select e.stream, e.seq, e.hash from s join event e on e.stream = s.stream and e.seq = ( \
       select x.seq from event x where x.stream = s.stream and x.position < $1 order by x.seq desc limit 1 \
     ) where s.stream is not null order by e.stream",
);
const FOUNDING: Statement = Statement::both("founding event", "select hash from event where position = 0");
const RECEIPT: Statement = Statement::both(
    "receipt",
    "select e.event_id, e.position, e.hash, e.recorded_at_ms, b.size, b.root from event e \
     join batch b on b.size = (select min(size) from batch where size > e.position) where e.event_id = $1",
);
const BATCHES: Statement = Statement::both(
    "batches",
    "select size, root, recorded_at_ms from batch where size > $1 order by size limit $2",
);

/// One commit of the log, as `batch` remembers it: an auditor can compute the root of every size ever receipted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Batch {
    /// Size of the tree after the commit.
    pub size: u64,
    /// Root of that tree, as stored.
    pub root: [u8; 32],
    /// Time given to its events, milliseconds since 1970.
    pub recorded_at_ms: i64,
}

impl Archive {
    /// Opens a ledger for reading only. Nothing is checked but that it can be read at all.
    ///
    /// # Errors
    /// [`Fault`] when there is no ledger there, or it cannot be read.
    pub async fn open(location: &Location, options: &Options) -> Result<Self, Fault> {
        let readers = Store::open_readers(location, options).await?;
        let archive = Archive {
            readers,
            generation: Arc::new(AtomicI64::new(0)),
            head: None,
        };
        archive
            .stored_head()
            .await
            .map_err(|fault| fault.while_doing("opening the ledger for reading"))?;
        Ok(archive)
    }

    pub(crate) fn of_readers(readers: Readers) -> Self {
        Archive {
            readers,
            generation: Arc::new(AtomicI64::new(0)),
            head: None,
        }
    }

    /// Number of events: as the sequencer of this process published it, if that is enough; or as the store has it, where another process may
    /// have recorded more.
    pub(crate) async fn size_for(&self, is_enough: impl Fn(u64) -> bool) -> Result<u64, Fault> {
        let known = self.head.as_ref().map(|head| head.borrow().size);
        match known.filter(|size| is_enough(*size)) {
            Some(size) => Ok(size),
            None => Ok(self.stored_head().await?.size),
        }
    }

    pub(crate) fn of_store(store: &Store, head: watch::Receiver<Head>) -> Self {
        let generation = head.borrow().generation;
        Archive {
            readers: store.readers().clone(),
            generation: Arc::new(AtomicI64::new(generation)),
            head: Some(head),
        }
    }

    pub(crate) fn readers(&self) -> &Readers {
        &self.readers
    }

    /// The engine the ledger lives on.
    pub fn engine(&self) -> Engine {
        self.readers.engine()
    }

    /// The generation of the projection tables: what this process saw last.
    pub(crate) fn generation(&self) -> i64 {
        let seen = self.generation.load(Ordering::Relaxed);
        self.head
            .as_ref()
            .map_or(seen, |head| seen.max(head.borrow().generation))
    }

    /// Learns the generation from the store.
    pub(crate) async fn learn_generation(&self) -> Result<i64, Fault> {
        Ok(self.stored_head().await?.generation)
    }

    /// Runs the SQL of read models.
    pub fn reader(&self) -> Reader<'_> {
        Reader::new(self)
    }

    /// The head as the store has it now.
    ///
    /// # Errors
    /// [`Fault`] of the store.
    pub async fn stored_head(&self) -> Result<Head, Fault> {
        let row = self.readers.row(&HEAD, &[]).await?;
        let row = row.ok_or_else(|| Fault::damaged("reading ledger_head", "the row is missing"))?;
        let head = head_of(&row)?;
        self.generation.fetch_max(head.generation, Ordering::Relaxed);
        Ok(head)
    }

    /// The event at a position, or nothing past the end.
    ///
    /// # Errors
    /// [`Fault`] of the store, naming the position.
    pub async fn stored(&self, position: u64) -> Result<Option<Stored>, Fault> {
        let found = self.one(&BY_POSITION, &[number(position)?.into()]).await;
        found.map_err(|fault| fault.while_doing(&format!("reading event {position}")))
    }

    /// The event with an id.
    ///
    /// # Errors
    /// [`Fault`] of the store.
    pub async fn by_event_id(&self, event_id: &[u8; 16]) -> Result<Option<Stored>, Fault> {
        self.one(&BY_EVENT_ID, &[event_id.into()]).await
    }

    /// Every event that touches an entry, advancing or not, in order; up to a position and including it, if one is given: the
    /// entry as it stood then.
    ///
    /// # Errors
    /// [`Fault`] of the store.
    pub async fn by_entry(&self, entry: &[u8; 16], up_to: Option<u64>) -> Result<Vec<Stored>, Fault> {
        let up_to = up_to.map_or(Ok(i64::MAX), number)?;
        self.many(&BY_ENTRY, &[entry.into(), up_to.into()]).await
    }

    /// The events of a stream from one seq up to, and without, another.
    ///
    /// # Errors
    /// [`Fault`] of the store.
    pub async fn by_stream(&self, stream: i64, from: u64, to: u64) -> Result<Vec<Stored>, Fault> {
        let to = i64::try_from(to).unwrap_or(i64::MAX);
        self.many(&BY_STREAM, &[stream.into(), number(from)?.into(), to.into()])
            .await
    }

    /// Position and hash of an entry's head: the basis of the next event on it. Nothing where the entry does not exist.
    ///
    /// # Errors
    /// [`Fault`] of the store.
    pub async fn entry_head(&self, entry: &[u8; 16]) -> Result<Option<(u64, [u8; 32])>, Fault> {
        let row = self.readers.row(&ENTRY_HEAD, &[entry.into()]).await?;
        row.map(|row| Ok((row.count("position")?, row.array("hash")?)))
            .transpose()
    }

    /// The head of a stream: `next` and `hash` are the seq and the `prev` of its next event.
    ///
    /// # Errors
    /// [`Fault`] of the store.
    pub async fn stream_head(&self, stream: i64) -> Result<StreamHead, Fault> {
        if let Some(row) = self.readers.row(&STREAM_HEAD, &[stream.into()]).await? {
            return Ok(StreamHead {
                next: row.count("seq")? + 1,
                hash: row.array("hash")?,
            });
        }
        let founding = self.readers.row(&FOUNDING, &[]).await?;
        let hash = founding
            .map(|row| row.array("hash"))
            .transpose()?
            .unwrap_or([0; 32]);
        Ok(StreamHead { next: 0, hash })
    }

    /// Every stream that has events, in order.
    ///
    /// # Errors
    /// [`Fault`] of the store.
    pub async fn streams(&self) -> Result<Vec<i64>, Fault> {
        self.readers
            .rows(&STREAMS, 0, &[])
            .await?
            .iter()
            .map(|row| row.int("stream"))
            .collect()
    }

    /// The head of every stream as it stood when the log had `size` events, ascending by stream.
    ///
    /// # Errors
    /// [`Fault`] of the store.
    pub async fn stream_heads(&self, size: u64) -> Result<Vec<(i64, StreamHead)>, Fault> {
        let rows = self.readers.rows(&HEADS_AT, 0, &[number(size)?.into()]).await?;
        let head = |row: &Row| {
            let next = row.count("seq")? + 1;
            let hash = row.array("hash")?;
            Ok((row.int("stream")?, StreamHead { next, hash }))
        };
        rows.iter().map(head).collect()
    }

    /// The receipt that was given for an event, if it was recorded.
    ///
    /// # Errors
    /// [`Fault`] of the store.
    pub async fn receipt(&self, event_id: &[u8; 16]) -> Result<Option<Receipt>, Fault> {
        let row = self.readers.row(&RECEIPT, &[event_id.into()]).await?;
        row.map(|row| {
            Ok(Receipt {
                event_id: row.array("event_id")?,
                position: row.count("position")?,
                hash: row.array("hash")?,
                recorded_at_ms: row.int("recorded_at_ms")?,
                tree_size: row.count("size")?,
                root: row.array("root")?,
            })
        })
        .transpose()
    }

    /// At most `limit` commits whose tree is larger than `after`, in order.
    ///
    /// # Errors
    /// [`Fault`] of the store.
    pub async fn batches(&self, after: u64, limit: u32) -> Result<Vec<Batch>, Fault> {
        let rows = self
            .readers
            .rows(&BATCHES, 0, &[number(after)?.into(), i64::from(limit).into()])
            .await?;
        rows.iter()
            .map(|row| {
                Ok(Batch {
                    size: row.count("size")?,
                    root: row.array("root")?,
                    recorded_at_ms: row.int("recorded_at_ms")?,
                })
            })
            .collect()
    }

    /// Closes the connections. Only needed where an archive was opened by itself.
    pub async fn close(&self) {
        self.readers.close().await;
    }

    async fn one(&self, statement: &Statement, params: &[Param<'_>]) -> Result<Option<Stored>, Fault> {
        Ok(self.many(statement, params).await?.pop())
    }

    pub(crate) async fn many(
        &self,
        statement: &Statement,
        params: &[Param<'_>],
    ) -> Result<Vec<Stored>, Fault> {
        self.readers
            .rows(statement, 0, params)
            .await?
            .iter()
            .map(|row| self.stored_of(row))
            .collect()
    }

    /// A row of `event` with its body. A column that does not fit is a fault that names the position too.
    fn stored_of(&self, row: &Row) -> Result<Stored, Fault> {
        let position = row.count("position")?;
        if row.int_opt("erased_by")?.is_some()
            && let Some(keys) = self.readers.keys()
        {
            keys.forget(position);
        }
        rest_of(row, position).map_err(|fault| fault.while_doing(&format!("reading event {position}")))
    }
}

fn rest_of(row: &Row, position: u64) -> Result<Stored, Fault> {
    let erased_by = row.count_opt("erased_by")?;
    let body = match erased_by {
        None => row.body()?,
        Some(_) => None,
    };
    Ok(Stored {
        position,
        event_id: row.array("event_id")?,
        stream: row.int("stream")?,
        seq: row.count("seq")?,
        kind: u16::try_from(row.int("kind")?).map_err(|error| Fault::damaged("reading event.kind", error))?,
        recorded_at_ms: row.int("recorded_at_ms")?,
        hash: row.array("hash")?,
        twin: row.array("twin")?,
        signed: Bytes::from(row.blob("signed")?),
        sealed_body: body.map(Bytes::from),
        erased_by,
    })
}
