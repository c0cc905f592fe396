//! One still: the device's own photograph where it gives one, else the picture on screen. Goes into the store as the browser encodes it.

use std::{cell::RefCell, rc::Rc};

use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Uint8Array};
use lichtbild_protocol::case::ArtifactId;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, HtmlVideoElement, ImageEncodeOptions, MediaStreamTrack, OffscreenCanvas, OffscreenCanvasRenderingContext2d,
    Url,
};

use super::{
    Feed,
    crypto::{hex, sha256},
    dom::{ImageCapture, bytes_of, create_image_bitmap_of_blob, number},
    store::Store,
    timer::within,
};
use crate::{
    artifact::{Artifact, Sealed},
    session::Input,
};

const PHOTO_MILLIS: u32 = 4_000;
/// The last resort may take its time on a slow device.
const FRAME_MILLIS: u32 = 10_000;
/// Before its first frame an element draws nothing: looked at again after so long, so often.
const NOTHING_YET_MILLIS: u32 = 50;
const NOTHING_YET_LOOKS: u32 = 40;
const JPEG_QUALITY: f64 = 0.92;
const JPEG: &str = "image/jpeg";
/// What devices give, and the server reads.
const PHOTOGRAPHS: [&str; 2] = [JPEG, "image/png"];

/// Where a still comes from.
#[derive(Debug)]
pub enum Source {
    /// A photograph by the device.
    Photograph(MediaStreamTrack),
    /// The picture on screen.
    Frame(HtmlVideoElement),
}

/// The newest still's pixels, kept until somebody looks at them or there is a newer one, and the addresses of pictures that are shown.
#[derive(Debug, Default)]
pub struct Stills {
    newest: RefCell<Option<(ArtifactId, JsValue)>>,
    shown: RefCell<Vec<String>>,
}

impl Stills {
    /// The pixels of this still, an `ImageBitmap`, if it is the newest.
    pub fn of(&self, artifact: &str) -> Option<JsValue> {
        self.newest.borrow_mut().take_if(|(id, _)| id == artifact).map(|(_, bitmap)| bitmap)
    }

    fn keep(&self, artifact: &ArtifactId, bitmap: JsValue) {
        if let Some((_, old)) = self.newest.replace(Some((artifact.clone(), bitmap))) {
            super::frames::close(&old);
        }
    }

    /// A picture is not shown any more.
    pub fn release(&self, picture: &str) {
        self.shown.borrow_mut().retain(|shown| shown != picture);
        // Only an address that is none can fail, and that needs no release.
        let _ = Url::revoke_object_url(picture);
    }

    /// Shows a still that an earlier page left in the store.
    pub fn bring_back(&self, artifact: ArtifactId, bytes: &[u8], feed: &Feed) {
        let blob = Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(bytes)));
        if let Ok(picture) = blob.and_then(|blob| self.show(&blob)) {
            feed.give(Input::StillKept { artifact, picture });
        }
    }

    fn show(&self, picture: &Blob) -> Result<String, JsValue> {
        let shown = Url::create_object_url_with_blob(picture)?;
        self.shown.borrow_mut().push(shown.clone());
        Ok(shown)
    }

    /// Nobody looks any more.
    pub fn release_all(&self) {
        for picture in self.shown.take() {
            self.release(&picture);
        }
    }
}

/// Takes it, puts it away and feeds `StillTaken` or `StillFailed`.
pub async fn take(source: Source, artifact: Artifact, store: Rc<Store>, stills: Rc<Stills>, feed: Feed) {
    let id = artifact.id.clone();
    feed.give(match make(source, artifact, &store, &stills).await {
        Ok(taken) => taken,
        Err(_) => Input::StillFailed { artifact: id },
    });
}

async fn make(source: Source, artifact: Artifact, store: &Rc<Store>, stills: &Stills) -> Result<Input, JsValue> {
    let picture = match source {
        Source::Photograph(track) => photograph(&track).await?,
        Source::Frame(video) => frame(&video).await?,
    };
    let bitmap = JsFuture::from(create_image_bitmap_of_blob(&picture)?).await?;
    let (width, height) = (number(&bitmap, "width").unwrap_or(0), number(&bitmap, "height").unwrap_or(0));
    stills.keep(&artifact.id, bitmap);
    let bytes = bytes_of(&picture).await?;
    let sealed = Sealed { length: bytes.len() as u64, sha256: hex(&sha256(&bytes)) };
    let artifact = Artifact { media_type: picture.type_(), ..artifact };
    store.open(artifact.clone()).await;
    store.put(&artifact.id, 0, &bytes).await;
    store.seal(&artifact.id, sealed.clone()).await;
    let picture = stills.show(&picture)?;
    Ok(Input::StillTaken { artifact, sealed, width, height, picture })
}

async fn photograph(track: &MediaStreamTrack) -> Result<Blob, JsValue> {
    let promise = ImageCapture::new(track)?.take_photo()?;
    let photo = within(PHOTO_MILLIS, JsFuture::from(promise)).await.ok_or_else(late)??;
    let photo: Blob = photo.dyn_into()?;
    if photo.size() > 0.0 && PHOTOGRAPHS.contains(&&*photo.type_()) { Ok(photo) } else { Err(late()) }
}

async fn frame(video: &HtmlVideoElement) -> Result<Blob, JsValue> {
    let (width, height) = (video.video_width(), video.video_height());
    if width == 0 || height == 0 {
        return Err(late());
    }
    let canvas = OffscreenCanvas::new(width, height)?;
    let context = canvas.get_context("2d")?.ok_or_else(late)?.unchecked_into::<OffscreenCanvasRenderingContext2d>();
    for _ in 0..NOTHING_YET_LOOKS {
        context.draw_image_with_html_video_element(video, 0.0, 0.0)?;
        if shows_something(&context, width, height)? {
            break;
        }
        TimeoutFuture::new(NOTHING_YET_MILLIS).await;
    }
    let options = ImageEncodeOptions::new();
    options.set_type(JPEG);
    options.set_quality(JPEG_QUALITY);
    // A canvas of the document would be encoded when the browser is idle, which it is not while it records.
    let encoded = canvas.convert_to_blob_with_options(&options)?;
    within(FRAME_MILLIS, JsFuture::from(encoded)).await.ok_or_else(late)??.dyn_into()
}

/// Whether any pixel of the middle row has light: a camera's noise sees to that even in the dark.
fn shows_something(context: &OffscreenCanvasRenderingContext2d, width: u32, height: u32) -> Result<bool, JsValue> {
    let row = context.get_image_data(0.0, f64::from(height / 2), width.into(), 1.0)?.data();
    Ok(row.chunks_exact(4).any(|pixel| pixel[..3] != [0; 3]))
}

fn late() -> JsValue {
    JsValue::from_str("no still")
}
