//! The table of effects, row by row: what the entry says afterwards, what became of it, its note, and what a later copy shows.

use civil::content::Content;
use civil::effect::{EFFECTS, StateChange};
use civil::id::EntryId;
use civil::kind::Kind;
use serde_json::{Value as Json, json};

use crate::acts::{birth, death, divorce, guardianship, marriage, person, with};
use crate::world::{AN_HOI, AN_NHON, World};

/// One act at one entry.
struct Row {
    act: Kind,
    filed: Json,
    at: Kind,
    entry: Json,
    /// Changed there: pointer and what it becomes.
    changes: &'static [(&'static str, &'static str)],
    /// How the note begins.
    says: &'static str,
    state: Option<&'static str>,
}

fn signed(content: Json) -> Json {
    let mut framed = json!({
        "book": { "number": 7, "year": 2026 }, "registered_on": "2026-02-02", "received_on": "2026-02-02",
        "signer": { "name": "K’ Brếp", "title": "Chủ tịch" },
    });
    framed
        .as_object_mut()
        .unwrap()
        .extend(content.as_object().unwrap().clone());
    framed
}

fn court() -> Json {
    json!({ "number": "15/2026/QĐST", "date": "2026-01-16", "authority": "Tòa án nhân dân khu vực 3", "form": "decision" })
}

fn judgment(matter: &str) -> Json {
    with(with(divorce(), "/matter", json!(matter)), "/judgment", court())
}

fn recognition(direction: &str) -> Json {
    signed(json!({
        "direction": direction,
        "parent": person("Y Blô Niê", "male", "1988-01-20"),
        "child": person("H’Ƀơ̆n Ê̆ban", "female", "2019-05-14"),
    }))
}

fn adoption() -> Json {
    signed(json!({
        "entry": "new", "child": person("H’Ƀơ̆n Ê̆ban", "female", "2019-05-14"),
        "father": person("Lê Văn Tám", "male", "1980"), "mother": person("Hồ Thị Chín", "female", "1982"),
        "certificate": { "number": "03/2026", "date": "2026-02-02", "authority": "UBND phường An Hội" },
    }))
}

fn dissolution(matter: &str) -> Json {
    signed(json!({
        "matter": matter, "judgment": with(court(), "/authority", json!("Tòa án Lyon")),
        "wife": person("Đỗ Thị Ỷ", "female", "1998-06-30"), "husband": person("Nguyễn Văn Khỏe", "male", "1996-02-28"),
        "foreign": { "authority": "Tòa án Lyon", "country": "FRA" },
    }))
}

fn of_wards(content: Json) -> Json {
    let people = json!({
        "guardians": [person("Cil Ka Thuyên", "female", "1966-01-20")], "wards": [person("Cil Ha Wêl", "male", "2012-10-03")],
    });
    let mut filed = signed(people);
    filed
        .as_object_mut()
        .unwrap()
        .extend(content.as_object().unwrap().clone());
    filed
}

fn row(act: Kind, filed: Json, at: Kind, says: &'static str, state: Option<&'static str>) -> Row {
    let entry = match at {
        Kind::Marriage => marriage(),
        Kind::Death => death(),
        Kind::Guardianship => guardianship(),
        Kind::Adoption => adoption(),
        Kind::GuardianshipSupervision => {
            of_wards(json!({ "supervisors": [person("Cil Múp", "male", "1960")] }))
        }
        _ => birth(),
    };
    Row {
        act,
        filed,
        at,
        entry,
        changes: &[],
        says,
        state,
    }
}

impl Row {
    fn changing(self, changes: &'static [(&'static str, &'static str)]) -> Self {
        Self { changes, ..self }
    }
}

