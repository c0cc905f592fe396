//! Opens camera and microphone, and gives them back.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use gloo_events::EventListener;
use gloo_timers::{callback::Timeout, future::TimeoutFuture};
use js_sys::{Array, Object};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{MediaStream, MediaStreamConstraints, MediaStreamTrack};

use super::{
    Feed,
    devices::{self, media_devices},
    dom::{error_name, get, object, set},
};
use crate::{
    capture::{Facing, MediaRefusal, MediaRequest, StreamFacts, VideoRequest},
    session::Input,
};

const DEADLINE_MILLIS: u32 = 60_000;
/// Some cameras know only after so long what they can.
const TELLS_LATE_MILLIS: u32 = 500;

/// An open stream. Camera and microphone stop when it is dropped.
#[must_use = "the camera stops when this is dropped"]
pub struct CameraStream {
    stream: MediaStream,
    listed_in: Array,
    _listeners: Vec<EventListener>,
}

impl CameraStream {
    fn new(stream: MediaStream, listed_in: Array, feed: &Feed) -> Self {
        listed_in.push(&stream);
        let mut listeners = Vec::new();
        for track in tracks(&stream) {
            let audio = track.kind() == "audio";
            let mut listen = |event: &'static str, input: Input| {
                let feed = feed.clone();
                listeners.push(EventListener::new(&track, event, move |_| feed.give(input.clone())));
            };
            listen("ended", Input::TrackEnded { audio });
            listen("mute", Input::TrackMuted { audio, muted: true });
            listen("unmute", Input::TrackMuted { audio, muted: false });
        }
        Self { stream, listed_in, _listeners: listeners }
    }

    /// The stream itself.
    pub const fn stream(&self) -> &MediaStream {
        &self.stream
    }

    /// The picture's track.
    pub fn video_track(&self) -> Option<MediaStreamTrack> {
        self.stream.get_video_tracks().get(0).dyn_into().ok()
    }

    fn facts(&self) -> StreamFacts {
        let has_audio = self.stream.get_audio_tracks().length() > 0;
        let Some(track) = self.video_track() else { return StreamFacts { has_audio, ..StreamFacts::default() } };
        let (device, facing, width, height) = devices::of_track(&track);
        let torch = device.capabilities.as_ref().is_some_and(|capabilities| capabilities.torch);
        let settings = super::dom::call(&track, "getSettings", &Array::new()).unwrap_or_default();
        let lit = get(&settings, "torch").is_truthy();
        StreamFacts { device, facing, width, height, has_audio, torch, lit }
    }
}

impl Drop for CameraStream {
    fn drop(&mut self) {
        stop(&self.stream);
        if let Ok(at) = u32::try_from(self.listed_in.index_of(&self.stream, 0)) {
            js_sys::Array::splice_many(&self.listed_in, at, 1, &[]);
        }
    }
}

/// The one camera slot of a page. Only the newest request may fill it; late streams are stopped at once.
#[derive(Default)]
pub struct Slot {
    /// Of the open stream, for those who have to stop it when nothing here runs any more.
    list: Array,
    newest: Cell<u32>,
    /// The open stream.
    pub open: RefCell<Option<CameraStream>>,
}

impl Slot {
    /// Lists its open stream there.
    pub fn listed_in(list: Array) -> Self {
        Self { list, ..Self::default() }
    }

