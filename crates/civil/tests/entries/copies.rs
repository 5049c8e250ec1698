//! What a copy says, line by line. A copy of today must be checkable for ever, so these words never change: new words are a
//! new version of the content.

use civil::content::Content;
use civil::id::EntryId;
use civil::kind::Kind;
use serde_json::{Value as Json, json};

use crate::acts::{
    abroad, adoption, amendment, birth, death, divorce, foreign_dissolution, guardianship, guardianship_end,
    marriage, noted, papers_revoked, with, without,
};
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

#[test]
fn a_copy_of_an_end_of_guardianship_names_all_who_took_part_and_their_papers() {
    let mut world = World::new();
    let of = world.given(AN_NHON, Kind::Guardianship, &guardianship());
    let mut act = guardianship_end(noted(of, "guardianship"));
    act["guardians"] = json!([act["guardians"][0], { "name": "K’ Sim" }, { "name": "K’ Ba" }]);
    let entry = world.given(DA_TEH, Kind::GuardianshipEnd, &act);
    let all = lines(&content(&world, entry));
    for line in [
        "Người giám hộ – (1) – Họ, chữ đệm, tên: CIL KA THUYÊN",
        "Người giám hộ – (1) – Giấy tờ tùy thân – Số: 068166000011",
        "Người giám hộ – (3) – Họ, chữ đệm, tên: K’ BA",
        "Người được giám hộ – (1) – Họ, chữ đệm, tên: CIL HA WÊL",
        "Lý do chấm dứt việc giám hộ: Cha mẹ đã trở về",
    ] {
        assert!(all.contains(&line.to_owned()), "{line}: {all:#?}");
    }
    assert!(
        !all.iter()
            .any(|line| line.starts_with("Người giám hộ – (3) – Giấy tờ"))
    );
}

#[test]
fn a_copy_says_who_adopted_and_how_a_birth_year_was_found() {
    let mother = json!({
        "name": "Lý Thị Sen", "standing": "adoptive", "age_as_written": 28,
        "born_on": { "value": "1990", "as_written": "28 tuổi", "computed": true },
    });
    let all = lines(&copy_of(Kind::Birth, &with(birth(), "/mother", mother)));
    assert!(
        all.contains(&"Mẹ – Họ, chữ đệm, tên: LÝ THỊ SEN (mẹ nuôi)".to_owned()),
        "{all:#?}"
    );
    let found = "Mẹ – Ngày, tháng, năm sinh: Năm sinh tính từ tuổi ghi trong Sổ (28 tuổi)";
    assert!(all.contains(&found.to_owned()), "{all:#?}");
    let computed = json!({ "value": "1990", "as_written": "28 tuổi", "computed": true });
    let before = copy_of(Kind::Birth, &with(birth(), "/mother/born_on", computed));
    assert_eq!(before.lines.len(), copy_of(Kind::Birth, &birth()).lines.len());
}

#[test]
fn a_copy_of_a_registration_that_fell_says_so_first() {
    let mut world = World::new();
    let entry = world.given(AN_NHON, Kind::Birth, &birth());
    world.given_at(entry, DA_TEH, Kind::PapersRevoked, &papers_revoked(false));
    assert!(!lines(&content(&world, entry))[0].contains("bị hủy"));
    world.given_at(entry, DA_TEH, Kind::PapersRevoked, &papers_revoked(true));
    assert!(lines(&content(&world, entry))[0].starts_with("Việc đăng ký này đã bị hủy: "));
}

#[test]
fn a_copy_of_what_was_noted_from_abroad_says_where_it_was_registered() {
    let all = lines(&copy_of(Kind::Marriage, &abroad(marriage())));
    assert!(
        all.contains(
            &"Đăng ký tại nước ngoài – Cơ quan nước ngoài đã đăng ký: Tòa thị chính Lyon".to_owned()
        ),
        "{all:#?}"
    );
    let all = lines(&copy_of(
        Kind::ForeignDissolution,
        &foreign_dissolution(json!(null)),
    ));
    assert!(
        all.iter().any(|line| line
            .ends_with("số 7/2026/QĐDS-ST ngày 01/04/2026 của Tòa án nhân dân khu vực 3 – Lâm Đồng")),
        "{all:#?}"
    );
    let all = lines(&copy_of(Kind::Adoption, &adoption(json!([]))));
    assert!(all.iter().any(|line| line.ends_with(": TRẦN HẬU")), "{all:#?}");
}

/// The notes of a copy of a death whose cause was corrected on that day, and what the entry itself notes.
fn cause_corrected(today: civil::value::Date) -> (Vec<String>, String) {
    let mut world = World::new();
    world.today = today;
    let entry = world.given(AN_NHON, Kind::Death, &with(death(), "/cause", json!("Tuổi già")));
    let act = amendment(entry, "death", "/cause", json!("Tuổi già"), json!("Bệnh tim"));
    world.given(AN_NHON, Kind::Correction, &act);
    let note = world.entries[&entry].notes[0].text(&world.directory);
    (content(&world, entry).notes, note)
}

#[test]
fn a_copy_tells_no_cause_of_death_and_the_entry_does() {
    let (copy, entry) = cause_corrected(civil::value::Date::new(2026, 11, 22).unwrap());
    assert!(entry.contains("từ “Tuổi già” thành “Bệnh tim”"), "{entry}");
    assert!(
        copy[0].starts_with("Cải chính hộ tịch: Nguyên nhân chết; theo Trích lục số 1/2026/TLCCHT"),
        "{copy:?}"
    );
    let (copy, entry) = cause_corrected(civil::value::Date::new(2026, 11, 21).unwrap());
    assert_eq!(copy, [entry], "a copy of before comes out the same");
}

#[test]
fn a_copy_of_a_child_without_known_parents_says_so_in_the_words_of_the_decree() {
    let notes = |entry: &str, day: &str| {
        let act = with(without(birth(), "/mother"), "/entry", json!(entry));
        copy_of(Kind::Birth, &with(act, "/registered_on", json!(day))).notes
    };
    assert_eq!(notes("foundling", "2026-11-22"), ["Trẻ bị bỏ rơi"]);
    assert_eq!(
        notes("parents_unknown", "2026-11-22"),
        ["Trẻ chưa xác định được cha, mẹ"]
    );
    assert_eq!(notes("on_time", "2026-11-22"), [""; 0]);
    assert_eq!(
        notes("foundling", "2026-11-21"),
        [""; 0],
        "a copy of before comes out the same"
    );
}

#[test]
fn a_copy_computes_the_birth_year_from_the_age_that_the_book_gives() {
    let mother = json!({ "name": "Lý Thị Sen", "age_as_written": 25 });
    let act = with(birth(), "/mother", mother);
    let act = with(
        with(act, "/registered_on", json!("1975-09-09")),
        "/book/year",
        json!(1975),
    );
    let born = |act: &Json| {
        let lines = lines(&copy_of(Kind::Birth, act)).into_iter();
        lines
            .filter(|line| line.starts_with("Mẹ – Ngày, tháng, năm sinh"))
            .collect::<Vec<_>>()
    };
    let explained = "Mẹ – Ngày, tháng, năm sinh: Năm sinh tính từ tuổi ghi trong Sổ (25 tuổi)";
    assert_eq!(born(&act), ["Mẹ – Ngày, tháng, năm sinh: 1950", explained]);
    let of_the_book = with(
        without(act, "/registered_on"),
        "/source",
        json!({ "system": "book" }),
    );
    assert_eq!(
        born(&of_the_book),
        ["Mẹ – Ngày, tháng, năm sinh: 1950", explained]
    );
}
