//! What is shown before it is signed, and never refused.

use civil::decide::WarningCode;
use civil::kind::Kind;
use serde_json::json;

use crate::acts::{
    abroad, amendment, birth, death, divorce, guardianship, guardianship_end, judgment, marriage, noted,
    with, without,
};
use crate::verdict::warnings;
use crate::world::{AN_HOI, AN_NHON, World};

warnings! {
    a_child_without_sex_stays_blank_on_papers: FieldLeftOut at "/child/sex" {
        |world| world.file(AN_NHON, Kind::Birth, &without(birth(), "/child/sex"))
    } beside {
        |world| world.file(AN_NHON, Kind::Birth, &birth())
    }
    a_child_without_a_mother_is_shown: FieldLeftOut at "/mother" {
        |world| world.file(AN_NHON, Kind::Birth, &without(birth(), "/mother"))
    } beside {
        |world| {
            let foundling = with(without(birth(), "/mother"), "/entry", json!("foundling"));
            world.file(AN_NHON, Kind::Birth, &foundling)
        }
    }
    a_marriage_without_its_day_stays_blank_on_papers: FieldLeftOut at "/established_on" {
        |world| {
            let unknown = json!({ "missing": "not_in_book" });
            world.file(AN_NHON, Kind::Marriage, &with(marriage(), "/established_on", unknown))
        }
    } beside {
        |world| world.file(AN_NHON, Kind::Marriage, &marriage())
    }
    a_guardianship_without_a_ward_is_shown: FieldLeftOut at "/wards" {
        |world| world.file(AN_NHON, Kind::Guardianship, &with(guardianship(), "/wards", json!([])))
    } beside {
        |world| world.file(AN_NHON, Kind::Guardianship, &guardianship())
    }
    a_mother_under_fourteen_is_registered_by_two: MotherVeryYoung at "/mother/born_on" {
        |world| world.file(AN_NHON, Kind::Birth, &with(birth(), "/mother/born_on", json!("2005-05-15")))
    } beside {
        |world| world.file(AN_NHON, Kind::Birth, &with(birth(), "/mother/born_on", json!("2005-05-14")))
    }
    a_parent_younger_than_nine_is_probably_an_error: ParentAgeImpossible at "/father/born_on" {
        |world| {
            let father = json!({ "name": "Y Ñuê", "born_on": "2011" });
            world.file(AN_NHON, Kind::Birth, &with(birth(), "/father", father))
        }
    } beside {
        |world| {
            let father = json!({ "name": "Y Ñuê", "born_on": "2010" });
            world.file(AN_NHON, Kind::Birth, &with(birth(), "/father", father))
        }
    }
    a_birth_after_sixty_days_is_late: LateTickedOnTime at "/entry" {
        |world| world.file(AN_NHON, Kind::Birth, &with(birth(), "/child/born_on", json!("2019-03-20")))
    } beside {
        |world| world.file(AN_NHON, Kind::Birth, &with(birth(), "/child/born_on", json!("2019-03-21")))
    }
    a_death_after_fifteen_days_is_late: LateTickedOnTime at "/entry" {
        |world| world.file(AN_NHON, Kind::Death, &with(death(), "/died_on", json!("2020-01-27")))
    } beside {
        |world| world.file(AN_NHON, Kind::Death, &with(death(), "/died_on", json!("2020-01-28")))
    }
    a_birth_within_sixty_days_is_not_late: OnTimeTickedLate at "/entry" {
        |world| world.file(AN_NHON, Kind::Birth, &with(birth(), "/entry", json!("late")))
    } beside {
        |world| {
            let late = with(birth(), "/child/born_on", json!("2018-05-14"));
            world.file(AN_NHON, Kind::Birth, &with(late, "/entry", json!("late")))
        }
    }
    a_wife_marries_at_eighteen_full_years_since_2015: UnderMarriageAge at "/wife/born_on" {
        |world| world.file(AN_NHON, Kind::Marriage, &with(marriage(), "/wife/born_on", json!("2000-11-06")))
    } beside {
        |world| world.file(AN_NHON, Kind::Marriage, &with(marriage(), "/wife/born_on", json!("2000-11-05")))
    }
    a_husband_marries_at_twenty_full_years_since_2015: UnderMarriageAge at "/husband/born_on" {
        |world| world.file(AN_NHON, Kind::Marriage, &with(marriage(), "/husband/born_on", json!("1998-11-06")))
    } beside {
        |world| world.file(AN_NHON, Kind::Marriage, &with(marriage(), "/husband/born_on", json!("1998-11-05")))
    }
    both_come_to_a_new_marriage: NotBothPresent at "/both_present" {
        |world| world.file(AN_NHON, Kind::Marriage, &with(marriage(), "/both_present", json!(false)))
    } beside {
        |world| {
            let noted = with(abroad(marriage()), "/both_present", json!(false));
            world.file(AN_NHON, Kind::Marriage, &noted)
        }
    }
    a_personal_number_tells_sex_and_year: NumberDoesNotFit at "/child/personal_number" {
        |world| world.file(AN_NHON, Kind::Birth, &with(birth(), "/child/personal_number", json!("068219000017")))
    } beside {
        |world| world.file(AN_NHON, Kind::Birth, &with(birth(), "/child/personal_number", json!("068319000017")))
    }
    a_name_in_an_old_font_is_shown: NameLooksBroken at "/mother/name" {
        |world| world.file(AN_NHON, Kind::Birth, &with(birth(), "/mother/name", json!("NguyÔn ThÞ V¨n")))
    } beside {
        |world| world.file(AN_NHON, Kind::Birth, &with(birth(), "/mother/name", json!("H'Hen Niê")))
    }
    a_name_that_lost_its_letters_is_shown: NameLooksBroken at "/child/name" {
        |world| world.file(AN_NHON, Kind::Birth, &with(birth(), "/child/name", json!("Nguy?n V?n")))
    } beside {
        |world| world.file(AN_NHON, Kind::Birth, &birth())
    }
    a_code_that_no_list_has_is_shown: CodeUnknown at "/child/ethnicity" {
        |world| world.file(AN_NHON, Kind::Birth, &with(birth(), "/child/ethnicity", json!("99")))
    } beside {
        |world| world.file(AN_NHON, Kind::Birth, &with(birth(), "/child/ethnicity", json!("Xá Lá Vàng")))
    }
    a_country_that_no_list_has_is_shown: CodeUnknown at "/mother/nationality" {
        |world| world.file(AN_NHON, Kind::Birth, &with(birth(), "/mother/nationality", json!("QQQ")))
    } beside {
        |world| world.file(AN_NHON, Kind::Birth, &with(birth(), "/mother/nationality", json!("Liên Xô")))
    }
    a_unit_that_no_list_has_is_shown: UnitUnknown at "/child/residence" {
        |world| {
            let nowhere = json!({ "text": "Xã Không Có", "unit": "99999@.." });
            world.file(AN_NHON, Kind::Birth, &with(birth(), "/child/residence", nowhere))
        }
    } beside {
        |world| world.file(AN_NHON, Kind::Birth, &with(birth(), "/child/residence", json!({ "text": "Xã Không Có" })))
    }
    a_unit_of_today_was_not_there_in_2019: UnitNotValidThatDay at "/child/birth_place" {
        |world| {
            let later = json!({ "text": "Xã Đạ Tẻh", "unit": "25126@2025-07-01" });
            world.file(AN_NHON, Kind::Birth, &with(birth(), "/child/birth_place", later))
        }
    } beside {
        |world| {
            let then = json!({ "text": "Thị trấn Đạ Tẻh", "unit": "25126@.." });
            world.file(AN_NHON, Kind::Birth, &with(birth(), "/child/birth_place", then))
        }
    }
    a_ward_in_a_list_is_shown_by_its_place: UnitUnknown at "/wards/0/residence" {
        |world| {
            let nowhere = json!({ "text": "Xã Không Có", "unit": "99999@.." });
            world.file(AN_NHON, Kind::Guardianship, &with(guardianship(), "/wards/0/residence", nowhere))
        }
    } beside {
        |world| world.file(AN_NHON, Kind::Guardianship, &guardianship())
    }
    a_child_is_not_born_after_its_registration: OccurredAfterRegistered at "" {
        |world| world.file(AN_NHON, Kind::Birth, &with(birth(), "/child/born_on", json!("2019-05-21")))
    } beside {
        |world| world.file(AN_NHON, Kind::Birth, &with(birth(), "/child/born_on", json!("2019")))
    }
    a_judgment_is_not_noted_before_it_is_given: OccurredAfterRegistered at "/judgment/date" {
        |world| {
            let marriage = world.given(AN_NHON, Kind::Marriage, &marriage());
            let early = with(divorce(), "/noted_on", json!("2026-03-15"));
            world.file_at(marriage, "102/acts", Kind::DivorceNoted, &early)
        }
    } beside {
        |world| {
            let marriage = world.given(AN_NHON, Kind::Marriage, &marriage());
            world.file_at(marriage, "102/acts", Kind::DivorceNoted, &divorce())
        }
    }
    nobody_dies_before_birth: DeathBeforeBirth at "/died_on" {
        |world| world.file(AN_NHON, Kind::Death, &with(death(), "/deceased/born_on", json!("2020-02-11")))
    } beside {
        |world| world.file(AN_NHON, Kind::Death, &with(death(), "/deceased/born_on", json!("2020-02")))
    }
    a_marriage_with_a_foreigner_was_for_the_district_until_2025: NotCompetent at "" {
        |world| world.file(AN_NHON, Kind::Marriage, &with(marriage(), "/husband/nationality", json!("FRA")))
    } beside {
        |world| world.file("500/acts", Kind::Marriage, &with(marriage(), "/husband/nationality", json!("FRA")))
    }
    a_correction_from_fourteen_on_was_for_the_district_until_2025: NotCompetent at "" {
        |world| corrected(world, "2024-01-12", "2009-05-14")
    } beside {
        |world| corrected(world, "2024-01-12", "2019-05-14")
    }
    rules_that_were_not_read_are_not_guessed: RuleNotKnown at "/received_on" {
        |world| {
            world.today = civil::value::Date::new(2027, 3, 2).unwrap();
            let act = with(birth(), "/received_on", json!("2027-03-01"));
            let act = with(with(act, "/registered_on", json!("2027-03-01")), "/book/year", json!(2027));
            world.file(AN_HOI, Kind::Birth, &act)
        }
    } beside {
        |world| world.file(AN_HOI, Kind::Birth, &birth())
    }
    an_old_book_was_written_by_the_law_of_its_day: RuleNotKnown at "/received_on" {
        |world| world.file(AN_NHON, Kind::Birth, &of_1990())
    } beside {
        |world| world.file("101/digitised", Kind::Birth, &of_1990())
    }
    nothing_is_changed_before_it_was_registered: DatedBeforeEntry at "/amended/0" {
        |world| named_again(world, "2019-05-19")
    } beside {
        |world| named_again(world, "2019-05-20")
    }
    nothing_is_noted_before_it_was_registered: DatedBeforeEntry at "" {
        |world| divorced(world, "2018-11-04")
    } beside {
        |world| divorced(world, "2018-11-05")
    }
    a_foundling_has_no_known_mother: ParentsNotUnknown at "/mother" {
        |world| world.file(AN_NHON, Kind::Birth, &with(birth(), "/entry", json!("foundling")))
    } beside {
        |world| {
            let foundling = with(without(birth(), "/mother"), "/entry", json!("foundling"));
            world.file(AN_NHON, Kind::Birth, &foundling)
        }
    }
    a_child_without_known_parents_has_no_known_father: ParentsNotUnknown at "/father" {
        |world| {
            let act = with(without(birth(), "/mother"), "/father", json!({ "name": "Y Ñuê" }));
            world.file(AN_NHON, Kind::Birth, &with(act, "/entry", json!("parents_unknown")))
        }
    } beside {
        |world| world.file(AN_NHON, Kind::Birth, &birth())
    }
    a_province_registers_no_birth: NotCompetent at "" {
        |world| {
            let opened = json!({
                "office": 700, "name": "Sở Tư pháp Lâm Đồng", "level": "province", "opened_on": "2016-01-01",
            });
            world.administer(Kind::OfficeOpened, &opened);
            world.file("700/acts", Kind::Birth, &birth())
        }
    } beside {
        |world| world.file(AN_NHON, Kind::Birth, &birth())
    }
    a_guardianship_ends_where_it_was_registered_or_its_book_is_kept: NotCompetent at "/of" {
        |world| ended(world, AN_HOI)
    } beside {
        |world| ended(world, "102/acts")
    }
    a_judgment_is_noted_where_the_entry_stands: NotCompetent at "" {
        |world| judged(world, AN_HOI)
    } beside {
        |world| judged(world, "102/acts")
    }
    the_book_of_deaths_is_corrected_where_the_death_was_registered: NotCompetent at "/amended/0" {
        |world| death_corrected(world, Kind::Correction)
    } beside {
        |world| death_corrected(world, Kind::Change)
    }
    whoever_replaces_a_guardian_ends_the_guardianship_first: GuardianshipInForce at "/replaces" {
        |world| replaced(world, false)
    } beside {
        |world| replaced(world, true)
    }
    ethnicity_is_determined_anew_and_not_changed: EthnicityByChange at "/amended/0/changes/0/field" {
        |world| of_ethnicity(world, Kind::Change)
    } beside {
        |world| of_ethnicity(world, Kind::Correction)
    }
    a_judgment_on_the_sex_says_what_becomes_of_the_entry: FieldLeftOut at "/reached/0/changes" {
        |world| determined(world, "sex_redetermined")
    } beside {
        |world| determined(world, "missing_declared")
    }
}

