//! [`Hands`]: a clock that goes when it is moved, and wakes who sleeps by it.

use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use ledger::Clock;
use tokio::sync::watch;

/// Longer than any pause of the sequencer.
const LONG_MS: u64 = 10_000;

/// The only clock of a simulated ledger. A jump of what it shows is no passing of time: sleepers sleep by what has passed.
#[derive(Debug)]
pub struct Hands {
    shown_ms: watch::Sender<i64>,
    passed_ms: watch::Sender<u64>,
    /// How often somebody went to sleep, and how many of those have been woken.
    asleep: watch::Sender<u64>,
    woken: AtomicU64,
}

impl Hands {
    /// At a time.
    pub fn new(now_ms: i64) -> Self {
        Self {
            shown_ms: watch::Sender::new(now_ms),
            passed_ms: watch::Sender::new(0),
            asleep: watch::Sender::new(0),
            woken: AtomicU64::new(0),
        }
    }

    /// Lets so much time pass that everybody who sleeps wakes.
    pub fn wake(&self) {
        self.woken.store(*self.asleep.borrow(), Ordering::Relaxed);
        self.shown_ms
            .send_modify(|now| *now = now.saturating_add_unsigned(LONG_MS));
        self.passed_ms.send_modify(|passed| *passed += LONG_MS);
    }

    /// Returns when somebody sleeps. Who was woken and sleeps again, before anybody could look, sleeps.
    pub async fn somebody_sleeps(&self) {
        let woken = self.woken.load(Ordering::Relaxed);
        drop(self.asleep.subscribe().wait_for(|asleep| *asleep > woken).await);
    }

    /// Shows another time, as a clock that was set.
    pub fn jump(&self, by_ms: i64) {
        self.shown_ms.send_modify(|now| *now = now.saturating_add(by_ms));
    }
}

impl Clock for Hands {
    fn now_ms(&self) -> i64 {
        *self.shown_ms.borrow()
    }

    fn pause(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        let ms = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        let end = self.passed_ms.borrow().saturating_add(ms);
        let mut passed = self.passed_ms.subscribe();
        self.asleep.send_modify(|asleep| *asleep += 1);
        Box::pin(async move {
            // An error: the clock is gone, and whoever sleeps by it goes with it.
            drop(passed.wait_for(|passed| *passed >= end).await);
        })
    }
}
