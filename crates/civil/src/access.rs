//! A line of the log of accesses: who was shown what, why, and from where. RFC 0008 §6, `schemas/access.cddl`.
//!
//! It names the reader and the things, never a person: no names, no numbers, no words of a search. It is no event: no office signs it, and
//! it stands in a chain of its own.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use crate::cbor::{Cursor, Malformed, Writer};
use crate::id::{EntryId, EventId, OfficeId};

/// Most entries, and most events, of one line: no page of an answer has more.
pub const SHOWN_MAX: usize = 65_536;
/// Most characters of the number of a case.
pub const CASE_MAX: usize = 40;
/// So many digits in a row are the number of a person.
const DIGITS_MAX: usize = 8;
const VERSION: u64 = 1;

/// A table of codes: each is what CBOR says, and has a name for JSON.
macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$case_doc:meta])* $case:ident = $code:literal $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$case_doc])* $case = $code,)* }

        impl $name {
            /// Every one, in the order of its code.
            pub const ALL: &'static [Self] = &[$(Self::$case,)*];

            /// That of this code.
            pub fn of(code: u64) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| *known as u64 == code)
            }

            /// Its name in JSON and headers.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$case => $text,)* }
            }
        }
    };
}

codes! {
    /// What kind of token read.
    Reader {
        /// That of an office.
        Office = 0 "office",
        /// That of an auditor: envelopes.
        Auditor = 1 "auditor",
        /// That of an inspector: the log of accesses.
        Inspector = 2 "inspector",
    }
}

codes! {
    /// What was read.
    Reading {
        /// An entry as it stands or stood.
        Entry = 0 "entry",
        /// What happened to an entry.
        Timeline = 1 "timeline",
        /// Two states of an entry, compared.
        Diff = 2 "diff",
        /// The entries that may be about the same as one.
        Duplicates = 3 "duplicates",
        /// Entries, searched for by name.
        EntrySearch = 4 "entry_search",
        /// A person.
        Person = 5 "person",
        /// People, searched for by number or name.
        PersonSearch = 6 "person_search",
        /// A page of a book.
        Book = 7 "book",
        /// Notices.
        Notices = 8 "notices",
        /// Tasks.
        Tasks = 9 "tasks",
        /// One event without its body.
        Event = 10 "event",
        /// One event with its body, or several.
        Bodies = 11 "bodies",
        /// Signed events without their bodies, by position.
        Envelopes = 12 "envelopes",
        /// What was shown to whoever drafted an act.
        Draft = 13 "draft",
        /// Which papers were issued.
        Papers = 14 "papers",
        /// What a paper says.
        Paper = 15 "paper",
        /// The file of a paper.
        PaperFile = 16 "paper_file",
        /// The picture of a paper.
        PaperPicture = 17 "paper_picture",
        /// Lines of this log, by number.
        Accesses = 18 "accesses",
        /// The lines of this log about one entry.
        EntryAccesses = 19 "entry_accesses",
    }
}

codes! {
    /// Why somebody reads, as far as they say.
    Ground {
        /// To register an act (đăng ký hộ tịch).
        Registration = 1 "registration",
        /// To issue a paper (cấp bản sao trích lục).
        Paper = 2 "paper",
        /// To answer the person themselves, or who may act for them.
        Person = 3 "person",
        /// To answer a court or another authority.
        Authority = 4 "authority",
        /// To look into what is odd in the books (rà soát dữ liệu).
        Quality = 5 "quality",
        /// To inspect or to audit (thanh tra, kiểm tra).
        Inspection = 6 "inspection",
        /// To keep the system running.
        Operation = 7 "operation",
    }
}

/// Why somebody reads, and in which case (mã hồ sơ): `registration`, or `paper; case=H29.12-260302-0001`. Nothing else can be said, so
/// nothing personal is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purpose {
    /// The ground.
    pub ground: Ground,
    case: Option<String>,
}

