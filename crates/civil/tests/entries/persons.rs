//! What the entries at a person's places say of them together.

use std::collections::BTreeMap;

use civil::act::{MaritalStatus, ParentStanding, PersonRef, PersonRole};
use civil::effect::Mark;
use civil::id::EntryId;
use civil::kind::Kind;
use civil::person::{Death, Life, Other, PersonView, Wedding, pointer, pointer_of};
use civil::value::{Date, PartialDate};
use serde_json::{Value as Json, json};

use crate::acts::{adoption, birth, death, divorce, guardianship, marriage, person, recognition, with};
use crate::world::{AN_HOI, AN_NHON, World};

fn place(entry: EntryId, role: PersonRole) -> PersonRef {
    PersonRef::new(entry, role, 0)
}

fn view(world: &World, places: &[PersonRef]) -> PersonView {
    PersonView::of(places, &world.entries, &BTreeMap::new(), None)
}

fn judgment(matter: &str, entry: EntryId, kind: &str) -> Json {
    let filed = with(divorce(), "/matter", json!(matter));
    with(
        filed,
        "/reached",
        json!([{ "entry": entry.to_string(), "kind": kind }]),
    )
}

#[test]
fn that_somebody_never_married_is_said_only_of_whom_the_ledger_knows_from_birth() {
    let mut world = World::new();
    let born = world.given(AN_NHON, Kind::Birth, &birth());
    let child = view(&world, &[place(born, PersonRole::Child)]);
    assert_eq!(child.marital.status, MaritalStatus::NeverMarried);
    assert_eq!(child.marital.wording, "Chưa đăng ký kết hôn với ai");
    assert_eq!(child.marital.because, [(born, world.entries[&born].opened_by)]);
    let mother = view(&world, &[place(born, PersonRole::Mother)]);
    assert_eq!(mother.marital.status, MaritalStatus::Unknown);
    assert_eq!(
        (mother.marital.wording.as_str(), mother.marital.because.len()),
        ("", 0)
    );
    assert_eq!(mother.children[0].at, place(born, PersonRole::Child));
}

#[test]
fn a_marriage_is_in_force_until_a_divorce_an_annulment_or_a_death() {
    let mut world = World::new();
    let wedding = world.given(AN_NHON, Kind::Marriage, &marriage());
    let (wife, husband) = (
        place(wedding, PersonRole::Wife),
        place(wedding, PersonRole::Husband),
    );
    let married = view(&world, &[wife]).marital;
    assert_eq!(
        (married.status, married.wording.as_str()),
        (
            MaritalStatus::Married,
            "Hiện tại đang có chồng là ông Nguyễn Văn Khỏe (đăng ký kết hôn số 1/2018 ngày 05/11/2018)"
        )
    );
    let died = world.given(AN_HOI, Kind::Death, &death());
    let event = world.entries[&died].opened_by;
    let dead = Death {
        entry: died,
        event,
        on: PartialDate::parse("2026-02-27").ok(),
    };
    let others = BTreeMap::from([(
        husband,
        Other {
            died: Some(dead),
            ..Other::default()
        },
    )]);
    let view = PersonView::of(&[wife], &world.entries, &others, None);
    // The tie is over, and says by what; the marriage entry says nothing of it.
    assert!(!view.spouses[0].in_force);
    let ended = view.spouses[0].ended.unwrap();
    assert_eq!(
        (ended.how.name(), ended.on, ended.event),
        ("death", dead.on, event)
    );
    let widow = view.marital;
    assert_eq!(
        (widow.status, widow.wording.as_str()),
        (
            MaritalStatus::Widowed,
            "Có đăng ký kết hôn nhưng chồng là ông Nguyễn Văn Khỏe đã chết; hiện tại chưa đăng ký kết hôn với ai"
        )
    );
    assert_eq!(widow.because[1], (died, event));
    let noted = world.given_at(wedding, AN_HOI, Kind::DivorceNoted, &divorce());
    let divorced = PersonView::of(&[husband], &world.entries, &others, None).marital;
    assert_eq!(
        (divorced.status, divorced.wording.as_str()),
        (
            MaritalStatus::Divorced,
            "Có đăng ký kết hôn nhưng đã ly hôn theo Bản án/Quyết định số 15/2026/HNGĐ-ST ngày 16/03/2026 của Tòa án nhân dân \
             khu vực 3 – Lâm Đồng; hiện tại chưa đăng ký kết hôn với ai"
        )
    );
    assert_eq!(divorced.because[1], (wedding, noted));
}

