//! The demo from a cold start to its end.

use std::process::{Command, Stdio};
use std::time::Instant;

use serde_json::json;

use super::figures::{Report, median};
use crate::outcome::{Error, Result};

/// Runs the demo as its user does, so many times.
pub fn run(rounds: usize) -> Result<Report> {
    let mut seconds = Vec::new();
    for _ in 0..rounds {
        let started = Instant::now();
        let status = Command::new(std::env::current_exe()?)
            .arg("demo")
            .stdout(Stdio::null())
            .status()?;
        if !status.success() {
            return Err(Error::using(format!("the demo ended with {status}")));
        }
        seconds.push(started.elapsed().as_secs_f64());
    }
    let seconds = median(seconds);
    let text = format!(
        "demo, cold, {rounds} rounds\n  {:<44} {seconds:>9.2} s\n",
        "from start to the end of the story"
    );
    Ok(Report {
        text,
        json: json!({ "seconds": seconds }),
    })
}
