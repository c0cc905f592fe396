//! The whole SIM registration against the real routes: a person or a shop takes the steps, the server reads, clerks review.

mod support;

use std::{
    io::Cursor,
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use axum::http::StatusCode;
use futures_util::future::join_all;
use image::{GrayImage, ImageFormat, Luma};
use lichtbild_mrz::write;
use lichtbild_protocol::document::MasterData;
use lichtbild_server::{
    evaluation,
    media::Documents,
    reading::{Reader, Seen},
    review::retention::Retention,
    store::Policy,
    sweeper,
};
use serde_json::{Value, json};
use support::{Browser, DATA_PAGE, PLACE, Server, seen, text};

const SURNAME: &str = "Mustermann";
const NUMBER: &str = "C01X00T47";

const PAGE: write::Entry = write::Entry {
    kind: "P",
    issuer: "D",
    surname: SURNAME,
    given: "Erika",
    number: NUMBER,
    nationality: "D",
    birth: "640812",
    sex: 'F',
    expiry: "371031",
    optional: "",
    more: "",
};

fn zone() -> Vec<String> {
    write::td3(&PAGE)
}

fn expired() -> Vec<String> {
    write::td3(&write::Entry { expiry: "161031", ..PAGE })
}

/// A server that reads this zone on every picture; the reader's place in the server is what is tested.
async fn reading(settings: &[&str]) -> Server {
    reading_as(settings, zone).await
}

async fn reading_as(settings: &[&str], zone: fn() -> Vec<String>) -> Server {
    let look = move |_: &lichtbild_vision::luma::Luma<'_>, _| seen(&zone());
    Server::with(settings, Documents::seen_by(|_| Ok(DATA_PAGE)), Reader::by(look)).await
}

/// Sharp enough to pass: fine stripes.
fn picture() -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let stripes = GrayImage::from_fn(1_600, 1_200, |x, y| Luma([if (x / 4 + y / 4) % 2 == 0 { 90 } else { 170 }]));
    stripes.write_to(&mut bytes, ImageFormat::Jpeg).expect("it encodes");
    bytes.into_inner()
}

fn wish(channel: &str, birth: &str) -> Value {
    json!({"flow": "sim-registration", "channel": channel,
        "expected": {"surname": SURNAME, "givenNames": "Erika", "birthDate": birth, "documentNumber": NUMBER}})
}

/// The session once the document has been read.
async fn read_of(server: &Server, browser: &Browser) -> Value {
    let ready = async {
        loop {
            let (_, session) = browser.call(server, "GET", "/v1/capture/session", None).await;
            if step(&session, "data-confirmation")["reading"] != "reading" {
                return session;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), ready).await.expect("it is read")
}

fn step<'a>(session: &'a Value, id: &str) -> &'a Value {
    let steps = session["flow"]["steps"].as_array().expect("steps");
    steps.iter().find(|step| step["id"] == id).expect("the step")
}

fn answers(session: &Value, wrong: Option<&str>) -> Value {
    let step = step(session, "data-confirmation");
    let fields = step["fields"].as_array().expect("fields").iter();
    let answer = |field: &Value| {
        let right = wrong != field["name"].as_str();
        if right {
            json!({"name": field["name"], "right": true})
        } else {
            json!({"name": field["name"], "right": false, "note": "anders"})
        }
    };
    json!({"readingId": step["readingId"], "answers": fields.map(answer).collect::<Vec<_>>()})
}

fn attestation() -> Value {
    let given = ["document_seen", "person_matches"].map(|id| json!({"id": id, "version": "2026-11-24"}));
    json!({"clerk": "Verkauf 12", "given": given})
}

/// Through the shop's steps to the review.
async fn through_the_shop(server: &Server, browser: &Browser, case: &str) {
    browser.walk(server, &picture()).await;
    let session = read_of(server, browser).await;
    browser.post(server, "/v1/capture/confirmation", answers(&session, None)).await;
    browser.post(server, "/v1/capture/attestation", attestation()).await;
    evaluated(server, browser, case).await;
}

