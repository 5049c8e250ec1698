//! What somebody types to find a name, and what they find.

use civil::act::PersonRef;
use civil::id::{EntryId, OfficeId};
use civil::kind::Kind;
use civil::value::fold_for_search;
use ledger::{Fault, Param, Row};
use serde::Serialize;

use crate::record::Record;
use crate::rows;

/// How many words beside the given one are looked for.
const OTHERS: usize = 3;

/// A name as typed: any part of it, with or without marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameQuery {
    words: Vec<String>,
    birth_year: Option<u16>,
}

impl NameQuery {
    /// Reads what was typed. Nothing is found by a query without letters.
    pub fn new(typed: &str) -> Self {
        let folded = fold_for_search(typed);
        Self {
            words: folded
                .split(' ')
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect(),
            birth_year: None,
        }
    }

    /// Only people born in that year.
    #[must_use]
    pub fn born_in(mut self, year: u16) -> Self {
        self.birth_year = Some(year);
        self
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    fn compact(&self) -> String {
        self.words.concat()
    }

    fn year(&self) -> Param<'static> {
        self.birth_year.map(i64::from).into()
    }

    /// The parameters of `by_prefix`: the name begins so.
    pub(super) fn by_prefix(&self, limit: u16) -> [Param<'static>; 4] {
        let compact = self.compact();
        [
            compact.clone().into(),
            end(&compact).into(),
            self.year(),
            i64::from(limit).into(),
        ]
    }

    /// The parameters of `by_given`: the given name begins with the last word, or with the first, and the other words stand
    /// somewhere in the name.
    pub(super) fn by_given(&self, limit: u16) -> Vec<[Param<'static>; 7]> {
        let mut readings = Vec::new();
        if let Some((last, others)) = self.words.split_last() {
            readings.push(self.given(last, others, limit));
        }
        if let Some((first, others)) = self.words.split_first().filter(|(_, others)| !others.is_empty()) {
            readings.push(self.given(first, others, limit));
        }
        readings
    }

    fn given(&self, given: &str, others: &[String], limit: u16) -> [Param<'static>; 7] {
        let other = |index: usize| {
            debug_assert!(index < OTHERS);
            others
                .get(index)
                .map_or_else(|| "%".to_owned(), |word| format!("% {}%", escaped(word)))
        };
        [
            given.to_owned().into(),
            end(given).into(),
            self.year(),
            other(0).into(),
            other(1).into(),
            other(2).into(),
            i64::from(limit).into(),
        ]
    }
}

/// What comes after every text with this beginning, in the order of bytes.
fn end(prefix: &str) -> String {
    format!("{prefix}{}", char::MAX)
}

fn escaped(word: &str) -> String {
    word.replace('!', "!!").replace('%', "!%").replace('_', "!_")
}

/// A person whom an entry names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hit {
    /// The entry.
    #[serde(serialize_with = "rows::text")]
    pub entry: EntryId,
    /// Where it names them: the role, and for the second of that role `guardian/1`.
    pub person: String,
    /// In which role: child, mother, wife, deceased, …
    pub role: String,
    /// What was registered.
    #[serde(serialize_with = "name_of")]
    pub kind: Kind,
    /// The office that registered it.
    #[serde(serialize_with = "number_of")]
    pub office: OfficeId,
    /// The name as written.
    pub name: String,
    /// The year of birth, where stated.
    pub birth_year: Option<u16>,
    /// The day of birth, where all of it is stated.
    pub born_on: Option<String>,
    /// The personal number, where stated.
    pub personal_number: Option<String>,
    /// The position of the act after which the entry no longer says so; nothing while it does.
    pub former_since: Option<u64>,
}

fn name_of<S: serde::Serializer>(kind: &Kind, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_str(kind.name())
}

fn number_of<S: serde::Serializer>(office: &OfficeId, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_u32(office.0)
}

impl Hit {
    /// The address of the person there.
    pub fn place(&self) -> Option<PersonRef> {
        let at = format!("{}.{}", self.entry, self.person.replace('/', "."));
        at.parse().ok()
    }

    pub(super) fn read(row: &Row) -> Result<Self, Fault> {
        let record = Record::new(row, "search", "entry");
        let person = record.text("person")?;
        Ok(Self {
            entry: record.id("entry")?,
            role: person.split('/').next().unwrap_or_default().to_owned(),
            person,
            kind: record.kind("kind")?,
            office: OfficeId(record.number("office")?),
            name: record.text("name")?,
            birth_year: record.number_opt("birth_year")?,
            born_on: record.text_opt("born_on")?,
            personal_number: record.text_opt("personal_number")?,
            former_since: record.number_opt("former_since")?,
        })
    }
}
