//! The built pages: who may show them in a frame.

mod support;

use std::{fs, path::Path};

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use lichtbild_protocol::case::Mode;
use lichtbild_server::{auth::secret, clock, store::Partner};
use support::Server;

async fn with_pages(settings: &[&str]) -> (Server, tempfile::TempDir) {
    let pages = tempfile::tempdir().expect("a folder");
    for name in ["jump", "dashboard"] {
        page(pages.path(), name);
    }
    let folder = pages.path().to_str().expect("text").to_owned();
    (Server::start(&[&["--static", &folder], settings].concat()).await, pages)
}

fn page(folder: &Path, name: &str) {
    fs::create_dir(folder.join(name)).expect("a folder");
    fs::write(folder.join(name).join("index.html"), "<!doctype html>").expect("a page");
}

/// Who may show a page in a frame.
async fn ancestors(server: &Server, page: &str) -> Vec<String> {
    let answer = server.send(Request::get(page).body(Body::empty()).expect("a request")).await;
    assert_eq!(answer.status(), StatusCode::OK);
    let policy = answer.headers()[header::CONTENT_SECURITY_POLICY].to_str().expect("text").to_owned();
    let mut directives = policy.split(';').map(str::trim);
    let sources = directives.find_map(|it| it.strip_prefix("frame-ancestors ")).expect("the directive");
    assert!(directives.all(|it| !it.starts_with("frame-ancestors")), "once: {policy}");
    sources.split(' ').map(str::to_owned).collect()
}

/// Another partner beside the test's own, as `partner add --origin` makes it.
async fn add(server: &Server, origins: &[&str]) {
    let origins = origins.iter().map(|origin| (*origin).to_owned()).collect();
    let partner = Partner { id: "par_2".into(), name: "Shop".into(), origins };
    let keys = [(secret::hash("lbk_live_2"), Mode::Live), (secret::hash("lbk_test_2"), Mode::Sandbox)];
    server.app.store.add_partner(&partner, &keys, clock::now()).await.expect("a new partner");
}

#[tokio::test]
async fn the_capture_page_may_stand_in_the_frames_of_partners_and_of_nobody_else() {
    let (server, _pages) = with_pages(&[]).await;
    assert_eq!(ancestors(&server, "/jump/").await, ["'self'"]);
    add(&server, &["https://shop.example", "http://localhost:8090"]).await;
    assert_eq!(ancestors(&server, "/jump/").await, ["'self'", "https://shop.example", "http://localhost:8090"]);
    // Without a restart.
    assert!(server.app.store.add_origin("par_1", "https://a.example").await.expect("a store"));
    let now = ancestors(&server, "/jump/").await;
    assert!(now.contains(&"https://a.example".to_owned()) && now.len() == 4, "{now:?}");
}

#[tokio::test]
async fn the_operators_own_origins_stand_beside_those_of_partners() {
    let (server, _pages) = with_pages(&["--frame-ancestors", "https://portal.example  http://localhost:*"]).await;
    add(&server, &["https://shop.example"]).await;
    let now = ancestors(&server, "/jump/").await;
    assert_eq!(now, ["'self'", "https://shop.example", "https://portal.example", "http://localhost:*"]);
}

#[tokio::test]
async fn nothing_kept_as_an_origin_can_end_the_directive() {
    let (server, _pages) = with_pages(&[]).await;
    add(
        &server,
        &["https://a.example; script-src *", "'none'", "https://b.example https://c.example", "https://d.example"],
    )
    .await;
    assert_eq!(ancestors(&server, "/jump/").await, ["'self'", "https://d.example"]);
}

#[tokio::test]
async fn the_dashboard_stands_in_no_frame() {
    let (server, _pages) = with_pages(&["--frame-ancestors", "https://portal.example"]).await;
    add(&server, &["https://shop.example"]).await;
    assert_eq!(ancestors(&server, "/dashboard/").await, ["'none'"]);
}
