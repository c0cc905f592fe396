//! Tells whoever listens to a case that it changed; what it is now, each reads from the store by itself.

use std::{collections::HashMap, sync::Mutex};

use tokio::sync::watch;
use tokio_util::sync::{CancellationToken, DropGuard};

/// Streams of one case at the same time; a further one ends the oldest, which may hang on a line that is dead already.
pub const STREAMS_MAX: usize = 8;

/// The listeners of each case.
#[derive(Default)]
pub struct Events {
    cases: Mutex<HashMap<String, Listeners>>,
}

struct Listeners {
    changed: watch::Sender<()>,
    streams: Vec<CancellationToken>,
}

/// One listener.
pub struct Listening {
    /// The case changed.
    pub changed: watch::Receiver<()>,
    /// Others listen instead.
    pub over: CancellationToken,
    _left: DropGuard,
}

impl Events {
    /// Listens to a case.
    pub fn listen(&self, case: &str) -> Listening {
        let mut cases = self.cases.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let listeners = cases
            .entry(case.to_owned())
            .or_insert_with(|| Listeners { changed: watch::channel(()).0, streams: Vec::new() });
        listeners.streams.retain(|stream| !stream.is_cancelled());
        if listeners.streams.len() >= STREAMS_MAX {
            listeners.streams.remove(0).cancel();
        }
        let over = CancellationToken::new();
        listeners.streams.push(over.clone());
        Listening { changed: listeners.changed.subscribe(), over: over.clone(), _left: over.drop_guard() }
    }

    /// A case changed.
    pub fn tell(&self, case: &str) {
        let mut cases = self.cases.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if cases.get(case).is_some_and(|listeners| listeners.changed.send(()).is_err()) {
            cases.remove(case);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_has_eight_streams_at_most_and_the_newest_ones() {
        let events = Events::default();
        let mut open: Vec<_> = (0..STREAMS_MAX).map(|_| events.listen("a")).collect();
        let other = events.listen("b");
        drop(open.remove(3));
        open.push(events.listen("a"));
        assert!(open.iter().all(|stream| !stream.over.is_cancelled()), "one had left");
        let newest = events.listen("a");
        assert!(open[0].over.is_cancelled() && open[1..].iter().all(|stream| !stream.over.is_cancelled()));
        assert!(!newest.over.is_cancelled() && !other.over.is_cancelled());
    }
}
