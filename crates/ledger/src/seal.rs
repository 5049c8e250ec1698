//! Seals of papers: kept beside the log, the first one for ever. What they sign the ledger does not know.

use crate::archive::Archive;
use crate::fault::Fault;
use crate::ledger::Ledger;
use crate::projection::Projector;
use crate::row::Row;
use crate::statement::Statement;

/// SQLite has one writer, and asks its triggers before it looks for a conflict.
const KEEP: Statement = Statement::pair(
    "seal.keep",
    "insert into seal (event_id, template, code, cms, digest, sealed_at_ms) select $1, $2, $3, $4, $5, $6 \
     where not exists (select 1 from seal where event_id = $1 and template = $2)",
    "insert into seal (event_id, template, code, cms, digest, sealed_at_ms) values ($1, $2, $3, $4, $5, $6) \
     on conflict do nothing",
);
const FIND: Statement = Statement::both(
    "seal.find",
    "select code, cms, digest from seal where event_id = $1 and template = $2",
);

/// What seals one paper as set by one template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptSeal {
    /// The signed claim of its code.
    pub code: Vec<u8>,
    /// The signature of the file.
    pub cms: Vec<u8>,
    /// SHA-256 of the sealed file.
    pub digest: [u8; 32],
}

impl Archive {
    /// The seal of the paper that this event issued, as set by the template of that hash.
    ///
    /// # Errors
    /// [`Fault`] of the store.
    pub async fn seal(&self, event: &[u8; 16], template: &[u8; 32]) -> Result<Option<KeptSeal>, Fault> {
        let row = self
            .readers()
            .row(&FIND, &[event.into(), template.into()])
            .await?;
        row.as_ref().map(seal_of).transpose()
    }
}

impl<P: Projector> Ledger<P> {
    /// Keeps a seal, unless there is one already, and answers the one that is kept: of two nodes that seal one paper at a time, both
    /// hand out the file of the first.
    ///
    /// # Errors
    /// [`Fault`] of the store.
    pub async fn keep_seal(
        &self,
        event: &[u8; 16],
        template: &[u8; 32],
        seal: KeptSeal,
    ) -> Result<KeptSeal, Fault> {
        let row = [
            event.into(),
            template.into(),
            seal.code.as_slice().into(),
            seal.cms.as_slice().into(),
            (&seal.digest).into(),
            self.clock().now_ms().into(),
        ];
        if self.write_aside(&KEEP, &row).await? == 1 {
            return Ok(seal);
        }
        let kept = self.seal(event, template).await?;
        kept.ok_or_else(|| Fault::damaged("keeping a seal", "the row is missing"))
    }
}

fn seal_of(row: &Row) -> Result<KeptSeal, Fault> {
    Ok(KeptSeal {
        code: row.blob("code")?,
        cms: row.blob("cms")?,
        digest: row.array("digest")?,
    })
}
