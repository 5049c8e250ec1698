//! Who signs: nobody their own case, nobody past their appointment.

use civil::act::{PersonRef, PersonRole};
use civil::directory::{Appointment, Directory};
use civil::id::{EntryId, EventHash, EventId};
use civil::kind::Kind;
use civil::value::Date;
use serde_json::{Value as Json, json};

use crate::acts::{amendment, birth, divorce, marriage, with};
use crate::verdict::{Verdict, refusals};
use crate::world::{AN_NHON, DA_TEH, World, act};

const NUMBER: &str = "068190001234";

fn appointed() -> Json {
    json!({
        "office": 101, "role": "officer", "title": "Công chức tư pháp – hộ tịch", "from": "2016-01-01",
        "person": { "name": "Trần Thị Bình", "born_on": "1990-04-05", "personal_number": NUMBER },
    })
}

/// The appointment as the directory tells it.
fn appointment(json: &Json) -> Appointment {
    let mut directory = Directory::new();
    let event = EventId::at(1, [4; 10]);
    directory.apply(event, EventHash([1; 32]), &act(Kind::OfficerAppointed, json));
    directory.appointment(event).unwrap().clone()
}

fn anchor() -> PersonRef {
    PersonRef::new(EntryId::at(1, [5; 10]), PersonRole::Child, 0)
}

fn relative() -> PersonRef {
    PersonRef::new(EntryId::at(2, [5; 10]), PersonRole::Child, 0)
}

fn known_as(at: PersonRef) -> Json {
    json!({ "entry": at.entry.to_string(), "role": at.role.name() })
}

fn signed(world: &mut World, officer: &Json, kind: Kind, json: &Json) -> Verdict {
    world.today = Date::new(2019, 5, 21).unwrap();
    world.signer = Some(appointment(officer));
    world.signer_relatives = vec![relative()];
    world.file(AN_NHON, kind, json)
}

fn birth_signed(world: &mut World, pointer: &str, value: Json) -> Verdict {
    signed(world, &appointed(), Kind::Birth, &with(birth(), pointer, value))
}

fn linked_officer() -> Json {
    with(appointed(), "/person/known_as", known_as(anchor()))
}

/// A correction of a birth in whose entry that number is the mother's.
fn corrected(world: &mut World, mother: &str, child_born: &str) -> Verdict {
    let given = with(
        with(birth(), "/mother/personal_number", json!(mother)),
        "/child/born_on",
        json!(child_born),
    );
    let entry = world.given(AN_NHON, Kind::Birth, &given);
    world.signer = Some(appointment(&with(appointed(), "/office", json!(303))));
    let act = amendment(entry, "birth", "/child/sex", json!("female"), json!("male"));
    world.file("303/acts", Kind::Correction, &act)
}

refusals! {
    nobody_registers_their_own_child: OwnCase at "/mother" {
        |world| birth_signed(world, "/mother/personal_number", json!(NUMBER))
    } beside {
        |world| birth_signed(world, "/mother/personal_number", json!("068190001235"))
    }
    nobody_registers_what_they_asked_for: OwnCase at "/declarant" {
        |world| birth_signed(world, "/declarant", asking(NUMBER))
    } beside {
        |world| birth_signed(world, "/declarant", asking("068190001235"))
    }
    nobody_registers_their_own_marriage_under_another_number: OwnCase at "/wife" {
        |world| signed(world, &linked_officer(), Kind::Marriage, &with(marriage(), "/wife/known_as", known_as(anchor())))
    } beside {
        |world| signed(world, &appointed(), Kind::Marriage, &with(marriage(), "/wife/known_as", known_as(anchor())))
    }
    nobody_notes_a_judgment_at_their_own_marriage: OwnCase at "" {
        |world| divorced(world, anchor)
    } beside {
        |world| divorced(world, relative)
    }
    nobody_files_the_judgment_that_they_brought: OwnCase at "/brought_by" {
        |world| brought(world, NUMBER)
    } beside {
        |world| brought(world, "068190001235")
    }
    nobody_files_what_they_ask_for_as_a_proxy: OwnCase at "/handling/proxy" {
        |world| birth_signed(world, "/handling", json!({ "proxy": asking(NUMBER) }))
    } beside {
        |world| birth_signed(world, "/handling", json!({ "proxy": asking("068190001235") }))
    }
    nobody_corrects_the_birth_of_their_own_small_child: OwnCase at "/amended/0" {
        |world| corrected(world, NUMBER, "2019-05-14")
    } beside {
        |world| corrected(world, "068190001235", "2019-05-14")
    }
    an_appointment_that_ended_signs_nothing: JurisdictionOfAnother at "" {
        |world| signed(world, &with(appointed(), "/until", json!("2019-05-20")), Kind::Birth, &birth())
    } beside {
        |world| signed(world, &with(appointed(), "/until", json!("2019-05-21")), Kind::Birth, &birth())
    }
    an_appointment_to_another_office_signs_nothing_here: JurisdictionOfAnother at "" {
        |world| signed(world, &with(appointed(), "/office", json!(303)), Kind::Birth, &birth())
    } beside {
        |world| signed(world, &appointed(), Kind::Birth, &birth())
    }
}

