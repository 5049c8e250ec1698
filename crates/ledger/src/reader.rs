//! [`Reader`]: runs the SQL of the read models.

use crate::archive::Archive;
use crate::body::Withheld;
use crate::fault::{Fault, FaultKind};
use crate::row::Row;
use crate::statement::{Param, Statement};

/// Runs statements that read, on the generation of the projection tables that is live.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    archive: &'a Archive,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(archive: &'a Archive) -> Self {
        Reader { archive }
    }

    /// The rows a statement answers, `{g}` standing for the live generation.
    ///
    /// A rebuild by another process may swap the generation and drop the old tables under a reader; the statement is then run
    /// once more on the new ones.
    ///
    /// Rows of an entry that lost a body since that generation was begun are withheld (`schemas/rfc/0008-privacy.md` §5).
    ///
    /// # Errors
    /// [`Fault`] of the store, naming the statement.
    pub async fn rows(&self, statement: &Statement, params: &[Param<'_>]) -> Result<Vec<Row>, Fault> {
        let mut generation = self.archive.generation();
        if generation == 0 {
            generation = self.archive.learn_generation().await?;
        }
        match self.rows_of(generation, statement, params).await {
            Err(fault) if fault.kind() == FaultKind::MissingTable => {
                let live = self.archive.learn_generation().await?;
                if live == generation {
                    return Err(fault);
                }
                self.rows_of(live, statement, params).await
            }
            rows => rows,
        }
    }

    async fn rows_of(
        &self,
        generation: i64,
        statement: &Statement,
        params: &[Param<'_>],
    ) -> Result<Vec<Row>, Fault> {
        let readers = self.archive.readers();
        let rows = readers.rows(statement, generation, params).await?;
        if !rows.first().is_some_and(|row| row.has("entry")) {
            return Ok(rows);
        }
        Withheld::of(readers, generation).await?.keep_back(rows)
    }

    /// The only row, or the first, if there is one.
    ///
    /// # Errors
    /// As [`Reader::rows`].
    pub async fn row(&self, statement: &Statement, params: &[Param<'_>]) -> Result<Option<Row>, Fault> {
        Ok(self.rows(statement, params).await?.into_iter().next())
    }
}
