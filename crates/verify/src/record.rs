//! What the auditor is fed: records in order of position, from wherever they lie.

use bytes::Bytes;
use civil::cose::{event_hash, event_twin, leaf_entry};

/// One event as its keeper hands it over. Nothing of it is believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Leaf index in the national tree, from 0.
    pub position: u64,
    /// When the log says it recorded it, milliseconds since 1970-01-01T00:00:00Z.
    pub recorded_at_ms: i64,
    /// The signed event.
    pub signed: Bytes,
    /// Salt and body; `None` where the keeper has none to show.
    pub sealed: Option<Bytes>,
    /// What the keeper has written beside it, when it keeps such columns.
    pub claimed: Option<Claimed>,
}

/// The leaf of a record in the national tree (RFC 0001 §8): all that the public sees of it.
pub(crate) fn leaf_of(record: &Record) -> [u8; 65] {
    leaf_entry(&event_hash(&record.signed), &event_twin(&record.signed))
}

/// What a store has written beside an event. Each is computed again from the signed bytes and compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claimed {
    /// The event's id.
    pub event_id: [u8; 16],
    /// The stream, office · 4 + lane.
    pub stream: i64,
    /// Place in the stream.
    pub seq: u64,
    /// Kind of act.
    pub kind: u16,
    /// BLAKE3 of the signed bytes.
    pub hash: [u8; 32],
    /// SHA-256 of the signed bytes.
    pub twin: [u8; 32],
}

/// Where records come from: a database, an export, a test.
pub trait Source: Send {
    /// The next records in order of position, some thousands at a time; `None` after the last.
    ///
    /// # Errors
    /// [`SourceError`]: becomes a finding. Unless it is final the source is asked again and goes on behind the fault.
    fn next(&mut self) -> Result<Option<Vec<Record>>, SourceError>;
}

/// Something could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what}")]
pub struct SourceError {
    /// The first position that is affected, when it is known.
    pub position: Option<u64>,
    /// What and where (file and offset, table). Never content.
    pub what: String,
    /// Whether nothing more will come.
    pub last: bool,
}

impl<S: Source + ?Sized> Source for Box<S> {
    fn next(&mut self) -> Result<Option<Vec<Record>>, SourceError> {
        (**self).next()
    }
}

/// Records that are in memory already, handed over in batches.
#[derive(Debug)]
pub struct InMemory {
    records: std::vec::IntoIter<Record>,
}

impl InMemory {
    /// How many records a batch has.
    const BATCH: usize = 4096;

    /// Hands over these.
    pub fn new(records: Vec<Record>) -> Self {
        Self {
            records: records.into_iter(),
        }
    }
}

impl Source for InMemory {
    fn next(&mut self) -> Result<Option<Vec<Record>>, SourceError> {
        let batch: Vec<Record> = self.records.by_ref().take(Self::BATCH).collect();
        Ok((!batch.is_empty()).then_some(batch))
    }
}
