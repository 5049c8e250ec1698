//! `hotich prove`: the proof that an event, or the event of a paper, is in the log.

use std::fs;

use civil::id::EventId;

use crate::args::Prove;
use crate::outcome::{Error, Outcome, Result};

/// Fetches the proof and writes it. Whether it proves anything is for `hotich-verify event` to say, with keys of its own.
pub fn run(args: &Prove) -> Result<Outcome> {
    let (event, of) = (
        args.event.as_str(),
        match args.event.parse::<EventId>() {
            Ok(_) => "events",
            Err(_) => "extracts",
        },
    );
    let file = args.remote.remote().file(&format!("/v1/{of}/{event}/proof"))?;
    tlog::TlogProof::parse(&file).map_err(|error| Error::using(format!("what came is no proof: {error}")))?;
    fs::write(&args.out, &file)?;
    println!("{} ({} bytes)", args.out.display(), file.len());
    Ok(Outcome::Well)
}
