//! What keeps a certificate from being granted as a seal. The certificates are made by `tests/certificates/make.py`.

use civil::act::SealUse;
use civil::id::{OfficeId, SealKeyId};
use civil::kind::Kind;
use civil::seal::SealCertificate;
use civil::value::Date;
use serde_json::{Value as Json, json};

use crate::acts::with;
use crate::verdict::{Verdict, refusals};
use crate::world::World;

const ROOT: &[u8] = include_bytes!("../certificates/root.der");
const SEAL: &[u8] = include_bytes!("../certificates/seal.der");
const SEAL_OF_STRANGER: &[u8] = include_bytes!("../certificates/seal_of_stranger.der");
const TIME_STAMP: &[u8] = include_bytes!("../certificates/time_stamp.der");
const WEAK: &[u8] = include_bytes!("../certificates/weak.der");

fn granted(office: u32, usage: &str, certificate: &[u8]) -> Json {
    json!({
        "office": office, "usage": usage, "certificate": hex::encode(certificate),
        "valid_from": "2026-01-01", "valid_until": "2031-12-31",
    })
}

fn seal() -> Json {
    granted(303, "seal", SEAL)
}

fn revoked(certificate: &[u8]) -> Json {
    let key = SealKeyId(SealCertificate::parse(certificate).unwrap().key_id());
    json!({ "key": key.to_string(), "on": "2026-10-01", "reason": "Mất thiết bị", "suspect_since": "2026-09-20" })
}

/// When it is granted in a ledger that has the root.
fn file(world: &mut World, act: &Json) -> Verdict {
    world.administer(Kind::SealGranted, &granted(0, "root", ROOT));
    world.file("0/acts", Kind::SealGranted, act)
}

refusals! {
    a_seal_is_of_an_office_that_is_there: OfficeUnknown at "/office" {
        |world| file(world, &with(seal(), "/office", json!(999)))
    } beside {
        |world| file(world, &seal())
    }
    a_root_is_of_the_country: RoleOfAnotherOffice at "/office" {
        |world| world.file("0/acts", Kind::SealGranted, &granted(303, "root", ROOT))
    } beside {
        |world| world.file("0/acts", Kind::SealGranted, &granted(0, "root", ROOT))
    }
    a_certificate_can_be_read: BadKey at "/certificate" {
        |world| file(world, &with(seal(), "/certificate", json!("3000")))
    } beside {
        |world| file(world, &seal())
    }
    a_seal_has_a_key_that_lasts: BadKey at "/certificate" {
        |world| file(world, &granted(303, "seal", WEAK))
    } beside {
        |world| file(world, &seal())
    }
    a_key_is_one_seal: KeyExists at "/certificate" {
        |world| {
            world.administer(Kind::SealGranted, &seal());
            file(world, &seal())
        }
    } beside {
        |world| file(world, &seal())
    }
    a_certificate_is_used_for_what_it_is_made: CertificateDoesNotFit at "/usage" {
        |world| file(world, &granted(0, "time_stamp", SEAL))
    } beside {
        |world| file(world, &granted(0, "time_stamp", TIME_STAMP))
    }
    a_seal_that_names_an_office_is_of_that_office: CertificateDoesNotFit at "/office" {
        |world| file(world, &with(seal(), "/office", json!(102)))
    } beside {
        |world| file(world, &seal())
    }
    what_is_no_authority_is_no_root: CertificateDoesNotFit at "/usage" {
        |world| file(world, &granted(0, "root", SEAL))
    } beside {
        |world| world.file("0/acts", Kind::SealGranted, &granted(0, "root", ROOT))
    }
    a_seal_does_not_hold_longer_than_its_certificate: CertificateDoesNotFit at "/valid_until" {
        |world| file(world, &with(seal(), "/valid_until", json!("2032-01-02")))
    } beside {
        |world| file(world, &seal())
    }
    a_seal_is_issued_by_a_root_of_this_ledger: SealWithoutRoot at "/certificate" {
        |world| file(world, &granted(303, "seal", SEAL_OF_STRANGER))
    } beside {
        |world| file(world, &seal())
    }
    a_root_that_is_revoked_issues_nothing: SealWithoutRoot at "/certificate" {
        |world| {
            world.administer(Kind::SealGranted, &granted(0, "root", ROOT));
            world.administer(Kind::SealRevoked, &with(revoked(ROOT), "/on", json!("2026-01-01")));
            world.file("0/acts", Kind::SealGranted, &seal())
        }
    } beside {
        |world| file(world, &seal())
    }
    a_seal_is_revoked_once: KeyNotGranted at "/key" {
        |world| {
            world.administer(Kind::SealGranted, &seal());
            world.administer(Kind::SealRevoked, &revoked(SEAL));
            world.file("0/acts", Kind::SealRevoked, &revoked(SEAL))
        }
    } beside {
        |world| {
            world.administer(Kind::SealGranted, &seal());
            world.file("0/acts", Kind::SealRevoked, &revoked(SEAL))
        }
    }
}

#[test]
fn the_seal_of_an_office_is_its_own_and_holds_from_its_first_day_until_it_is_revoked() {
    let mut world = World::new();
    world.administer(Kind::SealGranted, &granted(0, "root", ROOT));
    world.administer(Kind::SealGranted, &seal());
    world.administer(Kind::SealRevoked, &revoked(SEAL));
    let holds = |office: u32, day: &str| {
        world
            .directory
            .seal(OfficeId(office), Date::parse(day).unwrap())
            .is_some()
    };
    assert!(holds(303, "2026-01-01") && holds(303, "2026-09-30"));
    assert!(!holds(303, "2025-12-31") && !holds(303, "2026-10-01"));
    assert!(!holds(102, "2026-05-01") && !holds(0, "2026-05-01"));
    let seal = world.directory.seals().last().unwrap();
    assert_eq!((seal.usage, seal.office), (SealUse::Seal, OfficeId(303)));
    let revoked = seal.revoked.as_ref().unwrap();
    assert_eq!(revoked.suspect_since, Date::parse("2026-09-20").ok());
}
