//! `hotich prove`: the proof that an event, or the event of a paper, is in the log.

use civil::id::EventId;

use crate::args::Prove;
use crate::outcome::{Error, Outcome, Result};

/// Fetches the proof and writes it. Whether it proves anything is for `hotich-verify event` to say, with keys of its own.
pub fn run(args: &Prove) -> Result<Outcome> {
    let of = match args.event.parse::<EventId>() {
        Ok(_) => "events",
        Err(_) => "extracts",
    };
    let path = format!("/v1/{of}/{}/proof", args.event);
    let file = args.remote.remote().file(&path)?;
    tlog::TlogProof::parse(&file.bytes)
        .map_err(|error| Error::using(format!("what came is no proof: {error}")))?;
    println!("{}", file.write(&args.out)?);
    Ok(Outcome::Well)
}
