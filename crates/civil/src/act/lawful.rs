//! What every act tells of itself, so that whoever needs its day, its people or the entries it reaches need not know which act
//! it is.

use super::amendment::Amended;
use super::person::{BookReference, Declarant, Judgment, Person, PersonRef, PersonRole, Signer};
use super::shared::{EarlierRegistration, ForeignRegistration, Handling, Source};
use crate::decide::Case;
use crate::id::EntryId;
use crate::value::{Date, PartialDate};

/// What an act tells of itself. Every method but the day has an answer for acts that have no such thing.
pub(crate) trait Lawful {
    /// Its place in a paper book.
    fn book(&self) -> Option<&BookReference> {
        None
    }
    /// The day on which the office carried it out, as written.
    fn registered_on(&self) -> Option<Date>;
    /// The day on which its file was received, as written.
    fn received_on(&self) -> Option<Date> {
        None
    }
    /// The day on which the thing itself happened.
    fn occurred_on(&self) -> Option<PartialDate> {
        None
    }
    /// Who signed for the office.
    fn signer(&self) -> Option<&Signer> {
        None
    }
    /// Who came to the office about it, and the JSON pointer at which the act names them.
    fn asking(&self) -> Option<(&'static str, &Declarant)> {
        None
    }
    /// The entries that it changes or is noted at, beside the one it opens; its own, where it is written at one, may be
    /// among them. In the order of the act.
    fn reaches(&self) -> Vec<&Amended> {
        Vec::new()
    }
    /// The JSON pointer of one of [`Lawful::reaches`].
    fn reach_at(&self, index: usize) -> String {
        format!("/reached/{index}")
    }
    /// The people whom it names; people of one role stand together.
    fn people(&self) -> Vec<Named<'_>> {
        Vec::new()
    }
    /// The judgment or decision on which it rests.
    fn judgment(&self) -> Option<&Judgment> {
        None
    }
    /// What a foreign authority did.
    fn foreign(&self) -> Option<&ForeignRegistration> {
        None
    }
    /// The earlier registration of the same thing.
    fn earlier(&self) -> Option<&EarlierRegistration> {
        None
    }
    /// How the file was handled.
    fn handling(&self) -> Option<&Handling> {
        None
    }
    /// Where it was read, when it is an entry of an old book.
    fn source(&self) -> Option<&Source> {
        None
    }
    /// What it is about within its kind: the code of a matter, a direction, an answer. See [`crate::effect`].
    fn matter(&self) -> Option<u64> {
        None
    }
    /// The name of the tick that says how it came into the book; `any` where its form has none.
    fn tick(&self) -> &'static str {
        "any"
    }
    /// What the law says of this act alone; what it says of all stands in [`crate::decide`].
    fn decide(&self, _case: &mut Case<'_>) {}
}

/// A person whom an act names, and where.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Named<'a> {
    /// In which part.
    pub role: PersonRole,
    /// How many of that part come before.
    pub index: usize,
    /// Who.
    pub person: &'a Person,
    field: &'static str,
    listed: bool,
}

impl<'a> Named<'a> {
    /// The one person of a field.
    pub(crate) const fn one(role: PersonRole, field: &'static str, person: &'a Person) -> Self {
        Self {
            role,
            index: 0,
            person,
            field,
            listed: false,
        }
    }

    /// The person of a field that may be left out.
    pub(crate) fn some(role: PersonRole, field: &'static str, person: Option<&'a Person>) -> Option<Self> {
        person.map(|person| Self::one(role, field, person))
    }

    /// The people of a list.
    pub(crate) fn list(
        role: PersonRole,
        field: &'static str,
        people: &'a [Person],
    ) -> impl Iterator<Item = Self> {
        let named = move |(index, person)| Self {
            role,
            index,
            person,
            field,
            listed: true,
        };
        people.iter().enumerate().map(named)
    }

    /// The JSON pointer of the person: `/mother`, `/wards/0`.
    pub fn pointer(&self) -> String {
        if self.listed {
            format!("/{}/{}", self.field, self.index)
        } else {
            format!("/{}", self.field)
        }
    }

    /// The person as one of that entry; `None` past the 256th of a list.
    pub fn of(&self, entry: EntryId) -> Option<PersonRef> {
        let index = u8::try_from(self.index).ok()?;
        Some(PersonRef::new(entry, self.role, index))
    }
}

/// The answers of [`Lawful`] that are fields of the same name: `field?` where it may be left out, `field` where it is always
/// there. What is boxed may always be left out.
macro_rules! says {
    () => {};
    (book $($rest:tt)*) => {
        fn book(&self) -> Option<&$crate::act::BookReference> {
            Some(&self.book)
        }
        says! { $($rest)* }
    };
    (registered_on? $($rest:tt)*) => {
        fn registered_on(&self) -> Option<$crate::value::Date> {
            self.registered_on
        }
        says! { $($rest)* }
    };
    (received_on? $($rest:tt)*) => {
        fn received_on(&self) -> Option<$crate::value::Date> {
            self.received_on
        }
        says! { $($rest)* }
    };
    (received_on $($rest:tt)*) => {
        fn received_on(&self) -> Option<$crate::value::Date> {
            Some(self.received_on)
        }
        says! { $($rest)* }
    };
    (signer $($rest:tt)*) => {
        fn signer(&self) -> Option<&$crate::act::Signer> {
            self.signer.value.as_ref()
        }
        says! { $($rest)* }
    };
    (judgment? $($rest:tt)*) => {
        fn judgment(&self) -> Option<&$crate::act::Judgment> {
            self.judgment.as_deref()
        }
        says! { $($rest)* }
    };
    (foreign $($rest:tt)*) => {
        fn foreign(&self) -> Option<&$crate::act::ForeignRegistration> {
            self.foreign.as_deref()
        }
        says! { $($rest)* }
    };
    (earlier $($rest:tt)*) => {
        fn earlier(&self) -> Option<&$crate::act::EarlierRegistration> {
            self.earlier.as_deref()
        }
        says! { $($rest)* }
    };
    (declarant $($rest:tt)*) => {
        fn asking(&self) -> Option<(&'static str, &$crate::act::Declarant)> {
            Some(("/declarant", self.declarant.as_ref()?))
        }
        says! { $($rest)* }
    };
    (brought_by $($rest:tt)*) => {
        fn asking(&self) -> Option<(&'static str, &$crate::act::Declarant)> {
            Some(("/brought_by", self.brought_by.as_ref()?))
        }
        says! { $($rest)* }
    };
    (handling $($rest:tt)*) => {
        fn handling(&self) -> Option<&$crate::act::Handling> {
            self.handling.as_deref()
        }
        says! { $($rest)* }
    };
    (source $($rest:tt)*) => {
        fn source(&self) -> Option<&$crate::act::Source> {
            self.source.as_deref()
        }
        says! { $($rest)* }
    };
}

pub(crate) use says;
