//! What an evaluation looks at, what it makes of it, and that no case waits for another.

mod support;

use std::{
    io::Cursor,
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use axum::http::StatusCode;
use image::{GrayImage, ImageFormat, Luma};
use lichtbild_mrz::write;
use lichtbild_protocol::case::CaseState;
use lichtbild_server::{
    evaluation,
    media::{Documents, Sighting},
    reading::{self, Reader},
    recordings,
    store::Upload,
};
use lichtbild_vision::document::DocumentClass;
use serde_json::{Value, json};
use support::{Browser, DATA_PAGE, Server, seen};

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

/// A picture in which there is nothing.
fn empty_picture() -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    GrayImage::from_pixel(1_280, 720, Luma([128])).write_to(&mut bytes, ImageFormat::Jpeg).expect("it encodes");
    bytes.into_inner()
}

#[tokio::test]
async fn what_a_still_shows_of_the_document_becomes_a_reason_to_repeat() {
    let table = [
        (Sighting { present: 0.001, class: DocumentClass::None, readable: None, ..DATA_PAGE }, "media.no_document"),
        (Sighting { cut: 0.4, ..DATA_PAGE }, "media.cut_off"),
        (Sighting { class: DocumentClass::IdFront, ..DATA_PAGE }, "media.no_data_page"),
        (Sighting { dpi: Some(80.0), ..DATA_PAGE }, "media.document_small"),
    ];
    for (seen, code) in table {
        let server = Server::seeing(&[], Documents::seen_by(move |_| Ok(seen))).await;
        let (case, browser) = server.case(json!({"flow": "robo-ident"})).await;
        browser.walk_with(&server, b"not a video", Some(&empty_picture())).await;
        browser.call(&server, "POST", "/v1/capture/evaluation", None).await;
        evaluation::evaluate(&server.app, &case).await.expect("a store");
        let (_, session) = browser.call(&server, "GET", "/v1/capture/session", None).await;
        let steps = session["flow"]["steps"].as_array().expect("steps");
        let front = steps.iter().find(|step| step["id"] == "front-video").expect("the front");
        assert!(front["reasons"].as_array().expect("reasons").contains(&json!(code)), "{code}: {front}");
        let (_, report) = server.partner(&server.live, "GET", &format!("/v1/cases/{case}"), None).await;
        let checks = report["attempts"][0]["checks"].as_array().expect("checks");
        let failed = checks.iter().find(|check| check["code"] == code && check["result"] == "failed").expect(code);
        assert!(failed["measured"].is_number() && failed["limit"].is_number(), "{failed}");
    }
}

#[tokio::test]
async fn without_the_network_an_evaluation_says_what_it_did_not_check() {
    let server = Server::seeing(&[], Documents::unusable()).await;
    let (case, browser) = server.case(json!({"flow": "robo-ident"})).await;
    browser.walk_with(&server, b"not a video", Some(&empty_picture())).await;
    browser.call(&server, "POST", "/v1/capture/evaluation", None).await;
    evaluation::evaluate(&server.app, &case).await.expect("a store");
    let (_, report) = server.partner(&server.live, "GET", &format!("/v1/cases/{case}"), None).await;
    let checks = report["attempts"][0]["checks"].as_array().expect("checks");
    let unmade = checks.iter().filter(|it| it["code"] == "model.unusable" && it["result"] == "not_applicable");
    assert_eq!(unmade.count(), 5 + 7, "of the picture, and of the zone");
}

fn passport(number: &str, expiry: &str) -> Vec<String> {
    write::td3(&write::Entry {
        kind: "P",
        issuer: "D",
        surname: "Müller",
        given: "Erika",
        number,
        nationality: "D",
        birth: "800229",
        sex: 'F',
        expiry,
        optional: "",
        more: "",
    })
}

/// A server that reads this passport on every still, and a case with it that is ready to be evaluated.
async fn reading(lines: Vec<String>, mut wish: Value) -> (Server, String, Browser) {
    let look = move |_: &lichtbild_vision::luma::Luma<'_>, _| seen(&lines);
    let server = Server::with(&[], Documents::seen_by(|_| Ok(DATA_PAGE)), Reader::by(look)).await;
    wish["flow"] = json!("robo-ident");
    let (case, browser) = server.case(wish).await;
    browser.walk_with(&server, b"not a video", Some(&empty_picture())).await;
    (server, case, browser)
}

async fn evaluated(server: &Server, case: &str, browser: &Browser) -> Value {
    browser.call(server, "POST", "/v1/capture/evaluation", None).await;
    evaluation::evaluate(&server.app, case).await.expect("a store");
    server.partner(&server.live, "GET", &format!("/v1/cases/{case}"), None).await.1
}

fn answer<'a>(report: &'a Value, kind: &str) -> &'a Value {
    let checks = report["attempts"][0]["checks"].as_array().expect("checks");
    checks.iter().find(|check| check["kind"] == kind).expect(kind)
}

