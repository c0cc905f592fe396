//! Recordings as a partner fetches them: whole, by range over the borders of their pieces, and only if they are not known yet.

mod support;

use axum::{
    body::Body,
    http::{HeaderMap, Request, Response, StatusCode, header},
};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use support::{Browser, Server, bytes_of};

const PIECE: usize = 1024;
const LENGTH: usize = 3 * PIECE + 7;

/// A recording in four pieces; `complete`: its length is known.
struct Kept {
    server: Server,
    path: String,
    bytes: Vec<u8>,
}

impl Kept {
    async fn made(complete: bool) -> Self {
        let server = Server::start(&["--max-piece", "1024"]).await;
        let (case, browser) = server.case(json!({"flow": "robo-ident"})).await;
        browser.register(&server).await;
        let artifact = uuid::Uuid::new_v4().to_string();
        let bytes: Vec<u8> = (0..LENGTH).map(|at| (at * 31 % 251) as u8).collect();
        send(&server, browser.creation(&artifact, "front-video").body(Body::empty()).expect("a request")).await;
        for (number, piece) in bytes.chunks(PIECE).enumerate() {
            let request = browser.piece(&artifact, number * PIECE).body(Body::from(piece.to_vec()));
            send(&server, request.expect("a request")).await;
        }
        if complete {
            let last = browser.piece(&artifact, LENGTH).header("upload-length", LENGTH).body(Body::empty());
            send(&server, last.expect("a request")).await;
        }
        assert_eq!(server.app.store.chunks(&artifact).await.expect("a store").len(), 4);
        Self { server, path: format!("/v1/cases/{case}/media/{artifact}"), bytes }
    }

    fn tag(&self) -> String {
        format!("\"{}\"", hex::encode(Sha256::digest(&self.bytes)))
    }

    async fn get(&self, headers: &[(&str, &str)]) -> (StatusCode, HeaderMap, Vec<u8>) {
        let mut request = Request::get(&self.path).header("authorization", format!("Bearer {}", self.server.live));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = self.server.send(request.body(Body::empty()).expect("a request")).await;
        let (status, headers) = (answer.status(), answer.headers().clone());
        (status, headers, bytes_of(answer).await)
    }
}

async fn send(server: &Server, request: Request<Body>) {
    let answer = server.send(request).await;
    assert!(answer.status().is_success(), "{}", answer.status());
}

#[tokio::test]
async fn a_range_gives_exactly_its_bytes_wherever_the_pieces_border() {
    let kept = Kept::made(true).await;
    let (status, headers, whole) = kept.get(&[]).await;
    assert_eq!((status, whole == kept.bytes), (StatusCode::OK, true));
    assert_eq!(headers[header::ETAG], kept.tag());
    assert_eq!(headers[header::ACCEPT_RANGES], "bytes");
    let table = [
        ("bytes=0-0", 0..1),
        ("bytes=0-1023", 0..PIECE),
        ("bytes=1023-1024", PIECE - 1..PIECE + 1),
        ("bytes=1024-2047", PIECE..2 * PIECE),
        ("bytes=1000-3075", 1000..3076),
        ("bytes=3072-", 3 * PIECE..LENGTH),
        ("bytes=-8", LENGTH - 8..LENGTH),
        ("bytes=3078-99999", LENGTH - 1..LENGTH),
    ];
    for (wanted, range) in table {
        let (status, headers, bytes) = kept.get(&[("range", wanted)]).await;
        assert_eq!((status, &bytes), (StatusCode::PARTIAL_CONTENT, &kept.bytes[range.clone()].to_vec()), "{wanted}");
        let place = format!("bytes {}-{}/{LENGTH}", range.start, range.end - 1);
        assert_eq!(headers[header::CONTENT_RANGE], place, "{wanted}");
        assert_eq!(headers[header::CONTENT_LENGTH], bytes.len().to_string(), "{wanted}");
    }
}

#[tokio::test]
async fn a_range_beyond_the_end_is_refused_with_the_length() {
    let kept = Kept::made(true).await;
    for wanted in ["bytes=3079-", "bytes=3079-4000", "bytes=-0"] {
        let (status, headers, bytes) = kept.get(&[("range", wanted)]).await;
        assert_eq!((status, bytes.len()), (StatusCode::RANGE_NOT_SATISFIABLE, 0), "{wanted}");
        assert_eq!(headers[header::CONTENT_RANGE], format!("bytes */{LENGTH}"), "{wanted}");
    }
    for wanted in ["bytes=5-2", "bytes=0-1,4-5", "lines=0-1"] {
        let (status, _, bytes) = kept.get(&[("range", wanted)]).await;
        assert_eq!((status, bytes == kept.bytes), (StatusCode::OK, true), "{wanted}");
    }
}