#[test]
fn an_annulled_marriage_and_a_second_one_are_told_apart() {
    let mut world = World::new();
    let first = world.given(AN_NHON, Kind::Marriage, &marriage());
    world.given_at(
        first,
        AN_HOI,
        Kind::JudgmentNoted,
        &judgment("marriage_annulled", first, "marriage"),
    );
    let wife = |entry| place(entry, PersonRole::Wife);
    assert_eq!(
        view(&world, &[wife(first)]).marital.status,
        MaritalStatus::Annulled
    );
    let second = world.given(
        AN_HOI,
        Kind::Marriage,
        &with(marriage(), "/registered_on", json!("2026-11-05")),
    );
    let again = view(&world, &[wife(first), wife(second)]);
    assert_eq!(again.marital.status, MaritalStatus::Married);
    assert_eq!(again.marital.because[0].0, second);
    let in_force: Vec<bool> = again.spouses.iter().map(|spouse| spouse.in_force).collect();
    assert_eq!(in_force, [false, true]);
}

#[test]
fn whoever_is_dead_has_no_marriage_in_force() {
    let mut world = World::new();
    let wedding = world.given(AN_NHON, Kind::Marriage, &marriage());
    let died = world.given(AN_HOI, Kind::Death, &death());
    let places = [
        place(wedding, PersonRole::Husband),
        place(died, PersonRole::Deceased),
    ];
    let dead = view(&world, &places);
    assert!(!dead.spouses[0].in_force);
    assert_eq!(dead.spouses[0].ended.map(|ended| ended.how.name()), Some("death"));
    let alive = view(&world, &places[..1]);
    assert!(alive.spouses[0].in_force && alive.spouses[0].ended.is_none());
}

/// A wife who married again after her husband was declared dead, and before the declaration was revoked.
#[test]
fn of_two_marriages_the_later_holds_when_the_declared_dead_comes_back() {
    let mut world = World::new();
    let first = world.given(AN_NHON, Kind::Marriage, &marriage());
    let declared = with(death(), "/proof", json!("court_declaration"));
    let died = world.given(AN_NHON, Kind::Death, &declared);
    let later = with(marriage(), "/registered_on", json!("2026-11-05"));
    let second = world.given(AN_HOI, Kind::Marriage, &later);
    let revoked = judgment("death_declaration_revoked", died, "death");
    world.given_at(died, AN_HOI, Kind::JudgmentNoted, &revoked);
    let wife = |entry| place(entry, PersonRole::Wife);
    let husband = place(first, PersonRole::Husband);
    let known = |came_back| {
        let other = Other {
            came_back,
            ..Other::default()
        };
        let others = BTreeMap::from([(husband, other)]);
        PersonView::of(&[wife(first), wife(second)], &world.entries, &others, None)
    };
    let in_force =
        |view: &PersonView| -> Vec<bool> { view.spouses.iter().map(|spouse| spouse.in_force).collect() };
    let she = known(true);
    assert_eq!(in_force(&she), [false, true]);
    let ended = she.spouses[0].ended.unwrap();
    assert_eq!((ended.how.name(), ended.entry), ("remarriage", second));
    assert_eq!(she.marital.because[0].0, second);
    // Two marriages of somebody whose spouse never came back are both shown: an officer must look.
    assert_eq!(in_force(&known(false)), [true, true]);

    let wedding = |entry, day: &str| Wedding {
        entry,
        event: world.entries[&entry].opened_by,
        on: Date::parse(day).ok(),
    };
    let he = |weddings| {
        let other = Other {
            weddings,
            ..Other::default()
        };
        let others = BTreeMap::from([(wife(first), other)]);
        let places = [husband, place(died, PersonRole::Deceased)];
        PersonView::of(&places, &world.entries, &others, None)
    };
    let left = he(vec![wedding(first, "2018-11-05"), wedding(second, "2026-11-05")]);
    assert_eq!(in_force(&left), [false]);
    assert_eq!(left.marital.status, MaritalStatus::Unknown);
    assert!(left.marital.wording.contains("Điều 67"));
    let married = he(vec![wedding(first, "2018-11-05")]);
    assert_eq!(in_force(&married), [true]);
    assert_eq!(married.marital.status, MaritalStatus::Married);
}

