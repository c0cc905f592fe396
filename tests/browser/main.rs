//! Shells against a real browser with fake devices: does each call open, record, keep and post what we think it does?
//! No rules of the product here; those are in `tests/native`.
#![cfg(target_arch = "wasm32")]

mod camera;
mod line;
mod page;
mod plain;
mod recording;
mod store;
mod support;
mod worker;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
