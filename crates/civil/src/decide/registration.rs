//! Registrations: almost nothing is refused, what is odd is shown (LAW: "the software would not save …").

use super::{Findings, Situation, WarningCode, rules};
use crate::act::{
    Act, Birth, BirthEntry, Death, DeathEntry, Guardianship, Marriage, MarriageEntry, OfficeLevel, Person,
    Place,
};
use crate::law::{Case, Level, Occasion};
use crate::stated::Stated;
use crate::unit::catalogue;
use crate::value::{
    Certainty, Date, Ethnicity, Nationality, PartialDate, Sex, has_lost_letters, looks_legacy_encoded,
};

pub(super) fn decide(situation: &Situation<'_>, act: &Act, findings: &mut Findings) {
    let day = act.counted_on(situation.today);
    for named in act.people() {
        person_findings(&named.pointer(), named.person, day, findings);
    }
    match act {
        Act::Guardianship(act) => guardianship(act, findings),
        Act::Birth(act) => birth(act, findings),
        Act::Marriage(marriage) => self::marriage(marriage, act.ruled_on(situation.today), findings),
        Act::Death(act) => death(act, findings),
        _ => {}
    }
    time_limit(situation, act, findings);
    competence(situation, act, findings);
    if act
        .occurred_on()
        .is_some_and(|occurred| occurred.earliest().is_some_and(|occurred| day < occurred))
    {
        findings.warn(WarningCode::OccurredAfterRegistered, "");
    }
    if rules(situation, act).known_in_part() {
        findings.warn(WarningCode::RuleNotKnown, "/received_on");
    }
}

