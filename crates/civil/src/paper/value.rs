//! Values as papers print them.

use ciborium::Value;

use crate::act::{
    Act, DeathNotice, Declarant, EarlierRegistration, ForeignRegistration, IdentityPaper, ParentStanding,
    Person, PersonRole,
};
use crate::stated::Stated;
use crate::value::{Date, PartialDate, PersonName, Text, upper_case};
use crate::wire::Wire;

/// The keys of a person's fields, as the record has them.
pub(super) mod key {
    pub const NAME: u8 = 0;
    pub const SEX: u8 = 1;
    pub const BORN_ON: u8 = 2;
    pub const BIRTH_PLACE: u8 = 3;
    pub const HOME_PLACE: u8 = 4;
    pub const ETHNICITY: u8 = 5;
    pub const NATIONALITY: u8 = 6;
    pub const PERSONAL_NUMBER: u8 = 8;
    pub const RESIDENCE: u8 = 9;
    pub const IDENTITY_PAPER: u8 = 10;
    pub const ORIGINAL_SCRIPT: u8 = 13;
    pub const ENTITY: u8 = 15;
}

/// A field of a person; empty where nothing is stated. The reason for a blank is for officers, not for papers.
pub(super) fn of_person(role: PersonRole, person: &Person, field: u8, year_of_book: Option<u16>) -> String {
    match field {
        key::NAME => name(role, person),
        key::SEX => stated(person.sex.as_ref()),
        key::BORN_ON => born_on(role, person, year_of_book),
        key::BIRTH_PLACE => stated(person.birth_place.as_ref()),
        key::HOME_PLACE => stated(person.home_place.as_ref()),
        key::ETHNICITY => stated(person.ethnicity.as_ref()),
        key::NATIONALITY => nationality(person),
        key::PERSONAL_NUMBER => stated(person.personal_number.as_ref()),
        key::RESIDENCE => stated(person.residence.as_ref()),
        key::IDENTITY_PAPER => person
            .identity_paper
            .as_ref()
            .map(identity_paper)
            .unwrap_or_default(),
        key::ORIGINAL_SCRIPT => text(person.original_script.as_ref()),
        key::ENTITY => person.entity.as_ref().map_or_else(String::new, |entity| {
            let number = entity.number.as_ref().map(|number| format!("mã số {number}"));
            joined([Some(entity.name.to_string()), number])
        }),
        _ => String::new(),
    }
}

/// In capitals with their marks (Circular 04/2020, Art. 31); who adopted is called so (Art. 19).
fn name(role: PersonRole, person: &Person) -> String {
    let name = capitals(person.name.value.as_ref());
    let title = match (role, person.standing) {
        (PersonRole::Father, Some(ParentStanding::Adoptive)) => "cha nuôi",
        (PersonRole::Mother, Some(ParentStanding::Adoptive)) => "mẹ nuôi",
        _ => return name,
    };
    if name.is_empty() {
        name
    } else {
        format!("{name} ({title})")
    }
}

/// When somebody was born, and how that is known.
pub(super) enum Born<'a> {
    /// As the book gives it.
    Stated(&'a PartialDate),
    /// Computed from the age in the book: from a book of 1975 and an age of 25 it is 1950 (Circular 04/2020, Art. 23). Where nobody computed it
    /// when the entry was taken over, the paper does.
    Computed {
        /// The year.
        year: u16,
        /// The age, where it was taken over.
        age: Option<u8>,
    },
    /// Nobody knows.
    Unknown,
}

/// The year in which the book was written that an act stands in.
pub(super) fn year_of_book(act: &Act) -> Option<u16> {
    let registered = act.registered_on().map(Date::year);
    registered.or_else(|| act.book()?.1.year)
}

/// When a person was born, of whom an act of that year says what it says.
pub(super) fn born(person: &Person, year_of_book: Option<u16>) -> Born<'_> {
    let stated = person.born_on.as_ref();
    let computed = stated.is_some_and(|stated| stated.computed);
    let age = person.age_as_written;
    match person.birth() {
        Some(day) if computed => day
            .year()
            .map_or(Born::Stated(day), |year| Born::Computed { year, age }),
        Some(day) => Born::Stated(day),
        None => {
            let year = year_of_book
                .zip(age)
                .and_then(|(year, age)| year.checked_sub(u16::from(age)));
            year.map_or(Born::Unknown, |year| Born::Computed { year, age })
        }
    }
}

/// Of the parents of a birth the forms ask for the year alone.
fn born_on(role: PersonRole, person: &Person, year_of_book: Option<u16>) -> String {
    match (born(person, year_of_book), role) {
        (Born::Stated(day), PersonRole::Mother | PersonRole::Father) => {
            day.year().map_or_else(String::new, |year| format!("{year:04}"))
        }
        (Born::Stated(day), _) => day.vietnamese(),
        (Born::Computed { year, .. }, _) => format!("{year:04}"),
        (Born::Unknown, _) => String::new(),
    }
}

fn nationality(person: &Person) -> String {
    let one = |stated: Option<&Stated<_>>| Some(self::stated(stated)).filter(|text| !text.is_empty());
    joined([
        one(person.nationality.as_ref()),
        one(person.other_nationality.as_ref()),
    ])
}

