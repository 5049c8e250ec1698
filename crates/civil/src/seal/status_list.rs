//! Which papers are no longer what the book says: superseded by a later act, or revoked. For checks without a network.

use ciborium::Value;

use super::code::PaperCode;
use super::fields::{self, Fields};
use crate::cbor::{BODY_SIZE_MAX, Malformed, Writer};
use crate::value::Date;

/// What the header of the signed list says it is.
pub const STATUS_LIST: &str = "application/hotich-status-list+cbor";
/// How many bytes a list may have: three million papers.
pub const STATUS_LIST_SIZE_MAX: usize = 64 * BODY_SIZE_MAX;
const VERSION: u64 = 1;
const RECORD: usize = 21;
const WHAT: &str = "status list";

/// What became of a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// A later act changed what it says.
    Superseded,
    /// It was revoked, or its registration was.
    Revoked,
}

impl Fate {
    const fn code(self) -> u8 {
        match self {
            Self::Superseded => 1,
            Self::Revoked => 2,
        }
    }

    const fn of_code(code: u8) -> Option<Self> {
        match code {
            1 => Some(Self::Superseded),
            2 => Some(Self::Revoked),
            _ => None,
        }
    }
}

/// Papers that are no longer current, by the hash of their code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusList {
    /// The log's origin.
    pub origin: String,
    /// When it was made, seconds since 1970.
    pub made_at: u64,
    /// When there will be a newer one.
    pub next_update: u64,
    /// The size of the log of which it speaks: it knows nothing of papers at later positions.
    pub size: u64,
    /// 21 bytes each, ascending: status id, fate, day.
    records: Vec<u8>,
}

impl StatusList {
    /// Of papers with what became of each and when. A paper that stands twice is listed with the graver fate, and that since
    /// its first day.
    pub fn new(
        origin: &str,
        made_at: u64,
        next_update: u64,
        size: u64,
        papers: impl IntoIterator<Item = ([u8; 16], Fate, Date)>,
    ) -> Self {
        let mut listed: Vec<_> = papers.into_iter().collect();
        listed.sort_by_key(|(id, fate, day)| (*id, std::cmp::Reverse(*fate), *day));
        listed.dedup_by_key(|(id, ..)| *id);
        let mut records = Vec::with_capacity(listed.len() * RECORD);
        for (id, fate, day) in listed {
            records.extend(id);
            records.push(fate.code());
            records.extend(days(day).to_be_bytes());
        }
        Self {
            origin: origin.to_owned(),
            made_at,
            next_update,
            size,
            records,
        }
    }

    /// What became of a paper, and on which day; none when it is not listed.
    pub fn find(&self, code: &PaperCode) -> Option<(Fate, Date)> {
        let id = code.status_id();
        let (records, _) = self.records.as_chunks::<RECORD>();
        let at = records.binary_search_by(|record| record[..16].cmp(&id)).ok()?;
        read_record(records.get(at)?)
    }

    /// How many papers are listed.
    pub const fn len(&self) -> usize {
        self.records.len() / RECORD
    }

    /// Whether every paper is current.
    pub const fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// The payload.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Writer::with_capacity(self.records.len() + 96);
        out.map(6).uint(0).uint(VERSION);
        out.uint(1).text(&self.origin);
        out.uint(2).uint(self.made_at);
        out.uint(3).uint(self.next_update);
        out.uint(4).uint(self.size);
        out.uint(5).bytes(&self.records);
        out.finish()
    }

    /// Reads a payload.
    ///
    /// # Errors
    /// [`Malformed`], also for records out of order, an unknown fate, a day that there is not.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        if bytes.len() > STATUS_LIST_SIZE_MAX {
            return Err(Malformed::TooLarge);
        }
        let mut cursor = crate::cbor::Cursor::new(bytes);
        let tree = cursor.item()?;
        cursor.end()?;
        let mut read = Fields::of(tree, WHAT)?;
        read.take(0, |value| {
            fields::uint(value).filter(|version| *version == VERSION)
        })?;
        let list = Self {
            origin: read.take(1, fields::text)?,
            made_at: read.take(2, fields::uint)?,
            next_update: read.take(3, fields::uint)?,
            size: read.take(4, fields::uint)?,
            records: read.take(5, |value: Value| {
                fields::bytes(value).filter(|bytes| in_order(bytes))
            })?,
        };
        read.end()?;
        Ok(list)
    }
}

fn in_order(bytes: &[u8]) -> bool {
    let (records, rest) = bytes.as_chunks::<RECORD>();
    rest.is_empty()
        && records.iter().all(|record| read_record(record).is_some())
        && records.is_sorted_by(|before, after| before[..16] < after[..16])
}

fn read_record(record: &[u8; RECORD]) -> Option<(Fate, Date)> {
    let fate = Fate::of_code(record[16])?;
    let days = u32::from_be_bytes(record[17..].try_into().ok()?);
    Some((fate, epoch()?.add_days(i64::from(days))?))
}

/// Days since 1970-01-01; nothing of the ledger happened before.
fn days(day: Date) -> u32 {
    let days = epoch().map_or(0, |epoch| epoch.days_between(day));
    u32::try_from(days).unwrap_or_default()
}

fn epoch() -> Option<Date> {
    Date::new(1970, 1, 1).ok()
}