fn person_findings(pointer: &str, person: &Person, day: Date, findings: &mut Findings) {
    if let Some(name) = &person.name.value
        && (looks_legacy_encoded(name.full()) || has_lost_letters(name.full()))
    {
        findings.warn(WarningCode::NameLooksBroken, format!("{pointer}/name"));
    }
    if let Some(number) = person
        .personal_number
        .as_ref()
        .and_then(|stated| stated.value.as_ref())
    {
        let sex = person.sex.as_ref().and_then(|stated| stated.value);
        let year = person.birth().and_then(PartialDate::year);
        if !number.consistency(sex, year).is_empty() {
            findings.warn(
                WarningCode::NumberDoesNotFit,
                format!("{pointer}/personal_number"),
            );
        }
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

/// Whether the value, if there is one, is as it should be.
fn holds<T>(stated: Option<&Stated<T>>, test: impl Fn(&T) -> bool) -> bool {
    stated.and_then(|stated| stated.value.as_ref()).is_none_or(test)
}

fn place(pointer: &str, stated: Option<&Stated<Place>>, day: Option<Date>, findings: &mut Findings) {
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

fn left_out<T>(stated: Option<&Stated<T>>, pointer: &str, findings: &mut Findings) {
    if stated.is_none_or(|stated| stated.value.is_none()) {
        findings.warn(WarningCode::FieldLeftOut, pointer);
    }
}

fn guardianship(act: &Guardianship, findings: &mut Findings) {
    for (pointer, people) in [("/guardians", &act.guardians), ("/wards", &act.wards)] {
        if people.is_empty() {
            findings.warn(WarningCode::FieldLeftOut, pointer);
        }
    }
}

fn birth(act: &Birth, findings: &mut Findings) {
    left_out(Some(&act.child.name), "/child/name", findings);
    left_out(act.child.sex.as_ref(), "/child/sex", findings);
    left_out(act.child.born_on.as_ref(), "/child/born_on", findings);
    left_out(act.child.birth_place.as_ref(), "/child/birth_place", findings);
    left_out(act.child.nationality.as_ref(), "/child/nationality", findings);
    let parents_expected = !matches!(act.entry, BirthEntry::Foundling | BirthEntry::ParentsUnknown);
    if parents_expected && act.mother.is_none() {
        findings.warn(WarningCode::FieldLeftOut, "/mother");
    }
    for (pointer, parent) in [("/mother/born_on", &act.mother), ("/father/born_on", &act.father)] {
        let age = parent.as_ref().and_then(Person::birth).zip(act.child.birth());
        // The greatest age that the two dates allow: a warning only when no reading of them is likely.
        match age.and_then(|(parent, child)| parent.full_years_until(child)) {
            Some((_, most)) if most < PARENT_AGE_POSSIBLE => {
                findings.warn(WarningCode::ParentAgeImpossible, pointer)
            }
            Some((_, most)) if pointer.starts_with("/mother") && most < MOTHER_AGE_USUAL => {
                findings.warn(WarningCode::MotherVeryYoung, pointer);
            }
            _ => {}
        }
    }
}

/// Below this a birth date is more likely wrong than a parent so young.
const PARENT_AGE_POSSIBLE: i32 = 9;
/// Below this age of the mother a second person endorses: no law sets a least age, the child is registered.
const MOTHER_AGE_USUAL: i32 = 14;

fn marriage(act: &Marriage, received_on: Date, findings: &mut Findings) {
    if act.established_on.value.is_none() {
        findings.warn(WarningCode::FieldLeftOut, "/established_on");
    }
    if act.entry == MarriageEntry::New && !act.both_present {
        findings.warn(WarningCode::NotBothPresent, "/both_present");
    }
    let Some(day) = &act.established_on.value else {
        return;
    };
    for (pointer, spouse, sex) in [
        ("/wife/born_on", &act.wife, Sex::Female),
        ("/husband/born_on", &act.husband, Sex::Male),
    ] {
        let born = spouse.birth();
        if born.is_some_and(|born| {
            crate::law::rules("marriage", received_on, Some(day)).under_age(sex, born, day)
        }) {
            findings.warn(WarningCode::UnderMarriageAge, pointer);
        }
    }
}

fn death(act: &Death, findings: &mut Findings) {
    left_out(Some(&act.deceased.name), "/deceased/name", findings);
    left_out(Some(&act.died_on), "/died_on", findings);
    left_out(Some(&act.place), "/place", findings);
    place(
        "/place",
        Some(&act.place),
        act.died_on.value.as_ref().and_then(PartialDate::full),
        findings,
    );
    let days = act.deceased.birth().zip(act.died_on.value.as_ref());
    if days.is_some_and(|(born, died)| died.is_before(born) == Certainty::Definitely) {
        findings.warn(WarningCode::DeathBeforeBirth, "/died_on");
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

/// Whether an office of this level did this on the day of reception (Art. 7; Decree 120/2025).
pub(super) fn competence(situation: &Situation<'_>, act: &Act, findings: &mut Findings) {
    let Some(office) = situation.directory.office(situation.stream.office) else {
        return;
    };
    let level = match office.level {
        OfficeLevel::Commune => Level::Commune,
        OfficeLevel::District => Level::District,
        _ => return,
    };
    let competent = rules(situation, act).competent_level(case(situation, act));
    let takes = |known: Level| known == level || matches!(known, Level::HolderOfTheBook | Level::AnyOffice);
    if competent.is_some_and(|known| !takes(known)) {
        findings.warn(WarningCode::NotCompetent, "");
    }
}

/// What competence depends on beside kind and day: a foreign element, and the age of the person whose entry changes.
fn case(situation: &Situation<'_>, act: &Act) -> Case {
    let foreign = |person: &Person| {
        let nationality = person
            .nationality
            .as_ref()
            .and_then(|stated| stated.value.as_ref());
        nationality.is_some_and(|nationality| !nationality.is_vietnamese())
    };
    let subject = situation.targets.values().find_map(|entry| {
        entry
            .current
            .people()
            .into_iter()
            .next()
            .map(|named| named.person)
    });
    let born = subject.and_then(Person::birth).and_then(PartialDate::latest);
    let foreign_element = act.people().into_iter().any(|named| foreign(named.person));
    Case {
        occasion: Occasion::of("", foreign_element),
        age: born.map(|born| born.full_years_until(act.ruled_on(situation.today))),
    }
}