#[tokio::test]
async fn the_partner_gets_what_was_read_where_it_asks_for_it_and_nowhere_else() {
    let expected = json!({"expected": {"surname": "Mueller", "birthDate": "1980-02-29"}});
    let (server, case, browser) = reading(passport("C01X0006H", "310501"), expected).await;
    let report = evaluated(&server, &case, &browser).await;
    assert_eq!(answer(&report, "mrz_readable")["measured"], json!(0.75));
    for kind in ["mrz_readable", "document_kind", "document_accepted", "document_unexpired", "data_expected"] {
        assert_eq!(answer(&report, kind)["result"], "ok", "{kind}");
    }
    let document = format!("/v1/cases/{case}/document");
    let (status, read) = server.partner(&server.live, "GET", &document, None).await;
    assert_eq!((status, &read["kind"], &read["confidence"]), (StatusCode::OK, &json!("passport"), &json!(0.75)));
    let fields = read["fields"].as_array().expect("fields");
    let number = fields.iter().find(|field| field["name"] == "documentNumber").expect("a number");
    assert_eq!((&number["value"], &number["checked"]), (&json!("C01X0006H"), &json!(true)));
    assert!(
        read["comparison"].as_array().expect("lines").iter().any(|it| it["name"] == "surname" && it["same"] == true)
    );
    assert_eq!(server.partner(&server.sandbox, "GET", &document, None).await.0, StatusCode::NOT_FOUND);
    for secret in ["C01X0006H", "Mueller", "MUELLER"] {
        assert!(!report.to_string().contains(secret), "{secret} in the report");
    }
}

#[tokio::test]
async fn an_expired_document_leads_to_the_choice_of_another() {
    let (server, case, browser) = reading(passport("C01X0006H", "160501"), json!({})).await;
    let report = evaluated(&server, &case, &browser).await;
    assert_eq!(
        (&report["state"], &answer(&report, "document_unexpired")["code"]),
        (&json!("repeat"), &json!("document.expired"))
    );
    let session = browser.call(&server, "GET", "/v1/capture/session", None).await.1;
    let step = |id: &str| session["flow"]["steps"].as_array().expect("steps").iter().find(|it| it["id"] == id).cloned();
    assert_eq!(step("explain-front").expect("it")["state"], "repeat");
    assert_eq!(step("front-video").expect("it")["reasons"], json!(["document.expired"]));
    assert!(session["document"].is_null(), "it is to be chosen");
    browser.go_on(&server, session, b"not a video", Some(&empty_picture())).await;
    assert_eq!(browser.call(&server, "POST", "/v1/capture/evaluation", None).await.0, StatusCode::ACCEPTED);
}

#[tokio::test]
async fn a_browser_that_lies_about_the_document_sees_success_and_the_partner_hears_of_it() {
    let (server, case, browser) = reading(passport("C01X0006H", "310501"), json!({})).await;
    let lines = passport("C01X0007F", "310501");
    let said = json!({"step": "front-video", "side": "front", "lines": lines, "confidence": 1.0});
    let (status, problem) = browser.call(&server, "POST", "/v1/capture/reading", Some(said)).await;
    assert_eq!(status, StatusCode::NO_CONTENT, "{problem}");
    let report = evaluated(&server, &case, &browser).await;
    assert_eq!(report["state"], "fraud_suspected");
    assert_eq!(answer(&report, "readings_agree")["code"], "document.readings_differ");
    let session = browser.call(&server, "GET", "/v1/capture/session", None).await.1;
    assert_eq!(session["outcome"], "success");
    for word in ["differ", "fraud", "readings"] {
        assert!(!session.to_string().contains(word), "{session}");
    }
}

#[tokio::test]
async fn data_that_the_partner_does_not_expect_ends_the_case() {
    let expected = json!({"expected": {"documentNumber": "C01X0007F"}});
    let (server, case, browser) = reading(passport("C01X0006H", "310501"), expected).await;
    let report = evaluated(&server, &case, &browser).await;
    assert_eq!(report["state"], "rejected");
    let check = answer(&report, "data_expected");
    assert_eq!((&check["code"], &check["measured"]), (&json!("document.data_mismatch"), &json!(1.0)));
}