fn rows() -> Vec<Row> {
    use Kind as K;
    let decided = |matter, at, says, state| row(K::JudgmentNoted, judgment(matter), at, says, state);
    let revoked = |registration: bool| {
        json!({
            "noted_on": "2026-04-20", "decision": court(), "ground": "false_data", "registration": registration,
            "papers": [{ "title": "Giấy khai sinh", "number": "1/2019" }], "signer": { "name": "K’ Brếp", "title": "Chủ tịch" },
        })
    };
    let number = json!({ "noted_on": "2026-04-20", "signer": { "name": "K’ Brếp", "title": "Chủ tịch" } });
    vec![
        row(K::ParentChildRecognition, recognition("father_recognises_child"), K::Birth,
            "Nhận cha, mẹ, con: Cha nhận con, Y Blô Niê: Cha: “Y Blô Niê”; theo Trích lục số 7/2026/TLCMC ngày 02/02/2026", None)
            .changing(&[("/father", "Y Blô Niê")]),
        row(K::ParentChildRecognition, recognition("mother_recognises_child"), K::Birth, "Nhận cha, mẹ, con: Mẹ nhận con, Y Blô Niê; theo", None),
        row(K::ParentChildRecognition, recognition("child_recognises_father"), K::Birth, "Nhận cha, mẹ, con: Con nhận cha, Y Blô Niê", None)
            .changing(&[("/father", "Y Blô Niê"), ("/child/name", "Y Ƀơ̆n Niê")]),
        row(K::ParentChildRecognition, recognition("child_recognises_mother"), K::Birth, "Nhận cha, mẹ, con: Con nhận mẹ, Y Blô Niê", None),
        row(K::Adoption, adoption(), K::Birth,
            "Được ông Lê Văn Tám và bà Hồ Thị Chín nhận làm con nuôi theo Giấy chứng nhận nuôi con nuôi số 03/2026 ngày 02/02/2026 của \
             UBND phường An Hội: Cha: “Lê Văn Tám”", Some("adopted")).changing(&[("/father", "Lê Văn Tám")]),
        decided("parent_determined", K::Birth, "Xác định cha, mẹ, con theo Quyết định số 15/2026/QĐST", None).changing(&[("/father", "Y Blô Niê")]),
        decided("parent_excluded", K::Birth, "Xác định không phải là cha, mẹ, con theo Quyết định", None),
        decided("sex_redetermined", K::Birth, "Xác định lại giới tính theo Quyết định số 15/2026/QĐST ngày 16/01/2026 của Tòa án nhân dân khu vực 3: \
                Người được khai sinh – Giới tính từ “Nữ” thành “Nam”", None).changing(&[("/child/sex", "male")]),
        decided("adoption_ended", K::Adoption, "Chấm dứt việc nuôi con nuôi theo Quyết định", Some("ended")),
        decided("adoption_ended", K::Birth, "Chấm dứt việc nuôi con nuôi theo Quyết định", Some("adoption_ended")),
        decided("nationality_acquired", K::Birth, "Nhập quốc tịch Việt Nam theo", None).changing(&[("/child/nationality", "FRA")]),
        decided("nationality_restored", K::Birth, "Trở lại quốc tịch Việt Nam theo", None),
        decided("nationality_renounced", K::Birth, "Thôi quốc tịch Việt Nam theo", None),
        decided("nationality_deprived", K::Birth, "Tước quốc tịch Việt Nam theo", None),
        decided("nationality_decision_annulled", K::Birth, "Hủy bỏ quyết định cho nhập quốc tịch Việt Nam theo", None),
        decided("marriage_annulled", K::Marriage, "Hủy việc kết hôn trái pháp luật theo Quyết định", Some("annulled")),
        decided("marriage_recognised", K::Marriage, "Công nhận việc kết hôn theo Quyết định", Some("recognised"))
            .changing(&[("/established_on", "2018-11-01")]),
        decided("missing_declared", K::Birth, "Tuyên bố mất tích theo", Some("missing")),
        decided("missing_revoked", K::Birth, "Hủy tuyên bố mất tích theo", Some("missing_lifted")),
        decided("death_declaration_revoked", K::Death, "Hủy tuyên bố chết theo", Some("declaration_revoked")),
        decided("death_declaration_revoked", K::Birth, "Hủy tuyên bố chết theo", None),
        decided("incapacity_declared", K::Birth, "Tuyên bố mất năng lực hành vi dân sự theo", Some("incapacitated")),
        decided("incapacity_revoked", K::Birth, "Hủy tuyên bố mất năng lực hành vi dân sự theo", Some("incapacity_lifted")),
        decided("limited_capacity_declared", K::Birth, "Tuyên bố hạn chế năng lực hành vi dân sự theo", Some("limited_capacity")),
        decided("limited_capacity_revoked", K::Birth, "Hủy tuyên bố hạn chế năng lực", Some("limited_capacity_lifted")),
        decided("impaired_cognition_declared", K::Birth, "Tuyên bố có khó khăn trong nhận thức", Some("impaired_cognition")),
        decided("impaired_cognition_revoked", K::Birth, "Hủy tuyên bố có khó khăn trong nhận thức", Some("impaired_cognition_lifted")),
        row(K::DivorceNoted, divorce(), K::Marriage,
            "Đã ly hôn theo Bản án/Quyết định số 15/2026/HNGĐ-ST ngày 16/03/2026 của Tòa án nhân dân khu vực 3 – Lâm Đồng; ghi chú", Some("divorced")),
        row(K::ForeignDissolution, dissolution("divorce"), K::Marriage,
            "Đã ly hôn theo Quyết định số 15/2026/QĐST ngày 16/01/2026 của Tòa án Lyon; ghi vào Sổ số 7/2026 ngày 02/02/2026", Some("divorced")),
        row(K::ForeignDissolution, dissolution("annulment"), K::Marriage, "Đã hủy việc kết hôn theo Quyết định", Some("annulled")),
        row(K::GuardianshipEnd, of_wards(json!({ "cause": "ward_of_age" })), K::Guardianship,
            "Đã đăng ký chấm dứt giám hộ, số 7/2026 ngày 02/02/2026; ghi chú ngày", Some("ended")),
        row(K::GuardianshipEnd, of_wards(json!({ "cause": "ward_of_age" })), K::GuardianshipSupervision, "Đã đăng ký chấm dứt giám hộ, số 7/2026", Some("ended")),
        row(K::GuardianshipSupervision, of_wards(json!({ "supervisors": [person("Cil Múp", "male", "1960")] })), K::Guardianship,
            "Đã đăng ký giám sát việc giám hộ, số 7/2026", None),
        row(K::PersonalNumberAssigned, number, K::Birth, "Ghi số định danh cá nhân: Người được khai sinh – Số định danh cá nhân: “064319000123”", None)
            .changing(&[("/child/personal_number", "064319000123")]),
        row(K::PapersRevoked, revoked(false), K::Birth, "Thu hồi, hủy bỏ Giấy khai sinh số 1/2019 theo Quyết định số 15/2026/QĐST", None),
        row(K::PapersRevoked, revoked(true), K::Birth, "Thu hồi, hủy bỏ Giấy khai sinh số 1/2019, hủy việc đăng ký theo Quyết định", Some("revoked")),
    ]
}

