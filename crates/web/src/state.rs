//! [`Web`]: what the endpoints share.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use metrics_exporter_prometheus::PrometheusHandle;
use registry::Registry;
use tokio::sync::Semaphore;

use crate::turnstile::Turnstile;

/// How much, how many and how long.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Most bytes of a request's body.
    pub body_bytes: usize,
    /// Most bytes of the bodies of all requests at a time.
    pub bodies_bytes: usize,
    /// Most requests that are answered at a time; those about health and metrics are not counted.
    pub requests: usize,
    /// Most connections that are open at a time; more wait to be accepted.
    pub connections: usize,
    /// For the head of a request to arrive, and for an idle connection.
    pub head: Duration,
    /// For the body of a request to arrive.
    pub body: Duration,
    /// For a request to be answered, its body's arrival included.
    pub answer: Duration,
    /// For running requests to end, once shutdown has begun.
    pub shutdown: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 2 << 20,
            bodies_bytes: 64 << 20,
            requests: 512,
            connections: 4_096,
            head: Duration::from_secs(15),
            body: Duration::from_secs(30),
            answer: Duration::from_secs(60),
            shutdown: Duration::from_secs(20),
        }
    }
}

/// How many bytes one unit of [`Web::room`] stands for.
pub(crate) const ROOM_UNIT: usize = 1_024;

fn room(limits: &Limits) -> Arc<Semaphore> {
    let units = limits.bodies_bytes / ROOM_UNIT;
    Arc::new(Semaphore::new(units.min(Semaphore::MAX_PERMITS)))
}

/// What the endpoints share: the registry, and what the binary hands in.
pub struct Web {
    registry: Arc<Registry>,
    metrics: Option<PrometheusHandle>,
    limits: Limits,
    places: Semaphore,
    room: Arc<Semaphore>,
    turnstile: Turnstile,
    proxies: Vec<IpAddr>,
}

impl Web {
    /// Over a registry.
    pub fn new(registry: Arc<Registry>) -> Self {
        let limits = Limits::default();
        Self {
            registry,
            metrics: None,
            places: Semaphore::new(limits.requests),
            room: room(&limits),
            turnstile: Turnstile::default(),
            proxies: Vec::new(),
            limits,
        }
    }

    /// The same with the recorder of metrics, for `GET /metrics`. Make it with [`crate::prometheus`].
    #[must_use]
    pub fn with_metrics(self, metrics: PrometheusHandle) -> Self {
        Self {
            metrics: Some(metrics),
            ..self
        }
    }

    /// The same with other limits.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self {
            limits,
            places: Semaphore::new(limits.requests),
            room: room(&limits),
            ..self
        }
    }

    /// The same behind proxies at these addresses: what they say of who asked is believed.
    #[must_use]
    pub fn behind(self, proxies: Vec<IpAddr>) -> Self {
        Self { proxies, ..self }
    }

    pub(crate) fn proxies(&self) -> &[IpAddr] {
        &self.proxies
    }

    /// The use cases.
    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    pub(crate) fn metrics(&self) -> Option<&PrometheusHandle> {
        self.metrics.as_ref()
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Room for the bodies of requests, in units of [`ROOM_UNIT`] bytes.
    pub(crate) fn room(&self) -> &Arc<Semaphore> {
        &self.room
    }

    /// Who asked after papers, and how often.
    pub(crate) fn turnstile(&self) -> &Turnstile {
        &self.turnstile
    }

    pub(crate) fn places(&self) -> &Semaphore {
        &self.places
    }
}
