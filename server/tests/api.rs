//! The API as partners and browsers use it, through the whole router, without a socket.

mod support;

use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use axum::{
    body::{Body, Bytes},
    http::{Request, StatusCode, header},
};
use lichtbild_protocol::capture::Role;
use lichtbild_server::{
    app,
    auth::secret,
    blobs::{BlobError, Blobs, Files},
    evaluation,
    media::Documents,
    reading::{Reader, Seen},
    review::{Case, Effects},
    routes::docs,
    store::{Op, Token},
    sweeper,
};
use serde_json::{Value, json};
use support::{Browser, Server, json_of, text};
use tower::ServiceExt as _;

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
async fn a_hand_off_is_claimed_by_one_phone() {
    let server = Server::start(&[]).await;
    let (_, desktop) = server.case(json!({"flow": "robo-ident"})).await;
    desktop.register(&server).await;
    let offer = desktop.post(&server, "/v1/capture/handoff", json!({})).await;
    let (phone, thief) = (Browser::new(String::new()), Browser::new(String::new()));
    let claim = async |phone: &Browser| claim(&server, phone, &offer["url"], &offer["number"]).await;
    let (status, issued) = claim(&phone).await;
    assert_eq!(status, StatusCode::OK, "{issued}");
    let (status, problem) = claim(&thief).await;
    assert_eq!((status, &problem["code"]), (StatusCode::CONFLICT, &json!("handoff.claimed")));
    assert_eq!(claim(&phone).await.0, StatusCode::OK, "a lost answer costs nothing");
    let (_, watching) = desktop.call(&server, "GET", "/v1/capture/session", None).await;
    assert_eq!(watching["takenBy"]["browser"], "Phone 1");
    let phone = Browser { token: text(&issued["token"]), ..phone };
    phone.register(&server).await;
    let (_, watching) = desktop.call(&server, "GET", "/v1/capture/session", None).await;
    assert_eq!((&watching["role"], &watching["device"]), (&json!("observe"), &json!("other")));
}

/// Claims a link by a phone's own key, with a number.
async fn claim(server: &Server, phone: &Browser, link: &Value, number: &Value) -> (StatusCode, Value) {
    let (_, secret) = link.as_str().expect("a link").split_once("#h=").expect("the secret in the fragment");
    let facts = json!({"model": "", "os": "", "browser": "Phone 1", "language": "de", "viewport": "390x844"});
    let body = Body::from(json!({"secret": secret, "number": number, "facts": facts}).to_string());
    let request = Request::post("/v1/handoff/claim").header("dpop", phone.proof("POST", "/v1/handoff/claim", None));
    json_of(server.send(request.body(body).expect("a request")).await).await
}

#[tokio::test]
async fn a_hand_off_needs_the_number_beside_its_code_and_dies_of_guessing() {
    let server = Server::start(&[]).await;
    let (_, desktop) = server.case(json!({"flow": "robo-ident"})).await;
    desktop.register(&server).await;
    let phone = Browser::new(String::new());
    let offer = async || desktop.post(&server, "/v1/capture/handoff", json!({})).await;
    let (first, second) = (offer().await, offer().await);
    assert_eq!(first["number"], second["number"], "the code changes, its number stays");
    let number = text(&first["number"]);
    assert!(number.len() == 2 && number.bytes().all(|digit| digit.is_ascii_digit()), "{number}");
    let wrong = json!(if number == "10" { "11" } else { "10" });
    for _ in 0..3 {
        let (status, problem) = claim(&server, &phone, &first["url"], &wrong).await;
        assert_eq!((status, &problem["code"]), (StatusCode::FORBIDDEN, &json!("handoff.number")));
    }
    let (status, problem) = claim(&server, &phone, &first["url"], &first["number"]).await;
    assert_eq!((status, &problem["code"]), (StatusCode::NOT_FOUND, &json!("handoff.unknown")));
    assert_eq!(claim(&server, &phone, &second["url"], &second["number"]).await.0, StatusCode::OK);
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
    let mut described = BTreeSet::new();
    for (path, item) in description["paths"].as_object().expect("paths") {
        // Where uploads go is told by the session, and their protocol by tus; health is not part of the wire.
        if path.starts_with("/v1/") && !path.starts_with("/v1/uploads") {
            let methods = item.as_object().expect("a path").keys().map(|method| method.to_uppercase());
            described.extend(methods.map(|method| format!("{method} {path}")));
        }
    }
    assert_eq!(described, told(include_str!("../../docs/protocol.md")), "the API's description and docs/protocol.md");
    let server = Server::start(&[]).await;
    for page in ["/docs", "/docs/errors", "/openapi.json", "/healthz", "/legal/terms"] {
        let answer = server.send(Request::get(page).body(Body::empty()).expect("a request")).await;
        assert_eq!(answer.status(), StatusCode::OK, "{page}");
    }
}

