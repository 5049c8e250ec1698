//! Founding, offices, keys and a code list.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use civil::kind::Kind;
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::{
    ADMINISTRATION, DESK_EA_HLEO, HEAD_AN_NHON, OFFICER_AN_HOI, OFFICER_AN_NHON, OFFICER_DA_TEH, ROOT,
    SECOND_AN_NHON, file,
};
use crate::chain::{Chain, TestKey};

pub fn record(chain: &mut Chain) {
    let mut file = |name: &str, kind, act| file(chain, name, ADMINISTRATION, ROOT, kind, act);
    file(
        "the ledger is founded",
        Kind::LedgerFounded,
        json!({
            "origin": "example.org/hotich/vectors",
            "key": ROOT.cose_key(),
            "founded_on": "2016-01-01",
            "log_key": vkey("example.org/hotich/vectors", &TestKey::ed25519(0x10)),
        }),
    );
    for (name, office, called, unit, opened_on) in [
        (
            "an office opens",
            101,
            "Ủy ban nhân dân xã An Nhơn, huyện Đạ Tẻh, tỉnh Lâm Đồng",
            "25129@..",
            "2016-01-01",
        ),
        (
            "the office that will keep its books",
            102,
            "Ủy ban nhân dân xã Đạ Tẻh, tỉnh Lâm Đồng",
            "25126@2025-07-01",
            "2025-07-01",
        ),
        (
            "the office of residence",
            303,
            "Ủy ban nhân dân phường An Hội, tỉnh Vĩnh Long",
            "28777@2025-07-01",
            "2025-07-01",
        ),
        (
            "the office that issues a copy",
            404,
            "Ủy ban nhân dân xã Ea H'Leo, tỉnh Đắk Lắk",
            "24184@2025-07-01",
            "2025-07-01",
        ),
    ] {
        let act = json!({ "office": office, "name": called, "level": "commune", "unit": unit, "opened_on": opened_on });
        file(name, Kind::OfficeOpened, act);
    }
    file(
        "an office passes its books on",
        Kind::OfficeSucceeded,
        json!({
            "office": 101,
            "successor": 102,
            "on": "2025-07-01",
            "legal_basis": "Nghị quyết số 1671/NQ-UBTVQH15",
        }),
    );
    for (name, office, key, role, holder) in [
        (
            "an Ed25519 key is granted",
            101,
            OFFICER_AN_NHON,
            "officer",
            Some("Nguyễn Thị Hòa"),
        ),
        (
            "an ES256 key is granted",
            101,
            HEAD_AN_NHON,
            "head",
            Some("K’ Brếp"),
        ),
        (
            "a key without a named holder",
            102,
            OFFICER_DA_TEH,
            "officer",
            None,
        ),
        (
            "the key of the office of residence",
            303,
            OFFICER_AN_HOI,
            "officer",
            Some("Trần Văn Út"),
        ),
        ("the key of a desk", 404, DESK_EA_HLEO, "desk", None),
        (
            "the key of a second person",
            101,
            SECOND_AN_NHON,
            "officer",
            Some("Lê Thị Ỷ"),
        ),
    ] {
        let mut act =
            json!({ "office": office, "key": key.cose_key(), "role": role, "valid_from": "2016-01-01" });
        if let Some(holder) = holder {
            act["holder"] = json!(holder);
        }
        if role == "desk" {
            act["valid_until"] = json!("2030-12-31");
        }
        file(name, Kind::KeyGranted, act);
    }
    file(
        "a code list is published",
        Kind::CodeListPublished,
        json!({
            "list": "ethnic_groups",
            "version": "1979",
            "sha256": "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
            "valid_from": "2016-01-01",
        }),
    );
}

/// A C2SP verifier key (signed-note): name, key hash, and the key after its type.
fn vkey(name: &str, key: &TestKey) -> String {
    let typed = [&[1], &key.public()[..]].concat();
    let hash = Sha256::digest([name.as_bytes(), b"\n", &typed].concat());
    format!("{name}+{}+{}", hex::encode(&hash[..4]), STANDARD.encode(typed))
}
