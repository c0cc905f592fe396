//! The engine as its worker sees it.

use std::cell::RefCell;

use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::{
    engine::{self, FrameError, Layout, Picture},
    observation::{ZoneSeen, ZoneWish},
    time::Timestamp,
};

#[wasm_bindgen]
extern "C" {
    /// Milliseconds since the worker began.
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn worker_millis() -> f64;
}

/// What looks at frames.
#[wasm_bindgen]
pub struct Engine {
    engine: RefCell<engine::Engine>,
}

#[wasm_bindgen]
impl Engine {
    /// Nothing seen yet.
    #[wasm_bindgen(constructor)]
    #[allow(clippy::new_without_default, reason = "JavaScript has no default")]
    pub fn new() -> Self {
        console_error_panic_hook::set_once();
        Self { engine: RefCell::default() }
    }

    /// Sees documents from now on, with this network (`models/document/model.onnx`).
    ///
    /// # Errors
    /// `{code, message}`, if it is not the network that this version was built for.
    pub fn load(&self, model: &[u8]) -> Result<(), JsValue> {
        self.engine.borrow_mut().load_documents(model).map_err(thrown)
    }

    /// Reads machine-readable zones from now on, with these networks (`models/mrz/finder.onnx`, `models/mrz/reader.onnx`).
    ///
    /// # Errors
    /// `{code, message}`, if they are not the networks that this version was built for.
    #[wasm_bindgen(js_name = loadReader)]
    pub fn load_reader(&self, finder: &[u8], reader: &[u8]) -> Result<(), JsValue> {
        self.engine.borrow_mut().load_reader(finder, reader).map_err(thrown)
    }

    /// Looks at a frame of `layout` 0 (luminance), 1 (RGBA) or 2 (luminance from 16 to 235); rows begin every `stride` bytes. The
    /// answer is an `Observation` whose `millis` the caller fills in. A `still` is no frame of the stream: nothing is said of motion.
    /// `zone` is the name of a `ZoneWish`.
    ///
    /// # Errors
    /// `{code, message}`, if the buffer does not hold such a picture.
    #[allow(clippy::too_many_arguments, reason = "plain numbers cross the boundary without being allocated")]
    pub fn frame(
        &self,
        pixels: &[u8],
        layout: u8,
        width: u32,
        height: u32,
        stride: u32,
        frame: u32,
        at: f64,
        still: bool,
        zone: &str,
    ) -> Result<JsValue, JsValue> {
        let layout = Layout::from_number(layout).ok_or(FrameError::Layout).map_err(thrown)?;
        let picture =
            Picture { pixels, layout, width: width as usize, height: height as usize, stride: stride as usize };
        let (mut engine, at) = (self.engine.borrow_mut(), Timestamp(at as u64));
        let seen = if still { engine.still(&picture, frame, at) } else { engine.frame(&picture, frame, at) };
        let mut seen = seen.map_err(thrown)?;
        let (begin, wish) = (worker_millis(), ZoneWish::from_name(zone).unwrap_or_default());
        if let Some(found) = engine.read(&picture, &seen, wish, still).map_err(thrown)? {
            let millis = (worker_millis() - begin) as f32;
            if !still {
                engine.read_took(millis);
            }
            seen.zone = Some(ZoneSeen { found, millis });
        }
        Ok(to_js(&seen))
    }

    /// Version of this file, which has to be the page's.
    pub fn version() -> String {
        env!("CARGO_PKG_VERSION").to_owned()
    }
}

#[derive(Serialize)]
struct Thrown {
    code: &'static str,
    message: String,
}

fn thrown(error: FrameError) -> JsValue {
    to_js(&Thrown { code: error.code().as_str(), message: error.to_string() })
}

fn to_js<T: Serialize>(value: &T) -> JsValue {
    value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).expect("plain data without maps")
}
