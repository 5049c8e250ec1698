//! Papers and seals: every kind and every field that RFC 0004, RFC 0005 and RFC 0007 add, as a third small and lawful ledger. Xã Đạ Tẻh registers,
//! the desk of Phường Cam Ly issues.

mod administration;
mod heads;
mod papers;

use civil::kind::Kind;
use serde_json::Value as Json;

use crate::chain::{Chain, Filing, TestKey};

const ROOT: TestKey = TestKey::ed25519(0x31);
const OFFICER: TestKey = TestKey::ed25519(0x32);
const HEAD: TestKey = TestKey::es256(0x33);
const CLERK: TestKey = TestKey::ed25519(0x34);
const DESK: TestKey = TestKey::es256(0x35);
const KEEPER: TestKey = TestKey::ed25519(0x36);

const ADMINISTRATION: &str = "0/acts";
/// Where the ledger says how far it has come.
const LISTS: &str = "0/desk";
const DA_TEH: &str = "102/acts";
const DA_TEH_DESK: &str = "102/desk";
const CAM_LY: &str = "303/acts";
const CAM_LY_DESK: &str = "303/desk";

/// What is acknowledged wherever a form is left with blanks, or judged by rules that were not read.
const BLANKS: &[(&str, &str)] = &[
    (
        "entitlement_not_shown",
        "Đã đối chiếu với Cơ sở dữ liệu quốc gia về dân cư.",
    ),
    ("field_left_out", "Giữ như giấy tờ."),
    ("not_competent", "Theo thỏa thuận giữa hai cơ quan."),
    ("reference_missing", "Không có số."),
    ("rule_not_known", "Chưa có hướng dẫn."),
];

/// The ledger of the story.
pub fn chain() -> Chain {
    let mut chain = Chain::new();
    administration::record(&mut chain);
    papers::record(&mut chain);
    administration::revoke(&mut chain);
    heads::record(&mut chain);
    chain
}

/// Files an act; `entry` names the case that opened the entry which it continues.
fn file(chain: &mut Chain, name: &str, stream: &str, kind: Kind, entry: Option<&str>, act: Json) {
    let signer = match stream {
        ADMINISTRATION => ROOT,
        LISTS => KEEPER,
        CAM_LY => CLERK,
        CAM_LY_DESK => DESK,
        _ if kind == Kind::PapersRevoked => HEAD,
        _ => OFFICER,
    };
    chain.record(Filing {
        name,
        stream,
        signer,
        kind,
        act,
        entry,
        acknowledgements: match stream {
            ADMINISTRATION | LISTS => &[],
            _ => BLANKS,
        },
        endorsers: &[],
    });
}