/// `Thẻ căn cước số 066190000123, Cục Cảnh sát QLHC về TTXH cấp ngày 05/11/2022`.
fn identity_paper(paper: &IdentityPaper) -> String {
    let mut words = format!("{} số {}", paper.kind.vietnamese(), paper.number);
    let by = paper.issued_by.as_ref();
    if let Some(by) = by {
        words.push_str(&format!(", {by} cấp"));
    }
    if let Some(day) = &paper.issued_on {
        let issued = if by.is_some() { "" } else { ", cấp" };
        words.push_str(&format!("{issued} {}", as_known(day)));
    }
    words
}

/// A field of the act by its name: its key, and what is printed.
pub(super) fn of_act(act: &Act, tree: &Value, name: &str) -> Option<(u8, String)> {
    let field = Act::field(act.kind(), &[name])?;
    let key = u8::try_from(*field.keys.first()?).ok()?;
    let pairs = tree.as_map()?;
    let found = pairs
        .iter()
        .find(|(known, _)| *known == Value::Integer(key.into()));
    let value = found.map(|(_, value)| value.clone());
    let value = value.filter(|value| !crate::stated::states_no_value(value));
    let words = value.and_then(|value| worded(name, &value).or_else(|| (field.to_text)(value).ok()));
    Some((key, words.unwrap_or_default()))
}

/// Records that papers word otherwise than officers read them.
fn worded(name: &str, value: &Value) -> Option<String> {
    match name {
        "declarant" | "requester" => {
            read::<Declarant>(value).map(|known| capitals(known.name.value.as_ref()))
        }
        "foreign" => read::<ForeignRegistration>(value).map(|known| foreign(&known)),
        "marriage_as_stated" => read::<EarlierRegistration>(value).map(|known| earlier(&known)),
        "notice" => read::<DeathNotice>(value).map(|known| death_notice(&known)),
        "about" | "partner" => read::<Person>(value).map(|known| whole(&known)),
        _ => None,
    }
}

/// The declarant of an act, where it has one.
pub(super) fn declarant_paper(act: &Act, tree: &Value) -> String {
    let field = ["declarant", "requester"]
        .into_iter()
        .find_map(|name| Act::field(act.kind(), &[name]));
    let paper = || {
        let key = *field?.keys.first()?;
        let pairs = tree.as_map()?;
        let (_, value) = pairs
            .iter()
            .find(|(known, _)| *known == Value::Integer(key.into()))?;
        read::<Declarant>(value)?
            .identity_paper
            .as_ref()
            .map(identity_paper)
    };
    paper().unwrap_or_default()
}

/// `ngày 14/03/2018`, `tháng 03/2018`, `năm 2018`.
fn as_known(day: &PartialDate) -> String {
    let part = match (day.day(), day.month()) {
        (Some(_), _) => "ngày",
        (None, Some(_)) => "tháng",
        (None, None) => "năm",
    };
    format!("{part} {}", day.vietnamese())
}

/// `Tòa án Gia đình Fukuoka, Nhật Bản, số 12/2020, ngày 05/06/2020`.
fn foreign(known: &ForeignRegistration) -> String {
    let day = known
        .registered_on
        .as_ref()
        .and_then(|stated| stated.value.as_ref());
    joined([
        known.authority.value.as_ref().map(Text::to_string),
        known.country.as_ref().map(|country| country.name().to_owned()),
        known.number.as_ref().map(|number| format!("số {number}")),
        day.map(as_known),
    ])
}

fn earlier(known: &EarlierRegistration) -> String {
    joined([
        known.office.as_ref().map(Text::to_string),
        known.number.as_ref().map(|number| format!("số {number}")),
        known.volume.as_ref().map(|volume| format!("quyển số {volume}")),
        known.registered_on.as_ref().map(as_known),
    ])
}

fn death_notice(known: &DeathNotice) -> String {
    let day = known.issued_on.as_ref().map(|day| format!(" {}", as_known(day)));
    format!(
        "số {}, {} cấp{}",
        known.number,
        known.issued_by,
        day.unwrap_or_default()
    )
}

/// Somebody on one line.
fn whole(person: &Person) -> String {
    let some = |text: String| Some(text).filter(|text| !text.is_empty());
    joined([
        some(capitals(person.name.value.as_ref())),
        person.birth().map(|day| format!("sinh {}", as_known(day))),
        person.identity_paper.as_ref().map(identity_paper),
        some(stated(person.residence.as_ref())),
    ])
}

fn read<T: Wire>(value: &Value) -> Option<T> {
    T::from_cbor(value.clone()).ok()
}

fn stated<T: Wire>(stated: Option<&Stated<T>>) -> String {
    let value = stated.and_then(|stated| stated.value.as_ref());
    value.map_or_else(String::new, Wire::vietnamese_text)
}

fn text(text: Option<&Text>) -> String {
    text.map_or_else(String::new, Text::to_string)
}

pub(super) fn capitals(name: Option<&PersonName>) -> String {
    name.map_or_else(String::new, |name| upper_case(name.full()))
}

fn joined<const N: usize>(parts: [Option<String>; N]) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
