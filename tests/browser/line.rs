//! HTTP with deadlines: which fault of the line is which.

use lichtbild::web::http::{Ask, send};
use lichtbild_protocol::ErrorCode;
use wasm_bindgen_test::wasm_bindgen_test;

fn get(url: &str) -> Ask<'_> {
    Ask { method: "GET", url, headers: Vec::new(), body: None }
}

#[wasm_bindgen_test]
async fn an_answer_has_status_headers_and_bytes() {
    let here = web_sys::window().expect("a window").location().href().expect("an address");
    let answer = send(get(&here), 5_000).await.expect("the test's own page");
    assert!(answer.is_good() && !answer.body.is_empty());
    assert!(answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html")));
    assert_eq!(answer.number("content-type"), None);
}

#[wasm_bindgen_test]
async fn nobody_there_is_unreachable() {
    let refused = send(get("http://127.0.0.1:9/"), 5_000).await.expect_err("nothing listens on the discard port");
    assert_eq!(refused, ErrorCode::NetworkUnreachable);
}

#[wasm_bindgen_test]
async fn an_answer_that_takes_too_long_is_given_up() {
    let here = web_sys::window().expect("a window").location().href().expect("an address");
    let late = send(get(&here), 0).await.expect_err("no line is so quick");
    assert_eq!(late, ErrorCode::NetworkTimeout);
}
