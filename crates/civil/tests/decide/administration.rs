//! What keeps the ledger's own description from being recorded.

use civil::kind::Kind;
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
