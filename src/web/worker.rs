//! The engine in its worker: loads it, hands frames over by transfer, takes observations back.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use gloo_events::EventListener;
use js_sys::{Array, Function, Reflect};
use lichtbild_protocol::{ErrorCode, Sensitive, case::ArtifactId};
use wasm_bindgen::prelude::*;
use web_sys::{MessageEvent, Worker};

use super::{
    Feed,
    dom::{call, get, number, object, text, window},
};
use crate::{
    observation::{DocumentClass, DocumentSeen, Observation, ZoneFormat, ZoneFound, ZoneRead, ZoneSeen, ZoneWish},
    session::Input,
    time::Timestamp,
};

/// Where the engine's files are, and of which version they have to be.
#[derive(Clone, Debug, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EngineAssets {
    /// The worker's script.
    pub worker_url: String,
    /// The engine's wasm.
    pub engine_wasm_url: String,
    /// The network that finds documents.
    pub document_model_url: String,
    /// The network that finds machine-readable zones.
    pub finder_model_url: String,
    /// The network that reads them.
    pub reader_model_url: String,
    /// Version of this package.
    pub version: String,
}

/// A loaded or loading engine. The worker ends when this is dropped.
#[must_use = "the worker ends when this is dropped"]
pub struct Engine {
    worker: Worker,
    /// Stills that are looked at, by the number they were given.
    stills: Stills,
    _listeners: [EventListener; 3],
}

type Stills = Rc<RefCell<Vec<(u32, ArtifactId)>>>;

