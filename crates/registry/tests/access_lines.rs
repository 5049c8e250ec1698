//! The lines of the log of accesses that are published: made again byte for byte, read back, chained.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on stops where it stands"
)]

#[path = "../examples/access_lines.rs"]
mod access_lines;

use civil::access::Access;
use ledger::AccessEnd;
use serde_json::Value as Json;

fn published() -> String {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../schemas/access.json");
    std::fs::read_to_string(file).unwrap()
}

#[test]
fn the_published_lines_are_made_again_byte_for_byte() {
    assert!(
        published() == format!("{:#}\n", access_lines::lines()),
        "the bytes have changed; if they may: cargo run -p registry --example access_lines > schemas/access.json"
    );
}

/// By hand, as RFC 0008, 6 says it.
#[test]
fn each_line_is_read_and_follows_from_the_one_before() {
    let published: Json = serde_json::from_str(&published()).unwrap();
    let (mut before, mut end) = (vec![0; 32], AccessEnd::NONE);
    for line in published["lines"].as_array().unwrap() {
        let bytes = hex::decode(line["line"].as_str().unwrap()).unwrap();
        let access = Access::decode(&bytes).unwrap();
        assert_eq!(access.reading.name(), line["reading"].as_str().unwrap());
        let hash = blake3::hash(&[b"hotich/access/v1", before.as_slice(), &bytes].concat());
        assert_eq!(line["hash"].as_str().unwrap(), hash.to_hex().as_str());
        end = end.then(&bytes);
        assert_eq!(end.hash, *hash.as_bytes());
        before = hash.as_bytes().to_vec();
    }
}
