//! The router as the program and the tests run it, and what every request passes: a limit by address, an id, a line in the log,
//! figures, the body of errors, and the headers that keep browsers from doing more than they should.

use std::panic::AssertUnwindSafe;

use axum::{
    Json, Router,
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse as _, Response},
};
use futures_util::FutureExt as _;
use lichtbild_protocol::ErrorCode;

use crate::{
    clock,
    error::ApiError,
    routes::{self, extract::address, site},
    state::App,
};

const PROBLEM: HeaderValue = HeaderValue::from_static("application/problem+json");

/// Everything the server answers to the world.
pub fn router(app: App) -> Router {
    let (api, _) = routes::api().split_for_parts();
    let mut router = api.merge(routes::pages());
    if let Some(folder) = &app.config.pages {
        router = router.merge(site::router(folder));
    }
    router.layer(middleware::from_fn_with_state(app.clone(), problems)).with_state(app)
}

/// What the operator's own listener answers.
pub fn operator(app: App) -> Router {
    routes::operator().layer(middleware::from_fn_with_state(app.clone(), problems)).with_state(app)
}

/// Wraps every request: id, limit, log, figures, error bodies, headers.
async fn problems(State(app): State<App>, request: Request, next: Next) -> Response {
    let id = uuid::Uuid::new_v4().to_string();
    let started = clock::now();
    let method = method(request.method());
    let route = request.extensions().get::<MatchedPath>().map_or("unmatched", MatchedPath::as_str).to_owned();
    let mut answer = if app.limits.request(address(request.headers(), request.extensions(), &app)) {
        let answer = AssertUnwindSafe(next.run(request)).catch_unwind().await;
        answer.unwrap_or_else(|_| ApiError::from(ErrorCode::InternalUnexpected).into_response())
    } else {
        ApiError::from(ErrorCode::RequestRateLimited).header("retry-after", 1).into_response()
    };
    let error = answer.extensions_mut().remove::<ApiError>().or_else(|| unnamed(&answer));
    let code = error.as_ref().map(|error| error.code.as_str());
    if let Some(error) = &error {
        answer = described(&answer, error, &id);
        app.metrics.errors.with_label_values(&[error.code.as_str()]).inc();
    }
    guard(answer.headers_mut(), &app);
    if let Ok(value) = HeaderValue::from_str(&id) {
        answer.headers_mut().insert("x-request-id", value);
    }
    let status = answer.status().as_u16();
    let millis = clock::now() - started;
    let labels = [method, route.as_str(), &status.to_string()];
    app.metrics.requests.with_label_values(&labels).observe(millis as f64 / 1000.0);
    tracing::info!(request = id, method, route, status, code, millis, "answered");
    answer
}

/// Error answers that no handler of ours wrote: unknown paths, wrong methods, malformed paths.
fn unnamed(answer: &Response) -> Option<ApiError> {
    let code = match answer.status() {
        StatusCode::RANGE_NOT_SATISFIABLE => return None,
        StatusCode::NOT_FOUND => ErrorCode::RequestNotFound,
        StatusCode::METHOD_NOT_ALLOWED => ErrorCode::RequestMethod,
        StatusCode::PAYLOAD_TOO_LARGE => ErrorCode::RequestTooLarge,
        status if status.is_client_error() => ErrorCode::RequestInvalid,
        status if status.is_server_error() => ErrorCode::InternalUnexpected,
        _ => return None,
    };
    Some(code.into())
}

/// The same answer with a problem document as its body.
fn described(answer: &Response, error: &ApiError, id: &str) -> Response {
    let problem = error.problem(Some(id.to_owned()));
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut described = (status, Json(problem)).into_response();
    for (name, value) in answer.headers() {
        if !matches!(*name, header::CONTENT_LENGTH | header::CONTENT_TYPE | header::TRANSFER_ENCODING) {
            described.headers_mut().append(name, value.clone());
        }
    }
    described.headers_mut().insert(header::CONTENT_TYPE, PROBLEM);
    described
}

/// Headers of every answer; what a handler has set stays.
fn guard(headers: &mut HeaderMap, app: &App) {
    let set = |headers: &mut HeaderMap, name: HeaderName, value| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(headers, header::REFERRER_POLICY, "no-referrer");
    set(headers, header::CACHE_CONTROL, "no-store");
    set(headers, header::CONTENT_SECURITY_POLICY, "default-src 'none'; base-uri 'none'; frame-ancestors 'none'");
    if app.config.public_url.as_ref().is_some_and(|url| url.starts_with("https:")) {
        set(headers, header::STRICT_TRANSPORT_SECURITY, "max-age=63072000");
    }
}

/// A label from a closed list.
fn method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

const CORS_METHODS: &str = "GET, HEAD, POST, PATCH, DELETE, OPTIONS";
const CORS_REQUEST: &str = "authorization, content-type, dpop, tus-resumable, upload-checksum, upload-defer-length, upload-length, \
     upload-metadata, upload-offset, x-http-method-override, x-lichtbild-lang";
const CORS_ANSWER: &str = "dpop-nonce, location, retry-after, tus-checksum-algorithm, tus-extension, tus-max-size, tus-resumable, \
     tus-version, upload-defer-length, upload-expires, upload-length, upload-offset, x-request-id";

/// Browsers on any origin may call the capture API: it knows no cookies, only tokens and proofs.
pub async fn cors(request: Request, next: Next) -> Response {
    let preflight =
        request.method() == Method::OPTIONS && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let tus = request.uri().path().starts_with("/v1/uploads");
    let mut answer = if preflight { StatusCode::NO_CONTENT.into_response() } else { next.run(request).await };
    let headers = answer.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(CORS_ANSWER));
    if preflight {
        headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static(CORS_METHODS));
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static(CORS_REQUEST));
        headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("7200"));
    }
    if tus {
        headers.entry("tus-resumable").or_insert(HeaderValue::from_static("1.0.0"));
    }
    answer
}
