//! Founding, a ministry, a mission, a commune that is split, its books, an officer and the officer's key.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use civil::kind::Kind;
use serde_json::{Value as Json, json};
use sha2::{Digest as _, Sha256};

use super::people::{paper, place};
use super::{ADMINISTRATION, HEAD, MISSION_OFFICER, OFFICER, ROOT, file};
use crate::chain::{Chain, TestKey};

const ORIGIN: &str = "example.org/hotich/vectors/acts-2";

pub fn record(chain: &mut Chain) {
    let founding = json!({
        "origin": ORIGIN, "key": ROOT.cose_key(), "founded_on": "2016-01-01", "log_key": vkey(&TestKey::ed25519(0x20)),
    });
    record_one(chain, "the ledger is founded", Kind::LedgerFounded, founding);
    offices(chain);
    let appointed = json!({
        "office": 102,
        "person": {
            "name": "Ka Dung", "sex": "female", "born_on": "1988-02-29", "personal_number": "068188000012",
            "residence": place(), "identity_paper": paper("068188000012"),
        },
        "role": "officer",
        "title": "Công chức tư pháp – hộ tịch",
        "from": "2025-07-01",
        "until": "2030-06-30",
        "jurisdiction": ["25126@2025-07-01", "25129@.."],
        "decision": "Quyết định số 12/QĐ-UBND ngày 30/06/2025",
    });
    record_one(
        chain,
        "an officer is appointed",
        Kind::OfficerAppointed,
        appointed,
    );
    let appointment = chain.event("an officer is appointed").to_string();
    for (name, office, key, role, appointment) in [
        (
            "the key of an appointment",
            102,
            OFFICER,
            "officer",
            Some(appointment),
        ),
        ("the key of the head", 102, HEAD, "head", None),
        ("the key of the mission", 2, MISSION_OFFICER, "officer", None),
    ] {
        let mut act =
            json!({ "office": office, "key": key.cose_key(), "role": role, "valid_from": "2016-01-01" });
        if let Some(appointment) = appointment {
            act["appointment"] = json!(appointment);
        }
        record_one(chain, name, Kind::KeyGranted, act);
    }
}

fn offices(chain: &mut Chain) {
    let office = |office: u32, name: &str, level: &str, opened_on: &str| json!({ "office": office, "name": name, "level": level, "opened_on": opened_on });
    let mut mission = office(2, "Đại sứ quán Việt Nam tại Hàn Quốc", "mission", "2016-01-01");
    mission["country"] = json!("KOR");
    mission["superior"] = json!(1);
    mission["legal_basis"] = json!("Quyết định số 1/QĐ-BNG");
    for (name, act) in [
        (
            "the ministry of foreign affairs",
            office(1, "Bộ Ngoại giao", "foreign_ministry", "2016-01-01"),
        ),
        ("a mission", mission),
        (
            "a commune",
            office(101, "Ủy ban nhân dân xã An Nhơn", "commune", "2016-01-01"),
        ),
        (
            "a commune that takes its place",
            office(102, "Ủy ban nhân dân xã Đạ Tẻh", "commune", "2025-07-01"),
        ),
        (
            "another that takes a part",
            office(103, "Ủy ban nhân dân xã Đạ Huoai", "commune", "2025-07-01"),
        ),
    ] {
        record_one(chain, name, Kind::OfficeOpened, act);
    }
    let split = json!({
        "office": 101, "successor": 102, "on": "2025-07-01", "legal_basis": "Nghị quyết số 1671/NQ-UBTVQH15", "also": [103],
    });
    record_one(chain, "a commune is split", Kind::OfficeSucceeded, split);
    let entrusted = json!({
        "from": 101, "to": 103, "on": "2025-07-02", "book_type": "births", "first_year": 2016, "last_year": 2020,
        "volumes": ["01/2019", "02/2019"], "decision": "Biên bản bàn giao số 3/BB-UBND",
    });
    record_one(
        chain,
        "some of its books are entrusted",
        Kind::BooksEntrusted,
        entrusted,
    );
    let all = json!({ "from": 2, "to": 1, "on": "2025-07-03", "decision": "Quyết định số 88/QĐ-BNG" });
    record_one(
        chain,
        "all books of a mission are entrusted",
        Kind::BooksEntrusted,
        all,
    );
}

fn record_one(chain: &mut Chain, name: &str, kind: Kind, act: Json) {
    file(chain, name, ADMINISTRATION, kind, act);
}

/// The end of the appointment, when the story is over.
pub fn relieve(chain: &mut Chain) {
    let appointment = chain.event("an officer is appointed").to_string();
    let act = json!({ "appointment": appointment, "on": "2026-10-30", "reason": "Chuyển công tác" });
    record_one(chain, "the officer is relieved", Kind::OfficerRelieved, act);
}

/// A C2SP verifier key (signed-note): name, key hash, and the key after its type.
fn vkey(key: &TestKey) -> String {
    let typed = [&[1], &key.public()[..]].concat();
    let hash = Sha256::digest([ORIGIN.as_bytes(), b"\n", &typed].concat());
    format!("{ORIGIN}+{}+{}", hex::encode(&hash[..4]), STANDARD.encode(typed))
}
