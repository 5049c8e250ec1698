//! All acts of the law: every kind and every field that RFC 0003 adds, as a second small and lawful ledger. Xã An Nhơn was
//! split between Đạ Tẻh and Đạ Huoai in 2025; Đạ Tẻh registers, a mission registers abroad.

mod administration;
mod digitised;
pub mod people;
mod registrations;
mod relations;
mod written;

use civil::kind::Kind;
use serde_json::{Value as Json, json};

use crate::chain::{Chain, Filing, TestKey};

const ROOT: TestKey = TestKey::ed25519(0x21);
const OFFICER: TestKey = TestKey::ed25519(0x22);
const HEAD: TestKey = TestKey::es256(0x23);
const MISSION_OFFICER: TestKey = TestKey::ed25519(0x24);

/// The second persons.
pub const ENDORSERS: [TestKey; 1] = [HEAD];

const ADMINISTRATION: &str = "0/acts";
const DA_TEH: &str = "102/acts";
const OLD_BOOKS: &str = "102/digitised";
const MISSION: &str = "2/acts";

/// What is acknowledged wherever a form is left with blanks, or judged by rules that were not read.
const BLANKS: &[(&str, &str)] = &[
    ("field_left_out", "Giữ như giấy tờ."),
    ("not_competent", "Theo thỏa thuận giữa hai cơ quan."),
    ("rule_not_known", "Sổ cũ."),
];

/// The ledger of the story.
pub fn chain() -> Chain {
    let mut chain = Chain::new();
    administration::record(&mut chain);
    digitised::record(&mut chain);
    registrations::record(&mut chain);
    relations::record(&mut chain);
    written::record(&mut chain);
    chain
}

/// Files an act that opens an entry, or none.
fn file(chain: &mut Chain, name: &str, stream: &str, kind: Kind, act: Json) {
    at(chain, name, stream, kind, None, act);
}

/// Files an act that continues the entry which that case opened.
fn at(chain: &mut Chain, name: &str, stream: &str, kind: Kind, entry: Option<&str>, act: Json) {
    let head_signs = matches!(
        kind,
        Kind::ApplicationRefused | Kind::BookClosed | Kind::PapersRevoked
    );
    let signer = match stream {
        ADMINISTRATION => ROOT,
        MISSION => MISSION_OFFICER,
        _ if head_signs => HEAD,
        _ => OFFICER,
    };
    let endorsed = stream == OLD_BOOKS || kind == Kind::IdentityDecided;
    chain.record(Filing {
        name,
        stream,
        signer,
        kind,
        act,
        entry,
        acknowledgements: if stream == ADMINISTRATION { &[] } else { BLANKS },
        endorsers: if endorsed { &ENDORSERS } else { &[] },
    });
}

/// The id of the entry that a case opened.
fn id(chain: &Chain, name: &str) -> String {
    chain.entry(name).id.to_string()
}

/// An entry that is reached, with what changes there.
fn reached(chain: &Chain, name: &str, changes: Json) -> Json {
    json!({ "entry": id(chain, name), "kind": chain.entry(name).kind.name(), "changes": changes })
}

/// What an act of that day under that number has beside its content.
pub fn framed(day: &str, number: u32, content: Json) -> Json {
    let mut act = json!({
        "book": { "number": number, "year": day[..4].parse::<u16>().unwrap(), "volume": format!("01/{}", &day[..4]), "page": number },
        "registered_on": day,
        "received_on": day,
        "signer": people::signer(),
        "officer": "Ka Dung",
    });
    for (name, value) in content.as_object().unwrap() {
        act[name] = value.clone();
    }
    act
}

/// The same document with more members.
pub fn and(mut document: Json, more: Json) -> Json {
    for (name, value) in more.as_object().unwrap() {
        document[name] = value.clone();
    }
    document
}
