//! Marginal notes, word by word as they stand in the book and on copies.

use civil::id::EntryId;
use civil::kind::Kind;
use serde_json::{Value as Json, json};

use crate::acts::{amended, amendment, birth, divorce, marriage, with, without};
use crate::world::{AN_HOI, AN_NHON, DA_TEH, World};

fn last_note(world: &World, entry: EntryId) -> String {
    world.entries[&entry].notes.last().unwrap().text(&world.directory)
}

/// The note that an amendment of one field of a birth leaves.
fn note(kind: Kind, of: Json, field: &str, from: Json, to: Json) -> String {
    let mut world = World::new();
    let entry = world.given(AN_NHON, Kind::Birth, &of);
    world.given(AN_HOI, kind, &amendment(entry, "birth", field, from, to));
    last_note(&world, entry)
}

#[test]
fn a_correction_says_from_what_to_what_by_which_extract_of_whom() {
    let note = note(
        Kind::Correction,
        birth(),
        "/child/born_on",
        json!("2019-05-14"),
        json!("2019-05-04"),
    );
    assert_eq!(
        note,
        "Cải chính hộ tịch: Người được khai sinh – Ngày, tháng, năm sinh từ “14/05/2019” thành “04/05/2019”; theo Trích lục số \
         1/2026/TLCCHT ngày 12/01/2026 của UBND phường An Hội; người ký: K’ Brếp, Chủ tịch."
    );
}

#[test]
fn a_supplement_says_what_was_added_and_not_why_it_was_missing() {
    let note = note(
        Kind::Supplement,
        with(birth(), "/child/sex", json!({ "missing": "unreadable" })),
        "/child/sex",
        json!({ "missing": "unreadable" }),
        json!("female"),
    );
    assert_eq!(
        note,
        "Bổ sung thông tin hộ tịch: Người được khai sinh – Giới tính: “Nữ”; theo Trích lục số 1/2026/TLBSHT ngày 12/01/2026 \
         của UBND phường An Hội; người ký: K’ Brếp, Chủ tịch."
    );
}

#[test]
fn a_whole_record_is_named_by_name_birth_and_residence() {
    let father = json!({
        "name": "Y Ñuê Buôn Krông", "born_on": "1988-07-09",
        "residence": { "text": "Xã Ea H'leo", "facility": "Trạm xá" },
    });
    let note = note(Kind::Change, birth(), "/father", json!(null), father);
    assert_eq!(
        note,
        "Thay đổi hộ tịch: Cha: “Y Ñuê Buôn Krông, 09/07/1988, Trạm xá, Xã Ea H'leo”; theo Trích lục số 1/2026/TLTĐHT ngày \
         12/01/2026 của UBND phường An Hội; người ký: K’ Brếp, Chủ tịch."
    );
}

#[test]
fn ethnicity_is_written_by_the_name_of_its_list() {
    let note = note(
        Kind::EthnicityRedetermination,
        birth(),
        "/child/ethnicity",
        json!("01"),
        json!("12"),
    );
    assert_eq!(
        note,
        "Xác định lại dân tộc: Người được khai sinh – Dân tộc từ “Kinh” thành “Ê-đê”; theo Trích lục số 1/2026/TLXĐLDT ngày \
         12/01/2026 của UBND phường An Hội; người ký: K’ Brếp, Chủ tịch."
    );
}

#[test]
fn what_is_taken_away_is_struck_out_by_name() {
    let mother = birth()["mother"].clone();
    let note = note(Kind::Change, birth(), "/mother", mother, json!(null));
    assert!(note.starts_with("Thay đổi hộ tịch: Mẹ: bỏ “H’Hen Ê̆ban, 08/03/1990, Xã An Nhơn, huyện Đạ Tẻh, tỉnh Lâm Đồng”; theo "), "{note}");
}

