//! What the QR code of a paper says: a CBOR Web Token (RFC 8392) with the identity of MOSIP's claim 169 and a claim of our own.

use std::collections::BTreeMap;

use ciborium::Value;

use super::code::PaperCode;
use super::fields::{self, Fields};
use crate::cbor::{Cursor, Malformed, Writer};
use crate::id::{EventId, OfficeId};
use crate::law::{Paper, PaperForm};
use crate::paper::{FieldId, PaperContent};
use crate::value::Date;

/// How many bytes a claim may have, and what a code inflates to: readers stop there.
pub const CLAIM_SIZE_MAX: usize = 64 * 1_024;

const ISSUER: u64 = 1;
const ISSUED_AT: u64 = 6;
const TOKEN_ID: u64 = 7;
/// The identity map of claim 169.
const IDENTITY: u64 = 169;
/// Ours: private use begins below -65536.
const HOTICH_PAPER: i64 = -70_001;
const VERSION: u64 = 1;

/// The first person of a paper for readers of claim 169; what is unknown or partial is left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Identity {
    /// As printed.
    pub full_name: Option<String>,
    /// When it is a whole day.
    pub born_on: Option<Date>,
    /// 1 male, 2 female.
    pub gender: Option<u64>,
}

/// What the code of a paper says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperClaim {
    /// The log's origin.
    pub origin: String,
    /// When the issuing event was signed, seconds since 1970.
    pub signed_at: u64,
    /// The issuing event.
    pub event: EventId,
    /// The first person.
    pub identity: Identity,
    /// Which paper.
    pub paper: Paper,
    /// Original or copy.
    pub form: PaperForm,
    /// For the status page and the status list.
    pub code: PaperCode,
    /// Its number as printed; empty where the book states none.
    pub number: String,
    /// Ngày cấp.
    pub issued_on: Date,
    /// The office that issued it.
    pub office: OfficeId,
    /// RFC 6962 hash of the leaf of the issuing event.
    pub leaf_hash: [u8; 32],
    /// Its position in the log.
    pub position: u64,
    /// BLAKE3 of the content ([`PaperContent::hash`]).
    pub content_hash: [u8; 32],
    /// Every field that is not blank, as printed.
    pub fields: BTreeMap<FieldId, String>,
    /// The notes, unless they were left out.
    pub notes: Vec<String>,
    /// The paper has notes for which the code had no room.
    pub notes_left_out: bool,
}

/// What a claim says that does not stand on the page's content: where the act lies.
#[derive(Debug, Clone, Copy)]
pub struct IssuedFacts<'a> {
    /// The log's origin.
    pub origin: &'a str,
    /// The issuing event.
    pub event: EventId,
    /// When it was signed, seconds since 1970.
    pub signed_at: u64,
    /// The office that issued it.
    pub office: OfficeId,
    /// RFC 6962 hash of its leaf.
    pub leaf_hash: [u8; 32],
    /// Its position in the log.
    pub position: u64,
    /// The code of the paper.
    pub code: &'a PaperCode,
}

impl PaperClaim {
    /// The claim of a paper, with its notes.
    pub fn of(content: &PaperContent, issued: &IssuedFacts<'_>) -> Self {
        let printed = content.fields.iter().filter(|field| !field.value.is_empty());
        Self {
            origin: issued.origin.to_owned(),
            signed_at: issued.signed_at,
            event: issued.event,
            identity: Identity::of(content),
            paper: content.paper,
            form: content.form,
            code: *issued.code,
            number: content.number.clone(),
            issued_on: content.issued_on,
            office: issued.office,
            leaf_hash: issued.leaf_hash,
            position: issued.position,
            content_hash: content.hash(),
            fields: printed.map(|field| (field.id, field.value.clone())).collect(),
            notes: content.notes.clone(),
            notes_left_out: false,
        }
    }

    /// The same for a code that has no room for the notes.
    #[must_use]
    pub fn without_notes(self) -> Self {
        Self {
            notes_left_out: !self.notes.is_empty(),
            notes: Vec::new(),
            ..self
        }
    }

