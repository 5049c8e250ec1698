//! Rows of `office` and `office_key`.

use civil::act::{KeyGranted, OfficeOpened};
use civil::cose::PublicKey;
use civil::id::{KeyId, OfficeId};
use civil::unit::UnitId;
use civil::value::Date;
use civil::wire::Wire;
use ledger::Fault;
use serde::Serialize;

use crate::record::Record;
use crate::rows::{self, Shown, row};

/// An office (cơ quan đăng ký hộ tịch).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OfficeView {
    /// Its permanent number.
    #[serde(serialize_with = "number")]
    pub office: OfficeId,
    /// Its name.
    pub name: String,
    /// Its level: commune, district, mission, province or ministry.
    pub level: String,
    /// The unit it serves.
    #[serde(serialize_with = "rows::text_opt")]
    pub unit: Option<UnitId>,
    /// First day.
    #[serde(serialize_with = "rows::text")]
    pub opened_on: Date,
    /// The event that opened it.
    pub opened_position: u64,
    /// The first day on which it is no longer.
    #[serde(serialize_with = "rows::text_opt")]
    pub closed_on: Option<Date>,
    /// The office that took over its books on that day.
    #[serde(serialize_with = "number_opt")]
    pub successor: Option<OfficeId>,
    /// The event that says so.
    pub closed_position: Option<u64>,
    /// Who keeps its books now: itself, or the last of its successors.
    #[serde(serialize_with = "number")]
    pub keeper: OfficeId,
}

/// A key that was granted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeyView {
    /// The key.
    #[serde(serialize_with = "rows::text")]
    pub key: KeyId,
    /// For which office it signs.
    #[serde(serialize_with = "number")]
    pub office: OfficeId,
    /// What its holder may do: officer, head, desk or administrator.
    pub role: String,
    /// Who holds it.
    pub holder: Option<String>,
    /// First day.
    #[serde(serialize_with = "rows::text")]
    pub valid_from: Date,
    /// Last day.
    #[serde(serialize_with = "rows::text_opt")]
    pub valid_until: Option<Date>,
    /// The event that granted it.
    pub granted_position: u64,
    /// The day of its revocation.
    #[serde(serialize_with = "rows::text_opt")]
    pub revoked_on: Option<Date>,
    /// The event that revoked it: it signs nothing after that position.
    pub revoked_position: Option<u64>,
}

fn number<S: serde::Serializer>(office: &OfficeId, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_u32(office.0)
}

fn number_opt<S: serde::Serializer>(office: &Option<OfficeId>, out: S) -> Result<S::Ok, S::Error> {
    office.map(|office| office.0).serialize(out)
}

impl OfficeView {
    /// Of an office that opens at a position.
    pub(super) fn opened(act: &OfficeOpened, position: u64) -> Self {
        Self {
            office: act.office,
            name: act.name.to_string(),
            level: code(&act.level),
            unit: act.unit,
            opened_on: act.opened_on,
            opened_position: position,
            closed_on: None,
            successor: None,
            closed_position: None,
            keeper: act.office,
        }
    }

    pub(super) fn read(row: &ledger::Row) -> Result<Self, Fault> {
        let record = Record::new(row, "office", "office");
        Ok(Self {
            office: OfficeId(record.number("office")?),
            name: record.text("name")?,
            level: record.text("level")?,
            unit: record.value_opt("unit", |text| UnitId::parse(text).ok())?,
            opened_on: record.value("opened_on", |text| Date::parse(text).ok())?,
            opened_position: record.number("opened_position")?,
            closed_on: record.value_opt("closed_on", |text| Date::parse(text).ok())?,
            successor: record.number_opt("successor")?.map(OfficeId),
            closed_position: record.number_opt("closed_position")?,
            keeper: OfficeId(record.number("keeper")?),
        })
    }
}

impl KeyView {
    pub(super) fn read(row: &ledger::Row) -> Result<Self, Fault> {
        let record = Record::new(row, "office_key", "key");
        Ok(Self {
            key: record.id("key")?,
            office: OfficeId(record.number("office")?),
            role: record.text("role")?,
            holder: record.text_opt("holder")?,
            valid_from: record.value("valid_from", |text| Date::parse(text).ok())?,
            valid_until: record.value_opt("valid_until", |text| Date::parse(text).ok())?,
            granted_position: record.number("granted_position")?,
            revoked_on: record.value_opt("revoked_on", |text| Date::parse(text).ok())?,
            revoked_position: record.number_opt("revoked_position")?,
        })
    }
}

row! {
    /// An office as the statement takes it.
    pub(crate) struct OfficeRow {
        office: u32,
        name: String,
        level: String,
        unit: Option<Shown<UnitId>>,
        opened_on: Shown<Date>,
        opened_position: u64,
        closed_on: Option<Shown<Date>>,
        successor: Option<u32>,
        closed_position: Option<u64>,
        keeper: u32,
    }
}

impl From<&OfficeView> for OfficeRow {
    fn from(office: &OfficeView) -> Self {
        Self {
            office: office.office.0,
            name: office.name.clone(),
            level: office.level.clone(),
            unit: office.unit.map(Shown),
            opened_on: Shown(office.opened_on),
            opened_position: office.opened_position,
            closed_on: office.closed_on.map(Shown),
            successor: office.successor.map(|office| office.0),
            closed_position: office.closed_position,
            keeper: office.keeper.0,
        }
    }
}

row! {
    /// A key as the statement takes it.
    pub(crate) struct KeyRow {
        key: Shown<KeyId>,
        office: u32,
        role: String,
        holder: Option<String>,
        public_key: String,
        valid_from: Shown<Date>,
        valid_until: Option<Shown<Date>>,
        granted_position: u64,
        revoked_on: Option<Shown<Date>>,
        revoked_position: Option<u64>,
    }
}

impl KeyRow {
    /// Of a key that is granted at a position; nothing when it is no key, as in the directory.
    pub(super) fn granted(act: &KeyGranted, position: u64) -> Option<Self> {
        let key = PublicKey::from_cose_key(&act.key.0).ok()?;
        Some(Self {
            key: Shown(key.id()),
            office: act.office.0,
            role: code(&act.role),
            holder: act.holder.as_ref().map(|holder| holder.full().to_owned()),
            public_key: hex::encode(&act.key.0),
            valid_from: Shown(act.valid_from),
            valid_until: act.valid_until.map(Shown),
            granted_position: position,
            revoked_on: None,
            revoked_position: None,
        })
    }

    pub(super) fn id(&self) -> KeyId {
        self.key.0
    }

    pub(super) fn revoke(&mut self, on: Date, position: u64) {
        self.revoked_on = Some(Shown(on));
        self.revoked_position = Some(position);
    }
}

row! {
    /// A key that was granted before the batch and is revoked in it.
    pub(crate) struct RevokedRow {
        key: Shown<KeyId>,
        revoked_on: Shown<Date>,
        revoked_position: u64,
    }
}

impl RevokedRow {
    pub(super) fn new(key: KeyId, on: Date, position: u64) -> Self {
        Self {
            key: Shown(key),
            revoked_on: Shown(on),
            revoked_position: position,
        }
    }
}

/// The name of a code in JSON.
fn code(code: &impl Wire) -> String {
    match code.to_json() {
        serde_json::Value::String(name) => name,
        other => other.to_string(),
    }
}
