//! Takes due webhooks to their receivers: signed, without following redirects, within a deadline; notes how it went and when it
//! is tried again. Few at a time for each receiver, so that one that does not answer delays nobody else's.

use std::{sync::Arc, time::Duration};

use futures_util::{StreamExt as _, stream};
use reqwest::{Client, Response, StatusCode, header::RETRY_AFTER, redirect::Policy};
use standardwebhooks::Webhook;
use tokio_util::task::JoinMap;

use super::{check_url, guard::Resolver, schedule};
use crate::{
    auth::secret,
    clock::{self, Millis},
    state::App,
    store::{Attempted, Due, StoreError},
};

/// Time a receiver has to answer.
const DEADLINE: Duration = Duration::from_secs(15);
/// Deliveries at the same time.
const AT_ONCE: usize = 32;
/// To the same receiver.
const EACH: usize = 2;
/// How long the queue is left alone at most, and after it could not be read.
const PAUSE: Duration = Duration::from_secs(30);
/// And after it could not be written, lest the same is delivered again and again.
const FAILED: Duration = Duration::from_secs(5);

/// Delivers webhooks.
#[derive(Clone)]
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
        let mut under_way = JoinMap::new();
        loop {
            let pause = self.start(&mut under_way).await.unwrap_or_else(|error| {
                tracing::error!(%error, "the webhook queue cannot be read");
                PAUSE
            });
            tokio::select! {
                () = self.app.stop.cancelled() => return,
                Some((_, noted)) = under_way.join_next() => {
                    if let Ok(Err(error)) = noted {
                        tracing::error!(%error, "the webhook queue cannot be written");
                        tokio::time::sleep(FAILED).await;
                    }
                }
                () = self.app.deliver.notified() => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Sets out with what is due and not under way; returns when to look again.
    async fn start(&self, under_way: &mut JoinMap<String, Result<(), StoreError>>) -> Result<Duration, StoreError> {
        let now = clock::now();
        for due in self.app.store.due(now, AT_ONCE as u32, EACH as u32).await? {
            if !under_way.contains_key(&due.id) && under_way.len() < AT_ONCE {
                let deliverer = self.clone();
                under_way.spawn(due.id.clone(), async move { deliverer.deliver(due).await });
            }
        }
        // What is due already and did not set out waits for something under way, whose end wakes us.
        let next = self.app.store.next_due(now).await?;
        Ok(next.map_or(PAUSE, |at| until(at).min(PAUSE)))
    }

    /// Delivers what is due now, and waits for it.
    pub async fn round(&self) -> Result<(), StoreError> {
        let due = self.app.store.due(clock::now(), AT_ONCE as u32, EACH as u32).await?;
        let mut noted = stream::iter(due).map(|due| self.deliver(due)).buffer_unordered(AT_ONCE);
        while let Some(noted) = noted.next().await {
            noted?;
        }
        Ok(())
    }

    async fn deliver(&self, due: Due) -> Result<(), StoreError> {
        self.app.store.attempted(&self.attempt(due).await).await
    }

    async fn attempt(&self, due: Due) -> Attempted {
        let answer = self.send(&due).await;
        let status = answer.as_ref().map(Response::status);
        let delivered = status.is_some_and(|status| status.is_success());
        let gone = status == Some(StatusCode::GONE);
        let at = clock::now();
        let asked = answer.as_ref().and_then(|answer| answer.headers().get(RETRY_AFTER)?.to_str().ok());
        let asked = asked.and_then(|text| schedule::retry_after(text, at)).unwrap_or_default();
        let wait = if delivered || gone { None } else { schedule::wait(due.attempts + 1, secret::random_bits()) };
        let wait = wait.map(|wait| wait.max(asked));
        let outcome = if delivered { "delivered" } else { "failed" };
        self.app.metrics.deliveries.with_label_values(&[outcome]).inc();
        tracing::info!(delivery = due.id, status = status.map(|status| status.as_u16()), outcome, "webhook");
        Attempted {
            id: due.id,
            status: status.map(|status| status.as_u16()),
            delivered,
            next_at: wait.map(|wait| at + clock::millis(wait)),
            disable: gone,
            at,
        }
    }

    /// The receiver's answer; `None`: it may not be reached, or did not answer.
    async fn send(&self, due: &Due) -> Option<Response> {
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
        request.send().await.ok()
    }
}

fn until(at: Millis) -> Duration {
    Duration::from_millis((at - clock::now()).max(0).unsigned_abs())
}
