//! The engine as its worker sees it.

use std::cell::RefCell;

use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::{
    engine::{self, FrameError, Layout, Picture},
    time::Timestamp,
};

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

    /// Looks at a frame of `layout` 0 (luminance), 1 (RGBA) or 2 (luminance from 16 to 235); rows begin every `stride` bytes. The
    /// answer is an `Observation` whose `millis` the caller fills in.
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
    ) -> Result<JsValue, JsValue> {
        let layout = Layout::from_number(layout).ok_or(FrameError::Layout).map_err(thrown)?;
        let picture =
            Picture { pixels, layout, width: width as usize, height: height as usize, stride: stride as usize };
        let seen = self.engine.borrow_mut().frame(&picture, frame, Timestamp(at as u64)).map_err(thrown)?;
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
