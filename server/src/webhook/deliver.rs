//! Takes due webhooks to their receivers: signed, without following redirects, within a deadline; notes how it went and when it
//! is tried again.

use std::{sync::Arc, time::Duration};

use futures_util::{StreamExt as _, stream};
use reqwest::{Client, StatusCode, redirect::Policy};
use standardwebhooks::Webhook;

use super::{check_url, guard::Resolver, schedule};
use crate::{
    auth::secret,
    clock::{self, Millis},
    routes::capture::millis,
    state::App,
    store::{Attempted, Due, StoreError},
};

/// Time a receiver has to answer.
const DEADLINE: Duration = Duration::from_secs(15);
/// Deliveries at the same time.
const AT_ONCE: usize = 16;
/// How long the queue is left alone at most, and after the store failed.
const PAUSE: Duration = Duration::from_secs(30);

/// Delivers webhooks.
pub struct Deliverer {
    app: App,
    client: Client,
}

impl Deliverer {
    /// With its own connections, apart from everything else.
    pub fn new(app: App) -> Result<Self, reqwest::Error> {
        let client = Client::builder()
            .redirect(Policy::none())
            .no_proxy()
            .timeout(DEADLINE)
            .dns_resolver(Arc::new(Resolver { allow_private: app.config.allow_private_webhooks }))
            .user_agent(concat!("lichtbild/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self { app, client })
    }

    /// Delivers until the program ends; what is due then stays due.
    pub async fn run(self) {
        loop {
            let pause = match self.round().await {
                Ok(next) => next.map_or(PAUSE, |at| until(at).min(PAUSE)),
                Err(error) => {
                    tracing::error!(%error, "the webhook queue cannot be read or written");
                    PAUSE
                }
            };
            tokio::select! {
                () = self.app.stop.cancelled() => return,
                () = self.app.deliver.notified() => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Delivers what is due now; returns when the next is.
    pub async fn round(&self) -> Result<Option<Millis>, StoreError> {
        let due = self.app.store.due(clock::now(), AT_ONCE as u32).await?;
        let mut attempts = stream::iter(due).map(|due| self.attempt(due)).buffer_unordered(AT_ONCE);
        while let Some(attempted) = attempts.next().await {
            self.app.store.attempted(&attempted).await?;
        }
        self.app.store.next_due().await
    }

    async fn attempt(&self, due: Due) -> Attempted {
        let status = self.send(&due).await;
        let delivered = status.is_some_and(|status| status.is_success());
        let gone = status == Some(StatusCode::GONE);
        let at = clock::now();
        let wait = if delivered || gone { None } else { schedule::wait(due.attempts + 1, secret::random_bits()) };
        let outcome = if delivered { "delivered" } else { "failed" };
        self.app.metrics.deliveries.with_label_values(&[outcome]).inc();
        tracing::info!(delivery = due.id, status = status.map(|status| status.as_u16()), outcome, "webhook");
        Attempted {
            id: due.id,
            status: status.map(|status| status.as_u16()),
            delivered,
            next_at: wait.map(|wait| at + millis(wait)),
            disable: !delivered && wait.is_none(),
            at,
        }
    }

    /// The receiver's answer; `None`: it may not be reached, or did not answer.
    async fn send(&self, due: &Due) -> Option<StatusCode> {
        // The client does not ask its resolver about addresses written as numbers.
        check_url(&due.hook.url, self.app.config.allow_private_webhooks).ok()?;
        let now = clock::now() / 1000;
        let signature = Webhook::new(due.hook.secret.expose()).ok()?.sign(&due.id, now, due.body.as_bytes()).ok()?;
        let request = self
            .client
            .post(&due.hook.url)
            .header("content-type", "application/json")
            .header("webhook-id", &due.id)
            .header("webhook-timestamp", now)
            .header("webhook-signature", signature)
            .body(due.body.clone());
        request.send().await.ok().map(|answer| answer.status())
    }
}

fn until(at: Millis) -> Duration {
    Duration::from_millis((at - clock::now()).max(0).unsigned_abs())
}