/// The requests in a page's tables, as in `GET /v1/cases`. Their first cells may name several methods of one path.
fn told(page: &str) -> BTreeSet<String> {
    let mut requests = BTreeSet::new();
    for cell in page.lines().filter_map(|line| line.strip_prefix("| `")?.split('|').next()) {
        let mut methods = Vec::new();
        for code in cell.split('`').step_by(2) {
            let (method, path) = code.split_once(' ').unwrap_or((code, ""));
            methods.push(method);
            if let Some(path) = path.split('?').next().filter(|path| path.starts_with("/v1/")) {
                requests.extend(methods.drain(..).map(|method| format!("{method} {path}")));
            }
        }
    }
    requests
}

#[tokio::test]
async fn outcomes_are_told_to_nobody_but_partner_and_operator() {
    let server = Server::start(&[]).await;
    let (case, browser) = server.case(json!({"flow": "robo-ident", "sandbox": {"outcome": "fraud_suspected"}})).await;
    browser.walk(&server, b"not a video").await;
    browser.call(&server, "POST", "/v1/capture/evaluation", None).await;
    evaluation::evaluate(&server.app, &case).await.expect("a store");
    let get = |path: &str| Request::get(path).body(Body::empty()).expect("a request");
    assert_eq!(server.send(get("/metrics")).await.status(), StatusCode::NOT_FOUND);
    let ask = async |path: &str| {
        let answer = app::operator(server.app.clone()).oneshot(get(path)).await.expect("a router always answers");
        (answer.status(), String::from_utf8(support::bytes_of(answer).await).expect("text"))
    };
    let (status, figures) = ask("/metrics").await;
    assert!(
        status == StatusCode::OK && figures.contains(r#"evaluations_total{state="fraud_suspected"} 1"#),
        "{figures}"
    );
    let (status, well) = ask("/healthz").await;
    assert!(status == StatusCode::OK && well.starts_with("ok\n"), "{well}");
    assert_eq!(ask("/v1/cases").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn health_says_that_documents_are_not_looked_for_or_not_read() {
    let reader = || Reader::by(|_, _| Seen::default());
    for (documents, reader, missing) in [
        (Documents::seen_by(|_| Ok(support::DATA_PAGE)), reader(), &[][..]),
        (Documents::unusable(), reader(), &["looked_for"]),
        (Documents::seen_by(|_| Ok(support::DATA_PAGE)), Reader::unusable(), &["read"]),
        (Documents::unusable(), Reader::unusable(), &["looked_for", "read"]),
    ] {
        let server = Server::with(&[], documents, reader).await;
        let answer = server.send(Request::get("/healthz").body(Body::empty()).expect("a request")).await;
        assert_eq!(answer.status(), StatusCode::OK, "everything else works");
        let text = String::from_utf8(support::bytes_of(answer).await).expect("text");
        assert!(text.starts_with("ok\n") && text.matches("model.unusable: ").count() == missing.len(), "{text}");
        let figures = server.app.metrics.text().expect("figures");
        for figure in ["looked_for", "read"] {
            let usable = u8::from(!missing.contains(&figure));
            assert!(figures.contains(&format!("lichtbild_documents_{figure} {usable}")), "{figures}");
        }
    }
}

#[tokio::test]
async fn a_stranger_who_asks_for_health_causes_no_work() {
    let server = Server::start(&[]).await;
    for _ in 0..50 {
        let answer = server.send(Request::get("/healthz").body(Body::empty()).expect("a request")).await;
        assert_eq!(answer.status(), StatusCode::OK);
    }
    assert!(!server.folder().join("objects/probe").exists());
    // A closed store does not answer; what was seen some seconds ago still stands.
    server.app.store.close().await;
    let answer = server.send(Request::get("/healthz").body(Body::empty()).expect("a request")).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert!(!server.again(&[]).await.app.health.store(&*server.app.store).await, "asked anew, it is known");
}

#[tokio::test]
async fn a_call_for_help_can_be_read() {
    let server = Server::start(&[]).await;
    let (case, browser) = server.case(json!({"flow": "robo-ident"})).await;
    browser.register(&server).await;
    let facts = json!({"model": "", "os": "", "browser": "", "language": "", "viewport": ""});
    let help = json!({"description": PERSON, "code": "camera.black", "step": "front-video", "facts": facts,
        "at": "2020-01-01T00:00:00Z"});
    browser.post(&server, "/v1/capture/help", help).await;
    let path = format!("/v1/cases/{case}");
    let (_, report) = server.partner(&server.live, "GET", &path, None).await;
    let [message] = report["help"].as_array().expect("messages").as_slice() else { panic!("{report}") };
    assert_eq!(
        (&message["description"], &message["code"], &message["step"]),
        (&json!(PERSON), &json!("camera.black"), &json!("front-video"))
    );
    assert!(!text(&message["at"]).starts_with("2020"), "the server's own time");
    server.partner(&server.live, "DELETE", &path, None).await;
    assert!(!anywhere(&server, PERSON));
}

#[tokio::test]
async fn a_bound_link_shows_nothing_to_another_key() {
    let server = Server::start(&[]).await;
    let (case, browser) = server.case(json!({"flow": "robo-ident"})).await;
    let other = Browser::new(browser.token.clone());
    let look = async |browser: &Browser| browser.call(&server, "GET", "/v1/capture/session", None).await;
    assert_eq!(look(&other).await.0, StatusCode::OK, "nobody has used it yet");
    browser.register(&server).await;
    assert_eq!(look(&browser).await.0, StatusCode::OK);
    let (status, problem) = look(&other).await;
    assert_eq!((status, &problem["code"]), (StatusCode::FORBIDDEN, &json!("session.other_device")));
    let (_, link) = server.partner(&server.live, "POST", &format!("/v1/cases/{case}/session"), None).await;
    let unbound = Browser::new(text(&link["token"]));
    let (status, session) = look(&unbound).await;
    assert_eq!((status, &session["device"]), (StatusCode::OK, &json!("other")), "a fresh link may be looked at");
}

/// Objects that cannot be removed at first.
struct Stubborn(Files, AtomicBool);

#[async_trait::async_trait]
impl Blobs for Stubborn {
    async fn put(&self, key: &str, bytes: Bytes) -> Result<(), BlobError> {
        self.0.put(key, bytes).await
    }

    async fn get(&self, key: &str) -> Result<Bytes, BlobError> {
        self.0.get(key).await
    }

    async fn range(&self, key: &str, range: std::ops::Range<u64>) -> Result<Bytes, BlobError> {
        self.0.range(key, range).await
    }

    async fn delete(&self, key: &str) -> Result<(), BlobError> {
        self.0.delete(key).await
    }

    async fn delete_under(&self, prefix: &str) -> Result<(), BlobError> {
        if self.1.swap(false, Ordering::SeqCst) {
            return Err(std::io::Error::other("busy").into());
        }
        self.0.delete_under(prefix).await
    }

    async fn older_than(&self, age: Duration) -> Result<Vec<String>, BlobError> {
        self.0.older_than(age).await
    }

    async fn ping(&self) -> Result<(), BlobError> {
        self.0.ping().await
    }
}

#[tokio::test]
async fn recordings_that_could_not_be_removed_are_removed_later_and_hold_up_no_others() {
    let server = Server::start(&[]).await;
    let mut cases = Vec::new();
    for _ in 0..2 {
        let (case, browser) = server.case(json!({"flow": "robo-ident"})).await;
        browser.walk(&server, b"not a video").await;
        browser.call(&server, "POST", "/v1/capture/cancel", None).await;
        cases.push(case);
    }
    let files = Files::open(&server.folder().join("objects")).expect("a folder of objects");
    let app = support::open_with(
        server.folder(),
        &[],
        Arc::new(Stubborn(files, AtomicBool::new(true))),
        Documents::unusable(),
    )
    .await;
    let kept = || cases.iter().filter(|case| server.folder().join("objects/cases").join(case).exists()).count();
    sweeper::sweep(&app).await.expect("a store");
    assert_eq!(kept(), 1, "the first could not be removed");
    sweeper::sweep(&app).await.expect("a store");
    assert!(kept() == 0 && app.store.unpurged().await.expect("a store").is_empty());
}
