//! The ledger lists how far its streams have come (RFC 0007): with the keeper's key, in the desk lane of office 0.

use civil::kind::Kind;
use serde_json::json;

use super::administration::key_granted;
use super::{KEEPER, LISTS, file};
use crate::chain::Chain;

pub fn record(chain: &mut Chain) {
    key_granted(chain, "the key of the keeper", 0, KEEPER, "keeper");
    list(chain, "the heads of all streams", "2026-12-22", None);
    let access = Some((41_u64, "5c".repeat(32)));
    list(chain, "the heads and the log of accesses", "2026-12-23", access);
}

fn list(chain: &mut Chain, name: &str, day: &str, access: Option<(u64, String)>) {
    let (streams, root) = chain.stream_heads();
    let mut act = json!({
        "day": day, "size": chain.events.len(), "streams": streams, "root": hex::encode(root),
    });
    if let Some((size, head)) = access {
        act["access_size"] = size.into();
        act["access_head"] = head.into();
    }
    file(chain, name, LISTS, Kind::StreamHeads, None, act);
}