#[tokio::test]
async fn what_is_known_is_not_sent_again() {
    let kept = Kept::made(true).await;
    let tag = kept.tag();
    for known in [tag.clone(), format!("\"other\", {tag}"), format!("W/{tag}"), "*".into()] {
        let (status, headers, bytes) = kept.get(&[("if-none-match", &known)]).await;
        assert_eq!((status, bytes.len()), (StatusCode::NOT_MODIFIED, 0), "{known}");
        assert_eq!(headers[header::ETAG], tag);
    }
    let (status, _, bytes) = kept.get(&[("if-none-match", "\"other\"")]).await;
    assert_eq!((status, bytes == kept.bytes), (StatusCode::OK, true));
}

#[tokio::test]
async fn a_range_of_another_recording_gives_the_whole() {
    let kept = Kept::made(true).await;
    let tag = kept.tag();
    let (status, _, bytes) = kept.get(&[("range", "bytes=1020-1030"), ("if-range", &tag)]).await;
    assert_eq!((status, &bytes), (StatusCode::PARTIAL_CONTENT, &kept.bytes[1020..=1030].to_vec()));
    // RFC 9110 §13.1.5: a weak tag never matches, and no time is known to compare with.
    for other in ["\"other\"".into(), format!("W/{tag}"), "Wed, 21 Oct 2015 07:28:00 GMT".into()] {
        let (status, _, bytes) = kept.get(&[("range", "bytes=1020-1030"), ("if-range", &other)]).await;
        assert_eq!((status, bytes == kept.bytes), (StatusCode::OK, true), "{other}");
    }
}

#[tokio::test]
async fn what_still_arrives_has_no_tag_and_can_be_read_as_far_as_it_is() {
    let kept = Kept::made(false).await;
    let (status, headers, bytes) = kept.get(&[("range", "bytes=1023-2048"), ("if-none-match", "*")]).await;
    assert_eq!((status, &bytes), (StatusCode::PARTIAL_CONTENT, &kept.bytes[1023..=2048].to_vec()));
    assert!(!headers.contains_key(header::ETAG));
    let (status, _, bytes) = kept.get(&[("range", "bytes=1-2"), ("if-range", &kept.tag())]).await;
    assert_eq!((status, bytes == kept.bytes), (StatusCode::OK, true), "what it will be is not known yet");
}

#[tokio::test]
async fn recordings_of_sound_are_served_as_sound_and_nothing_is_served_that_runs() {
    let table = [
        ("video", "video/webm;codecs=\"vp8, opus\"", "video/webm;codecs=\"vp8, opus\""),
        ("video", "audio/webm;codecs=opus", "audio/webm;codecs=opus"),
        ("video", "audio/mp4", "audio/mp4"),
        ("still", "image/jpeg", "image/jpeg"),
        ("still", "audio/mp4", "application/octet-stream"),
        ("still", "image/svg+xml", "application/octet-stream"),
        ("video", "text/html", "application/octet-stream"),
    ];
    let server = Server::start(&[]).await;
    let (case, browser) = server.case(json!({"flow": "robo-ident"})).await;
    browser.register(&server).await;
    for (kind, said, served) in table {
        let answer = fetched(&server, &case, &browser, kind, said).await;
        assert_eq!(answer.headers()[header::CONTENT_TYPE], served, "{said}");
        assert_eq!(answer.headers()[header::CONTENT_SECURITY_POLICY], "sandbox; default-src 'none'");
        assert_eq!(answer.headers()[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    }
}

/// A recording that the browser calls of this media type, as the partner gets it.
async fn fetched(server: &Server, case: &str, browser: &Browser, kind: &str, media_type: &str) -> Response<Body> {
    let artifact = uuid::Uuid::new_v4().to_string();
    send(
        server,
        browser
            .creation_as(&artifact, "front-video", kind, media_type)
            .header("upload-length", "4")
            .body(Body::empty())
            .expect("a request"),
    )
    .await;
    send(server, browser.piece(&artifact, 0).body(Body::from("data")).expect("a request")).await;
    let request = Request::get(format!("/v1/cases/{case}/media/{artifact}"))
        .header("authorization", format!("Bearer {}", server.live));
    server.send(request.body(Body::empty()).expect("a request")).await
}
