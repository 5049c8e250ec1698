//! Seals of papers: kept beside the log, the first one for ever. What they sign the ledger does not know.

use crate::archive::Archive;
use crate::fault::Fault;
use crate::ledger::Ledger;
use crate::projection::Projector;
use crate::statement::Statement;

/// SQLite has one writer, and asks its triggers before it looks for a conflict.
const KEEP: Statement = Statement::pair(
    "seal.keep",
    "insert into seal (event_id, template, code, cms, digest, sealed_at_ms, cipher) select $1, $2, $3, $4, $5, $6, $7 \
     where not exists (select 1 from seal where event_id = $1 and template = $2)",
    "insert into seal (event_id, template, code, cms, digest, sealed_at_ms, cipher) values ($1, $2, $3, $4, $5, $6, $7) \
     on conflict do nothing",
);
const FIND: Statement = Statement::both(
    "seal.find",
    "select s.code, s.cms, s.digest, case when s.cipher = 1 then e.position when s.cipher is not null then -1 end as cipher_at \
     from seal s left join event e on e.event_id = s.event_id \
     where s.event_id = $1 and s.template = $2",
);
const POSITION: Statement = Statement::both("event by id", "select position from event where event_id = $1");

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
    /// The seal of the paper that this event issued, as set by the template of that hash; none once the event's body is erased, for the
    /// code says what the paper does.
    ///
    /// # Errors
    /// [`Fault`] of the store.
    pub async fn seal(&self, event: &[u8; 16], template: &[u8; 32]) -> Result<Option<KeptSeal>, Fault> {
        let row = self
            .readers()
            .row(&FIND, &[event.into(), template.into()])
            .await?;
        let Some(row) = row else { return Ok(None) };
        let (code, cms, digest) = (row.blob("code")?, row.blob("cms")?, row.array("digest")?);
        let code = match (row.cipher_position()?, self.readers().keys()) {
            (None, _) => Some(code),
            (Some(position), Some(keys)) => keys.open_beside(position, template, &code).await?,
            (Some(_), None) => None,
        };
        Ok(code.map(|code| KeptSeal { code, cms, digest }))
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
        // Of an event of before there were keys it lies as its body does.
        let sealed = match self.readers().row(&POSITION, &[event.into()]).await? {
            Some(row) => {
                self.store()
                    .keys()
                    .seal_beside(row.count("position")?, template, &seal.code)
                    .await?
            }
            None => None,
        };
        let row = [
            event.into(),
            template.into(),
            sealed.as_deref().unwrap_or(&seal.code).into(),
            seal.cms.as_slice().into(),
            (&seal.digest).into(),
            self.clock().now_ms().into(),
            sealed.is_some().then_some(1_i64).into(),
        ];
        if self.write_aside(&KEEP, &row).await? == 1 {
            return Ok(seal);
        }
        let kept = self.seal(event, template).await?;
        kept.ok_or_else(|| Fault::damaged("keeping a seal", "the row is missing"))
    }
}
