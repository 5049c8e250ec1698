//! What keeps the ledger's own description from being recorded.

use civil::directory::BookPlace;
use civil::id::OfficeId;
use civil::kind::{BookType, Kind};
use serde_json::{Value as Json, json};

use crate::acts::with;
use crate::verdict::{Verdict, refusals};
use crate::world::{World, cose_key, key};

const ADMINISTRATION: &str = "0/acts";

fn opened(office: u32) -> Json {
    json!({ "office": office, "name": "UBND xã Mới", "level": "commune", "opened_on": "2026-01-01" })
}

fn succeeded(office: u32, successor: u32, on: &str) -> Json {
    json!({ "office": office, "successor": successor, "on": on })
}

fn granted(office: u32, key: &str, role: &str) -> Json {
    json!({ "office": office, "key": key, "role": role, "valid_from": "2026-01-01" })
}

fn founded() -> Json {
    json!({ "origin": "example.org/h", "key": cose_key(1), "founded_on": "2015-12-01", "log_key": "x" })
}

fn revoked(seed: u8) -> Json {
    json!({ "key": key(seed).public().id().to_string(), "on": "2026-01-01", "reason": "Nghỉ hưu" })
}

fn entrusted(from: u32, to: u32) -> Json {
    json!({ "from": from, "to": to, "on": "2026-01-01", "decision": "QĐ 12/QĐ-UBND" })
}

fn appointed(office: u32, role: &str) -> Json {
    json!({
        "office": office, "person": { "name": "Trần Thị Bình" }, "role": role, "title": "Chủ tịch", "from": "2026-01-01",
    })
}

fn relieved(world: &mut World) -> Json {
    let event = world.administer_event(Kind::OfficerAppointed, &appointed(303, "officer"));
    json!({ "appointment": event.to_string(), "on": "2026-02-01" })
}

fn granted_to_the_appointed(world: &mut World, office: u32) -> Verdict {
    let event = world.administer_event(Kind::OfficerAppointed, &appointed(303, "officer"));
    let granted = granted(office, &cose_key(77), "officer");
    file(
        world,
        Kind::KeyGranted,
        &with(granted, "/appointment", json!(event.to_string())),
    )
}

fn file(world: &World, kind: Kind, act: &Json) -> Verdict {
    world.file(ADMINISTRATION, kind, act)
}