/// The act with the entry among those that it reaches, where its form has a place for that.
fn reaching(row: &Row, entry: EntryId, current: &Json) -> Json {
    let changes = row.changes.iter().map(|(field, to)| {
        let to = if ["/father", "/mother"].contains(field) {
            json!({ "name": to })
        } else {
            json!(to)
        };
        json!({ "field": field, "from": current.pointer(field), "to": to })
    });
    let changes: Vec<Json> = changes.collect();
    let reached = json!({ "entry": entry.to_string(), "kind": row.at.name(), "changes": changes });
    match row.act {
        Kind::DivorceNoted | Kind::PapersRevoked => row.filed.clone(),
        Kind::GuardianshipEnd | Kind::GuardianshipSupervision => with(row.filed.clone(), "/of", reached),
        Kind::ForeignDissolution => with(row.filed.clone(), "/marriage", reached),
        _ => with(row.filed.clone(), "/reached", json!([reached])),
    }
}

#[test]
fn every_row_changes_its_entry_at_once_leaves_its_note_and_shows_on_a_later_copy() {
    for row in rows() {
        let mut world = World::new();
        let entry = world.given(AN_NHON, row.at, &row.entry);
        let filed = reaching(&row, entry, &world.entries[&entry].current.to_json());
        let event = if row.act.opens_entry() {
            let opened = world.given(AN_HOI, row.act, &filed);
            world.entries[&opened].opened_by
        } else {
            world.given_at(entry, AN_HOI, row.act, &filed)
        };
        let found = &world.entries[&entry];
        let what = format!("{:?} at {:?}: {}", row.act, row.at, row.says);
        let note = found.notes.last().expect(&what);
        let text = note.text(&world.directory);
        assert!(text.starts_with(row.says), "{what}\n{text}");
        assert_eq!(note.event, event, "{what}");
        assert_eq!(note.state().map(|(state, _)| state.name()), row.state, "{what}");
        let current = found.current.to_json();
        for (field, to) in row.changes {
            let stands = current.pointer(field).unwrap();
            assert!(
                stands == &json!(to) || stands["name"] == json!(to),
                "{what}: {field} is {stands}"
            );
        }
        let before = crate::world::act(row.at, &row.entry);
        assert_eq!(found.original, before, "{what}");
        let copy = Content::of(found, &world.directory);
        assert!(copy.notes.contains(&text), "{what}: {:?}", copy.notes);
    }
}

