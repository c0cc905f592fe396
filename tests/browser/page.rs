//! The page's exports: strict configuration, events outside every borrow, silence after `dispose`.

use std::{cell::RefCell, rc::Rc};

use js_sys::{Array, Function, Reflect};
use lichtbild::api::page::Page;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{pause, until};

const ASSETS: &str = r#"{"workerUrl":"/no-worker.js","engineWasmUrl":"/no.wasm","documentModelUrl":"/no.onnx","finderModelUrl":"/no.onnx","readerModelUrl":"/no.onnx","version":"1.2.3"}"#;
const NOWHERE: &str = r#"{"endpoint":"http://127.0.0.1:9","session":"a-token"}"#;

fn ignore() -> Function {
    Function::new_no_args("")
}

/// What the page's JavaScript gives it.
fn shell() -> JsValue {
    let shell = js_sys::Object::new();
    for (name, part) in
        [("streams", JsValue::from(Array::new())), ("stopped", ignore().into()), ("record", ignore().into())]
    {
        Reflect::set(&shell, &name.into(), &part).expect("a plain property");
    }
    shell.into()
}

fn code(thrown: &JsValue) -> String {
    Reflect::get(thrown, &"code".into()).ok().and_then(|code| code.as_string()).unwrap_or_default()
}

fn screen(page: &Page) -> String {
    let screen = Reflect::get(&page.snapshot(), &"screen".into()).expect("a snapshot");
    Reflect::get(&screen, &"type".into()).ok().and_then(|kind| kind.as_string()).unwrap_or_default()
}

fn action(json: &str) -> JsValue {
    js_sys::JSON::parse(json).expect("JSON")
}

#[wasm_bindgen_test]
fn a_misspelt_key_of_the_configuration_is_refused() {
    for config in [
        r#"{"endpont":"https://ident.example"}"#,
        r#"{"endpoint":7}"#,
        r#"{"endpoint":"ftp://ident.example"}"#,
        r#"{"session":"a","handoff":"b"}"#,
        "not JSON",
    ] {
        let refused = Page::new(config, ASSETS, ignore(), &shell()).err().expect(config);
        assert_eq!(code(&refused), "config.invalid", "{config}");
    }
    assert!(Page::new("{}", r#"{"workerUrl":1}"#, ignore(), &shell()).is_err());
}

#[wasm_bindgen_test]
async fn without_a_session_the_home_screen_shows() {
    web_sys::window().and_then(|window| window.session_storage().ok().flatten()).map(|storage| storage.clear());
    let page = Page::new("{}", ASSETS, ignore(), &shell()).expect("a page");
    assert_eq!(screen(&page), "loading");
    until("home", || screen(&page) == "home").await;
    page.dispose();
}

#[wasm_bindgen_test]
fn what_is_no_action_is_refused_and_changes_nothing() {
    let page = Page::new(NOWHERE, ASSETS, ignore(), &shell()).expect("a page");
    for wrong in [r#"{"type":"fly"}"#, r#"{"type":"torch"}"#, "7", "null"] {
        let refused = page.act(&action(wrong)).expect_err(wrong);
        assert_eq!(code(&refused), "request.invalid", "{wrong}");
    }
    page.dispose();
}

#[wasm_bindgen_test]
async fn a_listener_may_act_in_every_event() {
    let page: Rc<RefCell<Option<Page>>> = Rc::default();
    let heard = Rc::new(RefCell::new(0));
    let listener = {
        let (page, heard) = (page.clone(), heard.clone());
        Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
            *heard.borrow_mut() += 1;
            assert!(Reflect::get(&event, &"type".into()).is_ok_and(|kind| kind.is_string()));
            let page = page.borrow();
            let page = page.as_ref().expect("events come after the constructor");
            page.snapshot();
            page.act(&action(r#"{"type":"help"}"#)).expect("an action");
            page.act(&action(r#"{"type":"back"}"#)).expect("an action");
        })
    };
    *page.borrow_mut() = Some(
        Page::new(NOWHERE, ASSETS, listener.as_ref().unchecked_ref::<Function>().clone(), &shell()).expect("a page"),
    );
    until("events", || *heard.borrow() > 0).await;
    page.borrow().as_ref().expect("it is there").dispose();
    let then = *heard.borrow();
    pause(500).await;
    assert_eq!(*heard.borrow(), then, "nothing is told after the end");
}
