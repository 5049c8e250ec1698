//! Every kind of act at least once, as one small and lawful ledger: Xã An Nhơn registers, Xã Đạ Tẻh keeps its books from
//! 2025-07-01 on, Phường An Hội amends what lies there, Xã Ea H'Leo issues a copy.

mod administration;
mod later;
mod registrations;

use civil::kind::Kind;
use serde_json::Value as Json;

use crate::chain::{Chain, Filing, TestKey};

const ROOT: TestKey = TestKey::ed25519(1);
const OFFICER_AN_NHON: TestKey = TestKey::ed25519(2);
const HEAD_AN_NHON: TestKey = TestKey::es256(3);
const OFFICER_DA_TEH: TestKey = TestKey::es256(4);
const OFFICER_AN_HOI: TestKey = TestKey::ed25519(5);
const DESK_EA_HLEO: TestKey = TestKey::es256(6);
const SECOND_AN_NHON: TestKey = TestKey::ed25519(7);

/// The second persons.
pub const ENDORSERS: [TestKey; 2] = [HEAD_AN_NHON, SECOND_AN_NHON];

const ADMINISTRATION: &str = "0/acts";
const AN_NHON: &str = "101/acts";
const DA_TEH: &str = "102/acts";
const AN_HOI: &str = "303/acts";

/// The ledger of the story.
pub fn chain() -> Chain {
    let mut chain = Chain::new();
    administration::record(&mut chain);
    registrations::record(&mut chain);
    later::record(&mut chain);
    chain
}

fn file(chain: &mut Chain, name: &str, stream: &str, signer: TestKey, kind: Kind, act: Json) {
    chain.record(Filing {
        name,
        stream,
        signer,
        kind,
        act,
        entry: None,
        acknowledgements: &[],
        endorsers: &[],
    });
}
