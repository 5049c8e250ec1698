//! Whose signature counts for which event.

use civil::directory::Unauthorised;
use civil::id::StreamId;
use civil::kind::Kind;
use civil::value::Date;
use serde_json::json;

use crate::world::{World, key};

const ALL: [Unauthorised; 5] = [
    Unauthorised::UnknownKey,
    Unauthorised::RevokedKey,
    Unauthorised::KeyOfAnotherOffice,
    Unauthorised::OutsideValidity,
    Unauthorised::RoleDoesNotCover,
];

fn judged(world: &World, seed: u8, stream: &str, kind: Kind, day: &str) -> Result<(), Unauthorised> {
    let stream: StreamId = stream.parse().unwrap();
    let day = Date::parse(day).unwrap();
    world
        .directory
        .authorise(key(seed).public().id(), stream, kind, day)
        .map(|_| ())
}

#[test]
fn a_key_that_was_never_granted_signs_nothing() {
    let world = World::new();
    assert_eq!(
        judged(&world, 77, "303/acts", Kind::Birth, "2026-01-12"),
        Err(Unauthorised::UnknownKey)
    );
    assert_eq!(judged(&world, 31, "303/acts", Kind::Birth, "2026-01-12"), Ok(()));
}

#[test]
fn a_revoked_key_signs_nothing_from_that_position_on() {
    let mut world = World::new();
    assert_eq!(judged(&world, 31, "303/acts", Kind::Birth, "2026-01-12"), Ok(()));
    let id = key(31).public().id().to_string();
    world.administer(
        Kind::KeyRevoked,
        &json!({ "key": id, "on": "2026-06-01", "reason": "Mất khóa" }),
    );
    // Not even with a clock set back.
    assert_eq!(
        judged(&world, 31, "303/acts", Kind::Birth, "2026-01-12"),
        Err(Unauthorised::RevokedKey)
    );
    assert_eq!(judged(&world, 32, "303/acts", Kind::Birth, "2026-01-12"), Ok(()));
}

#[test]
fn a_key_signs_for_its_own_office_alone() {
    let world = World::new();
    assert_eq!(
        judged(&world, 31, "101/acts", Kind::Birth, "2019-05-20"),
        Err(Unauthorised::KeyOfAnotherOffice)
    );
    assert_eq!(judged(&world, 11, "101/acts", Kind::Birth, "2019-05-20"), Ok(()));
}

#[test]
fn a_key_signs_from_its_first_day_to_its_last() {
    let world = World::new();
    for (day, verdict) in [
        ("2015-12-31", Err(Unauthorised::OutsideValidity)),
        ("2016-01-01", Ok(())),
        ("2030-12-31", Ok(())),
        ("2031-01-01", Err(Unauthorised::OutsideValidity)),
    ] {
        assert_eq!(judged(&world, 31, "303/acts", Kind::Birth, day), verdict, "{day}");
    }
    assert_eq!(
        judged(&world, 1, "0/acts", Kind::OfficeOpened, "2099-01-01"),
        Ok(())
    );
}

#[test]
fn a_role_covers_its_kinds_in_their_lanes() {
    let world = World::new();
    let no = Err(Unauthorised::RoleDoesNotCover);
    for (who, seed, stream, kind, verdict) in [
        ("an officer registers", 31, "303/acts", Kind::Birth, Ok(())),
        (
            "an officer takes over old books",
            31,
            "303/digitised",
            Kind::Birth,
            Ok(()),
        ),
        (
            "an officer enters a note",
            31,
            "303/acts",
            Kind::MarginalNoteEntered,
            Ok(()),
        ),
        ("a head registers", 12, "101/acts", Kind::Birth, Ok(())),
        (
            "an officer issues copies at the desk",
            31,
            "303/desk",
            Kind::ExtractIssued,
            Ok(()),
        ),
        (
            "a desk issues copies",
            33,
            "303/desk",
            Kind::ExtractIssued,
            Ok(()),
        ),
        (
            "no copy goes into the lane of acts",
            31,
            "303/acts",
            Kind::ExtractIssued,
            no,
        ),
        (
            "no birth goes into the lane of the desk",
            31,
            "303/desk",
            Kind::Birth,
            no,
        ),
        ("a desk registers nothing", 33, "303/acts", Kind::Birth, no),
        (
            "a desk registers nothing in its own lane",
            33,
            "303/desk",
            Kind::Birth,
            no,
        ),
        (
            "an officer opens no office",
            31,
            "303/acts",
            Kind::OfficeOpened,
            no,
        ),
        (
            "an administrator opens offices",
            1,
            "0/acts",
            Kind::OfficeOpened,
            Ok(()),
        ),
        ("an administrator registers nothing", 1, "0/acts", Kind::Birth, no),
        (
            "the administration has one lane",
            1,
            "0/desk",
            Kind::OfficeOpened,
            no,
        ),
    ] {
        assert_eq!(judged(&world, seed, stream, kind, "2026-01-12"), verdict, "{who}");
    }
}

#[test]
fn every_reason_has_a_code_and_speaks_vietnamese() {
    let mut codes = std::collections::BTreeSet::new();
    for reason in ALL {
        // A new reason has to be added to ALL, and to a test above.
        match reason {
            Unauthorised::UnknownKey
            | Unauthorised::RevokedKey
            | Unauthorised::KeyOfAnotherOffice
            | Unauthorised::OutsideValidity
            | Unauthorised::RoleDoesNotCover => {}
        }
        assert!(codes.insert(reason.code()));
        assert!(!reason.vietnamese().is_ascii());
    }
}
