//! The directory: offices, the keys that sign for them, and who keeps whose books; folded from the
//! administration's own stream. A signature is judged by the directory as it stood at the event's position.

mod appointment;
mod custody;
mod seal;

pub use appointment::Appointment;
pub use custody::{BookPlace, Entrusted};
pub use seal::{RevokedSeal, Seal};

use std::collections::{BTreeMap, HashMap};

use crate::act::{Act, KeyGranted, OfficeLevel, OfficeOpened, OfficeSucceeded, Role, SealUse};
use crate::cose::PublicKey;
use crate::id::{EventHash, EventId, KeyId, OfficeId, SealKeyId, StreamId};
use crate::kind::{Group, Kind};
use crate::law;
use crate::unit::UnitId;
use crate::value::{Date, Nationality};

/// An office as the ledger knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// Its number.
    pub id: OfficeId,
    /// Its name.
    pub name: String,
    /// Its level.
    pub level: OfficeLevel,
    /// The unit it serves.
    pub unit: Option<UnitId>,
    /// First day.
    pub opened_on: Date,
    /// The country in which a mission works.
    pub country: Option<Nationality>,
    /// The office above it.
    pub superior: Option<OfficeId>,
    /// The first day on which it is no longer, and who keeps its books from then on.
    pub succeeded: Option<(Date, OfficeId)>,
    /// The other offices that took over parts of it, where it was split.
    pub also: Vec<OfficeId>,
}

impl Office {
    /// Whether it worked on that day.
    pub fn open_on(&self, day: Date) -> bool {
        self.opened_on <= day && self.succeeded.is_none_or(|(end, _)| day < end)
    }
}

/// A key that was granted.
#[derive(Debug, Clone)]
pub struct Grant {
    /// The key.
    pub key: PublicKey,
    /// For which office.
    pub office: OfficeId,
    /// What its holder may do.
    pub role: Role,
    /// First day.
    pub valid_from: Date,
    /// Last day.
    pub valid_until: Option<Date>,
    /// Whether it was revoked.
    pub revoked: bool,
    /// The appointment of the officer who holds it.
    pub appointment: Option<EventId>,
}

/// Why a key may not sign this event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unauthorised {
    /// Never granted.
    #[error("the key was never granted")]
    UnknownKey,
    /// Revoked before this position.
    #[error("the key is revoked")]
    RevokedKey,
    /// Granted to another office than the stream's.
    #[error("the key belongs to another office")]
    KeyOfAnotherOffice,
    /// Signed before the first or after the last day of the grant.
    #[error("the key was not valid on the day of signing")]
    OutsideValidity,
    /// The holder's role does not cover this kind in this lane.
    #[error("the role of the key does not cover this kind of event in this lane")]
    RoleDoesNotCover,
}

impl Unauthorised {
    /// A stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::UnknownKey => "unknown_key",
            Self::RevokedKey => "revoked_key",
            Self::KeyOfAnotherOffice => "key_of_another_office",
            Self::OutsideValidity => "key_outside_validity",
            Self::RoleDoesNotCover => "role_does_not_cover",
        }
    }

    /// For the officer.
    pub const fn vietnamese(self) -> &'static str {
        match self {
            Self::UnknownKey => "Khóa ký chưa được cấp trong sổ cái này.",
            Self::RevokedKey => "Khóa ký đã bị thu hồi.",
            Self::KeyOfAnotherOffice => "Khóa ký thuộc cơ quan khác.",
            Self::OutsideValidity => "Khóa ký không có hiệu lực vào ngày ký.",
            Self::RoleDoesNotCover => "Vai trò của khóa ký không cho phép loại việc này.",
        }
    }
}

/// The directory at one position of the log.
#[derive(Debug, Clone, Default)]
pub struct Directory {
    origin: String,
    log_key: String,
    founding: Option<EventHash>,
    offices: BTreeMap<OfficeId, Office>,
    keys: HashMap<KeyId, Grant>,
    appointments: BTreeMap<EventId, Appointment>,
    entrusted: Vec<Entrusted>,
    seals: Vec<Seal>,
    length: u64,
}

impl Directory {
    /// Before the founding.
    pub fn new() -> Self {
        Self::default()
    }

    /// The origin of the log.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The C2SP vkey of the log's checkpoints.
    pub fn log_key(&self) -> &str {
        &self.log_key
    }

    /// The founding event, from which every chain hangs.
    pub fn founding(&self) -> Option<EventHash> {
        self.founding
    }

    /// How many events of the administration's stream it has taken in.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// An office.
    pub fn office(&self, id: OfficeId) -> Option<&Office> {
        self.offices.get(&id)
    }

    /// Every office, by number.
    pub fn offices(&self) -> impl Iterator<Item = &Office> {
        self.offices.values()
    }

    /// A key that was granted, revoked or not.
    pub fn key(&self, id: KeyId) -> Option<&Grant> {
        self.keys.get(&id)
    }

    /// Every key that was granted.
    pub fn keys(&self) -> impl Iterator<Item = (&KeyId, &Grant)> {
        self.keys.iter()
    }

    /// Every seal that was granted, revoked or not, in the order of the log.
    pub fn seals(&self) -> impl Iterator<Item = &Seal> {
        self.seals.iter()
    }

    /// A seal by its key.
    pub fn seal_of(&self, key: SealKeyId) -> Option<&Seal> {
        self.seals.iter().find(|seal| seal.key == key)
    }

