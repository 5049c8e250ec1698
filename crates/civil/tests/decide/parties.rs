//! What is shown of the people of an act among themselves, and of whoever else the ledger knows by their numbers.

use civil::act::{MaritalStatus, PersonRef, PersonRole};
use civil::decide::{WarningCode, numbers_asked};
use civil::id::EntryId;
use civil::kind::Kind;
use civil::person::{Life, PersonView, Relative};
use civil::value::{PartialDate, PersonName, Sex, Text};
use serde_json::{Value as Json, json};

use crate::acts::{
    amendment, birth, confirmation, death, guardianship, marriage, person, personal_number, recognition,
    with, without,
};
use crate::people::of_status;
use crate::verdict::{Verdict, warnings};
use crate::world::{AN_HOI, AN_NHON, World, act};

const NUMBER: &str = "068198000123";

fn place(role: PersonRole) -> PersonRef {
    PersonRef::new(EntryId::at(5, [5; 10]), role, 0)
}

/// Somebody of that name and day, whom the ledger knows from birth.
fn known(name: &str, born_on: &str) -> PersonView {
    PersonView {
        places: vec![place(PersonRole::Child)],
        names: vec![PersonName::parse(&Text::normalise(name)).unwrap()],
        born_on: PartialDate::parse(born_on).ok(),
        sex: Some(Sex::Female),
        ..PersonView::default()
    }
}

/// Whose death on that day is registered.
fn dead(day: &str) -> PersonView {
    let at = place(PersonRole::Deceased);
    PersonView {
        places: vec![at],
        life: Life::Dead {
            entry: at.entry,
            on: PartialDate::parse(day).ok(),
        },
        ..PersonView::default()
    }
}

/// When two marry and somebody of this kind bears the wife's number.
fn numbered(world: &mut World, bearer: PersonView) -> Verdict {
    world.bears("/wife", bearer);
    let act = with(marriage(), "/wife/personal_number", json!(NUMBER));
    world.file(AN_NHON, Kind::Marriage, &act)
}

/// When a confirmation of that status is issued and somebody of another bears the number.
fn confirmed(world: &mut World, stated: &str, known: MaritalStatus) -> Verdict {
    world.bears("/subject", of_status(known));
    let act = with(confirmation(), "/subject/personal_number", json!(NUMBER));
    world.file(
        AN_HOI,
        Kind::MaritalStatusConfirmation,
        &with(act, "/marital_status", json!(stated)),
    )
}

/// When a bride is linked to somebody whom the ledger knows so.
fn linked(world: &mut World, view: PersonView) -> Verdict {
    world.knows("/wife", view);
    world.file(AN_NHON, Kind::Marriage, &marriage())
}

/// When a child gets a number that somebody bears.
fn given(world: &mut World, kind: Kind, bearer: PersonView) -> Verdict {
    let born = world.given(AN_NHON, Kind::Birth, &birth());
    if kind == Kind::Supplement {
        world.bears("/amended/0/changes/0/to", bearer);
        let act = amendment(born, "birth", "/child/personal_number", Json::Null, json!(NUMBER));
        return world.file(AN_HOI, kind, &act);
    }
    world.bears("/reached/0/changes/0/to", bearer);
    let reached = json!([{
        "entry": born.to_string(), "kind": "birth",
        "changes": [{ "field": "/child/personal_number", "from": null, "to": NUMBER }],
    }]);
    world.file_at(born, AN_HOI, kind, &personal_number(reached))
}

/// When a father recognises a child whose birth entry is known, and names that man as father, and does not reach it.
fn recognised(world: &mut World, father: Option<&str>) -> Verdict {
    let entry = place(PersonRole::Child).entry;
    let parents = father.map(|name| Relative {
        at: place(PersonRole::Father),
        name: PersonName::parse(&Text::normalise(name)).ok(),
        known_as: None,
        standing: None,
        in_force: true,
        ended: None,
    });
    let child = PersonView {
        birth: Some(entry),
        parents: parents.into_iter().collect(),
        ..known("H’Ƀơ̆n Ê̆ban", "2019-05-14")
    };
    world.knows("/birth", child);
    world.file(AN_HOI, Kind::ParentChildRecognition, &recognition(json!([])))
}

fn with_ward(name: &str, born_on: &str) -> Json {
    with(guardianship(), "/wards/0", person(name, "female", born_on))
}

