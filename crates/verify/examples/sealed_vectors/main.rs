//! Writes sealed papers and what a check says of them (RFC 0005 §5):
//! `cargo run -p verify --example sealed_vectors -- schemas/papers/sealed`.

#![allow(
    clippy::unwrap_used,
    reason = "a maker that cannot go on stops where it stands"
)]

#[allow(dead_code, reason = "whoever lives here uses a part of it")]
#[path = "../../tests/papers/books.rs"]
mod books;
#[allow(dead_code, reason = "whoever lives here uses a part of it")]
#[path = "../../../extract/tests/seals/house.rs"]
mod house;
mod vectors;

fn main() {
    let folder = std::env::args().nth(1).unwrap();
    std::fs::create_dir_all(&folder).unwrap();
    for (name, bytes) in vectors::sealed_vectors() {
        std::fs::write(format!("{folder}/{name}"), bytes).unwrap();
    }
}
