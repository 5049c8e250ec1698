//! Reader tokens: who may read for which office. Only hashes are kept.

use crate::archive::Archive;
use crate::fault::Fault;
use crate::ledger::Ledger;
use crate::projection::Projector;
use crate::row::Row;
use crate::statement::{Param, Statement};
use crate::tx::Tx;

const ADD: Statement = Statement::both(
    "reader_token",
    "insert into reader_token (hash, office, label, created_at_ms, revoked_at_ms) values ($1, $2, $3, $4, null)",
);
const REVOKE: Statement = Statement::both(
    "reader_token",
    "update reader_token set revoked_at_ms = $1 where hash = $2 and revoked_at_ms is null",
);
const FIND: Statement = Statement::both(
    "reader_token",
    "select hash, office, label, created_at_ms, revoked_at_ms from reader_token where hash = $1",
);
const LIST: Statement = Statement::both(
    "reader_token",
    "select hash, office, label, created_at_ms, revoked_at_ms from reader_token order by office, created_at_ms, hash",
);

/// A token somebody holds, known by its hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReaderToken {
    /// BLAKE3 of the token.
    pub hash: [u8; 32],
    /// Office it reads for.
    pub office: u32,
    /// What it is for.
    pub label: String,
    /// When it was made, milliseconds since 1970.
    pub created_at_ms: i64,
    /// When it was revoked; `None` while it is good.
    pub revoked_at_ms: Option<i64>,
}

impl Archive {
    /// The token with this hash, good or revoked.
    ///
    /// # Errors
    /// [`Fault`] of the store.
    pub async fn find_token(&self, hash: &[u8; 32]) -> Result<Option<ReaderToken>, Fault> {
        self.readers()
            .row(&FIND, &[hash.into()])
            .await?
            .as_ref()
            .map(token_of)
            .transpose()
    }

    /// Every token, by office.
    ///
    /// # Errors
    /// [`Fault`] of the store.
    pub async fn tokens(&self) -> Result<Vec<ReaderToken>, Fault> {
        self.readers()
            .rows(&LIST, 0, &[])
            .await?
            .iter()
            .map(token_of)
            .collect()
    }
}

impl<P: Projector> Ledger<P> {
    /// Makes a token good for an office from now on.
    ///
    /// # Errors
    /// [`Fault`] when the hash is known already, or of the store.
    pub async fn add_token(&self, hash: &[u8; 32], office: u32, label: &str) -> Result<(), Fault> {
        let row = [
            hash.into(),
            i64::from(office).into(),
            label.into(),
            self.clock().now_ms().into(),
        ];
        self.write_aside(&ADD, &row).await.map(drop)
    }

    /// Revokes a token from now on. `false`: there is no such token, or it is revoked already.
    ///
    /// # Errors
    /// [`Fault`] of the store.
    pub async fn revoke_token(&self, hash: &[u8; 32]) -> Result<bool, Fault> {
        let revoked = self
            .write_aside(&REVOKE, &[self.clock().now_ms().into(), hash.into()])
            .await?;
        Ok(revoked == 1)
    }

    /// Writes a row that is no part of the log.
    pub(crate) async fn write_aside(
        &self,
        statement: &Statement,
        params: &[Param<'_>],
    ) -> Result<u64, Fault> {
        let slot = self.store().aside();
        let mut tx = Tx::begin(slot.lock().await, 0).await?;
        let changed = tx.execute(statement, params).await?;
        tx.commit().await?;
        Ok(changed)
    }
}

fn token_of(row: &Row) -> Result<ReaderToken, Fault> {
    Ok(ReaderToken {
        hash: row.array("hash")?,
        office: u32::try_from(row.int("office")?)
            .map_err(|error| Fault::damaged("reading reader_token.office", error))?,
        label: row.text("label")?,
        created_at_ms: row.int("created_at_ms")?,
        revoked_at_ms: row.int_opt("revoked_at_ms")?,
    })
}
