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
