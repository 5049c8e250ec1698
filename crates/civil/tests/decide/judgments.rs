//! What keeps the acts of courts and foreign authorities, and acts of the dead, from being recorded.

use civil::kind::Kind;
use serde_json::json;

use crate::acts::{
    abroad, adoption, birth, changed, confirmation, death, divorce, foreign_dissolution, guardianship,
    guardianship_end, judgment, marriage, noted, papers_revoked, recognition, with, without,
};
use crate::verdict::{Verdict, refusals};
use crate::world::{AN_HOI, AN_NHON, DA_TEH, World};

/// When a guardianship that already ended, or did not, is ended.
fn ended(world: &mut World, already: bool) -> Verdict {
    let entry = world.given(AN_NHON, Kind::Guardianship, &guardianship());
    let end = guardianship_end(noted(entry, "guardianship"));
    if already {
        world.given(DA_TEH, Kind::GuardianshipEnd, &end);
    }
    world.file(DA_TEH, Kind::GuardianshipEnd, &end)
}

/// When a judgment of that matter is noted at a birth at which others were noted before.
fn noted_at_birth(world: &mut World, before: &[&str], matter: &str) -> Verdict {
    let entry = world.given(AN_NHON, Kind::Birth, &birth());
    let reached = json!([noted(entry, "birth")]);
    for matter in before {
        world.given_at(
            entry,
            DA_TEH,
            Kind::JudgmentNoted,
            &judgment(matter, reached.clone()),
        );
    }
    world.file_at(entry, DA_TEH, Kind::JudgmentNoted, &judgment(matter, reached))
}

/// When the declaration of a death that was proved in that way is revoked.
fn declaration_revoked(world: &mut World, proof: &str) -> Verdict {
    let paper = json!({ "authority": "Tòa án nhân dân khu vực 3 – Lâm Đồng" });
    let act = with(death(), "/proof", json!(proof));
    let act = if proof == "court_declaration" {
        with(act, "/judgment", paper)
    } else {
        act
    };
    let entry = world.given(AN_NHON, Kind::Death, &act);
    let reached = json!([noted(entry, "death")]);
    world.file_at(
        entry,
        DA_TEH,
        Kind::JudgmentNoted,
        &judgment("death_declaration_revoked", reached),
    )
}

/// When a marriage that ended in that way ends by divorce abroad.
fn divorced_abroad(world: &mut World, before: Option<&str>) -> Verdict {
    let entry = world.given(AN_NHON, Kind::Marriage, &marriage());
    let reached = noted(entry, "marriage");
    match before {
        Some("divorce") => drop(world.given_at(entry, DA_TEH, Kind::DivorceNoted, &divorce())),
        Some(matter) => {
            let act = judgment(matter, json!([reached.clone()]));
            world.given_at(entry, DA_TEH, Kind::JudgmentNoted, &act);
        }
        None => {}
    }
    world.file(AN_HOI, Kind::ForeignDissolution, &foreign_dissolution(reached))
}

fn revoked(world: &mut World, already: bool) -> Verdict {
    let entry = world.given(AN_NHON, Kind::Birth, &birth());
    if already {
        world.given_at(entry, DA_TEH, Kind::PapersRevoked, &papers_revoked(true));
    }
    world.file_at(entry, DA_TEH, Kind::PapersRevoked, &papers_revoked(true))
}

