//! Whether the store answers, for whoever asks without being known: looked at every few seconds at most, however many ask.

use tokio::sync::Mutex;

use crate::{
    clock::{self, Millis},
    store::Store,
};

/// How long an answer is good for.
const GOOD_FOR: Millis = 5_000;

/// What was seen last.
#[derive(Default)]
pub struct Health {
    seen: Mutex<Option<(Millis, bool)>>,
}

impl Health {
    /// Whether the store answers. One asks it, the others wait for what it learns.
    pub async fn store(&self, store: &dyn Store) -> bool {
        let mut seen = self.seen.lock().await;
        let now = clock::now();
        match *seen {
            Some((at, well)) if now - at < GOOD_FOR => well,
            _ => {
                let well = store.ping().await.inspect_err(|error| tracing::error!(%error, "store")).is_ok();
                *seen = Some((now, well));
                well
            }
        }
    }
}