/// A guardianship that replaces another, which has ended or not.
fn replaced(world: &mut World, ended: bool) -> crate::verdict::Verdict {
    let entry = world.given(AN_NHON, Kind::Guardianship, &guardianship());
    if ended {
        world.given(
            "102/acts",
            Kind::GuardianshipEnd,
            &guardianship_end(noted(entry, "guardianship")),
        );
    }
    world.replaced = world.entries.get(&entry).cloned();
    let act = with(guardianship(), "/replaces", json!(entry.to_string()));
    world.file(AN_NHON, Kind::Guardianship, &act)
}

fn of_ethnicity(world: &mut World, kind: Kind) -> crate::verdict::Verdict {
    let entry = world.given(AN_NHON, Kind::Birth, &birth());
    world.file(
        AN_HOI,
        kind,
        &amendment(entry, "birth", "/child/ethnicity", json!("01"), json!("12")),
    )
}

fn determined(world: &mut World, matter: &str) -> crate::verdict::Verdict {
    let entry = world.given(AN_NHON, Kind::Birth, &birth());
    let act = judgment(matter, json!([noted(entry, "birth")]));
    world.file_at(entry, "102/acts", Kind::JudgmentNoted, &act)
}

fn of_1990() -> serde_json::Value {
    let act = with(
        with(birth(), "/registered_on", json!("2019-05-20")),
        "/received_on",
        json!("1990-05-20"),
    );
    with(act, "/child/born_on", json!("1990-05-14"))
}

