//! Acts as offices of the tests file them: lawful, and without anything to warn of.

use civil::id::EntryId;
use serde_json::{Value, json};

/// A birth.
pub fn birth(name: &str) -> Value {
    json!({
        "registered_on": "2026-01-20", "received_on": "2026-01-19", "entry": "on_time",
        "child": {
            "name": name, "sex": "female", "born_on": "2026-01-05", "nationality": "VNM", "ethnicity": "01",
            "birth_place": { "text": "Trạm y tế xã" },
        },
        "mother": { "name": "Trần Thị Hoa", "born_on": "1998-05-02", "nationality": "VNM" },
        "signer": { "name": "Lê Thị Mai", "title": "Chủ tịch" },
    })
}

/// A correction of the child's birth date.
pub fn correction(entry: EntryId, from: &str, to: &str) -> Value {
    json!({
        "registered_on": "2026-01-20", "received_on": "2026-01-20",
        "amended": [{
            "entry": entry.to_string(), "kind": "birth",
            "changes": [{ "field": "/child/born_on", "from": from, "to": to }],
        }],
        "reason": "Ghi nhầm ngày sinh.",
        "signer": { "name": "Lê Thị Mai", "title": "Chủ tịch" },
    })
}

/// A confirmation of marital status.
pub fn marital_status(name: &str) -> Value {
    json!({
        "registered_on": "2026-01-20", "received_on": "2026-01-20",
        "subject": { "name": name, "born_on": "1999" },
        "status": "Chưa đăng ký kết hôn với ai.", "purpose": "Để làm thủ tục vay vốn.",
        "signer": { "name": "Lê Thị Mai", "title": "Chủ tịch" },
    })
}

/// A copy that one of the parents asks for.
pub fn copy() -> Value {
    json!({
        "issued_on": "2026-01-20", "standing": "representative", "requester": "Nguyễn Thị Bình",
        "signer": { "name": "Lê Thị Mai", "title": "Chủ tịch" },
    })
}
