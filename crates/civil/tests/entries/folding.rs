//! What an entry says after each kind of later act.

use civil::act::{Act, Birth};
use civil::entry::{FoldError, RegisterEntry, field_value};
use civil::id::EntryId;
use civil::kind::Kind;
use serde_json::{Value as Json, json};

use crate::acts::{amended, amendment, birth, copy, divorce, entered, marriage, with, without};
use crate::world::{AN_HOI, AN_NHON, DA_TEH, World, act};

fn current(world: &World, entry: EntryId) -> &Birth {
    match &world.entries[&entry].current {
        Act::Birth(act) => act,
        other => panic!("{:?}", other.kind()),
    }
}

fn name(world: &World, entry: EntryId) -> &str {
    current(world, entry).child.name.value.as_ref().unwrap().full()
}

fn given_birth(world: &mut World) -> EntryId {
    world.given(AN_NHON, Kind::Birth, &birth())
}

fn rename(world: &mut World, entry: EntryId, from: &str, to: &str) -> EntryId {
    let act = amendment(entry, "birth", "/child/name", json!(from), json!(to));
    world.given(AN_HOI, Kind::Correction, &act)
}

#[test]
fn an_entry_begins_as_it_was_registered() {
    let mut world = World::new();
    let entry = given_birth(&mut world);
    let entry = &world.entries[&entry];
    assert_eq!(entry.original, entry.current);
    assert_eq!((entry.kind, entry.office.0), (Kind::Birth, 101));
    assert!(entry.notes.is_empty() && entry.copies.is_empty());
}

#[test]
fn a_correction_filed_at_the_residence_changes_the_entry_elsewhere_and_leaves_the_original() {
    let mut world = World::new();
    let entry = given_birth(&mut world);
    let before = world.entries[&entry].head;
    rename(&mut world, entry, "H’Ƀơ̆n Ê̆ban", "H’Ƀơ̆n Niê");
    assert_eq!(name(&world, entry), "H’Ƀơ̆n Niê");
    let entry = &world.entries[&entry];
    assert_eq!(entry.original, act(Kind::Birth, &birth()));
    assert_eq!(entry.office.0, 101);
    assert_ne!(entry.head, before);
    assert_eq!(entry.notes.len(), 1);
}

#[test]
fn the_last_of_two_corrections_counts_and_both_are_noted() {
    let mut world = World::new();
    let entry = given_birth(&mut world);
    rename(&mut world, entry, "H’Ƀơ̆n Ê̆ban", "H’Ƀơ̆n");
    rename(&mut world, entry, "H’Ƀơ̆n", "H’Ƀơ̆n Niê");
    assert_eq!(name(&world, entry), "H’Ƀơ̆n Niê");
    assert_eq!(world.entries[&entry].notes.len(), 2);
}

#[test]
fn a_supplement_adds_a_field_and_a_removal_takes_it_away() {
    let mut world = World::new();
    let entry = given_birth(&mut world);
    let number = json!("068319000017");
    let act = amendment(
        entry,
        "birth",
        "/child/personal_number",
        json!(null),
        number.clone(),
    );
    world.given(AN_HOI, Kind::Supplement, &act);
    let found = current(&world, entry).child.personal_number.as_ref().unwrap();
    assert_eq!(found.value.unwrap().as_str(), "068319000017");
    let act = amendment(entry, "birth", "/child/personal_number", number, json!(null));
    world.given(AN_HOI, Kind::Change, &act);
    assert!(current(&world, entry).child.personal_number.is_none());
    assert_eq!(world.entries[&entry].current, world.entries[&entry].original);
}

#[test]
fn a_whole_record_comes_in_changes_and_goes() {
    let mut world = World::new();
    let entry = given_birth(&mut world);
    let father = json!({ "name": "Y Ñuê Buôn Krông", "born_on": "1988-07-09" });
    let adoptive = json!({ "name": "Y Moan Ênuôl", "sex": "male" });
    for (from, to) in [
        (json!(null), father.clone()),
        (father, adoptive.clone()),
        (adoptive, json!(null)),
    ] {
        let wanted = to.clone();
        world.given(
            AN_HOI,
            Kind::Change,
            &amendment(entry, "birth", "/father", from, to),
        );
        let shown = world.entries[&entry].current.to_json();
        assert_eq!(shown.get("father").cloned().unwrap_or(Json::Null), wanted);
    }
}