/// It is not a ground, with or without the number of a case. Does not repeat what was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a ground, with or without the number of a case")]
pub struct BadPurpose;

impl Purpose {
    /// # Errors
    /// [`BadPurpose`] when the number has other characters than `A–Z a–z 0–9 . - /`, or more than [`CASE_MAX`], or nine digits in a row as
    /// the numbers of people have.
    pub fn new(ground: Ground, case: Option<&str>) -> Result<Self, BadPurpose> {
        if case.is_none_or(is_case) {
            let case = case.map(str::to_owned);
            Ok(Self { ground, case })
        } else {
            Err(BadPurpose)
        }
    }

    /// The number of the case.
    pub fn case(&self) -> Option<&str> {
        self.case.as_deref()
    }
}

fn is_case(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'/');
    let is_person = |run: &str| run.len() > DIGITS_MAX;
    (1..=CASE_MAX).contains(&text.len())
        && text.bytes().all(fits)
        && !text.split(|c: char| !c.is_ascii_digit()).any(is_person)
}

impl FromStr for Purpose {
    type Err = BadPurpose;

    fn from_str(text: &str) -> Result<Self, BadPurpose> {
        let (ground, case) = match text.split_once(';') {
            Some((ground, rest)) => (ground, Some(rest.trim().strip_prefix("case=").ok_or(BadPurpose)?)),
            None => (text, None),
        };
        let known = |known: &&Ground| known.name() == ground.trim();
        let ground = Ground::ALL.iter().find(known).ok_or(BadPurpose)?;
        Self::new(*ground, case)
    }
}

impl fmt::Display for Purpose {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.ground.name())?;
        match &self.case {
            Some(case) => write!(out, "; case={case}"),
            None => Ok(()),
        }
    }
}

/// One line: that somebody was shown something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    /// When, milliseconds since 1970-01-01T00:00:00Z, by the clock of the node that showed it.
    pub at_ms: u64,
    /// By what kind of token.
    pub reader: Reader,
    /// For which office; the administration for auditors and inspectors.
    pub office: OfficeId,
    /// By which token: its BLAKE3.
    pub token: [u8; 32],
    /// What was read.
    pub reading: Reading,
    /// The entries that were shown, ascending, each once.
    pub entries: Vec<EntryId>,
    /// The events that were asked for by name, ascending, each once.
    pub events: Vec<EventId>,
    /// From which number on and before which, where what was shown is numbered: positions of the log, lines of this log.
    pub numbers: Option<(u64, u64)>,
    /// How many things were shown: hits of a search, lines of a list, 1 for one.
    pub shown: u64,
    /// Why, as far as it was said.
    pub purpose: Option<Purpose>,
    /// The address that asked, as far as it is known.
    pub from: Option<IpAddr>,
}

impl Access {
    /// Its bytes.
    pub fn encode(&self) -> Vec<u8> {
        let size = 96 + 17 * (self.entries.len() + self.events.len());
        let mut out = Writer::with_capacity(size);
        out.array(12).uint(VERSION).uint(self.at_ms);
        out.uint(self.reader as u64).uint(self.office.0.into());
        out.bytes(&self.token).uint(self.reading as u64);
        out.array(self.entries.len());
        for entry in &self.entries {
            out.bytes(entry.as_bytes());
        }
        out.array(self.events.len());
        for event in &self.events {
            out.bytes(event.as_bytes());
        }
        match self.numbers {
            Some((from, to)) => _ = out.array(2).uint(from).uint(to),
            None => _ = out.array(0),
        }
        out.uint(self.shown);
        match &self.purpose {
            Some(Purpose { ground, case: None }) => _ = out.array(1).uint(*ground as u64),
            Some(Purpose {
                ground,
                case: Some(case),
            }) => _ = out.array(2).uint(*ground as u64).text(case),
            None => _ = out.array(0),
        }
        match self.from {
            Some(IpAddr::V4(address)) => _ = out.bytes(&address.octets()),
            Some(IpAddr::V6(address)) => _ = out.bytes(&address.octets()),
            None => _ = out.bytes_or_null(None),
        }
        out.finish()
    }