warnings! {
    the_number_of_the_dead_is_shown_where_the_living_act: NumberOfDeceased at "/wife/personal_number" {
        |world| numbered(world, dead("2018-11-04"))
    } beside {
        |world| numbered(world, dead("2018-11-05"))
    }
    a_second_death_of_one_number_is_shown: NumberOfDeceased at "/deceased/personal_number" {
        |world| {
            world.bears("/deceased", dead("2020-02-10"));
            world.file(AN_NHON, Kind::Death, &with(death(), "/deceased/personal_number", json!(NUMBER)))
        }
    } beside {
        |world| {
            world.bears("/deceased", of_status(MaritalStatus::Married));
            world.file(AN_NHON, Kind::Death, &with(death(), "/deceased/personal_number", json!(NUMBER)))
        }
    }
    the_number_of_the_married_is_shown_at_a_marriage: NumberOfMarried at "/wife/personal_number" {
        |world| numbered(world, of_status(MaritalStatus::Married))
    } beside {
        |world| numbered(world, of_status(MaritalStatus::Widowed))
    }
    a_confirmation_is_held_against_the_number: NumberSaysOtherwise at "/marital_status" {
        |world| confirmed(world, "never_married", MaritalStatus::Divorced)
    } beside {
        |world| confirmed(world, "divorced", MaritalStatus::Divorced)
    }
    a_marriage_in_force_outweighs_one_that_ended: NumberSaysOtherwise at "/marital_status" {
        |world| {
            world.bears("/subject", of_status(MaritalStatus::Divorced));
            confirmed(world, "divorced", MaritalStatus::Married)
        }
    } beside {
        |world| {
            world.bears("/subject", of_status(MaritalStatus::Divorced));
            confirmed(world, "married", MaritalStatus::Married)
        }
    }
    who_is_linked_bears_a_name_of_hers: KnownAsDiffers at "/wife/known_as" {
        |world| linked(world, known("Đỗ Thị Yến", "1998-06-30"))
    } beside {
        |world| linked(world, known("ĐỖ THỊ Ỷ", "1998"))
    }
    who_is_linked_was_born_on_that_day: KnownAsDiffers at "/wife/known_as" {
        |world| linked(world, known("Đỗ Thị Ỷ", "1998-06-29"))
    } beside {
        |world| linked(world, known("Đỗ Thị Ỷ", "1998-06-30"))
    }
    who_is_linked_is_of_that_sex: KnownAsDiffers at "/wife/known_as" {
        |world| linked(world, PersonView { sex: Some(Sex::Male), ..known("Đỗ Thị Ỷ", "1998-06-30") })
    } beside {
        |world| linked(world, PersonView { sex: None, ..known("Đỗ Thị Ỷ", "1998-06-30") })
    }
    a_birth_is_registered_once: BirthRegisteredAlready at "/child" {
        |world| born_twice(world, "on_time")
    } beside {
        |world| born_twice(world, "again")
    }
    a_recognition_reaches_the_birth_that_is_known: BirthEntryNotReached at "/reached" {
        |world| recognised(world, None)
    } beside {
        |world| recognised(world, Some("Y ÑUÊ"))
    }
    a_man_and_a_woman_marry: SpousesOfOneSex at "/husband/sex" {
        |world| world.file(AN_NHON, Kind::Marriage, &with(marriage(), "/husband/sex", json!("female")))
    } beside {
        |world| world.file(AN_NHON, Kind::Marriage, &without(marriage(), "/husband/sex"))
    }
    a_mother_is_a_woman: RoleSexDiffers at "/mother/sex" {
        |world| world.file(AN_NHON, Kind::Birth, &with(birth(), "/mother/sex", json!("male")))
    } beside {
        |world| world.file(AN_NHON, Kind::Birth, &without(birth(), "/mother/sex"))
    }
    a_father_is_a_man: RoleSexDiffers at "/father/sex" {
        |world| {
            let father = person("Y Ñuê", "female", "1988-07-09");
            world.file(AN_NHON, Kind::Birth, &with(birth(), "/father", father))
        }
    } beside {
        |world| {
            let father = person("Y Ñuê", "male", "1988-07-09");
            world.file(AN_NHON, Kind::Birth, &with(birth(), "/father", father))
        }
    }
    nobody_is_their_own_guardian: SamePersonTwice at "/wards/0" {
        |world| world.file(AN_NHON, Kind::Guardianship, &with_ward("CIL KA THUYEN", "1966-01-20"))
    } beside {
        |world| world.file(AN_NHON, Kind::Guardianship, &with_ward("Cil Ka Thuyên", "2012-10-03"))
    }
    nobody_marries_themselves: SamePersonTwice at "/husband" {
        |world| {
            world.knows("/wife", PersonView { places: vec![place(PersonRole::Child)], ..PersonView::default() });
            linked_husband(world)
        }
    } beside {
        |world| linked_husband(world)
    }
    a_number_that_is_given_is_borne_by_nobody_else: NumberOnTwoPeople at "/reached/0/changes/0/to" {
        |world| given(world, Kind::PersonalNumberAssigned, known("H’Hen Niê", "2019-05-14"))
    } beside {
        |world| given(world, Kind::PersonalNumberAssigned, known("H’BƠN ÊBAN", "2019-05-14"))
    }
    a_number_that_is_supplemented_is_borne_by_nobody_else: NumberOnTwoPeople at "/amended/0/changes/0/to" {
        |world| given(world, Kind::Supplement, known("H’Hen Niê", "2019-05-14"))
    } beside {
        |world| given(world, Kind::Supplement, known("H’BƠN ÊBAN", "2019-05-14"))
    }
}