refusals! {
    a_new_act_says_its_day: DayMissing at "/registered_on" {
        |world| {
            world.today = civil::value::Date::new(2026, 12, 1).unwrap();
            world.file(AN_HOI, Kind::Birth, &with(without(birth(), "/registered_on"), "/book/year", json!(2026)))
        }
    } beside {
        |world| world.file(AN_NHON, Kind::Birth, &birth())
    }
    a_judgment_is_noted_somewhere: NothingChanges at "/reached" {
        |world| {
            let entry = world.given(AN_NHON, Kind::Birth, &birth());
            world.file_at(entry, DA_TEH, Kind::JudgmentNoted, &judgment("missing_declared", json!([])))
        }
    } beside {
        |world| noted_at_birth(world, &[], "missing_declared")
    }
    a_guardian_replaces_a_guardian: EntryOfAnotherKind at "/replaces" {
        |world| {
            let entry = world.given(AN_NHON, Kind::Birth, &birth());
            world.replaced = world.entries.get(&entry).cloned();
            world.file(AN_NHON, Kind::Guardianship, &with(guardianship(), "/replaces", json!(entry.to_string())))
        }
    } beside {
        |world| world.file(AN_NHON, Kind::Guardianship, &guardianship())
    }
    a_guardianship_ends_once: NotThereToEnd at "/of" {
        |world| ended(world, true)
    } beside {
        |world| ended(world, false)
    }
    a_marriage_that_was_annulled_is_not_divorced: NotThereToEnd at "/marriage" {
        |world| divorced_abroad(world, Some("marriage_annulled"))
    } beside {
        |world| divorced_abroad(world, Some("marriage_recognised"))
    }
    a_marriage_that_was_divorced_here_is_not_divorced_abroad: NotThereToEnd at "/marriage" {
        |world| divorced_abroad(world, Some("divorce"))
    } beside {
        |world| divorced_abroad(world, None)
    }
    a_declaration_that_was_never_noted_is_not_lifted: NotThereToEnd at "/reached/0" {
        |world| noted_at_birth(world, &["incapacity_declared"], "missing_revoked")
    } beside {
        |world| noted_at_birth(world, &["missing_declared"], "missing_revoked")
    }
    a_declaration_is_lifted_once: NotThereToEnd at "/reached/0" {
        |world| noted_at_birth(world, &["missing_declared", "missing_revoked"], "missing_revoked")
    } beside {
        |world| noted_at_birth(world, &["missing_declared", "missing_revoked", "missing_declared"], "missing_revoked")
    }
    a_death_that_no_court_declared_is_not_revoked: NotThereToEnd at "/reached/0" {
        |world| declaration_revoked(world, "health_office")
    } beside {
        |world| declaration_revoked(world, "court_declaration")
    }
    a_registration_is_revoked_once: NotThereToEnd at "" {
        |world| revoked(world, true)
    } beside {
        |world| revoked(world, false)
    }
    a_guardian_whom_a_court_appoints_rests_on_a_judgment: JudgmentMissing at "/judgment" {
        |world| world.file(AN_NHON, Kind::Guardianship, &with(guardianship(), "/entry", json!("by_judgment")))
    } beside {
        |world| {
            let act = with(guardianship(), "/judgment", json!({ "authority": "TAND khu vực 3" }));
            world.file(AN_NHON, Kind::Guardianship, &with(act, "/entry", json!("by_judgment")))
        }
    }
    a_declared_death_rests_on_a_judgment: JudgmentMissing at "/judgment" {
        |world| world.file(AN_NHON, Kind::Death, &with(death(), "/proof", json!("court_declaration")))
    } beside {
        |world| world.file(AN_NHON, Kind::Death, &with(death(), "/proof", json!("witnesses")))
    }
    a_recognised_marriage_rests_on_a_judgment: JudgmentMissing at "/recognised_by" {
        |world| world.file(AN_NHON, Kind::Marriage, &with(marriage(), "/entry", json!("recognised")))
    } beside {
        |world| {
            let act = with(marriage(), "/recognised_by", json!({ "authority": "TAND khu vực 3" }));
            world.file(AN_NHON, Kind::Marriage, &with(act, "/entry", json!("recognised")))
        }
    }
    a_parent_whom_a_court_determines_rests_on_a_judgment: JudgmentMissing at "/judgment" {
        |world| world.file(AN_HOI, Kind::ParentChildRecognition, &with(recognition(json!([])), "/entry", json!("by_judgment")))
    } beside {
        |world| world.file(AN_HOI, Kind::ParentChildRecognition, &recognition(json!([])))
    }
    an_adoption_by_judgment_names_it: JudgmentMissing at "/certificate" {
        |world| {
            let act = with(adoption(json!([])), "/entry", json!("by_judgment"));
            world.file(AN_HOI, Kind::Adoption, &without(act, "/certificate"))
        }
    } beside {
        |world| world.file(AN_HOI, Kind::Adoption, &with(adoption(json!([])), "/entry", json!("by_judgment")))
    }
    what_is_noted_from_abroad_says_by_whom: ForeignBlockMissing at "/foreign" {
        |world| world.file(AN_NHON, Kind::Birth, &with(birth(), "/entry", json!("noted_from_abroad")))
    } beside {
        |world| world.file(AN_NHON, Kind::Birth, &abroad(birth()))
    }
    a_judgment_on_a_marriage_is_not_noted_at_a_birth: ReachNotAllowed at "/reached/0/kind" {
        |world| noted_at_birth(world, &[], "marriage_annulled")
    } beside {
        |world| noted_at_birth(world, &[], "missing_declared")
    }
    a_recognition_does_not_change_the_childs_sex: ReachNotAllowed at "/reached/0/changes/0/field" {
        |world| {
            let entry = world.given(AN_NHON, Kind::Birth, &birth());
            let reached = json!([changed(entry, "birth", "/child/sex", json!("female"), json!("male"))]);
            world.file(AN_HOI, Kind::ParentChildRecognition, &recognition(reached))
        }
    } beside {
        |world| {
            let entry = world.given(AN_NHON, Kind::Birth, &birth());
            let reached = json!([changed(entry, "birth", "/father", json!(null), json!({ "name": "Y Ñuê" }))]);
            world.file(AN_HOI, Kind::ParentChildRecognition, &recognition(reached))
        }
    }
    the_dead_do_not_marry: PersonLocked at "/wife" {
        |world| {
            world.knows_dead("/wife", "2018-11-04");
            world.file(AN_NHON, Kind::Marriage, &marriage())
        }
    } beside {
        |world| {
            world.knows_dead("/wife", "2018-11-05");
            world.file(AN_NHON, Kind::Marriage, &marriage())
        }
    }
    the_dead_are_no_guardians: PersonLocked at "/guardians/1" {
        |world| {
            world.knows_dead("/guardians/1", "2020-01");
            world.file(AN_NHON, Kind::Guardianship, &guardianship())
        }
    } beside {
        |world| {
            world.knows_dead("/guardians/1", "2021");
            world.file(AN_NHON, Kind::Guardianship, &guardianship())
        }
    }
    nobody_is_confirmed_unmarried_after_death: PersonLocked at "/subject" {
        |world| {
            world.knows_dead("/subject", "2026-03-09");
            world.file(AN_HOI, Kind::MaritalStatusConfirmation, &confirmation())
        }
    } beside {
        |world| world.file(AN_HOI, Kind::MaritalStatusConfirmation, &confirmation())
    }
    nobody_dies_twice: AlreadyDead at "/deceased" {
        |world| {
            world.knows_dead("/deceased", "2020-02-10");
            world.file(AN_NHON, Kind::Death, &death())
        }
    } beside {
        |world| {
            world.knows_dead("/deceased", "2020-02-10");
            world.file(AN_NHON, Kind::Death, &with(death(), "/entry", json!("again")))
        }
    }
    whoever_is_linked_stands_somewhere: NoSuchPerson at "/mother/known_as" {
        |world| {
            world.people.insert("/mother".to_owned(), civil::person::PersonView::default());
            world.file(AN_NHON, Kind::Birth, &birth())
        }
    } beside {
        |world| {
            world.knows("/mother", civil::person::PersonView::default());
            world.file(AN_NHON, Kind::Birth, &birth())
        }
    }
}

#[test]
fn what_came_later_than_the_act_neither_refuses_nor_warns() {
    let mut world = World::new();
    world.today = civil::value::Date::new(2026, 11, 21).unwrap();
    let noted = with(birth(), "/entry", json!("noted_from_abroad"));
    assert!(
        world
            .file(AN_NHON, Kind::Birth, &noted)
            .draft()
            .warnings
            .is_empty()
    );
}

#[test]
fn a_divorce_keeps_its_own_code() {
    let mut world = World::new();
    let entry = world.given(AN_NHON, Kind::Marriage, &marriage());
    world.given_at(entry, DA_TEH, Kind::DivorceNoted, &divorce());
    let refusals = world
        .file_at(entry, DA_TEH, Kind::DivorceNoted, &divorce())
        .0
        .unwrap_err();
    let codes: Vec<&str> = refusals.iter().map(|refusal| refusal.code.name()).collect();
    assert_eq!(codes, ["already_divorced"]);
}