async fn evaluated(server: &Server, browser: &Browser, case: &str) {
    let (status, answer) = browser.call(server, "POST", "/v1/capture/evaluation", None).await;
    assert_eq!(status, StatusCode::ACCEPTED, "{answer}");
    evaluation::evaluate(&server.app, case).await.expect("a store");
}

async fn review(server: &Server, case: &str) -> Value {
    let (status, report) = server.partner(&server.live, "GET", &format!("/v1/cases/{case}/review"), None).await;
    assert_eq!(status, StatusCode::OK, "{report}");
    report
}

async fn act(server: &Server, method: &str, path: &str, body: Value) -> (StatusCode, Value) {
    server.partner(&server.live, method, &format!("/v1/cases/{path}"), Some(body)).await
}

fn result(report: &Value, kind: &str) -> Value {
    let rules = report["rules"].as_array().expect("rules");
    rules.iter().find(|rule| rule["kind"] == kind).expect("every rule")["result"].clone()
}

#[tokio::test]
async fn in_the_shop_a_case_goes_to_green_after_the_master_data_was_corrected() {
    let server = reading(&[]).await;
    let (case, browser) = server.case(wish("shop", "1964-08-21")).await;
    through_the_shop(&server, &browser, &case).await;
    let (_, session) = browser.call(&server, "GET", "/v1/capture/session", None).await;
    assert_eq!(session["outcome"], "inReview");
    let report = review(&server, &case).await;
    assert_eq!((&report["state"], &report["light"]), (&json!("in_review"), &json!("amber")));
    assert_eq!((result(&report, "birth_date"), result(&report, "face_match")), (json!("not_ok"), json!("ok")));
    let birth = report["comparison"].as_array().expect("fields").iter().find(|it| it["name"] == "birthDate");
    assert_eq!(birth.expect("compared")["same"], false);
    let approve = json!({"verdict": "approve", "reason": "alles gut", "clerk": "Anna"});
    let (status, problem) = act(&server, "POST", &format!("{case}/review/decision"), approve.clone()).await;
    assert_eq!((status, &problem["code"]), (StatusCode::CONFLICT, &json!("review.rules_open")));

    let (status, _) = act(&server, "PATCH", &case, json!({"expected": wish("shop", "1964-08-12")["expected"]})).await;
    assert_eq!(status, StatusCode::OK);
    let report = review(&server, &case).await;
    assert_eq!(result(&report, "birth_date"), "ok");
    let (status, report) = act(&server, "POST", &format!("{case}/review/decision"), approve).await;
    assert_eq!((status, &report["light"]), (StatusCode::OK, &json!("green")), "{report}");
    assert_eq!(browser.call(&server, "GET", "/v1/capture/session", None).await.1["outcome"], "success");
    let actions: Vec<_> = report["audit"].as_array().expect("lines").iter().map(|line| text(&line["action"])).collect();
    let expected =
        ["created", "data_answered", "attested", "rules_ran", "master_data_changed", "rules_ran", "approved"];
    assert_eq!(actions, expected);
    assert_eq!(report["audit"][6]["clerk"], "Anna");
}