#[test]
fn a_part_of_a_record_that_is_not_there_cannot_be_changed() {
    let mut world = World::new();
    let entry = given_birth(&mut world);
    let act = act(
        Kind::Change,
        &amendment(entry, "birth", "/father/name", json!(null), json!("Y Ñuê")),
    );
    let event = world.event(AN_HOI, act, None);
    let before = world.entries[&entry].clone();
    let entry = world.entries.get_mut(&entry).unwrap();
    assert!(matches!(entry.apply(&event), Err(FoldError::Change { .. })));
    assert_eq!(*entry, before, "a refused event leaves the entry as it was");
}

#[test]
fn one_act_changes_two_entries_and_each_gets_its_own_part() {
    let mut world = World::new();
    let (child, couple) = (
        given_birth(&mut world),
        world.given(AN_NHON, Kind::Marriage, &marriage()),
    );
    let both = amended(json!([
        { "entry": child.to_string(), "kind": "birth", "changes": [
            { "field": "/child/born_on", "from": "2019-05-14", "to": "2019-05-04" },
            { "field": "/child/ethnicity", "from": "01", "to": "12" },
        ] },
        { "entry": couple.to_string(), "kind": "marriage", "changes": [
            { "field": "/husband/name", "from": "Nguyễn Văn Khỏe", "to": "Nguyễn Văn Khoẻ" },
        ] },
    ]));
    let own = world.given(AN_HOI, Kind::Correction, &both);
    assert_eq!(
        current(&world, child).child.birth().unwrap().to_string(),
        "2019-05-04"
    );
    assert_eq!(world.entries[&child].notes.len(), 1);
    let Act::Marriage(act) = &world.entries[&couple].current else {
        panic!()
    };
    assert_eq!(act.husband.name.value.as_ref().unwrap().full(), "Nguyễn Văn Khoẻ");
    assert_eq!(world.entries[&own].kind, Kind::Correction);
}

#[test]
fn an_amendment_of_an_amendment_changes_the_amendment_and_not_what_it_amended() {
    let mut world = World::new();
    let entry = given_birth(&mut world);
    let first = rename(&mut world, entry, "H’Ƀơ̆n Ê̆ban", "H’Ƀơ̆n Niê");
    let act = amendment(
        first,
        "correction",
        "/reason",
        json!("Sai sót khi đăng ký"),
        json!("Sai sót khi ghi Sổ"),
    );
    world.given(AN_HOI, Kind::Correction, &act);
    let act = world.entries[&first].current.amendment().unwrap();
    assert_eq!(act.reason.as_ref().unwrap().as_str(), "Sai sót khi ghi Sổ");
    assert_eq!(world.entries[&first].notes.len(), 1);
    assert_eq!(name(&world, entry), "H’Ƀơ̆n Niê");
    assert_eq!(world.entries[&entry].notes.len(), 1);
}

#[test]
fn people_in_a_list_are_named_by_their_place() {
    let mut world = World::new();
    let entry = world.given(AN_NHON, Kind::Guardianship, &crate::acts::guardianship());
    let act = amendment(
        entry,
        "guardianship",
        "/guardians/1/name",
        json!("Rơ Ông Ha Krêng"),
        json!("Rơ Ông Ha Krông"),
    );
    world.given(AN_HOI, Kind::Correction, &act);
    let shown = world.entries[&entry].current.to_json();
    assert_eq!(shown["guardians"][0]["name"], "Cil Ka Thuyên");
    assert_eq!(shown["guardians"][1]["name"], "Rơ Ông Ha Krông");
}