#[test]
fn several_changes_stand_in_one_note_in_the_order_of_the_act() {
    let mut world = World::new();
    let entry = world.given(AN_NHON, Kind::Birth, &birth());
    let act = amended(json!([{ "entry": entry.to_string(), "kind": "birth", "changes": [
        { "field": "/mother/name", "from": "H’Hen Ê̆ban", "to": "H’Hen Niê" },
        { "field": "/child/nationality", "from": "VNM", "to": "FRA" },
    ] }]));
    world.given(AN_HOI, Kind::Correction, &without_signer(act));
    assert_eq!(
        last_note(&world, entry),
        "Cải chính hộ tịch: Mẹ – Họ, chữ đệm, tên từ “H’Hen Ê̆ban” thành “H’Hen Niê”; Người được khai sinh – Quốc tịch từ “Việt \
         Nam” thành “Cộng hòa Pháp”; theo Trích lục số 1/2026/TLCCHT ngày 12/01/2026 của UBND phường An Hội."
    );
}

fn without_signer(act: Json) -> Json {
    with(
        without(act, "/signer"),
        "/signer",
        json!({ "missing": "not_in_book" }),
    )
}

#[test]
fn a_divorce_says_judgment_court_and_where_it_was_noted() {
    let mut world = World::new();
    let entry = world.given(AN_NHON, Kind::Marriage, &marriage());
    world.given_at(entry, DA_TEH, Kind::DivorceNoted, &divorce());
    assert_eq!(
        last_note(&world, entry),
        "Đã ly hôn theo Bản án/Quyết định số 15/2026/HNGĐ-ST ngày 16/03/2026 của Tòa án nhân dân khu vực 3 – Lâm Đồng; ghi chú \
         ngày 20/04/2026 tại UBND xã Đạ Tẻh; người ký: Phạm Văn Đạt, Chủ tịch."
    );
}

#[test]
fn a_person_in_a_list_is_counted_from_one() {
    let mut world = World::new();
    let entry = world.given(AN_NHON, Kind::Guardianship, &crate::acts::guardianship());
    let act = amendment(
        entry,
        "guardianship",
        "/wards/0/born_on",
        json!("2012-10-03"),
        json!("2012-10"),
    );
    world.given(AN_HOI, Kind::Correction, &act);
    assert!(last_note(&world, entry).starts_with(
        "Cải chính hộ tịch: Người được giám hộ – (1) – Ngày, tháng, năm sinh từ “03/10/2012” thành “10/2012”; "
    ));
}

#[test]
fn what_is_made_of_parts_is_written_in_words() {
    let paper = json!({ "kind": "can_cuoc", "number": "068190001234", "issued_on": "2024-07-02" });
    let note = note(
        Kind::Supplement,
        birth(),
        "/mother/identity_paper",
        json!(null),
        paper,
    );
    assert!(
        note.starts_with(
            "Bổ sung thông tin hộ tịch: Mẹ – Giấy tờ tùy thân: “Loại giấy tờ: Thẻ căn cước, Số: 068190001234, Ngày cấp: \
             02/07/2024”; theo "
        ),
        "{note}"
    );
}

#[test]
fn yes_and_no_are_words() {
    let mut world = World::new();
    let entry = world.given(AN_NHON, Kind::Marriage, &marriage());
    let act = amendment(entry, "marriage", "/wife_first", json!(null), json!(true));
    world.given(AN_HOI, Kind::Supplement, &act);
    assert!(
        last_note(&world, entry).contains(": “có”; "),
        "{}",
        last_note(&world, entry)
    );
}

#[test]
fn notes_of_the_first_release_stay_as_they_were() {
    let mut world = World::new();
    world.today = civil::value::Date::new(2026, 11, 21).unwrap();
    let entry = world.given(AN_NHON, Kind::Marriage, &marriage());
    let act = amendment(entry, "marriage", "/wife_first", json!(null), json!(true));
    world.given(AN_HOI, Kind::Supplement, &act);
    assert!(last_note(&world, entry).contains(": “true”; "));
}

#[test]
fn a_divorce_says_whether_it_was_a_judgment_or_a_decision_where_the_act_does() {
    let mut world = World::new();
    let entry = world.given(AN_NHON, Kind::Marriage, &marriage());
    let act = with(divorce(), "/judgment/form", json!("decision"));
    world.given_at(entry, DA_TEH, Kind::DivorceNoted, &act);
    assert!(
        last_note(&world, entry)
            .starts_with("Đã ly hôn theo Quyết định số 15/2026/HNGĐ-ST ngày 16/03/2026 của ")
    );
}
