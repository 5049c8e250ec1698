//! What keeps an amendment or a notation from being recorded.

use civil::id::EntryId;
use civil::kind::Kind;
use civil::notice::NoticeReason;
use civil::value::Date;
use serde_json::{Value as Json, json};

use crate::acts::{amended, amendment, birth, divorce, marriage, with};
use crate::verdict::{Verdict, refusals};
use crate::world::{AN_HOI, AN_NHON, DA_TEH, World};

const NAME: &str = "/child/name";

fn nobody() -> EntryId {
    EntryId::at(9, [9; 10])
}

fn given_birth(world: &mut World) -> EntryId {
    world.given(AN_NHON, Kind::Birth, &birth())
}

/// A correction of the child's name.
fn renamed(entry: EntryId) -> Json {
    amendment(entry, "birth", NAME, json!("H’Ƀơ̆n Ê̆ban"), json!("H’Ƀơ̆n Niê"))
}

/// When one field of a birth is amended.
fn amend(world: &mut World, kind: Kind, field: &str, from: Json, to: Json) -> Verdict {
    let entry = given_birth(world);
    world.file(AN_HOI, kind, &amendment(entry, "birth", field, from, to))
}

/// When a birth is changed in several fields at once.
fn changes(world: &mut World, changes: Json) -> Verdict {
    let entry = given_birth(world);
    let act = amended(json!([{ "entry": entry.to_string(), "kind": "birth", "changes": changes }]));
    world.file(AN_HOI, Kind::Change, &act)
}

