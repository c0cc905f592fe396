//! Webhooks: signed, tried again, switched off, and never sent to where a partner has no business.

mod support;

use std::{net::IpAddr, sync::Arc, time::Duration};

use axum::{
    Router,
    body::Bytes,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use lichtbild_server::{
    clock,
    webhook::{
        Deliverer, check_url,
        guard::{Resolver, public},
    },
};
use serde_json::json;
use support::{Server, text};
use tokio::sync::{Mutex, mpsc};

type Heard = (HeaderMap, Bytes);

/// A receiver that answers with these statuses, one after the other, and asks for half an hour each time.
async fn receiver(mut answers: Vec<u16>) -> (String, mpsc::UnboundedReceiver<Heard>) {
    answers.reverse();
    let answers = Arc::new(Mutex::new(answers));
    let (tell, heard) = mpsc::unbounded_channel();
    let hear = move |headers: HeaderMap, body: Bytes| async move {
        tell.send((headers, body)).expect("the test listens");
        let status = answers.lock().await.pop().expect("no more deliveries were expected");
        (StatusCode::from_u16(status).expect("a status"), [("retry-after", "1800")])
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}/hook", listener.local_addr().expect("an address"));
    tokio::spawn(axum::serve(listener, Router::new().route("/hook", post(hear))).into_future());
    (url, heard)
}

async fn started(settings: &[&str], url: &str) -> (Server, String, Deliverer) {
    _ = rustls::crypto::ring::default_provider().install_default();
    let server = Server::start(settings).await;
    let (status, hook) = server.partner(&server.live, "PUT", "/v1/webhook", Some(json!({ "url": url }))).await;
    assert_eq!(status, StatusCode::OK, "{hook}");
    let (_, browser) = server.case(json!({"flow": "robo-ident", "reference": "A-1"})).await;
    browser.register(&server).await;
    let deliverer = Deliverer::new(server.app.clone()).expect("a client");
    (server, text(&hook["secret"]), deliverer)
}

#[tokio::test]
async fn a_failed_delivery_is_tried_again_with_the_same_id_and_a_good_signature() {
    let (url, mut heard) = receiver(vec![500, 204]).await;
    let (server, secret, deliverer) = started(&["--allow-private-webhooks"], &url).await;
    deliverer.round().await.expect("a store");
    let (first, _) = heard.recv().await.expect("delivered");
    let (_, list) = server.partner(&server.live, "GET", "/v1/webhook/deliveries", None).await;
    assert_eq!((&list[0]["attempts"], &list[0]["status"]), (&json!(1), &json!(500)));
    assert!(list[0]["nextAt"].is_string() && list[0]["deliveredAt"].is_null());
    deliverer.round().await.expect("a store");
    assert!(heard.try_recv().is_err(), "not before its time");

    let replay = format!("/v1/webhook/deliveries/{}/replay", text(&list[0]["id"]));
    assert_eq!(server.partner(&server.live, "POST", &replay, None).await.0, StatusCode::ACCEPTED);
    deliverer.round().await.expect("a store");
    let (second, body) = heard.recv().await.expect("delivered again");
    assert_eq!(first["webhook-id"], second["webhook-id"]);
    let standard = standardwebhooks::Webhook::new(&secret).expect("a secret of the standard's form");
    standard.verify(&body, &second).expect("the signature is good");
    standard.verify(b"{}", &second).expect_err("and only for this body");
    let event: serde_json::Value = serde_json::from_slice(&body).expect("JSON");
    assert_eq!((&event["type"], &event["data"]["reference"]), (&json!("case.started"), &json!("A-1")));
    let (_, list) = server.partner(&server.live, "GET", "/v1/webhook/deliveries", None).await;
    assert!(list[0]["deliveredAt"].is_string() && list[0]["nextAt"].is_null());
}

#[tokio::test]
async fn a_receiver_that_is_gone_gets_no_more() {
    let (url, _heard) = receiver(vec![410]).await;
    let (server, _, deliverer) = started(&["--allow-private-webhooks"], &url).await;
    deliverer.round().await.expect("a store");
    let (_, hook) = server.partner(&server.live, "GET", "/v1/webhook", None).await;
    assert_eq!((&hook["enabled"], hook["secret"].is_null()), (&json!(false), true));
}

#[tokio::test]
async fn a_sandbox_key_cannot_touch_the_webhook_of_live_cases() {
    let (url, mut heard) = receiver(vec![204]).await;
    let (server, _, deliverer) = started(&["--allow-private-webhooks"], &url).await;
    let path = "/v1/webhook";
    assert_eq!(server.partner(&server.sandbox, "GET", path, None).await.0, StatusCode::NOT_FOUND);
    let other = json!({"url": "http://127.0.0.1:9/"});
    assert_eq!(server.partner(&server.sandbox, "PUT", path, Some(other)).await.0, StatusCode::OK);
    assert_eq!(server.partner(&server.sandbox, "DELETE", path, None).await.0, StatusCode::NO_CONTENT);
    assert_eq!(server.partner(&server.live, "GET", path, None).await.1["url"], url);
    let (_, list) = server.partner(&server.live, "GET", "/v1/webhook/deliveries", None).await;
    let replay = format!("/v1/webhook/deliveries/{}/replay", text(&list[0]["id"]));
    server.partner(&server.sandbox, "PUT", path, Some(json!({ "url": url }))).await;
    assert_eq!(server.partner(&server.sandbox, "POST", &replay, None).await.0, StatusCode::NOT_FOUND);
    assert_eq!(server.partner(&server.sandbox, "GET", "/v1/webhook/deliveries", None).await.1, json!([]));
    deliverer.round().await.expect("a store");
    assert!(heard.recv().await.is_some());
}

#[tokio::test]
async fn a_receiver_that_asks_for_time_gets_it() {
    let (url, _heard) = receiver(vec![503]).await;
    let (server, _, deliverer) = started(&["--allow-private-webhooks"], &url).await;
    deliverer.round().await.expect("a store");
    let (now, soon) = (clock::now(), server.app.store.next_due(0).await.expect("a store").expect("tried again"));
    assert!((29 * 60_000..=31 * 60_000).contains(&(soon - now)), "{}", soon - now);
}

#[tokio::test]
async fn an_event_that_is_given_up_switches_nothing_off() {
    let (url, _heard) = receiver(vec![500]).await;
    let (server, _, deliverer) = started(&["--allow-private-webhooks"], &url).await;
    server.sql("UPDATE deliveries SET attempts = 9").await;
    deliverer.round().await.expect("a store");
    let (_, list) = server.partner(&server.live, "GET", "/v1/webhook/deliveries", None).await;
    assert!(list[0]["attempts"] == 10 && list[0]["nextAt"].is_null() && list[0]["deliveredAt"].is_null(), "{list}");
    assert_eq!(server.partner(&server.live, "GET", "/v1/webhook", None).await.1["enabled"], true);
}

#[tokio::test]
async fn events_wait_while_the_webhook_is_off() {
    let (url, mut heard) = receiver(vec![410, 204]).await;
    let (server, _, deliverer) = started(&["--allow-private-webhooks"], &url).await;
    deliverer.round().await.expect("a store");
    let (_, browser) = server.case(json!({"flow": "robo-ident"})).await;
    browser.register(&server).await;
    deliverer.round().await.expect("a store");
    let (_, list) = server.partner(&server.live, "GET", "/v1/webhook/deliveries", None).await;
    let waiting: Vec<_> = list.as_array().expect("deliveries").iter().map(|it| it["nextAt"].is_string()).collect();
    assert_eq!(waiting, [true, false], "the newer one waits, the older was refused for good");
    let replay = format!("/v1/webhook/deliveries/{}/replay", text(&list[1]["id"]));
    let (status, problem) = server.partner(&server.live, "POST", &replay, None).await;
    assert_eq!((status, &problem["code"]), (StatusCode::CONFLICT, &json!("webhook.off")));
    server.partner(&server.live, "PUT", "/v1/webhook", Some(json!({ "url": url }))).await;
    deliverer.round().await.expect("a store");
    assert!(heard.recv().await.is_some() && heard.recv().await.is_some());
}

#[tokio::test]
async fn a_receiver_that_never_answers_delays_nobody_elses() {
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let dead = format!("http://{}/", silent.local_addr().expect("an address"));
    let (server, _, deliverer) = started(&["--allow-private-webhooks"], &dead).await;
    for _ in 0..40 {
        let (_, browser) = server.case(json!({"flow": "robo-ident"})).await;
        browser.register(&server).await;
    }
    tokio::spawn(deliverer.run());
    tokio::time::timeout(Duration::from_secs(10), silent.accept()).await.expect("in time").expect("a connection");
    let (url, mut heard) = receiver(vec![204; 3]).await;
    server.partner(&server.sandbox, "PUT", "/v1/webhook", Some(json!({ "url": url }))).await;
    for _ in 0..3 {
        let (_, browser) = server.case(json!({"flow": "robo-ident", "sandbox": {"outcome": "success"}})).await;
        browser.register(&server).await;
    }
    for _ in 0..3 {
        tokio::time::timeout(Duration::from_secs(10), heard.recv()).await.expect("in time").expect("delivered");
    }
    server.app.stop.cancel();
}

#[tokio::test]
async fn a_name_that_resolves_to_this_machine_is_not_connected_to() {
    let guarded = Resolver { allow_private: false };
    assert!(guarded.addresses("localhost").await.is_err());
    assert!(!(Resolver { allow_private: true }).addresses("localhost").await.expect("it resolves").is_empty());
}

#[test]
fn only_public_addresses_over_https_are_allowed() {
    let refused = [
        "http://example.com/",
        "https://localhost/",
        "https://a.localhost./",
        "https://127.0.0.1/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://10.0.0.1/",
        "https://172.16.0.1/",
        "https://192.168.1.1/",
        "https://169.254.169.254/latest",
        "https://100.64.0.1/",
        "https://0.0.0.0/",
        "https://[::1]/",
        "https://[::]/",
        "https://[fe80::1]/",
        "https://[fd00::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://[64:ff9b::7f00:1]/",
        "https://[2002:7f00:1::]/",
        "https://[fd00:ec2::254]/",
        "https://user@example.com/",
        "ftp://example.com/",
        "not an address",
        "https://224.0.0.1/",
    ];
    for url in refused {
        assert!(check_url(url, false).is_err(), "{url}");
    }
    for url in ["https://example.com/hook", "https://8.8.8.8/", "https://[2606:4700::1]/", "https://[::ffff:8.8.8.8]/"]
    {
        assert!(check_url(url, false).is_ok(), "{url}");
    }
    assert!(check_url("http://127.0.0.1:8090/", true).is_ok() && check_url("ftp://127.0.0.1/", true).is_err());
}

#[test]
fn addresses_of_special_purpose_are_not_public() {
    let inside = [
        "192.0.2.1",
        "198.51.100.1",
        "203.0.113.1",
        "198.18.0.1",
        "255.255.255.255",
        "2001:db8::1",
        "2001::1",
        "ff02::1",
    ];
    for address in inside {
        assert!(!public(address.parse::<IpAddr>().expect("an address")), "{address}");
    }
    for address in ["1.1.1.1", "172.32.0.1", "100.128.0.1", "2a00:1450::1"] {
        assert!(public(address.parse::<IpAddr>().expect("an address")), "{address}");
    }
}
