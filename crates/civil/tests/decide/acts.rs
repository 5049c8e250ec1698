//! Acts in JSON, complete and without anything odd, and ways to change them.

use civil::id::{EntryId, EventId};
use serde_json::{Value as Json, json};

/// The same document with something else at a pointer; missing objects on the way are made.
pub fn with(mut document: Json, pointer: &str, value: Json) -> Json {
    let mut place = &mut document;
    for step in pointer.split('/').skip(1) {
        place = match place {
            Json::Array(items) => &mut items[step.parse::<usize>().unwrap()],
            other => {
                if !other.is_object() {
                    *other = json!({});
                }
                other.as_object_mut().unwrap().entry(step).or_insert(Json::Null)
            }
        };
    }
    *place = value;
    document
}

/// The same document without the member at a pointer.
pub fn without(mut document: Json, pointer: &str) -> Json {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    document
        .pointer_mut(parent)
        .unwrap()
        .as_object_mut()
        .unwrap()
        .remove(name);
    document
}

fn place() -> Json {
    json!({ "text": "Xã An Nhơn, huyện Đạ Tẻh, tỉnh Lâm Đồng", "unit": "25129@.." })
}

pub fn person(name: &str, sex: &str, born_on: &str) -> Json {
    json!({
        "name": name, "sex": sex, "born_on": born_on, "birth_place": place(), "residence": place(),
        "ethnicity": "01", "nationality": "VNM",
    })
}

fn framed(day: &str, number: u32) -> Json {
    json!({
        "book": { "number": number, "year": day[..4].parse::<u16>().unwrap() },
        "registered_on": day,
        "received_on": day,
        "signer": { "name": "K’ Brếp", "title": "Chủ tịch" },
    })
}

fn joined(frame: Json, content: Json) -> Json {
    let mut members = frame.as_object().unwrap().clone();
    members.extend(content.as_object().unwrap().clone());
    Json::Object(members)
}

/// A girl born on 2019-05-14, registered six days later.
pub fn birth() -> Json {
    joined(
        framed("2019-05-20", 1),
        json!({
            "entry": "on_time",
            "child": person("H’Ƀơ̆n Ê̆ban", "female", "2019-05-14"),
            "mother": person("H’Hen Ê̆ban", "female", "1990-03-08"),
        }),
    )
}

pub fn marriage() -> Json {
    joined(
        framed("2018-11-05", 1),
        json!({
            "entry": "new",
            "wife": person("Đỗ Thị Ỷ", "female", "1998-06-30"),
            "husband": person("Nguyễn Văn Khỏe", "male", "1996-02-28"),
            "established_on": "2018-11-05",
            "both_present": true,
        }),
    )
}

pub fn death() -> Json {
    joined(
        framed("2020-02-12", 1),
        json!({
            "entry": "on_time",
            "deceased": person("Cil Ha Brông", "male", "1941"),
            "died_on": "2020-02-10",
            "place": place(),
        }),
    )
}

pub fn guardianship() -> Json {
    joined(
        framed("2020-05-11", 1),
        json!({
            "guardians": [person("Cil Ka Thuyên", "female", "1966-01-20"), person("Rơ Ông Ha Krêng", "male", "1964")],
            "wards": [person("Cil Ha Wêl", "male", "2012-10-03")],
            "reason": "Cha mẹ đã chết",
        }),
    )
}

/// An amendment of 2026 that changes one field of one entry.
pub fn amendment(entry: EntryId, kind: &str, field: &str, from: Json, to: Json) -> Json {
    amended(json!([{
        "entry": entry.to_string(),
        "kind": kind,
        "changes": [{ "field": field, "from": from, "to": to }],
    }]))
}

pub fn amended(amended: Json) -> Json {
    joined(
        framed("2026-01-12", 1),
        json!({ "amended": amended, "reason": "Sai sót khi đăng ký" }),
    )
}

pub fn divorce() -> Json {
    json!({
        "noted_on": "2026-04-20",
        "judgment": {
            "number": "15/2026/HNGĐ-ST", "date": "2026-03-16", "authority": "Tòa án nhân dân khu vực 3 – Lâm Đồng",
        },
        "signer": { "name": "Phạm Văn Đạt", "title": "Chủ tịch" },
    })
}

pub fn copy(content_hash: [u8; 32]) -> Json {
    json!({
        "book": { "number": 1, "year": 2026 },
        "issued_on": "2026-05-04",
        "standing": "person",
        "content_hash": hex::encode(content_hash),
        "signer": { "name": "Y Blô Niê", "title": "Chủ tịch" },
    })
}

pub fn entered(noted: EventId) -> Json {
    json!({
        "noted": noted.to_string(),
        "entered_on": "2026-05-05",
        "signer": { "name": "Phạm Văn Đạt", "title": "Chủ tịch" },
    })
}

/// The same act, noted from abroad with all that is asked for then.
pub fn abroad(act: Json) -> Json {
    let foreign = json!({
        "number": "88/2018", "registered_on": "2018-10-01", "authority": "Tòa thị chính Lyon", "country": "FRA",
        "legalisation": "Số 12/HPH ngày 20/10/2018",
    });
    with(
        with(act, "/foreign", foreign),
        "/entry",
        json!("noted_from_abroad"),
    )
}