refusals! {
    an_entry_that_is_not_there_is_not_corrected: EntryUnknown at "/amended/0/entry" {
        |world| world.file(AN_HOI, Kind::Correction, &renamed(nobody()))
    } beside {
        |world| {
            let entry = given_birth(world);
            world.file(AN_HOI, Kind::Correction, &renamed(entry))
        }
    }
    a_divorce_is_noted_at_a_marriage_that_is_there: EntryUnknown at "" {
        |world| world.file_at(nobody(), DA_TEH, Kind::DivorceNoted, &divorce())
    } beside {
        |world| {
            let entry = world.given(AN_NHON, Kind::Marriage, &marriage());
            world.file_at(entry, DA_TEH, Kind::DivorceNoted, &divorce())
        }
    }
    a_birth_is_not_corrected_as_a_marriage: EntryOfAnotherKind at "/amended/0/kind" {
        |world| {
            let entry = given_birth(world);
            let act = amendment(entry, "marriage", "/wife/name", json!("A"), json!("B"));
            world.file(AN_HOI, Kind::Correction, &act)
        }
    } beside {
        |world| {
            let entry = world.given(AN_NHON, Kind::Marriage, &marriage());
            let act = amendment(entry, "marriage", "/wife/name", json!("Đỗ Thị Ỷ"), json!("Đỗ Thị Ý"));
            world.file(AN_HOI, Kind::Correction, &act)
        }
    }
    a_divorce_is_not_noted_at_a_birth: EntryOfAnotherKind at "" {
        |world| {
            let entry = given_birth(world);
            world.file_at(entry, DA_TEH, Kind::DivorceNoted, &divorce())
        }
    } beside {
        |world| {
            let entry = world.given(AN_NHON, Kind::Marriage, &marriage());
            world.file_at(entry, DA_TEH, Kind::DivorceNoted, &divorce())
        }
    }
    one_act_names_an_entry_once: EntryTwice at "/amended/1/entry" {
        |world| {
            let entry = given_birth(world);
            let one = renamed(entry)["amended"][0].clone();
            world.file(AN_HOI, Kind::Correction, &amended(json!([one, one])))
        }
    } beside {
        |world| {
            let (one, other) = (given_birth(world), given_birth(world));
            let of = |entry| renamed(entry)["amended"][0].clone();
            world.file(AN_HOI, Kind::Correction, &amended(json!([of(one), of(other)])))
        }
    }
    one_act_names_a_field_once: FieldTwice at "/amended/0/changes/1/field" {
        |world| changes(world, json!([
            { "field": "/child/ethnicity", "from": "01", "to": "02" },
            { "field": "/child/ethnicity", "from": "01", "to": "03" },
        ]))
    } beside {
        |world| changes(world, json!([
            { "field": "/child/ethnicity", "from": "01", "to": "02" },
            { "field": "/mother/ethnicity", "from": "01", "to": "03" },
        ]))
    }
    one_act_does_not_name_a_record_and_a_part_of_it: FieldTwice at "/amended/0/changes/1/field" {
        |world| changes(world, json!([
            { "field": "/father", "to": { "name": "Y Ñuê" } },
            { "field": "/father/name", "to": "Y Moan" },
        ]))
    } beside {
        |world| changes(world, json!([{ "field": "/father", "to": { "name": "Y Ñuê" } }]))
    }
    the_officer_must_have_seen_what_stands_there: FromDiffers at "/amended/0/changes/0/from" {
        |world| amend(world, Kind::Correction, NAME, json!("H’Ƀơ̆n"), json!("H’Ƀơ̆n Niê"))
    } beside {
        |world| amend(world, Kind::Correction, NAME, json!("H’Ƀơ̆n Ê̆ban"), json!("H’Ƀơ̆n Niê"))
    }
    a_correction_corrects_something: NothingChanges at "/amended/0/changes/0/to" {
        |world| amend(world, Kind::Correction, NAME, json!("H’Ƀơ̆n Ê̆ban"), json!("H’Ƀơ̆n Ê̆ban"))
    } beside {
        |world| amend(world, Kind::Correction, NAME, json!("H’Ƀơ̆n Ê̆ban"), json!("H’Ƀơ̆n"))
    }
    an_amendment_names_what_it_amends: NothingChanges at "/amended" {
        |world| world.file(AN_HOI, Kind::Correction, &amended(json!([])))
    } beside {
        |world| {
            let entry = given_birth(world);
            world.file(AN_HOI, Kind::Correction, &renamed(entry))
        }
    }
    a_supplement_only_adds_what_is_missing: SupplementOfPresent at "/amended/0/changes/0/from" {
        |world| amend(world, Kind::Supplement, "/child/ethnicity", json!("01"), json!("12"))
    } beside {
        |world| amend(world, Kind::Supplement, "/child/home_place", json!(null), json!({ "text": "Ea H'leo" }))
    }
    a_correction_needs_something_wrong: CorrectionOfAbsent at "/amended/0/changes/0/from" {
        |world| amend(world, Kind::Correction, "/child/home_place", json!(null), json!({ "text": "Ea H'leo" }))
    } beside {
        |world| amend(world, Kind::Correction, "/child/ethnicity", json!("01"), json!("12"))
    }
    a_redetermination_of_ethnicity_changes_ethnicity_alone: OnlyEthnicity at "/amended/0/changes/0/field" {
        |world| amend(world, Kind::EthnicityRedetermination, NAME, json!("H’Ƀơ̆n Ê̆ban"), json!("H’Ƀơ̆n"))
    } beside {
        |world| amend(world, Kind::EthnicityRedetermination, "/child/ethnicity", json!("01"), json!("12"))
    }
    a_birth_stays_the_birth_of_a_child: ChangeDoesNotFit at "/amended/0" {
        |world| {
            let child = birth()["child"].clone();
            amend(world, Kind::Change, "/child", child, json!(null))
        }
    } beside {
        |world| {
            let mother = birth()["mother"].clone();
            amend(world, Kind::Change, "/mother", mother, json!(null))
        }
    }
    a_divorce_is_noted_once: AlreadyDivorced at "" {
        |world| {
            let entry = world.given(AN_NHON, Kind::Marriage, &marriage());
            world.given_at(entry, DA_TEH, Kind::DivorceNoted, &divorce());
            world.file_at(entry, DA_TEH, Kind::DivorceNoted, &divorce())
        }
    } beside {
        |world| {
            let entry = world.given(AN_NHON, Kind::Marriage, &marriage());
            world.file_at(entry, DA_TEH, Kind::DivorceNoted, &divorce())
        }
    }
}

#[test]
fn a_supplement_may_fill_what_the_book_could_not_say() {
    let mut world = World::new();
    let unreadable = json!({ "missing": "unreadable" });
    let entry = world.given(
        AN_NHON,
        Kind::Birth,
        &with(birth(), "/child/sex", unreadable.clone()),
    );
    let act = amendment(entry, "birth", "/child/sex", unreadable.clone(), json!("female"));
    world.file(AN_HOI, Kind::Supplement, &act).draft();
    let refused = world.file(AN_HOI, Kind::Correction, &act);
    refused.must_refuse(
        civil::decide::RefusalCode::CorrectionOfAbsent,
        "/amended/0/changes/0/from",
    );
}

