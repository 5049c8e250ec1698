//! The chain of accesses: who was shown what. What a line says this crate does not know; that it is there before anybody is shown
//! anything, and that it stays there, is what it promises.
//!
//! One chain for all nodes: a group of lines is written only behind the very line that its writer chained it to ([`writer`]).

mod writer;

use crate::archive::Archive;
use crate::fault::Fault;
use crate::ledger::Ledger;
use crate::projection::Projector;
use crate::row::Row;
use crate::sequencer::number;
use crate::statement::{Param, Statement};

pub(crate) use writer::{Desk, Writer};

/// What is hashed before the hash of the line before.
const DOMAIN: &[u8] = b"hotich/access/v1";

const HEAD: Statement = Statement::both(
    "access.head",
    "select n, hash from access order by n desc limit 1",
);
const PAGE: Statement = Statement::both(
    "access.page",
    "select n, at_ms, office, token, line, hash from access where n >= $1 order by n limit $2",
);
/// The line that the page before ended with says where the next begins; there is none at the beginning.
const BY_TIME: Statement = Statement::both(
    "access.by_time",
    "select n, at_ms, office, token, line, hash from access \
     where at_ms >= $1 and at_ms < $2 and ($3 is null or token = $3) \
     and ($4 is null or (at_ms, n) > ((select a.at_ms from access a where a.n = $4), $4)) \
     order by at_ms, n limit $5",
);
const BY_OFFICE: Statement = Statement::both(
    "access.by_office",
    "select n, at_ms, office, token, line, hash from access \
     where at_ms >= $1 and at_ms < $2 and ($3 is null or token = $3) \
     and ($4 is null or (at_ms, n) > ((select a.at_ms from access a where a.n = $4), $4)) \
     and office = $6 order by at_ms, n limit $5",
);
const OF_ENTRY: Statement = Statement::both(
    "access.of_entry",
    "select a.n, a.at_ms, a.office, a.token, a.line, a.hash from access_entry e join access a on a.n = e.n \
     where e.entry = $1 and e.n > $2 order by e.n limit $3",
);
const FOUND: Statement = Statement::pair(
    "access.found",
    "select count(*) as found from json_each($1) r \
     join access_entry e on e.entry = unhex(r.value ->> 1) and e.n = r.value ->> 0",
    "select count(*) as found from jsonb_array_elements($1::jsonb) as r (value) \
     join access_entry e on e.entry = decode(r.value ->> 1, 'hex') and e.n = (r.value ->> 0)::bigint",
);
const ENTRIES: Statement = Statement::both("access.entries", "select count(*) as found from access_entry");

/// The last line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccessEnd {
    /// How many lines there are.
    pub size: u64,
    /// The hash of the last; zeros while there is none.
    pub hash: [u8; 32],
}

impl AccessEnd {
    /// Where a chain begins.
    pub const NONE: Self = AccessEnd {
        size: 0,
        hash: [0; 32],
    };

    /// The end once a line more stands there.
    #[must_use]
    pub fn then(self, line: &[u8]) -> Self {
        let mut hash = blake3::Hasher::new();
        hash.update(DOMAIN).update(&self.hash).update(line);
        AccessEnd {
            size: self.size + 1,
            hash: hash.finalize().into(),
        }
    }
}

/// A line to be written, and what it is to be found by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAccess {
    /// When, milliseconds since 1970.
    pub at_ms: i64,
    /// For which office.
    pub office: u32,
    /// By which token: its BLAKE3.
    pub token: [u8; 32],
    /// The entries that were shown, each once.
    pub entries: Vec<[u8; 16]>,
    /// The bytes that are hashed.
    pub line: Vec<u8>,
}

/// A line as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptAccess {
    /// Its number, from 0.
    pub n: u64,
    /// When, milliseconds since 1970.
    pub at_ms: i64,
    /// For which office.
    pub office: u32,
    /// By which token: its BLAKE3.
    pub token: [u8; 32],
    /// The bytes that are hashed.
    pub line: Vec<u8>,
    /// The end of the chain behind it.
    pub hash: [u8; 32],
}

/// Which lines an inspector asks for, in the order of their times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccessQuery {
    /// From this instant on, milliseconds since 1970.
    pub from_ms: i64,
    /// And before this one.
    pub to_ms: i64,
    /// For this office alone.
    pub office: Option<u32>,
    /// By this token alone.
    pub token: Option<[u8; 32]>,
    /// Behind this line, the last of the page before.
    pub after: Option<u64>,
    /// At most so many.
    pub limit: u32,
}

