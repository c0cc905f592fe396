//! Uploads by tus: what a 2xx promises, what is refused, and who wins.

mod support;

use std::time::Duration;

use axum::{
    body::{Body, Bytes},
    http::StatusCode,
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use futures_util::{StreamExt as _, stream};
use serde_json::json;
use sha1::Sha1;
use sha2::{Digest as _, Sha256};
use support::{Browser, Server, bytes_of, json_of};

const CHUNK: usize = 1024;
const SETTINGS: [&str; 2] = ["--max-piece", "1024"];

async fn begun() -> (Server, String, Browser, String) {
    let server = Server::start(&SETTINGS).await;
    let (case, browser) = server.case(json!({"flow": "robo-ident"})).await;
    browser.register(&server).await;
    let artifact = uuid::Uuid::new_v4().to_string();
    let made = server.send(browser.creation(&artifact, "front-video").body(Body::empty()).expect("a request")).await;
    assert_eq!(made.status(), StatusCode::CREATED);
    assert_eq!(made.headers()["location"], format!("{}/v1/uploads/{artifact}", support::BASE));
    assert_eq!(made.headers()["upload-defer-length"], "1");
    (server, case, browser, artifact)
}

fn noise(length: usize) -> Vec<u8> {
    (0..length).map(|at| (at * 31 % 251) as u8).collect()
}

async fn media(server: &Server, case: &str, artifact: &str) -> Vec<u8> {
    let request = axum::http::Request::get(format!("/v1/cases/{case}/media/{artifact}"))
        .header("authorization", format!("Bearer {}", server.live))
        .body(Body::empty());
    bytes_of(server.send(request.expect("a request")).await).await
}

#[tokio::test]
async fn everything_acknowledged_is_there_after_a_restart_at_every_length() {
    for length in [1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK - 1, 3 * CHUNK, 3 * CHUNK + 1] {
        let (server, case, browser, artifact) = begun().await;
        let sent = noise(length);
        for (number, piece) in sent.chunks(CHUNK).enumerate() {
            let request = browser.piece(&artifact, number * CHUNK).body(Body::from(piece.to_vec())).expect("a request");
            let answer = server.send(request).await;
            assert_eq!(
                (answer.status(), answer.headers().contains_key("upload-expires")),
                (StatusCode::NO_CONTENT, true)
            );
        }
        let last = browser.piece(&artifact, length).header("upload-length", length).body(Body::empty());
        assert_eq!(server.send(last.expect("a request")).await.status(), StatusCode::NO_CONTENT);
        let again = server.again(&SETTINGS).await;
        let upload = again.app.store.upload(&artifact).await.expect("a store").expect("the upload");
        assert!(upload.complete() && upload.offset == length as u64, "{length}");
        assert_eq!(media(&again, &case, &artifact).await, sent, "{length}");
    }
}

#[tokio::test]
async fn a_piece_with_a_wrong_checksum_is_not_stored_and_a_right_one_is() {
    let (server, _, browser, artifact) = begun().await;
    let digests = [
        format!("sha1 {}", BASE64_STANDARD.encode(Sha1::digest(b"piece"))),
        format!("sha256 {}", BASE64_STANDARD.encode(Sha256::digest(b"piece"))),
    ];
    for (number, digest) in digests.iter().enumerate() {
        let piece = |body: &'static str| {
            let request = browser.piece(&artifact, number * 5).header("upload-checksum", digest);
            request.body(Body::from(body)).expect("a request")
        };
        let (status, problem) = json_of(server.send(piece("pieces")).await).await;
        assert_eq!((status.as_u16(), &problem["code"]), (460, &json!("upload.checksum_mismatch")));
        assert_eq!(browser.offset(&server, &artifact).await, number * 5);
        assert_eq!(server.send(piece("piece")).await.status(), StatusCode::NO_CONTENT);
    }
    let unknown = browser.piece(&artifact, 10).header("upload-checksum", "md5 AAAA").body(Body::from("x"));
    let (status, problem) = json_of(server.send(unknown.expect("a request")).await).await;
    assert_eq!((status, &problem["code"]), (StatusCode::BAD_REQUEST, &json!("upload.checksum_unsupported")));
}

