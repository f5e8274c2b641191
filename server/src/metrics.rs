//! Counts of what the relay does, for Prometheus. Nothing in them tells of a person.

use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{
        counter::Counter,
        family::Family,
        gauge::Gauge,
        histogram::{Histogram, exponential_buckets},
    },
    registry::Registry,
};

/// The counts.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    /// Requests, by route and status.
    pub requests: Family<Request, Counter>,
    /// Changes that phones handed in, by what became of them.
    pub changes: Family<Change, Counter>,
    /// Entries that were appended.
    pub entries: Counter,
    /// How long an append took until it was durable.
    pub append_seconds: Histogram,
    /// Open streams of events.
    pub listeners: Gauge,
    /// Open connections.
    pub connections: Gauge,
    /// Requests that panicked.
    pub panics: Counter,
    /// Pushes, by what became of them.
    pub pushes: Family<Push, Counter>,
    /// When the certificate ends that is shown, in seconds since 1970; 0 where there is none.
    pub certificate_ends: Gauge,
}

/// A kind of request.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
#[allow(missing_docs)]
pub struct Request {
    pub route: String,
    pub status: u16,
}

/// A kind of answer to a change.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
#[allow(missing_docs)]
pub struct Change {
    pub outcome: &'static str,
}

/// What became of a push: `sent`, `retried`, `failed`, `forgotten` (its device is woken no more), or
/// `dropped`, when too many waited.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
#[allow(missing_docs)]
pub struct Push {
    pub outcome: &'static str,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("kith");
        let metrics = Self {
            requests: Family::default(),
            changes: Family::default(),
            entries: Counter::default(),
            // From half a millisecond to 16 seconds.
            append_seconds: Histogram::new(exponential_buckets(0.0005, 2.0, 16)),
            listeners: Gauge::default(),
            connections: Gauge::default(),
            panics: Counter::default(),
            pushes: Family::default(),
            certificate_ends: Gauge::default(),
            registry: Registry::default(),
        };
        registry.register("requests", "Requests", metrics.requests.clone());
        registry.register("changes", "Changes handed in", metrics.changes.clone());
        registry.register(
            "journal_entries",
            "Entries appended",
            metrics.entries.clone(),
        );
        registry.register(
            "append_seconds",
            "Time until an append was durable",
            metrics.append_seconds.clone(),
        );
        registry.register(
            "listeners",
            "Open streams of events",
            metrics.listeners.clone(),
        );
        registry.register(
            "connections",
            "Open connections",
            metrics.connections.clone(),
        );
        registry.register("panics", "Requests that panicked", metrics.panics.clone());
        registry.register("pushes", "Pushes", metrics.pushes.clone());
        registry.register(
            "certificate_ends_seconds",
            "When the certificate ends, in seconds since 1970",
            metrics.certificate_ends.clone(),
        );
        Self {
            registry,
            ..metrics
        }
    }
}

impl Metrics {
    /// As Prometheus reads them.
    pub fn text(&self) -> String {
        let mut text = String::new();
        // Writing into memory does not fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}