#[test]
fn every_row_of_the_table_is_tried() {
    let tried = rows();
    for effect in EFFECTS
        .iter()
        .filter(|effect| effect.act.group() != civil::kind::Group::Amendment)
    {
        let found = tried.iter().any(|row| {
            let at = effect.at.is_empty() || effect.at.contains(&row.at);
            row.act == effect.act && at && row.state == effect.state.map(StateChange::name)
        });
        assert!(found, "{:?} {:?} {:?}", effect.act, effect.matters, effect.at);
    }
}

#[test]
fn a_notice_cites_the_article_of_its_own_act() {
    use civil::notice::NoticeReason as Reason;
    for (reason, act, article) in [
        (
            Reason::Residence,
            Kind::Birth,
            "Luật Hộ tịch 60/2014/QH13, Điều 5(4)",
        ),
        (
            Reason::ForeignMinistry,
            Kind::Death,
            "Luật Hộ tịch 60/2014/QH13, Điều 52(3)",
        ),
        (
            Reason::Mission,
            Kind::Correction,
            "Luật Hộ tịch 60/2014/QH13, Điều 55, 56",
        ),
        (
            Reason::WriteNote,
            Kind::Correction,
            "Luật Hộ tịch 60/2014/QH13, Điều 28(3), 47; ",
        ),
        (
            Reason::WriteNote,
            Kind::JudgmentNoted,
            "Luật Hộ tịch 60/2014/QH13, Điều 30, 31; ",
        ),
        (
            Reason::WriteNote,
            Kind::DivorceNoted,
            "Luật Hộ tịch 60/2014/QH13, Điều 30, 31; ",
        ),
        (
            Reason::WriteNote,
            Kind::Adoption,
            "Thông tư 04/2020/TT-BTP, Điều 19; ",
        ),
        (
            Reason::WriteNote,
            Kind::PapersRevoked,
            "Luật Hộ tịch 60/2014/QH13, Điều 12(2); ",
        ),
    ] {
        assert!(reason.article(act).starts_with(article), "{reason:?} {act:?}");
    }
}