#[tokio::test]
async fn fields_are_shown_to_the_device_that_takes_the_steps_and_to_nobody_else() {
    let server = reading(&[]).await;
    let (case, browser) = server.case(wish("customer", "1964-08-12")).await;
    browser.walk(&server, &picture()).await;
    let session = read_of(&server, &browser).await;
    let shown = step(&session, "data-confirmation");
    assert_eq!(shown["reading"], "ready");
    let birth = shown["fields"].as_array().expect("fields").iter().find(|it| it["name"] == "birthDate");
    assert_eq!(birth.expect("read"), &json!({"name": "birthDate", "value": "1964-08-12", "checked": true}));
    let (_, link) = server.partner(&server.live, "POST", &format!("/v1/cases/{case}/session"), None).await;
    let (status, other) = Browser::new(text(&link["token"])).call(&server, "GET", "/v1/capture/session", None).await;
    assert_eq!(status, StatusCode::OK);
    assert!(!other.to_string().contains(NUMBER) && step(&other, "data-confirmation")["fields"].is_null());
    let (_, report) = server.partner(&server.live, "GET", &format!("/v1/cases/{case}"), None).await;
    assert!(!report.to_string().contains(NUMBER), "only the review has values");
    assert_eq!(report["media"][0]["document"], json!(PLACE), "but where the document lies on its picture");

    let (status, problem) = browser
        .call(&server, "POST", "/v1/capture/confirmation", Some(json!({"readingId": "older", "answers": []})))
        .await;
    assert_eq!((status, &problem["code"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("confirmation.incomplete")));
    let session = browser.post(&server, "/v1/capture/confirmation", answers(&session, Some("surname"))).await;
    assert!(step(&session, "data-confirmation")["fields"].is_null(), "it is answered");
    let report = review(&server, &case).await;
    assert_eq!(result(&report, "data_confirmed"), "not_ok");
    assert!(report["rules"].to_string().contains("anders"), "the clerk reads the note");
}

#[tokio::test]
async fn without_a_reader_nothing_is_claimed_and_a_browsers_word_counts_for_nothing() {
    let server = Server::start(&[]).await;
    let (case, browser) = server.case(wish("shop", "1964-08-12")).await;
    browser.walk(&server, &picture()).await;
    let reported = json!({"step": "front-photo", "side": "front", "lines": zone(), "confidence": 0.9});
    let (status, _) = browser.call(&server, "POST", "/v1/capture/reading", Some(reported)).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    let session = read_of(&server, &browser).await;
    assert_eq!(
        step(&session, "data-confirmation")["reading"],
        "ready",
        "the person may confirm what their browser read"
    );
    browser.post(&server, "/v1/capture/confirmation", answers(&session, None)).await;
    browser.post(&server, "/v1/capture/attestation", attestation()).await;
    evaluated(&server, &browser, &case).await;
    let report = review(&server, &case).await;
    for kind in ["mrz_readable", "output_errors", "birth_date", "document_number"] {
        assert_eq!(result(&report, kind), "pending", "{kind}");
    }
    assert_eq!(
        (&report["readings"][0]["origin"], report["readings"].as_array().map(Vec::len)),
        (&json!("browser"), Some(1))
    );
}

#[tokio::test]
async fn a_photograph_may_be_taken_again_while_its_data_is_confirmed() {
    let server = reading(&[]).await;
    let (case, browser) = server.case(wish("shop", "1964-08-12")).await;
    browser.walk(&server, &picture()).await;
    let first = read_of(&server, &browser).await;
    let receipt = browser.hand_in(&server, "front-photo", "still", &picture()).await;
    browser.post(&server, "/v1/capture/steps/front-photo", json!({"artifacts": [receipt]})).await;
    let second = read_of(&server, &browser).await;
    let id = |session: &Value| text(&step(session, "data-confirmation")["readingId"]);
    assert_ne!(id(&first), id(&second));
    let (status, _) = browser.call(&server, "POST", "/v1/capture/confirmation", Some(answers(&first, None))).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "that was about the older picture");
    browser.post(&server, "/v1/capture/confirmation", answers(&second, None)).await;
    assert_eq!(review(&server, &case).await["readings"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn a_step_that_is_put_back_is_taken_with_any_device_and_costs_no_attempt() {
    let server = reading(&[]).await;
    let (case, browser) = server.case(wish("shop", "1964-08-12")).await;
    through_the_shop(&server, &browser, &case).await;
    let wrong = json!({"steps": ["evaluation"], "reason": "x", "clerk": "Anna"});
    assert_eq!(act(&server, "POST", &format!("{case}/review/put-back"), wrong).await.0, StatusCode::BAD_REQUEST);
    let back = json!({"steps": ["attestation"], "reason": "Unterschrift fehlt", "clerk": "Anna"});
    let (status, link) = act(&server, "POST", &format!("{case}/review/put-back"), back).await;
    assert_eq!(status, StatusCode::OK, "{link}");
    assert_eq!(browser.call(&server, "GET", "/v1/capture/session", None).await.0, StatusCode::UNAUTHORIZED);
    let other = Browser::new(text(&link["token"]));
    let session = other.register(&server).await;
    assert_eq!((&session["attempt"], &session["attemptsAllowed"]), (&json!(2), &json!(6)));
    let again = step(&session, "attestation");
    assert_eq!((&again["state"], &again["reasons"]), (&json!("repeat"), &json!(["review.put_back"])));
    assert!(!session.to_string().contains("Unterschrift"), "the reason is the clerks' own");
    other.go_on(&server, session, &picture(), None).await;
    other.post(&server, "/v1/capture/attestation", attestation()).await;
    evaluated(&server, &other, &case).await;
    assert_eq!(review(&server, &case).await["state"], "in_review");

    let (status, link) =
        act(&server, "POST", &format!("{case}/review/restart"), json!({"reason": "neu", "clerk": "Anna"})).await;
    assert_eq!(status, StatusCode::OK, "{link}");
    let fresh = Browser::new(text(&link["token"]));
    through_the_shop(&server, &fresh, &case).await;
    let report = review(&server, &case).await;
    assert_eq!((&report["state"], result(&report, "mrz_readable")), (&json!("in_review"), json!("ok")));
}

/// What a step wants and why.
fn wanted<'a>(session: &'a Value, id: &str) -> (&'a Value, &'a Value) {
    let step = step(session, id);
    (&step["state"], &step["reasons"])
}

#[tokio::test]
async fn an_expired_document_is_told_to_the_person_who_brings_another_one() {
    let server = reading_as(&[], expired).await;
    let (case, browser) = server.case(wish("shop", "1964-08-12")).await;
    through_the_shop(&server, &browser, &case).await;
    let (_, session) = browser.call(&server, "GET", "/v1/capture/session", None).await;
    assert_eq!(wanted(&session, "front-photo"), (&json!("repeat"), &json!(["document.expired"])), "{session}");
    assert_eq!(step(&session, "explain-front")["state"], "repeat", "it is chosen again");
    for said in ["data-confirmation", "attestation"] {
        assert_eq!(step(&session, said)["state"], "open", "{said} was about the other document");
    }
    let report = review(&server, &case).await;
    assert_eq!((&report["state"], &report["attestation"]), (&json!("repeat"), &Value::Null));
}

#[tokio::test]
async fn whose_passports_are_taken_can_be_corrected_and_the_rules_run_again() {
    let server = reading(&[]).await;
    let mut swiss_only = wish("shop", "1964-08-12");
    swiss_only["acceptedPassports"] = json!(["CHE"]);
    let (case, browser) = server.case(swiss_only).await;
    through_the_shop(&server, &browser, &case).await;
    let (_, session) = browser.call(&server, "GET", "/v1/capture/session", None).await;
    let refused = json!(["document.not_accepted"]);
    assert_eq!(wanted(&session, "front-photo"), (&json!("repeat"), &refused));

    for wrong in [json!([]), json!(["DEU"]), json!(["Schweiz"])] {
        let (status, _) = act(&server, "PATCH", &case, json!({"acceptedPassports": wrong})).await;
        assert_eq!(status, StatusCode::BAD_REQUEST);
    }
    let accept = async |states: Value| act(&server, "PATCH", &case, json!({"acceptedPassports": states})).await.0;
    assert_eq!(accept(json!(["CHE", "D"])).await, StatusCode::OK);
    through_the_shop(&server, &browser, &case).await;
    let report = review(&server, &case).await;
    assert_eq!((&report["state"], result(&report, "output_errors")), (&json!("in_review"), json!("ok")), "{report}");

    assert_eq!(accept(json!(["CHE"])).await, StatusCode::OK);
    let report = review(&server, &case).await;
    let rule = report["rules"].as_array().expect("rules").iter().find(|rule| rule["kind"] == "output_errors");
    let rule = rule.expect("every rule");
    assert_eq!((&rule["result"], &rule["todo"]), (&json!("not_ok"), &json!("another_document")));
    assert_eq!(rule["evidence"][0]["error"], "EError_IdNotAccepted");
    let log = report["audit"].as_array().expect("lines");
    let [.., changed, ran] = &log[..] else { panic!("two lines") };
    assert_eq!((&changed["action"], &changed["about"]), (&json!("acceptance_changed"), &json!(["CHE"])));
    assert_eq!((&ran["action"], &ran["about"]), (&json!("rules_ran"), &json!(["output_errors"])));

    let back = json!({"steps": ["front-photo"], "reason": "Pass aus Deutschland", "clerk": "Anna"});
    let (_, link) = act(&server, "POST", &format!("{case}/review/put-back"), back).await;
    assert_eq!(
        put_back(&review(&server, &case).await),
        json!(["explain-front", "front-photo", "data-confirmation", "attestation"]),
        "of a document that will not do all is asked for again"
    );
    let other = Browser::new(text(&link["token"]));
    let session = other.register(&server).await;
    assert_eq!(wanted(&session, "front-photo"), (&json!("repeat"), &refused), "the clerk's way leads there too");
    assert_eq!((&session["document"], &step(&session, "explain-front")["state"]), (&Value::Null, &json!("repeat")));
    for said in ["data-confirmation", "attestation"] {
        assert_eq!(step(&session, said)["state"], "open", "{said} was about the other document");
    }
}

/// The steps of the last put-back, as the audit log names them.
fn put_back(report: &Value) -> Value {
    let log = report["audit"].as_array().expect("lines");
    log.iter().rfind(|line| line["action"] == "put_back").expect("a put-back")["about"].clone()
}

#[tokio::test]
async fn a_photograph_that_is_put_back_is_confirmed_anew_and_its_attestation_stays() {
    let server = reading(&[]).await;
    let (case, browser) = server.case(wish("shop", "1964-08-12")).await;
    through_the_shop(&server, &browser, &case).await;
    let back = json!({"steps": ["front-photo"], "reason": "Daumen im Bild", "clerk": "Anna"});
    let (_, link) = act(&server, "POST", &format!("{case}/review/put-back"), back).await;
    let report = review(&server, &case).await;
    assert_eq!(put_back(&report), json!(["front-photo", "data-confirmation"]), "every step that is asked for anew");
    assert_eq!((&report["document"], &report["confirmation"]), (&json!("passport"), &Value::Null));
    assert_ne!(report["attestation"], Value::Null);
    let session = Browser::new(text(&link["token"])).register(&server).await;
    assert_eq!(wanted(&session, "front-photo"), (&json!("repeat"), &json!(["review.put_back"])));
    assert_eq!(step(&session, "data-confirmation")["state"], "open");
    for stays in ["explain-front", "attestation"] {
        assert_eq!(step(&session, stays)["state"], "done", "{stays}");
    }
}

#[tokio::test]
async fn the_review_is_for_the_partners_own_key_and_names_its_clerk() {
    let server = reading(&[]).await;
    let (case, browser) = server.case(wish("shop", "1964-08-12")).await;
    through_the_shop(&server, &browser, &case).await;
    let path = format!("/v1/cases/{case}/review");
    assert_eq!(server.partner(&server.sandbox, "GET", &path, None).await.0, StatusCode::NOT_FOUND);
    let decide = |clerk: Option<&str>| json!({"verdict": "reject", "reason": "x", "clerk": clerk});
    let mut nameless = decide(None);
    nameless.as_object_mut().expect("an object").remove("clerk");
    assert_eq!(
        act(&server, "POST", &format!("{case}/review/decision"), nameless.clone()).await.0,
        StatusCode::BAD_REQUEST
    );
    let own = "lbk_live_own";
    let hash = lichtbild_server::auth::secret::hash(own);
    let mode = lichtbild_protocol::case::Mode::Live;
    server.app.store.add_key("par_1", &hash, mode, Some("Berta"), 0).await.expect("a store");
    let (status, _) = server.partner(own, "POST", &format!("{path}/decision"), Some(decide(Some("Anna")))).await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "the key is Berta's");
    let (status, report) = server.partner(own, "POST", &format!("{path}/decision"), Some(nameless)).await;
    assert_eq!((status, &report["decisions"][0]["clerk"]), (StatusCode::OK, &json!("Berta")));
    assert_eq!((&report["light"], &report["clerk"]), (&json!("red"), &json!("Berta")));
    let (_, robo) = server.partner(&server.live, "POST", "/v1/cases", Some(json!({"flow": "robo-ident"}))).await;
    let path = format!("/v1/cases/{}/review", text(&robo["case"]["id"]));
    assert_eq!(server.partner(&server.live, "GET", &path, None).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn two_clerks_approve_where_the_partner_wants_four_eyes() {
    let server = reading(&[]).await;
    let policy = Policy { four_eyes: true, ..Policy::default() };
    assert!(server.app.store.set_policy("par_1", &policy).await.expect("a store"));
    let (case, browser) = server.case(wish("shop", "1964-08-12")).await;
    through_the_shop(&server, &browser, &case).await;
    let decide = async |clerk: &str| {
        let body = json!({"verdict": "approve", "reason": "gut", "clerk": clerk});
        act(&server, "POST", &format!("{case}/review/decision"), body).await
    };
    let (_, report) = decide("Anna").await;
    assert_eq!((&report["state"], report["decisions"].as_array().map(Vec::len)), (&json!("in_review"), Some(1)));
    assert_eq!(decide("ANNA ").await.1["code"], "review.same_clerk");
    assert_eq!(decide("Berta").await.1["state"], "verified");
}

#[tokio::test]
async fn the_audit_log_can_only_grow() {
    let server = reading(&[]).await;
    let (case, browser) = server.case(wish("shop", "1964-08-12")).await;
    through_the_shop(&server, &browser, &case).await;
    let file = sqlx::sqlite::SqliteConnectOptions::new().filename(server.folder().join("lichtbild.db"));
    let pool = sqlx::SqlitePool::connect_with(file).await.expect("the database");
    for statement in [
        "UPDATE audit SET action = 'approved'",
        "DELETE FROM audit",
        "UPDATE audit_notes SET clerk = 'Berta'",
        "DELETE FROM audit_notes",
        "INSERT OR REPLACE INTO audit SELECT id, case_id, partner, mode, at, 'approved', key, about, outcome FROM audit",
        "INSERT OR REPLACE INTO audit_notes SELECT audit, case_id, 'Berta', note FROM audit_notes",
    ] {
        let refused = sqlx::query(statement).execute(&pool).await.expect_err(statement);
        assert!(refused.to_string().contains("append-only"), "{statement}: {refused}");
    }
}

/// Whether this text stands anywhere in the server's folder.
fn anywhere(server: &Server, text: &str) -> bool {
    let mut folders = vec![server.folder().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else if std::fs::read(entry.path())
                .is_ok_and(|bytes| bytes.windows(text.len()).any(|part| part == text.as_bytes()))
            {
                return true;
            }
        }
    }
    false
}

#[tokio::test]
async fn six_months_after_the_contract_media_and_data_are_really_gone_and_the_log_tells_of_nobody() {
    let server = reading(&[]).await;
    let (case, browser) = server.case(wish("shop", "1964-08-12")).await;
    through_the_shop(&server, &browser, &case).await;
    let approve = json!({"verdict": "approve", "reason": "Ausweis geprüft", "clerk": "Anna Beispiel"});
    act(&server, "POST", &format!("{case}/review/decision"), approve).await;
    let objects = server.folder().join("objects/cases").join(&case);
    assert!(objects.exists() && anywhere(&server, NUMBER) && anywhere(&server, "Anna Beispiel"));
    assert_eq!(review(&server, &case).await["eraseAt"], Value::Null, "the contract runs");
    sweeper::sweep(&server.app).await.expect("a store");

    // The contract ended long ago, but its six months are not over.
    let recent = lichtbild_server::clock::rfc3339(lichtbild_server::clock::now() - 30 * 86_400_000);
    act(&server, "PATCH", &case, json!({"contractEnd": &recent[..10]})).await;
    sweeper::sweep(&server.app).await.expect("a store");
    assert!(objects.exists() && !review(&server, &case).await["eraseAt"].is_null());

    act(&server, "PATCH", &case, json!({"contractEnd": "2020-01-31"})).await;
    assert_eq!(review(&server, &case).await["eraseAt"], "2020-08-01T00:00:00Z");
    sweeper::sweep(&server.app).await.expect("a store");
    assert!(!objects.exists());
    assert_eq!(act(&server, "PATCH", &case, json!({})).await.0, StatusCode::NOT_FOUND);
    for personal in [NUMBER, SURNAME, "1964-08-12", "Anna Beispiel", "Ausweis gepr", "Verkauf 12", &zone()[1]] {
        assert!(!anywhere(&server, personal), "{personal}");
    }
    let (status, log) = server.partner(&server.live, "GET", &format!("/v1/cases/{case}/audit"), None).await;
    let log = log.as_array().expect("lines").clone();
    assert_eq!((status, &log.last().expect("a line")["action"]), (StatusCode::OK, &json!("expired")));
    assert!(log.iter().all(|line| line["clerk"].is_null() && line["note"].is_null()));
    assert_eq!(
        server.partner(&server.sandbox, "GET", &format!("/v1/cases/{case}/audit"), None).await.0,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn a_partners_own_rule_holds_for_the_cases_made_under_it() {
    let server = Server::start(&[]).await;
    let mut policy = Policy::default();
    policy.retention.insert(lichtbild_protocol::flow::FlowId::RoboIdent, Retention::AfterEnd { days: 0 });
    let (kept, first) = server.case(json!({"flow": "robo-ident"})).await;
    server.app.store.set_policy("par_1", &policy).await.expect("a store");
    let (gone, second) = server.case(json!({"flow": "robo-ident"})).await;
    for browser in [&first, &second] {
        browser.register(&server).await;
        browser.call(&server, "POST", "/v1/capture/cancel", None).await;
    }
    tokio::time::sleep(Duration::from_millis(5)).await;
    sweeper::sweep(&server.app).await.expect("a store");
    assert!(server.app.store.case(&kept).await.expect("a store").is_some());
    assert!(server.app.store.case(&gone).await.expect("a store").is_none());
}

#[tokio::test]
async fn a_case_that_is_put_back_lives_on_beyond_its_first_time() {
    let server = reading(&[]).await;
    let (case, browser) = server.case(wish("shop", "1964-08-12")).await;
    through_the_shop(&server, &browser, &case).await;
    // A day later.
    server.sql("UPDATE cases SET expires_at = 1, body = json_set(body, '$.expires_at', 1)").await;
    let back = json!({"steps": ["attestation"], "reason": "Unterschrift fehlt", "clerk": "Anna"});
    assert_eq!(act(&server, "POST", &format!("{case}/review/put-back"), back).await.0, StatusCode::OK);
    let now = lichtbild_server::clock::now();
    assert!(server.app.store.overdue(now).await.expect("a store").is_empty());
    // As rows are that were written before their column went with the case.
    server.sql("UPDATE cases SET expires_at = 1").await;
    sweeper::sweep(&server.app).await.expect("a store");
    assert_eq!(review(&server, &case).await["state"], "repeat");
}

#[tokio::test]
async fn a_photograph_of_an_earlier_attempt_may_be_taken_again_while_its_data_is_confirmed() {
    let server = reading(&[]).await;
    let (case, browser) = server.case(wish("shop", "1964-08-12")).await;
    through_the_shop(&server, &browser, &case).await;
    let back = json!({"steps": ["data-confirmation"], "reason": "Name prüfen", "clerk": "Anna"});
    let (_, link) = act(&server, "POST", &format!("{case}/review/put-back"), back).await;
    let other = Browser::new(text(&link["token"]));
    let session = other.register(&server).await;
    other.go_on(&server, session, &picture(), None).await;
    let receipt = other.hand_in(&server, "front-photo", "still", &picture()).await;
    other.post(&server, "/v1/capture/steps/front-photo", json!({"artifacts": [receipt]})).await;
    let session = read_of(&server, &other).await;
    other.post(&server, "/v1/capture/confirmation", answers(&session, None)).await;
    evaluated(&server, &other, &case).await;
    assert_eq!(review(&server, &case).await["state"], "in_review");
}

#[tokio::test]
async fn of_a_case_that_ended_unfinished_nothing_about_the_person_is_kept() {
    let server = reading(&[]).await;
    let (id, browser) = server.case(wish("shop", "1964-08-12")).await;
    browser.walk(&server, &picture()).await;
    let session = read_of(&server, &browser).await;
    browser.post(&server, "/v1/capture/confirmation", answers(&session, None)).await;
    browser.post(&server, "/v1/capture/attestation", attestation()).await;
    let kept = async || {
        let case = server.app.store.case(&id).await.expect("a store").expect("the case");
        let readings = server.app.store.readings(&id).await.expect("a store").len();
        (readings, case.expected != MasterData::default(), case.confirmation.is_some(), case.attestation.is_some())
    };
    assert_eq!(kept().await, (1, true, true, true));
    browser.call(&server, "POST", "/v1/capture/cancel", None).await;
    sweeper::sweep(&server.app).await.expect("a store");
    assert_eq!(kept().await, (0, false, false, false));
}

#[tokio::test]
async fn an_undecided_case_is_erased_when_its_contract_is_long_over() {
    let server = reading(&[]).await;
    let (case, browser) = server.case(wish("shop", "1964-08-12")).await;
    through_the_shop(&server, &browser, &case).await;
    sweeper::sweep(&server.app).await.expect("a store");
    assert_eq!(review(&server, &case).await["state"], "in_review");
    act(&server, "PATCH", &case, json!({"contractEnd": "2020-01-31"})).await;
    sweeper::sweep(&server.app).await.expect("a store");
    assert!(server.app.store.case(&case).await.expect("a store").is_none());
}

#[tokio::test]
async fn few_pictures_are_read_at_the_same_time() {
    static AT_ONCE: [AtomicUsize; 2] = [AtomicUsize::new(0), AtomicUsize::new(0)];
    let look = |_: &lichtbild_vision::luma::Luma<'_>, _| {
        let [now, most] = &AT_ONCE;
        most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        std::thread::sleep(Duration::from_millis(300));
        now.fetch_sub(1, Ordering::SeqCst);
        Seen::default()
    };
    let server = Server::with(&[], Documents::seen_by(|_| Ok(DATA_PAGE)), Reader::by(look)).await;
    let mut browsers = Vec::new();
    for _ in 0..4 {
        browsers.push(server.case(wish("shop", "1964-08-12")).await.1);
    }
    let picture = picture();
    join_all(browsers.iter().map(|browser| browser.walk(&server, &picture))).await;
    for browser in browsers {
        read_of(&server, &browser).await;
    }
    assert!(AT_ONCE[1].load(Ordering::SeqCst) <= 2);
}
