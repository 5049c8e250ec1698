//! Civil-status officers: from when to when, for which office and units.

use super::{Directory, Office};
use crate::act::{OfficerAppointed, Person, Role};
use crate::id::{EventId, KeyId, OfficeId};
use crate::unit::{UnitId, catalogue};
use crate::value::{Date, Text};

/// The appointment of a civil-status officer (Law 60/2014, Art. 72).
#[derive(Debug, Clone, PartialEq)]
pub struct Appointment {
    /// The event that appointed them.
    pub event: EventId,
    /// To which office.
    pub office: OfficeId,
    /// Who.
    pub person: Person,
    /// What they may do.
    pub role: Role,
    /// Their title.
    pub title: Text,
    /// First day.
    pub from: Date,
    /// Last day, as appointed.
    pub until: Option<Date>,
    /// The first day without it, when they were relieved.
    pub relieved_on: Option<Date>,
    /// The units for which they act; all of the office when empty.
    pub jurisdiction: Vec<UnitId>,
    /// By which decision.
    pub decision: Option<Text>,
}

impl Appointment {
    pub(super) fn of(event: EventId, act: &OfficerAppointed) -> Self {
        Self {
            event,
            office: act.office,
            person: act.person.clone(),
            role: act.role,
            title: act.title.clone(),
            from: act.from,
            until: act.until,
            relieved_on: None,
            jurisdiction: act.jurisdiction.clone(),
            decision: act.decision.clone(),
        }
    }

    /// Whether it holds on that day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.from <= day
            && self.until.is_none_or(|last| day <= last)
            && self.relieved_on.is_none_or(|end| day < end)
    }

    /// Whether it is for that office, and for its unit or a part of it on that day.
    pub fn covers(&self, office: &Office, day: Date) -> bool {
        let Some(unit) = office.unit else {
            return self.office == office.id;
        };
        let within = |part: &UnitId| {
            let above = || catalogue().parent_on(part, day).map(|above| above.id);
            *part == unit || above() == Some(unit)
        };
        self.office == office.id && (self.jurisdiction.is_empty() || self.jurisdiction.iter().any(within))
    }
}

impl Directory {
    /// An appointment, by the event that made it.
    pub fn appointment(&self, event: EventId) -> Option<&Appointment> {
        self.appointments.get(&event)
    }

    /// The appointment behind a key, when its grant names one.
    pub fn appointment_of(&self, key: KeyId) -> Option<&Appointment> {
        self.appointment(self.key(key)?.appointment?)
    }

    /// The appointments to an office, past and present, in the order of their events' ids.
    pub fn appointments_to(&self, office: OfficeId) -> impl Iterator<Item = &Appointment> {
        self.appointments
            .values()
            .filter(move |known| known.office == office)
    }
}