    /// The seal with which an office seals papers on a day: the latest of its own that holds then.
    pub fn seal(&self, office: OfficeId, on: Date) -> Option<&Seal> {
        let its = |seal: &&Seal| seal.office == office && seal.usage == SealUse::Seal && seal.holds_on(on);
        self.seals.iter().rev().find(its)
    }

    /// The office that keeps the books of `office` now, where no decision says otherwise: itself, or the last of its successors.
    pub fn keeper(&self, office: OfficeId) -> OfficeId {
        let last = self.passed_through(office).last();
        last.and_then(|closed| closed.succeeded)
            .map_or(office, |(_, successor)| successor)
    }

    /// The closed offices through which the books of `office` went, itself first.
    fn passed_through(&self, office: OfficeId) -> impl Iterator<Item = &Office> {
        let closed = |id: OfficeId| self.offices.get(&id).filter(|office| office.succeeded.is_some());
        let next = move |office: &&Office| office.succeeded.and_then(|(_, successor)| closed(successor));
        // Each step goes to an office that was open when the event was accepted, so there is no circle; the bound
        // keeps a forged log from making one.
        std::iter::successors(closed(office), next).take(self.offices.len())
    }

    /// The name of an office, or its number when it is not known.
    pub fn name(&self, office: OfficeId) -> String {
        self.office(office)
            .map_or_else(|| format!("cơ quan số {office}"), |office| office.name.clone())
    }

    /// The key by which this event may be signed.
    ///
    /// # Errors
    /// [`Unauthorised`], the first reason that applies.
    pub fn authorise(
        &self,
        key: KeyId,
        stream: StreamId,
        kind: Kind,
        signed_on: Date,
    ) -> Result<&Grant, Unauthorised> {
        let grant = self.keys.get(&key).ok_or(Unauthorised::UnknownKey)?;
        if grant.revoked {
            return Err(Unauthorised::RevokedKey);
        }
        if grant.office != stream.office {
            return Err(Unauthorised::KeyOfAnotherOffice);
        }
        if signed_on < grant.valid_from || grant.valid_until.is_some_and(|last| last < signed_on) {
            return Err(Unauthorised::OutsideValidity);
        }
        let administers = kind.group() == Group::Administration;
        let covered = administers == (stream == StreamId::ADMINISTRATION)
            && law::role_covers(grant.role, kind, stream.lane, signed_on);
        if covered {
            Ok(grant)
        } else {
            Err(Unauthorised::RoleDoesNotCover)
        }
    }

    /// Takes in an event of the administration's stream that was decided and recorded: its id, its hash, its act.
    pub fn apply(&mut self, event: EventId, hash: EventHash, act: &Act) {
        self.apply_reading(event, hash, act, None);
    }

    /// The same for somebody who has read the key that the act grants, with its name: it is not read again.
    pub fn apply_reading(
        &mut self,
        event: EventId,
        hash: EventHash,
        act: &Act,
        key: Option<(KeyId, PublicKey)>,
    ) {
        self.length += 1;
        match act {
            Act::LedgerFounded(act) => {
                self.origin = act.origin.to_string();
                self.log_key = act.log_key.to_string();
                self.founding = Some(hash);
                let granted = KeyGranted::least(
                    OfficeId::ADMINISTRATION,
                    act.key.clone(),
                    Role::Administrator,
                    act.founded_on,
                );
                self.grant(&granted, key);
            }
            Act::OfficeOpened(act) => self.open(act),
            Act::OfficeSucceeded(act) => self.succeed(act),
            Act::KeyGranted(act) => self.grant(act, key),
            Act::KeyRevoked(act) => {
                if let Some(grant) = self.keys.get_mut(&act.key) {
                    grant.revoked = true;
                }
            }
            Act::OfficerAppointed(act) => {
                self.appointments.insert(event, Appointment::of(event, act));
            }
            Act::OfficerRelieved(act) => {
                if let Some(appointment) = self.appointments.get_mut(&act.appointment) {
                    appointment.relieved_on = Some(act.on);
                }
            }
            Act::SealGranted(act) => self.seals.extend(Seal::of(event, act)),
            Act::SealRevoked(act) => {
                if let Some(seal) = self.seals.iter_mut().find(|seal| seal.key == act.key) {
                    seal.revoke(act);
                }
            }
            Act::BooksEntrusted(act) => self.entrusted.push(Entrusted::of(event, act)),
            _ => {}
        }
    }

    fn open(&mut self, act: &OfficeOpened) {
        self.offices.insert(
            act.office,
            Office {
                id: act.office,
                name: act.name.to_string(),
                level: act.level,
                unit: act.unit,
                opened_on: act.opened_on,
                country: act.country.clone(),
                superior: act.superior,
                succeeded: None,
                also: Vec::new(),
            },
        );
    }

    fn succeed(&mut self, act: &OfficeSucceeded) {
        if let Some(office) = self.offices.get_mut(&act.office) {
            office.succeeded = Some((act.on, act.successor));
            office.also.clone_from(&act.also);
        }
    }

    fn grant(&mut self, act: &KeyGranted, read: Option<(KeyId, PublicKey)>) {
        // A key that does not parse was refused by `decide`; a forged log that holds one grants nothing.
        let parsed = || {
            let key = PublicKey::from_cose_key(&act.key.0).ok()?;
            Some((key.id(), key))
        };
        if let Some((id, key)) = read.or_else(parsed) {
            let KeyGranted {
                office,
                role,
                valid_from,
                valid_until,
                appointment,
                ..
            } = *act;
            self.keys.insert(
                id,
                Grant {
                    key,
                    office,
                    role,
                    valid_from,
                    valid_until,
                    revoked: false,
                    appointment,
                },
            );
        }
    }
}
