//! Figures for the operator, in the text format of Prometheus. Labels are route templates and codes, never anything of a person.

use prometheus::{HistogramVec, IntCounter, IntCounterVec, IntGauge, Opts, Registry, TextEncoder};

/// What is counted.
pub struct Metrics {
    registry: Registry,
    /// Seconds per request, by method, route and status.
    pub requests: HistogramVec,
    /// Error answers by code.
    pub errors: IntCounterVec,
    /// Bytes confirmed to browsers.
    pub confirmed_bytes: IntCounter,
    /// Upload requests that were taken over by a newer one.
    pub superseded: IntCounter,
    /// Evaluations by what the case became.
    pub evaluations: IntCounterVec,
    /// Attempts to deliver a webhook, by outcome.
    pub deliveries: IntCounterVec,
    /// Objects without a row that the sweeper removed.
    pub orphans: IntCounter,
    /// Open event streams.
    pub streams: IntGauge,
    /// 1: documents are looked for in stills; 0: nobody can.
    pub documents: IntGauge,
    /// 1: documents are read in stills; 0: nobody can.
    pub reader: IntGauge,
}

impl Metrics {
    /// All at nought.
    pub fn new() -> Result<Self, prometheus::Error> {
        let registry = Registry::new_custom(Some("lichtbild".into()), None)?;
        let counters = |name: &str, help: &str, label: &str| {
            let counter = IntCounterVec::new(Opts::new(name, help), &[label])?;
            registry.register(Box::new(counter.clone()))?;
            Ok::<_, prometheus::Error>(counter)
        };
        let counter = |name: &str, help: &str| {
            let counter = IntCounter::new(name, help)?;
            registry.register(Box::new(counter.clone()))?;
            Ok::<_, prometheus::Error>(counter)
        };
        let requests = HistogramVec::new(
            prometheus::HistogramOpts::new("request_seconds", "Time to answer"),
            &["method", "route", "status"],
        )?;
        registry.register(Box::new(requests.clone()))?;
        let gauge = |name: &str, help: &str| {
            let gauge = IntGauge::new(name, help)?;
            registry.register(Box::new(gauge.clone()))?;
            Ok::<_, prometheus::Error>(gauge)
        };
        Ok(Self {
            requests,
            errors: counters("errors_total", "Error answers", "code")?,
            confirmed_bytes: counter("confirmed_bytes_total", "Bytes confirmed to browsers")?,
            superseded: counter("superseded_total", "Upload requests taken over by a newer one")?,
            evaluations: counters("evaluations_total", "Evaluations by outcome", "state")?,
            deliveries: counters("deliveries_total", "Attempts to deliver a webhook", "outcome")?,
            orphans: counter("orphans_total", "Objects without a row that were removed")?,
            streams: gauge("event_streams", "Open event streams")?,
            documents: gauge(
                "documents_looked_for",
                "1: documents are looked for in stills; 0: the network cannot be used",
            )?,
            reader: gauge("documents_read", "1: documents are read in stills; 0: the networks cannot be used")?,
            registry,
        })
    }

    /// As text.
    pub fn text(&self) -> Result<String, prometheus::Error> {
        TextEncoder::new().encode_to_string(&self.registry.gather())
    }
}
