//! Waiting for something to become true, never for time to pass.

use std::time::{Duration, Instant};

/// Long enough for any slow machine; a test that waits so long has failed.
pub const DEADLINE: Duration = Duration::from_secs(60);

/// Asks again and again, each time by a question that takes its own time (a request, a look at a file).
#[track_caller]
pub fn eventually(what: &str, mut question: impl FnMut() -> bool) {
    let started = Instant::now();
    while !question() {
        assert!(started.elapsed() < DEADLINE, "it never came to this: {what}");
        std::thread::yield_now();
    }
}
