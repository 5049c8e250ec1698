//! Writes the golden vectors: `cargo run -p civil --example vectors -- schemas/vectors`.
//!
//! Keys, salts, ids and days are fixed, both algorithms sign deterministically: the files come out byte for byte.

#![allow(
    clippy::unwrap_used,
    reason = "a maker of vectors that cannot go on stops where it stands"
)]

mod chain;
mod refused;
mod refused2;
mod refused3;
mod story;
mod story2;
mod story3;
mod widths;

use std::path::PathBuf;

fn main() {
    let folder = PathBuf::from(
        std::env::args()
            .nth(1)
            .unwrap_or_else(|| "schemas/vectors".to_owned()),
    );
    for (name, text) in files() {
        std::fs::write(folder.join(name), text).unwrap();
    }
}

/// The name and the text of each file of vectors.
pub fn files() -> Vec<(&'static str, String)> {
    vec![
        ("ledger.json", story::chain().to_json(&story::ENDORSERS)),
        ("widths.json", widths::chain().to_json(&widths::ENDORSERS)),
        ("refused.json", refused::to_json()),
        ("acts-2.json", story2::chain().to_json(&story2::ENDORSERS)),
        ("refused-2.json", refused2::to_json()),
        ("acts-3.json", story3::chain().to_json(&[])),
        ("refused-3.json", refused3::to_json()),
    ]
}