refusals! {
    an_office_keeps_its_number_for_ever: OfficeExists at "/office" {
        |world| file(world, Kind::OfficeOpened, &opened(101))
    } beside {
        |world| file(world, Kind::OfficeOpened, &opened(707))
    }
    the_number_of_the_administration_is_no_office: OfficeExists at "/office" {
        |world| file(world, Kind::OfficeOpened, &opened(0))
    } beside {
        |world| file(world, Kind::OfficeOpened, &opened(u32::MAX))
    }
    an_office_is_succeeded_once: OfficeAlreadySucceeded at "/office" {
        |world| file(world, Kind::OfficeSucceeded, &succeeded(101, 303, "2026-01-01"))
    } beside {
        |world| file(world, Kind::OfficeSucceeded, &succeeded(500, 303, "2026-01-01"))
    }
    an_office_that_is_not_there_is_not_succeeded: OfficeUnknown at "/office" {
        |world| file(world, Kind::OfficeSucceeded, &succeeded(999, 303, "2026-01-01"))
    } beside {
        |world| file(world, Kind::OfficeSucceeded, &succeeded(500, 303, "2026-01-01"))
    }
    a_successor_works_on_the_day_it_takes_over: SuccessorNotOpen at "/successor" {
        |world| file(world, Kind::OfficeSucceeded, &succeeded(500, 102, "2025-06-30"))
    } beside {
        |world| file(world, Kind::OfficeSucceeded, &succeeded(500, 102, "2025-07-01"))
    }
    an_office_does_not_succeed_itself: SuccessorNotOpen at "/successor" {
        |world| file(world, Kind::OfficeSucceeded, &succeeded(303, 303, "2026-01-01"))
    } beside {
        |world| file(world, Kind::OfficeSucceeded, &succeeded(303, 102, "2026-01-01"))
    }
    succession_makes_no_circle: SuccessorNotOpen at "/successor" {
        |world| file(world, Kind::OfficeSucceeded, &succeeded(102, 101, "2024-01-01"))
    } beside {
        |world| file(world, Kind::OfficeSucceeded, &succeeded(102, 303, "2026-01-01"))
    }
    a_key_that_nobody_can_read_is_not_granted: BadKey at "/key" {
        |world| file(world, Kind::KeyGranted, &granted(303, "a0", "officer"))
    } beside {
        |world| file(world, Kind::KeyGranted, &granted(303, &cose_key(77), "officer"))
    }
    a_weak_key_is_not_granted: BadKey at "/key" {
        |world| {
            let neutral = format!("a3010120062158200100000000{}", "00".repeat(27));
            file(world, Kind::KeyGranted, &granted(303, &neutral, "officer"))
        }
    } beside {
        |world| file(world, Kind::KeyGranted, &granted(303, &cose_key(77), "officer"))
    }
    a_key_belongs_to_one_office_for_ever: KeyExists at "/key" {
        |world| file(world, Kind::KeyGranted, &granted(102, &cose_key(31), "officer"))
    } beside {
        |world| file(world, Kind::KeyGranted, &granted(102, &cose_key(77), "officer"))
    }
    a_key_that_was_never_granted_is_not_revoked: KeyNotGranted at "/key" {
        |world| file(world, Kind::KeyRevoked, &revoked(77))
    } beside {
        |world| file(world, Kind::KeyRevoked, &revoked(31))
    }
    a_key_is_revoked_once: KeyNotGranted at "/key" {
        |world| {
            world.administer(Kind::KeyRevoked, &revoked(31));
            file(world, Kind::KeyRevoked, &revoked(31))
        }
    } beside {
        |world| {
            world.administer(Kind::KeyRevoked, &revoked(32));
            file(world, Kind::KeyRevoked, &revoked(31))
        }
    }
    an_administrator_signs_for_the_administration_alone: RoleOfAnotherOffice at "/role" {
        |world| file(world, Kind::KeyGranted, &granted(303, &cose_key(77), "administrator"))
    } beside {
        |world| file(world, Kind::KeyGranted, &granted(0, &cose_key(77), "administrator"))
    }
    no_officer_signs_for_the_administration: RoleOfAnotherOffice at "/role" {
        |world| file(world, Kind::KeyGranted, &granted(0, &cose_key(77), "officer"))
    } beside {
        |world| file(world, Kind::KeyGranted, &granted(303, &cose_key(77), "desk"))
    }
    no_key_is_granted_to_an_office_that_is_not_there: OfficeUnknown at "/office" {
        |world| file(world, Kind::KeyGranted, &granted(999, &cose_key(77), "officer"))
    } beside {
        |world| file(world, Kind::KeyGranted, &granted(102, &cose_key(77), "officer"))
    }
    a_split_names_each_office_once: SameOfficeTwice at "/also/0" {
        |world| file(world, Kind::OfficeSucceeded, &with(succeeded(303, 102, "2026-01-01"), "/also", json!([102])))
    } beside {
        |world| file(world, Kind::OfficeSucceeded, &with(succeeded(500, 102, "2025-07-01"), "/also", json!([303])))
    }
    who_takes_over_a_part_is_open_on_that_day: SuccessorNotOpen at "/also/1" {
        |world| file(world, Kind::OfficeSucceeded, &with(succeeded(500, 303, "2025-06-30"), "/also", json!([101, 102])))
    } beside {
        |world| file(world, Kind::OfficeSucceeded, &with(succeeded(500, 303, "2025-07-01"), "/also", json!([102])))
    }
    no_office_answers_to_one_that_is_not_there: OfficeUnknown at "/superior" {
        |world| file(world, Kind::OfficeOpened, &with(opened(707), "/superior", json!(999)))
    } beside {
        |world| file(world, Kind::OfficeOpened, &with(opened(707), "/superior", json!(500)))
    }
    no_books_come_from_an_office_that_is_not_there: CustodyOfAnother at "/from" {
        |world| file(world, Kind::BooksEntrusted, &entrusted(999, 303))
    } beside {
        |world| file(world, Kind::BooksEntrusted, &entrusted(101, 303))
    }
    no_books_go_to_an_office_that_is_closed: CustodyOfAnother at "/to" {
        |world| file(world, Kind::BooksEntrusted, &entrusted(303, 101))
    } beside {
        |world| file(world, Kind::BooksEntrusted, &entrusted(303, 102))
    }
    books_are_entrusted_from_the_first_year_to_the_last: YearsReversed at "/last_year" {
        |world| {
            let years = with(entrusted(101, 303), "/first_year", json!(2025));
            file(world, Kind::BooksEntrusted, &with(years, "/last_year", json!(2024)))
        }
    } beside {
        |world| {
            let years = with(entrusted(101, 303), "/first_year", json!(2024));
            file(world, Kind::BooksEntrusted, &with(years, "/last_year", json!(2024)))
        }
    }
    an_officer_is_appointed_to_an_office_that_is_there: OfficeUnknown at "/office" {
        |world| file(world, Kind::OfficerAppointed, &appointed(999, "officer"))
    } beside {
        |world| file(world, Kind::OfficerAppointed, &appointed(303, "officer"))
    }
    an_officer_is_appointed_to_an_office_that_is_open: OfficeNotOpen at "/from" {
        |world| file(world, Kind::OfficerAppointed, &appointed(101, "officer"))
    } beside {
        |world| file(world, Kind::OfficerAppointed, &appointed(102, "officer"))
    }
    no_officer_is_an_administrator: RoleOfAnotherOffice at "/role" {
        |world| file(world, Kind::OfficerAppointed, &appointed(303, "administrator"))
    } beside {
        |world| file(world, Kind::OfficerAppointed, &appointed(303, "head"))
    }
    an_officer_is_relieved_once: AppointmentUnknown at "/appointment" {
        |world| {
            let relieved = relieved(world);
            world.administer(Kind::OfficerRelieved, &relieved);
            file(world, Kind::OfficerRelieved, &relieved)
        }
    } beside {
        |world| {
            let relieved = relieved(world);
            file(world, Kind::OfficerRelieved, &relieved)
        }
    }
    a_key_names_an_appointment_to_its_own_office: AppointmentUnknown at "/appointment" {
        |world| granted_to_the_appointed(world, 102)
    } beside {
        |world| granted_to_the_appointed(world, 303)
    }
    erasing_nothing_is_refused: NotErasable at "/positions" {
        |world| file(world, Kind::BodiesErased, &erased(json!([])))
    } beside {
        |world| file(world, Kind::BodiesErased, &erased(json!([7])))
    }
    what_is_erased_is_named_in_order_and_once: NotErasable at "/positions/1" {
        |world| file(world, Kind::BodiesErased, &erased(json!([7, 7])))
    } beside {
        |world| file(world, Kind::BodiesErased, &erased(json!([7, 8])))
    }
    a_ledger_is_founded_once: AlreadyFounded at "" {
        |world| file(world, Kind::LedgerFounded, &founded())
    } beside {
        |world| {
            world.directory = civil::directory::Directory::new();
            file(world, Kind::LedgerFounded, &founded())
        }
    }
    a_ledger_is_founded_with_a_good_key: BadKey at "/key" {
        |world| {
            world.directory = civil::directory::Directory::new();
            file(world, Kind::LedgerFounded, &with(founded(), "/key", json!("00")))
        }
    } beside {
        |world| {
            world.directory = civil::directory::Directory::new();
            file(world, Kind::LedgerFounded, &founded())
        }
    }
}

