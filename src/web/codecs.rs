//! The recorder for browsers whose own yields nothing: JavaScript of ours over the browser's encoders (`pkg/src/codecs.ts`), fetched when
//! it is first needed. In: an open stream. Out: pieces in order, the end, or that it failed.

use js_sys::{Array, Function, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::MediaStream;

use super::dom::call;

/// What it says.
#[derive(Debug)]
pub enum Heard {
    /// More bytes, with the media type.
    Bytes(Vec<u8>, String),
    /// Everything was given.
    End,
    /// It cannot go on.
    Failed,
}

/// A running one. It stops when this is dropped.
#[must_use = "the recording stops when this is dropped"]
pub struct Codecs {
    take: JsValue,
    _hear: Closure<dyn FnMut(JsValue, String)>,
}

impl Codecs {
    /// Starts. `record` is the function that the page's JavaScript gave.
    pub fn start(
        record: &JsValue,
        stream: &MediaStream,
        mut hear: impl FnMut(Heard) + 'static,
    ) -> Result<Self, JsValue> {
        let hear = Closure::<dyn FnMut(JsValue, String)>::new(move |heard: JsValue, media_type| {
            hear(match heard.dyn_ref::<Uint8Array>() {
                Some(bytes) => Heard::Bytes(bytes.to_vec(), media_type),
                None if heard.as_string().as_deref() == Some("end") => Heard::End,
                None => Heard::Failed,
            });
        });
        let record: &Function = record.dyn_ref().ok_or("there is none")?;
        let take = record.call2(&JsValue::UNDEFINED, stream, hear.as_ref())?;
        Ok(Self { take, _hear: hear })
    }

    /// Stops; the rest and the end follow.
    pub fn stop(&self) {
        call(&self.take, "stop", &Array::new());
    }
}

impl Drop for Codecs {
    fn drop(&mut self) {
        call(&self.take, "abort", &Array::new());
    }
}
