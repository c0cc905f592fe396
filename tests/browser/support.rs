//! What the tests share: an ear for the shells' reports, an open fake camera, a recording to speak of.

use std::{cell::RefCell, rc::Rc};

use gloo_timers::future::TimeoutFuture;
use lichtbild::{
    artifact::Artifact,
    capture::{Facing, MediaRequest, StreamFacts, VideoRequest},
    session::Input,
    web::{Feed, camera::Slot, db::Db, store::Store},
};
use lichtbild_protocol::case::ArtifactKind;
use wasm_bindgen::prelude::*;
use web_sys::MediaStream;

const PATIENCE_MILLIS: u32 = 20_000;
const LOOK_MILLIS: u32 = 20;

/// Keeps what a shell reports.
#[derive(Clone, Default)]
pub struct Ear(Rc<RefCell<Vec<Input>>>);

impl Ear {
    pub fn feed(&self) -> Feed {
        let heard = self.0.clone();
        Feed::new(move |input| heard.borrow_mut().push(input))
    }

    /// The first report that `pick` takes; reports before it are forgotten.
    pub async fn hear<T>(&self, what: &str, pick: impl Fn(&Input) -> Option<T>) -> T {
        for _ in 0..PATIENCE_MILLIS / LOOK_MILLIS {
            let found = self.0.borrow().iter().enumerate().find_map(|(at, input)| Some((at, pick(input)?)));
            if let Some((at, found)) = found {
                self.0.borrow_mut().drain(..=at);
                return found;
            }
            pause(LOOK_MILLIS).await;
        }
        // Taken out first: after a panic nothing gives a borrow back.
        let heard = self.0.take();
        panic!("never heard of {what}, but of {} other things, at last {:?}", heard.len(), heard.last());
    }

    /// How many reports so far are of a kind.
    pub fn count(&self, like: impl Fn(&Input) -> bool) -> usize {
        self.0.borrow().iter().filter(|input| like(input)).count()
    }
}

pub async fn pause(millis: u32) {
    TimeoutFuture::new(millis).await;
}

/// Waits until something holds.
pub async fn until(what: &str, holds: impl Fn() -> bool) {
    for _ in 0..PATIENCE_MILLIS / LOOK_MILLIS {
        if holds() {
            return;
        }
        pause(LOOK_MILLIS).await;
    }
    panic!("never came: {what}");
}

pub fn wish(audio: bool) -> MediaRequest {
    let video = VideoRequest { device: None, facing: Facing::Rear, width: 1280, height: 720, frame_rate: 30 };
    MediaRequest { video: Some(video), audio }
}

/// An open camera and what the browser told about it.
pub async fn open_camera(ear: &Ear, audio: bool) -> (Rc<Slot>, StreamFacts) {
    let slot = Rc::new(Slot::default());
    slot.open(1, &wish(audio), ear.feed());
    let facts = ear
        .hear("an open camera", |input| match input {
            Input::StreamOpened { sequence: 1, facts } => Some(facts.clone()),
            _ => None,
        })
        .await;
    (slot, facts)
}

/// The open stream, the very object: its own `clone` would open the devices a second time.
pub fn stream(slot: &Slot) -> MediaStream {
    let open = slot.open.borrow();
    Clone::clone(open.as_ref().expect("an open camera").stream())
}

/// A video element in the page that is not the component's.
pub fn video() -> web_sys::HtmlVideoElement {
    let document = web_sys::window().and_then(|window| window.document()).expect("a document");
    let video = document.create_element("video").expect("an element");
    document.body().expect("a body").append_child(&video).expect("it is new");
    video.unchecked_into()
}

/// A recording of a case that no other test uses.
pub fn artifact(name: &str) -> Artifact {
    Artifact {
        id: format!("artifact-{name}"),
        case: format!("case-{name}"),
        step: "front-video".into(),
        kind: ArtifactKind::Video,
        media_type: "video/webm".into(),
    }
}

/// A store as a freshly loaded page has it.
pub fn fresh_store(ear: &Ear) -> Rc<Store> {
    Rc::new(Store::new(Rc::new(Db::default()), ear.feed()))
}

pub fn noise(len: usize) -> Vec<u8> {
    let mut state = 9303_u32;
    let next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    std::iter::repeat_with(next).take(len).collect()
}
