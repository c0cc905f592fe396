//! Between plain JavaScript values and ours.

use lichtbild_protocol::ErrorCode;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;

use crate::web::{dom::set, plain};

/// A value of ours; anything else is `request.invalid`.
pub fn from_js<T: DeserializeOwned>(value: &JsValue) -> Result<T, JsValue> {
    plain::read(value).map_err(|error| thrown(ErrorCode::RequestInvalid, &error.to_string()))
}

/// An `Error` with a stable code; its message is for developers.
pub fn thrown(code: ErrorCode, message: &str) -> JsValue {
    let error = js_sys::Error::new(message);
    set(error.unchecked_ref(), "code", &code.as_str().into());
    error.into()
}
