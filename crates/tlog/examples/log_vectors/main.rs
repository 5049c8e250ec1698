//! Writes `schemas/log/`: examples of the log's text formats, made from published secret keys.
//! `cargo run -p tlog --example log_vectors -- schemas/log`
#![allow(
    clippy::unwrap_used,
    reason = "a program of the workshop stops where it stands"
)]

mod files;

use std::{env, fs, path::Path};

fn main() {
    let folder = env::args().nth(1).unwrap();
    for (name, text) in files::files() {
        fs::write(Path::new(&folder).join(name), text).unwrap();
    }
}
