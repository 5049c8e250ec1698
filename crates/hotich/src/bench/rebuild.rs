//! The read models anew from the log.

use std::time::Instant;

use projections::Projections;
use serde_json::json;

use super::bed::Bed;
use super::figures::{Report, median};
use crate::outcome::Result;

/// Rebuilds so many times, swapping each time.
pub async fn run(bed: &Bed, rounds: usize) -> Result<Report> {
    let (location, options) = (bed.data.location()?, ledger::Options::default());
    let mut rates = Vec::new();
    let mut events = 0;
    for _ in 0..rounds {
        let started = Instant::now();
        events = ledger::rebuild(&location, Projections, &options, |_| {}).await?;
        rates.push(events as f64 / started.elapsed().as_secs_f64());
    }
    let rate = median(rates);
    let engine = format!("{:?}", bed.registry.ledger().engine());
    let text = format!(
        "rebuild, {engine}, {events} events, {rounds} rounds\n  {:<44} {rate:>9.0}/s\n",
        "all read models"
    );
    Ok(Report {
        text,
        json: json!({ "engine": engine, "events": events, "per_second": rate.round() }),
    })
}
