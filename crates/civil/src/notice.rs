//! Notices (thông báo): whom an act obliges its office to tell, why, and by when. One function, asked by the decision on a draft,
//! by the read model and by the auditor.

use crate::act::{Act, OfficeLevel, Person, PersonRole};
use crate::decide::Situation;
use crate::directory::Directory;
use crate::effect;
use crate::event::{CivilEvent, time_in_vietnam};
use crate::id::{EntryId, Lane, OfficeId, StreamId};
use crate::kind::{Group, Kind};
use crate::law::{self, working_day};
use crate::unit::UnitId;
use crate::value::{Date, TimeOfDay};

/// Why an office is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoticeReason {
    /// It keeps the book in which a note must be written (Law 60/2014, Art. 28, 47).
    WriteNote,
    /// The subject resides in its unit (Law 60/2014, Art. 5(4)).
    Residence,
    /// A foreigner died (Law 60/2014, Art. 52(3)).
    ForeignMinistry,
    /// It keeps the second book of a mission whose entry has a new note (Law 60/2014, Art. 55, 56).
    Mission,
}

impl NoticeReason {
    /// Every reason.
    pub const ALL: [Self; 4] = [
        Self::WriteNote,
        Self::Residence,
        Self::ForeignMinistry,
        Self::Mission,
    ];

    /// Its name in JSON and columns.
    pub const fn name(self) -> &'static str {
        match self {
            Self::WriteNote => "write_note",
            Self::Residence => "residence",
            Self::ForeignMinistry => "foreign_ministry",
            Self::Mission => "mission",
        }
    }

    /// The reason of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.name() == name)
    }

    /// The articles on which a notice for that reason about an act of that kind rests.
    pub fn article(self, act: Kind) -> String {
        match self {
            Self::WriteNote => {
                let told = match act.group() {
                    Group::Amendment => "Luật Hộ tịch 60/2014/QH13, Điều 28(3), 47",
                    _ if matches!(act, Kind::DivorceNoted | Kind::JudgmentNoted) => {
                        "Luật Hộ tịch 60/2014/QH13, Điều 30, 31"
                    }
                    _ => effect::article(act),
                };
                format!("{told}; Nghị định 123/2015/NĐ-CP, Điều 13")
            }
            Self::Residence => "Luật Hộ tịch 60/2014/QH13, Điều 5(4)".to_owned(),
            Self::ForeignMinistry => "Luật Hộ tịch 60/2014/QH13, Điều 52(3)".to_owned(),
            Self::Mission => "Luật Hộ tịch 60/2014/QH13, Điều 55, 56".to_owned(),
        }
    }

    /// Whether only the note in the book discharges it; any other is discharged when the office acknowledges it.
    pub const fn asks_for_a_note(self) -> bool {
        matches!(self, Self::WriteNote)
    }
}

/// A duty that an act causes: another office must be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeOwed {
    /// About which entry; none for the one that a draft will open.
    pub entry: Option<EntryId>,
    /// The office to which it is addressed: the one whose book it is, or that serves the residence.
    pub office: OfficeId,
    /// Who has taken over from that office, or itself.
    pub to: OfficeId,
    /// Why.
    pub reason: NoticeReason,
    /// By when: the same working day, after 15:00 the next (Decree 87/2020, Art. 7).
    pub due_on: Date,
}

/// An act as it is filed.
#[derive(Debug, Clone, Copy)]
pub struct Filed<'a> {
    /// The act.
    pub act: &'a Act,
    /// Where.
    pub stream: StreamId,
    /// The entry that it opens, once that has an id.
    pub opened: Option<EntryId>,
    /// The day of signing.
    pub signed_on: Date,
    /// The local time of signing, when it is known.
    pub signed_at: Option<TimeOfDay>,
}

impl<'a> From<&'a CivilEvent> for Filed<'a> {
    fn from(event: &'a CivilEvent) -> Self {
        let envelope = &event.envelope;
        Self {
            act: &event.body.act,
            stream: envelope.stream,
            opened: envelope.entry.filter(|_| envelope.kind.opens_entry()),
            signed_on: event.signed_on,
            signed_at: time_in_vietnam(envelope.signed_at),
        }
    }
}

/// An entry that an act reaches, or at which it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Concerned {
    /// Which.
    pub entry: EntryId,
    /// The office that registered it.
    pub office: OfficeId,
    /// Who keeps its book now.
    pub keeper: OfficeId,
}

/// What a notice must know of offices.
pub trait Offices {
    /// The open office of a commune that serves a unit.
    fn serving(&self, unit: UnitId) -> Option<OfficeId>;
    /// The open office of the foreign ministry.
    fn foreign_ministry(&self) -> Option<OfficeId>;
    /// Whether that office is a mission abroad.
    fn is_mission(&self, office: OfficeId) -> bool;
}

impl Offices for Directory {
    fn serving(&self, unit: UnitId) -> Option<OfficeId> {
        let mut open = self.offices().filter(|office| office.succeeded.is_none());
        open.find(|office| office.level == OfficeLevel::Commune && office.unit == Some(unit))
            .map(|office| office.id)
    }

