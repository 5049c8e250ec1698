//! A person as the ledger knows them: the places in which entries name them, that officers have linked.
//!
//! People have no records of their own and are never merged. What is said of a person is computed when it is read, from the
//! entries at their places, so it can be had for any day and for what the log knew at any instant. A personal number finds
//! places; it links none.

mod kin;
mod marital;
mod of;
mod parting;
mod traits;

pub use kin::{Ancestor, GENERATIONS_MAX, Kinship};
pub use parting::{Death, PartedBy, Parting, Wedding};
pub use traits::Traits;

use std::collections::BTreeMap;

use crate::act::{Act, MaritalStatus, ParentStanding, Person, PersonRef, PersonRole};
use crate::effect::Mark;
use crate::id::{EntryId, EventId};
use crate::value::{Date, PartialDate, PersonName, PersonalNumber, Sex};

/// Whether a person lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Life {
    /// Nothing says otherwise.
    #[default]
    Alive,
    /// A death is registered.
    Dead {
        /// Where.
        entry: EntryId,
        /// The day of death, as far as it is stated.
        on: Option<PartialDate>,
    },
    /// A court declared the person dead, and the declaration stands.
    DeclaredDead {
        /// Where.
        entry: EntryId,
        /// The day of death that the court set.
        on: Option<PartialDate>,
    },
    /// A court declared the person missing.
    Missing {
        /// Where it is noted.
        entry: EntryId,
        /// By which event.
        event: EventId,
    },
}

/// A marital status, and the events from which it follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marital {
    /// Which.
    pub status: MaritalStatus,
    /// The wording of Circular 04/2020, Art. 33.
    pub wording: String,
    /// The entries and events that say so.
    pub because: Vec<(EntryId, EventId)>,
}

impl Default for Marital {
    /// The ledger never claims what it does not hold.
    fn default() -> Self {
        Self {
            status: MaritalStatus::Unknown,
            wording: String::new(),
            because: Vec::new(),
        }
    }
}

/// Somebody to whom a person is tied, as the entry names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relative {
    /// Their own place in that entry; of a parent whom an adoption replaced there, where an officer linked them.
    pub at: PersonRef,
    /// The name there.
    pub name: Option<PersonName>,
    /// Where an officer linked that place to, if to any.
    pub known_as: Option<PersonRef>,
    /// What makes a parent a parent.
    pub standing: Option<ParentStanding>,
    /// Whether the tie still holds on the day: the marriage, the guardianship, the adoption.
    pub in_force: bool,
    /// How and when it ended, where an entry says so.
    pub ended: Option<Parting>,
}

/// What is known of somebody who stands beside a person in an entry.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Other {
    /// Their anchor: the one place by which everybody who is linked to them is known.
    pub known_as: Option<PersonRef>,
    /// Their registered death.
    pub died: Option<Death>,
    /// Whether they were declared dead and the declaration was revoked.
    pub came_back: bool,
    /// Their marriages.
    pub weddings: Vec<Wedding>,
}

/// The person whom an act names at a place.
pub fn at(act: &Act, place: PersonRef) -> Option<&Person> {
    of::named(act, place).map(|named| named.person)
}

/// The JSON pointer of the person whom an act names at a place.
pub fn pointer(act: &Act, place: PersonRef) -> Option<String> {
    of::named(act, place).map(|named| named.pointer())
}

/// The JSON pointer of the person of a place, in every act that names somebody there.
pub fn pointer_of(place: PersonRef) -> String {
    let listed = |field: &str| format!("/{field}/{}", place.place());
    match place.role {
        PersonRole::Guardian => listed("guardians"),
        PersonRole::Ward => listed("wards"),
        PersonRole::Supervisor => listed("supervisors"),
        PersonRole::AdoptiveFather => "/father".to_owned(),
        PersonRole::AdoptiveMother => "/mother".to_owned(),
        role => format!("/{}", role.name()),
    }
}

/// What of a person other entries that name them are shown to have changed.
pub const FOLLOWED: [&str; 6] = [
    "name",
    "born_on",
    "sex",
    "ethnicity",
    "nationality",
    "personal_number",
];

/// The field of a person, as other entries have it too, when a change at that pointer is one of the person at `person`.
pub fn followed<'p>(changed: &'p str, person: &str) -> Option<&'p str> {
    let field = changed.strip_prefix(person)?.strip_prefix('/')?;
    FOLLOWED.contains(&field).then_some(field)
}

/// What the ledger knows of a person on a day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PersonView {
    /// The places in which they are named.
    pub places: Vec<PersonRef>,
    /// On which legal day; none for now.
    pub on: Option<Date>,
    /// Whether they live.
    pub life: Life,
    /// Declarations on their capacity that stand, and by which event.
    pub marks: BTreeMap<Mark, EventId>,
    /// Whether they are married.
    pub marital: Marital,
    /// Every name, the present one first.
    pub names: Vec<PersonName>,
    /// Every personal number that a place states.
    pub numbers: Vec<PersonalNumber>,
    /// The birth date of the anchor.
    pub born_on: Option<PartialDate>,
    /// The sex of the anchor.
    pub sex: Option<Sex>,
    /// The entry of their own birth.
    pub birth: Option<EntryId>,
    /// Parents, of the birth entry; of those whom an adoption replaced there the tie holds no more.
    pub parents: Vec<Relative>,
    /// Those above the parents from whom they descend by blood, where an act asks for them.
    pub ancestors: Vec<Ancestor>,
    /// Children, of birth entries that name them as a parent and adoptions in force.
    pub children: Vec<Relative>,
    /// Spouses, of every marriage.
    pub spouses: Vec<Relative>,
    /// Guardians.
    pub guardians: Vec<Relative>,
    /// Wards.
    pub wards: Vec<Relative>,
    /// Confirmations of their marital status in force, each with the day on which it was issued.
    pub confirmations: Vec<(EntryId, Date)>,
}

impl PersonView {
    /// Whether the person died before that day for certain: on the last day that is possible.
    pub fn died_before(&self, day: Date) -> bool {
        let (Life::Dead { on, .. } | Life::DeclaredDead { on, .. }) = self.life else {
            return false;
        };
        on.and_then(|on| on.latest()).is_some_and(|died| died < day)
    }

    /// Whether the person may have been dead on that day: a day of death that is not stated counts.
    pub fn may_be_dead_on(&self, day: Date) -> bool {
        let (Life::Dead { on, .. } | Life::DeclaredDead { on, .. }) = self.life else {
            return false;
        };
        on.and_then(|on| on.earliest()).is_none_or(|died| died < day)
    }

    /// Whether nothing that needs a living person may be registered any more (Law 60/2014, Art. 34(2)).
    pub const fn locked(&self) -> bool {
        matches!(self.life, Life::Dead { .. } | Life::DeclaredDead { .. })
    }

    /// Everybody who stands beside the person in an entry.
    pub fn relatives(&self) -> impl Iterator<Item = &Relative> {
        let lists = [
            &self.parents,
            &self.children,
            &self.spouses,
            &self.guardians,
            &self.wards,
        ];
        lists.into_iter().flatten()
    }
}
