//! What is shown of the file of an act, and of what it rests on.

use civil::decide::WarningCode;
use civil::kind::Kind;
use serde_json::{Value as Json, json};

use crate::acts::{
    abroad, amendment, birth, changed, confirmation, copy, death, divorce, foreign_dissolution, guardianship,
    judgment, marriage, noted, papers_revoked, personal_number, recognition, supervision, with, without,
};
use crate::verdict::{Verdict, warnings};
use crate::world::{AN_HOI, AN_NHON, DA_TEH, World};

/// When a birth is registered again on 2024-03-04 after that earlier registration.
fn again(world: &mut World, earlier: Json) -> Verdict {
    let act = with(with(birth(), "/entry", json!("again")), "/earlier", earlier);
    let act = with(
        with(act, "/registered_on", json!("2024-03-04")),
        "/book/year",
        json!(2024),
    );
    world.file(
        AN_NHON,
        Kind::Birth,
        &with(act, "/received_on", json!("2024-03-04")),
    )
}

/// A birth of a child of that nationality, with a personal number.
fn numbered(nationality: &str) -> Json {
    let act = with(birth(), "/child/nationality", json!(nationality));
    with(act, "/child/personal_number", json!("068319000123"))
}

fn foundling(world: &mut World, handling: Json) -> Verdict {
    let act = with(without(birth(), "/mother"), "/entry", json!("foundling"));
    world.file(AN_NHON, Kind::Birth, &with(act, "/handling", handling))
}

/// When a French father recognises a child.
fn recognised_by_a_foreigner(world: &mut World, from: &str, until: &str) -> Verdict {
    let act = with(recognition(json!([])), "/parent/nationality", json!("FRA"));
    let handling = json!({ "posted_from": from, "posted_until": until });
    world.file(
        AN_HOI,
        Kind::ParentChildRecognition,
        &with(act, "/handling", handling),
    )
}

/// When a name is changed of a child born on that day.
fn renamed(world: &mut World, kind: Kind, field: &str, to: &str, born_on: &str) -> Json {
    let entry = world.given(
        AN_NHON,
        Kind::Birth,
        &with(birth(), "/child/born_on", json!(born_on)),
    );
    let from = if field.ends_with("name") {
        "H’Ƀơ̆n Ê̆ban"
    } else {
        "01"
    };
    assert!(matches!(kind, Kind::Change | Kind::EthnicityRedetermination));
    amendment(entry, "birth", field, json!(from), json!(to))
}

/// When a father is recognised at a birth that names that father, or none.
fn recognised(world: &mut World, father: Option<&str>) -> Verdict {
    let act = father.map_or_else(birth, |name| with(birth(), "/father", json!({ "name": name })));
    let entry = world.given(AN_NHON, Kind::Birth, &act);
    world.file(
        AN_HOI,
        Kind::ParentChildRecognition,
        &recognition(json!([noted(entry, "birth")])),
    )
}

/// When a court puts somebody in the place of the father who stands there.
fn determined(world: &mut World, father: Option<&str>) -> Verdict {
    let stated = father.map(|name| json!({ "name": name }));
    let act = stated
        .clone()
        .map_or_else(birth, |father| with(birth(), "/father", father));
    let entry = world.given(AN_NHON, Kind::Birth, &act);
    let from = stated.unwrap_or(Json::Null);
    let reached = json!([changed(
        entry,
        "birth",
        "/father",
        from,
        json!({ "name": "Y Ñuê" })
    )]);
    world.file_at(
        entry,
        DA_TEH,
        Kind::JudgmentNoted,
        &judgment("parent_determined", reached),
    )
}

/// A birth whose registration fell, or not.
fn birth_given(world: &mut World, revoked: bool) -> civil::id::EntryId {
    let entry = world.given(AN_NHON, Kind::Birth, &birth());
    if revoked {
        world.given_at(entry, DA_TEH, Kind::PapersRevoked, &papers_revoked(true));
    }
    entry
}

fn divorced(world: &mut World, effective_on: &str) -> Json {
    let entry = world.given(AN_NHON, Kind::Marriage, &marriage());
    assert!(world.entries.contains_key(&entry));
    with(divorce(), "/judgment/effective_on", json!(effective_on))
}

/// When that divorce is noted at the one marriage there is.
fn noted_at_the_marriage(world: &mut World, act: &Json) -> Verdict {
    let entry = *world.entries.keys().next().unwrap();
    world.file_at(entry, DA_TEH, Kind::DivorceNoted, act)
}