impl Archive {
    /// The end of the chain of accesses.
    ///
    /// # Errors
    /// [`Fault`] of the store.
    pub async fn access_end(&self) -> Result<AccessEnd, Fault> {
        let row = self.readers().row(&HEAD, &[]).await?;
        row.as_ref().map_or(Ok(AccessEnd::NONE), end_of)
    }

    /// Lines by number, from `n` on, at most `limit`.
    ///
    /// # Errors
    /// [`Fault`] of the store.
    pub async fn access_lines(&self, n: u64, limit: u32) -> Result<Vec<KeptAccess>, Fault> {
        self.kept(&PAGE, &[number(n)?.into(), i64::from(limit).into()])
            .await
    }

    /// The lines that an inspector asks for.
    ///
    /// # Errors
    /// [`Fault`] of the store.
    pub async fn accesses(&self, query: &AccessQuery) -> Result<Vec<KeptAccess>, Fault> {
        let token = query.token.as_ref().map_or(Param::NoBlob, Param::from);
        let after = query
            .after
            .map_or(Ok(Param::NoInt), |n| number(n).map(Param::Int))?;
        let mut params = vec![
            query.from_ms.into(),
            query.to_ms.into(),
            token,
            after,
            i64::from(query.limit).into(),
        ];
        let Some(office) = query.office else {
            return self.kept(&BY_TIME, &params).await;
        };
        params.push(i64::from(office).into());
        self.kept(&BY_OFFICE, &params).await
    }

    /// The lines that say that this entry was shown, behind line `after`, at most `limit`, in the order of the chain.
    ///
    /// # Errors
    /// [`Fault`] of the store.
    pub async fn accesses_of(
        &self,
        entry: &[u8; 16],
        after: Option<u64>,
        limit: u32,
    ) -> Result<Vec<KeptAccess>, Fault> {
        let after = after.map_or(Ok(-1), number)?;
        let params = [entry.into(), after.into(), i64::from(limit).into()];
        self.kept(&OF_ENTRY, &params).await
    }

    /// How many of these pairs of a line's number and an entry the index by entry has.
    ///
    /// # Errors
    /// [`Fault`] of the store.
    pub async fn indexed_accesses(&self, pairs: &[(u64, [u8; 16])]) -> Result<u64, Fault> {
        let pairs: Vec<_> = pairs.iter().map(|(n, entry)| (n, hex::encode(entry))).collect();
        let pairs = serde_json::json!(pairs).to_string();
        self.counted(&FOUND, &[pairs.into()]).await
    }

    /// How many pairs the index by entry has.
    ///
    /// # Errors
    /// [`Fault`] of the store.
    pub async fn all_indexed_accesses(&self) -> Result<u64, Fault> {
        self.counted(&ENTRIES, &[]).await
    }

    async fn counted(&self, statement: &Statement, params: &[Param<'_>]) -> Result<u64, Fault> {
        let row = self.readers().row(statement, params).await?;
        row.map_or(Ok(0), |row| row.count("found"))
    }

    async fn kept(&self, statement: &Statement, params: &[Param<'_>]) -> Result<Vec<KeptAccess>, Fault> {
        let rows = self.readers().rows(statement, 0, params).await?;
        rows.iter().map(kept_of).collect()
    }
}

impl<P: Projector> Ledger<P> {
    /// Writes down that something is about to be shown; answers the number of the line once it is on the disk. Many who wait share a commit.
    ///
    /// # Errors
    /// [`Fault`]: it is not known to be written, and nothing may be shown.
    pub async fn write_access(&self, access: NewAccess) -> Result<u64, Fault> {
        self.access_desk().write(access).await
    }
}

fn end_of(row: &Row) -> Result<AccessEnd, Fault> {
    Ok(AccessEnd {
        size: row.count("n")? + 1,
        hash: row.array("hash")?,
    })
}

fn kept_of(row: &Row) -> Result<KeptAccess, Fault> {
    Ok(KeptAccess {
        n: row.count("n")?,
        at_ms: row.int("at_ms")?,
        office: u32::try_from(row.int("office")?)
            .map_err(|error| Fault::damaged("reading access.office", error))?,
        token: row.array("token")?,
        line: row.blob("line")?,
        hash: row.array("hash")?,
    })
}