#[tokio::test]
async fn a_piece_elsewhere_is_refused_with_the_true_offset() {
    let (server, _, browser, artifact) = begun().await;
    let piece = |at| browser.piece(&artifact, at).body(Body::from("12345")).expect("a request");
    assert_eq!(server.send(piece(0)).await.status(), StatusCode::NO_CONTENT);
    let answer = server.send(piece(0)).await;
    assert_eq!(
        (answer.status(), &answer.headers()["upload-offset"]),
        (StatusCode::CONFLICT, &"5".parse().expect("a value"))
    );
    assert_eq!(json_of(answer).await.1["code"], "upload.offset_mismatch");
}

#[tokio::test]
async fn what_came_before_the_line_broke_is_kept() {
    let (server, _, browser, artifact) = begun().await;
    let parts = [Ok(Bytes::from(noise(2 * CHUNK + 100))), Err(std::io::Error::other("line broke"))];
    let piece = browser.piece(&artifact, 0).body(Body::from_stream(stream::iter(parts))).expect("a request");
    assert!(server.send(piece).await.status().is_client_error());
    assert_eq!(browser.offset(&server, &artifact).await, 2 * CHUNK + 100);
}

#[tokio::test]
async fn a_newer_request_takes_over_and_the_older_commits_nothing_more() {
    let (server, _, browser, artifact) = begun().await;
    let (more, rest) = tokio::sync::mpsc::channel::<Bytes>(1);
    let stream = stream::unfold(rest, |mut rest| async { rest.recv().await.map(|part| (part, rest)) });
    let slow =
        browser.piece(&artifact, 0).body(Body::from_stream(stream.map(Ok::<_, std::io::Error>))).expect("a request");
    let router = server.router.clone();
    let older = tokio::spawn(tower::ServiceExt::oneshot(router, slow));
    more.send(Bytes::from_static(b"old")).await.expect("somebody reads");
    // It has taken the upload over, as its epoch tells.
    while server.app.store.upload(&artifact).await.expect("a store").expect("the upload").epoch < 2 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let offset = browser.offset(&server, &artifact).await;
    let newer = browser.piece(&artifact, offset).body(Body::from("new")).expect("a request");
    assert_eq!(server.send(newer).await.status(), StatusCode::NO_CONTENT);
    drop(more);
    let answer = older.await.expect("no panic").expect("an answer");
    assert_eq!(answer.status(), StatusCode::CONFLICT);
    assert_eq!(json_of(answer).await.1["code"], "upload.superseded");
    assert_eq!(browser.offset(&server, &artifact).await, offset + 3);
}

#[tokio::test]
async fn an_older_epoch_commits_nothing() {
    let (server, _, _, artifact) = begun().await;
    let older = server.app.store.take_over(&artifact, None).await.expect("a store").expect("the upload");
    let newer = server.app.store.take_over(&artifact, None).await.expect("a store").expect("the upload");
    assert!(newer.epoch > older.epoch);
    assert_eq!(server.app.store.append(&older, None, Some(0)).await.expect("a store"), None);
    assert!(server.app.store.append(&newer, None, Some(0)).await.expect("a store").is_some());
}

#[tokio::test]
async fn another_browser_cannot_touch_an_upload() {
    let (server, _, _, artifact) = begun().await;
    let (_, other) = server.case(json!({"flow": "robo-ident"})).await;
    other.register(&server).await;
    let piece = other.piece(&artifact, 0).body(Body::from("x")).expect("a request");
    assert_eq!(json_of(server.send(piece).await).await.1["code"], "upload.not_found");
}

#[tokio::test]
async fn a_recording_larger_than_its_kind_gets_is_refused() {
    let (server, _, browser, _) = begun().await;
    for (kind, mebibytes) in [("still", 24), ("video", 64)] {
        for (length, status) in
            [(mebibytes << 20, StatusCode::CREATED), ((mebibytes << 20) + 1, StatusCode::PAYLOAD_TOO_LARGE)]
        {
            let artifact = uuid::Uuid::new_v4().to_string();
            let request = browser.creation_of(&artifact, "front-video", kind).header("upload-length", length);
            let answer = server.send(request.body(Body::empty()).expect("a request")).await;
            assert_eq!(answer.status(), status, "{kind} {length}");
        }
    }
}

