//! What the page itself goes through: shown, hidden, online, offline, cameras plugged in.

use gloo_events::EventListener;
use wasm_bindgen_futures::spawn_local;
use web_sys::VisibilityState;

use super::{
    Feed,
    devices::{cameras, media_devices},
    dom::window,
    facts::missing,
};
use crate::session::Input;

/// Whether the browser believes it is online.
pub fn online() -> bool {
    window().navigator().on_line()
}

/// Listens until dropped.
pub fn listen(feed: &Feed) -> Vec<EventListener> {
    let window = window();
    let on = |target: &web_sys::EventTarget, event: &'static str, make: fn() -> Input| {
        let feed = feed.clone();
        EventListener::new(target, event, move |_| feed.give(make()))
    };
    let mut listeners =
        vec![on(&window, "online", || Input::Online(true)), on(&window, "offline", || Input::Online(false))];
    if let Some(document) = window.document() {
        listeners.push(on(&document, "visibilitychange", || Input::Visible(visible())));
        // Safari misses the event above when it leaves the page.
        listeners.push(on(&window, "pagehide", || Input::Visible(false)));
        listeners.push(on(&window, "pageshow", || Input::Visible(visible())));
    }
    if let Some(devices) = media_devices() {
        let feed = feed.clone();
        listeners.push(EventListener::new(&devices, "devicechange", move |_| {
            let feed = feed.clone();
            spawn_local(async move { tell_devices(&feed).await });
        }));
    }
    listeners
}

/// Feeds what there is of cameras, and what is missing.
pub async fn tell_devices(feed: &Feed) {
    feed.give(Input::Cameras(cameras().await));
    feed.give(Input::Missing(missing().await));
}

fn visible() -> bool {
    window().document().is_none_or(|document| document.visibility_state() == VisibilityState::Visible)
}