#[test]
fn a_person_in_a_list_is_exchanged_or_added_and_never_taken_out() {
    let mut world = World::new();
    let entry = world.given(AN_NHON, Kind::Guardianship, &crate::acts::guardianship());
    let ward = crate::acts::guardianship()["wards"][0].clone();
    let other = with(ward.clone(), "/name", json!("Cil Ha Wơ̆l"));
    let exchanged = amendment(entry, "guardianship", "/wards/0", ward.clone(), other.clone());
    world.given(AN_HOI, Kind::Change, &exchanged);
    let added = amendment(entry, "guardianship", "/wards/1", json!(null), ward.clone());
    world.file(AN_HOI, Kind::Supplement, &added).draft();
    world.given(AN_HOI, Kind::Supplement, &added);
    let shown = world.entries[&entry].current.to_json();
    assert_eq!(shown["wards"], json!([other, ward]));
    let gap = amendment(entry, "guardianship", "/wards/3", json!(null), ward.clone());
    let out = amendment(entry, "guardianship", "/wards/1", ward, json!(null));
    for act in [gap, out] {
        let verdict = world.file(AN_HOI, Kind::Change, &act);
        verdict.must_refuse(civil::decide::RefusalCode::ChangeDoesNotFit, "/amended/0");
    }
}

#[test]
fn a_divorce_is_noted_and_leaves_the_marriage_as_it_was_registered() {
    let mut world = World::new();
    let entry = world.given(AN_NHON, Kind::Marriage, &marriage());
    assert!(!world.entries[&entry].divorced());
    world.given_at(entry, DA_TEH, Kind::DivorceNoted, &divorce());
    let entry = &world.entries[&entry];
    assert!(entry.divorced());
    assert_eq!(entry.current, entry.original);
}

#[test]
fn a_note_entered_closes_its_note_and_no_other() {
    let mut world = World::new();
    let entry = given_birth(&mut world);
    rename(&mut world, entry, "H’Ƀơ̆n Ê̆ban", "H’Ƀơ̆n");
    rename(&mut world, entry, "H’Ƀơ̆n", "H’Ƀơ̆n Niê");
    let first = world.entries[&entry].notes[0].event;
    let event = world.given_at(entry, DA_TEH, Kind::MarginalNoteEntered, &entered(first));
    let notes = &world.entries[&entry].notes;
    let in_book = notes[0].entered.unwrap();
    assert_eq!(
        (in_book.event, in_book.office.0, in_book.on.to_string().as_str()),
        (event, 102, "2026-05-05")
    );
    assert!(notes[1].entered.is_none());
}

#[test]
fn a_copy_is_kept_with_the_position_of_what_it_shows_and_does_not_move_the_entry() {
    let mut world = World::new();
    let entry = given_birth(&mut world);
    let (head, position) = (world.entries[&entry].head, world.entries[&entry].head_position);
    world.given_at(entry, "303/desk", Kind::ExtractIssued, &copy([0; 32]));
    let entry = &world.entries[&entry];
    assert_eq!((entry.head, entry.head_position), (head, position));
    assert_eq!(
        (entry.copies[0].position, entry.copies[0].office.0),
        (position, 303)
    );
}

#[test]
fn events_fold_only_from_the_one_that_opens_and_only_once() {
    let mut world = World::new();
    let entry = given_birth(&mut world);
    let opening = world.event(AN_NHON, act(Kind::Birth, &birth()), None);
    let noted = world.event(DA_TEH, act(Kind::DivorceNoted, &divorce()), Some(entry));
    assert_eq!(RegisterEntry::fold([]), Ok(None));
    assert!(RegisterEntry::fold([&opening]).unwrap().is_some());
    assert!(matches!(
        RegisterEntry::fold([&noted]),
        Err(FoldError::OutOfPlace { .. })
    ));
    assert!(matches!(
        RegisterEntry::fold([&opening, &opening]),
        Err(FoldError::OutOfPlace { .. })
    ));
    // A note of another entry, and a note entered that was never owed.
    assert!(matches!(
        RegisterEntry::fold([&opening, &noted]),
        Err(FoldError::OutOfPlace { .. })
    ));
    let stray = act(Kind::MarginalNoteEntered, &entered(opening.envelope.event));
    let stray = world.event(DA_TEH, stray, Some(entry));
    assert!(world.entries.get_mut(&entry).unwrap().apply(&stray).is_err());
}