fn erased(positions: serde_json::Value) -> serde_json::Value {
    json!({ "positions": positions, "authority": "Tòa án nhân dân khu vực 3", "legal_basis": "Quyết định số 41/2026/QĐST-HC", "ground": "court" })
}

#[test]
fn an_erasure_asks_for_a_second_person() {
    let world = World::new();
    let filed = file(&world, Kind::BodiesErased, &erased(json!([7])));
    let draft = filed.draft();
    assert!(draft.needs_second_person());
}

#[test]
fn the_books_of_an_office_lie_with_the_last_of_its_successors() {
    let mut world = World::new();
    let office = |number| civil::id::OfficeId(number);
    assert_eq!(world.directory.keeper(office(101)), office(102));
    world.administer(Kind::OfficeSucceeded, &succeeded(102, 303, "2026-09-01"));
    assert_eq!(world.directory.keeper(office(101)), office(303));
    assert_eq!(world.directory.keeper(office(999)), office(999));
}

#[test]
fn a_code_list_is_published_by_its_hash() {
    let published = json!({ "list": "ethnic_groups", "version": "1979", "sha256": "00".repeat(32), "valid_from": "2026-01-01" });
    file(&World::new(), Kind::CodeListPublished, &published).draft();
}

/// Who keeps a book of An Nhơn, by type, year and volume.
fn keeper(world: &World, book: BookType, year: u16, volume: Option<&str>) -> u32 {
    let place = BookPlace {
        book,
        year: Some(year),
        volume,
    };
    world.directory.keeper_of(OfficeId(101), place).0
}

