//! Which bodies are lawfully erased, and seeing it through.

use std::collections::BTreeSet;

use crate::archive::Archive;
use crate::candidate::Erased;
use crate::engine::Readers;
use crate::fault::Fault;
use crate::ledger::Ledger;
use crate::projection::Projector;
use crate::row::Row;
use crate::statement::{Engine, Statement};

const ERASURES: Statement = Statement::both(
    "erasures",
    "select position, erased_by, entries from erasure order by position",
);

/// The live read models were begun before an erasure was recorded.
const SHOWN: Statement = Statement::both(
    "erased and still shown",
    "select e.position from erasure e where e.erased_by >= \
     (select coalesce(p.begun, 0) from projection p join ledger_head h on h.generation = p.generation) limit 1",
);

/// As [`SHOWN`], for one generation: what it shows of these entries may be erased.
const WITHHELD: Statement = Statement::both(
    "entries withheld",
    "select entries from erasure where erased_by >= \
     coalesce((select begun from projection where generation = $1), 0) and length(entries) > 0",
);

/// By which event an entry first lost something.
const LOST: Statement = Statement::both(
    "what an entry lost",
    "select min(x.erased_by) as erased_by from entry_event t join erasure x on x.position = t.position \
     where t.entry = $1",
);
const ENTRIES_LOST: Statement = Statement::both(
    "entries that lost something",
    "select entries from erasure where length(entries) > 0 order by position",
);

/// Entries of which a generation of the read models still shows what was erased: from the commit of an erasure until the read models
/// are made anew, their rows are shown to nobody.
#[derive(Debug, Default)]
pub(crate) struct Withheld(BTreeSet<String>);

impl Withheld {
    /// Those of a generation. Asked after the rows were read: an erasure that was recorded meanwhile is respected.
    pub(crate) async fn of(readers: &Readers, generation: i64) -> Result<Self, Fault> {
        let mut entries = BTreeSet::new();
        for row in readers.rows(&WITHHELD, 0, &[generation.into()]).await? {
            entries.extend(row.blob("entries")?.chunks(16).map(hex::encode));
        }
        Ok(Withheld(entries))
    }

    /// Whether a row is about one of them: it has a column `entry` with the id in hexadecimal, with hyphens or without.
    fn withholds(&self, row: &Row) -> Result<bool, Fault> {
        if self.0.is_empty() || !row.has("entry") {
            return Ok(false);
        }
        let entry = row.text_opt("entry")?.unwrap_or_default();
        Ok(self.0.contains(&entry.replace('-', "")))
    }

    /// Takes those rows away.
    pub(crate) fn keep_back(&self, rows: Vec<Row>) -> Result<Vec<Row>, Fault> {
        let mut shown = Vec::with_capacity(rows.len());
        for row in rows {
            if !self.withholds(&row)? {
                shown.push(row);
            }
        }
        Ok(shown)
    }
}

impl Archive {
    /// Whether the read models were made while a body could still be read that is erased now.
    ///
    /// # Errors
    /// [`Fault`] of the store.
    pub async fn shows_erased(&self) -> Result<bool, Fault> {
        Ok(self.readers().row(&SHOWN, &[]).await?.is_some())
    }

    /// The positions of the events whose bodies were lawfully erased, in order, each with that of the event that says so.
    ///
    /// # Errors
    /// [`Fault`] of the store.
    pub async fn erasures(&self) -> Result<Vec<(u64, u64)>, Fault> {
        let rows = self.readers().rows(&ERASURES, 0, &[]).await?;
        rows.iter()
            .map(|row| Ok((row.count("position")?, row.count("erased_by")?)))
            .collect()
    }

    /// The same with the entries that are kept beside each body.
    ///
    /// # Errors
    /// [`Fault`] of the store.
    pub async fn erased_bodies(&self) -> Result<Vec<(Erased, u64)>, Fault> {
        let rows = self.readers().rows(&ERASURES, 0, &[]).await?;
        let erased = |row: &Row| {
            let (kept, by) = (row.blob("entries")?, row.count("erased_by")?);
            let (entries, over) = kept.as_chunks::<16>();
            if !over.is_empty() {
                return Err(Fault::damaged(
                    "reading erasures",
                    "the entries of a body are cut off",
                ));
            }
            let position = row.count("position")?;
            Ok((
                Erased {
                    position,
                    entries: entries.to_vec(),
                },
                by,
            ))
        };
        rows.iter().map(erased).collect()
    }
}

impl Archive {
    /// The position of the event by which an entry first lost something to a lawful erasure; nothing where it lost nothing.
    ///
    /// # Errors
    /// [`Fault`] of the store.
    pub async fn lost(&self, entry: &[u8; 16]) -> Result<Option<u64>, Fault> {
        let row = self.readers().row(&LOST, &[entry.into()]).await?;
        Ok(row.map(|row| row.count_opt("erased_by")).transpose()?.flatten())
    }

    /// The entries that lost something, each once.
    ///
    /// # Errors
    /// [`Fault`] of the store.
    pub async fn entries_lost(&self) -> Result<BTreeSet<[u8; 16]>, Fault> {
        let mut entries = BTreeSet::new();
        for row in self.readers().rows(&ENTRIES_LOST, 0, &[]).await? {
            let ids = row.blob("entries")?;
            entries.extend(ids.chunks(16).filter_map(|id| <[u8; 16]>::try_from(id).ok()));
        }
        Ok(entries)
    }
}

impl<P: Projector> Ledger<P> {
    /// Destroys the keys of all bodies that the log says are erased, as far as they are still there: the second half of an erasure. Run
    /// at every opening too, so that a crash between the two halves is healed. Answers how many there were.
    ///
    /// # Errors
    /// [`Fault`] when the key store cannot be reached; it can be done again.
    pub async fn finish_erasing(&self) -> Result<usize, Fault> {
        let positions: Vec<u64> = self
            .erasures()
            .await?
            .into_iter()
            .map(|(position, _)| position)
            .collect();
        let keys = self.store().keys();
        let standing = keys.standing(&positions).await?;
        keys.puncture(standing.iter().copied()).await?;
        if !standing.is_empty() {
            tracing::info!(bodies = standing.len(), "the keys of erased bodies are destroyed");
        }
        Ok(standing.len())
    }

    /// Makes the read models anew without what was erased, if they still show it. The old ones are overwritten. Answers whether they did.
    ///
    /// # Errors
    /// As [`Ledger::rebuild`]; it can be done again.
    pub async fn rewrite_erased(&self) -> Result<bool, Fault> {
        let shown = self.shows_erased().await?;
        if shown {
            self.rebuild(|_| {}).await?;
            self.empty_write_ahead_log().await?;
        }
        Ok(shown)
    }

    /// On SQLite, whose log keeps the pages as they were until others take their place.
    async fn empty_write_ahead_log(&self) -> Result<(), Fault> {
        let mut slot = self.store().writer().lock().await;
        let mut conn = slot.connection().await?;
        match conn.engine() {
            Engine::Sqlite => {
                conn.raw("emptying the write-ahead log", "pragma wal_checkpoint(truncate)")
                    .await
            }
            Engine::Postgres => Ok(()),
        }
    }
}