fn born_twice(world: &mut World, entry: &str) -> Verdict {
    let view = PersonView {
        birth: Some(place(PersonRole::Child).entry),
        ..PersonView::default()
    };
    world.knows("/child", view);
    world.file(AN_NHON, Kind::Birth, &with(birth(), "/entry", json!(entry)))
}

fn linked_husband(world: &mut World) -> Verdict {
    let view = PersonView {
        places: vec![place(PersonRole::Child), place(PersonRole::Husband)],
        ..PersonView::default()
    };
    world.knows("/husband", view);
    world.file(AN_NHON, Kind::Marriage, &marriage())
}

#[test]
fn what_was_found_by_a_number_is_named() {
    let mut world = World::new();
    let verdict = numbered(&mut world, dead("2018-11-04"));
    let warnings = &verdict.draft().warnings;
    let warning = warnings
        .iter()
        .find(|warning| warning.code == WarningCode::NumberOfDeceased);
    assert_eq!(warning.unwrap().found, [place(PersonRole::Deceased)]);
    // It never refuses, and asks for nobody else.
    assert!(!verdict.draft().needs_second_person());
}

#[test]
fn a_number_is_asked_for_where_it_bears_on_the_act_alone() {
    let asked = |kind, json: &Json| -> Vec<String> {
        let asked = numbers_asked(&act(kind, json)).into_iter();
        asked.map(|asked| asked.pointer).collect()
    };
    let numbered = with(birth(), "/mother/personal_number", json!(NUMBER));
    assert!(asked(Kind::Birth, &numbered).is_empty());
    let numbered = with(marriage(), "/husband/personal_number", json!(NUMBER));
    assert_eq!(asked(Kind::Marriage, &numbered), ["/husband"]);
    assert!(asked(Kind::Marriage, &marriage()).is_empty());
}

#[test]
fn without_what_the_ledger_knows_less_is_found_and_nothing_else() {
    let mut world = World::new();
    let all = numbered(&mut world, of_status(MaritalStatus::Married));
    world.numbered.clear();
    let act = with(marriage(), "/wife/personal_number", json!(NUMBER));
    let part = world.file(AN_NHON, Kind::Marriage, &act);
    let all = &all.draft().warnings;
    assert!(part.draft().warnings.iter().all(|warning| all.contains(warning)));
    assert!(part.draft().warnings.len() < all.len());
}

#[test]
fn acts_of_before_are_not_asked_for_what_came_later() {
    let mut world = World::new();
    let one_sex = with(marriage(), "/husband/sex", json!("female"));
    for (day, warned) in [(21, false), (22, true)] {
        world.today = civil::value::Date::new(2026, 11, day).unwrap();
        let verdict = world.file(AN_NHON, Kind::Marriage, &one_sex);
        let codes = verdict.draft().warnings.iter().map(|warning| warning.code);
        assert_eq!(
            codes.into_iter().any(|code| code == WarningCode::SpousesOfOneSex),
            warned,
            "{day}"
        );
    }
}