#[test]
fn the_narrowest_decision_counts_and_of_those_the_latest() {
    let mut world = World::new();
    let births = |world: &World, year, volume| keeper(world, BookType::Births, year, volume);
    assert_eq!(births(&world, 2019, None), 102);
    world.administer(Kind::BooksEntrusted, &entrusted(101, 500));
    assert_eq!(births(&world, 2019, None), 500);
    let of_births = with(entrusted(101, 303), "/book_type", json!("births"));
    world.administer(Kind::BooksEntrusted, &of_births);
    assert_eq!(births(&world, 2019, None), 303);
    assert_eq!(keeper(&world, BookType::Deaths, 2019, None), 500);
    let of_years = with(
        with(entrusted(101, 102), "/first_year", json!(2018)),
        "/last_year",
        json!(2019),
    );
    world.administer(Kind::BooksEntrusted, &of_years);
    assert_eq!(
        (births(&world, 2019, None), births(&world, 2020, None)),
        (102, 303)
    );
    let of_volume = with(entrusted(101, 500), "/volumes", json!(["02"]));
    world.administer(Kind::BooksEntrusted, &of_volume);
    assert_eq!(
        (births(&world, 2019, Some("02")), births(&world, 2019, Some("01"))),
        (500, 102)
    );
    world.administer(Kind::BooksEntrusted, &with(of_volume, "/to", json!(303)));
    assert_eq!(births(&world, 2019, Some("02")), 303);
}

#[test]
fn books_go_on_with_the_office_to_which_they_were_entrusted() {
    let mut world = World::new();
    world.administer(Kind::BooksEntrusted, &entrusted(101, 500));
    world.administer(Kind::OfficeSucceeded, &succeeded(500, 303, "2026-06-01"));
    assert_eq!(keeper(&world, BookType::Births, 2019, None), 303);
}

#[test]
fn after_a_split_the_first_successor_keeps_the_books_until_somebody_decides() {
    let mut world = World::new();
    let split = with(succeeded(102, 303, "2026-06-01"), "/also", json!([500]));
    world.administer(Kind::OfficeSucceeded, &split);
    let place = BookPlace {
        book: BookType::Births,
        year: Some(2025),
        volume: None,
    };
    for office in [101, 102] {
        let office = OfficeId(office);
        assert_eq!(world.directory.keeper_of(office, place), OfficeId(303));
        assert!(world.directory.custody_undecided(office, place), "{office}");
    }
    world.administer(Kind::BooksEntrusted, &entrusted(102, 500));
    assert_eq!(world.directory.keeper_of(OfficeId(102), place), OfficeId(500));
    assert!(!world.directory.custody_undecided(OfficeId(102), place));
    assert!(world.directory.custody_undecided(OfficeId(101), place));
}