#[test]
fn an_amendment_elsewhere_owes_a_notice_to_whoever_keeps_the_book_now() {
    let mut world = World::new();
    let (birth, marriage) = (
        given_birth(&mut world),
        world.given(AN_HOI, Kind::Marriage, &marriage()),
    );
    let rename = |entry: EntryId| renamed(entry)["amended"][0].clone();
    let wife = json!([{ "field": "/wife/name", "from": "Đỗ Thị Ỷ", "to": "Đỗ Thị Ý" }]);
    let both = amended(json!([
        rename(birth),
        { "entry": marriage.to_string(), "kind": "marriage", "changes": wife },
    ]));
    let verdict = world.file(AN_HOI, Kind::Correction, &both);
    let notices = &verdict.draft().notices;
    // The birth was registered by office 101, whose books office 102 keeps; the marriage lies in the office's own book.
    assert_eq!(notices.len(), 1);
    assert_eq!((notices[0].entry, notices[0].to.0), (Some(birth), 102));
    assert!(notices[0].due_on >= Date::new(2026, 1, 12).unwrap());
}

/// The notices of a correction at an entry that an office of that level registered, filed on that day.
fn told(level: &str, ministry: bool, day: (u16, u8, u8)) -> Vec<(u32, NoticeReason)> {
    let mut world = World::new();
    let mut open = |office: u32, level: &str| {
        let opened =
            json!({ "office": office, "name": "Cơ quan", "level": level, "opened_on": "2016-01-01" });
        world.administer(Kind::OfficeOpened, &opened);
    };
    open(801, level);
    if ministry {
        open(900, "foreign_ministry");
    }
    let entry = world.given("801/acts", Kind::Birth, &birth());
    world.today = Date::new(day.0, day.1, day.2).unwrap();
    let verdict = world.file(AN_HOI, Kind::Correction, &renamed(entry));
    let notices = verdict.draft().notices.iter();
    notices.map(|owed| (owed.to.0, owed.reason)).collect()
}

#[test]
fn the_ministry_that_keeps_the_second_book_of_a_mission_is_told_of_a_note_in_it() {
    use NoticeReason::{Mission, WriteNote};
    let second_release = (2026, 11, 22);
    assert_eq!(
        told("mission", true, second_release),
        [(801, WriteNote), (900, Mission)]
    );
    // Where no ministry is open nobody can be told, a commune has no second book abroad, and before nobody was told.
    assert_eq!(told("mission", false, second_release), [(801, WriteNote)]);
    assert_eq!(told("commune", true, second_release), [(801, WriteNote)]);
    assert_eq!(told("mission", true, (2026, 11, 21)), [(801, WriteNote)]);
}

#[test]
fn a_divorce_noted_by_the_keeper_owes_no_notice() {
    let mut world = World::new();
    let entry = world.given(AN_NHON, Kind::Marriage, &marriage());
    assert!(
        world
            .file_at(entry, DA_TEH, Kind::DivorceNoted, &divorce())
            .draft()
            .notices
            .is_empty()
    );
    assert_eq!(
        world
            .file_at(entry, AN_HOI, Kind::DivorceNoted, &divorce())
            .draft()
            .notices
            .len(),
        1
    );
}

#[test]
fn an_amendment_is_itself_an_entry_that_may_be_corrected() {
    let mut world = World::new();
    let entry = given_birth(&mut world);
    let first = world.given(AN_HOI, Kind::Correction, &renamed(entry));
    let act = amendment(
        first,
        "correction",
        "/reason",
        json!("Sai sót khi đăng ký"),
        json!("Sai sót khi ghi Sổ"),
    );
    world.file(AN_HOI, Kind::Correction, &act).draft();
    let act = amendment(
        first,
        "change",
        "/reason",
        json!("Sai sót khi đăng ký"),
        json!("x"),
    );
    let refused = world.file(AN_HOI, Kind::Correction, &act);
    refused.must_refuse(civil::decide::RefusalCode::EntryOfAnotherKind, "/amended/0/kind");
}

#[test]
fn facts_of_the_registration_itself_are_amended_by_nobody() {
    for field in [
        "/book",
        "/book/number",
        "/registered_on",
        "/received_on",
        "/signer",
        "/officer",
        "/amended",
        "/nothing",
        "",
        "/",
    ] {
        assert!(civil::act::amendable(Kind::Birth, field).is_none(), "{field}");
    }
    for (kind, field) in [
        (Kind::Guardianship, "/guardians/00/name"),
        (Kind::Guardianship, "/guardians/+0/name"),
        (Kind::Guardianship, "/guardians/-1/name"),
        (Kind::Marriage, "/both_present"),
        (Kind::Birth, "/child/name/value"),
        (Kind::Birth, "/child/name/full"),
        (Kind::Birth, "/child/known_as"),
        (Kind::Birth, "/child/known_as/role"),
        (Kind::Birth, "/earlier/number"),
    ] {
        assert!(civil::act::amendable(kind, field).is_none(), "{field}");
    }
    assert!(civil::act::amendable(Kind::Guardianship, "/guardians/0/name").is_some());
}