/// A correction of that day of a birth that was registered on 2019-05-20.
fn named_again(world: &mut World, day: &str) -> crate::verdict::Verdict {
    let entry = world.given(AN_NHON, Kind::Birth, &birth());
    let act = amendment(entry, "birth", "/child/sex", json!("female"), json!("male"));
    let act = with(
        with(act, "/registered_on", json!(day)),
        "/received_on",
        json!(day),
    );
    world.file(AN_NHON, Kind::Correction, &with(act, "/book/year", json!(2019)))
}

/// A divorce noted on that day at a marriage of 2018-11-05.
fn divorced(world: &mut World, day: &str) -> crate::verdict::Verdict {
    let entry = world.given(AN_NHON, Kind::Marriage, &marriage());
    world.file_at(
        entry,
        AN_NHON,
        Kind::DivorceNoted,
        &with(divorce(), "/noted_on", json!(day)),
    )
}

/// A guardianship of An Nhơn, whose book Đạ Tẻh keeps, ended there.
fn ended(world: &mut World, stream: &str) -> crate::verdict::Verdict {
    let entry = world.given(AN_NHON, Kind::Guardianship, &guardianship());
    world.file(
        stream,
        Kind::GuardianshipEnd,
        &guardianship_end(noted(entry, "guardianship")),
    )
}

