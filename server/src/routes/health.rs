//! For the operator: does it work, and how much does it do.

use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use lichtbild_protocol::{ErrorCode, problem::Problem};

use crate::{error::ApiResult, state::App};

/// Whether store and recordings can be read and written.
#[utoipa::path(get, path = "/healthz", tag = "operation", responses((status = 200, body = String), (status = 503, body = Problem)))]
pub async fn healthz(State(app): State<App>) -> ApiResult<&'static str> {
    app.store.ping().await?;
    app.blobs.ping().await?;
    Ok("ok\n")
}

/// Figures in the text format of Prometheus.
#[utoipa::path(get, path = "/metrics", tag = "operation", responses((status = 200, content_type = "text/plain", body = String)))]
pub async fn metrics(State(app): State<App>) -> ApiResult<Response> {
    let text = app.metrics.text().map_err(|_| ErrorCode::InternalUnexpected)?;
    let mut answer = text.into_response();
    let kind = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    answer.headers_mut().insert(header::CONTENT_TYPE, kind);
    Ok(answer)
}