    /// Whether this is a claim of that content: its hash, and every field, number and note as printed. Answers what differs.
    ///
    /// # Errors
    /// The name of the first part that differs.
    pub fn agrees_with(&self, content: &PaperContent) -> Result<(), &'static str> {
        let issued = IssuedFacts {
            origin: &self.origin,
            event: self.event,
            signed_at: self.signed_at,
            office: self.office,
            leaf_hash: self.leaf_hash,
            position: self.position,
            code: &self.code,
        };
        let mut right = Self::of(content, &issued);
        if self.notes_left_out {
            right = right.without_notes();
        }
        let parts = [
            (self.paper == right.paper && self.form == right.form, "paper"),
            (self.number == right.number, "number"),
            (self.issued_on == right.issued_on, "issued_on"),
            (self.fields == right.fields, "fields"),
            (
                self.notes == right.notes && self.notes_left_out == right.notes_left_out,
                "notes",
            ),
            (self.identity == right.identity, "identity"),
            (self.content_hash == right.content_hash, "content_hash"),
        ];
        match parts.into_iter().find(|(same, _)| !same) {
            Some((_, what)) => Err(what),
            None => Ok(()),
        }
    }

    /// The payload of the COSE_Sign1: one encoding for one claim.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Writer::with_capacity(768);
        out.map(5).uint(ISSUER).text(&self.origin);
        out.uint(ISSUED_AT).uint(self.signed_at);
        out.uint(TOKEN_ID).bytes(self.event.as_bytes());
        out.uint(IDENTITY).tree(&self.identity.to_cbor());
        out.int(HOTICH_PAPER).tree(&self.to_cbor());
        out.finish()
    }

    fn to_cbor(&self) -> Value {
        let text = |text: &str| Some(Value::Text(text.to_owned()));
        let uint = |number: u64| Some(Value::Integer(number.into()));
        let bytes = |bytes: &[u8]| Some(Value::Bytes(bytes.to_vec()));
        let written = self.fields.iter().map(|(id, value)| {
            let id = Value::Integer(id.number().into());
            (id, Value::Text(value.clone()))
        });
        let notes: Vec<Value> = self.notes.iter().cloned().map(Value::Text).collect();
        let which = [self.paper.code(), self.form.code()].map(|code| Value::Integer(code.into()));
        fields::map([
            (0, uint(VERSION)),
            (1, Some(Value::Array(which.to_vec()))),
            (2, text(self.code.letters())),
            (3, text(&self.number)),
            (4, text(&self.issued_on.to_string())),
            (5, uint(u64::from(self.office.0))),
            (6, bytes(&self.leaf_hash)),
            (7, uint(self.position)),
            (8, bytes(&self.content_hash)),
            (9, Some(Value::Map(written.collect()))),
            (10, (!notes.is_empty()).then_some(Value::Array(notes))),
            (11, self.notes_left_out.then_some(Value::Bool(true))),
        ])
    }

    /// Reads a payload.
    ///
    /// # Errors
    /// [`Malformed`] for anything but what [`PaperClaim::encode`] writes.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        const WHAT: &str = "claims of a paper";
        if bytes.len() > CLAIM_SIZE_MAX {
            return Err(Malformed::TooLarge);
        }
        let mut read = Cursor::new(bytes);
        let keyed = |read: &mut Cursor<'_>, key: u64| match read.uint(WHAT)? {
            found if found == key => Ok(()),
            _ => Err(Malformed::Shape(WHAT)),
        };
        read.map(5, WHAT)?;
        keyed(&mut read, ISSUER)?;
        let origin = fields::text(read.item()?).ok_or(Malformed::Shape("origin"))?;
        keyed(&mut read, ISSUED_AT)?;
        let signed_at = read.uint("time")?;
        keyed(&mut read, TOKEN_ID)?;
        let event = EventId::from_bytes(read.fixed("event id")?);
        keyed(&mut read, IDENTITY)?;
        let identity = Identity::from_cbor(read.item()?)?;
        if read.int(WHAT)? != HOTICH_PAPER {
            return Err(Malformed::Shape(WHAT));
        }
        let paper = read.item()?;
        read.end()?;
        Self::from_cbor(paper, origin, signed_at, event, identity)
    }

    fn from_cbor(
        paper: Value,
        origin: String,
        signed_at: u64,
        event: EventId,
        identity: Identity,
    ) -> Result<Self, Malformed> {
        const WHAT: &str = "claim of a paper";
        let mut read = Fields::of(paper, WHAT)?;
        read.take(0, |value| {
            fields::uint(value).filter(|version| *version == VERSION)
        })?;
        let (which, form) = read.take(1, which)?;
        let claim = Self {
            origin,
            signed_at,
            event,
            identity,
            paper: which,
            form,
            code: read.take(2, |value| PaperCode::parse_letters(&fields::text(value)?).ok())?,
            number: read.take(3, fields::text)?,
            issued_on: read.take(4, fields::date)?,
            office: read.take(5, |value| {
                Some(OfficeId(u32::try_from(fields::uint(value)?).ok()?))
            })?,
            leaf_hash: read.take(6, fields::fixed)?,
            position: read.take(7, fields::uint)?,
            content_hash: read.take(8, fields::fixed)?,
            fields: read.take(9, |value| printed(which, value))?,
            notes: read.maybe(10, notes)?.unwrap_or_default(),
            notes_left_out: read
                .maybe(11, |value| value.as_bool().filter(|left_out| *left_out))?
                .is_some(),
        };
        read.end()?;
        if claim.notes_left_out && !claim.notes.is_empty() {
            return Err(Malformed::Shape(WHAT));
        }
        Ok(claim)
    }
}

