//! What an act does to the entries it reaches, its own among them.

use civil::act::{JudgmentMatter, PersonRef, PersonRole, RecognitionDirection};
use civil::decide::RefusalCode;
use civil::effect::{EFFECTS, Ended, Mark};
use civil::event::check_shape;
use civil::id::EntryId;
use civil::kind::Kind;
use serde_json::{Value as Json, json};

use crate::acts::{birth, divorce, marriage, person, with, without};
use crate::world::{AN_HOI, AN_NHON, DA_TEH, World, act};

fn judgment(matter: &str, reached: Json) -> Json {
    with(with(divorce(), "/matter", json!(matter)), "/reached", reached)
}

fn noted(entry: EntryId, kind: &str) -> Json {
    json!({ "entry": entry.to_string(), "kind": kind })
}

fn recognition(birth: EntryId, reached: Json) -> Json {
    json!({
        "book": { "number": 1, "year": 2026 },
        "registered_on": "2026-02-02",
        "received_on": "2026-02-02",
        "direction": "father_recognises_child",
        "parent": person("Y Blô Niê", "male", "1988-01-20"),
        "child": person("H’Ƀơ̆n Ê̆ban", "female", "2019-05-14"),
        "signer": { "name": "K’ Brếp", "title": "Chủ tịch" },
        "reached": [with(noted(birth, "birth"), "/changes", reached)],
    })
}

fn father() -> Json {
    json!([{ "field": "/father", "to": { "name": "Y Blô Niê", "born_on": "1988-01-20" } }])
}

#[test]
fn a_recognition_filed_at_the_residence_names_the_father_in_the_birth_entry_elsewhere() {
    let mut world = World::new();
    let child = world.given(AN_NHON, Kind::Birth, &birth());
    let filed = recognition(child, father());
    let verdict = world.file(AN_HOI, Kind::ParentChildRecognition, &filed);
    assert_eq!(verdict.draft().notices.len(), 1);
    world.given(AN_HOI, Kind::ParentChildRecognition, &filed);
    let entry = &world.entries[&child];
    assert_eq!(entry.current.people().len(), 3);
    assert_eq!(
        entry.notes[0].text(&world.directory),
        "Nhận cha, mẹ, con: Cha nhận con, Y Blô Niê: Cha: “Y Blô Niê, 20/01/1988”; theo Trích lục số 1/2026/TLCMC ngày 02/02/2026; \
         ghi chú ngày 02/02/2026 tại UBND phường An Hội; người ký: K’ Brếp, Chủ tịch."
    );
}

#[test]
fn an_act_changes_no_field_and_reaches_no_entry_that_the_table_does_not_let_it() {
    let mut world = World::new();
    let child = world.given(AN_NHON, Kind::Birth, &birth());
    let sex = json!([{ "field": "/child/sex", "from": "female", "to": "male" }]);
    world
        .file(AN_HOI, Kind::ParentChildRecognition, &recognition(child, sex))
        .must_refuse(RefusalCode::ReachNotAllowed, "/reached/0/changes/0/field");
    let wedding = world.given(AN_NHON, Kind::Marriage, &marriage());
    let reached = with(
        recognition(wedding, json!([])),
        "/reached/0/kind",
        json!("marriage"),
    );
    world
        .file(AN_HOI, Kind::ParentChildRecognition, &reached)
        .must_refuse(RefusalCode::ReachNotAllowed, "/reached/0/kind");
}

#[test]
fn a_judgment_changes_the_entry_at_which_it_is_written_and_is_noted_at_others() {
    let mut world = World::new();
    let wedding = world.given(AN_NHON, Kind::Marriage, &marriage());
    let filed = judgment("marriage_annulled", json!([noted(wedding, "marriage")]));
    world
        .file_at(wedding, DA_TEH, Kind::JudgmentNoted, &filed)
        .draft();
    world.given_at(wedding, DA_TEH, Kind::JudgmentNoted, &filed);
    let state = world.entries[&wedding].state();
    assert_eq!(state.ended.unwrap().how, Some(Ended::Annulled));
    assert!(!state.in_force() && !world.entries[&wedding].divorced());
    let child = world.given(AN_NHON, Kind::Birth, &birth());
    let declared = judgment("missing_declared", json!([noted(child, "birth")]));
    let event = world.given_at(child, DA_TEH, Kind::JudgmentNoted, &declared);
    assert_eq!(
        world.entries[&child].state().marks.get(&Mark::Missing),
        Some(&event)
    );
    let revoked = judgment("missing_revoked", json!([noted(child, "birth")]));
    world.given_at(child, DA_TEH, Kind::JudgmentNoted, &revoked);
    assert!(world.entries[&child].state().marks.is_empty());
    assert_eq!(world.entries[&child].notes.len(), 2);
}

