//! The built pages: capture page, dashboard, script tag, and the package's files by version. In: the folder `www/build.mjs` wrote.
//! Files under a version never change and are kept by browsers for a year; everything else is asked for anew each time.

use std::path::{Path, PathBuf};

use axum::{
    Router,
    extract::State,
    http::{HeaderName, HeaderValue, header},
    middleware,
    response::{Html, IntoResponse as _, Redirect, Response},
    routing::get,
};
use lichtbild_protocol::ErrorCode;
use tower_http::services::{ServeDir, ServeFile};

use crate::{error::ApiResult, state::App};

const SELF_ONLY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; \
     style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self'; frame-src 'self'; \
     manifest-src 'self'; form-action 'none'; base-uri 'none'";
const CROSS_ORIGIN: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const PERMISSIONS: HeaderName = HeaderName::from_static("permissions-policy");

/// The pages of a folder.
pub fn router(folder: &Path) -> Router<App> {
    let page = |name: &str| folder.join(name).join("index.html");
    let (jump, dashboard) = (page("jump"), page("dashboard"));
    let assets = Router::new()
        .nest_service("/assets", ServeDir::new(folder.join("assets")).append_index_html_on_directories(false))
        .layer(middleware::map_response(kept));
    let loader = Router::new()
        .route_service("/loader.js", ServeFile::new(folder.join("loader.js")))
        .layer(middleware::map_response(asked_anew));
    Router::new()
        .route("/", get(async || Redirect::to("/jump/")))
        .route("/jump", get(async || Redirect::permanent("/jump/")))
        .route("/jump/", get(move |State(app): State<App>| capture_page(app, jump.clone())))
        .route("/dashboard", get(async || Redirect::permanent("/dashboard/")))
        .route("/dashboard/", get(move || review_page(dashboard.clone())))
        .merge(assets)
        .merge(loader)
}

/// The capture page: may use the camera, and may be shown in the frames of partners.
async fn capture_page(app: App, file: PathBuf) -> ApiResult<Response> {
    let origins = app.store.origins().await?;
    let ours = app.config.frame_ancestors.split(' ');
    let plain = |origin: &&str| !origin.is_empty() && !origin.contains([';', ',', ' ', '\'', '"']);
    let ancestors: Vec<_> = origins.iter().map(String::as_str).chain(ours).filter(plain).collect();
    let policy = format!("{SELF_ONLY}; frame-ancestors 'self' {}", ancestors.join(" "));
    html(&file, policy.trim_end(), "camera=(self), microphone=(self), geolocation=()").await
}

async fn review_page(file: PathBuf) -> ApiResult<Response> {
    html(&file, &format!("{SELF_ONLY}; frame-ancestors 'none'"), "camera=(), microphone=(), geolocation=()").await
}

async fn html(file: &Path, policy: &str, permissions: &'static str) -> ApiResult<Response> {
    let page = tokio::fs::read_to_string(file).await.map_err(|_| ErrorCode::RequestNotFound)?;
    let mut answer = Html(page).into_response();
    let headers = answer.headers_mut();
    let policy = HeaderValue::from_str(policy).map_err(|_| ErrorCode::InternalUnexpected)?;
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(PERMISSIONS, HeaderValue::from_static(permissions));
    Ok(answer)
}

async fn kept(answer: Response) -> Response {
    shared(answer, "public, max-age=31536000, immutable")
}

async fn asked_anew(answer: Response) -> Response {
    shared(answer, "public, no-cache")
}

/// Files that pages of other origins may load; a missing one is kept by nobody. The policy is that of a worker, which goes by its
/// own script's and not by its page's.
fn shared(mut answer: Response, cache: &'static str) -> Response {
    if answer.status().is_success() || answer.status() == axum::http::StatusCode::NOT_MODIFIED {
        let headers = answer.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(SELF_ONLY));
        headers.insert(CROSS_ORIGIN, HeaderValue::from_static("cross-origin"));
    }
    answer
}