#[tokio::test]
async fn passports_of_states_that_a_partner_does_not_take_are_not_accepted() {
    let wish = |states: Value| json!({"acceptedPassports": states});
    let (server, case, browser) = reading(passport("C01X0006H", "310501"), wish(json!(["CHE"]))).await;
    let report = evaluated(&server, &case, &browser).await;
    assert_eq!(answer(&report, "document_accepted")["code"], "document.not_accepted");
    for states in [json!([]), json!(["DEU"])] {
        let wish = json!({"flow": "robo-ident", "acceptedPassports": states});
        assert_eq!(server.partner(&server.live, "POST", "/v1/cases", Some(wish)).await.0, StatusCode::BAD_REQUEST);
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

#[tokio::test]
async fn what_no_still_of_a_video_tells_surely_all_of_them_tell_together() {
    let looks = AtomicUsize::new(0);
    // No check digit watches the name, of which each picture leaves another character in doubt.
    let look = move |_: &lichtbild_vision::luma::Luma<'_>, _| {
        let mut seen = seen(&passport("C01X0006H", "370501"));
        let place = 5 + looks.fetch_add(1, Ordering::SeqCst) % 2;
        let zone = seen.zone.as_mut().expect("a zone");
        zone.reading.lines[0][place] = support::chances(&[(if place == 5 { b'M' } else { b'U' }, 0.6), (b'H', 0.39)]);
        seen
    };
    let server = Server::with(&[], Documents::seen_by(|_| Ok(DATA_PAGE)), Reader::by(look)).await;
    let (case, browser) = server.case(json!({"flow": "robo-ident"})).await;
    browser.walk_with(&server, b"not a video", Some(&empty_picture())).await;
    let mut artifacts = vec![browser.hand_in(&server, "front-video", "video", b"not a video").await];
    for _ in 0..2 {
        artifacts.push(browser.hand_in(&server, "front-video", "still", &empty_picture()).await);
    }
    browser.post(&server, "/v1/capture/steps/front-video", json!({ "artifacts": artifacts })).await;
    let report = evaluated(&server, &case, &browser).await;
    assert_eq!(answer(&report, "mrz_readable")["result"], "ok", "{report}");
    let (_, document) = server.partner(&server.live, "GET", &format!("/v1/cases/{case}/document"), None).await;
    let [first, second, vote] = &document["readings"].as_array().expect("readings")[..] else { panic!("{document}") };
    for one in [first, second] {
        assert_eq!((&one["valid"], &one["errors"]), (&json!(false), &json!(["EError_IdMrzUnsure"])));
    }
    assert_eq!((&vote["valid"], &vote["stills"]), (&json!(true), &json!([first["artifact"], second["artifact"]])));
    assert_eq!((&document["fields"], &vote["artifact"]), (&vote["fields"], &Value::Null), "it is the one that counts");
}

#[tokio::test]
async fn tasks_that_read_one_case_at_once_keep_one_vote() {
    let look = |_: &lichtbild_vision::luma::Luma<'_>, _| seen(&passport("C01X0006H", "370501"));
    let server = Server::with(&[], Documents::seen_by(|_| Ok(DATA_PAGE)), Reader::by(look)).await;
    let (case, browser) = server.case(json!({"flow": "robo-ident"})).await;
    browser.walk_with(&server, b"not a video", Some(&empty_picture())).await;
    let mut artifacts = vec![browser.hand_in(&server, "front-video", "video", b"not a video").await];
    for _ in 0..2 {
        artifacts.push(browser.hand_in(&server, "front-video", "still", &empty_picture()).await);
    }
    browser.post(&server, "/v1/capture/steps/front-video", json!({ "artifacts": artifacts })).await;
    for read in futures_util::future::join_all((0..4).map(|_| reading::now(&server.app, &case))).await {
        read.expect("a store");
    }
    let readings = server.app.store.readings(&case).await.expect("a store");
    let front = readings.iter().filter(|it| !it.stills.is_empty());
    assert_eq!(front.count(), 1, "{readings:?}");
}

#[tokio::test]
async fn of_a_passport_no_more_than_the_zone_is_read() {
    static PRINTS: AtomicUsize = AtomicUsize::new(0);
    let look = |_: &lichtbild_vision::luma::Luma<'_>, extent| {
        PRINTS.fetch_add(usize::from(extent == reading::Extent::ZoneAndPrint), Ordering::SeqCst);
        seen(&passport("C01X0006H", "370501"))
    };
    let server = Server::with(&[], Documents::seen_by(|_| Ok(DATA_PAGE)), Reader::by(look)).await;
    let (case, browser) = server.case(json!({"flow": "robo-ident"})).await;
    browser.walk_with(&server, b"not a video", Some(&empty_picture())).await;
    evaluated(&server, &case, &browser).await;
    let readings = server.app.store.readings(&case).await.expect("a store");
    assert!(!readings.is_empty() && readings.iter().all(|reading| reading.print.expose().is_empty()));
    assert_eq!(PRINTS.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_picture_that_makes_the_reader_fail_has_no_zone_and_its_case_goes_on() {
    let reader = Reader::by(|_, _| panic!("as a network might"));
    let server = Server::with(&[], Documents::seen_by(|_| Ok(DATA_PAGE)), reader).await;
    let (case, browser) = server.case(json!({"flow": "robo-ident"})).await;
    browser.walk_with(&server, b"not a video", Some(&empty_picture())).await;
    let report = evaluated(&server, &case, &browser).await;
    assert_eq!((&report["state"], &report["attempt"]), (&json!("repeat"), &json!(2)));
}
