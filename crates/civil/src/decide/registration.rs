//! Registrations: almost nothing is refused, what is odd is shown (LAW: "the software would not save …").

use super::case::number_fits;
use super::{Findings, Situation, WarningCode, rules};
use crate::act::{Act, BirthEntry, DeathEntry, OfficeLevel, Person, Place};
use crate::entry::RegisterEntry;
use crate::id::Lane;
use crate::kind::Kind;
use crate::law::{self, Case, Level, Occasion};
use crate::stated::Stated;
use crate::unit::catalogue;
use crate::value::{
    Date, Ethnicity, NameFinding, Nationality, PartialDate, has_lost_letters, looks_legacy_encoded,
};

pub(super) fn decide(situation: &Situation<'_>, act: &Act, findings: &mut Findings) {
    let day = act.counted_on(situation.today);
    for named in act.people() {
        person_findings(&named.pointer(), named.person, day, findings);
    }
    time_limit(situation, act, findings);
    competence(situation, act, findings);
    if act
        .occurred_on()
        .is_some_and(|occurred| occurred.earliest().is_some_and(|occurred| day < occurred))
    {
        findings.warn(WarningCode::OccurredAfterRegistered, "");
    }
    known(situation, act, "/received_on", findings);
}

/// Whether the rules of the day of reception were read. An entry of an old book was made by the law of its own day; whoever takes it
/// over applies none.
pub(super) fn known(situation: &Situation<'_>, act: &Act, pointer: &str, findings: &mut Findings) {
    if situation.stream.lane != Lane::Digitised && rules(situation, act).known_in_part() {
        findings.warn(WarningCode::RuleNotKnown, pointer);
    }
}

fn person_findings(pointer: &str, person: &Person, day: Date, findings: &mut Findings) {
    if let Some(code) = name(person) {
        findings.warn(code, format!("{pointer}/name"));
    }
    if !number_fits(person) {
        findings.warn(
            WarningCode::NumberDoesNotFit,
            format!("{pointer}/personal_number"),
        );
    }
    if person.birth().and_then(PartialDate::full).is_some_and(is_filler) {
        findings.warn(WarningCode::DateSuspicious, format!("{pointer}/born_on"));
    }
    let country = |known: &Nationality| Nationality::parse(known.as_str()).is_ok();
    for (field, listed) in [
        (
            "ethnicity",
            holds(person.ethnicity.as_ref(), |group| {
                Ethnicity::parse(group.as_str()).is_ok()
            }),
        ),
        ("nationality", holds(person.nationality.as_ref(), country)),
        (
            "other_nationality",
            holds(person.other_nationality.as_ref(), country),
        ),
    ] {
        if !listed {
            findings.warn(WarningCode::CodeUnknown, format!("{pointer}/{field}"));
        }
    }
    for (field, stated) in [
        ("birth_place", &person.birth_place),
        ("home_place", &person.home_place),
        ("residence", &person.residence),
    ] {
        // A birth place is a place of the day of birth; the others are of the day of registration.
        let on = if field == "birth_place" {
            person.birth().and_then(PartialDate::full)
        } else {
            Some(day)
        };
        place(&format!("{pointer}/{field}"), stated.as_ref(), on, findings);
    }
}

/// What is odd about a name, the worst first.
pub(super) fn name(person: &Person) -> Option<WarningCode> {
    let name = person.name.value.as_ref()?;
    let full = name.full();
    if looks_legacy_encoded(full) || has_lost_letters(full) {
        return Some(WarningCode::NameLooksBroken);
    }
    let findings = name.findings();
    if findings.contains(&NameFinding::Digit) || findings.contains(&NameFinding::Sign) {
        return Some(WarningCode::NameHasDigits);
    }
    // Names of foreigners come from passports, in capitals and without marks.
    let vietnamese = holds(person.nationality.as_ref(), Nationality::is_vietnamese);
    let capitals = full.is_ascii() && full.contains(' ') && !full.chars().any(|c| c.is_ascii_lowercase());
    (vietnamese && capitals).then_some(WarningCode::NameInCapitals)
}

/// Days that programs write where none is known: the first day of a calendar, of a spreadsheet, of a data base.
fn is_filler(day: Date) -> bool {
    const FILLERS: [(u16, u8, u8); 6] = [
        (1, 1, 1),
        (1753, 1, 1),
        (1899, 12, 30),
        (1899, 12, 31),
        (1900, 1, 1),
        (9999, 12, 31),
    ];
    FILLERS.contains(&(day.year(), day.month(), day.day()))
}

/// Whether the value, if there is one, is as it should be.
fn holds<T>(stated: Option<&Stated<T>>, test: impl Fn(&T) -> bool) -> bool {
    stated.and_then(|stated| stated.value.as_ref()).is_none_or(test)
}