/// A guardian with all that the new forms ask for.
fn full(name: &str, sex: &str, born_on: &str) -> Json {
    with(
        person(name, sex, born_on),
        "/identity_paper",
        json!({ "kind": "can_cuoc", "number": "068166000011" }),
    )
}

fn declarant() -> Json {
    json!({
        "name": "Cil Ka Thuyên", "relation": "người giám hộ",
        "identity_paper": { "kind": "can_cuoc", "number": "068166000011" },
    })
}

/// An entry that an act reaches without changing it.
pub fn noted(entry: EntryId, kind: &str) -> Json {
    json!({ "entry": entry.to_string(), "kind": kind })
}

/// An entry in which one field changes.
pub fn changed(entry: EntryId, kind: &str, field: &str, from: Json, to: Json) -> Json {
    let changes = json!([{ "field": field, "from": from, "to": to }]);
    json!({ "entry": entry.to_string(), "kind": kind, "changes": changes })
}

pub fn guardianship_end(of: Json) -> Json {
    joined(
        framed("2026-04-20", 1),
        json!({
            "of": of,
            "guardians": [full("Cil Ka Thuyên", "female", "1966-01-20")],
            "wards": [full("Cil Ha Wêl", "male", "2012-10-03")],
            "cause": "parents_able",
            "reason": "Cha mẹ đã trở về",
            "declarant": declarant(),
            "officer": "Ka Dung",
        }),
    )
}

pub fn supervision(of: Json) -> Json {
    joined(
        framed("2026-04-21", 1),
        json!({
            "of": of,
            "supervisors": [full("Rơ Ông Ha Krêng", "male", "1964")],
            "guardians": [full("Cil Ka Thuyên", "female", "1966-01-20")],
            "wards": [full("Cil Ha Wêl", "male", "2012-10-03")],
            "reason": "Theo thỏa thuận của người thân thích",
            "declarant": declarant(),
            "officer": "Ka Dung",
        }),
    )
}

pub fn adoption(reached: Json) -> Json {
    joined(
        framed("2026-04-22", 1),
        json!({
            "entry": "new",
            "child": person("H’Ƀơ̆n Ê̆ban", "female", "2019-05-14"),
            "father": person("Trần Hậu", "male", "1980-05-01"),
            "certificate": judgment_paper(),
            "reached": reached,
            "officer": "Ka Dung",
        }),
    )
}

fn judgment_paper() -> Json {
    json!({ "number": "7/2026/QĐDS-ST", "date": "2026-04-01", "authority": "Tòa án nhân dân khu vực 3 – Lâm Đồng" })
}

pub fn recognition(reached: Json) -> Json {
    joined(
        framed("2026-04-23", 1),
        json!({
            "direction": "father_recognises_child",
            "parent": person("Y Ñuê", "male", "1988-07-09"),
            "child": person("H’Ƀơ̆n Ê̆ban", "female", "2019-05-14"),
            "reached": reached,
        }),
    )
}

pub fn foreign_dissolution(marriage: Json) -> Json {
    joined(
        framed("2026-04-24", 1),
        json!({
            "matter": "divorce",
            "wife": person("Đỗ Thị Ỷ", "female", "1998-06-30"),
            "husband": person("Nguyễn Văn Khỏe", "male", "1996-02-28"),
            "judgment": judgment_paper(),
            "foreign": { "authority": "Tòa án Lyon", "country": "FRA", "legalisation": "Số 12/HPH" },
            "marriage": marriage,
            "officer": "Ka Dung",
        }),
    )
}

/// A judgment of that matter, noted at these entries.
pub fn judgment(matter: &str, reached: Json) -> Json {
    json!({
        "noted_on": "2026-04-20", "matter": matter, "judgment": judgment_paper(), "reached": reached,
        "signer": { "name": "Phạm Văn Đạt", "title": "Chủ tịch" }, "officer": "Ka Dung",
    })
}

pub fn papers_revoked(registration: bool) -> Json {
    json!({
        "noted_on": "2026-04-20", "decision": judgment_paper(), "ground": "false_data",
        "papers": [{ "title": "Giấy khai sinh", "number": "1/2019" }],
        "registration": registration,
        "signer": { "name": "Phạm Văn Đạt", "title": "Chủ tịch" },
    })
}

pub fn personal_number(reached: Json) -> Json {
    json!({
        "noted_on": "2026-04-20", "reached": reached,
        "signer": { "name": "Phạm Văn Đạt", "title": "Chủ tịch" },
    })
}

pub fn confirmation() -> Json {
    joined(
        framed("2026-03-10", 1),
        json!({
            "subject": person("Nguyễn Hoàng Y", "male", "1995-11-30"),
            "status": "Chưa đăng ký kết hôn với ai",
            "marital_status": "never_married",
            "follows_from": [EntryId::at(7, [7; 10]).to_string()],
            "purpose": "Để bổ túc hồ sơ",
            "purpose_kind": "other",
        }),
    )
}