fn judged(world: &mut World, stream: &str) -> crate::verdict::Verdict {
    let entry = world.given(AN_NHON, Kind::Birth, &birth());
    let act = judgment("missing_declared", json!([noted(entry, "birth")]));
    world.file_at(entry, stream, Kind::JudgmentNoted, &act)
}

/// What An Hội writes of a death that was registered elsewhere.
fn death_corrected(world: &mut World, kind: Kind) -> crate::verdict::Verdict {
    let entry = world.given(AN_NHON, Kind::Death, &death());
    let act = amendment(
        entry,
        "death",
        "/died_on",
        json!("2020-02-10"),
        json!("2020-02-09"),
    );
    world.file(AN_HOI, kind, &act)
}

/// A correction, received on that day at a commune, of the name of a child born on that day.
fn corrected(world: &mut World, received_on: &str, born_on: &str) -> crate::verdict::Verdict {
    let entry = world.given(
        AN_NHON,
        Kind::Birth,
        &with(birth(), "/child/born_on", json!(born_on)),
    );
    let act = amendment(
        entry,
        "birth",
        "/child/name",
        json!("H’Ƀơ̆n Ê̆ban"),
        json!("H’Ƀơ̆n Niê"),
    );
    let act = with(act, "/received_on", json!(received_on));
    let act = with(
        with(act, "/registered_on", json!(received_on)),
        "/book/year",
        json!(2024),
    );
    world.file(AN_HOI, Kind::Correction, &act)
}

