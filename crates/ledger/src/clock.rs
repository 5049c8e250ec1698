//! [`Clock`]: where the time comes from.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

/// Tells the time. A parameter, so that tests and the demo can set it.
pub trait Clock: Send + Sync {
    /// Milliseconds since 1970. It may jump; positions order the log, and recorded times never run backwards.
    fn now_ms(&self) -> i64;

    /// Lets so much time pass: how long the sequencer waits before it tries a store again that failed. A simulation passes it at will.
    fn pause(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(tokio::time::sleep(time))
    }
}
