//! Browser interfaces that web-sys has not, or only behind its unstable switch; and small reads of loose objects.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, HtmlVideoElement, MediaStreamTrack, Window};

#[wasm_bindgen]
extern "C" {
    /// `VideoFrame` of `WebCodecs`; its constructor is missing in older browsers, which `new` reports as an error.
    pub type VideoFrame;
    #[wasm_bindgen(constructor, catch)]
    pub fn new(video: &HtmlVideoElement) -> Result<VideoFrame, JsValue>;
    #[wasm_bindgen(method)]
    pub fn close(this: &VideoFrame);

    /// Image Capture API.
    pub type ImageCapture;
    #[wasm_bindgen(constructor, catch)]
    pub fn new(track: &MediaStreamTrack) -> Result<ImageCapture, JsValue>;
    #[wasm_bindgen(method, catch, js_name = takePhoto)]
    pub fn take_photo(this: &ImageCapture) -> Result<Promise, JsValue>;

    /// A video element with frame callbacks.
    #[wasm_bindgen(extends = HtmlVideoElement)]
    pub type FrameVideo;
    #[wasm_bindgen(method, catch, js_name = requestVideoFrameCallback)]
    pub fn request_video_frame_callback(this: &FrameVideo, callback: &Function) -> Result<u32, JsValue>;
    #[wasm_bindgen(method, catch, js_name = cancelVideoFrameCallback)]
    pub fn cancel_video_frame_callback(this: &FrameVideo, handle: u32) -> Result<(), JsValue>;

    #[wasm_bindgen(catch, js_name = createImageBitmap)]
    pub fn create_image_bitmap(source: &HtmlVideoElement) -> Result<Promise, JsValue>;
    #[wasm_bindgen(catch, js_name = createImageBitmap)]
    pub fn create_image_bitmap_of_blob(source: &Blob) -> Result<Promise, JsValue>;
}

/// The window. Pages always have one; the engine's worker does not run this code.
pub fn window() -> Window {
    web_sys::window().expect("the page part runs in a window")
}

/// A property, `undefined` if the object has none or is none.
pub fn get(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &key.into()).unwrap_or(JsValue::UNDEFINED)
}

/// A text property, empty if it is no text.
pub fn text(object: &JsValue, key: &str) -> String {
    get(object, key).as_string().unwrap_or_default()
}

/// A whole positive number, if it is one.
pub fn number(object: &JsValue, key: &str) -> Option<u32> {
    get(object, key).as_f64().map(|value| value as u32)
}

/// The texts of an array property.
pub fn texts(object: &JsValue, key: &str) -> Vec<String> {
    let list = get(object, key);
    if !Array::is_array(&list) {
        return Vec::new();
    }
    Array::from(&list).iter().filter_map(|item| item.as_string()).collect()
}

/// Calls a method by name; `None` if there is no such method or it throws.
pub fn call(object: &JsValue, method: &str, arguments: &Array) -> Option<JsValue> {
    let method = get(object, method).dyn_into::<Function>().ok()?;
    method.apply(object, arguments).ok()
}

/// A plain object from pairs.
pub fn object(pairs: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (key, value) in pairs {
        set(&object, key, value);
    }
    object
}

/// Sets a property of a plain object.
pub fn set(object: &Object, key: &str, value: &JsValue) {
    Reflect::set(object, &key.into(), value).expect("a plain object takes properties");
}

/// `name` of an exception, or what else was thrown in its place.
pub fn error_name(thrown: &JsValue) -> String {
    match get(thrown, "name").as_string() {
        Some(name) => name,
        None => "Error".into(),
    }
}

/// Bytes of a blob.
pub async fn bytes_of(blob: &Blob) -> Result<Vec<u8>, JsValue> {
    let buffer = wasm_bindgen_futures::JsFuture::from(blob.array_buffer()).await?;
    Ok(js_sys::Uint8Array::new(&buffer).to_vec())
}
