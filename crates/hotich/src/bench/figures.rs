//! Samples, medians, percentiles, and how a figure is told.

use std::time::Duration;

use serde_json::{Value as Json, json};

/// What a figure says, to people and to programs.
#[derive(Debug)]
pub struct Report {
    /// One or more lines.
    pub text: String,
    /// The same.
    pub json: Json,
}

/// One run of many clients at once.
#[derive(Debug)]
pub struct Sample {
    /// How many events were answered.
    pub events: usize,
    /// From the first question to the last answer.
    pub elapsed: Duration,
    /// How long each answer took.
    pub waits: Vec<Duration>,
}

impl Sample {
    /// Events per second.
    pub fn rate(&self) -> f64 {
        self.events as f64 / self.elapsed.as_secs_f64().max(1e-9)
    }
}

/// Several samples of one thing.
#[derive(Debug, Default)]
pub struct Samples(Vec<Sample>);

impl Samples {
    /// One more.
    pub fn push(&mut self, sample: Sample) {
        self.0.push(sample);
    }

    /// The highest rate so far.
    pub fn best(&self) -> f64 {
        self.0.iter().map(Sample::rate).fold(0.0, f64::max)
    }

    /// The median of the rates.
    pub fn rate(&self) -> f64 {
        median(self.0.iter().map(Sample::rate).collect())
    }

    /// Lowest and highest rate.
    pub fn range(&self) -> (f64, f64) {
        (
            self.0.iter().map(Sample::rate).fold(f64::INFINITY, f64::min),
            self.best(),
        )
    }

    /// The waits that half, and 99 of 100, of the events did not exceed, in milliseconds.
    pub fn waits_ms(&self) -> (f64, f64) {
        let mut waits: Vec<Duration> = self
            .0
            .iter()
            .flat_map(|sample| sample.waits.iter().copied())
            .collect();
        waits.sort_unstable();
        let at = |percent: usize| {
            waits
                .get(waits.len() * percent / 100)
                .map_or(0.0, |wait| wait.as_secs_f64() * 1e3)
        };
        (at(50), at(99))
    }

    /// All of it, for programs.
    pub fn json(&self) -> Json {
        let (p50_ms, p99_ms) = self.waits_ms();
        let rates: Vec<f64> = self.0.iter().map(|sample| sample.rate().round()).collect();
        json!({ "per_second": self.rate().round(), "samples": rates, "p50_ms": p50_ms, "p99_ms": p99_ms })
    }

    /// One line for people.
    pub fn line(&self, what: &str) -> String {
        let ((least, most), (p50, p99)) = (self.range(), self.waits_ms());
        format!(
            "  {what:<44} {:>9.0}/s [{least:.0}–{most:.0}]  p50 {p50:.1} ms  p99 {p99:.1} ms\n",
            self.rate()
        )
    }
}

/// The middle value; 0 of none.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians_and_percentiles_are_those_of_all_samples() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(Vec::new()), 0.0);
        let mut samples = Samples::default();
        for rate in [100, 300, 200] {
            let waits = (0..rate).map(|wait| Duration::from_millis(wait as u64)).collect();
            samples.push(Sample {
                events: rate,
                elapsed: Duration::from_secs(1),
                waits,
            });
        }
        assert_eq!(
            (samples.rate(), samples.best(), samples.range()),
            (200.0, 300.0, (100.0, 300.0))
        );
        assert_eq!(samples.waits_ms(), (100.0, 294.0));
    }
}