#[test]
fn the_dead_are_locked_until_a_declaration_is_revoked() {
    let mut world = World::new();
    let declared = with(death(), "/proof", json!("court_declaration"));
    let died = world.given(AN_NHON, Kind::Death, &declared);
    let deceased = [place(died, PersonRole::Deceased)];
    let dead = view(&world, &deceased);
    assert!(matches!(dead.life, Life::DeclaredDead { entry, .. } if entry == died));
    assert!(dead.locked());
    world.given_at(
        died,
        AN_HOI,
        Kind::JudgmentNoted,
        &judgment("death_declaration_revoked", died, "death"),
    );
    let back = view(&world, &deceased);
    assert_eq!((back.life, back.locked()), (Life::Alive, false));
    let plain = world.given(AN_NHON, Kind::Death, &death());
    assert!(matches!(
        view(&world, &[place(plain, PersonRole::Deceased)]).life,
        Life::Dead { .. }
    ));
}

#[test]
fn the_missing_and_those_without_capacity_are_so_until_it_is_lifted() {
    let mut world = World::new();
    let born = world.given(AN_NHON, Kind::Birth, &birth());
    let child = [place(born, PersonRole::Child)];
    for (matter, mark) in [
        ("missing_declared", Mark::Missing),
        ("incapacity_declared", Mark::Incapacitated),
    ] {
        world.given_at(
            born,
            AN_HOI,
            Kind::JudgmentNoted,
            &judgment(matter, born, "birth"),
        );
        assert!(view(&world, &child).marks.contains_key(&mark), "{matter}");
    }
    assert!(matches!(view(&world, &child).life, Life::Missing { .. }));
    assert!(!view(&world, &child).locked());
    // What is said of the child is not said of the mother.
    assert_eq!(view(&world, &[place(born, PersonRole::Mother)]).life, Life::Alive);
    world.given_at(
        born,
        AN_HOI,
        Kind::JudgmentNoted,
        &judgment("missing_revoked", born, "birth"),
    );
    assert_eq!(view(&world, &child).life, Life::Alive);
    assert_eq!(view(&world, &child).marks.len(), 1);
}

#[test]
fn parents_are_by_birth_and_by_adoption_and_guardians_as_long_as_they_are() {
    let mut world = World::new();
    let born = world.given(AN_NHON, Kind::Birth, &birth());
    let adopted = json!({
        "book": { "number": 1, "year": 2026 }, "registered_on": "2026-02-02", "entry": "new",
        "child": person("H’Ƀơ̆n Ê̆ban", "female", "2019-05-14"), "father": person("Lê Văn Tám", "male", "1980"),
        "signer": { "name": "K’ Brếp", "title": "Chủ tịch" },
    });
    let adoption = world.given(AN_HOI, Kind::Adoption, &adopted);
    let child = view(
        &world,
        &[place(born, PersonRole::Child), place(adoption, PersonRole::Child)],
    );
    let standings: Vec<_> = child
        .parents
        .iter()
        .map(|parent| (parent.standing, parent.in_force))
        .collect();
    assert_eq!(
        standings,
        [
            (Some(ParentStanding::Birth), true),
            (Some(ParentStanding::Adoptive), true)
        ]
    );
    let tutelage = world.given(AN_NHON, Kind::Guardianship, &guardianship());
    let ward = view(&world, &[place(tutelage, PersonRole::Ward)]);
    assert_eq!((ward.guardians.len(), ward.guardians[0].in_force), (2, true));
    let second = view(&world, &[PersonRef::new(tutelage, PersonRole::Guardian, 1)]);
    assert_eq!(second.names[0].full(), "Rơ Ông Ha Krêng");
    assert_eq!(second.wards[0].at, place(tutelage, PersonRole::Ward));
}

