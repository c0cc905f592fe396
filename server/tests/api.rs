//! The API as partners and browsers use it, through the whole router, without a socket.

mod support;

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use lichtbild_protocol::capture::Role;
use lichtbild_server::{
    auth::secret,
    evaluation,
    review::{Case, Effects},
    routes::docs,
    store::{Op, Token},
    sweeper,
};
use serde_json::json;
use support::{Browser, Server, json_of, text};

const PERSON: &str = "Erika Mustermann, geboren in Berlin";

#[tokio::test]
async fn a_case_is_made_read_listed_and_erased() {
    let server = Server::start(&[]).await;
    let (id, _) = server.case(json!({"flow": "robo-ident", "reference": "A-1"})).await;
    let (other, _) = server.case(json!({"flow": "robo-ident"})).await;
    let path = format!("/v1/cases/{id}");
    let (status, report) = server.partner(&server.live, "GET", &path, None).await;
    assert_eq!((status, &report["reference"], &report["state"]), (StatusCode::OK, &json!("A-1"), &json!("created")));
    let (_, page) = server.partner(&server.live, "GET", "/v1/cases?limit=1", None).await;
    let (_, next) =
        server.partner(&server.live, "GET", &format!("/v1/cases?limit=1&cursor={}", text(&page["next"])), None).await;
    let mut listed = [text(&page["items"][0]["id"]), text(&next["items"][0]["id"])];
    let mut made = [id.clone(), other];
    listed.sort();
    made.sort();
    assert_eq!((listed, next["next"].is_null()), (made, true));
    let (status, problem) = server.partner(&server.sandbox, "GET", &path, None).await;
    assert_eq!(
        (status, &problem["code"]),
        (StatusCode::NOT_FOUND, &json!("case.not_found")),
        "a sandbox key sees no live case"
    );

    assert_eq!(server.partner(&server.live, "DELETE", &path, None).await.0, StatusCode::NO_CONTENT);
    assert_eq!(server.partner(&server.live, "GET", &path, None).await.0, StatusCode::NOT_FOUND);
    assert!(!anywhere(&server, "A-1") && !server.folder().join("objects/cases").join(&id).exists());
}

/// Whether a text stands in any file of the server.
fn anywhere(server: &Server, text: &str) -> bool {
    let files = std::fs::read_dir(server.folder())
        .expect("a folder")
        .filter_map(|entry| std::fs::read(entry.ok()?.path()).ok());
    files.into_iter().any(|bytes| bytes.windows(text.len()).any(|window| window == text.as_bytes()))
}

#[tokio::test]
async fn keys_and_tokens_are_kept_as_hashes_only() {
    let server = Server::start(&[]).await;
    let (_, browser) = server.case(json!({"flow": "robo-ident"})).await;
    for secret in [&server.live, &server.sandbox, &browser.token] {
        assert!(!anywhere(&server, secret) && anywhere(&server, &secret::hash(secret)));
    }
}

