//! People, papers and files as the acts of the story name them.

use serde_json::{Value as Json, json};

use super::and;

pub fn signer() -> Json {
    json!({ "name": "Phạm Văn Đạt", "title": "Phó Chủ tịch" })
}

pub fn place() -> Json {
    json!({ "text": "Xã Đạ Tẻh, tỉnh Lâm Đồng", "unit": "25126@2025-07-01" })
}

pub fn paper(number: &str) -> Json {
    json!({ "kind": "can_cuoc", "number": number, "issued_on": "2024-08-12", "issued_by": "Bộ Công an" })
}

/// A person with all that the newer forms ask for.
pub fn person(name: &str, sex: &str, born_on: &str) -> Json {
    json!({
        "name": name, "sex": sex, "born_on": born_on, "ethnicity": "01", "nationality": "VNM",
        "residence": place(), "identity_paper": paper("068088000011"),
    })
}

/// A person who was found at a place of the ledger.
pub fn known(person: Json, entry: &str, role: &str) -> Json {
    and(person, json!({ "known_as": { "entry": entry, "role": role } }))
}

/// A foreigner.
pub fn foreigner(name: &str, script: &str, sex: &str, born_on: &str) -> Json {
    let passport =
        json!({ "kind": "passport", "number": "M12345678", "issued_on": "2021", "issued_by": "MOFA" });
    json!({
        "name": name, "original_script": script, "sex": sex, "born_on": born_on, "nationality": "KOR",
        "residence": { "text": "Seoul" }, "identity_paper": passport,
    })
}

pub fn declarant(name: &str, relation: &str) -> Json {
    json!({ "name": name, "relation": relation, "identity_paper": paper("068190000012") })
}

/// A judgment with every part.
pub fn judgment() -> Json {
    json!({
        "number": "21/2026/QĐDS-ST", "date": "2026-06-15", "authority": "Tòa án nhân dân khu vực 3 – Lâm Đồng",
        "effective_on": "2026-07-01", "signer": "Võ Thị Hạnh", "notice_received_on": "2026-07-03", "form": "decision",
    })
}

/// What a foreign authority registered, with every part.
pub fn foreign() -> Json {
    json!({
        "number": "2026-00417", "registered_on": "2026-05", "authority": "Ủy ban quận Jongno, Seoul",
        "country": "KOR", "legalisation": "Số 0311/HPH ngày 12/06/2026",
    })
}

/// An earlier registration, with every part but its entry.
pub fn earlier() -> Json {
    json!({
        "number": "45", "volume": "01/1991", "registered_on": "1991-03", "office": "Ủy ban nhân dân xã An Nhơn",
        "original_lost": "Sổ cháy năm 1993; Sở Tư pháp không lưu Sổ kép",
    })
}

/// How a file was handled, with every part.
pub fn handling() -> Json {
    json!({
        "dossier": "000.00.25126-260703-0001",
        "channel": "online",
        "received_at": "15:30",
        "verified": { "asked_on": "2026-06-01", "of": "Công an xã Đạ Tẻh", "answered_on": "2026-06-20", "undertaking": true },
        "fee": 8000,
        "waiver": "poor",
        "proxy": declarant("Lê Văn Ẩn", "anh"),
        "marital_status_checked": "Không tìm thấy đăng ký kết hôn",
        "posted_from": "2026-06-20",
        "posted_until": "2026-06-30",
        "looked_up_on": "2026-07-01",
        "via_office": 103,
    })
}

/// Where an entry of an old book was read, with every part.
pub fn source() -> Json {
    json!({
        "system": "book",
        "key": "LD-25129-1978-0217",
        "image": "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
        "no_image": "Trang sau bị dính",
        "damage": "Rách mép phải",
        "volume_archive_id": "LD.HT.1978.03",
        "registered_in": "1978-09",
        "number_as_written": "217 bis",
        "readings": [{ "field": "/child/name", "text": "K Wơh", "system": "certificate" }],
        "fields": [{ "field": "/mother/born_on", "system": "software_158" }],
        "image_quality": 61,
    })
}