#[test]
fn former_names_stay_known_and_the_name_of_the_birth_entry_comes_first() {
    let mut world = World::new();
    let wedding = world.given(AN_NHON, Kind::Marriage, &marriage());
    let born = world.given(AN_NHON, Kind::Birth, &birth());
    let change = crate::acts::amendment(
        born,
        "birth",
        "/child/name",
        json!("H’Ƀơ̆n Ê̆ban"),
        json!("H’Ƀơ̆n Niê"),
    );
    world.given(AN_HOI, Kind::Change, &change);
    let known = view(
        &world,
        &[place(wedding, PersonRole::Wife), place(born, PersonRole::Child)],
    );
    let names: Vec<&str> = known.names.iter().map(|name| name.full()).collect();
    assert_eq!(names, ["H’Ƀơ̆n Niê", "Đỗ Thị Ỷ", "H’Ƀơ̆n Ê̆ban"]);
}

#[test]
fn the_pointer_of_a_place_is_that_of_the_act() {
    let mut world = World::new();
    for (kind, act) in [
        (Kind::Birth, birth()),
        (Kind::Marriage, marriage()),
        (Kind::Death, death()),
        (Kind::Guardianship, guardianship()),
    ] {
        let entry = world.given(AN_NHON, kind, &act);
        let act = &world.entries[&entry].current;
        for named in act.people() {
            let place = named.of(entry).unwrap();
            assert_eq!(pointer(act, place), Some(pointer_of(place)));
        }
    }
}

/// The parents of a child: the anchor of each, what makes them a parent, and whether they still are.
fn parents(world: &World, places: &[PersonRef]) -> Vec<(Option<PersonRef>, Option<ParentStanding>, bool)> {
    let view = view(world, places);
    let told = view.parents.iter().map(|parent| {
        let anchor = parent.known_as.or((!parent.in_force).then_some(parent.at));
        (anchor, parent.standing, parent.in_force)
    });
    told.collect()
}

#[test]
fn whom_an_adoption_replaced_stays_the_one_from_whom_the_child_descends() {
    use ParentStanding::{Adoptive, Birth, Recognised};
    let anchor = |number: u8| place(EntryId::at(9, [number; 10]), PersonRole::Child);
    let linked = |name: &str, number: u8| json!({ "name": name, "known_as": { "entry": anchor(number).entry.to_string(), "role": "child" } });
    let mut world = World::new();
    let mother = linked("H’Hen Ê̆ban", 1);
    let born = world.given(AN_NHON, Kind::Birth, &with(birth(), "/mother", mother.clone()));
    let reach = |field: &str, from: Json, to: Json| json!([{ "entry": born.to_string(), "kind": "birth", "changes": [{ "field": field, "from": from, "to": to }] }]);
    // A father is recognised; then a man adopts the child in his place.
    let father = linked("Y Ñuê", 2);
    let act = recognition(reach("/father", json!(null), father.clone()));
    let recognised = world.given(
        AN_HOI,
        Kind::ParentChildRecognition,
        &with(act, "/parent", father.clone()),
    );
    let child = [
        place(born, PersonRole::Child),
        place(recognised, PersonRole::Child),
    ];
    let before = [
        (Some(anchor(1)), Some(Birth), true),
        (Some(anchor(2)), Some(Birth), true),
    ];
    assert_eq!(parents(&world, &child), before);
    let adoptive = with(linked("Trần Hậu", 3), "/standing", json!("adoptive"));
    let adopted = adoption(reach("/father", father, adoptive.clone()));
    world.given(AN_HOI, Kind::Adoption, &adopted);
    let (still, adopting) = (before[0], (Some(anchor(3)), Some(Adoptive), true));
    assert_eq!(
        parents(&world, &child),
        [still, adopting, (Some(anchor(2)), Some(Recognised), false)]
    );
    // The mother is left out altogether.
    let left_out = adoption(reach("/mother", mother, json!(null)));
    world.given(AN_HOI, Kind::Adoption, &left_out);
    assert_eq!(
        parents(&world, &child),
        [
            adopting,
            (Some(anchor(1)), Some(Birth), false),
            (Some(anchor(2)), Some(Recognised), false),
        ]
    );
}
