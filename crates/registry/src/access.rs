//! The log of accesses: who was shown what. A line is written before the answer is given, or nothing is shown. RFC 0008 §6.

mod check;

use civil::access::Access;
use civil::id::{EntryId, OfficeId};
use ledger::{AccessQuery, Fault, KeptAccess, NewAccess};

use crate::error::RegistryError;
use crate::{Registry, TokenId};

pub use check::{AccessFinding, AccessReport, check_accesses};

/// The last line of the log of accesses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccessHead {
    /// How many lines there are.
    pub size: u64,
    /// The hash of the last.
    pub hash: [u8; 32],
}

/// Which lines an inspector asks for.
#[derive(Debug, Clone, Copy, Default)]
pub struct AccessesAsked {
    /// From this instant on, milliseconds since 1970-01-01T00:00:00Z.
    pub from_ms: Option<i64>,
    /// And before this one.
    pub to_ms: Option<i64>,
    /// For this office alone.
    pub office: Option<OfficeId>,
    /// By this token alone.
    pub reader: Option<TokenId>,
    /// Behind this line, the last of the page before.
    pub after: Option<u64>,
    /// At most so many.
    pub limit: u32,
}

/// A line as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptLine {
    /// Its number, from 0.
    pub number: u64,
    /// The hash of the chain behind it.
    pub hash: [u8; 32],
    /// What it says.
    pub access: Access,
}

impl Registry {
    /// Writes down that something is about to be shown; answers the number of the line, once it is on the disk.
    ///
    /// # Errors
    /// [`RegistryError::NotWrittenDown`]: then nothing may be shown.
    pub async fn write_down(&self, access: &Access) -> Result<u64, RegistryError> {
        let line = NewAccess {
            at_ms: i64::try_from(access.at_ms).unwrap_or(i64::MAX),
            office: access.office.0,
            token: access.token,
            entries: access.entries.iter().map(|entry| *entry.as_bytes()).collect(),
            line: access.encode(),
        };
        let written = self.ledger.write_access(line).await;
        written.map_err(RegistryError::NotWrittenDown)
    }

    /// How far the log of accesses has come; none while nothing was shown to anybody.
    ///
    /// # Errors
    /// [`RegistryError::Fault`] of the store.
    pub async fn access_head(&self) -> Result<Option<AccessHead>, RegistryError> {
        let end = self.ledger.access_end().await?;
        Ok((end.size > 0).then_some(AccessHead {
            size: end.size,
            hash: end.hash,
        }))
    }

    /// Whether the line before that size has that hash.
    pub(crate) async fn access_reached(&self, size: u64, hash: &[u8; 32]) -> Result<bool, RegistryError> {
        let Some(last) = size.checked_sub(1) else {
            return Ok(false);
        };
        let line = self.ledger.access_lines(last, 1).await?;
        Ok(line
            .first()
            .is_some_and(|line| line.n == last && line.hash == *hash))
    }

    /// The lines that an inspector asks for, in the order of their times.
    ///
    /// # Errors
    /// [`RegistryError::Fault`] of the store, or of a line that says nothing that can be read.
    pub async fn accesses(&self, asked: AccessesAsked) -> Result<Vec<KeptLine>, RegistryError> {
        let query = AccessQuery {
            from_ms: asked.from_ms.unwrap_or(i64::MIN),
            to_ms: asked.to_ms.unwrap_or(i64::MAX),
            office: asked.office.map(|office| office.0),
            token: asked.reader.map(|token| *token.as_bytes()),
            after: asked.after,
            limit: asked.limit,
        };
        let kept = self.ledger.accesses(&query).await?;
        Ok(kept.iter().map(read).collect::<Result<_, Fault>>()?)
    }

    /// The lines that say that this entry was shown, in the order of the chain, behind line `after`, at most `limit`.
    ///
    /// # Errors
    /// As [`Registry::accesses`].
    pub async fn accesses_of(
        &self,
        entry: EntryId,
        after: Option<u64>,
        limit: u32,
    ) -> Result<Vec<KeptLine>, RegistryError> {
        let kept = self.ledger.accesses_of(entry.as_bytes(), after, limit).await?;
        Ok(kept.iter().map(read).collect::<Result<_, Fault>>()?)
    }
}

fn read(kept: &KeptAccess) -> Result<KeptLine, Fault> {
    let access = Access::decode(&kept.line)
        .map_err(|why| Fault::damaged(format!("reading line {} of the log of accesses", kept.n), why))?;
    Ok(KeptLine {
        number: kept.n,
        hash: kept.hash,
        access,
    })
}
