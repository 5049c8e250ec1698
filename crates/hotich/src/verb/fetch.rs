//! `hotich paper fetch`: the file of a paper that was issued, again and the same.

use std::fs;

use crate::args::FetchPaper;
use crate::outcome::{Outcome, Result};

/// Fetches the file.
pub fn run(args: &FetchPaper) -> Result<Outcome> {
    let file = args
        .remote
        .remote()
        .file(&format!("/v1/extracts/{}/pdf", args.paper))?;
    fs::write(&args.out, &file)?;
    println!("{} ({} bytes)", args.out.display(), file.len());
    Ok(Outcome::Well)
}