    fn foreign_ministry(&self) -> Option<OfficeId> {
        let mut open = self.offices().filter(|office| office.succeeded.is_none());
        open.find(|office| office.level == OfficeLevel::ForeignMinistry)
            .map(|office| office.id)
    }

    fn is_mission(&self, office: OfficeId) -> bool {
        self.office(office)
            .is_some_and(|office| office.level == OfficeLevel::Mission)
    }
}

/// Whether an act signed on that day tells the residence, and the second book of a mission. Acts of the days before were signed
/// while nobody was told, and what they owe must not change when the log is read again. (No foreign ministry was open then.)
pub fn tells_more(signed_on: Date) -> bool {
    law::second_release().is_some_and(|since| since <= signed_on)
}

/// The notices that an act owes, for the entries that it concerns.
pub fn owed(filed: &Filed<'_>, concerned: &[Concerned], offices: &impl Offices) -> Vec<NoticeOwed> {
    let Filed { act, stream, .. } = *filed;
    let due_on = filed.signed_at.map_or_else(
        || working_day::due_on(filed.signed_on),
        |at| working_day::notice_due((filed.signed_on, at)),
    );
    let mut owed = Vec::new();
    let mut tell = |entry, office, to, reason| {
        if to != stream.office {
            owed.push(NoticeOwed {
                entry,
                office,
                to,
                reason,
                due_on,
            });
        }
    };
    if act.kind().changes_entries() {
        for concerned in concerned {
            let Concerned {
                entry,
                office,
                keeper,
            } = *concerned;
            tell(Some(entry), office, keeper, NoticeReason::WriteNote);
        }
    }
    if stream.lane != Lane::Acts {
        return owed;
    }
    if of_a_foreigner(act)
        && let Some(ministry) = offices.foreign_ministry()
    {
        tell(filed.opened, ministry, ministry, NoticeReason::ForeignMinistry);
    }
    if !tells_more(filed.signed_on) {
        return owed;
    }
    if act.kind().changes_entries()
        && let Some(ministry) = offices.foreign_ministry()
    {
        for concerned in concerned.iter().filter(|known| offices.is_mission(known.office)) {
            tell(Some(concerned.entry), ministry, ministry, NoticeReason::Mission);
        }
    }
    let mut told: Vec<OfficeId> = Vec::new();
    for office in residences(act)
        .into_iter()
        .filter_map(|unit| offices.serving(unit))
    {
        if !told.contains(&office) {
            told.push(office);
            tell(filed.opened, office, office, NoticeReason::Residence);
        }
    }
    owed
}

/// What an act in its situation would owe.
pub(crate) fn of_situation(situation: &Situation<'_>, act: &Act) -> Vec<NoticeOwed> {
    let own = situation.entry.filter(|_| act.kind().group() == Group::Notation);
    let reached = act
        .kind()
        .reaches_others()
        .then(|| situation.targets.values())
        .into_iter()
        .flatten();
    let concerned: Vec<Concerned> = own
        .into_iter()
        .chain(reached)
        .map(|entry| Concerned {
            entry: entry.id,
            office: entry.office,
            keeper: situation.directory.keeper_of_entry(entry),
        })
        .collect();
    let filed = Filed {
        act,
        stream: situation.stream,
        opened: None,
        signed_on: situation.today,
        signed_at: situation.now,
    };
    owed(&filed, &concerned, situation.directory)
}

/// The units in which the subjects of a registration reside, as far as it says so.
pub fn residences(act: &Act) -> Vec<UnitId> {
    use PersonRole::{Child, Deceased, Father, Husband, Mother, Ward, Wife};
    const KINDS: [Kind; 6] = [
        Kind::Birth,
        Kind::Marriage,
        Kind::Death,
        Kind::ParentChildRecognition,
        Kind::Guardianship,
        Kind::Adoption,
    ];
    if !KINDS.contains(&act.kind()) {
        return Vec::new();
    }
    let people = act.people();
    let of = |roles: &[PersonRole]| -> Vec<UnitId> {
        let named = people.iter().filter(|named| roles.contains(&named.role));
        named.filter_map(|named| residence(named.person)).collect()
    };
    let mut units = of(&[Child, Wife, Husband, Deceased, Ward]);
    if units.is_empty() {
        units = match act {
            // A child lives with its parents, the mother first (Law on Residence 68/2020, Art. 12).
            Act::Birth(_) => [Mother, Father]
                .into_iter()
                .flat_map(|role| of(&[role]))
                .take(1)
                .collect(),
            Act::Death(act) => act.last_residence.iter().filter_map(|place| place.unit).collect(),
            _ => units,
        };
    }
    units
}

fn residence(person: &Person) -> Option<UnitId> {
    person.residence.as_ref()?.value.as_ref()?.unit
}

/// Whether a foreigner died.
pub fn of_a_foreigner(act: &Act) -> bool {
    matches!(act, Act::Death(act) if act.deceased.is_foreigner())
}
