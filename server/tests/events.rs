//! The stream of a case's changes, as browsers hear it: at once, after every change, as an observer, and until the case's last.

mod support;

use std::time::Duration;

use axum::{
    body::{Body, BodyDataStream},
    http::{StatusCode, header},
};
use futures_util::StreamExt as _;
use serde_json::{Value, json};
use support::{Browser, Server, json_of, text};
use tokio::time::timeout;

const STREAM: &str = "/v1/capture/events";
/// Far more than a change needs on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// An open stream and what came of it that is no whole event yet.
struct Listening {
    body: BodyDataStream,
    begun: String,
}

async fn listen(server: &Server, browser: &Browser) -> Listening {
    let answer = server.send(browser.request("GET", STREAM).body(Body::empty()).expect("a request")).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.headers()[header::CONTENT_TYPE], "text/event-stream");
    Listening { body: answer.into_body().into_data_stream(), begun: String::new() }
}

impl Listening {
    /// The session of the next event; none once the stream has ended.
    async fn next(&mut self) -> Option<Value> {
        loop {
            if let Some((event, rest)) = self.begun.split_once("\n\n") {
                let lines: Vec<_> = event.lines().collect();
                let ["event: session", data] = lines.as_slice() else { panic!("{lines:?}") };
                let session = data.strip_prefix("data: ").expect("a line of data");
                let session = serde_json::from_str(session).expect("JSON");
                self.begun.drain(..self.begun.len() - rest.len());
                return Some(session);
            }
            let piece = timeout(PATIENCE, self.body.next()).await.expect("something comes")?.expect("bytes");
            self.begun.push_str(std::str::from_utf8(&piece).expect("text"));
        }
    }

    /// The first session that is as wished; those before it may have come of one change or of several.
    async fn until(&mut self, wished: impl Fn(&Value) -> bool) -> Value {
        loop {
            let session = self.next().await.expect("the stream goes on");
            if wished(&session) {
                return session;
            }
        }
    }
}

#[tokio::test]
async fn a_browser_hears_its_session_at_once_after_every_change_and_to_the_last() {
    let server = Server::start(&[]).await;
    let (case, browser) = server.case(json!({"flow": "robo-ident"})).await;
    browser.register(&server).await;
    let mut stream = listen(&server, &browser).await;
    let first = stream.next().await.expect("the first, at once");
    let (_, asked) = browser.call(&server, "GET", "/v1/capture/session", None).await;
    assert_eq!((&first["case"], &first), (&json!(case), &asked), "the same as when asked for");

    let step = |session: &Value| {
        let steps = session["flow"]["steps"].as_array().expect("steps").iter();
        steps.filter(|step| step["state"] == "done").count()
    };
    let before = step(&first);
    browser.post(&server, "/v1/capture/steps/explain", json!({})).await;
    let second = stream.next().await.expect("one after the change");
    assert_eq!(step(&second), before + 1);

    assert_eq!(browser.call(&server, "POST", "/v1/capture/cancel", None).await.0, StatusCode::OK);
    let last = stream.next().await.expect("the case's last");
    assert_eq!(last["outcome"], "cancelled", "{last}");
    assert_eq!(stream.next().await, None, "nothing can change any more");
    drop(stream);
    assert_eq!(server.app.metrics.streams.get(), 0, "its place is free");
}