pub(super) fn place(
    pointer: &str,
    stated: Option<&Stated<Place>>,
    day: Option<Date>,
    findings: &mut Findings,
) {
    let Some(id) = stated
        .and_then(|stated| stated.value.as_ref())
        .and_then(|place| place.unit.as_ref())
    else {
        return;
    };
    match catalogue().unit(id) {
        None => findings.warn(WarningCode::UnitUnknown, pointer),
        Some(unit) if day.is_some_and(|day| !unit.exists_on(day)) => {
            findings.warn(WarningCode::UnitNotValidThatDay, pointer);
        }
        Some(_) => {}
    }
}

/// The tick "on time" or "late" against the days that lie between (Art. 15, 33).
fn time_limit(situation: &Situation<'_>, act: &Act, findings: &mut Findings) {
    let (on_time, late) = match act {
        Act::Birth(act) => (act.entry == BirthEntry::OnTime, act.entry == BirthEntry::Late),
        Act::Death(act) => (act.entry == DeathEntry::OnTime, act.entry == DeathEntry::Late),
        _ => return,
    };
    let Some(limit) = rules(situation, act).time_limit_days() else {
        return;
    };
    let Some(day) = act.occurred_on() else { return };
    // Between the longest and the shortest time that a partial date allows.
    let waited = |from: Option<Date>| from.map(|from| from.days_between(act.ruled_on(situation.today)));
    if on_time && waited(day.latest()).is_some_and(|days| days > i64::from(limit)) {
        findings.warn(WarningCode::LateTickedOnTime, "/entry");
    }
    if late && waited(day.earliest()).is_some_and(|days| (0..=i64::from(limit)).contains(&days)) {
        findings.warn(WarningCode::OnTimeTickedLate, "/entry");
    }
}

/// Whether this office did this on the day of reception (Art. 7; Decree 120/2025).
pub(super) fn competence(situation: &Situation<'_>, act: &Act, findings: &mut Findings) {
    match rules(situation, act).competent_level(case(situation, act)) {
        None | Some(Level::AnyOffice) => {}
        Some(Level::HolderOfTheBook) => of_the_book(situation, act, |_| true, findings),
        Some(competent) if level(situation).is_some_and(|level| level != competent) => {
            findings.warn(WarningCode::NotCompetent, "");
        }
        Some(_) => {}
    }
    // What the book of deaths says is corrected where the death was registered (Circular 04/2020, Art. 17).
    if act.kind() == Kind::Correction {
        of_the_book(situation, act, |entry| entry.kind == Kind::Death, findings);
    }
}

/// The level by which the office that files is competent. The first release did not ask that of the offices of provinces.
fn level(situation: &Situation<'_>) -> Option<Level> {
    let later = law::second_release().is_some_and(|since| since <= situation.today);
    match situation.directory.office(situation.stream.office)?.level {
        OfficeLevel::Commune => Some(Level::Commune),
        OfficeLevel::District => Some(Level::District),
        OfficeLevel::Province if later => Some(Level::Province),
        _ => None,
    }
}

/// What is done only where the entry was registered: by that office, or by the one that keeps its book now.
fn of_the_book(
    situation: &Situation<'_>,
    act: &Act,
    concerned: impl Fn(&RegisterEntry) -> bool,
    findings: &mut Findings,
) {
    if law::second_release().is_none_or(|since| situation.today < since)
        || situation.stream.lane == Lane::Digitised
    {
        return;
    }
    let office = situation.stream.office;
    let elsewhere = |entry: &RegisterEntry| {
        concerned(entry) && entry.office != office && situation.directory.keeper_of_entry(entry) != office
    };
    // What is written at an entry is done there, whatever else it reaches.
    if let Some(entry) = situation.entry {
        if elsewhere(entry) {
            findings.warn(WarningCode::NotCompetent, "");
        }
        return;
    }
    for (index, reached) in act.reaches().into_iter().enumerate() {
        if situation.reached(reached.entry).is_some_and(elsewhere) {
            findings.warn(WarningCode::NotCompetent, act.reach_at(index));
        }
    }
}

/// The tick by which competence is chosen. The first release did not ask for it, and what was found then must be found again.
fn tick(situation: &Situation<'_>, act: &Act) -> &'static str {
    if law::second_release().is_some_and(|since| situation.today < since) {
        return "";
    }
    act.tick()
}

/// What competence depends on beside kind and day: a foreign element, and the age of the person whose entry changes.
fn case(situation: &Situation<'_>, act: &Act) -> Case {
    let subject = situation.targets.values().find_map(|entry| {
        entry
            .current
            .people()
            .into_iter()
            .next()
            .map(|named| named.person)
    });
    let born = subject.and_then(Person::birth).and_then(PartialDate::latest);
    let foreign_element = act.people().into_iter().any(|named| named.person.is_foreigner());
    Case {
        occasion: Occasion::of(tick(situation, act), foreign_element),
        age: born.map(|born| born.full_years_until(act.ruled_on(situation.today))),
    }
}
