//! Tells whoever listens to a case that it changed; what it is now, each reads from the store by itself.

use std::{collections::HashMap, sync::Mutex};

use tokio::sync::watch;

/// The listeners of each case.
#[derive(Default)]
pub struct Events {
    cases: Mutex<HashMap<String, watch::Sender<()>>>,
}

impl Events {
    /// Listens to a case.
    pub fn listen(&self, case: &str) -> watch::Receiver<()> {
        let mut cases = self.cases.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        cases.entry(case.to_owned()).or_insert_with(|| watch::channel(()).0).subscribe()
    }

    /// A case changed.
    pub fn tell(&self, case: &str) {
        let mut cases = self.cases.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if cases.get(case).is_some_and(|sender| sender.send(()).is_err()) {
            cases.remove(case);
        }
    }
}
