//! `hotich rebuild`: the read models anew from the log, beside the live ones, then swapped in.

use std::time::Instant;

use ledger::rebuild;
use projections::Projections;
use serde_json::json;

use crate::args::Rebuild;
use crate::outcome::{Outcome, Result};
use crate::progress;

/// Rebuilds. May be interrupted at any instant: what is live stays until the swap.
pub async fn run(args: Rebuild) -> Result<Outcome> {
    let location = args.data.location()?;
    let bar = progress::bar(0, "rebuild");
    let started = Instant::now();
    let replayed = rebuild(&location, Projections, &crate::body_keys::options(), |progress| {
        bar.set_length(progress.total);
        bar.set_position(progress.done);
    })
    .await?;
    bar.finish_and_clear();
    let seconds = started.elapsed().as_secs_f64();
    let rate = replayed as f64 / seconds.max(1e-9);
    if args.json {
        println!(
            "{:#}",
            json!({ "events": replayed, "seconds": seconds, "events_per_second": rate })
        );
    } else {
        println!("{replayed} events replayed in {seconds:.1} s ({rate:.0}/s); the new read models are live");
    }
    Ok(Outcome::Well)
}
