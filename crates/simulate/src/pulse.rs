//! [`Pulse`]: whether anything is still under way.

use std::sync::Arc;

use tokio::sync::watch;

/// How often nothing may be under way, one look after the other, before it is believed: whoever was woken in between has had their turn.
const LOOKS: u32 = 3;

/// Counts what waits for another thread. Where nothing is under way, nothing more happens until the simulator does something: that is the only
/// time that a simulated network has.
#[derive(Debug, Clone)]
pub struct Pulse(Arc<watch::Sender<usize>>);

/// Something is under way as long as this lives.
#[derive(Debug)]
pub struct Beat(Arc<watch::Sender<usize>>);

impl Pulse {
    /// Nothing is under way.
    pub fn new() -> Self {
        Self(Arc::new(watch::Sender::new(0)))
    }

    /// Something begins.
    pub fn beat(&self) -> Beat {
        self.0.send_modify(|count| *count += 1);
        Beat(Arc::clone(&self.0))
    }

    /// Returns when nothing is under way.
    pub async fn rest(&self) {
        let mut count = self.0.subscribe();
        let mut looks = 0;
        while looks < LOOKS {
            // The sender lives as long as this does.
            drop(count.wait_for(|count| *count == 0).await);
            tokio::task::yield_now().await;
            looks = if *self.0.borrow() == 0 { looks + 1 } else { 0 };
        }
    }
}

impl Drop for Beat {
    fn drop(&mut self) {
        self.0.send_modify(|count| *count = count.saturating_sub(1));
    }
}