#[test]
fn an_envelope_names_as_targets_what_its_act_reaches_beside_its_own_entry() {
    let mut world = World::new();
    let child = world.given(AN_NHON, Kind::Birth, &birth());
    let other = world.given(AN_NHON, Kind::Birth, &with(birth(), "/book/number", json!(2)));
    let both = json!([noted(child, "birth"), noted(other, "birth")]);
    let filed = act(Kind::JudgmentNoted, &judgment("missing_declared", both));
    let good = world.event(DA_TEH, filed, Some(child));
    assert_eq!(good.envelope.targets.len(), 1);
    assert_eq!(check_shape(&good.envelope, &good.body), Ok(()));
    let mut without_target = good.clone();
    without_target.envelope.targets.clear();
    assert!(check_shape(&without_target.envelope, &without_target.body).is_err());
    for reached in [
        json!([noted(other, "birth")]),
        json!([noted(child, "birth"), noted(child, "birth")]),
    ] {
        let filed = act(Kind::JudgmentNoted, &judgment("missing_declared", reached));
        let event = world.event(DA_TEH, filed, Some(child));
        assert!(check_shape(&event.envelope, &event.body).is_err());
    }
}

#[test]
fn an_act_of_an_office_is_about_no_entry() {
    let mut world = World::new();
    let opened = json!({
        "book_type": "births", "year": 2026, "volume": "01", "opened_on": "2026-01-02", "ordinal": 1,
        "signer": { "name": "K’ Brếp", "title": "Chủ tịch" },
    });
    world.file(AN_HOI, Kind::BookOpened, &opened).draft();
    let mut event = world.event(AN_HOI, act(Kind::BookOpened, &opened), None);
    assert_eq!(
        (event.envelope.entry, check_shape(&event.envelope, &event.body)),
        (None, Ok(()))
    );
    event.envelope.entry = Some(EntryId::at(1, [1; 10]));
    assert!(check_shape(&event.envelope, &event.body).is_err());
}

#[test]
fn a_day_that_no_book_says_is_counted_and_never_printed() {
    let mut world = World::new();
    let old = without(without(birth(), "/registered_on"), "/received_on");
    let old = with(old, "/book", json!({ "year": 1975 }));
    world
        .file(AN_HOI, Kind::Birth, &old)
        .must_refuse(RefusalCode::DayMissing, "/registered_on");
    let read = act(Kind::Birth, &old);
    assert_eq!(read.counted_on(world.today).to_string(), "1975-01-01");
    let legible = with(
        old.clone(),
        "/source",
        json!({ "system": "book", "registered_in": "1975-09" }),
    );
    assert_eq!(
        act(Kind::Birth, &legible).counted_on(world.today).to_string(),
        "1975-09-30"
    );
    let entry = world.given("303/digitised", Kind::Birth, &old);
    let content = civil::content::Content::of(&world.entries[&entry], &world.directory);
    assert_eq!(content.registered.value, "UBND phường An Hội");
}

#[test]
fn every_matter_and_every_direction_has_its_row_in_the_table_of_effects() {
    let has = |act: Kind, matter: u64| {
        EFFECTS.iter().any(|effect| {
            effect.act == act && (effect.matters.is_empty() || effect.matters.contains(&matter))
        })
    };
    for matter in JudgmentMatter::ALL {
        assert!(has(Kind::JudgmentNoted, *matter as u64), "{}", matter.name());
    }
    for direction in RecognitionDirection::ALL {
        assert!(has(Kind::ParentChildRecognition, *direction as u64));
    }
    for kind in Kind::ALL.iter().filter(|kind| kind.changes_entries()) {
        assert!(EFFECTS.iter().any(|effect| effect.act == *kind), "{kind:?}");
    }
}

#[test]
fn a_person_has_one_name_in_addresses() {
    let entry = EntryId::at(1, [1; 10]);
    for (index, text) in [(0, format!("{entry}.ward")), (2, format!("{entry}.ward.2"))] {
        let person = PersonRef::new(entry, PersonRole::Ward, index);
        assert_eq!(person.to_string(), text);
        assert_eq!(text.parse(), Ok(person));
    }
    for wrong in [
        "ward",
        &format!("{entry}.ward.0"),
        &format!("{entry}.ward.02"),
        &format!("{entry}.dog"),
    ] {
        assert!(wrong.parse::<PersonRef>().is_err(), "{wrong}");
    }
}
