//! Founding, two communes, their keys, and the seals: a root, an office's, a time stamp.

use civil::kind::Kind;
use civil::seal::SealCertificate;
use serde_json::{Value as Json, json};

use super::{ADMINISTRATION, CLERK, DESK, HEAD, OFFICER, ROOT, file};
use crate::chain::{Chain, TestKey};

/// Made once by `tests/certificates/make.py`; their keys are gone.
const ROOT_CERTIFICATE: &[u8] = include_bytes!("../../../tests/certificates/root.der");
const SEAL: &[u8] = include_bytes!("../../../tests/certificates/seal.der");
const TIME_STAMP: &[u8] = include_bytes!("../../../tests/certificates/time_stamp.der");

pub fn record(chain: &mut Chain) {
    let founding = json!({
        "origin": "example.org/hotich/vectors/acts-3", "key": ROOT.cose_key(), "founded_on": "2025-07-01",
        "log_key": "example.org/hotich/vectors/acts-3+00000000+AQ==",
    });
    administer(chain, "the ledger is founded", Kind::LedgerFounded, founding);
    for (office, name) in [
        (102, "Ủy ban nhân dân xã Đạ Tẻh"),
        (303, "Ủy ban nhân dân phường Cam Ly - Đà Lạt"),
    ] {
        let act = json!({ "office": office, "name": name, "level": "commune", "opened_on": "2025-07-01" });
        administer(chain, &format!("office {office}"), Kind::OfficeOpened, act);
    }
    for (name, office, key, role) in [
        ("the key of the officer", 102, OFFICER, "officer"),
        ("the key of the head", 102, HEAD, "head"),
        ("the key of the other officer", 303, CLERK, "officer"),
        ("the key of the desk", 303, DESK, "desk"),
    ] {
        key_granted(chain, name, office, key, role);
    }
    granted(chain, "the root of all seals", 0, "root", ROOT_CERTIFICATE);
    granted(chain, "the seal of an office", 303, "seal", SEAL);
    granted(chain, "an authority of time stamps", 0, "time_stamp", TIME_STAMP);
}

/// The seals are lost, when the story is over.
pub fn revoke(chain: &mut Chain) {
    let suspected = json!({
        "key": key_id(SEAL), "on": "2026-12-20", "reason": "Mất thiết bị lưu khóa", "suspect_since": "2026-12-17",
    });
    administer(chain, "the seal is revoked", Kind::SealRevoked, suspected);
    let plain = json!({ "key": key_id(TIME_STAMP), "on": "2026-12-21", "reason": "Ngừng dịch vụ" });
    administer(chain, "the time stamps end", Kind::SealRevoked, plain);
    let erased = json!({
        "positions": [13], "authority": "Tòa án nhân dân khu vực 3 – Lâm Đồng",
        "legal_basis": "Quyết định số 41/2026/QĐST-HC ngày 18/12/2026", "ground": "court",
    });
    administer(chain, "a body is erased", Kind::BodiesErased, erased);
}

fn key_id(certificate: &[u8]) -> String {
    hex::encode(SealCertificate::parse(certificate).unwrap().key_id())
}

pub fn key_granted(chain: &mut Chain, name: &str, office: u32, key: TestKey, role: &str) {
    let act = json!({ "office": office, "key": key.cose_key(), "role": role, "valid_from": "2025-07-01" });
    administer(chain, name, Kind::KeyGranted, act);
}

fn granted(chain: &mut Chain, name: &str, office: u32, usage: &str, certificate: &[u8]) {
    let act = json!({
        "office": office, "usage": usage, "certificate": hex::encode(certificate),
        "valid_from": "2025-07-01", "valid_until": "2030-06-30",
    });
    administer(chain, name, Kind::SealGranted, act);
}

fn administer(chain: &mut Chain, name: &str, kind: Kind, act: Json) {
    file(chain, name, ADMINISTRATION, kind, None, act);
}
