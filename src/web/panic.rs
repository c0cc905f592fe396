//! What a panic does to the page, wherever it happens: it is printed, every page of this instance is told once, and no input is
//! taken any more: what was borrowed stays borrowed (an aborted instance must not be entered again).

use std::cell::{Cell, RefCell};

use js_sys::Function;
use wasm_bindgen::JsValue;

thread_local! {
    static BROKEN: Cell<bool> = const { Cell::new(false) };
    static TOLD: RefCell<Vec<Function>> = const { RefCell::new(Vec::new()) };
}

/// Calls `stopped` should this instance panic.
pub fn watch(stopped: Function) {
    TOLD.with_borrow_mut(|told| told.push(stopped));
    std::panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        if BROKEN.replace(true) {
            return;
        }
        let told = TOLD.with(|told| told.try_borrow().map(|told| told.clone()).unwrap_or_default());
        for stopped in told {
            // What a listener throws changes nothing any more.
            let _ = stopped.call0(&JsValue::UNDEFINED);
        }
    }));
}

/// Whether it has panicked.
pub fn has_panicked() -> bool {
    BROKEN.get()
}