/// When a divorce is noted by an officer whose place in the ledger, if it is hers, is the wife's of that marriage.
fn divorced(world: &mut World, own: fn() -> PersonRef) -> Verdict {
    let entry = world.given(AN_NHON, Kind::Marriage, &marriage());
    world.signer = Some(appointment(&with(linked_officer(), "/office", json!(102))));
    let wife = PersonRef::new(entry, PersonRole::Wife, 0);
    world.signer_places = vec![anchor(), if own() == anchor() { wife } else { own() }];
    world.file_at(entry, DA_TEH, Kind::DivorceNoted, &divorce())
}

/// When a divorce is noted that somebody of that number brought.
fn brought(world: &mut World, number: &str) -> Verdict {
    let entry = world.given(AN_NHON, Kind::Marriage, &marriage());
    world.signer = Some(appointment(&with(appointed(), "/office", json!(102))));
    let act = with(divorce(), "/brought_by", asking(number));
    world.file_at(entry, DA_TEH, Kind::DivorceNoted, &act)
}

fn asking(number: &str) -> Json {
    json!({ "name": "Trần Thị Bình", "identity_paper": { "kind": "can_cuoc", "number": number } })
}

pub mod warned {
    use super::*;
    use crate::verdict::warnings;

    fn later(world: &mut World, officer: &Json, json: &Json) -> Verdict {
        world.today = Date::new(2026, 12, 1).unwrap();
        world.signer = Some(appointment(officer));
        world.signer_relatives = vec![relative()];
        world.file(AN_NHON, Kind::Birth, json)
    }

    warnings! {
        whoever_registers_a_relative_is_not_alone: RelativeOfOfficer at "/mother" {
            |world| later(world, &appointed(), &with(birth(), "/mother/known_as", known_as(relative())))
        } beside {
            |world| later(world, &appointed(), &with(birth(), "/mother/known_as", known_as(anchor())))
        }
        the_registration_of_a_grown_child_is_that_of_a_relative: RelativeOfOfficer at "/mother" {
            |world| later(world, &appointed(), &with(grown_up(), "/mother/personal_number", json!(NUMBER)))
        } beside {
            |world| later(world, &appointed(), &with(grown_up(), "/mother/personal_number", json!("068190001235")))
        }
        one_of_the_signers_name_and_birth_date_may_be_the_signer: MayBeOwnCase at "/mother" {
            |world| later(world, &appointed(), &namesake("1990-04-05"))
        } beside {
            |world| later(world, &appointed(), &namesake("1990-04-06"))
        }
    }

    fn grown_up() -> Json {
        with(birth(), "/child/born_on", json!("2001-02-03"))
    }

    fn namesake(born_on: &str) -> Json {
        with(
            with(birth(), "/mother/name", json!("TRẦN THỊ BÌNH")),
            "/mother/born_on",
            json!(born_on),
        )
    }
}

#[test]
fn a_key_without_an_appointment_tells_of_nobody() {
    let world = World::new();
    let act = with(birth(), "/mother/personal_number", json!(NUMBER));
    world.file(AN_NHON, Kind::Birth, &act).draft();
}

#[test]
fn whoever_takes_over_an_old_book_registers_nothing() {
    let mut world = World::new();
    world.signer = Some(appointment(&appointed()));
    let act = with(birth(), "/mother/personal_number", json!(NUMBER));
    world.file("101/digitised", Kind::Birth, &act).draft();
}

#[test]
fn an_appointment_covers_its_office_and_the_parts_of_its_unit() {
    let mut world = World::new();
    let opened = json!({
        "office": 700, "name": "UBND thành phố Hà Nội", "level": "province", "unit": "01@2025-07-01", "opened_on": "2025-07-01",
    });
    world.administer(Kind::OfficeOpened, &opened);
    let office = world.directory.office(civil::id::OfficeId(700)).unwrap();
    let day = Date::new(2026, 1, 1).unwrap();
    let covers = |units: Json| {
        appointment(&with(
            with(appointed(), "/office", json!(700)),
            "/jurisdiction",
            units,
        ))
        .covers(office, day)
    };
    assert!(covers(json!([])));
    assert!(covers(json!(["01@2025-07-01"])));
    assert!(covers(json!(["00004@2025-07-01"])));
    assert!(!covers(json!(["25129@.."])));
}

#[test]
fn an_officer_is_relieved_from_a_day_on() {
    let mut world = World::new();
    let event = world.administer_event(Kind::OfficerAppointed, &appointed());
    world.administer(
        Kind::OfficerRelieved,
        &json!({ "appointment": event.to_string(), "on": "2026-02-01" }),
    );
    let known = world.directory.appointment(event).unwrap();
    assert!(known.holds_on(Date::new(2026, 1, 31).unwrap()));
    assert!(!known.holds_on(Date::new(2026, 2, 1).unwrap()));
}