    /// Asks the browser now, within the caller's user gesture. Feeds `StreamOpened` or `StreamRefused`.
    pub fn open(self: &Rc<Self>, sequence: u32, request: &MediaRequest, feed: Feed) {
        self.close();
        self.newest.set(sequence);
        let asked = media_devices()
            .ok_or_else(no_devices)
            .and_then(|it| it.get_user_media_with_constraints(&constraints(request)));
        let mut slot = self.clone();
        let late = {
            let (slot, feed) = (self.clone(), feed.clone());
            Timeout::new(DEADLINE_MILLIS, move || {
                if slot.newest.get() == sequence && slot.open.borrow().is_none() {
                    slot.newest.set(0);
                    spawn_local(refuse(sequence, object(&[("name", "Timeout".into())]).into(), feed));
                }
            })
        };
        spawn_local(async move {
            let answer = match asked {
                Ok(promise) => JsFuture::from(promise).await,
                Err(thrown) => Err(thrown),
            };
            drop(late);
            match answer {
                Ok(stream) if slot.newest.get() != sequence => stop(stream.unchecked_ref()),
                Ok(stream) => {
                    let stream = CameraStream::new(stream.unchecked_into(), slot.list.clone(), &feed);
                    let facts = stream.facts();
                    *slot.open.borrow_mut() = Some(stream);
                    feed.give(Input::StreamOpened { sequence, facts });
                    // Whoever drops the slot meanwhile wants the camera off at once.
                    let slot = Rc::downgrade(&std::mem::take(&mut slot));
                    TimeoutFuture::new(TELLS_LATE_MILLIS).await;
                    if let Some(slot) = slot.upgrade() {
                        slot.describe(sequence, &feed);
                    }
                }
                Err(thrown) if slot.newest.get() == sequence => refuse(sequence, thrown, feed).await,
                Err(_) => {}
            }
        });
    }

    /// Stops the open stream, and one that is still on its way.
    pub fn close(&self) {
        self.newest.set(0);
        self.open.borrow_mut().take();
    }

    /// Says anew what the open stream is, if it is still that one.
    fn describe(&self, sequence: u32, feed: &Feed) {
        let facts = self.open.borrow().as_ref().filter(|_| self.newest.get() == sequence).map(CameraStream::facts);
        if let Some(facts) = facts {
            feed.give(Input::StreamChanged { sequence, facts });
        }
    }

    /// Torch and magnification of the open camera; tells whether it obeyed: some take the wish and do nothing.
    pub fn tune(self: &Rc<Self>, torch: Option<bool>, zoom: Option<f32>, feed: Feed) {
        let Some(track) = self.open.borrow().as_ref().and_then(CameraStream::video_track) else { return };
        // What is `undefined` is not asked for.
        let wishes = object(&[("torch", torch.into()), ("zoom", zoom.into())]);
        let wish = object(&[("advanced", Array::of1(&wishes).into())]);
        if let Some(promise) = super::dom::call(&track, "applyConstraints", &Array::of1(&wish)) {
            let (slot, sequence) = (self.clone(), self.newest.get());
            spawn_local(async move {
                // A camera that cannot do it says so; the picture goes on all the same.
                JsFuture::from(js_sys::Promise::resolve(&promise)).await.ok();
                slot.describe(sequence, &feed);
            });
        }
    }
}

async fn refuse(sequence: u32, thrown: JsValue, feed: Feed) {
    let refusal = MediaRefusal {
        name: error_name(&thrown),
        camera: devices::permission("camera").await,
        microphone: devices::permission("microphone").await,
        policy_allows: devices::policy_allows("camera") && devices::policy_allows("microphone"),
    };
    feed.give(Input::StreamRefused { sequence, refusal });
}

fn no_devices() -> JsValue {
    object(&[("name", "TypeError".into())]).into()
}

fn constraints(request: &MediaRequest) -> MediaStreamConstraints {
    let constraints = MediaStreamConstraints::new();
    constraints.set_audio(&request.audio.into());
    match &request.video {
        Some(video) => constraints.set_video(&video_constraints(video)),
        None => constraints.set_video(&false.into()),
    }
    constraints
}

fn video_constraints(video: &VideoRequest) -> Object {
    let ideal = |value: JsValue| JsValue::from(object(&[("ideal", value)]));
    let wish = object(&[
        ("width", ideal(video.width.into())),
        ("height", ideal(video.height.into())),
        ("frameRate", ideal(video.frame_rate.into())),
        ("resizeMode", ideal("none".into())),
    ]);
    if let Some(device) = &video.device {
        set(&wish, "deviceId", &object(&[("exact", device.as_str().into())]));
    } else {
        let facing = if video.facing == Facing::Rear { "environment" } else { "user" };
        set(&wish, "facingMode", &ideal(facing.into()));
    }
    wish
}

fn tracks(stream: &MediaStream) -> Vec<MediaStreamTrack> {
    stream.get_tracks().iter().filter_map(|track| track.dyn_into().ok()).collect()
}

fn stop(stream: &MediaStream) {
    tracks(stream).iter().for_each(MediaStreamTrack::stop);
}
