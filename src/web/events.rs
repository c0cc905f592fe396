//! The server's events by `fetch`, since `EventSource` sends no headers. A stream that is silent for too long is given up.

use std::{cell::Cell, rc::Rc};

use js_sys::Uint8Array;
use lichtbild_protocol::capture::SessionSnapshot;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::ReadableStreamDefaultReader;

use super::{
    Feed,
    backend::Backend,
    dom::get,
    http::{Ask, Begun},
    js::from_json,
    timer::within,
};
use crate::session::Input;

const BEGIN_MILLIS: u32 = 15_000;
/// The server says something every 15 s.
const SILENCE_MILLIS: u32 = 45_000;

/// Listens while it lives.
#[derive(Debug)]
#[must_use = "nobody listens when this is dropped"]
pub struct Listening(Rc<Cell<bool>>);

impl Listening {
    /// Feeds `Pushed` for every snapshot and `EventsLost` at the end, whatever ended it.
    pub fn start(backend: Rc<Backend>, feed: Feed) -> Self {
        let wanted = Rc::new(Cell::new(true));
        let listening = Self(wanted.clone());
        spawn_local(async move {
            let url = backend.url("/v1/capture/events");
            let headers = vec![("accept", "text/event-stream".to_owned())];
            let ask = Ask { method: "GET", url: &url, headers, body: None };
            if let Ok(begun) = backend.begin(ask, BEGIN_MILLIS).await {
                follow(&begun, &wanted, &feed).await;
            }
            if wanted.get() {
                feed.give(Input::EventsLost);
            }
        });
        listening
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.0.set(false);
    }
}

async fn follow(begun: &Begun, wanted: &Cell<bool>, feed: &Feed) {
    let Some(body) = begun.response.body().filter(|_| begun.response.ok()) else { return };
    let Ok(reader) = body.get_reader().dyn_into::<ReadableStreamDefaultReader>() else { return };
    let mut lines = Lines::default();
    while let Some(Ok(part)) = within(SILENCE_MILLIS, JsFuture::from(reader.read())).await {
        if !wanted.get() || get(&part, "done").is_truthy() {
            return;
        }
        for data in lines.take(&Uint8Array::new(&get(&part, "value")).to_vec()) {
            if let Ok(session) = from_json::<SessionSnapshot>(&data) {
                feed.give(Input::Pushed(Box::new(session)));
            }
        }
    }
}

/// Splits `text/event-stream` into the data of its events, however the bytes are cut (HTML standard, 9.2.6). Names and ids are
/// not needed: there is one kind of event, and each tells everything.
#[derive(Debug, Default)]
struct Lines {
    open: Vec<u8>,
    data: String,
}

impl Lines {
    fn take(&mut self, bytes: &[u8]) -> Vec<String> {
        let mut events = Vec::new();
        for &byte in bytes {
            if byte != b'\n' {
                self.open.push(byte);
                continue;
            }
            let line = String::from_utf8_lossy(&std::mem::take(&mut self.open)).into_owned();
            let line = line.trim_end_matches('\r');
            if line.is_empty() && !self.data.is_empty() {
                events.push(std::mem::take(&mut self.data));
            } else if let Some(data) = line.strip_prefix("data:") {
                if !self.data.is_empty() {
                    self.data.push('\n');
                }
                self.data.push_str(data.strip_prefix(' ').unwrap_or(data));
            }
        }
        events
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_whole_however_the_bytes_are_cut() {
        let stream = ": hello\n\nevent: session\ndata: {\"a\":\ndata: \"ä\"}\n\ndata:2\r\n\r\ndata: cut";
        for cut in 1..stream.len() {
            let mut lines = Lines::default();
            let found: Vec<_> = stream.as_bytes().chunks(cut).flat_map(|part| lines.take(part)).collect();
            assert_eq!(found, ["{\"a\":\n\"ä\"}", "2"], "cut every {cut} bytes");
        }
    }
}
