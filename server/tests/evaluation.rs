//! What an evaluation looks at, what it makes of it, and that no case waits for another.

mod support;

use std::time::Duration;

use axum::http::StatusCode;
use lichtbild_protocol::case::CaseState;
use lichtbild_server::{evaluation, recordings, store::Upload};
use serde_json::json;
use support::Server;

#[tokio::test]
async fn every_outcome_a_sandbox_key_asks_for_comes_and_fraud_looks_like_success() {
    let table = [
        ("success", "verified"),
        ("fraud_suspected", "fraud_suspected"),
        ("rejected", "rejected"),
        ("document_not_supported", "document_not_supported"),
    ];
    let mut seen = Vec::new();
    for (plan, state) in table {
        let server = Server::start(&[]).await;
        let (case, browser) = server.case(json!({"flow": "robo-ident", "sandbox": {"outcome": plan}})).await;
        browser.walk(&server, b"not a video").await;
        let (status, _) = browser.call(&server, "POST", "/v1/capture/evaluation", None).await;
        assert_eq!(status, StatusCode::ACCEPTED);
        // A restart in between: the case is found again.
        let server = server.again(&[]).await;
        assert_eq!(server.app.store.evaluating().await.expect("a store"), std::slice::from_ref(&case));
        evaluation::evaluate(&server.app, &case).await.expect("a store");
        let (_, report) = server.partner(&server.sandbox, "GET", &format!("/v1/cases/{case}"), None).await;
        assert_eq!(report["state"], state);
        seen.push(browser.call(&server, "GET", "/v1/capture/session", None).await.1["outcome"].clone());
    }
    assert_eq!(seen[0], seen[1], "suspected fraud is told to nobody but the partner");
    assert!(seen[0] != seen[2] && seen[0] != seen[3] && !seen[0].is_null());
}

#[tokio::test]
async fn a_live_key_gets_what_the_recordings_are_worth() {
    let server = Server::start(&[]).await;
    let (case, browser) = server.case(json!({"flow": "robo-ident"})).await;
    browser.walk(&server, b"not a video").await;
    browser.call(&server, "POST", "/v1/capture/evaluation", None).await;
    evaluation::evaluate(&server.app, &case).await.expect("a store");
    let (_, report) = server.partner(&server.live, "GET", &format!("/v1/cases/{case}"), None).await;
    assert_eq!((&report["state"], &report["attempt"]), (&json!("repeat"), &json!(2)));
    let checks = report["attempts"][0]["checks"].as_array().expect("checks").clone();
    assert!(checks.iter().any(|check| check["kind"] == "complete" && check["result"] == "ok"));
    assert!(checks.iter().any(|check| check["code"] == "media.container"));
}

#[tokio::test]
async fn a_recording_of_another_step_keeps_no_promise() {
    let server = Server::start(&[]).await;
    let (case, browser) = server.case(json!({"flow": "robo-ident"})).await;
    browser.walk(&server, b"not a video").await;
    // As if it had been sent for another step, which no request can bring about afterwards.
    server.sql("UPDATE uploads SET step = 'front-video'").await;
    let (status, problem) = browser.call(&server, "POST", "/v1/capture/evaluation", None).await;
    assert_eq!((status, &problem["detail"]), (StatusCode::CONFLICT, &json!("uploads: not complete")));
    server
        .sql("UPDATE uploads SET step = (SELECT 'selfie-video') WHERE rowid = (SELECT max(rowid) FROM uploads)")
        .await;
    assert_eq!(browser.call(&server, "POST", "/v1/capture/evaluation", None).await.0, StatusCode::ACCEPTED);
    for (change, back) in [
        ("UPDATE uploads SET kind = 'still'", "UPDATE uploads SET kind = 'video'"),
        ("UPDATE uploads SET attempt = 2", "UPDATE uploads SET attempt = 1"),
    ] {
        server.sql(change).await;
        let uploads = server.app.store.uploads(&case).await.expect("a store");
        let evaluating = server.app.store.case(&case).await.expect("a store").expect("the case");
        let due = evaluating.to_examine();
        let kept = |upload: &Upload| {
            due.iter().any(|step| step.artifacts.iter().any(|it| recordings::keeps(upload, step, it)))
        };
        assert!(!uploads.iter().any(kept), "{change}");
        server.sql(back).await;
    }
    server.sql("UPDATE uploads SET kind = 'still' WHERE step = 'selfie-video'").await;
    evaluation::evaluate(&server.app, &case).await.expect("a store");
    let (_, report) = server.partner(&server.live, "GET", &format!("/v1/cases/{case}"), None).await;
    let checks = report["attempts"][0]["checks"].as_array().expect("checks").clone();
    let incomplete = |step: &str| {
        checks.iter().any(|it| it["step"] == step && it["kind"] == "complete" && it["code"] == "media.incomplete")
    };
    assert_eq!((incomplete("front-video"), incomplete("selfie-video")), (false, true), "its kind is another");
}

#[tokio::test]
async fn a_live_case_is_not_verified_with_footage_nobody_could_look_at() {
    let media = format!("{}/../tests/fixtures/media/chromium-vp9-opus.webm", env!("CARGO_MANIFEST_DIR"));
    let media = std::fs::read(media).expect("a recording");
    let server = Server::start(&[]).await;
    let (case, browser) = server.case(json!({"flow": "robo-ident"})).await;
    browser.walk(&server, &media).await;
    browser.call(&server, "POST", "/v1/capture/evaluation", None).await;
    evaluation::evaluate(&server.app, &case).await.expect("a store");
    let (_, report) = server.partner(&server.live, "GET", &format!("/v1/cases/{case}"), None).await;
    assert_eq!(report["state"], "repeat");
    let steps = report["steps"].as_array().expect("steps").iter();
    let again: Vec<_> = steps.filter(|step| step["state"] == "repeat").collect();
    assert_eq!(again.len(), 2);
    for step in again {
        assert!(step["reasons"].as_array().expect("reasons").contains(&json!("media.undecodable")), "{step}");
    }
}

#[tokio::test]
async fn a_case_that_cannot_be_evaluated_does_not_hold_up_the_others() {
    let server = Server::start(&[]).await;
    let mut cases = Vec::new();
    for number in 0..3 {
        let (case, browser) = server.case(json!({"flow": "robo-ident", "sandbox": {"outcome": "success"}})).await;
        browser.walk(&server, b"not a video").await;
        browser.call(&server, "POST", "/v1/capture/evaluation", None).await;
        if number < 2 {
            // As many as are evaluated at the same time, and older ones.
            std::fs::remove_dir_all(server.folder().join("objects/cases").join(&case)).expect("its objects");
        }
        cases.push(case);
    }
    assert_eq!(server.app.store.evaluating().await.expect("a store"), cases);
    tokio::spawn(evaluation::run(server.app.clone()));
    let state = async |case: &str| server.app.store.case(case).await.expect("a store").expect("the case").state;
    let verified = async {
        while state(&cases[2]).await != CaseState::Verified {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(4), verified).await.expect("before the others are tried again");
    assert_eq!(state(&cases[0]).await, CaseState::Evaluating, "nothing is lost");
    server.app.stop.cancel();
}