fn which(value: Value) -> Option<(Paper, PaperForm)> {
    let [paper, form] = fields::list(value)?.try_into().ok()?;
    Some((
        Paper::of_code(fields::uint(paper)?)?,
        PaperForm::of_code(fields::uint(form)?)?,
    ))
}

/// Fields that the paper can have; blanks are not written.
fn printed(paper: Paper, value: Value) -> Option<BTreeMap<FieldId, String>> {
    let pairs = value.into_map().ok()?.into_iter();
    let field = |(id, value): (Value, Value)| {
        let id = FieldId::numbered(u16::try_from(fields::uint(id)?).ok()?);
        let value = fields::text(value).filter(|value| !value.is_empty())?;
        id.name(paper).map(|_| (id, value))
    };
    pairs.map(field).collect()
}

fn notes(value: Value) -> Option<Vec<String>> {
    let notes = fields::list(value)?.into_iter().map(fields::text);
    notes
        .collect::<Option<Vec<_>>>()
        .filter(|notes| !notes.is_empty())
}

impl Identity {
    /// Of the person whose field comes first.
    fn of(content: &PaperContent) -> Self {
        let mut people = content.fields.iter().filter(|field| field.id.role().is_some());
        let Some(first) = people.next().map(|field| (field.id.role(), field.id.index())) else {
            return Self::default();
        };
        let of_first = |name: &str| {
            let found = content.fields.iter().find(|field| {
                (field.id.role(), field.id.index()) == first && field.id.name(content.paper) == Some(name)
            });
            found
                .map(|field| field.value.as_str())
                .filter(|value| !value.is_empty())
        };
        Self {
            full_name: of_first("name").map(str::to_owned),
            born_on: of_first("born_on").and_then(day),
            gender: of_first("sex").and_then(|sex| match sex {
                "Nam" => Some(1),
                "Nữ" => Some(2),
                _ => None,
            }),
        }
    }

    fn to_cbor(&self) -> Value {
        let born_on = self.born_on.map(|day| day.to_string().replace('-', ""));
        fields::map([
            (4, self.full_name.clone().map(Value::Text)),
            (8, born_on.map(Value::Text)),
            (9, self.gender.map(|gender| Value::Integer(gender.into()))),
        ])
    }

    fn from_cbor(value: Value) -> Result<Self, Malformed> {
        let mut read = Fields::of(value, "identity")?;
        let identity = Self {
            full_name: read.maybe(4, fields::text)?,
            born_on: read.maybe(8, |value| compact(&fields::text(value)?))?,
            gender: read.maybe(9, |value| {
                fields::uint(value).filter(|gender| (1..=2).contains(gender))
            })?,
        };
        read.end()?;
        Ok(identity)
    }
}

/// A whole day as papers print it: `14/05/2019`.
fn day(printed: &str) -> Option<Date> {
    let mut parts = printed.splitn(3, '/');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    Date::parse(&format!("{year}-{month}-{day}")).ok()
}

/// `20190514`.
fn compact(digits: &str) -> Option<Date> {
    if digits.len() != 8 || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    Date::parse(&format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..])).ok()
}
