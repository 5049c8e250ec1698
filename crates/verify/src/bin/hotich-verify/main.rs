//! `hotich-verify`: the auditor alone, for people who will not install a server.
//!
//! ```text
//! hotich-verify export DIR [--log-key VKEY] [--office N [--year YYYY]] [--records] [--strict] [--without-bodies] [--resume FILE]
//!                      [--report FILE] [--json] [--vi]
//! hotich-verify extract FILE|QR-TEXT --trust LIST [--root PEM] [--status LIST] [--proof FILE] [--checkpoint NOTE] [--event FILE]
//!                       [--json] [--vi]
//! hotich-verify checkpoint NOTE | event FILE --proof PROOF | diff NOTE NOTE | policy FILE | envelopes DIR
//! ```
//!
//! One file that needs nothing of the machine it runs on (11 MB; `ldd` says "statically linked"):
//!
//! ```text
//! RUSTFLAGS='-C target-feature=+crt-static' cargo build --release --locked -p verify --bin hotich-verify --target x86_64-unknown-linux-gnu
//! ```
//!
//! Exit status: 0 = nothing is wrong, 1 = something is, 2 = wrong use, or there is nothing to check.

// What is said must not stop what is judged; first, because its macros are for all that follow.
#[macro_use]
#[path = "../../../../hotich/src/say.rs"]
mod say;

mod audit;
mod log;
mod paper;

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let checked = match args.next().as_deref() {
        Some("export") => audit::run(args),
        Some("extract") => paper::run(args),
        Some(verb @ ("checkpoint" | "event" | "diff" | "policy" | "envelopes")) => log::run(verb, args),
        _ => None,
    };
    say::end();
    match checked {
        Some(_) if !say::was_heard() => ExitCode::from(2),
        Some(checked) => checked,
        None => {
            eprintln!("{}\n\n{}\n\n{}", audit::USAGE, log::USAGE, paper::USAGE);
            ExitCode::from(2)
        }
    }
}
