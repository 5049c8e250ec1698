//! Whom a verifier trusts: the country's roots, the seals of its offices with their days, and the key of the log.

use ciborium::Value;

use super::certificate::{CertificateError, SealCertificate};
use super::fields::{self, Fields};
use crate::act::SealUse;
use crate::cbor::{self, Malformed};
use crate::id::OfficeId;
use crate::value::Date;

/// What the header of the signed list says it is.
pub const TRUST_LIST: &str = "application/hotich-trust-list+cbor";
const VERSION: u64 = 1;

/// A certificate with the days that the ledger knows of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustedSeal {
    /// Whose; 0 for the country's.
    pub office: OfficeId,
    /// What it is for.
    pub used_for: SealUse,
    /// DER.
    pub certificate: Vec<u8>,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
    /// The day from which it counts no more, although its days are not over.
    pub revoked_on: Option<Date>,
    /// From that day on somebody else may have had the key: what was sealed then is not believed.
    pub suspect_since: Option<Date>,
    /// Why it was revoked.
    pub reason: Option<String>,
}

/// Whom a verifier trusts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustList {
    /// The log's origin.
    pub origin: String,
    /// When it was made, seconds since 1970.
    pub made_at: u64,
    /// When there will be a newer one.
    pub next_update: u64,
    /// The roots, DER.
    pub roots: Vec<Vec<u8>>,
    /// All seals and time-stamp authorities there ever were, with their days.
    pub seals: Vec<TrustedSeal>,
    /// The verifier key of the log's checkpoints (C2SP signed-note).
    pub log_key: String,
}

impl TrustList {
    /// The payload.
    pub fn encode(&self) -> Vec<u8> {
        let uint = |number: u64| Some(Value::Integer(number.into()));
        let text = |text: &str| Some(Value::Text(text.to_owned()));
        let roots = self.roots.iter().cloned().map(Value::Bytes).collect();
        let seals = self.seals.iter().map(TrustedSeal::to_cbor).collect();
        cbor::encode(&fields::map([
            (0, uint(VERSION)),
            (1, text(&self.origin)),
            (2, uint(self.made_at)),
            (3, uint(self.next_update)),
            (4, Some(Value::Array(roots))),
            (5, Some(Value::Array(seals))),
            (6, text(&self.log_key)),
        ]))
    }

    /// Reads a payload.
    ///
    /// # Errors
    /// [`Malformed`].
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut read = Fields::of(cbor::decode(bytes)?, "trust list")?;
        read.take(0, |value| {
            fields::uint(value).filter(|version| *version == VERSION)
        })?;
        let list = Self {
            origin: read.take(1, fields::text)?,
            made_at: read.take(2, fields::uint)?,
            next_update: read.take(3, fields::uint)?,
            roots: read.take(4, |value| {
                let roots = fields::list(value)?.into_iter().map(fields::bytes);
                roots
                    .collect::<Option<Vec<_>>>()
                    .filter(|roots| !roots.is_empty())
            })?,
            seals: read.take(5, |value| {
                let seals = fields::list(value)?.into_iter();
                seals.map(|seal| TrustedSeal::from_cbor(seal).ok()).collect()
            })?,
            log_key: read.take(6, fields::text)?,
        };
        read.end()?;
        Ok(list)
    }

    /// The certificates that can be read, roots first.
    pub fn certificates(&self) -> impl Iterator<Item = Result<SealCertificate, CertificateError>> {
        let seals = self.seals.iter().map(|seal| &seal.certificate);
        self.roots
            .iter()
            .chain(seals)
            .map(|der| SealCertificate::parse(der))
    }
}

impl TrustedSeal {
    fn to_cbor(&self) -> Value {
        let day = |day: Date| Value::Text(day.to_string());
        fields::map([
            (0, Some(Value::Integer(self.office.0.into()))),
            (1, Some(Value::Integer(self.used_for.code().into()))),
            (2, Some(Value::Bytes(self.certificate.clone()))),
            (3, Some(day(self.from))),
            (4, Some(day(self.until))),
            (5, self.revoked_on.map(day)),
            (6, self.suspect_since.map(day)),
            (7, self.reason.clone().map(Value::Text)),
        ])
    }

    fn from_cbor(value: Value) -> Result<Self, Malformed> {
        let mut read = Fields::of(value, "trusted seal")?;
        let seal = Self {
            office: read.take(0, |value| {
                Some(OfficeId(u32::try_from(fields::uint(value)?).ok()?))
            })?,
            used_for: read.take(1, |value| SealUse::of_code(fields::uint(value)?))?,
            certificate: read.take(2, fields::bytes)?,
            from: read.take(3, fields::date)?,
            until: read.take(4, fields::date)?,
            revoked_on: read.maybe(5, fields::date)?,
            suspect_since: read.maybe(6, fields::date)?,
            reason: read.maybe(7, fields::text)?,
        };
        read.end()?;
        Ok(seal)
    }
}
