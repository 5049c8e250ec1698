//! [`Clock`]: where the time comes from.

/// Tells the time. A parameter, so that tests and the demo can set it.
pub trait Clock: Send + Sync {
    /// Milliseconds since 1970. It may jump; positions order the log, and recorded times never run backwards.
    fn now_ms(&self) -> i64;
}