impl Engine {
    /// Starts the worker; feeds `EngineProgress`, `EngineReady`, `Observed` and, at most once, `EngineLost`.
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
        let stills = Stills::default();
        let message = {
            let asked = stills.clone();
            let (feed, lost, ready, version) = (feed.clone(), lost.clone(), ready.clone(), assets.version.clone());
            EventListener::new(&worker, "message", move |event| {
                let data = event.dyn_ref::<MessageEvent>().map(MessageEvent::data).unwrap_or_default();
                match text(&data, "kind").as_str() {
                    "ready" if text(&data, "version") != version => lost(ErrorCode::EngineVersionMismatch),
                    "ready" => {
                        ready.set(true);
                        let can = |key| get(&data, key).is_truthy();
                        feed.give(Input::EngineReady { documents: can("documents"), reads: can("reads") });
                    }
                    "progress" => {
                        feed.give(Input::EngineProgress(number(&data, "percent").unwrap_or_default() as u8));
                    }
                    "observation" => match observation(&get(&data, "observation")) {
                        Some(seen) => feed.give(match still_of(&asked, seen.frame) {
                            Some(artifact) => Input::StillSeen { artifact, seen: Some(seen) },
                            None => Input::Observed(seen),
                        }),
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
            ("modelUrl", assets.document_model_url.as_str().into()),
            ("finderUrl", assets.finder_model_url.as_str().into()),
            ("readerUrl", assets.reader_model_url.as_str().into()),
            ("version", assets.version.as_str().into()),
        ]);
        worker.post_message(&load)?;
        Ok(Self { worker, stills, _listeners: listeners })
    }

    /// Hands a frame over; it belongs to the worker afterwards.
    pub fn look(&self, frame: u32, at: Timestamp, zone: ZoneWish, source: &JsValue) -> Result<(), JsValue> {
        self.hand_over("frame", frame, at, zone, source)
    }

    /// Hands a still over; `StillSeen` is fed.
    pub fn look_at_still(
        &self,
        artifact: ArtifactId,
        at: Timestamp,
        zone: ZoneWish,
        source: &JsValue,
    ) -> Result<(), JsValue> {
        let number = {
            let mut stills = self.stills.borrow_mut();
            // Frames are numbered from below.
            let number = stills.last().map_or(u32::MAX, |(number, _)| number - 1);
            stills.push((number, artifact));
            number
        };
        self.hand_over("still", number, at, zone, source)
    }

    fn hand_over(
        &self,
        kind: &str,
        frame: u32,
        at: Timestamp,
        zone: ZoneWish,
        source: &JsValue,
    ) -> Result<(), JsValue> {
        let message = object(&[
            ("kind", kind.into()),
            ("frame", frame.into()),
            ("at", (at.0 as f64).into()),
            ("zone", zone.name().into()),
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

fn still_of(asked: &Stills, number: u32) -> Option<ArtifactId> {
    let mut asked = asked.borrow_mut();
    let at = asked.iter().position(|(still, _)| *still == number)?;
    Some(asked.remove(at).1)
}

/// Field by field: a general reader would be several kilobytes for this one type.
fn observation(data: &JsValue) -> Option<Observation> {
    let (document, zone) = (get(data, "document"), get(data, "zone"));
    Some(Observation {
        frame: get(data, "frame").as_f64()? as u32,
        at: Timestamp(get(data, "at").as_f64()? as u64),
        sharpness: measure(data, "sharpness")?,
        brightness: measure(data, "brightness")?,
        contrast: measure(data, "contrast")?,
        glare: measure(data, "glare")?,
        motion: measure(data, "motion"),
        identical: get(data, "identical").as_bool()?,
        document: if document.is_object() { Some(document_seen(&document)?) } else { None },
        zone: if zone.is_object() { Some(zone_seen(&zone)?) } else { None },
        millis: measure(data, "millis")?,
    })
}

fn zone_seen(data: &JsValue) -> Option<ZoneSeen> {
    let found = match text(data, "state").as_str() {
        "missing" => ZoneFound::Missing,
        "cut" => ZoneFound::Cut,
        "unreadable" => ZoneFound::Unreadable,
        "read" => ZoneFound::Read(ZoneRead {
            format: ZoneFormat::from_name(&text(data, "format"))?,
            lines: Sensitive::new(
                Array::from(&get(data, "lines")).iter().filter_map(|line| line.as_string()).collect(),
            ),
            confidence: measure(data, "confidence")?,
        }),
        _ => return None,
    };
    Some(ZoneSeen { found, millis: measure(data, "millis")? })
}

fn document_seen(data: &JsValue) -> Option<DocumentSeen> {
    let quad = list(data, "quad").map(|corner| pair(&corner));
    Some(DocumentSeen {
        class: DocumentClass::from_name(&text(data, "class"))?,
        score: measure(data, "score")?,
        quad,
        corners: list(data, "corners").map(|corner| corner.is_truthy()),
        cut: list(data, "cut").map(|edge| edge.as_f64().unwrap_or_default() as f32),
        covered: measure(data, "covered")?,
        fill: measure(data, "fill")?,
        dpi: measure(data, "dpi"),
        tilt: measure(data, "tilt")?,
        turn: measure(data, "turn")?,
        motion: measure(data, "motion"),
        sharpness: measure(data, "sharpness")?,
        brightness: measure(data, "brightness")?,
        contrast: measure(data, "contrast")?,
        glare: measure(data, "glare")?,
        hidden: measure(data, "hidden")?,
        shadow: measure(data, "shadow")?,
    })
}

fn list(data: &JsValue, key: &str) -> [JsValue; 4] {
    let list = Array::from(&get(data, key));
    std::array::from_fn(|at| list.get(at as u32))
}

fn pair(corner: &JsValue) -> [f32; 2] {
    let list = Array::from(corner);
    [0, 1].map(|at| list.get(at).as_f64().unwrap_or_default() as f32)
}

fn measure(data: &JsValue, key: &str) -> Option<f32> {
    get(data, key).as_f64().map(|value| value as f32)
}

fn fault(data: &JsValue, was_ready: bool) -> ErrorCode {
    match text(data, "code") {
        code if code == ErrorCode::EngineVersionMismatch.as_str() => ErrorCode::EngineVersionMismatch,
        _ if was_ready => ErrorCode::EngineCrashed,
        _ => ErrorCode::EngineUnavailable,
    }
}
