//! Plain data of ours as plain JavaScript values and as JSON text. The browser's own `JSON` reads and writes the text: one
//! serializer for everything keeps the page small.

use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::prelude::*;

use super::plain::{self, Unreadable};

/// A plain object, as `JSON.parse` would make it.
pub fn to_js<T: Serialize + ?Sized>(value: &T) -> JsValue {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    value.serialize(&serializer).expect("plain data becomes a plain object")
}

/// JSON text.
pub fn to_json(value: &JsValue) -> String {
    js_sys::JSON::stringify(value).ok().and_then(|text| text.as_string()).expect("plain data becomes text")
}

/// A value of ours from JSON text.
pub fn from_json<T: DeserializeOwned>(text: &str) -> Result<T, Unreadable> {
    plain::read(&js_sys::JSON::parse(text).map_err(|_| Unreadable::not_json())?)
}