#[tokio::test]
async fn a_desktop_follows_the_phone_that_took_the_case_over() {
    let server = Server::start(&[]).await;
    let (_, desktop) = server.case(json!({"flow": "robo-ident"})).await;
    desktop.register(&server).await;
    let mut stream = listen(&server, &desktop).await;
    assert_eq!(stream.next().await.expect("the first")["role"], "capture");
    let offer = desktop.post(&server, "/v1/capture/handoff", json!({})).await;
    let phone = claimed(&server, &offer).await;
    let taken = stream.until(|session| session["role"] == "observe").await;
    assert_eq!(taken["takenBy"]["browser"], "Phone 1");

    phone.register(&server).await;
    phone.post(&server, "/v1/capture/steps/explain", json!({})).await;
    let done = |session: &Value| {
        let mut steps = session["flow"]["steps"].as_array().expect("steps").iter();
        steps.any(|step| step["id"] == "explain" && step["state"] == "done")
    };
    let seen = stream.until(done).await;
    assert_eq!((&seen["role"], &seen["device"]), (&json!("observe"), &json!("other")));

    let mut again = listen(&server, &desktop).await;
    assert_eq!(again.next().await.expect("the first")["role"], "observe", "after a reload too");
    phone.call(&server, "POST", "/v1/capture/cancel", None).await;
    for stream in [&mut stream, &mut again] {
        stream.until(|session| session["outcome"] == "cancelled").await;
        assert_eq!(stream.next().await, None);
    }
}

#[tokio::test]
async fn a_ninth_stream_ends_the_oldest_and_a_stranger_hears_nothing() {
    let server = Server::start(&[]).await;
    let (_, browser) = server.case(json!({"flow": "robo-ident"})).await;
    browser.register(&server).await;
    let mut streams = Vec::new();
    for _ in 0..9 {
        let mut stream = listen(&server, &browser).await;
        stream.next().await.expect("the first, at once");
        streams.push(stream);
    }
    assert_eq!(streams[0].next().await, None);
    browser.post(&server, "/v1/capture/steps/explain", json!({})).await;
    for stream in &mut streams[1..] {
        stream.next().await.expect("the others go on");
    }
    let stranger = Browser::new(browser.token.clone());
    let (status, problem) = stranger.call(&server, "GET", STREAM, None).await;
    assert_eq!((status, &problem["code"]), (StatusCode::FORBIDDEN, &json!("session.other_device")));
}

#[tokio::test]
async fn streams_end_with_the_server_and_when_their_case_is_erased() {
    let server = Server::start(&[]).await;
    let (case, browser) = server.case(json!({"flow": "robo-ident"})).await;
    let (_, other) = server.case(json!({"flow": "robo-ident"})).await;
    let (mut erased, mut stopped) = (listen(&server, &browser).await, listen(&server, &other).await);
    erased.next().await.expect("the first");
    stopped.next().await.expect("the first");
    let (status, _) = server.partner(&server.live, "DELETE", &format!("/v1/cases/{case}"), None).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    assert_eq!(erased.next().await, None);
    server.app.stop.cancel();
    assert_eq!(stopped.next().await, None);
}

#[tokio::test]
async fn a_stream_ends_when_its_link_opens_nothing_any_more() {
    let server = Server::start(&[]).await;
    let (case, browser) = server.case(json!({"flow": "sim-registration"})).await;
    browser.register(&server).await;
    let mut stream = listen(&server, &browser).await;
    stream.next().await.expect("the first");
    let body = Some(json!({"reason": "neu", "clerk": "Anna"}));
    let (status, link) = server.partner(&server.live, "POST", &format!("/v1/cases/{case}/review/restart"), body).await;
    assert_eq!(status, StatusCode::OK, "{link}");
    assert_eq!(stream.next().await, None, "what is taken from now on is another device's");
}

/// A phone that has claimed the offered link.
async fn claimed(server: &Server, offer: &Value) -> Browser {
    let phone = Browser::new(String::new());
    let secret = offer["url"].as_str().and_then(|url| url.split_once("#h=")).expect("the secret in the fragment").1;
    let facts = json!({"model": "", "os": "", "browser": "Phone 1", "language": "de", "viewport": "390x844"});
    let body = json!({"secret": secret, "number": offer["number"], "facts": facts}).to_string();
    let path = "/v1/handoff/claim";
    let request = axum::http::Request::post(path).header("dpop", phone.proof("POST", path, None));
    let (status, issued) = json_of(server.send(request.body(Body::from(body)).expect("a request")).await).await;
    assert_eq!(status, StatusCode::OK, "{issued}");
    Browser { token: text(&issued["token"]), ..phone }
}