#[tokio::test]
async fn a_limit_that_was_lowered_is_told_and_not_counted_below_nought() {
    let (server, _, browser, artifact) = begun().await;
    let piece = |at, length| browser.piece(&artifact, at).body(Body::from(noise(length))).expect("a request");
    assert_eq!(server.send(piece(0, 3 * CHUNK)).await.status(), StatusCode::NO_CONTENT);
    let lowered = server.again(&["--max-upload", "2048"]).await;
    let (status, problem) = json_of(lowered.send(piece(3 * CHUNK, 1)).await).await;
    assert_eq!((status, &problem["code"]), (StatusCode::PAYLOAD_TOO_LARGE, &json!("upload.too_large")));
}

#[tokio::test]
async fn a_case_fills_no_more_than_a_gibibyte() {
    let (server, _, browser, artifact) = begun().await;
    let other = uuid::Uuid::new_v4().to_string();
    browser.upload(&server, &other, "front-video", b"other").await;
    server.sql("UPDATE uploads SET position = (1 << 30) - 2 WHERE position > 0").await;
    let piece = |body: &'static str| browser.piece(&artifact, 0).body(Body::from(body)).expect("a request");
    let (status, problem) = json_of(server.send(piece("123")).await).await;
    assert_eq!((status, &problem["code"]), (StatusCode::PAYLOAD_TOO_LARGE, &json!("upload.too_large")));
    assert_eq!(server.send(piece("12")).await.status(), StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn recordings_that_were_removed_count() {
    let (server, _, browser, first) = begun().await;
    let remove = async |artifact: &str| {
        let request = browser.request("DELETE", &format!("/v1/uploads/{artifact}")).header("tus-resumable", "1.0.0");
        assert_eq!(server.send(request.body(Body::empty()).expect("a request")).await.status(), StatusCode::NO_CONTENT);
    };
    let create = async |artifact: &str| {
        let request = browser.creation(artifact, "front-video").body(Body::empty()).expect("a request");
        server.send(request).await.status()
    };
    remove(&first).await;
    for _ in 1..120 {
        let artifact = uuid::Uuid::new_v4().to_string();
        assert_eq!(create(&artifact).await, StatusCode::CREATED);
        remove(&artifact).await;
    }
    assert_eq!(create(&uuid::Uuid::new_v4().to_string()).await, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(create(&first).await, StatusCode::CREATED, "one of those there were");
}

#[tokio::test]
async fn a_request_whose_connection_broke_is_not_at_work_any_more() {
    let (server, _, browser, artifact) = begun().await;
    let waits = Body::from_stream(stream::pending::<Result<Bytes, std::io::Error>>());
    let request = browser.piece(&artifact, 0).body(waits).expect("a request");
    let broken = tokio::spawn(tower::ServiceExt::oneshot(server.router.clone(), request));
    while server.app.writers.count() == 0 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    broken.abort();
    assert!(broken.await.is_err_and(|error| error.is_cancelled()));
    assert_eq!(server.app.writers.count(), 0);
}

#[tokio::test]
async fn a_case_that_ended_takes_no_recording() {
    let (server, case, browser, _) = begun().await;
    browser.post(&server, "/v1/capture/cancel", json!({})).await;
    let create = async || {
        let artifact = uuid::Uuid::new_v4().to_string();
        let request = browser.creation(&artifact, "front-video").body(Body::empty()).expect("a request");
        json_of(server.send(request).await).await.1["code"].clone()
    };
    assert_eq!(create().await, "session.ended");
    let path = format!("/v1/cases/{case}");
    assert_eq!(server.partner(&server.live, "DELETE", &path, None).await.0, StatusCode::NO_CONTENT);
    assert_eq!(create().await, "session.unknown");
}