    /// Reads its bytes: the one form, and no other.
    ///
    /// # Errors
    /// [`Malformed`].
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut cursor = Cursor::new(bytes);
        let access = Self::read(&mut cursor)?;
        cursor.end()?;
        // What has two ways to be written has one here: compared, not assumed.
        match access.encode() == bytes {
            true => Ok(access),
            false => Err(Malformed::NotShortest),
        }
    }

    fn read(cursor: &mut Cursor<'_>) -> Result<Self, Malformed> {
        cursor.array(12, "access")?;
        if cursor.uint("access version")? != VERSION {
            return Err(Malformed::Shape("access version"));
        }
        Ok(Self {
            at_ms: cursor.uint("access time")?,
            reader: known(Reader::of(cursor.uint("reader")?), "reader")?,
            office: OfficeId(known(u32::try_from(cursor.uint("office")?).ok(), "office")?),
            token: cursor.fixed("token")?,
            reading: known(Reading::of(cursor.uint("reading")?), "reading")?,
            entries: ids(cursor, "entries")?.map(EntryId::from_bytes).collect(),
            events: ids(cursor, "events")?.map(EventId::from_bytes).collect(),
            numbers: numbers(cursor)?,
            shown: cursor.uint("shown")?,
            purpose: purpose(cursor)?,
            from: address(cursor)?,
        })
    }
}

fn known<T>(read: Option<T>, what: &'static str) -> Result<T, Malformed> {
    read.ok_or(Malformed::Shape(what))
}

/// Ids in ascending order, each once.
fn ids(
    cursor: &mut Cursor<'_>,
    what: &'static str,
) -> Result<impl Iterator<Item = [u8; 16]> + use<>, Malformed> {
    let count = cursor.list(SHOWN_MAX as u64, what)?;
    let ids = (0..count).map(|_| cursor.fixed(what));
    let ids: Vec<[u8; 16]> = ids.collect::<Result<_, _>>()?;
    match ids.is_sorted_by(|one, next| one < next) {
        true => Ok(ids.into_iter()),
        false => Err(Malformed::Shape(what)),
    }
}

fn numbers(cursor: &mut Cursor<'_>) -> Result<Option<(u64, u64)>, Malformed> {
    if cursor.list(2, "numbers")? == 0 {
        return Ok(None);
    }
    let (from, to) = (cursor.uint("numbers")?, cursor.uint("numbers")?);
    match from < to {
        true => Ok(Some((from, to))),
        false => Err(Malformed::Shape("numbers")),
    }
}

fn purpose(cursor: &mut Cursor<'_>) -> Result<Option<Purpose>, Malformed> {
    let parts = cursor.list(2, "purpose")?;
    if parts == 0 {
        return Ok(None);
    }
    let ground = known(Ground::of(cursor.uint("ground")?), "ground")?;
    let case = match parts {
        1 => None,
        _ => Some(cursor.text("case")?),
    };
    let purpose = Purpose::new(ground, case);
    purpose.map(Some).map_err(|_| Malformed::Shape("case"))
}

/// Null, four bytes or sixteen.
fn address(cursor: &mut Cursor<'_>) -> Result<Option<IpAddr>, Malformed> {
    const WHAT: &str = "address";
    let mut v4 = cursor.clone();
    if let Ok(address) = v4.fixed_or_null::<4>(WHAT) {
        *cursor = v4;
        return Ok(address.map(IpAddr::from));
    }
    let address: [u8; 16] = cursor.fixed(WHAT)?;
    Ok(Some(IpAddr::from(address)))
}

#[cfg(test)]
#[path = "access_tests.rs"]
mod tests;
