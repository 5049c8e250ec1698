//! `hotich paper fetch`: the file of a paper that was issued, again and the same, or a picture of a page of it.

use crate::args::FetchPaper;
use crate::outcome::{Outcome, Result};

/// Fetches the file.
pub fn run(args: &FetchPaper) -> Result<Outcome> {
    let what = match args.png {
        true => format!("png?page={}&dpi={}", args.page, args.dpi),
        false => "pdf".to_owned(),
    };
    let remote = args.remote.remote();
    let file = remote.file(&format!("/v1/extracts/{}/{what}", args.paper))?;
    println!("{}", file.write(&args.out)?);
    Ok(Outcome::Well)
}
