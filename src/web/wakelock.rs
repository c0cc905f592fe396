//! Keeps the screen awake while it lives, where the browser can.

use std::{cell::RefCell, rc::Rc};

use js_sys::{Array, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::dom::{call, get, window};

/// Screen wake lock; released on drop, also while it is still being asked for.
#[must_use = "the screen may sleep when this is dropped"]
pub struct WakeLock(Rc<RefCell<State>>);

enum State {
    Asked,
    Held(JsValue),
    Released,
}

impl WakeLock {
    /// Asks for it. Refusal (battery saver, missing support) is no failure.
    pub fn take() -> Self {
        let state = Rc::new(RefCell::new(State::Asked));
        let api = get(&window().navigator(), "wakeLock");
        if let Some(promise) = call(&api, "request", &Array::of1(&"screen".into())) {
            let state = state.clone();
            spawn_local(async move {
                let Ok(sentinel) = JsFuture::from(Promise::resolve(&promise)).await else { return };
                if matches!(*state.borrow(), State::Released) {
                    call(&sentinel, "release", &Array::new());
                    return;
                }
                *state.borrow_mut() = State::Held(sentinel);
            });
        }
        Self(state)
    }
}

impl Drop for WakeLock {
    fn drop(&mut self) {
        if let State::Held(sentinel) = self.0.replace(State::Released) {
            call(&sentinel, "release", &Array::new());
        }
    }
}
