//! Between plain JavaScript values and ours.

use lichtbild_protocol::ErrorCode;
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::prelude::*;

use crate::web::dom::set;

/// A plain object, as `JSON.parse` would make it.
pub fn to_js<T: Serialize>(value: &T) -> JsValue {
    value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).expect("types of the surface are plain data")
}

/// A value of ours; anything else is `request.invalid`.
pub fn from_js<T: DeserializeOwned>(value: JsValue) -> Result<T, JsValue> {
    serde_wasm_bindgen::from_value(value).map_err(|error| thrown(ErrorCode::RequestInvalid, &error.to_string()))
}

/// An `Error` with a stable code; its message is for developers.
pub fn thrown(code: ErrorCode, message: &str) -> JsValue {
    let error = js_sys::Error::new(message);
    set(error.unchecked_ref(), "code", &code.as_str().into());
    error.into()
}
