//! How far the filling is: a bar on a terminal, else a line every few seconds.

use std::time::Duration;

use indicatif::ProgressBar;
use tokio::task::JoinHandle;

use crate::progress;

/// How often a line is written where there is no terminal.
const EVERY: Duration = Duration::from_secs(5);

/// Counts and shows. Stops showing when it goes.
#[derive(Debug)]
pub struct Pace {
    bar: ProgressBar,
    lines: JoinHandle<()>,
}

impl Pace {
    /// Over that many steps. Call within the runtime.
    pub fn new(length: u64, what: &'static str) -> Self {
        let bar = progress::bar(length, what);
        let lines = tokio::spawn(lines(bar.clone(), what));
        Self { bar, lines }
    }

    /// One more is done.
    pub fn step(&self) {
        self.bar.inc(1);
    }

    /// How long it has taken.
    pub fn elapsed(&self) -> Duration {
        self.bar.elapsed()
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
        self.lines.abort();
    }
}

impl Drop for Pace {
    fn drop(&mut self) {
        self.finish();
    }
}

async fn lines(bar: ProgressBar, what: &'static str) {
    if !bar.is_hidden() {
        return;
    }
    let mut tick = tokio::time::interval(EVERY);
    tick.tick().await;
    loop {
        tick.tick().await;
        let (done, length) = (bar.position(), bar.length().unwrap_or_default());
        eprintln!(
            "{what}: {done}/{length}, {:.0}/s, {} s left",
            bar.per_sec(),
            bar.eta().as_secs()
        );
    }
}