#[test]
fn only_certain_warnings_ask_for_a_second_person() {
    let asking: Vec<&str> = WarningCode::ALL
        .iter()
        .filter(|code| code.second_person())
        .map(|code| code.name())
        .collect();
    assert_eq!(
        asking,
        [
            "mother_very_young",
            "under_marriage_age",
            "already_married",
            "prohibited_relation",
            "relative_of_officer",
            "may_be_own_case",
            "parent_already_stated",
            "spouse_remarried",
            "entry_revoked",
            "image_missing",
            "birth_registered_already",
            "spouses_of_one_sex",
        ]
    );
    let world = World::new();
    let young = with(birth(), "/mother/born_on", json!("2005-05-15"));
    assert!(
        world
            .file(AN_NHON, Kind::Birth, &young)
            .draft()
            .needs_second_person()
    );
    assert!(
        !world
            .file(AN_NHON, Kind::Birth, &birth())
            .draft()
            .needs_second_person()
    );
}

#[test]
fn a_marriage_of_1978_is_judged_by_the_law_of_1978() {
    let world = World::new();
    // Entering the twentieth and eighteenth year was enough then.
    let act = with(marriage(), "/established_on", json!("1978-11-05"));
    let act = with(act, "/husband/born_on", json!("1959-11-04"));
    let act = with(act, "/wife/born_on", json!("1961-11-04"));
    world
        .file("102/digitised", Kind::Marriage, &act)
        .must_not_warn(WarningCode::UnderMarriageAge);
}
