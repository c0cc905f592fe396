//! The video element whose picture is looked at: the one on screen where there is one, else one of our own. Says when there is a new
//! frame, and gives it out.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use gloo_timers::callback::Interval;
use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{HtmlVideoElement, MediaStream, OffscreenCanvas, OffscreenCanvasRenderingContext2d};

use super::{
    Feed,
    dom::{FrameVideo, VideoFrame, call, create_image_bitmap, window},
};
use crate::{capture::Glance, session::Input};

/// Without frame callbacks the picture's time is looked at this often.
const LOOK_MILLIS: u32 = 66;

/// Pixels of the drawing that is looked at where there is no engine.
const TINY: (u32, u32) = (32, 18);

/// The picture of the open stream.
#[derive(Default)]
pub struct Frames {
    /// The page's element.
    shown: RefCell<Option<HtmlVideoElement>>,
    playing: RefCell<Option<Playing>>,
    /// Frames counted in this page.
    count: Rc<Cell<u32>>,
    tiny: RefCell<Option<OffscreenCanvasRenderingContext2d>>,
}

/// An element that plays the stream, watched for frames.
struct Playing {
    video: HtmlVideoElement,
    _watch: Watch,
}

enum Watch {
    Callbacks(Rc<Callbacks>),
    Looks { _interval: Interval },
}

struct Callbacks {
    video: FrameVideo,
    handle: Cell<u32>,
    callback: RefCell<Option<Closure<dyn FnMut()>>>,
}

impl Frames {
    /// Shows the picture in the page's element from now on.
    pub fn show_in(&self, video: HtmlVideoElement, feed: &Feed) {
        *self.shown.borrow_mut() = Some(video);
        let stream = self.video().and_then(|playing| playing.src_object());
        if let Some(stream) = stream {
            self.play(&stream, feed);
        }
    }

    /// Plays a stream; feeds `FrameAvailable` for every new frame.
    pub fn play(&self, stream: &MediaStream, feed: &Feed) {
        self.stop();
        let own = || window().document()?.create_element("video").ok()?.dyn_into().ok();
        let Some(video) = self.shown.borrow().clone().or_else(own) else { return };
        video.set_muted(true);
        // Else iOS plays in full screen, or not at all.
        let _ = video.set_attribute("playsinline", "");
        video.set_src_object(Some(stream));
        if let Ok(promise) = video.play() {
            // A refusal shows as a picture without frames, which the session notices.
            spawn_local(async move { drop(JsFuture::from(promise).await) });
        }
        let watch = watch(&video, self.count.clone(), feed);
        *self.playing.borrow_mut() = Some(Playing { video, _watch: watch });
    }

    /// The stream is closed.
    pub fn stop(&self) {
        if let Some(playing) = self.playing.borrow_mut().take() {
            playing.video.set_src_object(None);
        }
    }

    /// The element that plays.
    pub fn video(&self) -> Option<HtmlVideoElement> {
        self.playing.borrow().as_ref().map(|playing| playing.video.clone())
    }

    /// A look at a tiny drawing of the current frame.
    pub fn glance(&self) -> Option<Glance> {
        let (width, height) = TINY;
        let video = self.video().filter(|video| video.video_width() > 0)?;
        let mut tiny = self.tiny.borrow_mut();
        if tiny.is_none() {
            let often = super::dom::object(&[("willReadFrequently", true.into())]);
            let canvas = OffscreenCanvas::new(width, height).ok()?;
            *tiny = canvas.get_context_with_context_options("2d", &often).ok()??.dyn_into().ok();
        }
        let context = tiny.as_ref()?;
        let (across, down) = (width.into(), height.into());
        context.draw_image_with_html_video_element_and_dw_and_dh(&video, 0.0, 0.0, across, down).ok()?;
        Some(Glance::at(&context.get_image_data(0.0, 0.0, across, down).ok()?.data()))
    }

    /// The current frame, to be transferred: a `VideoFrame`, whose luma can be read without conversion, else a bitmap.
    pub async fn current(&self) -> Option<JsValue> {
        let video = self.video()?;
        if let Ok(frame) = VideoFrame::new(&video) {
            return Some(frame.into());
        }
        JsFuture::from(create_image_bitmap(&video).ok()?).await.ok()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if let Self::Callbacks(callbacks) = self {
            callbacks.end();
        }
    }
}

impl Callbacks {
    fn ask(&self) {
        if let Some(callback) = &*self.callback.borrow()
            && let Ok(handle) = self.video.request_video_frame_callback(callback.as_ref().unchecked_ref())
        {
            self.handle.set(handle);
        }
    }

    fn end(&self) {
        // An old handle cancels nothing.
        let _ = self.video.cancel_video_frame_callback(self.handle.get());
        // The closure may be the one that runs right now: it is dropped in a microtask.
        if let Some(callback) = self.callback.borrow_mut().take() {
            spawn_local(async move {
                let _ = JsFuture::from(Promise::resolve(&JsValue::UNDEFINED)).await;
                drop(callback);
            });
        }
    }
}

fn watch(video: &HtmlVideoElement, count: Rc<Cell<u32>>, feed: &Feed) -> Watch {
    let feed = feed.clone();
    let available = move || {
        count.set(count.get().wrapping_add(1));
        feed.give(Input::FrameAvailable { frame: count.get() });
    };
    if super::dom::get(video, "requestVideoFrameCallback").is_function() {
        let callbacks = Rc::new(Callbacks {
            video: video.clone().unchecked_into(),
            handle: Cell::new(0),
            callback: RefCell::default(),
        });
        let weak = Rc::downgrade(&callbacks);
        let callback = Closure::new(move || {
            if let Some(callbacks) = weak.upgrade() {
                callbacks.ask();
                available();
            }
        });
        *callbacks.callback.borrow_mut() = Some(callback);
        callbacks.ask();
        return Watch::Callbacks(callbacks);
    }
    let video = video.clone();
    let mut last = -1.0;
    let interval = Interval::new(LOOK_MILLIS, move || {
        let time = video.current_time();
        if time > last && video.video_width() > 0 {
            last = time;
            available();
        }
    });
    Watch::Looks { _interval: interval }
}

/// A frame nobody will look at.
pub fn close(frame: &JsValue) {
    call(frame, "close", &Array::new());
}
