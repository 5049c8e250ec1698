//! Writes the page on acts: `cargo run -p civil --example acts_page > schemas/acts.md`.

#![allow(
    clippy::unwrap_used,
    reason = "a maker of a page that cannot go on stops where it stands"
)]

use civil::acts_page::acts_page;
use civil::law::second_release;

fn main() {
    print!("{}", acts_page(second_release().unwrap()));
}