#[test]
fn a_field_is_found_by_its_pointer_and_nothing_else_is() {
    let act = act(Kind::Birth, &without(birth(), "/mother"));
    assert!(field_value(&act, "/child/name").is_some());
    for pointer in [
        "/mother",
        "/mother/name",
        "/child/home_place",
        "/registered_on",
        "/nothing",
        "child",
    ] {
        assert!(field_value(&act, pointer).is_none(), "{pointer}");
    }
    let with_father = with(birth(), "/father", json!({ "name": "Y Ñuê" }));
    assert!(field_value(&crate::world::act(Kind::Birth, &with_father), "/father").is_some());
}

#[test]
fn an_entry_is_shown_as_of_a_legal_day_and_as_far_as_the_log_knew() {
    let mut world = World::new();
    let opening = world.event(AN_NHON, act(Kind::Birth, &birth()), None);
    let entry = opening.envelope.entry.unwrap();
    world
        .entries
        .insert(entry, RegisterEntry::open(&opening).unwrap());
    let rename = amendment(
        entry,
        "birth",
        "/child/name",
        json!("H’Ƀơ̆n Ê̆ban"),
        json!("H’Ƀơ̆n Niê"),
    );
    let correction = world.event(AN_HOI, act(Kind::Correction, &rename), None);
    world.entries.get_mut(&entry).unwrap().apply(&correction).unwrap();
    let note = entered(correction.envelope.event);
    let note = world.event(DA_TEH, act(Kind::MarginalNoteEntered, &note), Some(entry));
    let events = [opening, correction, note];
    let day = |text: &str| Some(civil::value::Date::parse(text).unwrap());
    let shown = |day, known| {
        RegisterEntry::fold_as_of(&events, day, known)
            .unwrap()
            .map(|entry| {
                (
                    entry.notes.len(),
                    entry.notes.iter().any(|note| note.entered.is_some()),
                )
            })
    };
    let known_before_the_correction = Some(events[1].recorded_at_ms - 1);
    assert_eq!(shown(day("2019-05-19"), None), None, "before it was registered");
    assert_eq!(
        shown(day("2026-01-11"), None),
        Some((0, false)),
        "before the correction"
    );
    assert_eq!(
        shown(day("2026-01-12"), None),
        Some((1, false)),
        "before the note was in the book"
    );
    assert_eq!(shown(None, None), Some((1, true)), "now");
    assert_eq!(
        shown(None, known_before_the_correction),
        Some((0, false)),
        "as the log knew it then"
    );
    assert_eq!(
        shown(None, Some(events[0].recorded_at_ms - 1)),
        None,
        "before the log knew it"
    );
}

#[test]
fn an_entry_is_not_there_before_it_was_registered_whatever_is_dated_earlier() {
    let mut world = World::new();
    let opened = world.event(AN_NHON, act(Kind::Birth, &birth()), None);
    let id = opened.envelope.entry.unwrap();
    world.entries.insert(id, RegisterEntry::open(&opened).unwrap());
    let early = amendment(id, "birth", "/child/sex", json!("female"), json!("male"));
    let early = with(early, "/registered_on", json!("2019-01-10"));
    let early = world.event(AN_HOI, act(Kind::Correction, &early), None);
    let events = [opened, early];
    let day = |text: &str| Some(civil::value::Date::parse(text).unwrap());
    let at = |text: &str| RegisterEntry::fold_as_of(&events, day(text), None).unwrap();
    assert_eq!(at("2019-05-19"), None);
    let entry = at("2019-05-20").unwrap();
    assert_eq!((entry.kind, entry.notes.len()), (Kind::Birth, 1));
    let known = |ms: i64| RegisterEntry::fold_as_of(&events, None, Some(ms)).unwrap();
    assert_eq!(known(events[0].recorded_at_ms - 1), None);
    assert_eq!(known(events[0].recorded_at_ms).unwrap().notes.len(), 0);
}