warnings! {
    a_foreign_parent_agrees_on_the_nationality: ForeignPaperMissing at "/nationality_agreement" {
        |world| world.file(AN_NHON, Kind::Birth, &with(birth(), "/mother/nationality", json!("JPN")))
    } beside {
        |world| {
            world.file(AN_NHON, Kind::Birth, &birth()).must_not_warn(WarningCode::ForeignPaperMissing);
            let agreed = with(birth(), "/nationality_agreement", json!("Chọn quốc tịch Việt Nam"));
            world.file(AN_NHON, Kind::Birth, &with(agreed, "/mother/nationality", json!("JPN")))
        }
    }
    a_foreign_spouse_brings_papers: ForeignPaperMissing at "/capacity_paper" {
        |world| world.file(AN_NHON, Kind::Marriage, &with(marriage(), "/husband/nationality", json!("KOR")))
    } beside {
        |world| {
            world.file(AN_NHON, Kind::Marriage, &marriage()).must_not_warn(WarningCode::ForeignPaperMissing);
            let brought = with(marriage(), "/capacity_paper", json!("Giấy xác nhận của tổ chức y tế"));
            world.file(AN_NHON, Kind::Marriage, &with(brought, "/husband/nationality", json!("KOR")))
        }
    }
    a_foreign_child_has_no_personal_number: NumberOfForeigner at "/child/personal_number" {
        |world| world.file(AN_NHON, Kind::Birth, &numbered("JPN"))
    } beside {
        |world| world.file(AN_NHON, Kind::Birth, &numbered("VNM"))
    }
    what_is_registered_again_was_registered_before: AgainWithoutEarlier at "/earlier" {
        |world| world.file(AN_NHON, Kind::Birth, &with(birth(), "/entry", json!("again")))
    } beside {
        |world| again(world, json!({ "registered_on": "2015-12-31", "original_lost": "Sổ cháy năm 2017" }))
    }
    what_was_registered_since_2016_is_not_registered_again: AgainWithoutEarlier at "/earlier/registered_on" {
        |world| again(world, json!({ "registered_on": "2016-01-01" }))
    } beside {
        |world| again(world, json!({ "registered_on": "2015" }))
    }
    what_stands_in_the_ledger_is_not_registered_again: EarlierInLedger at "/earlier/entry" {
        |world| again(world, json!({ "entry": civil::id::EntryId::at(3, [3; 10]).to_string() }))
    } beside {
        |world| again(world, json!({ "number": "12" }))
    }
    a_foreign_paper_is_legalised: LegalisationMissing at "/foreign/legalisation" {
        |world| world.file(AN_NHON, Kind::Birth, &without(abroad(birth()), "/foreign/legalisation"))
    } beside {
        |world| world.file(AN_NHON, Kind::Birth, &abroad(birth()))
    }
    an_undertaking_waits_for_the_answer: UndertakingEarly at "/handling/verified" {
        |world| {
            let verified = json!({ "asked_on": "2026-04-04", "of": "UBND xã Ea H'Leo", "undertaking": true });
            world.file(AN_HOI, Kind::ParentChildRecognition, &with(recognition(json!([])), "/handling", json!({ "verified": verified })))
        }
    } beside {
        |world| {
            let verified = json!({ "asked_on": "2026-04-03", "of": "UBND xã Ea H'Leo", "undertaking": true });
            world.file(AN_HOI, Kind::ParentChildRecognition, &with(recognition(json!([])), "/handling", json!({ "verified": verified })))
        }
    }
    a_foundling_is_posted_for_seven_days: PostingShort at "/handling/posted_until" {
        |world| foundling(world, json!({ "posted_from": "2019-05-14", "posted_until": "2019-05-19" }))
    } beside {
        |world| foundling(world, json!({ "posted_from": "2019-05-14", "posted_until": "2019-05-20" }))
    }
    a_foundling_is_posted_at_all: PostingShort at "/handling/posted_until" {
        |world| foundling(world, json!({}))
    } beside {
        |world| world.file(AN_NHON, Kind::Birth, &birth())
    }
    a_foreigners_recognition_is_posted_for_five_working_days: PostingShort at "/handling/posted_until" {
        |world| recognised_by_a_foreigner(world, "2026-04-13", "2026-04-16")
    } beside {
        |world| recognised_by_a_foreigner(world, "2026-04-13", "2026-04-17")
    }
    a_child_of_hours_is_registered_when_its_parents_ask: Under24Hours at "/under_24_hours_at_request" {
        |world| world.file(AN_NHON, Kind::Birth, &with(birth(), "/under_24_hours_at_request", json!(false)))
    } beside {
        |world| world.file(AN_NHON, Kind::Birth, &with(birth(), "/under_24_hours_at_request", json!(true)))
    }
    the_death_of_a_child_of_hours_is_registered_when_its_parents_ask: Under24Hours at "/at_parents_request" {
        |world| world.file(AN_NHON, Kind::Death, &with(death(), "/deceased/born_on", json!("2020-02-10")))
    } beside {
        |world| {
            let act = with(death(), "/deceased/born_on", json!("2020-02-10"));
            world.file(AN_NHON, Kind::Death, &with(act, "/at_parents_request", json!(true)))
        }
    }
    a_child_that_died_before_midnight_lived_less_than_a_day: Under24Hours at "/at_parents_request" {
        |world| world.file(AN_NHON, Kind::Death, &with(with(death(), "/deceased/born_on", json!("2020-02-10")), "/died_at", json!("23:59")))
    } beside {
        // Born in the first minute of the day before it lived a day and a minute.
        |world| world.file(AN_NHON, Kind::Death, &with(with(death(), "/deceased/born_on", json!("2020-02-09")), "/died_at", json!("00:01")))
    }
    the_name_of_a_child_changes_with_its_parents: ConsentMissing at "/consent" {
        |world| {
            let act = renamed(world, Kind::Change, "/child/name", "H’Ƀơ̆n Niê", "2008-01-13");
            world.file(AN_HOI, Kind::Change, &act)
        }
    } beside {
        |world| {
            let act = renamed(world, Kind::Change, "/child/name", "H’Ƀơ̆n Niê", "2008-01-12");
            world.file(AN_HOI, Kind::Change, &act)
        }
    }
    from_fifteen_to_eighteen_one_consents_to_ones_ethnicity: EthnicityAge at "/consent" {
        |world| {
            let act = renamed(world, Kind::EthnicityRedetermination, "/child/ethnicity", "12", "2011-01-12");
            world.file(AN_HOI, Kind::EthnicityRedetermination, &act)
        }
    } beside {
        |world| {
            let act = renamed(world, Kind::EthnicityRedetermination, "/child/ethnicity", "12", "2011-01-13");
            world.file(AN_HOI, Kind::EthnicityRedetermination, &act)
        }
    }
    a_father_is_not_female: RecognitionSexDiffers at "/parent/sex" {
        |world| world.file(AN_HOI, Kind::ParentChildRecognition, &with(recognition(json!([])), "/parent/sex", json!("female")))
    } beside {
        |world| {
            let act = with(recognition(json!([])), "/parent/sex", json!("female"));
            world.file(AN_HOI, Kind::ParentChildRecognition, &with(act, "/direction", json!("child_recognises_mother")))
        }
    }
    a_child_has_one_father: ParentAlreadyStated at "/reached/0/entry" {
        |world| recognised(world, Some("Y Moan"))
    } beside {
        |world| recognised(world, None)
    }
    a_court_replaces_a_father_who_stands_there: ParentAlreadyStated at "/reached/0/changes/0/from" {
        |world| determined(world, Some("Y Moan"))
    } beside {
        |world| determined(world, None)
    }
    who_recognises_comes_in_person: BothPartiesAbsent at "/handling/proxy" {
        |world| {
            let handling = json!({ "proxy": { "name": "Y Moan" } });
            world.file(AN_HOI, Kind::ParentChildRecognition, &with(recognition(json!([])), "/handling", handling))
        }
    } beside {
        |world| {
            let handling = json!({ "channel": "in_person" });
            world.file(AN_HOI, Kind::ParentChildRecognition, &with(recognition(json!([])), "/handling", handling))
        }
    }
    a_guardian_is_of_age: GuardianLacksCapacity at "/guardians/0" {
        |world| world.file(AN_NHON, Kind::Guardianship, &with(guardianship(), "/guardians/0/born_on", json!("2002-05-12")))
    } beside {
        |world| world.file(AN_NHON, Kind::Guardianship, &with(guardianship(), "/guardians/0/born_on", json!("2002-05-11")))
    }
    guardianships_are_supervised_since_2025: SupervisionBefore2025 at "/received_on" {
        |world| {
            let entry = world.given(AN_NHON, Kind::Guardianship, &guardianship());
            let act = supervision(noted(entry, "guardianship"));
            let act = with(with(act, "/registered_on", json!("2025-01-10")), "/book/year", json!(2025));
            world.file(AN_HOI, Kind::GuardianshipSupervision, &with(act, "/received_on", json!("2025-01-08")))
        }
    } beside {
        |world| {
            let entry = world.given(AN_NHON, Kind::Guardianship, &guardianship());
            let act = supervision(noted(entry, "guardianship"));
            let act = with(with(act, "/registered_on", json!("2025-01-10")), "/book/year", json!(2025));
            world.file(AN_HOI, Kind::GuardianshipSupervision, &with(act, "/received_on", json!("2025-01-09")))
        }
    }
    a_court_tells_of_its_judgment_in_five_working_days: JudgmentLate at "/judgment/effective_on" {
        |world| {
            let act = divorced(world, "2026-04-10");
            noted_at_the_marriage(world, &act)
        }
    } beside {
        |world| {
            let act = divorced(world, "2026-04-13");
            noted_at_the_marriage(world, &act)
        }
    }
    who_brings_a_judgment_may_come_at_any_time: JudgmentLate at "/judgment/effective_on" {
        |world| {
            let act = divorced(world, "2026-03-20");
            noted_at_the_marriage(world, &act)
        }
    } beside {
        |world| {
            let act = with(divorced(world, "2026-03-20"), "/brought_by", json!({ "name": "Đỗ Thị Ỷ" }));
            noted_at_the_marriage(world, &act)
        }
    }
    a_copy_of_a_registration_that_fell_is_issued_by_two: EntryRevoked at "" {
        |world| {
            let entry = birth_given(world, true);
            let hash = civil::content::Content::of(&world.entries[&entry], &world.directory).hash();
            world.file_at(entry, "303/desk", Kind::ExtractIssued, &copy(hash))
        }
    } beside {
        |world| {
            let entry = birth_given(world, false);
            let hash = civil::content::Content::of(&world.entries[&entry], &world.directory).hash();
            world.file_at(entry, "303/desk", Kind::ExtractIssued, &copy(hash))
        }
    }
    a_registration_that_fell_is_changed_by_two: EntryRevoked at "/amended/0" {
        |world| {
            let entry = birth_given(world, true);
            world.file(AN_HOI, Kind::Correction, &amendment(entry, "birth", "/child/sex", json!("female"), json!("male")))
        }
    } beside {
        |world| {
            let entry = birth_given(world, false);
            world.file(AN_HOI, Kind::Correction, &amendment(entry, "birth", "/child/sex", json!("female"), json!("male")))
        }
    }
    a_confirmation_for_a_marriage_names_the_partner: PurposePartnerMissing at "/partner" {
        |world| world.file(AN_HOI, Kind::MaritalStatusConfirmation, &with(confirmation(), "/purpose_kind", json!("marry_foreigner_abroad")))
    } beside {
        |world| {
            let act = with(confirmation(), "/purpose_kind", json!("marry_foreigner_abroad"));
            world.file(AN_HOI, Kind::MaritalStatusConfirmation, &with(act, "/partner", json!({ "name": "Marie Dupont" })))
        }
    }
    a_divorce_abroad_names_the_marriage: FieldLeftOut at "/marriage" {
        |world| world.file(AN_HOI, Kind::ForeignDissolution, &foreign_dissolution(json!(null)))
    } beside {
        |world| {
            let stated = json!({ "number": "7", "office": "Tòa thị chính Lyon" });
            world.file(AN_HOI, Kind::ForeignDissolution, &with(foreign_dissolution(json!(null)), "/marriage_as_stated", stated))
        }
    }
    papers_that_are_revoked_are_named: FieldLeftOut at "/papers" {
        |world| {
            let entry = birth_given(world, false);
            world.file_at(entry, DA_TEH, Kind::PapersRevoked, &with(papers_revoked(false), "/papers", json!([])))
        }
    } beside {
        |world| {
            let entry = birth_given(world, false);
            world.file_at(entry, DA_TEH, Kind::PapersRevoked, &papers_revoked(false))
        }
    }
    a_number_that_comes_later_fits_the_person: NumberDoesNotFit at "/reached/0/changes/0/to" {
        |world| {
            let entry = birth_given(world, false);
            let reached = json!([changed(entry, "birth", "/child/personal_number", json!(null), json!("068219000017"))]);
            world.file_at(entry, DA_TEH, Kind::PersonalNumberAssigned, &personal_number(reached))
        }
    } beside {
        |world| {
            let entry = birth_given(world, false);
            let reached = json!([changed(entry, "birth", "/child/personal_number", json!(null), json!("068319000017"))]);
            world.file_at(entry, DA_TEH, Kind::PersonalNumberAssigned, &personal_number(reached))
        }
    }
    a_name_with_a_digit_is_shown: NameHasDigits at "/mother/name" {
        |world| world.file(AN_NHON, Kind::Birth, &with(birth(), "/mother/name", json!("Nguyễn Thị 2")))
    } beside {
        |world| world.file(AN_NHON, Kind::Birth, &with(birth(), "/mother/name", json!("K’ Wơ̆h H'Hen-Niê")))
    }
    a_name_with_a_digit_that_a_change_brings_in_is_shown: NameHasDigits at "/amended/0/changes/0/to" {
        |world| {
            let act = renamed(world, Kind::Change, "/child/name", "H’Ƀơ̆n 2", "2008-01-12");
            world.file(AN_HOI, Kind::Change, &act)
        }
    } beside {
        |world| {
            let act = renamed(world, Kind::Change, "/child/name", "H’Ƀơ̆n Niê", "2008-01-12");
            world.file(AN_HOI, Kind::Change, &act)
        }
    }
    a_name_with_a_digit_comes_in_with_a_parent_and_not_with_what_stands_beside_it: NameHasDigits at "/amended/0/changes/0/to" {
        |world| {
            let entry = world.given(AN_NHON, Kind::Birth, &birth());
            let father = json!({ "name": "Nguyễn Văn 2" });
            world.file(AN_HOI, Kind::Supplement, &amendment(entry, "birth", "/father", json!(null), father))
        }
    } beside {
        |world| {
            let given = with(birth(), "/child/name", json!("Nguyễn Văn 2"));
            let entry = world.given(AN_NHON, Kind::Birth, &given);
            world.file(AN_HOI, Kind::Correction, &amendment(entry, "birth", "/child/sex", json!("female"), json!("male")))
        }
    }
    a_name_in_capitals_lost_its_marks: NameInCapitals at "/mother/name" {
        |world| world.file(AN_NHON, Kind::Birth, &with(birth(), "/mother/name", json!("NGUYEN THI VAN")))
    } beside {
        |world| {
            let act = with(birth(), "/mother/nationality", json!("FRA"));
            world.file("500/acts", Kind::Birth, &with(act, "/mother/name", json!("MARIE DUPONT")))
        }
    }
    a_day_that_programs_fill_in_is_shown: DateSuspicious at "/mother/born_on" {
        |world| world.file(AN_NHON, Kind::Birth, &with(birth(), "/mother/born_on", json!("1900-01-01")))
    } beside {
        |world| world.file(AN_NHON, Kind::Birth, &with(birth(), "/mother/born_on", json!("1990-01-01")))
    }
    nobody_marries_before_birth: BornAfterOwnMarriage at "/wife/born_on" {
        |world| world.file(AN_NHON, Kind::Marriage, &with(marriage(), "/wife/born_on", json!("2018-11-06")))
    } beside {
        |world| world.file(AN_NHON, Kind::Marriage, &with(marriage(), "/wife/born_on", json!("2018-11")))
    }
    forty_years_between_spouses_are_looked_at: SpousesAgeGap at "/husband/born_on" {
        |world| world.file(AN_NHON, Kind::Marriage, &with(marriage(), "/husband/born_on", json!("1958-06-30")))
    } beside {
        |world| world.file(AN_NHON, Kind::Marriage, &with(marriage(), "/husband/born_on", json!("1958-07-01")))
    }
    a_father_of_eleven_is_looked_at: FatherVeryYoung at "/father/born_on" {
        |world| world.file(AN_NHON, Kind::Birth, &with(birth(), "/father", json!({ "name": "Y Ñuê", "born_on": "2007-05-15" })))
    } beside {
        |world| world.file(AN_NHON, Kind::Birth, &with(birth(), "/father", json!({ "name": "Y Ñuê", "born_on": "2007-05-14" })))
    }
}

#[test]
fn before_2017_no_law_counted_the_hours_that_a_child_lived() {
    let on = |day: &str, year: u16| {
        let mut act = death();
        for pointer in ["/deceased/born_on", "/died_on", "/registered_on", "/received_on"] {
            act = with(act, pointer, json!(day));
        }
        with(act, "/book/year", json!(year))
    };
    let world = World::new();
    let file = |act: &Json| world.file(AN_NHON, Kind::Death, act);
    file(&on("2016-12-30", 2016)).must_not_warn(WarningCode::Under24Hours);
    file(&on("2017-01-02", 2017)).must_warn(WarningCode::Under24Hours, "/at_parents_request");
}