#[tokio::test]
async fn an_idempotency_key_makes_one_case() {
    let server = Server::start(&[]).await;
    let send = async |body: &str| {
        let request = Request::post("/v1/cases")
            .header("authorization", format!("Bearer {}", server.live))
            .header("idempotency-key", "order-1")
            .body(Body::from(body.to_owned()));
        json_of(server.send(request.expect("a request")).await).await
    };
    let (first, second) = (send(r#"{"flow":"robo-ident"}"#).await.1, send(r#"{"flow":"robo-ident"}"#).await.1);
    assert_eq!(first["case"]["id"], second["case"]["id"]);
    assert_ne!(first["session"]["token"], second["session"]["token"]);
    let (status, problem) = send(r#"{"flow":"robo-ident","reference":"B"}"#).await;
    assert_eq!((status, &problem["code"]), (StatusCode::CONFLICT, &json!("request.conflict")));
}

#[tokio::test]
async fn refusals_are_problem_documents_that_repeat_nothing() {
    let server = Server::start(&[]).await;
    let (_, browser) = server.case(json!({"flow": "robo-ident"})).await;
    let bearer = |key: &str| Request::get("/v1/cases").header("authorization", format!("Bearer {key}"));
    let stranger = Browser::new("lbt_unknown".into());
    let table = [
        (bearer("lbk_live_wrong"), StatusCode::UNAUTHORIZED, "partner.unauthorised"),
        (Request::get("/v1/nothing"), StatusCode::NOT_FOUND, "request.not_found"),
        (Request::put("/v1/cases"), StatusCode::METHOD_NOT_ALLOWED, "request.method"),
        (Request::get("/v1/capture/session"), StatusCode::UNAUTHORIZED, "session.unknown"),
        (stranger.request("GET", "/v1/capture/session"), StatusCode::UNAUTHORIZED, "session.unknown"),
        (
            browser.request("GET", "/v1/capture/session").header("dpop", "x"),
            StatusCode::UNAUTHORIZED,
            "session.proof_invalid",
        ),
    ];
    for (request, status, code) in table {
        let answer = server.send(request.body(Body::empty()).expect("a request")).await;
        assert_eq!(answer.headers()[header::CONTENT_TYPE], "application/problem+json");
        let id = answer.headers()["x-request-id"].to_str().expect("a UUID").to_owned();
        let (got, problem) = json_of(answer).await;
        assert_eq!((got, text(&problem["code"]), text(&problem["requestId"])), (status, code.to_owned(), id));
    }
    let (status, problem) = server.partner(&server.live, "POST", "/v1/cases", Some(json!({"flow": PERSON}))).await;
    assert_eq!((status, problem["detail"].clone()), (StatusCode::BAD_REQUEST, json!("body: flow")));
}

#[tokio::test]
async fn an_ended_token_is_refused_and_renewed_for_its_device_alone() {
    let server = Server::start(&[]).await;
    let (case, browser) = server.case(json!({"flow": "robo-ident"})).await;
    browser.register(&server).await;
    let fresh = browser.post(&server, "/v1/capture/token", json!({})).await;
    let renewed = Browser { token: text(&fresh["token"]), ..browser.clone() };
    assert_eq!(renewed.call(&server, "GET", "/v1/capture/session", None).await.0, StatusCode::OK);
    let other = Browser::new(browser.token.clone());
    let (status, problem) = other.call(&server, "POST", "/v1/capture/token", Some(json!({}))).await;
    assert_eq!((status, &problem["code"]), (StatusCode::FORBIDDEN, &json!("session.other_device")));

    let ended = Browser { token: "lbt_ended".into(), ..browser };
    let (hash, role) = (secret::hash(&ended.token), Role::Capture);
    let token = Token { hash, case: case.clone(), role, key: None, expires_at: 1 };
    let add = |_: &mut Case| Ok((Effects::default(), vec![Op::AddToken(token.clone())]));
    server.app.change(&case, add).await.expect("a store");
    let (status, problem) = ended.call(&server, "GET", "/v1/capture/session", None).await;
    assert_eq!((status, &problem["code"]), (StatusCode::UNAUTHORIZED, &json!("session.expired")));
    assert_eq!(ended.call(&server, "POST", "/v1/capture/token", Some(json!({}))).await.0, StatusCode::OK);
}

#[tokio::test]
async fn a_proof_is_taken_once() {
    let server = Server::start(&[]).await;
    let (_, browser) = server.case(json!({"flow": "robo-ident"})).await;
    let proof = browser.proof("GET", "/v1/capture/session", Some(&browser.token));
    let send = async || {
        let request = Request::get("/v1/capture/session")
            .header("authorization", format!("DPoP {}", browser.token))
            .header("dpop", &proof);
        json_of(server.send(request.body(Body::empty()).expect("a request")).await).await
    };
    assert_eq!(send().await.0, StatusCode::OK);
    let (status, problem) = send().await;
    assert_eq!((status, &problem["detail"]), (StatusCode::UNAUTHORIZED, &json!("DPoP: replay")));
}

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
async fn a_hand_off_is_claimed_by_one_phone() {
    let server = Server::start(&[]).await;
    let (_, desktop) = server.case(json!({"flow": "robo-ident"})).await;
    desktop.register(&server).await;
    let offer = desktop.post(&server, "/v1/capture/handoff", json!({})).await;
    let (_, secret) = offer["url"].as_str().expect("a link").split_once("#h=").expect("the secret in the fragment");
    let claim = async |phone: &Browser| {
        let request = Request::post("/v1/handoff/claim").header("dpop", phone.proof("POST", "/v1/handoff/claim", None));
        let body = Body::from(json!({ "secret": secret }).to_string());
        json_of(server.send(request.body(body).expect("a request")).await).await
    };
    let (phone, thief) = (Browser::new(String::new()), Browser::new(String::new()));
    let (status, issued) = claim(&phone).await;
    assert_eq!(status, StatusCode::OK, "{issued}");
    let (status, problem) = claim(&thief).await;
    assert_eq!((status, &problem["code"]), (StatusCode::CONFLICT, &json!("handoff.claimed")));
    assert_eq!(claim(&phone).await.0, StatusCode::OK, "a lost answer costs nothing");
    let phone = Browser { token: text(&issued["token"]), ..phone };
    phone.register(&server).await;
    let (_, watching) = desktop.call(&server, "GET", "/v1/capture/session", None).await;
    assert_eq!((&watching["role"], &watching["device"]), (&json!("observe"), &json!("other")));
}

#[tokio::test]
async fn cases_end_by_time_and_their_recordings_go() {
    let server = Server::start(&[]).await;
    let (case, browser) = server.case(json!({"flow": "robo-ident"})).await;
    browser.walk(&server, b"not a video").await;
    let (status, _) = browser.call(&server, "POST", "/v1/capture/cancel", None).await;
    assert_eq!(status, StatusCode::OK);
    sweeper::sweep(&server.app).await.expect("a store");
    assert!(server.app.store.uploads(&case).await.expect("a store").is_empty());
    assert!(!server.folder().join("objects/cases").join(&case).exists());
}

#[tokio::test]
async fn every_route_is_described_in_openapi_3_1() {
    let description = serde_json::to_value(docs::description()).expect("JSON");
    assert!(text(&description["openapi"]).starts_with("3.1."));
    let server = Server::start(&[]).await;
    let paths = description["paths"].as_object().expect("paths");
    for row in include_str!("../../docs/protocol.md").lines().filter(|line| line.starts_with("| `")) {
        let route = row.split('`').find(|part| part.contains("/v1/")).unwrap_or_default();
        let path = route.split(' ').next_back().unwrap_or_default().split('?').next().unwrap_or_default();
        assert!(path.is_empty() || paths.contains_key(path), "{path}");
    }
    for page in ["/docs", "/docs/errors", "/openapi.json", "/healthz", "/metrics", "/legal/terms"] {
        let answer = server.send(Request::get(page).body(Body::empty()).expect("a request")).await;
        assert_eq!(answer.status(), StatusCode::OK, "{page}");
    }
}
