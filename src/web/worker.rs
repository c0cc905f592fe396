//! The engine in its worker: loads it, hands frames over by transfer, takes observations back.

use std::{cell::Cell, rc::Rc};

use gloo_events::EventListener;
use js_sys::{Array, Function, Reflect};
use lichtbild_protocol::ErrorCode;
use wasm_bindgen::prelude::*;
use web_sys::{MessageEvent, Worker};

use super::{
    Feed,
    dom::{call, get, object, text, window},
    js::from_js,
};
use crate::{observation::Observation, session::Input, time::Timestamp};

/// Where the engine's files are, and of which version they have to be.
#[derive(Clone, Debug, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EngineAssets {
    /// The worker's script.
    pub worker_url: String,
    /// The engine's wasm.
    pub engine_wasm_url: String,
    /// Version of this package.
    pub version: String,
}

/// A loaded or loading engine. The worker ends when this is dropped.
#[must_use = "the worker ends when this is dropped"]
pub struct Engine {
    worker: Worker,
    _listeners: [EventListener; 3],
}

impl Engine {
    /// Starts the worker; feeds `EngineReady`, `Observed` and, at most once, `EngineLost`.
    pub fn load(assets: &EngineAssets, feed: &Feed) -> Result<Self, JsValue> {
        let worker = start(&assets.worker_url)?;
        let told = Rc::new(Cell::new(false));
        let lost = {
            let feed = feed.clone();
            Rc::new(move |code: ErrorCode| {
                if !told.replace(true) {
                    feed.give(Input::EngineLost(code));
                }
            })
        };
        let ready = Rc::new(Cell::new(false));
        let message = {
            let (feed, lost, ready, version) = (feed.clone(), lost.clone(), ready.clone(), assets.version.clone());
            EventListener::new(&worker, "message", move |event| {
                let data = event.dyn_ref::<MessageEvent>().map(MessageEvent::data).unwrap_or_default();
                match text(&data, "kind").as_str() {
                    "ready" if text(&data, "version") != version => lost(ErrorCode::EngineVersionMismatch),
                    "ready" => {
                        ready.set(true);
                        feed.give(Input::EngineReady);
                    }
                    "observation" => match observation(get(&data, "observation")) {
                        Some(observation) => feed.give(Input::Observed(observation)),
                        None => lost(ErrorCode::EngineVersionMismatch),
                    },
                    _ => lost(fault(&data, ready.get())),
                }
            })
        };
        let failure = |event: &'static str| {
            let (lost, ready) = (lost.clone(), ready.clone());
            EventListener::new(&worker, event, move |_| lost(fault(&JsValue::UNDEFINED, ready.get())))
        };
        let listeners = [message, failure("error"), failure("messageerror")];
        let load = object(&[
            ("kind", "load".into()),
            ("wasmUrl", assets.engine_wasm_url.as_str().into()),
            ("version", assets.version.as_str().into()),
        ]);
        worker.post_message(&load)?;
        Ok(Self { worker, _listeners: listeners })
    }

    /// Hands a frame over; it belongs to the worker afterwards.
    pub fn look(&self, frame: u32, at: Timestamp, source: &JsValue) -> Result<(), JsValue> {
        let message = object(&[
            ("kind", "frame".into()),
            ("frame", frame.into()),
            ("at", (at.0 as f64).into()),
            ("source", source.clone()),
        ]);
        self.worker.post_message_with_transfer(&message, &Array::of1(source))
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

thread_local! {
    /// Our policy where the browser knows Trusted Types and the page allows its name.
    static POLICY: JsValue = {
        let same = Closure::<dyn Fn(JsValue) -> JsValue>::new(|url| url).into_js_value();
        let rules = object(&[("createScriptURL", same)]);
        call(&get(&window(), "trustedTypes"), "createPolicy", &Array::of2(&"lichtbild".into(), &rules)).unwrap_or_default()
    };
}

/// A page that requires Trusted Types starts no worker from a plain address.
fn start(url: &str) -> Result<Worker, JsValue> {
    match POLICY.with(|policy| call(policy, "createScriptURL", &Array::of1(&url.into()))) {
        Some(trusted) => {
            let constructor: Function = get(&window(), "Worker").dyn_into()?;
            Reflect::construct(&constructor, &Array::of1(&trusted)).map(JsCast::unchecked_into)
        }
        None => Worker::new(url),
    }
}

fn observation(data: JsValue) -> Option<Observation> {
    from_js(data).ok()
}

fn fault(data: &JsValue, was_ready: bool) -> ErrorCode {
    match text(data, "code") {
        code if code == ErrorCode::EngineVersionMismatch.as_str() => ErrorCode::EngineVersionMismatch,
        _ if was_ready => ErrorCode::EngineCrashed,
        _ => ErrorCode::EngineUnavailable,
    }
}
