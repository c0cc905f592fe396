//! The one clock and the one timer of the page.

use std::{cell::RefCell, future::poll_fn, pin::pin, task::Poll};

use gloo_timers::{callback::Timeout, future::TimeoutFuture};

use super::{Feed, dom::window};
use crate::{session::Input, time::Timestamp};

/// Now, in milliseconds since 1970, monotonic within the page.
#[expect(clippy::disallowed_methods, reason = "this is the one place that reads a clock")]
pub fn now() -> Timestamp {
    let performance = window().performance().expect("every window has a performance clock");
    Timestamp((performance.time_origin() + performance.now()) as u64)
}

/// A time as text, in UTC.
pub fn rfc3339(at: Timestamp) -> String {
    js_sys::Date::new(&(at.0 as f64).into()).to_iso_string().into()
}

/// Wakes the session; a later wish replaces the earlier one.
#[derive(Default)]
pub struct Timer(RefCell<Option<Timeout>>);

impl Timer {
    /// Feeds `Input::Tick` at `at`.
    pub fn wake_at(&self, at: Timestamp, feed: Feed) {
        // Browsers take no longer waits than 2^31 ms; an early tick does no harm.
        let wait = at.since(now()).0.min(i32::MAX as u64) as u32;
        *self.0.borrow_mut() = Some(Timeout::new(wait, move || feed.give(Input::Tick)));
    }

    /// Forgets the wish.
    pub fn stop(&self) {
        self.0.borrow_mut().take();
    }
}

/// What the work gives, or `None` if it takes longer than `millis`.
pub async fn within<T>(millis: u32, work: impl Future<Output = T>) -> Option<T> {
    let mut work = pin!(work);
    let mut late = pin!(TimeoutFuture::new(millis));
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(done) => Poll::Ready(Some(done)),
        Poll::Pending => late.as_mut().poll(context).map(|()| None),
    })
    .await
}
