//! One tab per case: Web Locks by the case's UUID.

use std::{cell::RefCell, rc::Rc};

use js_sys::{Array, Function, Promise};
use wasm_bindgen::prelude::*;

use super::{
    Feed,
    dom::{call, get, object, window},
};
use crate::session::Input;

/// Holds the case's lock, or waits for it, while it lives. Browsers without Web Locks do without.
#[must_use = "another tab may take the case when this is dropped"]
pub struct TabLock {
    release: Rc<RefCell<Release>>,
    _grants: [Closure<dyn FnMut(JsValue) -> JsValue>; 2],
}

#[derive(Default)]
struct Release {
    resolve: Option<Function>,
    given_up: bool,
}

impl TabLock {
    /// Feeds `Elsewhere(true)` if another tab has the case, and `Elsewhere(false)` when it is ours.
    pub fn take(case: &str, feed: &Feed) -> Self {
        let release = Rc::new(RefCell::new(Release::default()));
        let name = JsValue::from(format!("lichtbild/{case}"));
        let locks = get(&window().navigator(), "locks");

        let granted = {
            let (release, feed) = (release.clone(), feed.clone());
            Closure::<dyn FnMut(JsValue) -> JsValue>::new(move |_| {
                feed.give(Input::Elsewhere(false));
                hold(&release)
            })
        };
        let at_once = {
            let (feed, locks, name) = (feed.clone(), locks.clone(), name.clone());
            let granted = granted.as_ref().clone();
            Closure::<dyn FnMut(JsValue) -> JsValue>::new(move |lock: JsValue| {
                if lock.is_null() {
                    feed.give(Input::Elsewhere(true));
                    call(&locks, "request", &Array::of2(&name, &granted));
                    return JsValue::UNDEFINED;
                }
                call(granted.unchecked_ref(), "call", &Array::of2(&JsValue::UNDEFINED, &lock)).unwrap_or_default()
            })
        };
        let only_if_free = object(&[("ifAvailable", true.into())]);
        call(&locks, "request", &Array::of3(&name, &only_if_free, at_once.as_ref()));
        Self { release, _grants: [at_once, granted] }
    }
}

/// A promise that settles when the lock is let go of.
fn hold(release: &Rc<RefCell<Release>>) -> JsValue {
    if release.borrow().given_up {
        return JsValue::UNDEFINED;
    }
    Promise::new(&mut |resolve, _| release.borrow_mut().resolve = Some(resolve)).into()
}

impl Drop for TabLock {
    fn drop(&mut self) {
        let mut release = self.release.borrow_mut();
        release.given_up = true;
        if let Some(resolve) = release.resolve.take() {
            // Resolving a promise of our own cannot throw.
            let _ = resolve.call0(&JsValue::UNDEFINED);
        }
    }
}
