//! What a copy says, line by line. A copy of today must be checkable for ever, so these words never change: new words are a
//! new version of the content.

use civil::content::Content;
use civil::id::EntryId;
use civil::kind::Kind;
use serde_json::{Value as Json, json};

use crate::acts::{amendment, birth, death, divorce, guardianship, marriage, with, without};
use crate::world::{AN_HOI, AN_NHON, DA_TEH, World};

fn content(world: &World, entry: EntryId) -> Content {
    Content::of(&world.entries[&entry], &world.directory)
}

fn copy_of(kind: Kind, act: &Json) -> Content {
    let mut world = World::new();
    let entry = world.given(AN_NHON, kind, act);
    content(&world, entry)
}

fn lines(content: &Content) -> Vec<String> {
    content
        .lines
        .iter()
        .map(|line| format!("{}: {}", line.label, line.value))
        .collect()
}

#[test]
fn a_copy_of_a_birth_names_child_and_mother_in_capitals_and_leaves_blank_what_is_missing() {
    let act = without(birth(), "/mother/ethnicity");
    let act = with(
        act,
        "/child/sex",
        json!({ "missing": "unreadable", "as_written": "N…" }),
    );
    let content = copy_of(Kind::Birth, &act);
    assert_eq!(
        lines(&content),
        [
            "Người được khai sinh – Họ, chữ đệm, tên: H’ɃƠ̆N Ê̆BAN",
            "Người được khai sinh – Ngày, tháng, năm sinh: 14/05/2019",
            "Người được khai sinh – Giới tính: ",
            "Người được khai sinh – Dân tộc: Kinh",
            "Người được khai sinh – Quốc tịch: Việt Nam",
            "Người được khai sinh – Nơi sinh: Xã An Nhơn, huyện Đạ Tẻh, tỉnh Lâm Đồng",
            "Người được khai sinh – Quê quán: ",
            "Người được khai sinh – Số định danh cá nhân: ",
            "Mẹ – Họ, chữ đệm, tên: H’HEN Ê̆BAN",
            "Mẹ – Ngày, tháng, năm sinh: 08/03/1990",
            "Mẹ – Dân tộc: ",
            "Mẹ – Quốc tịch: Việt Nam",
            "Mẹ – Nơi cư trú: Xã An Nhơn, huyện Đạ Tẻh, tỉnh Lâm Đồng",
            "Cha – Họ, chữ đệm, tên: ",
            "Cha – Ngày, tháng, năm sinh: ",
            "Cha – Dân tộc: ",
            "Cha – Quốc tịch: ",
            "Cha – Nơi cư trú: ",
        ]
    );
    assert_eq!(content.title, "Đăng ký khai sinh");
    assert_eq!(content.registered.label, "Đăng ký khai sinh tại");
    assert_eq!(
        content.registered.value,
        "UBND xã An Nhơn, Số 1/2019, ngày 20/05/2019"
    );
    assert!(content.notes.is_empty());
}

#[test]
fn a_copy_after_a_correction_shows_the_new_value_and_its_note() {
    let mut world = World::new();
    let entry = world.given(AN_NHON, Kind::Birth, &birth());
    let before = content(&world, entry);
    let act = amendment(
        entry,
        "birth",
        "/child/name",
        json!("H’Ƀơ̆n Ê̆ban"),
        json!("H’Ƀơ̆n Niê"),
    );
    world.given(AN_HOI, Kind::Correction, &act);
    let after = content(&world, entry);
    assert_eq!(after.lines[0].value, "H’ɃƠ̆N NIÊ");
    assert_eq!(after.notes.len(), 1);
    assert_eq!(after.registered, before.registered);
    assert_ne!(after.hash(), before.hash());
}

#[test]
fn a_copy_of_a_marriage_after_the_divorce_says_so() {
    let mut world = World::new();
    let entry = world.given(AN_NHON, Kind::Marriage, &marriage());
    world.given_at(entry, DA_TEH, Kind::DivorceNoted, &divorce());
    let content = content(&world, entry);
    assert!(
        content.notes[0].starts_with("Đã ly hôn theo Bản án/Quyết định số 15/2026/HNGĐ-ST ngày 16/03/2026")
    );
    assert_eq!(content.lines.last().unwrap().value, "05/11/2018");
}

#[test]
fn a_copy_of_a_death_gives_hour_day_and_place_and_never_the_cause() {
    let act = with(
        with(death(), "/died_at", json!("23:05")),
        "/cause",
        json!("Bệnh tim"),
    );
    let all = lines(&copy_of(Kind::Death, &act));
    assert!(all.contains(&"Giờ chết: 23 giờ 05 phút".to_owned()), "{all:?}");
    assert!(all.contains(&"Ngày chết: 10/02/2020".to_owned()));
    assert!(all.iter().all(|line| !line.contains("Bệnh tim")));
}

#[test]
fn a_text_in_brackets_is_no_reason_for_a_blank() {
    let act = with(guardianship(), "/reason", json!("(theo di chúc)"));
    let all = lines(&copy_of(Kind::Guardianship, &act));
    assert!(
        all.contains(&"Lý do giám hộ: (theo di chúc)".to_owned()),
        "{all:?}"
    );
    assert!(all.iter().any(|line| line.contains("RƠ ÔNG HA KRÊNG")));
}

#[test]
fn the_bytes_of_a_content_are_deterministic_and_tell_lines_from_notes() {
    let content = copy_of(Kind::Birth, &birth());
    assert_eq!(content.encode(), copy_of(Kind::Birth, &birth()).encode());
    assert!(civil::cbor::decode(&content.encode()).is_ok());
    let mut moved = content.clone();
    let line = moved.lines.pop().unwrap();
    moved.notes.push(line.value);
    assert_ne!(moved.hash(), content.hash());
}
