//! Values from JavaScript: what the wire's golden JSON says is read alike with serde_json and through the browser.

use std::{collections::BTreeMap, fmt::Debug};

use lichtbild::{
    config::ConfigInput,
    surface::Action,
    web::{js::from_json, plain::read},
};
use lichtbild_protocol::{
    capture::{SessionSnapshot, TokenIssued},
    problem::Problem,
};
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

fn alike<T: DeserializeOwned + Debug + PartialEq>(json: &str) {
    let wanted: BTreeMap<String, T> = serde_json::from_str(json).expect("golden JSON");
    assert!(!wanted.is_empty());
    assert_eq!(from_json::<BTreeMap<String, T>>(json).expect("the same JSON"), wanted);
}

#[wasm_bindgen_test]
fn golden_json_is_read_as_serde_json_reads_it() {
    alike::<SessionSnapshot>(include_str!("../fixtures/wire/SessionSnapshot.json"));
    alike::<TokenIssued>(include_str!("../fixtures/wire/TokenIssued.json"));
    alike::<Problem>(include_str!("../fixtures/wire/Problem.json"));
    alike::<Action>(include_str!("../fixtures/wire/Action.json"));
    alike::<ConfigInput>(include_str!("../fixtures/wire/ConfigInput.json"));
}

#[wasm_bindgen_test]
fn what_cannot_be_read_says_what_was_expected_and_not_what_was_there() {
    for (json, why) in [
        (r#"{"endpoint":7531}"#, "expected a string"),
        (r#"{"endpoint":["secret"]}"#, "expected a string"),
        ("7531", "expected struct ConfigInput"),
        (r#"{"lnag":"secret"}"#, "unknown key `lnag`"),
        ("secret", "not JSON"),
    ] {
        assert_eq!(from_json::<ConfigInput>(json).expect_err(json).to_string(), why, "{json}");
    }
    for (json, why) in [
        ("[1.5]", "expected u32"),
        ("[-1]", "expected u32"),
        ("[4294967296]", "expected u32"),
        ("1", "expected a sequence"),
    ] {
        assert_eq!(from_json::<Vec<u32>>(json).expect_err(json).to_string(), why, "{json}");
    }
    assert_eq!(from_json::<Vec<f32>>("[1, 2.5, 1e30]").expect("numbers"), [1.0, 2.5, 1e30]);
    assert_eq!(from_json::<Vec<u64>>("[9007199254740991, 0]").expect("numbers"), [9_007_199_254_740_991, 0]);
}

#[wasm_bindgen_test]
fn an_object_that_holds_itself_is_refused() {
    let round = js_sys::Object::new();
    js_sys::Reflect::set(&round, &"type".into(), &round).expect("a plain property");
    assert_eq!(read::<Action>(&round.into()).expect_err("no action").to_string(), "too deep");
    assert!(read::<Action>(&JsValue::symbol(None)).is_err());
}
